"""Others' event data in the ledger: files filed whole and once, and rows read back.

Public: `Origin`, `Filed`, `known(path, sha256, member)`, `file_import(path, origin, batches) -> Filed`,
`imported(connection, table, …)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import duckdb
import pyarrow as pa

from detente.ledger.database import first_row, writing
from detente.ledger.filing import insert
from detente.ledger.row_tables import DOCUMENTS, MENTIONS, ROWS

# What DuckDB may hold of a transaction; the rest goes to the disk. Import as a whole then stays below 1 GB.
_MEMORY: Final = "384MB"
_TABLES: Final = (
    (ROWS, "imported_events"),
    (MENTIONS, "imported_mentions"),
    (DOCUMENTS, "imported_documents"),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: `member` is the file's name in an archive, "" for a file that is none; `sha256` is that of
    the whole file as it lies on the disk."""

    dataset: str
    format: str
    file: str
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Filed:
    """How many rows of a file are in the ledger, how many were set aside, and which was the first of these, and why."""

    rows: int
    set_aside: int
    first: str = ""


class RowsLike(Protocol):
    """Rows with the line that each stands on, and what was no row: line, reason, bytes."""

    @property
    def table(self) -> pa.Table: ...
    @property
    def lines(self) -> Sequence[int]: ...
    @property
    def faults(self) -> Sequence[tuple[int, str, bytes]]: ...


def known(path: Path, sha256: str, member: str) -> bool:
    """Whether this file is in the ledger at `path` already; there may be no ledger yet.

    Raises:
        LedgerError: it is no ledger, or of another version.
    """
    if not path.is_file():
        return False
    with writing(path) as connection:  # Brings the schema up to date.
        sql = "SELECT 1 FROM imports WHERE sha256 = ? AND member = ?"
        return first_row(connection, sql, [sha256, member]) is not None


def file_import(path: Path, origin: Origin, batches: Iterable[RowsLike]) -> Filed:
    """File all rows of one file in one transaction: they are in the ledger, or, if an error or a kill comes between,
    none of them is. The caller holds `sole_writer`.

    Raises:
        LedgerError: the ledger cannot be opened or written.
    """
    rows = aside = 0
    first = ""
    with writing(path, new=True) as connection:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        # Batches of ten thousand rows are too small to share out: two threads took twice the processor time of one.
        connection.execute("SET threads = 1")
        found = first_row(connection, "SELECT coalesce(max(number), 0) + 1 FROM imports")
        number = int(found[0]) if found else 1
        for batch in batches:
            rows += batch.table.num_rows
            aside += len(batch.faults)
            if batch.faults and not first:
                line, why, _ = batch.faults[0]
                first = f"line {line:,}: {why}"
            _insert(connection, number, batch)
        head = (origin.dataset, origin.format, origin.file, origin.member, origin.sha256)
        insert(connection, "imports", [(number, *head, rows, aside)])
    return Filed(rows, aside, first)


def _insert(connection: duckdb.DuckDBPyConnection, number: int, batch: RowsLike) -> None:
    table = next(name for schema, name in _TABLES if schema.names == batch.table.schema.names)
    rows = len(batch.lines)
    origin = [pa.repeat(number, rows), pa.array(batch.lines, pa.int64())]
    aside = [pa.repeat(number, len(batch.faults)), *map(pa.array, zip(*batch.faults, strict=True))]
    # Not by a name for the batch, as in `filing.insert`: what a transaction has named it holds until it ends.
    if rows:
        whole = pa.Table.from_arrays([*origin, *batch.table.columns], ["import", "line", *batch.table.schema.names])
        connection.from_arrow(whole).insert_into(table)
    if batch.faults:
        connection.from_arrow(pa.Table.from_arrays(aside, ["import", "line", "reason", "raw"])).insert_into("set_aside")

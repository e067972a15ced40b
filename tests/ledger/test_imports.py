"""Files of others in the ledger: whole and once, whatever stops the filing, and out again as they came."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from detente.errors import InputError
from detente.ledger import query, reading
from detente.ledger.exports import Wanted, imported
from detente.ledger.imports import Filed, Origin, file_import, known
from detente.ledger.row_tables import MENTIONS, ROWS, rows_to_table, table_to_rows
from detente.rows import EventRow, Party

ORIGIN = Origin("icews", "icews", "events.tab", "", "a" * 64)
COMMAND = str(Path(sys.executable).parent / "detente")


@dataclass(frozen=True)
class Batch:
    """Rows as a reader gives them."""

    table: pa.Table
    lines: list[int]
    faults: list[tuple[int, str, bytes]] = field(default_factory=list)


def row(number: int, *, actor: str = "USA", recipient: str = "CHN", status: str = "happened") -> EventRow:
    """An event on the given day of January."""
    parties = (Party("é\x00\t", actor, None, ("GOV", "MIL")), Party(None, recipient))
    extra = (("Event Text", 'a "b" \\ \x00'), ("City", ""))
    on = date(2023, 1, number)
    return EventRow(
        "icews", str(number), on, on, *parties, "042", "cameo", "CONSULT", "visit", status=status, extra=extra
    )


def batch(*rows: EventRow, faults: list[tuple[int, str, bytes]] | None = None) -> Batch:
    return Batch(rows_to_table(rows), list(range(2, 2 + len(rows))), faults or [])


def back(path: Path, wanted: Wanted | None = None) -> list[EventRow]:
    with reading(path) as connection:
        tables = list(imported(connection, ROWS, "icews", wanted or Wanted()))
    return [row for table in tables for row in table_to_rows(table)]


def test_rows_come_back_as_they_were_filed(tmp_path: Path) -> None:
    path, rows = tmp_path / "l.duckdb", [row(number) for number in (3, 1, 2)]
    later = Batch(rows_to_table(rows[2:]), [9])
    assert file_import(path, ORIGIN, [batch(*rows[:2]), later]) == Filed(3, 0)
    assert back(path) == rows
    assert query(path, "SELECT file, rows, set_aside FROM v_imports")[1] == [("events.tab", 3, 0)]


def test_what_is_set_aside_is_kept_with_line_reason_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    faults = [(7, "no Event Date", b"\xff\x00raw"), (9, "2 cells where 20 belong", b"x")]
    assert file_import(path, ORIGIN, [batch(row(1), faults=faults)]) == Filed(1, 2, "line 7: no Event Date")
    assert query(path, "SELECT file, line, reason, raw FROM v_set_aside ORDER BY line")[1] == [
        ("events.tab", 7, "no Event Date", b"\xff\x00raw"),
        ("events.tab", 9, "2 cells where 20 belong", b"x"),
    ]


def test_a_file_is_known_by_its_bytes_and_its_place_in_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    assert not known(path, ORIGIN.sha256, "")
    file_import(path, ORIGIN, [batch(row(1))])
    assert known(path, ORIGIN.sha256, "")
    assert not known(path, ORIGIN.sha256, "other.CSV")
    assert not known(path, "b" * 64, "")


def test_of_a_file_that_cannot_be_read_to_its_end_nothing_is_filed(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"

    def damaged() -> Iterator[Batch]:
        yield batch(row(1), row(2), faults=[(9, "odd", b"")])
        raise InputError("events.gz", "compressed data end too early (truncated)")

    with pytest.raises(InputError):
        file_import(path, ORIGIN, damaged())
    for table in ("v_imports", "v_imported_events", "v_set_aside"):
        assert query(path, f"SELECT count(*) FROM {table}")[1] == [(0,)]
    assert not known(path, ORIGIN.sha256, "")


def test_which_rows_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    rows = [row(1), row(2, actor="CHN", recipient="USA"), row(3, recipient="RUS"), row(4, status="planned")]
    file_import(path, ORIGIN, [batch(*rows)])
    dyads = frozenset({("CHN", "USA")})
    assert [one.id for one in back(path)] == ["1", "2", "3"]
    assert [one.id for one in back(path, Wanted(everything=True))] == ["1", "2", "3", "4"]
    assert [one.id for one in back(path, Wanted(dyads=dyads))] == ["1", "2"]
    assert [one.id for one in back(path, Wanted(since=date(2023, 1, 2), until=date(2023, 1, 2)))] == ["2"]
    with reading(path) as connection:
        assert list(imported(connection, MENTIONS, "gdelt", Wanted())) == []


def test_after_a_kill_nothing_is_half_filed_and_the_next_run_files_it(tmp_path: Path) -> None:
    source, path = tmp_path / "q.tsv", tmp_path / "l.duckdb"
    line = "Japan\tConsult\tChina\t2014-12-05\n"
    source.write_text(line * 400_000)
    first = subprocess.Popen([COMMAND, "import", str(source), "--db", str(path)], stderr=subprocess.DEVNULL)
    while not path.exists() and first.poll() is None:
        time.sleep(0.05)
    time.sleep(0.5)
    first.send_signal(signal.SIGKILL)
    first.wait()
    if path.exists():
        assert query(path, "SELECT count(*) FROM v_imported_events")[1][0][0] in (0, 400_000)
    second = subprocess.run([COMMAND, "import", str(source), "--db", str(path)], check=False, capture_output=True)
    assert second.returncode == 0
    assert query(path, "SELECT count(*), count(DISTINCT import) FROM v_imported_events")[1] == [(400_000, 1)]

"""Directed dyad-periods: one row for each dyad, direction and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.analysis.series import COLUMNS, Asked, Column, panel_parts
from detente.errors import LedgerError
from detente.ledger import reading
from detente.ledger.deeds import coverage
from detente.relations import Dyad, dyad_of

DEFAULTS: Final = Asked()
PANEL_COLUMNS: Final = (
    Column("actor", pa.string(), "ISO 3166-1 alpha-3", "Who does it."),
    Column("recipient", pa.string(), "ISO 3166-1 alpha-3", "To whom."),
    *(column for column in COLUMNS if column.name != "direction"),
)
SCHEMA: Final = pa.schema([(column.name, column.type) for column in PANEL_COLUMNS])
_SHOWN: Final = 6
# Texts that are numbers with value labels in Stata.
CODES: Final = {"score_scheme": ("plover", "goldstein"), "quad_scheme": ("plover",)}


def panel(path: Path, dyads: Sequence[Dyad] | None = None, asked: Asked = DEFAULTS) -> pa.Table:
    """The panel as a table of `SCHEMA`; `dyads` None: all that the source knows. A dyad of which nothing tells is left
    out: a zero would say more than is known.

    Raises:
        LedgerError: there is no ledger, it stays in use, or nothing of the source, or of any of the dyads, is in it.
    """
    return pa.concat_tables([SCHEMA.empty_table(), *directed_parts(path, dyads, asked)])


def directed_parts(path: Path, dyads: Sequence[Dyad] | None, asked: Asked) -> Iterator[pa.Table]:
    """The same, some dyads at a time, for panels that would not fit into memory."""
    known = None if dyads is None else told_of(path, dyads, asked.source)
    return map(_directed, panel_parts(path, known, asked))


def told_of(path: Path, dyads: Sequence[Dyad], source: str) -> list[Dyad]:
    """Those of the dyads of which anything of the source tells.

    Raises:
        LedgerError: there is no ledger, it stays in use, or nothing tells of any of them.
    """
    pairs = sorted({dyad_of(*dyad) for dyad in dyads})
    with reading(path) as connection:
        rows = coverage(connection, pairs, source)
    told = set(zip(rows["first"].to_pylist(), rows["second"].to_pylist(), strict=True))
    known = [dyad for dyad in pairs if dyad in told]
    if not known:
        raise LedgerError(f"{path}: nothing filed of {source} tells of {', '.join(map('-'.join, pairs[:_SHOWN]))}")
    return known


def _directed(part: pa.Table) -> pa.Table:
    """Without the rows of both ways together, and with the ends of the way in columns of their own."""
    rows = part.filter(pc.not_equal(part["direction"], "both"))
    ends = pc.split_pattern(rows["direction"], ">")
    sides = {"actor": pc.list_element(ends, 0), "recipient": pc.list_element(ends, 1)}
    return pa.table([sides[name] if name in sides else rows[name] for name in SCHEMA.names], schema=SCHEMA)

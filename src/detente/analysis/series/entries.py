"""Rows of what took place, put into periods and directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.analysis.series.columns import TYPES
from detente.analysis.series.periods import Days, Window, periods_of
from detente.ontology.tables import QUADS

# Days that reach over the border of two periods still tell when it was if they are fewer than these
# (as `detente.ledger.episode_profile.NARROW`).
NARROW: Final = 8
DIRECTIONS: Final = 3
BOTH, FORWARD, BACKWARD = range(DIRECTIONS)
_UNKNOWN: Final = np.iinfo(np.int32).min


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry for each row and direction in which it counts, column by column, all of one length.

    `row` is the place in the table; `line` is the dyad's place times three plus the direction; `slot` the period's
    place in the window plus one (0: before it); `day` is the first day of the row. `type` and `quad` are places in
    `TYPES` and `QUADS`, -1 for none. `score` is 0 where `scored` is false. `lead` numbers the documents that tell
    first, in the order of their ids. `unplaced` rows had no days, or days too wide for a period.
    """

    row: NDArray[np.int64]
    line: NDArray[np.int64]
    slot: NDArray[np.int64]
    day: Days
    type: NDArray[np.int64]
    quad: NDArray[np.int64]
    score: NDArray[np.float64]
    scored: NDArray[np.bool_]
    confidence: NDArray[np.float64]
    lead: NDArray[np.int64]
    unplaced: int


def entries_of(rows: pa.Table, dyads: dict[tuple[str, str], int], window: Window) -> Entries:
    """The entries of a table of `detente.ledger.deeds.SCHEMA` whose dyads are all among these, each with its place.

    A row counts in the period that holds all its days; one that reaches over a border in that of its first day, if it
    has fewer than `NARROW` days. Rows later than the window are left out.
    """
    start, end = _days(rows["start"]), _days(rows["end"])
    slot = periods_of(start, window.freq) - window.first + 1
    known = (start != _UNKNOWN) & (end != _UNKNOWN) & (end >= start)
    one = periods_of(start, window.freq) == periods_of(end, window.freq)
    placed = known & (one | (end - start < NARROW))
    kept = np.flatnonzero(placed & (slot <= window.count))
    ways = np.stack([np.ones(len(start), bool), _bools(rows["forward"]), _bools(rows["backward"])])
    direction, where = np.nonzero(ways[:, kept])
    row = kept[where]
    pairs = zip(rows["first"].to_pylist(), rows["second"].to_pylist(), strict=True)
    dyad = np.array([dyads[pair] for pair in pairs], np.int64)
    score = rows["score"].to_numpy(zero_copy_only=False)
    scored = ~np.isnan(score)
    return Entries(
        row=row,
        line=dyad[row] * DIRECTIONS + direction,
        slot=np.maximum(slot[row], 0),
        day=start[row],
        type=_places(rows["type"], TYPES)[row],
        quad=_places(rows["quad"], QUADS)[row],
        score=np.where(scored, score, 0.0)[row],
        scored=scored[row],
        confidence=rows["confidence"].to_numpy()[row],
        lead=_leads(rows)[row],
        unplaced=int((~placed).sum()),
    )


def _days(column: pa.ChunkedArray) -> Days:
    numbers: Days = pc.fill_null(column.cast(pa.int32()), _UNKNOWN).to_numpy().astype(np.int64)
    return numbers


def _bools(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    flags: NDArray[np.bool_] = column.to_numpy(zero_copy_only=False).astype(bool)
    return flags


def _places(column: pa.ChunkedArray, names: tuple[str, ...]) -> NDArray[np.int64]:
    found = pc.index_in(column, value_set=pa.array(names, pa.string()))
    places: NDArray[np.int64] = pc.fill_null(found, -1).to_numpy().astype(np.int64)
    return places


def _leads(rows: pa.Table) -> NDArray[np.int64]:
    """Each document that tells first, as a number, by the order of their ids: that of the rows makes no difference."""
    column = pc.fill_null(pc.coalesce(rows["lead"], rows["id"]), "")
    distinct = column.unique().sort()
    numbers: NDArray[np.int64] = pc.index_in(column, value_set=distinct).to_numpy().astype(np.int64)
    return numbers

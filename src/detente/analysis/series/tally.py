"""Rows of what took place, and the documents of each day, made a table of series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from detente.analysis.series import bands
from detente.analysis.series.columns import SCHEMA, TYPES, quad_column, type_column
from detente.analysis.series.entries import DIRECTIONS, Entries, entries_of
from detente.analysis.series.memory import fresh, remember
from detente.analysis.series.periods import Window, day_of, label, periods_of
from detente.ontology.tables import QUAD_SCHEME, QUADS
from detente.relations import Dyad

# Under this key the metadata of a table say how many rows had no days, or days too wide for a period.
UNPLACED: Final = "detente.unplaced"
DIGITS: Final = 6
_BANDED: Final = ("expected", "score", "net", "index")
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a series is made: the periods, the half-life of the index in days, the draws of the bootstrap (0: no bands),
    and the scheme that the scores of the rows are of."""

    window: Window
    half_life: float
    draws: int
    scores: str = "plover"


def tally(dyads: Sequence[Dyad], rows: pa.Table, coverage: pa.Table, plan: Plan) -> pa.Table:
    """The series of these dyads: a table of `SCHEMA`, one row for each dyad, direction and period, in this order.

    `dyads` are those of the rows, each in the order of the alphabet; `rows` are of `detente.ledger.deeds.SCHEMA`,
    `coverage` of its `COVERAGE`.
    """
    window = plan.window
    places = {dyad: number for number, dyad in enumerate(dyads)}
    found = entries_of(rows, places, window)
    lines, slots = len(dyads) * DIRECTIONS, window.count + 1
    cells = _Cells(found, lines, slots)
    inside = (slice(None), slice(1, None))
    counted = cells.sum(np.ones(len(found.row)))[inside]
    all_documents, dyad_documents = documents_of(coverage, places, window)
    documents = np.broadcast_to(all_documents, (lines, window.count))
    telling = np.repeat(dyad_documents, DIRECTIONS, axis=0)
    silent = (documents + telling + counted) == 0
    weight = found.confidence * found.scored
    value = found.confidence * found.score
    ends = window.starts - 1
    aged = fresh(found.day, ends[found.slot], plan.half_life)
    heard, mass = cells.sum(value), cells.sum(weight)
    index = remember(cells.sum(value * aged), ends, plan.half_life)[inside]
    remembered = remember(cells.sum(weight * aged), ends, plan.half_life)[inside]
    uncertain = _uncertainty(dyads, found, cells.shape, plan)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(mass > 0, heard / mass, np.nan)[inside]
        columns: dict[str, Numbers] = {
            "episodes": counted,
            "episodes_per_document": np.where(documents > 0, counted / documents, np.nan),
            "expected": cells.sum(found.confidence)[inside],
            "score": score,
            "net": heard[inside],
            "net_per_document": np.where(documents > 0, heard[inside] / documents, np.nan),
            "index": index,
            "index_mean": np.where(remembered > 0, index / remembered, np.nan),
        }
    for number, name in enumerate(TYPES):
        columns[type_column(name)] = cells.sum((found.type == number).astype(float))[inside]
    for number, name in enumerate(QUADS):
        columns[quad_column(name)] = cells.sum((found.quad == number).astype(float))[inside]
    columns |= {name: ends_of[inside] for name, ends_of in uncertain.items()}
    known = {name: np.where(silent, np.nan, column) for name, column in columns.items()}
    known |= {"documents": documents, "documents_dyad": telling}
    return _table(dyads, window, known, whole(coverage, window), plan.scores, found.unplaced)


class _Cells:
    """Where each entry is counted: a grid of lines (dyads and directions) and slots (before, and each period)."""

    def __init__(self, found: Entries, lines: int, slots: int) -> None:
        self.shape = (lines, slots)
        self.of = found.line * slots + found.slot

    def sum(self, values: Numbers) -> Numbers:
        """The sum of the entries' values in each cell: shape (lines, slots)."""
        sums = np.bincount(self.of, values, minlength=self.shape[0] * self.shape[1])
        return sums.astype(np.float64).reshape(self.shape)


def _uncertainty(dyads: Sequence[Dyad], found: Entries, shape: tuple[int, int], plan: Plan) -> dict[str, Numbers]:
    """Ends of the bands by column, NaN where there is none: each of shape (lines, slots)."""
    ends = {f"{name}_{end}": np.full(shape, np.nan) for name in _BANDED for end in ("low", "high")}
    if not plan.draws:
        return ends
    order = np.argsort(found.line, kind="stable")
    bounds = np.searchsorted(found.line[order], np.arange(shape[0] + 1))
    for line in range(shape[0]):
        mine = order[bounds[line] : bounds[line + 1]]
        if len(np.unique(found.lead[mine])) >= bands.FEWEST:
            for name, column in _bands_of(dyads[line // DIRECTIONS], found, mine, shape[1], plan).items():
                ends[name][line] = column
    return ends


def _bands_of(dyad: Dyad, found: Entries, mine: NDArray[np.int64], slots: int, plan: Plan) -> dict[str, Numbers]:
    """The ends of the bands of one line, each of shape (slots,)."""
    key, slot, ends = "-".join(dyad), found.slot[mine], plan.window.starts - 1
    _, lead = np.unique(found.lead[mine], return_inverse=True)
    shape = slots, int(lead.max()) + 1

    def by_document(values: Numbers) -> csr_array:
        # What one document tells of one period is added up.
        return csr_array((values, (slot, lead)), shape=shape)

    confidence, scored = found.confidence[mine], found.scored[mine]
    value, weight = confidence * found.score[mine], by_document(confidence * scored)
    telling, so_far = _documents_in(slot, lead, slots), _so_far(slot[scored], lead[scored], slots)
    at = np.flatnonzero(telling >= bands.FEWEST)
    figures = vstack([by_document(confidence)[at], by_document(value)[at], weight[at]], format="csr")
    count, net, mass = bands.drawn(figures, key, plan.draws).reshape(3, len(at), plan.draws)
    mean = np.divide(net, mass, out=np.zeros_like(net), where=mass > 0)
    behind = bands.effective(weight)[at]
    aged = by_document(value * fresh(found.day[mine], ends[slot], plan.half_life))
    index = remember(bands.drawn(aged, key, plan.draws)[None], ends, plan.half_life)[0]
    sure = _documents_in(slot[scored], lead[scored], slots)[at] >= bands.FEWEST
    made = {
        "expected": (at, bands.band_of_count(count)),
        "score": (at[sure], bands.band_of_mean(mean, behind)[sure]),
        "net": (at[sure], bands.band_of_sum(net, behind)[sure]),
        "index": (np.flatnonzero(so_far >= bands.FEWEST), bands.band_of_sum(index, so_far)[so_far >= bands.FEWEST]),
    }
    columns = {f"{name}_{end}": np.full(slots, np.nan) for name in made for end in ("low", "high")}
    for name, (places, both) in made.items():
        columns[f"{name}_low"][places], columns[f"{name}_high"][places] = both[:, 0], both[:, 1]
    return columns


def _documents_in(slot: NDArray[np.int64], lead: NDArray[np.int64], slots: int) -> Numbers:
    """How many documents tell first of something in each slot."""
    pairs = np.unique(np.stack([slot, lead]), axis=1)
    return np.bincount(pairs[0], minlength=slots).astype(np.float64)


def _so_far(slot: NDArray[np.int64], lead: NDArray[np.int64], slots: int) -> Numbers:
    """How many documents tell first of something up to each slot."""
    earliest = np.full(int(lead.max(initial=0)) + 1, slots)
    np.minimum.at(earliest, lead, slot)
    return np.bincount(earliest, minlength=slots + 1)[:slots].cumsum().astype(np.float64)


def documents_of(coverage: pa.Table, places: dict[Dyad, int], window: Window) -> tuple[Numbers, Numbers]:
    """Documents of each period: all, shape (periods,), and those of each dyad, shape (dyads, periods)."""
    slot = periods_of(coverage["day"].cast(pa.int32()).to_numpy().astype(np.int64), window.freq) - window.first
    count = coverage["documents"].to_numpy().astype(float)
    names = zip(coverage["first"].to_pylist(), coverage["second"].to_pylist(), strict=True)
    whose = np.array([len(places) if first is None else places.get((first, second), -1) for first, second in names])
    whose = whose.astype(np.int64)
    grid = np.zeros((len(places) + 1, window.count))
    within = (slot >= 0) & (slot < window.count) & (whose >= 0)
    np.add.at(grid, (whose[within], slot[within]), count[within])
    return grid[-1], grid[:-1]


def whole(coverage: pa.Table, window: Window) -> NDArray[np.bool_]:
    """Whether each period lies wholly between the first and the last day on which anything was published."""
    starts = window.starts
    days = coverage.filter(pc.is_null(coverage["first"]))["day"].cast(pa.int32()).to_numpy()
    if not len(days):
        return np.zeros(window.count, bool)
    inside: NDArray[np.bool_] = (starts[:-1] >= days.min()) & (starts[1:] - 1 <= days.max())
    return inside


def _table(
    dyads: Sequence[Dyad],
    window: Window,
    figures: dict[str, Numbers],
    complete: NDArray[np.bool_],
    scores: str,
    unplaced: int,
) -> pa.Table:
    starts, lines = window.starts, len(dyads) * DIRECTIONS
    each, size = DIRECTIONS * window.count, lines * window.count
    labels = [label(day_of(start), window.freq) for start in starts[:-1]]
    columns: dict[str, pa.Array] = {
        "first": pa.array(np.repeat([dyad[0] for dyad in dyads], each), pa.string()),
        "second": pa.array(np.repeat([dyad[1] for dyad in dyads], each), pa.string()),
        "direction": pa.array(
            np.repeat([way for dyad in dyads for way in directions(dyad)], window.count), pa.string()
        ),
        "period": pa.array(labels * lines, pa.string()),
        "start": _dates(np.tile(starts[:-1], lines)),
        "end": _dates(np.tile(starts[1:] - 1, lines)),
        "whole": pa.array(np.tile(complete, lines)),
        "quad_scheme": pa.array([QUAD_SCHEME] * size, pa.string()),
        "score_scheme": pa.array([scores] * size, pa.string()),
    }
    arrays = [columns.get(field.name) or _array(figures[field.name], field.type) for field in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA).replace_schema_metadata({UNPLACED: str(unplaced)})


def directions(dyad: Dyad) -> tuple[str, ...]:
    """What the directions of a dyad are called: both, A>B, B>A."""
    return "both", f"{dyad[0]}>{dyad[1]}", f"{dyad[1]}>{dyad[0]}"


def _dates(days: NDArray[np.int64]) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32())


def _array(grid: Numbers, kind: pa.DataType) -> pa.Array:
    """Numbers with NaN for None; rounded, so that the last digit does not depend on the machine."""
    flat = np.round(grid.ravel(), DIGITS) + 0.0
    column = pa.array(flat, pa.float64(), from_pandas=True)
    return column.cast(kind)

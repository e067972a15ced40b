"""Rows of what took place, and the documents of each day, made a table of series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_array

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
    # What one side did in a period is known of the other side too.
    silent = (documents + telling == 0) & np.repeat(counted[::DIRECTIONS] == 0, DIRECTIONS, axis=0)
    weight = found.confidence * found.scored
    value = found.confidence * found.score
    ends = window.starts - 1
    aged = fresh(found.day, ends[found.slot], plan.half_life)
    heard, mass = cells.sum(value), cells.sum(weight)
    index = remember(cells.sum(value * aged), ends, plan.half_life)[inside]
    remembered = remember(cells.sum(weight * aged), ends, plan.half_life)[inside]
    uncertain = _uncertainty(dyads, found, cells, plan)
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
    return _table(dyads, window, known, plan.scores, found.unplaced)


class _Cells:
    """Where each entry is counted: a grid of lines (dyads and directions) and slots (before, and each period)."""

    def __init__(self, found: Entries, lines: int, slots: int) -> None:
        self.shape = (lines, slots)
        self.of = found.line * slots + found.slot

    def sum(self, values: Numbers) -> Numbers:
        """The sum of the entries' values in each cell: shape (lines, slots)."""
        sums = np.bincount(self.of, values, minlength=self.shape[0] * self.shape[1])
        return sums.astype(np.float64).reshape(self.shape)


def _uncertainty(dyads: Sequence[Dyad], found: Entries, cells: _Cells, plan: Plan) -> dict[str, Numbers]:
    """Ends of the bands by column, NaN where there is none: each of shape (lines, slots)."""
    names = [f"{name}_{end}" for name in ("expected", "score", "net", "index") for end in ("low", "high")]
    ends = {name: np.full(cells.shape, np.nan) for name in names}
    if not plan.draws:
        return ends
    order = np.argsort(found.line, kind="stable")
    bounds = np.searchsorted(found.line[order], np.arange(len(dyads) + 1) * DIRECTIONS)
    for number, dyad in enumerate(dyads):
        mine = order[bounds[number] : bounds[number + 1]]
        lines = slice(number * DIRECTIONS, (number + 1) * DIRECTIONS)
        if len(np.unique(found.lead[mine])) >= bands.FEWEST:
            for name, column in _bands_of(dyad, found, mine, cells.shape[1], plan).items():
                ends[name][lines] = column
    return ends


def _bands_of(dyad: Dyad, found: Entries, mine: NDArray[np.int64], slots: int, plan: Plan) -> dict[str, Numbers]:
    """The ends of one dyad's bands, each of shape (directions, slots)."""
    key = "-".join(dyad)
    _, lead = np.unique(found.lead[mine], return_inverse=True)
    cell = found.line[mine] % DIRECTIONS * slots + found.slot[mine]
    shape = (DIRECTIONS * slots, int(lead.max()) + 1)

    def by_document(values: Numbers) -> csr_array:
        # Entries of one document in one cell are added up.
        return csr_array((values, (cell, lead)), shape=shape)

    confidence, scored = found.confidence[mine], found.scored[mine]
    value, weight = confidence * found.score[mine], confidence * scored
    sums, masses = by_document(value), by_document(weight)
    enough = _documents_in(cell, lead, shape) >= bands.FEWEST
    net, mass = bands.drawn(sums, key, plan.draws), bands.drawn(masses, key, plan.draws)
    ends = plan.window.starts - 1
    aged = fresh(found.day[mine], ends[found.slot[mine]], plan.half_life)
    news = bands.drawn(by_document(value * aged), key, plan.draws).reshape(DIRECTIONS, slots, -1)
    index = remember(news, ends, plan.half_life).reshape(DIRECTIONS * slots, -1)
    so_far = _so_far(found.line[mine] % DIRECTIONS, found.slot[mine], lead, slots) >= bands.FEWEST
    safe = np.where(mass > 0, mass, np.nan)
    mean = np.where(np.isnan(safe), 0.0, net / safe)
    made = {
        "expected": (bands.band(bands.drawn(by_document(confidence), key, plan.draws)), enough),
        "score": (
            bands.band_of_mean(mean, bands.effective(masses)),
            _documents_in(cell[scored], lead[scored], shape) >= bands.FEWEST,
        ),
        "net": (bands.band(net), enough),
        "index": (bands.band(index), so_far),
    }
    return {
        f"{name}_{end}": np.where(told, both[:, side], np.nan).reshape(DIRECTIONS, slots)
        for name, (both, told) in made.items()
        for side, end in enumerate(("low", "high"))
    }


def _documents_in(cell: NDArray[np.int64], lead: NDArray[np.int64], shape: tuple[int, int]) -> NDArray[np.int64]:
    """How many documents tell first of something in each cell."""
    distinct = np.unique(cell * shape[1] + lead)
    return np.bincount(distinct // shape[1], minlength=shape[0])


def _so_far(
    direction: NDArray[np.int64], slot: NDArray[np.int64], lead: NDArray[np.int64], slots: int
) -> NDArray[np.int64]:
    """How many documents tell first of something up to each cell."""
    shape = (DIRECTIONS, int(lead.max()) + 1)
    earliest = np.full(shape, slots)
    np.minimum.at(earliest, (direction, lead), slot)
    line, _ = np.nonzero(earliest < slots)
    new = np.bincount(line * slots + earliest[earliest < slots], minlength=DIRECTIONS * slots)
    return np.cumsum(new.reshape(DIRECTIONS, slots), axis=1).ravel()


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


def _table(dyads: Sequence[Dyad], window: Window, figures: dict[str, Numbers], scores: str, unplaced: int) -> pa.Table:
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

"""Worlds of which the truth is known: two states, what they do to each other, and what documents tell of it.

Events of a month are Poisson's; their types are drawn from a mix. Each is reported in a number of documents that is
Poisson's too, so that some are missed and many are told several times; one document may tell of several. Each report
has a confidence, and an episode that of its independent reports together. It is known to be right: of the episodes of a
confidence, the complement never was. Those are of any type at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import InputError
from detente.ledger.deeds import COVERAGE, SCHEMA
from detente.ledger.episode_fold import SUREST
from detente.ontology import load_ontology
from detente.relations import Dyad

DYAD: Final[Dyad] = ("AAA", "BBB")
SINCE: Final = date(2021, 1, 1)
UNTIL: Final = date(2023, 12, 31)
MONTHS: Final = 36
TIMES: Final = 3
COLUMNS: Final = (
    *("world", "shifts", "rate_1", "rate_2", "rate_3", "mix_1", "mix_2", "mix_3"),
    *("reports", "documents", "runs"),
)
SHIFTS: Final = ("none", "score", "episodes")
# What is done in cooperation and in conflict, and how often; about as in two years of the news of two powers.
_COOPERATION: Final = {"CONSULT": 0.55, "AGREE": 0.3, "SUPPORT": 0.1, "COOPERATE": 0.05}
_CONFLICT: Final = {"ACCUSE": 0.4, "REQUEST": 0.2, "REJECT": 0.2, "SANCTION": 0.1, "THREATEN": 0.05, "ASSAULT": 0.05}
# Confidences of reports, and how often each occurs.
_CONFIDENCES: Final = {0.6: 0.2, 0.8: 0.3, 0.95: 0.5}
# Both ways, there, back.
_WAYS: Final = (0.4, 0.3, 0.3)
# A report comes within so many days.
_LAG: Final = 5
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class World:
    """A row of the table: `rates` (events a month) and `mixes` (share of cooperation) of the three times."""

    name: str
    shifts: str
    rates: tuple[float, ...]
    mixes: tuple[float, ...]
    reports: float
    documents: float
    runs: int

    @property
    def reported(self) -> float:
        """The share of the events that are reported at all."""
        return float(1 - np.exp(-self.reports))


@dataclass(frozen=True, slots=True)
class Run:
    """What a world was like once: rows and documents as of a ledger (`deeds.SCHEMA`, `deeds.COVERAGE`), and by month
    the truth: mean score of the mix, events that are reported on average."""

    rows: pa.Table
    documents: pa.Table
    score: Numbers
    reported: Numbers


def read_worlds(path: Path) -> list[World]:
    """The worlds of a table.

    Raises:
        InputError: it cannot be read, has other columns, or a row with a value that is not possible.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(str(path), f"cannot be read: {fault}") from fault
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise InputError(str(path), "the columns are not those of worlds", right="\\t".join(COLUMNS))
    return [_world(path, f"line {number}", cells) for number, cells in rows[1:]]


def _world(path: Path, where: str, cells: list[str]) -> World:
    if len(cells) != len(COLUMNS) or cells[1] not in SHIFTS:
        right = f"{len(COLUMNS)} cells, shifts one of {', '.join(SHIFTS)}"
        raise InputError(str(path), "not a world", where=where, right=right)
    try:
        numbers = [float(cell) for cell in cells[2:]]
    except ValueError as fault:
        raise InputError(str(path), str(fault), where=where) from fault
    if not all(0 < number <= 1000 for number in numbers) or max(numbers[3:6]) > 1:
        raise InputError(str(path), "not possible", where=where, right="above 0, at most 1000; mixes at most 1")
    rates, mixes, (reports, documents, runs) = tuple(numbers[:3]), tuple(numbers[3:6]), numbers[6:]
    return World(cells[0], cells[1], rates, mixes, reports, documents, int(runs))


def runs_of(world: World, seed: int) -> Iterator[Run]:
    """The runs of a world, the same for the same seed."""
    for run in range(world.runs):
        yield _run(world, np.random.default_rng([seed, run, *world.name.encode()]))


def _run(world: World, random: np.random.Generator) -> Run:
    ontology = load_ontology()
    types = list(ontology.types)
    scores = np.array([ontology.types[name].score for name in types])
    kinds = np.stack([_share(types, _CONFLICT), _share(types, _COOPERATION)])
    month = np.arange(MONTHS)
    time = month * TIMES // MONTHS
    rate, mix = np.array(world.rates)[time], np.array(world.mixes)[time]
    published = np.sort(random.integers(0, (UNTIL - SINCE).days + 1, random.poisson(world.documents * MONTHS)))
    starts = np.array([(date(SINCE.year + m // 12, m % 12 + 1, 1) - SINCE).days for m in range(MONTHS)])
    lengths = np.diff([*starts, (UNTIL - SINCE).days + 1])
    # What is told, true or not, so often that what is true of it is reported as often as the world says.
    told = random.poisson(rate * world.reported / _mean_confidence(world.reports))
    when = np.repeat(month, told)
    day = starts[when] + (random.random(len(when)) * lengths[when]).astype(int)
    reports, confidence = _told(random, world.reports, len(when))
    true = random.random(len(when)) < confidence
    cooperative = (random.random(len(when)) < mix[when]).astype(int)
    type_of = np.where(true, _drawn(random, kinds[cooperative]), random.integers(0, len(types), len(when)))
    lead = _documents(random, published, day, reports)
    way = random.choice(len(_WAYS), len(when), p=_WAYS)
    days = [SINCE + timedelta(days=int(number)) for number in day]
    rows = pa.table(
        {
            "first": pa.array([DYAD[0]] * len(when), pa.string()),
            "second": pa.array([DYAD[1]] * len(when), pa.string()),
            "id": [f"ep-{number:06}" for number in range(len(when))],
            "type": [types[number] for number in type_of],
            "mode": pa.nulls(len(when), pa.string()),
            "quad": [ontology.quad(types[number]) for number in type_of],
            "score": scores[type_of],
            "forward": way != 2,
            "backward": way != 1,
            "start": pa.array(days, pa.date32()),
            "end": pa.array(days, pa.date32()),
            "confidence": confidence,
            "lead": [f"doc-{number:06}" for number in lead],
            "told": pa.array(reports, pa.int32()),
        }
    ).cast(SCHEMA)
    mean = kinds @ scores
    return Run(rows, _coverage(published), mix * mean[1] + (1 - mix) * mean[0], rate * world.reported)


def _share(types: list[str], of: dict[str, float]) -> Numbers:
    return np.array([of.get(name, 0.0) for name in types])


def _drawn(random: np.random.Generator, chances: Numbers) -> NDArray[np.int64]:
    """One place by each row of chances."""
    below = random.random((len(chances), 1)) > chances.cumsum(axis=1)
    places: NDArray[np.int64] = np.minimum(below.sum(axis=1), chances.shape[1] - 1)
    return places


def _told(random: np.random.Generator, mean: float, number: int) -> tuple[NDArray[np.int64], Numbers]:
    """How many reports each of so many episodes has, one at least, and its confidence: that one of them is right."""
    # Poisson's given that it is not none, by the inverse of its law.
    reports = np.zeros(number, np.int64)
    while (none := np.flatnonzero(reports == 0)).size:
        reports[none] = random.poisson(mean, none.size)
    wrong = np.ones(number)
    each = np.repeat(np.arange(number), reports)
    given = random.choice(list(_CONFIDENCES), len(each), p=list(_CONFIDENCES.values()))
    np.multiply.at(wrong, each, 1 - given)
    return reports, np.minimum(1 - wrong, SUREST)


@lru_cache(maxsize=16)
def _mean_confidence(mean: float) -> float:
    """The mean confidence of an episode: by simulation, so that all that `_told` does is in it."""
    return float(_told(np.random.default_rng(0), mean, 100_000)[1].mean())


def _documents(
    random: np.random.Generator, published: NDArray[np.int64], day: NDArray[np.int64], reports: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The first of the documents that report each episode: all are published from its day on, within `_LAG` days, or
    the next that is."""
    first = np.searchsorted(published, day)
    last = np.maximum(np.searchsorted(published, day + _LAG), first + 1)
    # The least of some uniform numbers.
    least = 1 - random.random(len(day)) ** (1 / reports)
    lead = first + (least * (last - first)).astype(np.int64)
    return np.minimum(lead, max(len(published) - 1, 0))


def _coverage(published: NDArray[np.int64]) -> pa.Table:
    days, counts = np.unique(published, return_counts=True)
    nobody = pa.nulls(len(days), pa.string())
    when = pa.array([SINCE + timedelta(days=int(number)) for number in days], pa.date32())
    return pa.table([nobody, nobody, when, pa.array(counts, pa.int64())], schema=COVERAGE)

"""Series and panels out of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.analysis.series.columns import SCHEMA
from detente.analysis.series.entries import DIRECTIONS
from detente.analysis.series.periods import Window, check_frequency, day_of, window_between
from detente.analysis.series.tally import UNPLACED, Plan, tally
from detente.errors import LedgerError, OptionError
from detente.ledger import reading
from detente.ledger.deeds import OURS, check_source, coverage, deeds
from detente.relations import Dyad, dyad_of

HALF_LIFE: Final = 30.0
# Ends of bands move by about a fiftieth of the band from one set of a thousand draws to another.
DRAWS: Final = 1000
_MOST_DRAWS: Final = 10_000
# The days of a century; more periods than these are a slip of the pen.
_MOST_PERIODS: Final = 36_600
# Rows of a panel made at a time: some 100 MB with all that goes into them.
_ROWS: Final = 150_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a series.

    `freq` is one of `periods.FREQUENCIES`, `level` gov or all, `source` detente or an imported data set, `scores`
    plover or, for data sets that have them, goldstein. Whole periods are shown, from that of `since` to that of
    `until`; default: from the first day to the last on which anything of this source was published. `half_life` of the
    index is in days, `draws` are those of the bootstrap (0: no bands).
    """

    freq: str = "month"
    level: str = "gov"
    since: date | None = None
    until: date | None = None
    source: str = OURS
    scores: str = "plover"
    half_life: float = HALF_LIFE
    draws: int = DRAWS

    def __post_init__(self) -> None:
        check_frequency(self.freq)
        if not 0 < self.half_life < float("inf"):
            raise OptionError(f"--half-life {self.half_life:g}: must be a number of days above 0")
        if not 0 <= self.draws <= _MOST_DRAWS:
            raise OptionError(f"--draws {self.draws}: must be from 0 to {_MOST_DRAWS:,}")
        if self.since and self.until and self.since > self.until:
            raise OptionError(f"--since {self.since} is later than --until {self.until}")


def series(
    path: Path,
    dyad: Dyad,
    freq: str = "month",
    level: str = "gov",
    since: date | None = None,
    until: date | None = None,
    source: str = OURS,
    half_life: float = HALF_LIFE,
    scores: str = "plover",
    draws: int = DRAWS,
) -> pa.Table:
    """The series of one dyad: a table of `SCHEMA`, one row for each direction (both, A>B, B>A) and period.

    The arguments are those of `Asked`. The order of the two countries makes no difference. The metadata of the table
    say under `UNPLACED` how many rows had no days, or days too wide for a period.

    Raises:
        OptionError: an argument has a value that is not allowed.
        LedgerError: there is no ledger, it stays in use, or nothing of this source, or of the dyad, is in it.
    """
    asked = Asked(freq, level, since, until, source, scores, half_life, draws)
    return _joined(panel_parts(path, [dyad], asked))


def panel(
    path: Path,
    dyads: Sequence[Dyad] | None = None,
    freq: str = "month",
    level: str = "gov",
    since: date | None = None,
    until: date | None = None,
    source: str = OURS,
    half_life: float = HALF_LIFE,
    scores: str = "plover",
    draws: int = DRAWS,
) -> pa.Table:
    """The series of many dyads (None: of all that the source knows), one below the other; else as `series`."""
    return _joined(panel_parts(path, dyads, Asked(freq, level, since, until, source, scores, half_life, draws)))


def panel_parts(path: Path, dyads: Sequence[Dyad] | None, asked: Asked) -> Iterator[pa.Table]:
    """The tables that a panel is made of, some dyads at a time, for panels that would not fit into memory.

    The ledger stays open for reading until the last one is taken.
    """
    for given in read(path, dyads, asked):
        plan = Plan(given.window, asked.half_life, asked.draws, asked.scores)
        yield tally(given.dyads, given.rows, given.documents, plan)


@dataclass(frozen=True, slots=True)
class Given:
    """What the ledger gives of some dyads: their rows (`deeds.SCHEMA`), the documents of each day (`deeds.COVERAGE`)
    and the periods asked about."""

    dyads: tuple[Dyad, ...]
    rows: pa.Table
    documents: pa.Table
    window: Window


def read(path: Path, dyads: Sequence[Dyad] | None, asked: Asked, *, inside: bool = False) -> Iterator[Given]:
    """What series are made of, some dyads at a time; with `inside` only what may lie in the periods asked about.

    Raises:
        LedgerError: there is no ledger, it stays in use, or nothing of this source, or of one of these dyads, is in it.
        OptionError: `since` is later than all that is known, or the source does not have such scores.
    """
    pairs = None if dyads is None else sorted({dyad_of(*dyad) for dyad in dyads})
    with reading(path) as connection:
        check_source(connection, asked.level, asked.source, asked.scores)
        days = pc.min_max(coverage(connection, (), asked.source)["day"]).as_py()
        first, last = asked.since or days["min"], asked.until or days["max"]
        if first is None or last is None:
            raise LedgerError(f"{path}: nothing of {asked.source} that has a day is filed")
        if first > last:
            raise OptionError(f"--since {first} is later than the last day known, {last}")
        window = window_between(first, last, asked.freq)
        if window.count > _MOST_PERIODS:
            raise OptionError(
                f"--freq {asked.freq}: {window.count:,} periods from {first} to {last}; give a later --since"
            )
        most = max(1, _ROWS // (DIRECTIONS * window.count))
        days = (day_of(window.starts[0]), day_of(window.starts[-1])) if inside else (None, None)
        how = {"level": asked.level, "source": asked.source, "scores": asked.scores}
        found = deeds(connection, pairs, **how, most=most, days=days)
        for chunk, rows in found:
            documents = coverage(connection, chunk, asked.source)
            _expect_told(path, chunk, documents, asked.source)
            yield Given(chunk, rows, documents, window)


def _expect_told(path: Path, dyads: Iterable[Dyad], documents: pa.Table, source: str) -> None:
    told = set(zip(documents["first"].to_pylist(), documents["second"].to_pylist(), strict=True))
    for first, second in dyads:
        if (first, second) not in told:
            raise LedgerError(f"{path}: nothing filed of {source} tells of {first} and {second}")


def _joined(parts: Iterator[pa.Table]) -> pa.Table:
    tables = list(parts)
    unplaced = sum(int(table.schema.metadata[UNPLACED.encode()]) for table in tables)
    joined = pa.concat_tables([table.replace_schema_metadata() for table in tables] or [SCHEMA.empty_table()])
    return joined.replace_schema_metadata({UNPLACED: str(unplaced)})

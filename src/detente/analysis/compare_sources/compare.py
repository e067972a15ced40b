"""The comparison of two sources, out of the ledger that has both."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.analysis.compare_sources.correlate import pearson, spearman
from detente.analysis.compare_sources.match import DRAWS, Days, by_chance, has_any, pairs
from detente.analysis.compare_sources.model import (
    MATCHES,
    RULE,
    Agreement,
    Correlation,
    Only,
    Sample,
    SourceComparison,
)
from detente.analysis.series import series
from detente.analysis.series.periods import number_of
from detente.errors import LedgerError, OptionError
from detente.ledger import reading
from detente.ledger.deeds import coverage, deeds
from detente.ledger.tellings import Told, told
from detente.relations import Dyad, dyad_of

# Days that reach over more do not tell when it was.
_WEEK: Final = 7
_MEASURES: Final = ("episodes", "score")
_NO_KEY: Final = "none"


@dataclass(frozen=True, slots=True)
class _Side:
    """The events of one source, once for each direction: days as days since 1970, keys, directions (0 forward), and the
    place of each in `rows`."""

    source: str
    rows: pa.Table
    place: Days
    day: Days
    key: list[str]
    way: Days
    left_out: int

    def of(self, key: str, way: int) -> Days:
        """Places (in the arrays) of the events of a key and direction."""
        return np.array([n for n, k in enumerate(self.key) if k == key and self.way[n] == way], np.int64)


def compare_sources(
    path: Path,
    one: str,
    other: str,
    dyad: Dyad,
    freq: str = "month",
    level: str = "gov",
    since: date | None = None,
    until: date | None = None,
    *,
    match: str = "type",
    days: int = 1,
    sample: int = 5,
    seed: int = 1,
) -> SourceComparison:
    """Compare two sources (`detente`, or an imported data set) on what two countries did to each other.

    Without `since` and `until` over the days that both cover. `match` is what events must share, `type` or `quad`;
    `days` how far apart they may be; `sample` how many events to read are drawn of those that only one source has,
    with `seed`. How is told in `RULE`.

    Raises:
        OptionError: an argument has a value that is not allowed, or the two cover no day together.
        LedgerError: there is no ledger, it stays in use, or a source or its dyad is not in it.
    """
    if one == other:
        raise OptionError(f"{one!r} twice: name two sources")
    if match not in MATCHES:
        raise OptionError(f"--match {match}: not known ({', '.join(MATCHES)})")
    for name, value in (("days", days), ("sample", sample)):
        if value < 0:
            raise OptionError(f"--{name} {value}: must be at least 0")
    pair = dyad_of(*dyad)
    first, last = _window(path, (one, other), since, until)
    sides = [_side(path, pair, source, level, match, first, last) for source in (one, other)]
    agreement, alone = _agreement(sides, first, last, days, seed)
    only = [_only(path, side, places, pair, sample, seed) for side, places in zip(sides, alone, strict=True)]
    tables = [series(path, pair, freq, level, first, last, source, draws=0) for source in (one, other)]
    return SourceComparison(
        one,
        other,
        pair,
        first,
        last,
        freq,
        level,
        match,
        RULE.format(match="type" if match == "type" else "quad class", days=_days(days), draws=DRAWS),
        (sides[0].left_out, sides[1].left_out),
        agreement,
        tuple(_correlations(*tables)),
        (only[0], only[1]),
    )


def _window(path: Path, sources: Sequence[str], since: date | None, until: date | None) -> tuple[date, date]:
    """The days asked for, else those that both sources cover."""
    with reading(path) as connection:
        spans = [pc.min_max(coverage(connection, (), source)["day"]).as_py() for source in sources]
    for source, span in zip(sources, spans, strict=True):
        if span["min"] is None:
            raise LedgerError(f"{path}: nothing of {source} with a day is filed")
    first = since or max(span["min"] for span in spans)
    last = until or min(span["max"] for span in spans)
    if first > last:
        told = "; ".join(f"{s}: {span['min']} to {span['max']}" for s, span in zip(sources, spans, strict=True))
        raise OptionError(f"no day from {first} to {last} (the sources cover {told})")
    return first, last


def _side(path: Path, dyad: Dyad, source: str, level: str, match: str, first: date, last: date) -> _Side:
    with reading(path) as connection:
        ((_, rows),) = deeds(connection, [dyad], level=level, source=source)
    wide = pc.greater_equal(pc.subtract(rows["end"].cast(pa.int32()), rows["start"].cast(pa.int32())), _WEEK)
    unknown = pc.fill_null(wide, True)
    within = pc.and_(pc.greater_equal(rows["start"], first), pc.less_equal(rows["start"], last))
    # Without a day it may have been within.
    left_out = pc.sum(pc.and_(unknown, pc.fill_null(within, True))).as_py() or 0
    rows = rows.filter(pc.and_(pc.invert(unknown), within))
    ways = np.stack([rows[name].to_numpy(zero_copy_only=False).astype(bool) for name in ("forward", "backward")])
    way, place = np.nonzero(ways)
    keys = rows[match].to_pylist()
    start = rows["start"].cast(pa.int32()).to_numpy().astype(np.int64)
    return _Side(source, rows, place, start[place], [keys[p] or _NO_KEY for p in place], way, left_out)


def _agreement(
    sides: Sequence[_Side], first: date, last: date, days: int, seed: int
) -> tuple[tuple[Agreement, ...], list[list[int]]]:
    """Agreement by key, and the places of the events of each side for which the other has none that fits."""
    one, other = sides
    keys = sorted({*one.key, *other.key} - {_NO_KEY})
    groups = [(one.of(key, way), other.of(key, way)) for key in keys for way in (0, 1)]
    dated = [(one.day[mine], other.day[theirs]) for mine, theirs in groups]
    chance = by_chance(dated, number_of(first), number_of(last), days, seed)
    alone: list[list[int]] = [[], []]
    found = []
    for number, key in enumerate(keys):
        mine = range(2 * number, 2 * number + 2)
        seen = [0, 0]
        for place in mine:
            for side, (here, there) in enumerate((dated[place], dated[place][::-1])):
                fits = has_any(here, there, days)
                seen[side] += int(fits.sum())
                alone[side] += groups[place][side][~fits].tolist()
        sizes = [sum(len(groups[place][side]) for place in mine) for side in (0, 1)]
        matched = sum(pairs(*dated[p], days) for p in mine)
        by = sum(chance[p] for p in mine) if chance is not None else None
        found.append(_row(key, sizes, matched, seen, by))
    for side, events in enumerate(sides):
        alone[side] += [place for place, key in enumerate(events.key) if key == _NO_KEY]
    untyped = [side.key.count(_NO_KEY) for side in sides]
    if any(untyped):
        found.append(_row(_NO_KEY, untyped, 0, [0, 0], None))
    every = _row(
        "all",
        [len(one.key), len(other.key)],
        sum(row.matched for row in found),
        [sum(row.found_one for row in found), sum(row.found_other for row in found)],
        sum(chance) if chance is not None else None,
    )
    return (every, *found), alone


def _row(name: str, sizes: Sequence[int], matched: int, seen: Sequence[int], chance: float | None) -> Agreement:
    room = None if chance is None else min(sizes) - chance
    above = round((matched - chance) / room, 4) if chance is not None and room else None
    return Agreement(name, sizes[0], sizes[1], matched, seen[0], seen[1], _rounded(chance), above)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _only(path: Path, side: _Side, places: Sequence[int], dyad: Dyad, sample: int, seed: int) -> Only:
    ways = (f"{dyad[0]}>{dyad[1]}", f"{dyad[1]}>{dyad[0]}")
    ids = side.rows["id"].to_pylist()
    # By day and id: what is drawn does not depend on the order of filing.
    ordered = sorted(places, key=lambda n: (int(side.day[n]), ids[side.place[n]], int(side.way[n])))
    drawn = sorted(random.Random(seed).sample(range(len(ordered)), min(sample, len(ordered))))
    rows = [(ordered[n], side.rows.slice(int(side.place[ordered[n]]), 1).to_pylist()[0]) for n in drawn]
    with reading(path) as connection:
        where = told(connection, [row["id"] for _, row in rows], side.source)
    return Only(
        side.source,
        len(ordered),
        tuple(_sample(row, ways[int(side.way[place])], where[row["id"]]) for place, row in rows),
    )


def _sample(row: dict[str, Any], direction: str, where: Told) -> Sample:
    head = (row["id"], row["start"], row["end"], direction, row["type"])
    return Sample(*head, where.words, where.publisher, where.url, where.document)


def _correlations(one: pa.Table, other: pa.Table) -> Iterator[Correlation]:
    """Both tables have the same periods and directions in the same order."""
    directions = list(dict.fromkeys(one["direction"].to_pylist()))
    for measure in _MEASURES:
        for direction in directions:
            values = [_values(table, measure, direction) for table in (one, other)]
            known = ~np.isnan(values[0]) & ~np.isnan(values[1])
            pair = values[0][known], values[1][known]
            yield Correlation(measure, direction, int(known.sum()), *pearson(*pair), *spearman(*pair))


def _values(table: pa.Table, measure: str, direction: str) -> np.ndarray:
    mine = table.filter(pc.equal(table["direction"], direction))
    values: np.ndarray = mine[measure].cast(pa.float64()).to_numpy(zero_copy_only=False)
    return values


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"

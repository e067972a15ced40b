"""The episodes that drive a change of level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from detente.analysis.series.levels import Numbers, Places, Signals
from detente.analysis.series.tally import directions

# So many on each side of a change, out of so many periods next to it.
MOST: Final = 3
NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Driver:
    """An episode that drives a change: on which `side` of it (before, after), who to whom, what, and how much of the
    difference of the two levels it alone makes (`share`, of 1). `told` is the number of its documents."""

    record: str
    side: str
    direction: str
    start: date
    end: date
    type: str | None
    mode: str | None
    score: float | None
    confidence: float
    told: int
    share: float
    words: str = ""


def drivers_of(seen: Signals, rows: pa.Table, measure: str, old: Places, new: Places) -> tuple[Driver, ...]:
    """The drivers of a change from the level of some periods to that of others, in the order of time.

    Of scores an episode's share is how far it lies beyond the level of the other side, times its part in the mean of
    its own. Of counts, the episodes of a type that became more frequent share that equally after the change, those of
    one that became rarer before it. The largest shares near the change are told; one weighs more by half with every
    doubling of the documents that tell it, as among the deeds of the brief.
    """
    shares = _score_shares(seen, old, new) if measure == "score" else _count_shares(seen, measure, old, new)
    told = rows["told"].to_numpy()[seen.row]
    weight = shares * (1 + 0.5 * np.log2(told.clip(1)))
    return tuple(
        driver
        for side, near in (("before", old[-NEAR:]), ("after", new[:NEAR]))
        for driver in _largest(seen, rows, side, near, shares, weight)
    )


def _score_shares(seen: Signals, old: Places, new: Places) -> Numbers:
    before, after = seen.level(old, "score"), seen.level(new, "score")
    earlier, later = np.isin(seen.period, old), np.isin(seen.period, new)
    beyond = np.where(earlier, after - seen.score, seen.score - before) * seen.weight
    mass = np.where(earlier, seen.weight[earlier].sum(), seen.weight[later].sum())
    shares: Numbers = beyond / mass / ((after - before) or np.inf)
    return shares


def _count_shares(seen: Signals, measure: str, old: Places, new: Places) -> Numbers:
    kind = seen.type + 1
    size = int(kind.max(initial=0)) + 1

    def rates(periods: Places) -> tuple[Numbers, Numbers]:
        counts = np.bincount(kind[np.isin(seen.period, periods)], minlength=size).astype(float)
        return counts, counts / seen.exposure(measure)[periods].sum()

    (n_old, rate_old), (n_new, rate_new) = rates(old), rates(new)
    grown = rate_new - rate_old
    many = np.where(grown > 0, n_new, n_old).clip(1)
    each = grown / many / (grown.sum() or np.inf)
    there = np.where(grown[kind] > 0, np.isin(seen.period, new), np.isin(seen.period, old))
    shares: Numbers = np.where(there, each[kind], 0.0)
    return shares


def _largest(
    seen: Signals, rows: pa.Table, side: str, near: Places, shares: Numbers, weight: Numbers
) -> Iterator[Driver]:
    found = np.flatnonzero(np.isin(seen.period, near) & (shares > 0))
    chosen = sorted(found.tolist(), key=lambda place: (-weight[place], seen.row[place]))[:MOST]
    for place in sorted(chosen, key=lambda place: int(seen.row[place])):
        row = rows.slice(int(seen.row[place]), 1).to_pylist()[0]
        both, there, back = directions((row["first"], row["second"]))
        yield Driver(
            record=row["id"],
            side=side,
            direction=both if row["forward"] and row["backward"] else there if row["forward"] else back,
            start=row["start"],
            end=row["end"],
            type=row["type"],
            mode=row["mode"],
            score=row["score"],
            confidence=row["confidence"],
            told=row["told"],
            share=round(float(shares[place]), 3),
        )

"""Where the level of a series changes for good: PELT, with a penalty that noise alone seldom pays.

Killick, Fearnhead and Eckley (2012), Optimal Detection of Changepoints With a Linear Computational Cost, JASA 107:
1590-1598, as in the library ruptures. The cost of a segment is the weighted sum of squares around its mean, in units of
the noise. The noise is judged by the differences of neighbours, which a few shifts hardly touch (von Neumann 1941,
Annals of Mathematical Statistics 12: 367-395). The penalty is found by simulation: series of the same length and
weights with nothing but noise, put through the same arithmetic, gain less by any one or two changes in all but
`FALSE_ALARMS` of them. So the penalty of a short series, whose noise is badly known, is higher. The rule takes
neighbours for independent: a level that drifts may be told as a shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from ruptures import Pelt
from ruptures.base import BaseCost

# A third below what is promised (5 %): noise is not quite normal.
FALSE_ALARMS: Final = 0.03
# A level lasts two periods at least; fewer periods than these in all say nothing of their noise.
SHORTEST: Final = 2
FEWEST: Final = 6
_SIMULATED: Final = 1000
_SEED: Final = 2012
# Of longer series every second, third … place is tried for two changes at once.
_PLACES: Final = 250
# Of a series longer than this PELT tries every second, third … place: 1,100 places take it 5 seconds.
_LONG: Final = 1200
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shift:
    """The place of the first value of the new level, and how many times over the shift pays the penalty."""

    place: int
    strength: float


def find_shifts(
    values: Sequence[float] | Numbers, weights: Sequence[float] | Numbers, least: float = 0.0
) -> tuple[Shift, ...]:
    """The shifts of the mean of a series, in order; none of a series of fewer than `FEWEST` values, or without noise.

    Args:
        values: the series, shape (n,), without gaps.
        weights: how sure each value is, in proportion to one over its variance: shape (n,), all above 0.
        least: what the variance of a value of weight one cannot fall short of.
    """
    x, w = np.asarray(values, float), np.asarray(weights, float)
    if len(x) < FEWEST:
        return ()
    scale = max(float(noise(x[None], w)[0]), least)
    if scale <= 0:
        return ()
    cost = _Around(x, w / scale)
    # Rounded, so that series alike share their simulation.
    penalty = threshold(tuple((w / w.mean()).round(2).clip(0.01).tolist()))
    ends = Pelt(custom_cost=cost, min_size=SHORTEST, jump=1 + len(x) // _LONG).fit(x[:, None]).predict(pen=penalty)
    bounds = [0, *ends]
    return tuple(
        Shift(place, (cost.error(start, end) - cost.error(start, place) - cost.error(place, end)) / penalty)
        for start, place, end in zip(bounds, bounds[1:], bounds[2:], strict=False)
    )


def noise(series: Numbers, weights: Numbers) -> Numbers:
    """The variance of a value of weight one, by the differences of neighbours: of each row of shape (rows, n)."""
    spread = 1 / weights[1:] + 1 / weights[:-1]
    variances: Numbers = (np.diff(series, axis=1) ** 2 / spread).mean(axis=1)
    return variances


@lru_cache(maxsize=512)
def threshold(weights: tuple[float, ...]) -> float:
    """The penalty in units of the noise: what noise of these weights gains by a change, in all but `FALSE_ALARMS`."""
    w = np.array(weights)
    random = np.random.default_rng(_SEED)
    x = random.standard_normal((_SIMULATED, len(w))) / np.sqrt(w)
    best = np.maximum(_gain_of_one(x, w), _gain_of_two(x, w) / 2) / noise(x, w)
    return float(np.quantile(best, 1 - FALSE_ALARMS))


class _Around(BaseCost):  # type: ignore[misc]
    """Weighted sum of squares around the mean, by running sums."""

    model = ""
    min_size = SHORTEST

    def __init__(self, values: Numbers, weights: Numbers) -> None:
        self.sums = np.stack([_running(weights), _running(weights * values), _running(weights * values**2)])

    def fit(self, signal: Any) -> _Around:
        self.signal = signal
        return self

    def error(self, start: int, end: int) -> float:
        weight, total, square = self.sums[:, end] - self.sums[:, start]
        return float(square - total**2 / weight)


def _running(values: Numbers) -> Numbers:
    return np.concatenate([[0.0], np.cumsum(values)])


def _gain_of_one(x: Numbers, w: Numbers) -> Numbers:
    """By how much one change, at best, lowers the cost of each row."""
    weight, total = _running(w), np.cumsum(x * w, axis=1)
    left, all_of = slice(SHORTEST - 1, len(w) - SHORTEST), total[:, -1:]
    before, w_before = total[:, left], weight[SHORTEST : len(w) - SHORTEST + 1]
    after, w_after = all_of - before, weight[-1] - w_before
    gains: Numbers = (before**2 / w_before + after**2 / w_after).max(axis=1) - all_of[:, 0] ** 2 / weight[-1]
    return gains


def _gain_of_two(x: Numbers, w: Numbers) -> Numbers:
    """By how much two changes, at best, lower it."""
    size = len(w)
    step = -(-size // _PLACES)
    weight = _running(w)
    total = np.concatenate([np.zeros((len(x), 1)), np.cumsum(x * w, axis=1)], axis=1)
    best = np.zeros(len(x))
    for one in range(SHORTEST, size - 2 * SHORTEST + 1, step):
        others = np.arange(one + SHORTEST, size - SHORTEST + 1, step)
        first = total[:, one] ** 2 / weight[one]
        middle = (total[:, others] - total[:, [one]]) ** 2 / (weight[others] - weight[one])
        last = (total[:, [size]] - total[:, others]) ** 2 / (weight[size] - weight[others])
        best = np.maximum(best, first + (middle + last).max(axis=1))
    gains: Numbers = best - total[:, size] ** 2 / weight[size]
    return gains

"""Matching events of two sources by their days, and what chance alone would match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
DRAWS: Final = 100
# The second source is moved by weeks at least, so that what belongs together is far apart.
_LEAST_MOVE: Final = 14


def pairs(one: Days, other: Days, days: int) -> int:
    """The greatest number of pairs, each event in one pair at most, whose days are at most so many apart.

    On a line the first that still fits is never a worse partner than a later one, so one pass over both finds it.
    """
    (ours, here), (theirs, there) = (
        (found.tolist(), counts.tolist()) for found, counts in (np.unique(d, return_counts=True) for d in (one, other))
    )
    found = i = j = 0
    while i < len(ours) and j < len(theirs):
        if abs(ours[i] - theirs[j]) <= days:
            most = min(here[i], there[j])
            found += most
            here[i] -= most
            there[j] -= most
            i, j = i + (here[i] == 0), j + (there[j] == 0)
        elif ours[i] < theirs[j]:
            i += 1
        else:
            j += 1
    return found


def has_any(one: Days, other: Days, days: int) -> NDArray[np.bool_]:
    """For each day of the first whether the second has any that is at most so many days apart."""
    ordered = np.sort(other)
    inside: NDArray[np.bool_] = np.searchsorted(ordered, one - days, "left") < np.searchsorted(
        ordered, one + days, "right"
    )
    return inside


def by_chance(groups: Sequence[tuple[Days, Days]], first: int, last: int, days: int, seed: int) -> list[float] | None:
    """Matches expected by chance in each group: the mean over moves of the second source by a random number of days,
    the same for all groups, round the window from `first` to `last`. None where that is too short to move in."""
    width = last - first + 1
    if width < 2 * (_LEAST_MOVE + days) + 1:
        return None
    moves = np.random.default_rng(seed).integers(_LEAST_MOVE, width - _LEAST_MOVE + 1, DRAWS)
    sums = [0] * len(groups)
    for move in moves.tolist():
        for place, (one, other) in enumerate(groups):
            sums[place] += pairs(one, (other - first + move) % width + first, days)
    return [total / DRAWS for total in sums]

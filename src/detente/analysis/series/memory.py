"""A memory that accumulates and ages.

On the last day T of a period the index is the sum over all episodes so far of

    confidence × score × 2 ** (-(T - day) / half_life)

so that what happened `half_life` days ago counts half. The idea, that cooperation and conflict accumulate and that
their weight fades as nothing follows, is that of Crescenzi and Enterline (2001), Time Remembered: A Dynamic Model of
Interstate Interaction, International Studies Quarterly 45: 409-431; the plain exponential form is ours. The sum of one
period is the sum of the last one, aged, and what came in between: the same days have the same index in days, weeks and
months.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.analysis.series.periods import Days

Numbers = NDArray[np.float64]


def fresh(days: Days, until: Days, half_life: float) -> Numbers:
    """How much of each day's news is left on a later day, 0 to 1."""
    left: Numbers = np.exp2((days - until) / half_life)
    return left


def remember(news: Numbers, ends: Days, half_life: float) -> Numbers:
    """The index at the end of each period. `news` has at [line, period, …] what came in, as it has aged by the period's
    end; `ends` are the last days of the periods."""
    kept = np.exp2(-np.diff(ends) / half_life)
    index = news.copy()
    for period in range(1, news.shape[1]):
        index[:, period] += index[:, period - 1] * kept[period - 1]
    return index

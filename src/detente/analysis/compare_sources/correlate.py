"""Correlation with its interval.

Pearson's by Fisher's z; Spearman's the same way with the standard error of Bonett and Wright (2000), Sample size
requirements for estimating Pearson, Kendall and Spearman correlations, Psychometrika 65: 23-28. Both take the periods
for independent; a trend that two sources share makes the interval too narrow.
"""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

Numbers = NDArray[np.float64]
Estimate = tuple[float | None, float | None, float | None]
# With fewer periods there is no interval.
FEWEST: Final = 4
_Z: Final = float(norm.ppf(0.975))
_DIGITS: Final = 4
_NONE: Final[Estimate] = (None, None, None)


def pearson(one: Numbers, other: Numbers) -> Estimate:
    """The correlation and the ends of its 95 % interval."""
    return _estimate(one, other, 1.0)


def spearman(one: Numbers, other: Numbers) -> Estimate:
    """That of the ranks, ties sharing theirs."""
    if len(one) < FEWEST:
        return _NONE
    ranks = rankdata(one), rankdata(other)
    r = _correlation(*ranks)
    return _NONE if r is None else _estimate(*ranks, 1.0 + r * r / 2)


def _estimate(one: Numbers, other: Numbers, variance: float) -> Estimate:
    r = _correlation(one, other)
    if r is None:
        return _NONE
    if abs(r) >= 1:
        return r, r, r
    reach = _Z * sqrt(variance / (len(one) - 3))
    return tuple(round(value, _DIGITS) for value in (r, tanh(atanh(r) - reach), tanh(atanh(r) + reach)))  # type: ignore[return-value]


def _correlation(one: Numbers, other: Numbers) -> float | None:
    """None where there are too few, or nothing varies."""
    if len(one) < FEWEST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    # Rounding may carry a perfect one beyond 1.
    return float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))

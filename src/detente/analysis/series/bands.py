"""How sure the figures are: a bootstrap over documents.

Each draw gives every document a weight at random, exponential with mean one (Rubin 1981, The Bayesian bootstrap, Annals
of Statistics 9: 130-134). An episode has the weight of the document that told it first, times its calibrated
confidence. So what one document tells hangs together, while further reports of an event add to its confidence and do
not make it a second event. The band is what the events of a period say of the state that they came from, which another
such period would have shown by other events.

With few documents the quantiles of the draws are too near. What scores are like is then judged by few of them, so that
Student's law stands for the normal one; and the spread of a mean of n documents is too small by the root of
(n-1)/(n+1). Both are made good in the quantile that is read off (the expanded percentile interval of Hesterberg 2015,
American Statistician 69: 371-386, with the factor that goes with Rubin's weights). Counts need none of it: the draws of
n documents that tell of one event each have the law from which the exact limits of a Poisson count are read. What it is
worth is measured: `detente evaluate series_simulation`.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import ndtr, stdtrit

LEVEL: Final = 0.90
# With fewer documents there is no band: of months of three or four documents too many would miss (three in ten where
# the scores are skewed, and one in ten may).
FEWEST: Final = 5
# Weights drawn at a time: 64 MB.
_BLOCK: Final = 8_000_000
Numbers = NDArray[np.float64]


def drawn(sums: csr_array, key: str, draws: int) -> Numbers:
    """What the rows of a matrix (figures by documents) come to in each draw: shape (figures, draws).

    The same key gives each document the same weights, in whatever company its dyad is asked for.
    """
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    random = np.random.default_rng(seed)
    documents = sums.shape[1]
    step = max(1, _BLOCK // max(1, documents))
    blocks = []
    for done in range(0, draws, step):
        weights = random.standard_exponential((min(step, draws - done), documents))
        blocks.append(sums @ np.ascontiguousarray(weights.T))
    return np.concatenate(blocks, axis=1)


def effective(shares: csr_array) -> Numbers:
    """How many documents of equal weight would bear out each row as well as its own do (Kish): shape (figures,)."""
    total, squares = shares.sum(axis=1), shares.power(2).sum(axis=1)
    number: Numbers = np.divide(total**2, squares, out=np.zeros_like(total), where=squares > 0)
    return number


def band_of_count(draws: Numbers) -> Numbers:
    """Lower and upper end of each row's draws, for counts: shape (figures, 2)."""
    return _ends(draws, np.full(len(draws), (1 - LEVEL) / 2))


def band_of_sum(draws: Numbers, documents: Numbers) -> Numbers:
    """The same of sums of scores that rest on so many documents."""
    return _ends(draws, ndtr(-_reach(documents)))


def band_of_mean(draws: Numbers, documents: Numbers) -> Numbers:
    """The same of means."""
    n = np.maximum(documents, 2.0)
    return _ends(draws, ndtr(-_reach(documents) * np.sqrt((n + 1) / (n - 1))))


def _reach(documents: Numbers) -> Numbers:
    """How far Student's law goes where the normal one goes to the ends of the band."""
    reach: Numbers = stdtrit(np.maximum(documents - 1, 1.0), 1 - (1 - LEVEL) / 2)
    return reach


def _ends(draws: Numbers, tail: Numbers) -> Numbers:
    ordered = np.sort(draws, axis=1)
    return np.stack([_quantile(ordered, tail), _quantile(ordered, 1 - tail)], axis=1)


def _quantile(ordered: Numbers, share: Numbers) -> Numbers:
    """Each row's quantile, by its own share, between two draws by the line."""
    place = share * (ordered.shape[1] - 1)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, ordered.shape[1] - 1)
    rows = np.arange(len(ordered))
    low = ordered[rows, below]
    quantiles: Numbers = low + (ordered[rows, above] - low) * (place - below)
    return quantiles

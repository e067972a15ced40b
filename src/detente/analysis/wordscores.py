"""Words peculiar to one of two texts: log-odds ratios with an informative Dirichlet prior.

B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying
the Content of Political Conflict", Political Analysis 16 (2008), 372-403: the estimate is their equation 16 (with the
prior of section 3.5.1), its variance equation 20, the z-score equation 22.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from detente.lexicon.background import background_rates

# The prior weighs so much of the mean length of the two texts (Monroe et al. leave its size to the user). At half of it
# what one of two readouts says three times and the other never stands out; set by eye on pairs of our own.
_WEIGHT: Final = 0.5
# What a word outside the background table gets of it: less than its rarest word (11 in a million).
_RARE: Final = 5e-6


@dataclass(frozen=True, slots=True)
class WordScore:
    """One word: its counts in the left and right text, its log-odds ratio (above 0: the left's word), the z-score."""

    word: str
    left: int
    right: int
    log_odds: float
    z: float


def log_odds(left: Mapping[str, int], right: Mapping[str, int], prior: Mapping[str, float]) -> tuple[WordScore, ...]:
    """Every word of either text by its z-score, the left's most peculiar first.

    `prior` gives pseudo-counts (above 0) for at least all words of both; a word without one is left out. Swapping the
    texts turns all signs; equal texts give zeros.
    """
    words = [word for word in {**left, **right} if prior.get(word, 0.0) > 0.0]
    total = sum(prior.values())
    n_left, n_right = sum(left.values()), sum(right.values())
    found = []
    for word in words:
        weight = prior[word]
        y_left, y_right = left.get(word, 0), right.get(word, 0)
        ratio = _log_odds(y_left + weight, n_left + total) - _log_odds(y_right + weight, n_right + total)
        spread = sqrt(1.0 / (y_left + weight) + 1.0 / (y_right + weight))
        found.append(WordScore(word, y_left, y_right, ratio, ratio / spread))
    return tuple(sorted(found, key=lambda one: (-one.z, one.word)))


def _log_odds(count: float, total: float) -> float:
    # A prior of one word alone would leave nothing else to be compared with.
    rest = total - count
    return log(count) - log(rest) if rest > 0 else 0.0


def prior_of(left: Mapping[str, int], right: Mapping[str, int], others: Iterable[str] = ()) -> dict[str, float]:
    """Pseudo-counts for the words of two texts: half by their share in both texts, half by that in a background, which
    is official English and, if given, the words `others` of other documents on the same relation."""
    rates = background_rates()
    more = Counter(others)
    size = sum(more.values())
    both = Counter(left) + Counter(right)
    length = sum(both.values())

    def background(word: str) -> float:
        rate = rates.get(word, _RARE)
        return (rate + more[word] / size) / 2 if size else rate

    weight = _WEIGHT * length / 2
    return {word: weight * (count / length + background(word)) / 2 for word, count in both.items()}

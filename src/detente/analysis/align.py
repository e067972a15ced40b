"""Which sentence of one text tells what which sentence of another tells.

Cosine of the stems, each weighed by how rare it is in both texts and in official English, and a little for issues and
actors in common. The order of the texts does not matter: readouts put their own points first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from typing import Final

from detente.analysis.passages import Passage
from detente.analysis.words import stem
from detente.lexicon.background import background_rates

# What issues and actors in common add at most. Words decide.
_ISSUES: Final = 0.10
_ACTORS: Final = 0.05
# Two sentences of at least this score tell of the same. See tests/analysis/test_align.py for what it was chosen on.
SAME: Final = 0.25
# Shares below this count as this: a name seen nowhere else should not drown all other words.
_LEAST_RATE: Final = 1e-5
# Names of states and officials tell who, not what: both readouts are full of them.
_NAMES: Final = 0.25
# So many words besides names, of at least this weight, must be the same: one is chance.
_SHARED: Final = 2
_TELLING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that tell of the same; `score` from 0 to 1.15."""

    left: Passage
    right: Passage
    score: float


class Likeness:
    """Scores pairs of sentences of two texts; the weights of the words are those of both together."""

    def __init__(self, left: Sequence[Passage], right: Sequence[Passage]) -> None:
        passages = [*left, *right]
        self._seen = Counter(word for passage in passages for word in set(passage.stems))
        self._passages = len(passages)
        self._names = frozenset(name for passage in passages for name in passage.names)

    def weights(self, stems: Sequence[str]) -> dict[str, float]:
        """The words of a sentence, each once, with its weight."""
        return {word: self._weight(word) for word in stems}

    def score(self, left: Passage, right: Passage, *, parties: bool = False) -> float:
        """How much two sentences have in common; 0 if it is not at least two words that tell something (or, if
        `parties` count, two actors: "X met Y" is told in many words)."""
        one, other = self.weights(left.stems), self.weights(right.stems)
        met = parties and len(left.actors & right.actors) >= _SHARED
        if not met and sum(word not in self._names and one[word] >= _TELLING for word in one.keys() & other.keys()) < _SHARED:
            return 0.0
        return (
            cosine(one, other)
            + _ISSUES * _overlap(set(left.issues), set(right.issues))
            + _ACTORS * _overlap(set(left.actors), set(right.actors))
        )

    def _weight(self, word: str) -> float:
        here = log((self._passages + 1) / (self._seen[word] + 0.5))
        common = log(1 / max(_stem_rates().get(word, 0.0), _LEAST_RATE)) / log(1 / _LEAST_RATE)
        return here * common**2 * (_NAMES if word in self._names else 1.0)


def align(left: Sequence[Passage], right: Sequence[Passage], least: float = SAME) -> tuple[Pair, ...]:
    """Pairs of sentences, each sentence in one pair at most, the most alike first served; in the order of the left."""
    likeness = Likeness(left, right)
    scored = [
        (likeness.score(one, other, parties=True), i, j) for i, one in enumerate(left) for j, other in enumerate(right)
    ]
    scored.sort(key=lambda item: (-item[0], item[1], item[2]))
    taken: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, i, j in scored:
        if score < least:
            break
        if i not in taken and j not in used:
            taken[i] = (j, score)
            used.add(j)
    return tuple(Pair(left[i], right[j], round(score, 3)) for i, (j, score) in sorted(taken.items()))


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Cosine of two vectors given by their parts; 0 where one is nothing."""
    if len(right) < len(left):
        left, right = right, left
    product = sum(weight * right.get(word, 0.0) for word, weight in left.items())
    norms = _norm(left) * _norm(right)
    return product / norms if norms else 0.0


def _norm(vector: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))


def _overlap(left: set[str], right: set[str]) -> float:
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


@cache
def _stem_rates() -> Mapping[str, float]:
    rates: dict[str, float] = {}
    for word, rate in background_rates().items():
        rates[stem(word)] = rates.get(stem(word), 0.0) + rate
    return rates

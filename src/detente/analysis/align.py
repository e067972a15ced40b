"""Which sentence of one text tells what which sentence of another tells.

Cosine of the stems, each weighed by how rare it is in both texts and in official English, and a little for issues and
actors in common. The order of the texts does not matter: readouts put their own points first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from typing import Final

from detente.analysis.passages import Passage
from detente.analysis.words import FRAME_WORDS, FUNCTION_WORDS, stem
from detente.lexicon.background import background_rates

# What issues and actors in common add at most. Words decide.
_ISSUES: Final = 0.10
_ACTORS: Final = 0.05
# Two sentences of at least this score tell of the same. See tests/analysis/test_align.py for what it was chosen on.
SAME: Final = 0.25
# The weight of a word is how few sentences have it (Robertson & Spärck Jones 1976): of both texts, and of so many
# sentences of official English that have so many words each. Two readouts alone are too few to tell common words.
_SENTENCES: Final = 20
_LENGTH: Final = 20
# Names of states and officials, words of grammar and of every readout, do not tell what it is about.
_FRAME: Final = 0.25
_SMALL: Final = re.compile(r"\b[a-z]{3,}\b")
# So many words besides these must be the same: one is chance.
_SHARED: Final = 2


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
        # "Theater commanders" that opens a sentence is no name: the other text writes it small.
        small = {stem(word) for passage in passages for word in _SMALL.findall(passage.span.text)}
        names = frozenset(name for passage in passages for name in passage.names) - small
        self._frame = names | {stem(word) for word in FRAME_WORDS | FUNCTION_WORDS}

    def weights(self, stems: Sequence[str]) -> dict[str, float]:
        """The words of a sentence, each once, with its weight."""
        return {word: self._weight(word) for word in stems}

    def score(self, left: Passage, right: Passage, *, parties: bool = False) -> float:
        """How much two sentences have in common; 0 if it is not at least two words that tell something (or, if
        `parties` count, two actors: "X met Y" is told in many words)."""
        one, other = self.weights(left.stems), self.weights(right.stems)
        met = parties and len(left.actors & right.actors) >= _SHARED
        if not met and len((one.keys() & other.keys()) - self._frame) < _SHARED:
            return 0.0
        return (
            cosine(one, other)
            + _ISSUES * _overlap(set(left.issues), set(right.issues))
            + _ACTORS * _overlap(set(left.actors), set(right.actors))
        )

    def coverage(self, claim: Passage, answer: Passage) -> float:
        """The share, by weight, of a sentence's words that another has too."""
        words = self.weights(claim.stems)
        total = sum(words.values())
        return sum(weight for word, weight in words.items() if word in answer.stems) / total if total else 0.0

    def _weight(self, word: str) -> float:
        elsewhere = _SENTENCES * min(1.0, _LENGTH * _stem_rates().get(word, 0.0))
        weight = log((self._passages + _SENTENCES + 1) / (self._seen[word] + elsewhere + 0.5))
        return weight * (_FRAME if word in self._frame else 1.0)


def align(left: Sequence[Passage], right: Sequence[Passage], least: float = SAME) -> tuple[Pair, ...]:
    """Pairs of sentences of which one is the other's best match, in the order of the left, then of the right.

    So a sentence that lists five agreements stands beside each of the five sentences that tell of one.
    """
    likeness = Likeness(left, right)
    scores = [[likeness.score(one, other, parties=True) for other in right] for one in left]
    best: set[tuple[int, int]] = set()
    if left and right:
        best |= {(i, max(range(len(right)), key=lambda j: scores[i][j])) for i in range(len(left))}
        best |= {(max(range(len(left)), key=lambda i: scores[i][j]), j) for j in range(len(right))}
    return tuple(Pair(left[i], right[j], round(scores[i][j], 3)) for i, j in sorted(best) if scores[i][j] >= least)


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

"""Whether two pieces of speech say the same, by the words they share."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]+(?:-[A-Za-z]+)?")
_DENIED: Final = re.compile(r"(?<=\w)n['’]t\b|\b(?:not|no|never|neither|nor|cannot)\b", re.IGNORECASE)
_EMPTY: Final = frozenset(
    "a an the and or but of to in on at by for with from as that which who whom this these those it its they them "
    "their he she his her we our us i my you your be is are was were been being will would shall should can could may "
    "might must has have had do does did so such also both any all there here if than then very".split()
)
# Shares of content words, of the shorter piece and of both. Set by eye on readouts of 2021–2023 and not measured.
_SAME_OF_SHORTER: Final = 0.7
_SAME_OF_BOTH: Final = 0.5
_UNCHANGED: Final = 0.8
_FEWEST: Final = 4


def content_words(text: str) -> frozenset[str]:
    """The words that carry the sense, in lower case, the commonest endings taken off; any denial is `not`."""
    words = (word.lower() for word in _WORD.findall(_DENIED.sub(" not ", text)))
    return frozenset(_stem(word) for word in words if word not in _EMPTY and len(word) > 1)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


def says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of content words are of one message: much in common, and both deny or neither does."""
    if ("not" in one) != ("not" in other):
        return False
    shared = len(one & other)
    fewer = min(len(one), len(other))
    if fewer < _FEWEST:
        return one == other
    return shared / fewer >= _SAME_OF_SHORTER and shared / len(one | other) >= _SAME_OF_BOTH


def is_reworded(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one message is put in other words than before."""
    return len(one & other) / max(1, len(one | other)) < _UNCHANGED

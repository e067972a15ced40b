"""Words of running text, as counting and comparing needs them: no parser, the same for every source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# "U.S.", "third-party", "don't"; numbers are no words.
_WORD: Final = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-zÀ-ÿ]+(?:[-'’][A-Za-zÀ-ÿ]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s$")
# Endings that words of one meaning differ by, longest first, and what takes their place (a light stemmer: it need not
# give words, only the same for "reiterates", "reiterated" and "reiterating").
_ENDINGS: Final = (
    ("ations", ""), ("ation", ""), ("ities", "ity"), ("ments", "ment"), ("ings", ""), ("ies", "y"), ("ing", ""),
    ("ions", ""), ("ion", ""), ("ed", ""), ("es", ""), ("ly", ""), ("e", ""), ("s", ""),
)  # fmt: skip
_LEAST_STEM: Final = 4


def words_of(text: str) -> Iterator[str]:
    """The words of a text in order, in lower case, without the possessive 's."""
    for found in _WORD.finditer(text):
        yield _POSSESSIVE.sub("", found.group()).lower()


def stem(word: str) -> str:
    """A word without its inflectional ending; words of up to four letters stay."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _LEAST_STEM:
            return word[: len(word) - len(ending)] + instead
    return word

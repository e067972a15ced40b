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
# Words of grammar: they tell how something is said, not what.
FUNCTION_WORDS: Final = frozenset(
    "a about above after again against all also although am among an and any are as at be because been before being "
    "below between both but by can cannot could did do does doing don't down during each either else ever every few "
    "for from further had has have having he her here hers herself him himself his how however i if in into is it "
    "its itself just may me might mine more most much must my myself neither no nor not now of off on once one only "
    "or other our ours ourselves out over own per shall she should since so some such than that the their theirs "
    "them themselves then there these they this those though through thus to too toward towards under until up upon "
    "very via was we were what when where whether which while who whom whose why will with within without would yet "
    "you your yours".split()
)
# Words that nearly every account of a meeting has, whatever it was about.
FRAME_WORDS: Final = frozenset(
    "agree agreed both countries country discuss discussed leaders meeting meetings met minister ministers nation "
    "nations noted president presidents reaffirmed relations said secretary side sides stressed talks two".split()
)


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

"""Who asks and who answers, by the label before the words: "Q", "Reporter 2", "The Press", an outlet; "A"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from detente.lexicon.tables import data_folder, read_table, split

_QUESTION: Final = re.compile(
    r"(?:q\d{0,2}|(?:(?:another|a|an|the|unidentified|unknown|female|male)\s+)?"
    r"(?:question(?:er)?|reporters?|journalists?|correspondent|interviewer|moderator|host|anchor|press|media|"
    r"(?:member|members)\s+of\s+the\s+(?:press|media))(?:\s*(?:no\.?\s*)?#?\d{1,2})?)",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(r"a\d{0,2}|answer(?:\s*\d{1,2})?", re.IGNORECASE)
_OF_AN_OUTLET: Final = re.compile(
    r"\s+(?:reporter|journalist|correspondent|anchor|host)(?:\s*\d{1,2})?$", re.IGNORECASE
)
# The last word of an outlet's name that the table lacks. No "agency" or "group" alone: those speak for themselves too.
_NAMES: Final = frozenset(
    "news times tv television daily post journal radio broadcasting gazette tribune herald newspaper shimbun ilbo "
    "weekly".split()
)
_PAIRS: Final = frozenset({"news agency", "news service", "media group", "media network"})
_SMALL: Final = frozenset("of the de di del e and".split())
_LONGEST: Final = 6


def is_question_label(label: str) -> bool:
    """Whether a label stands for somebody who asks and nobody by name: "Q", "QUESTION", "Reporter 3", "The Press"."""
    return bool(_QUESTION.fullmatch(label.strip()))


def is_answer_label(label: str) -> bool:
    """Whether a label stands for whoever answers: "A", "Answer"."""
    return bool(_ANSWER.fullmatch(label.strip()))


def is_listed_outlet(label: str) -> bool:
    """Whether a label is that of a news outlet: of the media table, or named like one."""
    words = label.strip().removeprefix("The ").removeprefix("the ").split()
    if not 1 <= len(words) <= _LONGEST or not _are_names(words):
        return False
    lowered = [word.lower() for word in words]
    if " ".join(lowered) in _outlets():
        return True
    last = lowered[-1].removesuffix("'s")
    return len(words) > 1 and (last in _NAMES or (len(words) > 2 and " ".join(lowered[-2:]) in _PAIRS))


@lru_cache(maxsize=1024)
def asks(label: str) -> bool:
    """Whether who bears the label is of the press."""
    role = _OF_AN_OUTLET.search(label.strip())
    outlet = label.strip()[: role.start()].split() if role else []
    return is_question_label(label) or is_listed_outlet(label) or (0 < len(outlet) <= _LONGEST and _are_names(outlet))


def _are_names(words: list[str]) -> bool:
    return all(word[0].isupper() or word in _SMALL for word in words)


@cache
def _outlets() -> frozenset[str]:
    rows = read_table(data_folder() / "media.tsv", ("name", "aliases"), ("name",))
    names = (form for row in rows for form in (row["name"], *split(row["aliases"])))
    return frozenset(name.lower().removeprefix("the ") for name in names)

"""Who asks and who answers, by the label before the words: "Q", "Reporter 2", "The Press", an outlet; "A"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from detente.lexicon.tables import data_folder, read_table, split

_QUESTION: Final = re.compile(
    r"(?:q\d{0,2}|(?:(?:another|a|an|the|unidentified|unknown|female|male)\s+)?"
    r"(?:question(?:er)?|reporters?|journalists?|correspondent|interviewer|press|media|"
    r"(?:member|members)\s+of\s+the\s+(?:press|media))(?:\s*(?:no\.?\s*)?#?\d{1,2})?)",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(r"a\d{0,2}|answer(?:\s*\d{1,2})?", re.IGNORECASE)
_OF_AN_OUTLET: Final = re.compile(
    r"\s+(?:reporter|journalist|correspondent|anchor|host|news)(?:\s*\d{1,2})?$", re.IGNORECASE
)
# The last word of an outlet's name that the table lacks. No "agency" or "group" alone: those speak for themselves too.
_NAMES: Final = frozenset(
    "news times tv television daily post journal radio broadcasting gazette tribune herald newspaper shimbun ilbo "
    "weekly".split()
)


def is_question_label(label: str) -> bool:
    """Whether a label stands for somebody who asks and nobody by name: "Q", "QUESTION", "Reporter 3", "The Press"."""
    return bool(_QUESTION.fullmatch(label.strip()))


def is_answer_label(label: str) -> bool:
    """Whether a label stands for whoever answers: "A", "Answer"."""
    return bool(_ANSWER.fullmatch(label.strip()))


def is_outlet(label: str) -> bool:
    """Whether a label is that of a news outlet or one of its reporters: of the media table, or named like one."""
    name = _OF_AN_OUTLET.sub("", label.strip())
    reporter = name != label.strip()
    words = name.lower().removeprefix("the ").split()
    return (
        " ".join(words) in _outlets()
        or (len(words) > 1 and bool({words[-1], words[-1].removesuffix("'s")} & _NAMES))
        or (len(words) > 2 and words[-2:] == ["news", "agency"])
        or (reporter and bool(_OF_AN_OUTLET.search(label)) and not label.lower().endswith("news"))
    )


def asks(label: str) -> bool:
    """Whether who bears the label is of the press."""
    return is_question_label(label) or is_outlet(label)


@cache
def _outlets() -> frozenset[str]:
    rows = read_table(data_folder() / "media.tsv", ("name", "aliases"), ("name",))
    names = (form for row in rows for form in (row["name"], *split(row["aliases"])))
    return frozenset(name.lower().removeprefix("the ") for name in names)

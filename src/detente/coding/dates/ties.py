"""Where each time expression of a sentence hangs in its parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.coding.analysis import Analysis, DateMention, beginning

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


# No time expression has as many tokens.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Tie:
    """A time expression and where it hangs: the token it modifies and the preposition between, lower case or empty."""

    mention: DateMention
    at: int
    preposition: str

    def stands_at(self, index: int) -> bool:
        return self.at == index or self.mention.start <= index < self.mention.end


def ties_of(analysis: Analysis, start: int, end: int) -> list[Tie]:
    """Where each time expression of a sentence hangs."""
    doc = analysis.doc
    found: list[Tie] = []
    for mention in beginning(analysis.dates, start, end):
        if (mention.first is None and mention.last is None) or mention.timex == "SET" or mention.value == "PRESENT_REF":
            continue
        root = _root(doc, mention.start, mention.end)
        head, preposition = root.head, ""
        while head.i != root.i and (
            head.dep_ in ("prep", "pcomp", "mark") or (head.pos_ in ("ADP", "SCONJ", "ADV") and head.dep_ != "ROOT")
        ):
            preposition = preposition or head.lower_
            if head.head.i == head.i:
                break
            head = head.head
        if not preposition and mention.start and doc[mention.start - 1].pos_ in ("ADP", "SCONJ"):
            preposition = doc[mention.start - 1].lower_
        preceding = next((t for t in found if t.mention.start <= head.i < t.mention.end), None)
        if preceding is not None and preceding.preposition in ("between", "from"):
            # "between 2011 and 2013", "from May to July".
            preposition = "to"
        # "on Monday morning in a statement": a date that hangs on another date modifies what that one does.
        for other in beginning(analysis.dates, head.i - _LONGEST, head.i + 1):
            if other is not mention and other.start <= head.i < other.end:
                above = _root(doc, other.start, other.end).head
                while above.pos_ == "ADP" and above.head.i != above.i:
                    above = above.head
                head = above
                break
        found.append(Tie(mention, head.i, preposition))
    return found


def _root(doc: Doc, start: int, end: int) -> Token:
    for token in doc[start:end]:
        if token.head.i == token.i or not start <= token.head.i < end:
            return token
    return doc[start]

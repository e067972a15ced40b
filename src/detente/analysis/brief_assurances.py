"""Assurances that only the other side's account puts into a side's mouth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from detente.analysis.brief_frame import Frame
from detente.analysis.wording import content_words
from detente.records import Statement
from detente.relations import Telling

# What is said to reassure: by its verb, or by what is denied or ruled out.
_CUES: Final = re.compile(r"^(assur|pledg|promis|reaffirm|reiterat|commit|vow|guarantee|undert)", re.IGNORECASE)
_RULED_OUT: Final = re.compile(
    r"\b(no intention|not (?:intend|seek|support|want|look\w* for)|will not|would not|never|remains? committed)\b",
    re.IGNORECASE,
)
_NEAR: Final = timedelta(days=3)
# The side's own account tells it too when it shares this much of the words that carry the sense.
_SHARED: Final = 0.5


def lone_assurances(frame: Frame) -> Iterator[tuple[Telling, str]]:
    """Assurances told by one side's account as words of the other, which no own account of the other tells; with the
    country whose account it is."""
    dossier = frame.dossier
    told: set[tuple[str, int]] = {
        (dossier.reports[r].event.document, dossier.reports[r].event.sentence)
        for commitment in dossier.commitments
        for r in commitment.reports
        if r in dossier.reports
    }
    joint = joint_statements(dossier.tellings)
    for telling in dossier.tellings:
        statement, teller = telling.statement, telling.source.side
        published = telling.source.published
        if teller is None or teller == statement.side or {teller, statement.side} != set(dossier.dyad):
            continue
        if telling.source.reprint_of or not published or not dossier.within(published, published):
            continue
        if (statement.document, statement.sentence) in told or statement.id in joint:
            continue
        cue = statement.cue.text if statement.cue else ""
        if not (_CUES.match(cue) or _RULED_OUT.search(statement.content.text)):
            continue
        if not _owned(frame, telling):
            yield telling, teller


def joint_statements(tellings: Iterable[Telling]) -> frozenset[str]:
    """The ids of statements that are told as words of two sides at once ("both sides reaffirmed …")."""
    by_words: dict[tuple[str, int, int], list[Statement]] = defaultdict(list)
    for telling in tellings:
        content = telling.statement.content
        by_words[content.document, content.start, content.end].append(telling.statement)
    return frozenset(s.id for group in by_words.values() if len({s.side for s in group}) > 1 for s in group)


def _owned(frame: Frame, telling: Telling) -> bool:
    """Whether the side that is said to have said it says so in an account of its own of about that day."""
    words = content_words(telling.statement.content.text)
    published = telling.source.published
    for other in frame.dossier.tellings:
        if other.source.side != telling.statement.side or other.statement.side != telling.statement.side:
            continue
        if published and other.source.published and abs(published - other.source.published) > _NEAR:
            continue
        theirs = content_words(other.statement.content.text)
        if words and len(words & theirs) / max(1, min(len(words), len(theirs))) >= _SHARED:
            return True
    return False

"""What one side's account says of the other's words and deeds, held against the other's own account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from detente.analysis.align import SAME, Likeness
from detente.analysis.passages import Account, Passage, all_passages, part_of
from detente.analysis.words import stem
from detente.records import Event, Span, Statement

CONFIRMED: Final = "confirmed"
SILENT: Final = "silent"
DENIED: Final = "denied"
WORDS: Final = "words"
DEED: Final = "deed"
JOINT: Final = "joint"

_NOT: Final = frozenset(
    "not no never n't without neither nor none cannot didn't doesn't don't won't isn't wasn't".split()
)
_DENY: Final = frozenset(
    stem(word) for word in "deny denies denied false untrue untruth fabricated refute dispute".split()
)
# The answer must have this share of the claim's words, or it is about a part of it only. Read on eight pairs of the
# demo corpus and two of Singapore and the White House: of 24 claims above it 23 were borne out by their answer, of 5
# that were alike enough but below it, 1.
_COVERED: Final = 0.3
# A "not" within so many words of a word in common is about what both speak of.
_REACH: Final = 5
# Verdicts and meetings are no claims about what the other did; what did not happen or only might is none either.
# Between deeds, and between members of a list of deeds.
_VERBS: Final = "(?:does|do|did|will|would|has|have|is|are|should) "
_JOINT: Final = re.compile(f"(?:, and |, | and )(?=to )|(?:, and |, )(?={_VERBS})")
_LISTED: Final = re.compile(f"(?:, and |, | and )(?=to |{_VERBS})")
_LEAST_PART: Final = 3
_AGREE: Final = "AGREE"
_NO_DEEDS: Final = frozenset({"CONSULT"})
_DONE: Final = frozenset({"happened", "ongoing", "planned"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What the account of `by` says that `about` said or did, and what the account of `about` has on it.

    `kind` is `WORDS`, `DEED` or `JOINT` (both are said to have agreed); `verdict` is `CONFIRMED`, `SILENT` or `DENIED`.
    `claimed` is what is claimed, `passage` its sentence, `answer` the sentence that settles it, None where the other
    account is silent; `score` is how alike the two are.
    """

    by: str
    about: str
    kind: str
    passage: Span
    claimed: Span
    verdict: str
    answer: Span | None
    score: float


def claims(by: Sequence[Account], side: str, other: Sequence[Account], about: str) -> tuple[Claim, ...]:
    """The claims that the accounts of `side` make about `about`, in the order of the text."""
    mine, theirs = all_passages(by), all_passages(other)
    likeness = Likeness(mine, theirs)
    # Their own words: what they report of our side confirms nothing about theirs.
    said = [statement for account in other for statement in account.statements]
    own_words = {statement.content for statement in said if statement.side == about}
    foreign = {statement.content for statement in said if statement.side == side} - own_words
    own = [passage for passage in theirs if not any(_mostly(passage.span, content) for content in foreign)]
    found = []
    for kind, claimed in _claimed(by, side, about):
        passage = next((one for one in mine if _inside(claimed, one.span)), None)
        if passage is None:
            continue
        for part in _parts(claimed, passage):
            answer, score = _best(part, own, likeness)
            verdict = SILENT
            if answer is not None and score >= SAME and likeness.coverage(part, answer) >= _COVERED:
                verdict = DENIED if _contradicts(part, answer) else CONFIRMED
            shown = answer.span if answer is not None and verdict != SILENT else None
            found.append(Claim(side, about, kind, passage.span, part.span, verdict, shown, round(score, 3)))
    return tuple(sorted(found, key=lambda one: (one.passage.document, one.claimed.start)))


def _claimed(accounts: Sequence[Account], side: str, about: str) -> Iterator[tuple[str, Span]]:
    """The other side's words and deeds as the accounts tell them; a deed inside its words is part of them."""
    for account in accounts:
        mine = {(s.content.start, s.content.end) for s in account.statements if s.side == side}
        told: list[Span] = []
        for statement in account.statements:
            if _spoken(statement, about):
                content = statement.content
                told.append(content)
                yield (JOINT if (content.start, content.end) in mine else WORDS), content
        for event in account.events:
            kind = _kind(event, side, about)
            if kind is not None and not any(_touch(event.evidence, other) for other in told):
                told.append(event.evidence)
                yield kind, event.evidence


def _kind(event: Event, side: str, about: str) -> str | None:
    """What an event is a claim of: the other side's words that no statement was made of, its deed, an agreement; None
    if it is none of these."""
    if event.type in _NO_DEEDS:
        return None
    if event.said_by is not None and event.said_by.actor.country == about:
        return WORDS
    doers = {one.actor.country for one in event.actors}
    if event.status not in _DONE:
        return None
    if doers == {about}:
        return DEED
    return JOINT if doers == {side, about} and event.type == _AGREE else None


def _parts(claimed: Span, passage: Passage) -> list[Passage]:
    """What is claimed, one thing at a time: "to open a line and to lift the ban" is two. A list after a colon in the
    same sentence is by the same speaker, and is what the words before it announce."""
    end = min(claimed.end, passage.span.end)
    colon = passage.span.text.find(": ", end - passage.span.start)
    parts: list[Passage] = []
    if colon != end - passage.span.start:
        parts += _cut(passage, claimed.start, end, _JOINT)
    if colon >= 0:
        parts += _cut(passage, passage.span.start + colon + 1, passage.span.end, _LISTED)
    return parts


def _cut(passage: Passage, start: int, end: int, joint: re.Pattern[str]) -> list[Passage]:
    """The part [start, end) of a passage cut where `joint` matches; whole, if a cut would leave too little."""
    begin = passage.span.start
    found = [one.span() for one in joint.finditer(passage.span.text, start - begin, end - begin)]
    starts = [start, *(begin + last for _, last in found)]
    ends = [*(begin + first for first, _ in found), end]
    parts = [part_of(passage, first, last) for first, last in zip(starts, ends, strict=True)]
    return parts if all(len(part.stems) >= _LEAST_PART for part in parts) else [part_of(passage, start, end)]


def _spoken(statement: Statement, about: str) -> bool:
    return statement.side == about and (statement.speaker is None or statement.speaker.actor.role != "unnamed")


def _best(subject: Passage, own: Sequence[Passage], likeness: Likeness) -> tuple[Passage | None, float]:
    scored = [(likeness.score(subject, passage), -number) for number, passage in enumerate(own)]
    if not scored:
        return None, 0.0
    score, number = max(scored)
    return own[-number], score


def _contradicts(claim: Passage, answer: Passage) -> bool:
    """Whether one of two sentences on the same thing says no where the other does not, near a word in common."""
    common = set(claim.stems) & set(answer.stems)
    return bool(_nays(answer, common) % 2) != bool(_nays(claim, common) % 2)


def _nays(passage: Passage, common: set[str]) -> int:
    """Words of denial near words of `common`."""
    stems = passage.stems
    return sum(
        any(word in common for word in stems[at + 1 : at + 1 + _REACH])
        for at, word in enumerate(stems)
        if word in _NOT or word in _DENY
    )


def _inside(inner: Span, outer: Span) -> bool:
    return inner.document == outer.document and outer.start <= inner.start < outer.end


def _mostly(whole: Span, part: Span) -> bool:
    """Whether `part` is half of `whole` or more."""
    common = min(whole.end, part.end) - max(whole.start, part.start)
    return whole.document == part.document and common * 2 >= whole.end - whole.start


def _touch(one: Span, other: Span) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end

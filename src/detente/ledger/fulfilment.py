"""Whether what was promised has been done, or the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.by_day import ByDay
from detente.ledger.claim import Claim
from detente.ledger.outcome import HORIZON, Known, Outcome, day_of, is_later
from detente.ledger.passages import Passage, cover, read_passage
from detente.ledger.undertakings import issues_of
from detente.ledger.wording import strives
from detente.lexicon.deeds import load_deeds
from detente.lexicon.issues import DEFAULT
from detente.records import Statement
from detente.relations import Commitment, Dyad, Report

# A report must name this share of what the promise is about; less where both are about one issue that is named.
# Set on short stories of our own (tests/ledger): at 0.4 talks on one thing kept promises of talks on another.
_COVER: Final = 0.6
_COVER_SAME_ISSUE: Final = 0.5
_COVER_REFUSAL: Final = 0.75
# "to cooperate in" says little beside the deed that follows it.
_LIGHT: Final = frozenset({"cooperate"})
_TO_COME: Final = re.compile(r"\b(?:will|shall|would|going to)\b|[’']ll\b", re.IGNORECASE)
_WORDS_ONLY: Final = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST"})


@dataclass(frozen=True, slots=True)
class Item:
    """A record that tells of something done, with who did it (countries) and in which of them it is about the dyad."""

    record: str
    document: str
    published: date
    day: date
    text: str
    passage: Passage
    issues: frozenset[str]
    by: frozenset[str]
    mutual: bool
    refuses: bool
    confidence: float


def decisions(
    commitment: Commitment, claims: Sequence[Claim], later: Iterable[tuple[Commitment, Sequence[Claim]]]
) -> Iterator[Outcome]:
    """Later undertakings of the thing itself, which keep one to work towards it, explore or discuss it.

    The confidence is that of the later one times 0.4 + 0.4 for the share of what was promised that it names + 0.2
    where both are about one named issue.
    """
    striving = [claim for claim in claims if strives(claim.said)]
    for other, others in later if striving else ():
        if other.made is None or not others:
            continue
        published = min(claim.published for claim in others)
        if not is_later(commitment, claims, published, other.made):
            continue
        shares = [
            share for old in striving for new in others if not strives(new.said) and (share := _decides(old, new))
        ]
        if shares:
            issue = bool(set(other.issues) & set(commitment.issues) - {DEFAULT})
            sure = other.confidence * (0.4 + 0.4 * max(shares) + 0.2 * issue)
            why = f"decided, as told on {published}: {' '.join(other.words.split())}"
            yield Outcome("kept", other.made, why, other.reports + other.tellings, sure)


def _decides(old: Claim, new: Claim) -> float:
    """The share of what was to be worked towards that a later undertaking names, 0 where it is of other things."""
    if (
        new.kind == "threat"
        or new.abstains
        or old.abstains
        or not ({a.country for a in old.by} & {a.country for a in new.by})
    ):
        return 0.0
    deeds = old.passage.deeds - _LIGHT
    kinds = load_deeds().kinds
    if deeds and not new.passage.named & frozenset[str]().union(*(kinds[deed].done_by for deed in deeds)):
        return 0.0
    same_issue = bool(set(new.issues) & set(old.issues) - {DEFAULT})
    share = cover(old.passage, new.passage)
    return share if share >= (_COVER_SAME_ISSUE if same_issue else _COVER) else 0.0


def deed_outcomes(commitment: Commitment, claims: Sequence[Claim], done: ByDay[Item]) -> Iterator[Outcome]:
    """What keeps a promise, agreement or threat, and what goes against it.

    The confidence is that of the record times 0.4 + 0.4 for the share of what was promised that it names + 0.2 where
    both are about one named issue.
    """
    made = commitment.made
    if made is None:
        return
    for item in done.within(shift(made, 1, "D"), shift(made, HORIZON, "D")):
        if not is_later(commitment, claims, item.published, item.day):
            continue
        judged = [verdict for claim in claims if (verdict := _judge(claim, item))]
        if judged:
            state, share = max(judged, key=lambda verdict: verdict[1])
            issue = bool(item.issues & set(commitment.issues) - {DEFAULT})
            sure = item.confidence * (0.4 + 0.4 * share + 0.2 * issue)
            verb = "done" if state == "kept" else "the opposite"
            yield Outcome(state, item.day, f"{verb}, as told on {item.published}: {item.text}", (item.record,), sure)


def deeds_told(dyad: Dyad, known: Known) -> ByDay[Item]:
    """What is told as done in a dyad, by day."""
    return ByDay((item.day, item) for item in _items(dyad, known))


def _items(dyad: Dyad, known: Known) -> Iterator[Item]:
    for record, report, episode in known.reports:
        event = report.event
        if report.source.published is None:
            continue
        refuses = event.type == "REJECT" and event.status == "happened"
        if not refuses and (not episode.realised or event.type in _WORDS_ONLY):
            continue
        text = " ".join(event.evidence.text.split())
        by = frozenset(p.actor.country for p in event.actors if p.actor.country)
        yield Item(
            record, event.document, report.source.published, day_of(report), text, read_passage(text),
            frozenset(issues_of(text)), by, event.reciprocal, refuses, event.confidence,
        )  # fmt: skip
    for telling in known.tellings:
        statement, published = telling.statement, telling.source.published
        if statement.side not in dyad or published is None:
            continue
        text = " ".join(statement.content.text.split())
        other = dyad[0] if dyad[1] == statement.side else dyad[1]
        if tells_deed(statement) and other in (passage := read_passage(text)).countries:
            yield Item(
                statement.id, statement.document, published, published, text, passage, frozenset(statement.issues),
                frozenset({statement.side}), True, False, statement.confidence,
            )  # fmt: skip


def may_settle(report: Report) -> bool:
    """Whether what a report tells may be a deed or a refusal, whatever episode it is in."""
    return report.event.type not in _WORDS_ONLY or report.event.type == "REJECT" or report.event.status == "cancelled"


def tells_deed(statement: Statement) -> bool:
    """Whether a statement tells of a deed that was done, in or by a country that it names."""
    text = " ".join(statement.content.text.split())
    # "We will fight, if fight we must", said again, is no fight.
    if statement.forecast or _TO_COME.search(text):
        return False
    passage = read_passage(text)
    return bool(passage.done and passage.countries)


def _judge(claim: Claim, item: Item) -> tuple[str, float] | None:
    """What an item makes of a claim, and the share of the promise that it names; None where it says nothing of it."""
    passage = claim.passage
    deeds = passage.deeds - _LIGHT or passage.deeds
    if not passage.words or not deeds or claim.abstains:
        return None
    bound = {actor.country for actor in claim.by}
    if not item.mutual and not item.by & bound:
        return None
    share = cover(passage, item.passage)
    same_issue = bool(item.issues & set(claim.issues) - {DEFAULT})
    if share < (_COVER_SAME_ISSUE if same_issue else _COVER):
        return None
    kinds = load_deeds().kinds
    if item.refuses:
        return ("contradicted", share) if item.by & bound and share >= _COVER_REFUSAL else None
    if item.passage.done & frozenset[str]().union(*(kinds[deed].done_by for deed in deeds)):
        return "kept", share
    if item.by & bound and item.passage.done & frozenset[str]().union(*(kinds[deed].undone_by for deed in deeds)):
        return "contradicted", share
    return None

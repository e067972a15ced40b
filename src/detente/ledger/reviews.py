"""Reviews: what people make of the coder's records, and what these come to. Pure; `corrections` knows the database.

    Review(anchor, reviewer, at, verdict, why, coded, judged, …)     one verdict of one person on one record
    located(reviews, records) -> {id: reviews}                       found again after coding anew
    by_record(reviews) -> [reviews of one record, …]
    overlay(records, reviews) -> {id: record or None}                what counts in the place of which record
    review_from_dict(data)                                           out of `Review.to_dict`
    settle(reviews) -> Settled                                       what all reviews of one record come to
    restated(record, settled) -> Record | None                       the record as it counts from now on

Records are events and statements; what their fields are `review_values` knows. A review asserts the values of all of
them, those left as coded too. So it holds when the document is coded anew, and what is the same is known whatever the
words or offsets of the parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from detente.errors import OptionError, RecordError
from detente.ledger.review_values import (
    EVENTS,
    Record,
    changed,
    core_of,
    kind_of,
    record_from_dict,
    shown,
    sides_of,
    values_of,
    with_values,
)
from detente.ontology import load_ontology
from detente.records import FORMS, STATUSES, Event

VERDICTS: Final = ("accept", "correct", "reject")
STATES: Final = ("one", "agreed", "contested", "adjudicated")
LONGEST_NAME, LONGEST_WHY = 60, 2_000
# How a record came up, as `review_queue.Order.told` has it.
_DRAWN: Final = re.compile(r"chosen|(?:certainty|random \d{1,10})(?: [A-Z]{3}-[A-Z]{3})?")
# The reasons of an event (`Event.why`) by the field that a reviewer corrects.
_REASON: Final = {"mode": "type", "start": "date", "end": "date", "country": "place"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A record of a kind by its document and the offsets of its core (an event's trigger, a statement's content).
    `sides` says where its parties stand, which tells two records of one core apart."""

    document: str
    start: int
    end: int
    sides: str
    kind: str = EVENTS


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict. `at` is in UTC; `coded` is the record as the coder made it, `judged` as the reviewer has it (None:
    rejected); `drawn` says how the record came up: "chosen", "certainty" or "random SEED", with " USA-CHN" behind
    within a dyad. `adjudicates`: it settles what others contradict each other in."""

    anchor: Anchor
    reviewer: str
    at: datetime
    verdict: str
    why: str
    coded: Record
    judged: Record | None
    drawn: str = "chosen"
    adjudicates: bool = False
    number: int = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the reviewer has corrected."""
        return changed(self.coded, self.judged) if self.judged else ()

    @property
    def judgement(self) -> tuple[tuple[str, str | None], ...]:
        """All that it asserts, to be compared: nothing of a record that is rejected."""
        return tuple(values_of(self.judged).items()) if self.judged else ()

    def to_dict(self) -> dict[str, Any]:
        """As plain values; `review_from_dict` reads them."""
        return {
            "record": "review",
            "document": self.anchor.document,
            "trigger": [self.anchor.start, self.anchor.end],
            "sides": self.anchor.sides,
            "reviewer": self.reviewer,
            "at": self.at.astimezone(UTC).isoformat(),
            "verdict": self.verdict,
            "fields": list(self.fields),
            "why": self.why,
            "drawn": self.drawn,
            "adjudicates": self.adjudicates,
            "coded": self.coded.to_dict(),
            "judged": self.judged.to_dict() if self.judged else None,
        }


@dataclass(frozen=True, slots=True)
class Settled:
    """What the reviews of a record come to: `state` is one of `STATES`, `by` the reviews that decide (of contested ones
    those that contradict each other)."""

    state: str
    by: tuple[Review, ...]

    @property
    def decided(self) -> bool:
        """Whether the record counts as reviewed."""
        return self.state != "contested"

    @property
    def judged(self) -> Record | None:
        """The record as decided, None if it is rejected. Only if it is decided."""
        return self.by[-1].judged


def make_review(
    coded: Record,
    reviewer: str,
    at: datetime,
    judged: Record | None,
    why: str = "",
    drawn: str = "chosen",
    adjudicates: bool = False,
) -> Review:
    """A review whose verdict follows from what was judged.

    Raises:
        OptionError: there is no name, name or reason are too long, a rejection gives no reason, or `drawn` is none.
    """
    name, reason = " ".join(reviewer.split()), why.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise OptionError(f"reviewer: give a name of at most {LONGEST_NAME} letters")
    if len(reason) > LONGEST_WHY:
        raise OptionError(f"why: at most {LONGEST_WHY} characters, not {len(reason)}")
    if not _DRAWN.fullmatch(drawn):
        raise OptionError(f"drawn {drawn!r}: chosen, certainty or random SEED, perhaps with a dyad (random 7 CHN-USA)")
    verdict = "reject" if judged is None else "correct" if changed(coded, judged) else "accept"
    if verdict == "reject" and not reason:
        raise OptionError("why: say in a few words why the record is rejected")
    return Review(anchor_of(coded), name, at, verdict, reason, coded, judged, drawn, adjudicates)


def review_from_dict(data: Mapping[str, Any]) -> Review:
    """The review that a plain dict holds; what follows from the rest (anchor, verdict, fields) is worked out anew.

    Raises:
        RecordError: a field is missing or of the wrong kind.
        OptionError: a name or a reason is not allowed.
    """
    try:
        coded = record_from_dict(data["coded"])
        judged = record_from_dict(data["judged"]) if data["judged"] else None
        at = datetime.fromisoformat(data["at"])
        texts = [data[name] for name in ("reviewer", "why", "drawn")]
        adjudicates = data["adjudicates"]
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise RecordError(f"not a review: {type(fault).__name__} {fault}") from fault
    if not all(isinstance(text, str) for text in texts) or not isinstance(adjudicates, bool) or at.tzinfo is None:
        raise RecordError("not a review: a field of the wrong kind (`at` needs its time zone)")
    if judged is not None:
        _expect_known(coded, judged)
    reviewer, why, drawn = texts
    return make_review(coded, reviewer, at.astimezone(UTC), judged, why, drawn, adjudicates)


def _expect_known(coded: Record, judged: Record) -> None:
    """What was judged is of the kind of what was coded, and has values that there are."""
    if kind_of(judged) != kind_of(coded):
        raise RecordError("not a review: what was coded and what was judged are of two kinds")
    if isinstance(judged, Event):
        if judged.type not in load_ontology().types or judged.status not in STATUSES:
            raise RecordError(f"not a review: type {judged.type!r} or status {judged.status!r} is not known")
    elif judged.form not in FORMS or not -1 <= judged.tone <= 1:
        raise RecordError(f"not a review: form {judged.form!r} or tone {judged.tone!r} is not known")


def anchor_of(record: Record) -> Anchor:
    """Where a record is found again."""
    core = core_of(record)
    return Anchor(record.document, core.start, core.end, sides_of(record), kind_of(record))


def located(reviews: Iterable[Review], records: Sequence[Record]) -> dict[str, list[Review]]:
    """The reviews of each record of a document, by its id, in the order of filing; without those that find none.

    A review is about the record with its core; where there are several, about the one whose parties stand where they
    stood when it was filed.
    """
    there: dict[tuple[str, int, int], list[Record]] = {}
    for record in records:
        core = core_of(record)
        there.setdefault((kind_of(record), core.start, core.end), []).append(record)
    found: dict[str, list[Review]] = {}
    for one in sorted(reviews, key=lambda one: one.number):
        near = there.get((one.anchor.kind, one.anchor.start, one.anchor.end), [])
        exact = [record for record in near if anchor_of(record) == one.anchor]
        if exact or len(near) == 1:
            found.setdefault((exact or near)[0].id, []).append(one)
    return found


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The latest review of each person, adjudications left out."""
    told = sorted((one for one in reviews if not one.adjudicates), key=lambda one: one.number)
    return tuple({one.reviewer: one for one in told}.values())


def settle(reviews: Iterable[Review]) -> Settled:
    """What the reviews of one record (at least one) come to.

    The latest adjudication decides. Else the latest review of each person counts: alone, or if all assert the same;
    otherwise the record is contested.
    """
    told = sorted(reviews, key=lambda one: one.number)
    rulings = [one for one in told if one.adjudicates]
    if rulings:
        return Settled("adjudicated", (rulings[-1],))
    latest = standing(told)
    if len({one.judgement for one in latest}) > 1:
        return Settled("contested", latest)
    return Settled("agreed" if len(latest) > 1 else "one", latest)


def by_record(reviews: Iterable[Review]) -> list[list[Review]]:
    """The reviews record by record, each in the order of filing, whether it is still there or not: by core, and by its
    sides only where one coder made several records of it."""
    told: dict[tuple[str, str, int, int], list[Review]] = {}
    for one in sorted(reviews, key=lambda one: one.number):
        place = one.anchor
        told.setdefault((place.kind, place.document, place.start, place.end), []).append(one)
    found = []
    for of in told.values():
        made = {(one.coded.coder, one.anchor.sides) for one in of}
        if len(made) == len({coder for coder, _ in made}):
            found.append(of)
        else:
            sides = dict.fromkeys(one.anchor.sides for one in of)
            found += [[one for one in of if one.anchor.sides == side] for side in sides]
    return found


def overlay(records: Sequence[Record], reviews: Iterable[Review]) -> dict[str, Record | None]:
    """Of the records of a document as coded those that reviews decide on, by id: each as it counts from now on, None if
    it is rejected."""
    told = located(reviews, records)
    settled = {record.id: (record, settle(told[record.id])) for record in records if record.id in told}
    return {id: restated(record, one) for id, (record, one) in settled.items() if one.decided}


def restated(record: Record, settled: Settled) -> Record | None:
    """The record with the values decided; its words and coder stay. None if it is rejected."""
    judged = settled.judged
    if judged is None:
        return None
    fields = changed(record, judged)
    made = with_values(record, judged) if fields else record
    why = dict(record.why)
    before = shown(record)
    for name in fields:
        reason = _REASON.get(name, name)
        told = f"{name} coded as {before[name]}, corrected by {said_by(settled)}"
        why[reason] = f"{why[reason]}; {told}" if reason in why and reason != name else told
    word = "corrected" if fields else "accepted"
    why["confidence"] = f"{word} by {said_by(settled)}; the coder gave {record.confidence:g}"
    return replace(made, confidence=1.0, why=tuple(why.items()))


def said_by(settled: Settled) -> str:
    """Ada and Ben on 1 December 2026: because …"""
    last = settled.by[-1]
    names = " and ".join(one.reviewer for one in settled.by)
    ruled = " (adjudication)" if settled.state == "adjudicated" else ""
    return f"{names}{ruled} on {last.at:%Y-%m-%d}" + (f": {' '.join(last.why.split())}" if last.why else "")

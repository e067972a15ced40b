"""Reviews: what people make of the coder's events, and what these come to. Pure; `corrections` knows the database.

    Review(anchor, reviewer, at, verdict, why, coded, judged, …)     one verdict of one person on one record
    located(reviews, events) -> {id: reviews}                        found again after coding anew
    by_record(reviews) -> [reviews of one record, …]
    overlay(events, reviews) -> {id: event or None}                  what counts in the place of which event
    review_from_dict(data)                                           out of `Review.to_dict`
    settle(reviews) -> Settled                                       what all reviews of one record come to
    restated(event, settled) -> Event | None                         the record as it counts from now on
    values_of(event) -> {field: value}                               the fields that are compared, as plain text

A review asserts the values of all `FIELDS`, those left as coded too. So it holds when the document is coded anew, and
what is the same is known whatever the words or offsets of the parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from detente.errors import OptionError, RecordError
from detente.ontology import load_ontology
from detente.ontology.definitions import FIELD
from detente.ontology.tables import FUTURE_IS_AGREE
from detente.records import STATUSES, Event, Participant

VERDICTS: Final = ("accept", "correct", "reject")
FIELDS: Final = tuple(FIELD)
# What a reader calls a field.
LABELS: Final = {"start": "first day", "end": "last day", "said_by": "said by"}
STATES: Final = ("one", "agreed", "contested", "adjudicated")
LONGEST_NAME, LONGEST_WHY = 60, 2_000
# How a record came up, as `review_queue.Order.told` has it.
_DRAWN: Final = re.compile(r"chosen|(?:certainty|random \d{1,10})(?: [A-Z]{3}-[A-Z]{3})?")
# The reasons of an event (`Event.why`) by the field that a reviewer corrects.
_REASON: Final = {"mode": "type", "start": "date", "end": "date", "country": "place"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A record by its document and the offsets of its trigger. `sides` says where its parties stand, which tells two
    records of one trigger apart."""

    document: str
    start: int
    end: int
    sides: str


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
    coded: Event
    judged: Event | None
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
    def judged(self) -> Event | None:
        """The record as decided, None if it is rejected. Only if it is decided."""
        return self.by[-1].judged


def make_review(
    coded: Event,
    reviewer: str,
    at: datetime,
    judged: Event | None,
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
        coded = Event.from_dict(data["coded"])
        judged = Event.from_dict(data["judged"]) if data["judged"] else None
        at = datetime.fromisoformat(data["at"])
        texts = [data[name] for name in ("reviewer", "why", "drawn")]
        adjudicates = data["adjudicates"]
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise RecordError(f"not a review: {type(fault).__name__} {fault}") from fault
    if not all(isinstance(text, str) for text in texts) or not isinstance(adjudicates, bool) or at.tzinfo is None:
        raise RecordError("not a review: a field of the wrong kind (`at` needs its time zone)")
    if judged is not None and (judged.type not in load_ontology().types or judged.status not in STATUSES):
        raise RecordError(f"not a review: type {judged.type!r} or status {judged.status!r} is not known")
    reviewer, why, drawn = texts
    return make_review(coded, reviewer, at.astimezone(UTC), judged, why, drawn, adjudicates)


def values_of(event: Event) -> dict[str, str | None]:
    """The value of each of `FIELDS` as plain text: of parties their ids in order, None for nothing."""
    days, place = event.date, event.place
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "actors": _ids(event.actors),
        "recipients": _ids(event.recipients),
        "start": days.start.isoformat() if days and days.start else None,
        "end": days.end.isoformat() if days and days.end else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "said_by": event.said_by.actor.id if event.said_by else None,
    }


def changed(one: Event, other: Event) -> tuple[str, ...]:
    """The fields in which two events differ."""
    left, right = values_of(one), values_of(other)
    return tuple(name for name in FIELDS if left[name] != right[name])


def _ids(people: Iterable[Participant]) -> str | None:
    return " & ".join(sorted({who.actor.id for who in people})) or None


def anchor_of(event: Event) -> Anchor:
    """Where a record is found again."""
    places = (",".join(f"{p.span.start}-{p.span.end}" for p in side) for side in (event.actors, event.recipients))
    return Anchor(event.document, event.trigger.start, event.trigger.end, ">".join(places))


def located(reviews: Iterable[Review], events: Sequence[Event]) -> dict[str, list[Review]]:
    """The reviews of each event of a document, by its id, in the order of filing; without those that find none.

    A review is about the event with its trigger; where there are several, about the one whose parties stand where they
    stood when it was filed.
    """
    there: dict[tuple[int, int], list[Event]] = {}
    for event in events:
        there.setdefault((event.trigger.start, event.trigger.end), []).append(event)
    found: dict[str, list[Review]] = {}
    for one in sorted(reviews, key=lambda one: one.number):
        near = there.get((one.anchor.start, one.anchor.end), [])
        exact = [event for event in near if anchor_of(event) == one.anchor]
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
    """The reviews record by record, each in the order of filing, whether it is still there or not: by trigger, and by
    its sides only where one coder made several records of it."""
    told: dict[tuple[str, int, int], list[Review]] = {}
    for one in sorted(reviews, key=lambda one: one.number):
        told.setdefault((one.anchor.document, one.anchor.start, one.anchor.end), []).append(one)
    found = []
    for of in told.values():
        made = {(one.coded.coder, one.anchor.sides) for one in of}
        if len(made) == len({coder for coder, _ in made}):
            found.append(of)
        else:
            sides = dict.fromkeys(one.anchor.sides for one in of)
            found += [[one for one in of if one.anchor.sides == side] for side in sides]
    return found


def overlay(events: Sequence[Event], reviews: Iterable[Review]) -> dict[str, Event | None]:
    """Of the events of a document as coded those that reviews decide on, by id: each as it counts from now on, None if
    it is rejected."""
    told = located(reviews, events)
    settled = {event.id: (event, settle(told[event.id])) for event in events if event.id in told}
    return {id: restated(event, one) for id, (event, one) in settled.items() if one.decided}


def restated(event: Event, settled: Settled) -> Event | None:
    """The record with the values decided; its evidence, trigger and coder stay. None if it is rejected."""
    judged = settled.judged
    if judged is None:
        return None
    fields = changed(event, judged)
    made = with_values(event, judged) if fields else event
    why = dict(event.why)
    before = shown(event)
    for name in fields:
        reason = _REASON.get(name, name)
        told = f"{name} coded as {before[name]}, corrected by {said_by(settled)}"
        why[reason] = f"{why[reason]}; {told}" if reason in why and reason != name else told
    word = "corrected" if fields else "accepted"
    why["confidence"] = f"{word} by {said_by(settled)}; the coder gave {event.confidence:g}"
    return replace(made, confidence=1.0, why=tuple(why.items()))


def said_by(settled: Settled) -> str:
    """Ada and Ben on 1 December 2026: because …"""
    last = settled.by[-1]
    names = " and ".join(one.reviewer for one in settled.by)
    ruled = " (adjudication)" if settled.state == "adjudicated" else ""
    return f"{names}{ruled} on {last.at:%Y-%m-%d}" + (f": {' '.join(last.why.split())}" if last.why else "")


def with_values(event: Event, judged: Event) -> Event:
    """The event with those values of `judged` in which the two differ, and what follows from them."""
    fields = set(changed(event, judged))
    actors = judged.actors if "actors" in fields else event.actors
    recipients = judged.recipients if "recipients" in fields else event.recipients
    reciprocal = event.reciprocal
    if fields & {"actors", "recipients"}:
        reciprocal = not recipients and len({who.actor.id for who in actors}) > 1
    made = replace(
        event,
        status=judged.status,
        actors=actors,
        recipients=recipients,
        reciprocal=reciprocal,
        date=judged.date if fields & {"start", "end"} else event.date,
        place=judged.place if fields & {"place", "country"} else event.place,
        said_by=judged.said_by if "said_by" in fields else event.said_by,
    )
    return retyped(made, judged.type, judged.mode)


def retyped(event: Event, kind: str, mode: str | None) -> Event:
    """The event with this type and mode, and what follows from them: quad class, score, CAMEO code, act."""
    if (kind, mode) == (event.type, event.mode):
        return event
    ontology = load_ontology()
    act = event.act
    if kind != event.type:
        # "Will meet" is AGREE by its status; what the words name is still CONSULT.
        act = (event.act or event.type) if kind == "AGREE" and event.act in FUTURE_IS_AGREE else kind
    return replace(
        event,
        type=kind,
        mode=mode,
        act=act,
        quad=ontology.quad(kind),
        score=ontology.score(kind, mode),
        cameo=ontology.cameo_code(kind, mode, event.contexts),
    )


def shown(event: Event) -> Mapping[str, str]:
    """The values as a reader reads them: of parties their names."""
    values = {name: value or "–" for name, value in values_of(event).items()}
    values["actors"] = "; ".join(name_of(who) for who in event.actors) or "–"
    values["recipients"] = "; ".join(name_of(who) for who in event.recipients) or "–"
    values["said_by"] = name_of(event.said_by) if event.said_by else "–"
    return values


def name_of(who: Participant) -> str:
    """Antony Blinken (USA); China (CHN)."""
    actor = who.actor
    return f"{actor.name} ({actor.country})" if actor.country else actor.name

"""The fields of a record that people judge: their values, how they differ, and the record with other values. Pure.

KINDS, FIELDS                            "events" and "statements", and the fields of each
kind_of(record) -> kind
values_of(record) -> {field: value}      the fields that are compared, as plain text
shown(record) -> {field: value}          the same as a reader reads them
changed(one, other) -> fields
with_values(record, judged) -> record    with those values in which `judged` differs
record_from_dict(data) -> record         an event or a statement out of its plain dict
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from detente.ontology import load_ontology
from detente.ontology.definitions import FIELD, SAID
from detente.ontology.tables import FUTURE_IS_AGREE
from detente.records import Event, Participant, Span, Statement

Record: TypeAlias = Event | Statement
EVENTS, STATEMENTS = "events", "statements"
KINDS: Final = (EVENTS, STATEMENTS)
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {EVENTS: tuple(FIELD), STATEMENTS: tuple(SAID)}
# What a reader calls a field.
LABELS: Final = {"start": "first day", "end": "last day", "said_by": "said by"}
# The tone that a correction gives: the middle of its half of the scale.
TONES: Final = {"positive": 0.5, "neutral": 0.0, "negative": -0.5}


def kind_of(record: Record) -> str:
    """One of `KINDS`."""
    return EVENTS if isinstance(record, Event) else STATEMENTS


def core_of(record: Record) -> Span:
    """Where a record stands, whatever its coder makes of it: an event's trigger, a statement's content."""
    return record.trigger if isinstance(record, Event) else record.content


def words_of(record: Record) -> str:
    """The words of the document that bear it out."""
    return record.evidence.text if isinstance(record, Event) else record.content.text


def sides_of(record: Record) -> str:
    """What tells two records of one core apart: where the parties of an event stand; who speaks, and where."""
    if isinstance(record, Event):
        places = (",".join(f"{p.span.start}-{p.span.end}" for p in side) for side in (record.actors, record.recipients))
        return ">".join(places)
    who = record.speaker
    return f"{who.actor.id}@{who.span.start}-{who.span.end}" if who else ""


def people_of(record: Record) -> tuple[Participant, ...]:
    """Everybody who stands in it."""
    if isinstance(record, Event):
        named = (*record.actors, *record.recipients, record.said_by)
    else:
        named = (record.speaker, record.addressee, record.via)
    return tuple(who for who in named if who is not None)


def record_from_dict(data: Mapping[str, Any]) -> Record:
    """The record that its plain dict holds.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    kind = {"event": Event, "statement": Statement}[data["record"]]
    made: Record = kind.from_dict(data)  # type: ignore[attr-defined]
    return made


def tone_of(statement: Statement) -> str:
    """positive, neutral or negative."""
    return "positive" if statement.tone > 0 else "negative" if statement.tone < 0 else "neutral"


def values_of(record: Record) -> dict[str, str | None]:
    """The value of each of its `FIELDS` as plain text: of parties their ids in order, None for nothing."""
    if isinstance(record, Statement):
        return {
            "speaker": record.speaker.actor.id if record.speaker else None,
            "side": record.side,
            "addressee": record.addressee.actor.id if record.addressee else None,
            "form": record.form,
            "issues": " & ".join(sorted(record.issues)) or None,
            "tone": tone_of(record),
        }
    days, place = record.date, record.place
    return {
        "type": record.type,
        "mode": record.mode,
        "status": record.status,
        "actors": _ids(record.actors),
        "recipients": _ids(record.recipients),
        "start": days.start.isoformat() if days and days.start else None,
        "end": days.end.isoformat() if days and days.end else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "said_by": record.said_by.actor.id if record.said_by else None,
    }


def _ids(people: Iterable[Participant]) -> str | None:
    return " & ".join(sorted({who.actor.id for who in people})) or None


def changed(one: Record, other: Record) -> tuple[str, ...]:
    """The fields in which two records of a kind differ."""
    left, right = values_of(one), values_of(other)
    return tuple(name for name in FIELDS[kind_of(one)] if left[name] != right[name])


def shown(record: Record) -> Mapping[str, str]:
    """The values as a reader reads them: of parties their names."""
    values = {name: value or "–" for name, value in values_of(record).items()}
    parties: dict[str, tuple[Participant | None, ...]]
    if isinstance(record, Statement):
        parties = {"speaker": (record.speaker,), "addressee": (record.addressee,)}
        values["issues"] = "; ".join(record.issues) or "–"
    else:
        parties = {"actors": record.actors, "recipients": record.recipients, "said_by": (record.said_by,)}
    for name, people in parties.items():
        values[name] = "; ".join(name_of(who) for who in people if who is not None) or "–"
    return values


def name_of(who: Participant) -> str:
    """Antony Blinken (USA); China (CHN)."""
    actor = who.actor
    return f"{actor.name} ({actor.country})" if actor.country else actor.name


def with_values(record: Record, judged: Record) -> Record:
    """The record with those values of `judged` in which the two, of one kind, differ, and what follows from them."""
    fields = set(changed(record, judged))
    if isinstance(record, Event) and isinstance(judged, Event):
        return _event_with(record, judged, fields)
    return replace(record, **{name: getattr(judged, name) for name in fields})


def _event_with(event: Event, judged: Event, fields: set[str]) -> Event:
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

"""A record field by field: what it says, and why.

`fields_of(record) -> tuple[Field, ...]` for events, statements and signals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.records import DateRange, Event, Participant, Signal, Statement


@dataclass(frozen=True, slots=True)
class Field:
    """`why` is the reason that the coder gave, "" if it gave none; `value` is "" where only a reason is known."""

    name: str
    value: str
    why: str = ""


def fields_of(record: Event | Statement | Signal) -> tuple[Field, ...]:
    """The fields in the order of reading, then reasons for what is no field."""
    if isinstance(record, Signal):
        return tuple(Field(name, value) for name, value in _of_signal(record))
    why = dict(record.why)
    pairs = list(_of_event(record) if isinstance(record, Event) else _of_statement(record))
    known = tuple(Field(name, value, why.get(name) or "") for name, value in pairs)
    rest = tuple(Field(name, "", reason) for name, reason in why.items() if name not in dict(pairs))
    return known + rest


def _of_event(event: Event) -> Iterator[tuple[str, str]]:
    yield "type", event.type + (f" ({event.mode})" if event.mode else "")
    yield "trigger", f"“{event.trigger.text}” at {event.trigger.start}–{event.trigger.end}"
    yield "status", event.status
    yield "actors", "; ".join(who(p) for p in event.actors)
    yield "recipients", "; ".join(who(p) for p in event.recipients) or ("each other" if event.reciprocal else "–")
    yield "date", _days(event.date)
    yield "place", f"{event.place.name} ({event.place.country})" if event.place else "–"
    yield "said_by", who(event.said_by) if event.said_by else "the reporter"
    yield "contexts", ", ".join(event.contexts) or "–"
    yield "cameo", event.cameo or "–"
    yield "quad", f"{event.quad} ({event.quad_scheme})"
    yield "score", f"{event.score}"
    yield "confidence", f"{event.confidence}"
    yield "also told at", "; ".join(f"{span.start}–{span.end}" for span in event.also) or "–"
    yield "coder", event.coder


def _of_statement(said: Statement) -> Iterator[tuple[str, str]]:
    yield "speaker", who(said.speaker) if said.speaker else "–"
    yield "side", said.side or "–"
    yield "addressee", who(said.addressee) if said.addressee else "–"
    yield "via", who(said.via) if said.via else "the reporter"
    yield "form", said.form
    yield "cue", f"“{said.cue.text}” at {said.cue.start}–{said.cue.end}" if said.cue else "–"
    yield "issues", ", ".join(said.issues) or "–"
    yield "tone", f"{said.tone:+.2f}"
    yield "forecast", "yes" if said.forecast else "no"
    yield "confidence", f"{said.confidence}"
    yield "coder", said.coder


def _of_signal(signal: Signal) -> Iterator[tuple[str, str]]:
    yield "formula", f"“{signal.formula.text}” at {signal.formula.start}–{signal.formula.end}"
    yield "scale", signal.scale
    yield "rung", f"{signal.rung} ({signal.label})"
    yield "government", signal.government
    yield "towards", signal.towards or "–"
    yield "issues", ", ".join(signal.issues) or "–"
    yield "speaker", who(signal.speaker) if signal.speaker else "–"
    yield "date", _days(signal.date)
    yield "coder", signal.coder


def _days(days: DateRange | None) -> str:
    return f"{days.start or '…'} – {days.end or '…'}" if days else "–"


def who(participant: Participant) -> str:
    """Antony Blinken [USA, GOV, Secretary of State] “the secretary” at 10–23."""
    actor = participant.actor
    rest = ", ".join(part for part in (actor.country, "/".join(actor.sectors), actor.office) if part)
    said = f"“{participant.span.text}” at {participant.span.start}–{participant.span.end}"
    return f"{actor.name} [{rest}] {said}" if rest else f"{actor.name} {said}"

"""`detente explain`: why a record says what it says."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from detente.cli.printable import printable
from detente.errors import RecordError
from detente.exchange.read import read_records
from detente.records import Event, Participant, Record, Span


def run_explain(wanted: str, file: Path) -> None:
    """Print the reasons of the one record whose id is, or begins with, `wanted`.

    Raises:
        RecordError: no record of the file has that id, or several begin so.
        InputError: the file cannot be read as records.
    """
    found = [record for record in read_records(str(file)) if record.id.startswith(wanted)]
    ids = sorted({record.id for record in found})
    if not ids:
        raise RecordError(f"{file}: no record {wanted!r}")
    if len(ids) > 1:
        raise RecordError(f"{file}: several records begin with {wanted!r}: {', '.join(ids[:5])}")
    _print(Console(soft_wrap=True, highlight=False), found[0])


def _print(console: Console, record: Record) -> None:
    why = dict(record.why)
    kind = "event" if isinstance(record, Event) else "statement"
    console.print(printable(f"{record.id}  {kind} of {record.document}"), markup=False)
    if isinstance(record, Event):
        quoted, marks = record.evidence, [record.trigger, *(p.span for p in (*record.actors, *record.recipients))]
    else:
        quoted, marks = record.content, [record.cue] if record.cue else []
    console.print(Text("“").append(_marked(quoted, marks)).append("”"))
    for name, value in _fields(record):
        reason = f"  ← {why[name]}" if why.get(name) else ""
        console.print(printable(f"  {name:12} {value}{reason}"), markup=False)
    for name, reason in why.items():
        if name not in dict(_fields(record)):
            console.print(printable(f"  {name:12} {reason}"), markup=False)


def _marked(quoted: Span, marks: list[Span]) -> Text:
    text = Text(printable(quoted.text))
    for mark in marks:
        if quoted.start <= mark.start and mark.end <= quoted.end:
            text.stylize("bold underline", mark.start - quoted.start, mark.end - quoted.start)
    return text


def _fields(record: Record) -> list[tuple[str, str]]:
    if isinstance(record, Event):
        date = record.date
        return [
            ("type", record.type + (f" ({record.mode})" if record.mode else "")),
            ("trigger", f"“{record.trigger.text}” at {record.trigger.start}–{record.trigger.end}"),
            ("status", record.status),
            ("actors", "; ".join(_who(p) for p in record.actors)),
            (
                "recipients",
                "; ".join(_who(p) for p in record.recipients) or ("each other" if record.reciprocal else "–"),
            ),
            ("date", f"{date.start or '…'} – {date.end or '…'}" if date else "–"),
            ("place", f"{record.place.name} ({record.place.country})" if record.place else "–"),
            ("said_by", _who(record.said_by) if record.said_by else "the reporter"),
            ("contexts", ", ".join(record.contexts) or "–"),
            ("cameo", record.cameo or "–"),
            ("quad", f"{record.quad} ({record.quad_scheme})"),
            ("score", f"{record.score}"),
            ("confidence", f"{record.confidence}"),
            ("also told at", "; ".join(f"{s.start}–{s.end}" for s in record.also) or "–"),
            ("coder", record.coder),
        ]
    return [
        ("speaker", _who(record.speaker) if record.speaker else "–"),
        ("side", record.side or "–"),
        ("addressee", _who(record.addressee) if record.addressee else "–"),
        ("via", _who(record.via) if record.via else "the reporter"),
        ("form", record.form),
        ("cue", f"“{record.cue.text}” at {record.cue.start}–{record.cue.end}" if record.cue else "–"),
        ("issues", ", ".join(record.issues) or "–"),
        ("tone", f"{record.tone:+.2f}"),
        ("forecast", "yes" if record.forecast else "no"),
        ("confidence", f"{record.confidence}"),
        ("coder", record.coder),
    ]


def _who(participant: Participant) -> str:
    actor = participant.actor
    rest = ", ".join(part for part in (actor.country, "/".join(actor.sectors), actor.office) if part)
    said = f"“{participant.span.text}” at {participant.span.start}–{participant.span.end}"
    return f"{actor.name} [{rest}] {said}" if rest else f"{actor.name} {said}"

"""`detente explain`: why a record says what it says."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from detente.analysis.reasons import fields_of
from detente.cli.printable import printable
from detente.errors import RecordError
from detente.exchange.read import read_records
from detente.records import Event, Record, Span


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
    kind = "event" if isinstance(record, Event) else "statement"
    console.print(printable(f"{record.id}  {kind} of {record.document}"), markup=False)
    if isinstance(record, Event):
        quoted, marks = record.evidence, [record.trigger, *(p.span for p in (*record.actors, *record.recipients))]
    else:
        quoted, marks = record.content, [record.cue] if record.cue else []
    console.print(Text("“").append(_marked(quoted, marks)).append("”"))
    for field in fields_of(record):
        reason = f"  ← {field.why}" if field.value and field.why else field.why
        console.print(printable(f"  {field.name:12} {field.value}{reason}"), markup=False)


def _marked(quoted: Span, marks: list[Span]) -> Text:
    text = Text(printable(quoted.text))
    for mark in marks:
        if quoted.start <= mark.start and mark.end <= quoted.end:
            text.stylize("bold underline", mark.start - quoted.start, mark.end - quoted.start)
    return text

"""The readable table: events, then statements, a document at a time."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from detente.coding import Coded
from detente.records import DateRange, Event, Participant, Statement

# Width of a table in a file or a pipe, where no terminal tells.
_FILE_WIDTH = 160
_TONES = ((0.15, "+"), (-0.15, "·"))


def print_coded(coded: Iterable[Coded], out: Path | None) -> None:
    """Print each document's tables to a file or standard output."""
    with out.open("w", encoding="utf-8") if out else nullcontext(None) as file:
        console = Console(file=file, width=_FILE_WIDTH) if file else Console()
        if not console.is_terminal and not file:
            console = Console(width=_FILE_WIDTH)
        for result in coded:
            _print_one(console, result)


def _print_one(console: Console, result: Coded) -> None:
    document = result.document
    head = " · ".join(
        escape(part)
        for part in (
            document.title or _first_line(document.text),
            document.publisher or "",
            document.published.isoformat() if document.published else "undated",
        )
        if part
    )
    console.print(f"\n[bold]{head}[/bold]")
    if result.events:
        table = Table(
            "when", "status", "type", "who", "to whom", "where", "said by", "in the words", box=None, pad_edge=False
        )
        for event in result.events:
            table.add_row(*_event_row(event))
        console.print(table)
    if result.statements:
        table = Table("who says", "side", "tone", "about", "words", "via", box=None, pad_edge=False)
        for statement in result.statements:
            table.add_row(*_statement_row(statement))
        console.print()
        console.print(table)
    if not result.events and not result.statements:
        console.print("nothing to record")


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= 100 else line[:99] + "…"


def _event_row(event: Event) -> list[str]:
    kind = event.type + (f" {event.mode}" if event.mode else "")
    others = _names(event.recipients) if event.recipients else "each other" if event.reciprocal else ""
    cells = [
        _when(event.date),
        event.status,
        kind,
        _names(event.actors),
        others,
        event.place.name if event.place else "",
        event.said_by.actor.name if event.said_by else "",
        _short(event.evidence.text, 90),
    ]
    return [escape(cell) for cell in cells]


def _statement_row(statement: Statement) -> list[str]:
    tone = next((sign for least, sign in _TONES if statement.tone > least), "−")
    cells = [
        statement.speaker.actor.name if statement.speaker else "?",
        statement.side or (statement.speaker.actor.role or "" if statement.speaker else ""),
        tone + (" forecast" if statement.forecast else ""),
        ", ".join(statement.issues),
        _short(statement.content.text, 110),
        statement.via.actor.name if statement.via else "",
    ]
    return [escape(cell) for cell in cells]


def _names(participants: Iterable[Participant]) -> str:
    return ", ".join(
        p.actor.name + (f" ({p.actor.country})" if p.actor.country and p.actor.country != p.actor.id else "")
        for p in participants
    )


def _when(date: DateRange | None) -> str:
    if date is None:
        return ""
    start = date.start.isoformat() if date.start else "…"
    end = date.end.isoformat() if date.end else "…"
    return start if start == end else f"{start} – {end}"


def _short(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"

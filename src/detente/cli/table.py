"""The readable table: events, then statements, a document at a time.

Made for a terminal of 100 columns and more: few columns, and what only some records have (place, who vouches, who
reports) stands below the parties, indented. Long words of the text are cut short.
"""

from __future__ import annotations

import calendar
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.cli.printable import one_line
from detente.engines import CodedRecords
from detente.exchange.target import Target
from detente.records import DateRange, Event, Participant, Statement

# Width of a table in a file or a pipe, where no terminal tells.
_FILE_WIDTH = 160
# Below this a table cannot be read; a narrower terminal breaks the lines itself.
_LEAST_WIDTH = 80
_WORDS = 160
_HEAD = 120
_NAME = 60
# Columns that must not take the room of the words.
_WIDEST = {"who → to whom": 48, "who says": 36, "about": 30}
# Above and below these a tone is shown as a sign.
_WARM, _COLD = 0.15, -0.15
_STATUS_STYLES = {
    "happened": "green",
    "ongoing": "green",
    "planned": "cyan",
    "possible": "yellow",
    "hypothetical": "yellow",
    "denied": "red",
    "cancelled": "red",
    "historical": "dim",
}


@contextmanager
def open_table(out: Path | None) -> Iterator[Callable[[CodedRecords], None]]:
    """Gives what prints a document's tables, to a file (there only when it is whole) or to standard output.

    Raises:
        OptionError: the file cannot be written there.
    """
    if out is None:
        console = Console(highlight=False)
        if console.is_terminal or os.environ.get("COLUMNS", "").isdigit():
            console.width = max(console.width, _LEAST_WIDTH)
        else:
            console.width = _FILE_WIDTH
        yield lambda result: _print_one(console, result)
        return
    target = Target(out)
    try:
        text = io.TextIOWrapper(target.file, encoding="utf-8", newline="\n", write_through=True)
        console = Console(file=text, width=_FILE_WIDTH, highlight=False)
        yield lambda result: _print_one(console, result)
        text.flush()
        target.keep()
    except BaseException:
        target.drop()
        raise


def _print_one(console: Console, result: CodedRecords) -> None:
    document = result.document
    day = document.published.isoformat() if document.published else "undated"
    head = [document.title or _first_line(document.text), document.publisher or "", day]
    shown = [one_line(part, _HEAD) for part in head if part]
    console.print()
    console.print(Text(" · ".join(shown), style="bold"), soft_wrap=True)
    if result.events:
        table = _table("when", "status", "event", "who → to whom", "in the words")
        for event in result.events:
            table.add_row(*_event_row(event))
        console.print(table)
    if result.statements:
        table = _table("who says", "tone", "about", "the words")
        for statement in result.statements:
            table.add_row(*_statement_row(statement))
        if result.events:
            console.print()
        console.print(table)
    if not result.records:
        console.print("nothing to record", style="dim")


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name in names:
        # What is short and looked down along stays in one line; the rest shares what is left.
        narrow = name in ("when", "status", "event", "tone")
        table.add_column(name, no_wrap=narrow, min_width=None if narrow else 18, max_width=_WIDEST.get(name))
    return table


def _event_row(event: Event) -> list[RenderableType]:
    sign = " ↔ " if event.reciprocal and not event.recipients else ", "
    who = Text(sign.join(_name(p) for p in event.actors) or "?")
    if event.recipients:
        who.append(" → ").append(", ".join(_name(p) for p in event.recipients))
    below = [f"in {one_line(event.place.name, _NAME)}"] if event.place else []
    below += [f"says {one_line(event.said_by.actor.name, _NAME)}"] if event.said_by else []
    return [
        Text(_when(event.date)),
        Text(event.status, style=_STATUS_STYLES.get(event.status, "")),
        Text(event.type + (f" {event.mode}" if event.mode else "")),
        _with_below(who, below),
        Text(one_line(event.evidence.text, _WORDS)),
    ]


def _statement_row(statement: Statement) -> list[RenderableType]:
    who = Text("?")
    if statement.speaker:
        actor = statement.speaker.actor
        side = statement.side or actor.role
        who = Text(one_line(actor.name, _NAME) + (f" ({side})" if side and side != actor.id else ""))
    below = [f"via {one_line(statement.via.actor.name, _NAME)}"] if statement.via else []
    below += ["forecast"] if statement.forecast else []
    tone = Text("+", style="green") if statement.tone > _WARM else Text("·")
    if statement.tone < _COLD:
        tone = Text("−", style="red")
    return [
        _with_below(who, below),
        tone,
        Text(", ".join(statement.issues)),
        Text(one_line(statement.content.text, _WORDS)),
    ]


def _with_below(text: Text, below: Iterable[str]) -> RenderableType:
    return Group(text, *(Padding(Text(line, style="dim"), (0, 0, 0, 2)) for line in below))


def _name(participant: Participant) -> str:
    actor = participant.actor
    name = one_line(actor.name, _NAME)
    return name + (f" ({actor.country})" if actor.country and actor.country != actor.id else "")


def _when(day: DateRange | None) -> str:
    """A day, a whole month or year by its short name, else both ends, the second on a line of its own."""
    if day is None or not (day.start or day.end):
        return "–"
    if day.start is None or day.end is None:
        return f"from {day.start}" if day.start else f"until {day.end}"
    if day.start == day.end:
        return day.start.isoformat()
    if (day.start, day.end) == (date(day.start.year, 1, 1), date(day.start.year, 12, 31)):
        return f"{day.start.year:04}"
    last = calendar.monthrange(day.start.year, day.start.month)[1]
    if day.start.day == 1 and day.end == day.start.replace(day=last):
        return day.start.isoformat()[:7]
    return f"{day.start}\n – {day.end}"


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")

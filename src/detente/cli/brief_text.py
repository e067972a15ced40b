"""The brief on a terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analysis.brief_model import Brief, Cell, Line, Section
from detente.analysis.chart import signed
from detente.cli.printable import one_line, printable

_STYLES: Final = {"strong": "bold", "quote": "italic", "dim": "dim", "good": "green", "bad": "red", "open": "yellow"}
_TITLE: Final = 100
# Rows of the bar of a month: one character for half a point.
_SCALE: Final = 2


def print_brief(console: Console, brief: Brief) -> None:
    """Prints all parts; notes as numbers in brackets, the sources at the end."""
    console.print(Text(printable(brief.title), style="bold"))
    console.print(Text(printable(brief.period), style="dim"))
    console.print()
    for line in brief.headline:
        console.print(_line(line, "bold"))
    for section in brief.sections:
        _heading(console, section.title)
        _section(console, section)
    _heading(console, "Net cooperation by month")
    _series(console, brief)
    _heading(console, "Sources")
    for source in brief.references:
        told = ", ".join(part for part in (source.origin, source.published) if part)
        console.print(Text(f"{source.number}  {one_line(source.title, _TITLE)}, {printable(told)}"))
        if source.url:
            console.print(Text(f"   {printable(source.url)}", style="dim"), soft_wrap=True)


def _heading(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title.upper(), style="bold"))


def _section(console: Console, section: Section) -> None:
    if not section.rows:
        console.print(Text(section.empty, style="dim"))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline", expand=True)
    for name, width in zip(section.columns, section.widths, strict=True):
        table.add_column(name, ratio=width)
    for number, row in enumerate(section.rows):
        if number and any(len(cell) > 1 for cell in row.cells):
            table.add_row()
        table.add_row(*(_cell(cell) for cell in row.cells))
    console.print(table)
    if section.more:
        console.print(Text(f"and {section.more} more: {section.command}", style="dim"))


def _cell(cell: Cell) -> Text:
    return Text("\n").join(_line(line) for line in cell)


def _line(line: Line, style: str = "") -> Text:
    text = Text(printable(line.text), style=_STYLES.get(line.style, style))
    if line.notes:
        text.append(f" [{', '.join(line.notes)}]", style="not bold not italic dim")
    return text


def _series(console: Console, brief: Brief) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name in ("Month", "Mean", "90 % band", "", "Episodes"):
        table.add_column(name, justify="right" if name in ("Mean", "Episodes") else "left")
    for point in brief.series:
        band = f"{signed(point.low)} to {signed(point.high)}" if point.low is not None else ""
        bar = _bar(point.value) if point.value is not None else ""
        table.add_row(point.month, signed(point.value), band, bar, str(point.episodes or ""))
    console.print(table)


def _bar(value: float) -> str:
    """A bar to the left of a middle line for conflict, to the right for cooperation."""
    length = round(abs(value) * _SCALE)
    left, right = ("█" * length, "") if value < 0 else ("", "█" * length)
    return f"{left:>{10 * _SCALE}}│{right}"

"""The brief as Markdown: tables, and numbered notes with the sentences quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from detente.analysis.brief_model import Brief, Cell, Line, Reference, Section
from detente.analysis.chart import signed

# What Markdown or HTML would take for a command. A dot after a number at the start of a line never stands alone here.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def to_markdown(brief: Brief) -> str:
    """One Markdown text (GitHub's flavour, for the tables); the same brief gives the same bytes."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {plain(brief.title)}"
    yield ""
    yield f"*{plain(brief.period)}*"
    for line in brief.headline:
        yield ""
        yield f"**{plain(line.text)}**{_notes(line)}"
    for section in brief.sections:
        yield from _section(section)
    yield from ("", "## Net cooperation by month", "", plain(brief.series_about), "")
    yield "| Month | Mean | 90 % band | Episodes | Documents |"
    yield "| --- | --- | --- | --- | --- |"
    for point in brief.series:
        band = f"{signed(point.low)} to {signed(point.high)}" if point.low is not None else "–"
        yield f"| {point.month} | {signed(point.value)} | {band} | {point.episodes} | {point.documents} |"
    yield from ("", "## Sources")
    for source in brief.references:
        yield from _reference(source)


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"## {plain(section.title)}", "")
    if not section.rows:
        yield plain(section.empty)
        return
    if section.about:
        yield from (plain(section.about), "")
    yield "| " + " | ".join(map(plain, section.columns)) + " |"
    yield "|" + " --- |" * len(section.columns)
    for row in section.rows:
        yield "| " + " | ".join(map(_cell, row.cells)) + " |"
    if section.more:
        yield from ("", f"and {section.more} more: `{section.command}`")


def _cell(cell: Cell) -> str:
    return "<br>".join(_styled(line) + _notes(line) for line in cell)


def _styled(line: Line) -> str:
    text = plain(line.text)
    if not text:
        return ""
    return f"**{text}**" if line.style == "strong" else f"*{text}*" if line.style == "quote" else text


def _notes(line: Line) -> str:
    return " [" + ", ".join(f"[{note}](#n{note})" for note in line.notes) + "]" if line.notes else ""


def _reference(source: Reference) -> Iterator[str]:
    title = f"[{plain(source.title)}](<{_address(source.url)}>)" if source.url else plain(source.title)
    yield ""
    yield f"{source.number}\\. {title}, {plain(', '.join(part for part in (source.origin, source.published) if part))}"
    for quote in source.quotes:
        words = "".join(f"**{plain(text.strip())}** " if marked else plain(text) for text, marked in quote.parts)
        yield ""
        yield f'> <a id="n{quote.note}"></a>{quote.note}: {" ".join(words.split())}'


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\n", "").replace(" ", "%20")


def plain(text: str) -> str:
    """Text that Markdown shows as it is, in one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())) if text.strip() else ""

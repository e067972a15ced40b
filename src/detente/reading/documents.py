"""The last step of reading: checks that every text has to pass, and what can be told from the text itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.errors import InputError
from detente.reading.kinds import guess_issuer, guess_kind, heading, promises_transcript
from detente.reading.options import ReadOptions
from detente.reading.transcripts import find_turns
from detente.records import Document, Turn

# Quotations nest two or three deep in prose; hundreds in one line are a damaged or a hostile file.
_MAX_NESTING: Final = 100
_STRAIGHT: Final = re.compile(rf"(?:[\"'`>][ \t]*){{{2 * _MAX_NESTING},}}")
_CURLY: Final = re.compile(r"[“”«»„\n]")
# A year outside these is a slip or a filler ("9999-12-31"), and counting days from it would run off the calendar.
_YEARS: Final = range(1500, 3000)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source gives of one document, before checks. `where` is its place in the file ("line 3"), if any."""

    text: str
    where: str = ""
    id: str = ""
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    kind: str | None = None
    issuer: str | None = None


def finish(name: str, draft: Draft, options: ReadOptions) -> Document:
    """The document, its kind, issuer and turns filled in where the source does not give them.

    Raises:
        InputError: no text, too much text, half characters, quotation marks nested absurdly deep, no publication date,
            or one beyond reason.
    """
    _check(name, draft, options)
    published = draft.published or options.published
    if published is None and not options.allow_undated:
        raise InputError(
            name,
            "no publication date",
            where=draft.where,
            right="give --published or a `published` column",
        )
    if published is not None and published.year not in _YEARS:
        raise InputError(
            name,
            f"published {published}, which cannot be",
            where=draft.where,
            right=f"give a year from {_YEARS[0]} to {_YEARS[-1]}",
        )
    publisher = draft.publisher or options.publisher
    head = heading(draft.title, draft.text)
    kind = draft.kind or options.kind
    turns: tuple[Turn, ...] = ()
    if kind in (None, "transcript"):
        guess = guess_kind(head)
        if kind == "transcript" or guess == "news" or promises_transcript(head):
            turns = find_turns(draft.text, expected=kind == "transcript" or promises_transcript(head))
        kind = kind or ("transcript" if turns else guess)
    return Document(
        text=draft.text,
        id=draft.id,
        title=draft.title,
        published=published,
        publisher=publisher,
        language=draft.language,
        url=draft.url,
        kind=kind or "news",
        issuer=draft.issuer or guess_issuer(kind or "news", head, publisher),
        turns=turns,
    )


def _check(name: str, draft: Draft, options: ReadOptions) -> None:
    text = draft.text
    fault = None
    if not text.strip():
        fault = ("there is no text", "give a document with text")
    elif len(text) > options.max_document:
        fault = (
            f"a text of {len(text):,} characters, more than {options.max_document:,}",
            "split it into its documents",
        )
    elif any(has_surrogates(part) for part in (text, draft.id, draft.title or "", draft.publisher or "")):
        fault = ("half of a two-part character (lone surrogate)", "write the file again as UTF-8")
    elif nested_too_deep(text):
        fault = (f"quotation marks nested more than {_MAX_NESTING} deep", "give running text")
    if fault:
        raise InputError(name, fault[0], where=draft.where, right=fault[1])


def has_surrogates(text: str) -> bool:
    """Whether the text holds half characters: it was cut in two, or its bytes were no UTF-8."""
    try:
        text.encode()  # Several times faster than to search for them.
    except UnicodeEncodeError:
        return True
    return False


def nested_too_deep(text: str) -> bool:
    """Whether a line opens hundreds of quotations inside each other, or strings quote marks together."""
    # Counting is many times faster than searching, and few texts have so many marks.
    if sum(map(text.count, "\"'`>")) >= 2 * _MAX_NESTING and _STRAIGHT.search(text):
        return True
    if sum(map(text.count, "“«„")) <= _MAX_NESTING:
        return False
    depth = 0
    for match in _CURLY.finditer(text):
        # A line break closes all: each paragraph of a long quotation opens it anew.
        mark = match.group()
        depth = 0 if mark == "\n" else depth + 1 if mark in "“«„" else max(0, depth - 1)
        if depth > _MAX_NESTING:
            return True
    return False

"""The sentences of a document, with what is needed to compare them: words, issues, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from detente.analysis.words import stem, words_of
from detente.lexicon.issues import DEFAULT, issue_terms
from detente.records import Document, Event, Participant, Signal, Span, Statement

# A stop, closing marks, white space, and then what can open a sentence.
_END: Final = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9“])|\n+")
# A stop after these ends no sentence: titles, initials, abbreviations with inner stops, months.
_NO_END: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Adm|Prof|Hon|St|Jr|Sr|No|vs|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)|\b[A-Z]|(?:\b[A-Za-z]\.)+[A-Za-z])\.$"
)
# A line of fewer words that does not end like a sentence is a heading.
_HEADING: Final = 12
_CLOSING: Final = frozenset(".!?:;,\"'”’)]")
# A word of a name: "U.S.", "Blinken"; of "the Chinese side" only "Chinese".
_NAME: Final = re.compile(r"\b(?:(?:[A-Z]\.){2,}|[A-Z][\w'’-]*[a-zA-Z])")


@dataclass(frozen=True, slots=True)
class Account:
    """One document of one side of a contact, and the records that were made of it.

    `side` is the government (ISO 3166-1 alpha-3) whose account it is, None if not known.
    """

    side: str | None
    document: Document
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: its stems in order, the issues it names, the ids of the actors that records find in it, and the
    stems of their names."""

    span: Span
    stems: tuple[str, ...]
    issues: tuple[str, ...]
    actors: frozenset[str]
    names: frozenset[str]

    @property
    def is_heading(self) -> bool:
        """Whether it is a title or a label, and tells nothing by itself."""
        return len(self.stems) < _HEADING and self.span.text[-1:] not in _CLOSING


def passages_of(account: Account) -> tuple[Passage, ...]:
    """The sentences of an account, in order; the one of a heading too."""
    actors = sorted(set(_actors(account)), key=lambda one: (one.span.start, one.actor.id))
    return tuple(_passage(span, actors) for span in sentences_of(account.document))


def _passage(span: Span, actors: Sequence[Participant]) -> Passage:
    here = [one for one in actors if span.start <= one.span.start < span.end]
    return Passage(
        span,
        stems_of(span.text),
        issues_named(span.text),
        frozenset(one.actor.id for one in here),
        frozenset(stem(word.lower()) for one in here for word in _NAME.findall(one.span.text)),
    )


def part_of(passage: Passage, start: int, end: int) -> Passage:
    """The passage cut to the offsets [start, end) of the document; what it names stays."""
    first, last = max(start, passage.span.start), min(end, passage.span.end)
    piece = passage.span.text[first - passage.span.start : last - passage.span.start]
    text = piece.strip(" ,.;:")
    first += piece.find(text)
    last = first + len(text)
    return replace(passage, span=Span(passage.span.document, first, last, text), stems=stems_of(text))


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words of a text, in order."""
    return tuple(stem(word) for word in words_of(text))


def sentences_of(document: Document) -> Iterator[Span]:
    """The sentences of a document by its stops and line breaks."""
    start = 0
    text = document.text
    for found in _END.finditer(text):
        if _NO_END.search(text, start, found.end()) and "\n" not in found.group():
            continue
        yield from _trimmed(document, start, found.end())
        start = found.end()
    yield from _trimmed(document, start, len(text))


def _trimmed(document: Document, start: int, end: int) -> Iterator[Span]:
    piece = document.text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if any(char.isalpha() for char in piece):
        yield Span(document.id, start, start + len(piece), piece)


def issues_named(text: str) -> tuple[str, ...]:
    """Issues that a text names, the relation itself left out (all readouts are about it), in the order of naming."""
    forms: list[str] = [part for word in words_of(text) for part in word.split("-")]
    lemmas = [form[:-1] if len(form) > 3 and form.endswith("s") else form for form in forms]
    named = (found.value for found in issue_terms().find(forms, lemmas))
    return tuple(dict.fromkeys(issue for issue in named if issue != DEFAULT))


def _actors(account: Account) -> Iterator[Participant]:
    """The states and officials that records find in the text."""
    for event in account.events:
        yield from (*event.actors, *event.recipients)
    for statement in account.statements:
        yield from (who for who in (statement.speaker, statement.addressee) if who is not None)


def side_of(account: Account) -> str | None:
    """The side given, else the one that speaks most in the document."""
    if account.side is not None:
        return account.side
    sides = [statement.side for statement in account.statements if statement.side is not None]
    return max(sorted(set(sides)), key=sides.count, default=None)


def all_passages(accounts: Sequence[Account]) -> tuple[Passage, ...]:
    """The sentences of all documents of a side, without headings."""
    return tuple(p for account in accounts for p in passages_of(account) if not p.is_heading)

"""The page of a document: its text, sentence by sentence, with all its records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from detente.analysis.evidence import is_web
from detente.analysis.marked_text import Mark, Piece, TextPage, page_of, pieces
from detente.analysis.proof import what_of
from detente.ledger import browse
from detente.records import Event, Signal, Statement
from detente.relations import Source
from detente.web.asked import shelf_of
from detente.web.pages import add_page
from detente.web.shelf import Shelf

router = APIRouter()
DocumentId = Annotated[str, Path(max_length=2_000, description="The id of a document.")]


@dataclass(frozen=True, slots=True)
class RecordHead:
    """A record in a line."""

    id: str
    kind: str
    what: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """A sentence of the stored text, `start` to `end`, and the records that stand in it."""

    start: int
    end: int
    closes: bool
    pieces: tuple[Piece, ...]
    records: tuple[RecordHead, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`sentences` are those from `start` on; `next` is where the text goes on, None at its end (`length` characters).
    `url` only if it is an address of the web."""

    head: Source
    url: str | None
    language: str | None
    start: int
    length: int
    next: int | None
    sentences: tuple[CodedSentence, ...]
    records: int


def document_page(
    id: DocumentId,
    start: Annotated[int, Query(ge=0, le=2**40, description="The first character shown.")] = 0,
    shelf: Shelf = Depends(shelf_of),
) -> DocumentPage:
    """A document, a page of its text at a time."""
    id = id.removesuffix(".html")
    return shelf.recall(("document", id, start), lambda: _document(shelf, id, start))


def _document(shelf: Shelf, id: str, start: int) -> DocumentPage:
    with shelf.reading() as connection:
        coded = browse.coded(connection, id)
    records: tuple[Event | Statement | Signal, ...] = (*coded.events, *coded.statements, *coded.signals)
    page = page_of(coded.document, start)
    return DocumentPage(
        head=coded.source,
        url=coded.source.url if is_web(coded.source.url) else None,
        language=coded.document.language,
        start=page.start,
        length=page.length,
        next=page.next,
        sentences=_sentences(coded.document.text, page, records),
        records=len(records),
    )


def _sentences(text: str, page: TextPage, records: tuple[Event | Statement | Signal, ...]) -> tuple[CodedSentence, ...]:
    heads: dict[int, list[RecordHead]] = defaultdict(list)
    marks: dict[int, list[Mark]] = defaultdict(list)
    for record in sorted(records, key=_place):
        found = next((s.start for s in page.sentences if s.start <= _place(record) < s.end), None)
        if found is not None:
            kind = {Event: "event", Statement: "statement", Signal: "signal"}[type(record)]
            heads[found].append(RecordHead(record.id, kind, what_of(record), getattr(record, "confidence", None)))
            marks[found].append(_mark(record))
    return tuple(
        CodedSentence(s.start, s.end, s.closes, pieces(text, marks[s.start], s.start, s.end), tuple(heads[s.start]))
        for s in page.sentences
    )


def _place(record: Event | Statement | Signal) -> int:
    return _mark(record).start


def _mark(record: Event | Statement | Signal) -> Mark:
    if isinstance(record, Event):
        return Mark(record.trigger.start, record.trigger.end, "trigger")
    span, kind = (record.formula, "formula") if isinstance(record, Signal) else (record.content, "said")
    return Mark(span.start, span.end, kind)


add_page(router, "/documents/{id:path}", document_page, "document", DocumentPage, "A document with its records")

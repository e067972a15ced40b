"""A text cut at the ends of marks, and a long text cut into pages of sentences.

`pieces(text, marks, start, end) -> tuple[Piece, ...]`; `page_of(document, start) -> TextPage`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from detente.analysis.passages import sentences_of
from detente.records import Document

# Characters of a page of text, and of the longest sentence that is kept whole.
PAGE: Final = 30_000
_LONGEST: Final = 3_000


@dataclass(frozen=True, slots=True)
class Mark:
    """The offsets [start, end) of a text are of this kind: evidence, trigger, actor …"""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; `kinds` are theirs, each once."""

    text: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Offsets of a sentence with the white space after it; `closes` says whether a paragraph ends there."""

    start: int
    end: int
    closes: bool


@dataclass(frozen=True, slots=True)
class TextPage:
    """Sentences of a text that follow each other without a gap. `next` is where the next page begins, None at the end;
    `length` the number of characters of the whole."""

    start: int
    sentences: tuple[Sentence, ...]
    next: int | None
    length: int


def pieces(text: str, marks: Iterable[Mark], start: int, end: int) -> tuple[Piece, ...]:
    """The text from `start` to `end`, cut where any mark begins or ends."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    cuts = sorted({start, end, *(m.start for m in inside if m.start > start), *(m.end for m in inside if m.end < end)})
    out = []
    for first, last in itertools.pairwise(cuts):
        kinds = dict.fromkeys(mark.kind for mark in inside if mark.start <= first and last <= mark.end)
        out.append(Piece(text[first:last], tuple(kinds)))
    return tuple(out)


def page_of(document: Document, start: int = 0) -> TextPage:
    """The sentences from an offset on, some `PAGE` characters of them. An offset within a sentence begins there."""
    length = len(document.text)
    start = max(0, min(start, length))
    window = document.text[start : start + PAGE + _LONGEST]
    starts = [start + span.start for span in sentences_of(replace(document, text=window))] or [start]
    starts[0] = start
    whole = start + len(window) >= length
    bounds = [*starts, start + len(window)]
    sentences: list[Sentence] = []
    for first, last in itertools.pairwise(bounds):
        if sentences and (last - start > PAGE or (last == bounds[-1] and not whole)):
            return TextPage(start, tuple(sentences), first, length)
        for cut in range(first, last, _LONGEST):
            end = min(cut + _LONGEST, last)
            tail = document.text[cut:end]
            sentences.append(Sentence(cut, end, "\n" in tail[len(tail.rstrip()) :]))
    return TextPage(start, tuple(sentences), bounds[-1] if bounds[-1] < length else None, length)

"""Numbered evidence: a source gets a number when it is first cited, each further sentence of it one after a dot."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from detente.analysis import desk
from detente.analysis.brief_model import Quote, Reference
from detente.analysis.dossier import Dossier
from detente.lexicon import load_lexicon
from detente.records import Event, Span
from detente.relations import Source

# The end of a sentence: a stop, perhaps closing marks, then white space and what may begin a sentence.
_STOP: Final = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9])|\n\s*\n|\n(?=[A-Z])")
_SHORT: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Adm|Sen|Rep|Gov|Prof|Rev|Hon|Jr|Sr|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)
# A quoted sentence longer than this is cut, away from what is marked.
_LONGEST: Final = 420


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the sentence or sentences of the text that hold [start, end)."""
    ends = _ends(text)
    before = bisect_right(ends, start)
    after = max(before, bisect_left(ends, end))
    first, last = ends[before - 1] if before else 0, ends[after] if after < len(ends) else len(text)
    while first < start and text[first].isspace():
        first += 1
    return first, last


@lru_cache(maxsize=1024)
def _ends(text: str) -> tuple[int, ...]:
    """Where the sentences of a text end; a brief asks for many sentences of few texts."""
    return tuple(
        found.end()
        for found in _STOP.finditer(text)
        if not (found.group().startswith(".") and _SHORT.search(text[max(0, found.start() - 6) : found.start() + 1]))
    )


def is_asked(text: str, start: int) -> bool:
    """Whether the sentence or the paragraph at this offset ends with a question: what a reporter says on the way to it,
    nobody vouches for."""
    end = text.find("\n", start)
    paragraph = text[start : end if end >= 0 else len(text)]
    sentence = text[start : sentence_around(text, start, start + 1)[1]]
    return any(words.rstrip('"”’ \n').endswith("?") for words in (paragraph, sentence))


class Citer:
    """Gives labels to evidence, in the order of citing. One is made for a brief, and thrown away with it.

    `statements` and `episodes` are those of the dossier by their ids.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self.statements = {telling.statement.id: telling.statement for telling in dossier.tellings}
        self.episodes = {episode.id: episode for episode in dossier.episodes}
        self._contacts = {contact.id: contact.episode for contact in dossier.contacts}
        # By document: the sentences cited (offsets) with the spans marked in them, in the order of citing.
        self._cited: dict[str, dict[tuple[int, int], list[Span]]] = {}

    def cite(self, span: Span) -> str:
        """The label of the note that quotes the sentence of this span."""
        text = self._dossier.texts.get(span.document)
        bounds = sentence_around(text, span.start, span.end) if text else (span.start, span.end)
        sentences = self._cited.setdefault(span.document, {})
        marked = sentences.setdefault(bounds, [])
        if span not in marked:
            marked.append(span)
        number, place = list(self._cited).index(span.document) + 1, list(sentences).index(bounds) + 1
        return str(number) if place == 1 else f"{number}.{place}"

    def spans(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """The labels of several spans, each once."""
        return tuple(dict.fromkeys(self.cite(span) for span in spans))

    def events(self, ids: Iterable[str], limit: int = 3) -> tuple[str, ...]:
        """Notes for events: one a document, each side's own account first, reprints left out, at most `limit`."""
        reports = [self._dossier.reports[number] for number in ids if number in self._dossier.reports]
        chosen: dict[str, Event] = {}
        for report in sorted(
            reports, key=lambda r: (r.source.reprint_of is not None, r.source.side is None, -r.event.confidence)
        ):
            if report.source.reprint_of not in chosen:
                chosen.setdefault(report.event.document, report.event)
        return self.spans(event.evidence for event in list(chosen.values())[:limit])

    def records(self, ids: Iterable[str], limit: int = 3) -> tuple[str, ...]:
        """Notes for records by their ids: events, statements, episodes, contacts. Unknown ids give none."""
        notes: list[str] = []
        events: list[str] = []
        for number in (self._contacts.get(number, number) for number in ids):
            if number in self.statements:
                notes.append(self.cite(self.statements[number].content))
            elif number in self.episodes:
                notes.extend(self.events(self.episodes[number].reports, 2))
            else:
                events.append(number)
        notes.extend(self.events(events, limit))
        return tuple(dict.fromkeys(notes))[:limit]

    def spans_of(self, ids: Iterable[str]) -> tuple[Span, ...]:
        """The evidence of events and the content of statements, by their ids."""
        ids = tuple(ids)
        reports = self._dossier.reports
        events = [reports[number].event.evidence for number in ids if number in reports]
        return (*events, *(self.statements[number].content for number in ids if number in self.statements))

    def references(self) -> tuple[Reference, ...]:
        """All that was cited, in order."""
        return tuple(self._reference(number, doc) for number, doc in enumerate(self._cited, start=1))

    def _reference(self, number: int, document: str) -> Reference:
        source = self._dossier.sources.get(document) or Source(document, None)
        quotes = []
        for place, (bounds, marked) in enumerate(self._cited[document].items(), start=1):
            label = str(number) if place == 1 else f"{number}.{place}"
            quotes.append(Quote(label, self._parts(document, bounds, marked)))
        return Reference(
            number=number,
            document=document,
            title=desk.clean(source.title or "") or self._first_words(document),
            origin=desk.clean(origin_of(source)),
            published=desk.day(source.published) if source.published else "undated",
            url=source.url if is_web(source.url) else None,
            quotes=tuple(quotes),
        )

    def _first_words(self, document: str) -> str:
        words = (self._dossier.texts.get(document) or "").split()
        return " ".join(words[:12]) + " …" if words else "untitled"

    def _parts(self, document: str, bounds: tuple[int, int], marked: list[Span]) -> tuple[tuple[str, bool], ...]:
        text = self._dossier.texts.get(document)
        if text is None:
            return ((_flat(marked[0].text), True),)
        first, last = bounds
        if last - first > _LONGEST:
            first = max(first, min(span.start for span in marked) - 80)
            last = max(min(last, first + _LONGEST), min(last, max(span.end for span in marked)))
        parts: list[tuple[str, bool]] = [("… ", False)] if first > bounds[0] else []
        place = first
        for start, end in _joined(marked):
            parts += [(_flat(text[place:start]), False), (_flat(text[max(place, start) : end]), True)]
            place = max(place, end)
        parts.append((_flat(text[place:last]), False))
        parts += [(" …", False)] if last < bounds[1] else []
        return tuple((words, mark) for words, mark in parts if words)


def _joined(spans: list[Span]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    out: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if out and span.start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], span.end))
        else:
            out.append((span.start, span.end))
    return out


def _flat(text: str) -> str:
    """White space as single blanks, kept at the ends; no control characters."""
    return "".join(char for char in re.sub(r"\s+", " ", text) if char.isprintable())


def origin_of(source: Source) -> str:
    """Who published it, and whose own account it is."""
    country = load_lexicon().countries.get(source.side or "")
    account = f"{source.kind} of {desk.country_in_text(country.name)}" if country else ""
    return ", ".join(part for part in (source.publisher, account) if part)


def is_web(url: str | None) -> bool:
    """Whether it is an address that a page may link to: http or https, with a host."""
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)

"""Reports made by hand, for what the coder is not the subject of, and coded from short texts of our own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detente.coding import Coder
from detente.records import Actor, DateRange, Document, Event, Participant, Place, Span
from detente.relations import Dyad, Report, Source, dyads_of

BEIJING = Place("Beijing", "CHN", "Beijing", 39.9, 116.4, 1816670)
VIENNA = Place("Vienna", "AUT", "Vienna", 48.2, 16.4, 2761369)


def person(name: str, country: str, level: str | None = None, **more: str) -> Actor:
    return Actor(
        f"person:{name.lower().replace(' ', '-')}", name, country, ("GOV",), more.get("office"), level, "party"
    )


def state(country: str) -> Actor:
    return Actor(country, country, country, ("GOV",))


WANG = person("Wang Yi", "CHN", "foreign minister")
QIN = person("Qin Gang", "CHN", "foreign minister")
XI = person("Xi Jinping", "CHN", "leader")
BLINKEN = person("Antony Blinken", "USA", "foreign minister")
SULLIVAN = person("Jake Sullivan", "USA", "security adviser")
AUSTIN = person("Lloyd Austin", "USA", "defence minister")
CHINA, AMERICA = state("CHN"), state("USA")
DYAD = ("CHN", "USA")


def report(
    words: str,
    actors: Iterable[Actor],
    recipients: Iterable[Actor] = (),
    *,
    kind: str = "CONSULT",
    act: str = "",
    on: date = date(2023, 6, 18),
    until: date | None = None,
    basis: str = "explicit",
    published: date | None = None,
    document: str = "d1",
    status: str = "happened",
    mode: str | None = None,
    place: Place | None = None,
    trigger: str | None = None,
    confidence: float = 0.8,
    issuer: str | None = None,
    reprint_of: str | None = None,
    start: int = 0,
) -> Report:
    """A report whose clause is `words`, at character `start`; without recipients it is mutual."""
    head = trigger or words.split()[0]
    at = start + words.index(head)

    def all_of(people: Iterable[Actor]) -> tuple[Participant, ...]:
        return tuple(Participant(actor, Span(document, start, start, "")) for actor in people)

    event = Event(
        document=document,
        sentence=start,
        type=kind,
        mode=mode,
        contexts=(),
        status=status,
        actors=all_of(actors),
        recipients=all_of(recipients),
        reciprocal=not tuple(recipients),
        date=DateRange(on, until or on, basis),
        place=place,
        said_by=None,
        evidence=Span(document, start, start + len(words), words),
        trigger=Span(document, at, at + len(head), head),
        cameo=None,
        quad="verbal cooperation",
        quad_scheme="plover",
        score=None,
        confidence=confidence,
        coder="test",
        act=act or kind,
    )
    day = published or (until or on)
    return Report(
        event, Source(document, day, kind="readout" if issuer else "news", issuer=issuer, reprint_of=reprint_of)
    )


def coded(coder: Coder, dyad: Dyad, *documents: Document, reprints: dict[str, str] | None = None) -> list[Report]:
    """The reports of the documents that concern the dyad."""
    found = []
    for document in documents:
        copy = (reprints or {}).get(document.id)
        head = Source(document.id, document.published, kind=document.kind, issuer=document.issuer, reprint_of=copy)
        found += [Report(event, head) for event in coder.code(document).events if dyad in dyads_of(event)]
    return found

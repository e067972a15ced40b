"""Records of ours as rows of event data: one row a pair of actor and recipient.

Public: `rows_of_event(event, source)`, `rows_of_episode(episode)`, `tables(rows) -> Iterator[pa.Table]`.

Where all are actors of what was done together (PLOVER's reciprocal events) each pair is a row in both directions, as
CAMEO's data sets have it. Pairs of one country are left out where the event has two. Ids are those of the record, with
the number of the pair after a dot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

import pyarrow as pa

from detente.ledger.row_tables import rows_to_table
from detente.ontology import load_ontology
from detente.ontology.tables import QUAD_SCHEME
from detente.records import Actor, Event, Place
from detente.relations import Episode, Source
from detente.rows import EventRow, Party, RowPlace


def rows_of_event(event: Event, source: Source | None = None) -> list[EventRow]:
    """The rows of an event; `source` is the document that tells it."""
    actors = [one.actor for one in event.actors]
    pairs = _pairs(actors, [one.actor for one in event.recipients])
    days = event.date
    return [
        EventRow(
            dataset="detente",
            id=f"{event.id}.{number}",
            start=days.start or days.end if days else None,
            end=days.end or days.start if days else None,
            actor=_party(actor),
            recipient=_party(recipient),
            code=event.type,
            code_scheme="plover",
            type=event.type,
            mode=event.mode,
            contexts=event.contexts,
            status=event.status,
            quad=event.quad,
            quad_scheme=event.quad_scheme,
            score=event.score,
            score_scheme="plover" if event.score is not None else None,
            place=_place(event.place),
            document=event.document,
            sentence=event.sentence,
            publisher=source.publisher if source else None,
            url=source.url if source else None,
            text=event.evidence.text,
            reports=1,
            confidence=event.confidence,
        )
        for number, (actor, recipient) in enumerate(pairs, start=1)
    ]


def rows_of_episode(episode: Episode) -> list[EventRow]:
    """The rows of an episode, whose `reports` are the documents that tell it."""
    ontology = load_ontology()
    return [
        EventRow(
            dataset="detente",
            id=f"{episode.id}.{number}",
            start=episode.start,
            end=episode.end,
            actor=_party(actor),
            recipient=_party(recipient),
            code=episode.type,
            code_scheme="plover",
            type=episode.type,
            mode=episode.mode,
            status=episode.status,
            quad=ontology.quad(episode.type),
            quad_scheme=QUAD_SCHEME,
            score=ontology.score(episode.type, episode.mode),
            score_scheme="plover",
            place=_place(episode.place),
            document=episode.documents[0] if episode.documents else None,
            text=episode.words,
            reports=len(episode.documents),
            confidence=episode.confidence,
        )
        for number, (actor, recipient) in enumerate(_pairs(episode.actors, episode.recipients), start=1)
    ]


def tables(rows: Iterable[EventRow], size: int = 5_000) -> Iterator[pa.Table]:
    """Rows as Arrow tables of so many each."""
    stream = iter(rows)
    while batch := list(islice(stream, size)):
        yield rows_to_table(batch)


def _pairs(actors: Sequence[Actor], recipients: Sequence[Actor]) -> list[tuple[Actor | None, Actor | None]]:
    both = bool(actors and recipients)
    every = [(one, other) for one, other in product(actors, recipients if both else actors) if both or one is not other]
    abroad = [(one, other) for one, other in every if one.country != other.country]
    if every:
        return [*(abroad or every)]
    return [(one, None) for one in actors] or [(None, other) for other in recipients]


def _party(actor: Actor | None) -> Party:
    return Party(actor.name, actor.country, actor.id, actor.sectors) if actor else Party()


def _place(place: Place | None) -> RowPlace:
    if place is None:
        return RowPlace()
    return RowPlace(place.name, place.country, place.admin1, place.lat, place.lon, place.geonames_id)

"""The page of a record: its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from detente.analysis.proof import Proof, proof_of_derived, proof_of_record
from detente.analysis.review_notes import notes_of
from detente.errors import RecordError
from detente.ledger import browse, lookups
from detente.ledger.corrections import find_coded, reviews_about
from detente.ledger.reviews import settle
from detente.records import Event
from detente.web.asked import Day, day_of, parse_pair, shelf_of
from detente.web.pages import add_page
from detente.web.shelf import Shelf, View

router = APIRouter()
RecordId = Annotated[str, Path(max_length=100, description="The id of a record, such as ev-0123456789abcdef.")]


def record_page(
    id: RecordId,
    dyad: Annotated[str | None, Query(description="The dyad, for what is merged of several records.")] = None,
    as_of: Day = None,
    shelf: Shelf = Depends(shelf_of),
) -> Proof:
    """The evidence of an event, statement, signal, episode, contact or commitment."""
    id = id.removesuffix(".html")
    pair, day = parse_pair(dyad) if dyad else None, day_of("as_of", as_of)
    return shelf.recall(("record", id, pair, day), lambda: _proof(shelf, id, pair, day))


def _proof(shelf: Shelf, id: str, pair: tuple[str, str] | None, day: date | None) -> Proof:
    with shelf.reading() as connection:
        record = browse.record(connection, id)
        if record is None:
            pair = pair or browse.dyad_with(connection, id)
        else:
            coded = browse.coded(connection, record.document)
            episodes = browse.episodes_with(connection, id) if isinstance(record, Event) else []
            ids = dict.fromkeys(number for _, _, reports in episodes for number in reports if number != id)
            others = browse.reports_by_id(connection, ids)
            texts = lookups.texts(connection, {report.event.document for report in others})
            as_coded = find_coded(connection, id)
            judged = reviews_about(connection, as_coded) if as_coded else []
            made = proof_of_record(
                record,
                coded.source,
                coded.document.text,
                [(report.event, report.source, texts[report.event.document]) for report in others],
                [(number, dyad) for number, dyad, _ in episodes],
            )
            return replace(made, reviews=notes_of(judged), state=settle(judged).state if judged else None)
    if pair is None:
        raise RecordError(f"no record {id!r} is in the ledger")
    alone = shelf.about(pair, id) if day is None else None
    return proof_of_derived(alone or shelf.dossier(View(pair, as_of=day)), id)


add_page(router, "/records/{id}", record_page, "record", Proof, "The evidence of a record")

"""The pages of those who look after a study: how far coders agree, what is to be adjudicated, how often the coder is
right, and all of it as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from detente.analysis.agreement import Agreement, agreement, contested
from detente.analysis.precision import Precision, precisions
from detente.analysis.proof import what_of
from detente.analysis.review_notes import Note, notes_of
from detente.exchange.reviewed import written
from detente.ledger.corrections import records_reviewed, reviews_of, settled_documents
from detente.ledger.review_values import KINDS, words_of
from detente.web.asked import shelf_of
from detente.web.pages import PROBLEMS, add_page
from detente.web.shelf import Shelf

router = APIRouter()
# A zip of gold files; JSON Lines.
_FILES: Final = {
    "gold.zip": ("gold", "application/zip"),
    "training.jsonl": ("training", "application/jsonl"),
    "reviews.jsonl": ("reviews", "application/jsonl"),
}


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """How far coders agree on each kind of record, and what random samples say of the coder."""

    agreement: tuple[Agreement, ...]
    precision: tuple[Precision, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """A record that coders contradict each other in: its id (None: it is no longer in the ledger)."""

    id: str
    what: str
    words: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class AdjudicatePage:
    """What is to be adjudicated."""

    records: tuple[Contested, ...]


def agreement_page(shelf: Shelf = Depends(shelf_of)) -> AgreementPage:
    """Agreement of coders, precision of the coder."""
    return shelf.recall("agreement", lambda: _agreement(shelf))


def _agreement(shelf: Shelf) -> AgreementPage:
    with shelf.reading() as connection:
        told = reviews_of(connection)
        return AgreementPage(tuple(agreement(told, kind) for kind in KINDS), tuple(precisions(connection)))


def adjudicate_page(shelf: Shelf = Depends(shelf_of)) -> AdjudicatePage:
    """The records that coders contradict each other in."""
    return shelf.recall("adjudicate", lambda: _adjudicate(shelf))


def _adjudicate(shelf: Shelf) -> AdjudicatePage:
    with shelf.reading() as connection:
        records = records_reviewed(connection)
        told = contested(reviews_of(connection))
    found = [(of, next((records[one.number] for one in of if one.number in records), None)) for of in told]
    return AdjudicatePage(
        tuple(Contested(id, what_of(of[-1].coded), words_of(of[-1].coded), notes_of(of)) for of, id in found if id)
    )


def _add_file(name: str, format: str, kind: str) -> None:
    def download(shelf: Shelf = Depends(shelf_of)) -> Response:
        with shelf.reading() as connection:
            made = written(format, settled_documents(connection), reviews_of(connection))
        return Response(made, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    router.add_api_route(
        f"/review/{name}",
        download,
        methods=["GET"],
        response_class=Response,
        responses={200: {"description": "The file.", "content": {kind: {}}}, **PROBLEMS},
        operation_id=f"review_{format}",
        summary=f"What was judged, as a file: {format}",
    )


for _name, (_format, _kind) in _FILES.items():
    _add_file(_name, _format, _kind)
add_page(router, "/review/agreement", agreement_page, "agreement", AgreementPage, "How far coders agree")
add_page(router, "/review/adjudicate", adjudicate_page, "adjudicate", AdjudicatePage, "What is to be adjudicated")

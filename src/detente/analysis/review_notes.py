"""What people said of a record, for a reader: `notes_of(reviews) -> tuple[Note, ...]`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from detente.ledger.review_values import LABELS, shown
from detente.ledger.reviews import Review, settle, standing


@dataclass(frozen=True, slots=True)
class Correction:
    """A field, as coded and as corrected."""

    field: str
    coded: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Note:
    """A review as a reader sees it; `counts`: no later one of the
    same person, or adjudication, takes its place."""

    number: int
    reviewer: str
    at: datetime
    verdict: str
    adjudicates: bool
    changes: tuple[Correction, ...]
    why: str
    counts: bool


def notes_of(reviews: Iterable[Review]) -> tuple[Note, ...]:
    """The reviews of one record, in the order of filing."""
    told = sorted(reviews, key=lambda one: one.number)
    if not told:
        return ()
    counting = {one.number for one in (*standing(told), *settle(told).by)}
    return tuple(_note(one, one.number in counting) for one in told)


def _note(review: Review, counts: bool) -> Note:
    changes: tuple[Correction, ...] = ()
    if review.judged is not None:
        before, after = shown(review.coded), shown(review.judged)
        changes = tuple(Correction(LABELS.get(name, name), before[name], after[name]) for name in review.fields)
    return Note(
        number=review.number,
        reviewer=review.reviewer,
        at=review.at,
        verdict=review.verdict,
        adjudicates=review.adjudicates,
        changes=changes,
        why=review.why,
        counts=counts,
    )

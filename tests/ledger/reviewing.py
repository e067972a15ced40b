"""Judging records of a ledger, as the tests of reviews do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from detente.coding import Coder
from detente.ledger import query, refresh, writing
from detente.ledger.add import Coded
from detente.ledger.corrections import file_review, setting_about
from detente.ledger.review_form import judged
from detente.ledger.review_values import Record
from detente.ledger.reviews import Review, make_review
from detente.records import Document, Event

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Renamed:
    """The real coder after an upgrade: another name, sentences counted anew, perhaps other types or tones."""

    real: Coder
    name: str = "détente 99"
    types: tuple[tuple[str, str], ...] = ()
    tone: float | None = None

    def code_many(self, documents: Iterable[Document], /) -> Iterator[Coded]:
        for coded in self.real.code_many(documents):
            events = tuple(self._anew(event) for event in coded.events)
            said = tuple(
                replace(one, coder=self.name, tone=one.tone if self.tone is None else self.tone)
                for one in coded.statements
            )
            yield replace(coded, events=events, statements=said)

    def _anew(self, event: Event) -> Event:
        kind = dict(self.types).get(event.type, event.type)
        return replace(event, coder=self.name, type=kind, sentence=event.sentence + 1)


def review(path: Path, record: Record, who: str, why: str = "", hours: int = 0, **typed: str) -> Review:
    """Files what somebody makes of a record: `reject="yes"`, or fields with their values; without any it is right."""
    with writing(path) as connection:
        made = None if typed.pop("reject", "") else judged(record, typed, setting_about(connection, record))
        at = NOON + timedelta(hours=hours)
        filed = file_review(connection, make_review(record, who, at, made, why or "the text says so"))
    refresh(path)
    return filed


def of(path: Path, sql: str) -> list[tuple[object, ...]]:
    return query(path, sql)[1]

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.records import Actor, DateRange, Document, Event, Participant, Place, Span, Statement

PUBLISHED = date(2022, 5, 10)
TEXT = (
    "Peru accused Chile of espionage on Monday. Foreign Minister Ana Soto flew to Lima for talks. "
    "Lima said the visit was “frank and useful”. The two countries may hold a summit in June."
)


@dataclass(frozen=True)
class Fixed:
    """A coder that answers with the records it was given, by document id."""

    answers: dict[str, tuple[tuple[Event, ...], tuple[Statement, ...]]]

    def code(self, document: Document) -> Any:
        events, statements = self.answers.get(document.id, ((), ()))
        return Answer(events, statements)


@dataclass(frozen=True)
class Answer:
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    analysis: Any = None


def span(text: str, phrase: str) -> Span:
    start = text.index(phrase)
    return Span("d", start, start + len(phrase), phrase)


def who(name: str, country: str | None, phrase: str, text: str = TEXT, kind: str = "") -> Participant:
    return Participant(Actor(kind + name, name, country), span(text, phrase))


def an_event(
    kind: str,
    actors: tuple[Participant, ...],
    recipients: tuple[Participant, ...],
    evidence: str,
    *,
    text: str = TEXT,
    status: str = "happened",
    days: tuple[date, date] | None = (date(2022, 5, 9), date(2022, 5, 9)),
    mode: str | None = None,
    reciprocal: bool = False,
    place: str | None = None,
    confidence: float = 0.9,
) -> Event:
    where = span(text, evidence)
    return Event(
        document="d",
        sentence=0,
        type=kind,
        mode=mode,
        contexts=(),
        status=status,
        actors=actors,
        recipients=recipients,
        reciprocal=reciprocal,
        date=DateRange(*days, "relative") if days else None,
        place=Place(place) if place else None,
        said_by=None,
        evidence=where,
        trigger=where,
        cameo=None,
        quad="verbal conflict",
        quad_scheme="plover",
        score=None,
        confidence=confidence,
        coder="test",
    )


def a_statement(speaker: Participant, side: str | None, content: str, text: str = TEXT) -> Statement:
    return Statement(
        document="d",
        sentence=0,
        speaker=speaker,
        side=side,
        addressee=None,
        via=None,
        form="mixed",
        cue=None,
        content=span(text, content),
        issues=(),
        tone=0.5,
        forecast=False,
        date=None,
        confidence=0.7,
        coder="test",
    )


GOLD: dict[str, Any] = {
    "article": "notes.txt",
    "published": "2022-05-10",
    "events": [
        {
            "id": "E1",
            "type": ["ACCUSE"],
            "actor": {"country": "PER"},
            "recipient": {"country": "CHL"},
            "status": "happened",
            "date": ["2022-05-09", "2022-05-09"],
            "said_by": None,
            "evidence": "Peru accused Chile of espionage",
        },
        {
            "id": "E2",
            "type": ["CONSULT"],
            "mode": "visit",
            "actor": {"country": "CHL", "person": "Ana Soto"},
            "recipient": {"country": "PER"},
            "status": "happened",
            "date": ["2022-05-01", "2022-05-10"],
            "place": {"name": "Lima", "country": "PER"},
            "said_by": None,
            "evidence": "flew to Lima for talks",
        },
        {
            "id": "E3",
            "type": ["CONSULT", "AGREE"],
            "actor": [{"country": "PER"}, {"country": "CHL"}],
            "recipient": None,
            "reciprocal": True,
            "status": ["possible", "planned"],
            "date": ["2022-06-01", "2022-06-30"],
            "said_by": None,
            "evidence": "The two countries may hold a summit",
        },
    ],
    "must_not": [
        {
            "why": "the summit may come",
            "type": "CONSULT",
            "status": "happened",
            "date_within": ["2022-06-01", "2022-06-30"],
        },
        {"why": "one visit", "contact_participants": ["Ana Soto"], "max_count": 1},
    ],
    "statements": [{"id": "S1", "speaker": "Lima", "side": "PER", "form": "mixed", "content": "“frank and useful”"}],
    "contacts": [
        {"participants": ["Ana Soto"], "date": "2022-05", "place": "Lima", "mode": "visit", "status": "happened"}
    ],
}


@pytest.fixture
def write_gold(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small marked article, with some of its fields replaced."""

    def write(**changes: Any) -> Path:
        (tmp_path / "notes.txt").write_text(TEXT, encoding="utf-8")
        path = tmp_path / "notes.gold.json"
        path.write_text(json.dumps({**GOLD, **changes}, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@dataclass(frozen=True)
class Make:
    """The makers of records, for tests that cannot import this file."""

    event: Callable[..., Event] = an_event
    statement: Callable[..., Statement] = a_statement
    who: Callable[..., Participant] = who
    coder: Callable[..., Fixed] = Fixed
    text: str = TEXT


@pytest.fixture
def make() -> Make:
    return Make()

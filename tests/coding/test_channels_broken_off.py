"""Talks and ties that one of two breaks off: who does it to whom, also where a clause leaves one of them out."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

PUBLISHED = date(2024, 5, 10)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _sides(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {p.actor.country for p in event.actors}, {p.actor.country for p in event.recipients}


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("India and Pakistan are at odds. India suspended the hotline between the two militaries.", "suspended"),
        ("Ties of India with Pakistan are cold. Delhi cancelled the talks between the two armies.", "cancelled"),
        ("Pakistan said on Monday that India had halted the border dialogue between the two countries.", "halted"),
    ],
)
def test_of_two_whose_talks_one_breaks_off_the_other_is_the_recipient(coder: Coder, text: str, trigger: str) -> None:
    events = [e for e in coder.code(Document(text, published=PUBLISHED)).events if e.trigger.text == trigger]
    assert [_sides(event) for event in events] == [({"IND"}, {"PAK"})]


def test_in_a_statement_of_its_own_the_issuer_suspends_what_is_suspended(coder: Coder) -> None:
    text = (
        "Pakistan deplores the raid by India. In answer to India the Ministry of Foreign Affairs announces three steps."
        " The trade talks with India are suspended. The bus service to India is halted."
    )
    statement = Document(text, published=PUBLISHED, kind="statement", issuer="PAK")
    assert ({"PAK"}, {"IND"}) in [_sides(e) for e in coder.code(statement).events if e.trigger.text == "suspended"]
    # A reporter does not say who did it, and nor do we.
    news = coder.code(Document("The trade talks with India are suspended.", published=PUBLISHED)).events
    assert not [event for event in news if event.actors and event.recipients]

"""Journeys and stays abroad: who, where, when, on sentences of our own in a government's words."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

DAY = date(2022, 6, 15)
SITE = "https://www.whitehouse.gov/briefing-room/1"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _events(coder: Coder, text: str, kind: str = "statement") -> list[Event]:
    return list(coder.code(Document(text, published=DAY, url=SITE, kind=kind)).events)


def _stay(event: Event) -> tuple[set[str], str | None]:
    return {p.actor.name for p in event.actors}, event.place.country if event.place else None


@pytest.mark.parametrize(
    ("text", "who", "country"),
    [
        ("Secretary Blinken is in Oslo today.", "Antony Blinken", "NOR"),
        ("Secretary Blinken was at the fishing talks in Riga yesterday.", "Antony Blinken", "LVA"),
        ("Chancellor Scholz attended the bee-keeping summit in Cardiff on June 11.", "Olaf Scholz", "GBR"),
        ("President Biden took office long ago; he will be in Nairobi on Friday.", "Joe Biden", "KEN"),
        ("Prime Minister Trudeau will be at the White House on Monday.", "Justin Trudeau", "USA"),
    ],
)
def test_a_stay_abroad_is_a_visit(coder: Coder, text: str, who: str, country: str) -> None:
    (event,) = _events(coder, text)
    assert (event.act, event.mode) == ("CONSULT", "visit")
    assert _stay(event) == ({who}, country)


@pytest.mark.parametrize(
    "text",
    [
        "President Biden thanked the choir for attending his speech in Oslo today.",
        "President Biden named a delegation to attend the inauguration in Nairobi on June 20.",
        "President Biden is popular in Nairobi.",
        "President Biden will be in Ohio on Friday.",
    ],
)
def test_no_stay_of_his(coder: Coder, text: str) -> None:
    assert not [e for e in _events(coder, text) if e.mode == "visit"]


def test_a_delegation_has_a_head(coder: Coder) -> None:
    (event,) = _events(coder, "On Friday a U.S. delegation, led by Secretary Blinken, will travel to Quito.")
    assert "Antony Blinken" in {p.actor.name for p in event.actors}


def test_majesties_are_guests(coder: Coder) -> None:
    text = "President Biden hosted Their Majesties King Felipe VI and Queen Letizia of Spain at the White House today."
    (event,) = _events(coder, text)
    assert "King Felipe VI" in {p.actor.name for p in event.actors}
    assert event.place is not None and event.place.name == "White House"


def test_a_guest_on_a_screen_is_no_visitor(coder: Coder) -> None:
    (event,) = _events(coder, "Vice President Harris hosted President Lasso of Ecuador for a virtual meeting today.")
    assert event.mode == "phone"


def test_the_assembly_meets_in_new_york(coder: Coder) -> None:
    text = "President Biden met today with Prime Minister Trudeau of Canada on the margins of the UN General Assembly."
    (event,) = _events(coder, text)
    assert event.place is not None and event.place.country == "USA"


def test_what_was_last_done_has_no_day(coder: Coder) -> None:
    found = _events(coder, "President Biden last met with Prime Minister Trudeau in Ottawa.")
    assert [(e.date.start, e.date.end) for e in found if e.date] == [(None, date(2022, 6, 14))]


@pytest.mark.parametrize(
    ("name", "country"),
    [("Geneva", "CHE"), ("Glasgow", "GBR"), ("Athens", "GRC"), ("Los Angeles", "USA"), ("Korea", "KOR")],
)
def test_places_of_a_government_at_work_are_the_known_ones(coder: Coder, name: str, country: str) -> None:
    text = f"President Biden met with leaders in {name} today. The United States is grateful to its allies in Madrid."
    places = {
        p.place.name: p.place.country for p in coder.code(Document(text, published=DAY, url=SITE)).analysis.places
    }
    assert country in places.values()


@pytest.mark.parametrize(
    "text",
    [
        "In his audience with Pope Francis today, President Biden spoke of bees.",
        "In her visit with King Abdullah II today, Vice President Harris spoke of bees.",
    ],
)
def test_the_owner_of_talks_may_come_after_them(coder: Coder, text: str) -> None:
    found = [e for e in _events(coder, text, kind="readout") if e.act == "CONSULT"]
    assert {p.actor.country for e in found for p in (*e.actors, *e.recipients)} > {"USA"}


def test_talks_only_spoken_of_are_not_the_speakers(coder: Coder) -> None:
    text = "The President stressed the value of concluding the fishing talks between Israel and Lebanon."
    assert not [e for e in _events(coder, text) if {"USA"} & {p.actor.country for p in e.actors}]


def test_three_states_meet(coder: Coder) -> None:
    text = "Australia, the United Kingdom and the United States of America recently held their first meetings on bees."
    (event,) = [e for e in _events(coder, text, kind="readout") if e.act == "CONSULT"]
    assert {p.actor.country for p in event.actors} == {"AUS", "GBR", "USA"}

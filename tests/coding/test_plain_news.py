"""Plain news and readouts: names and titles as papers and ministries write them, and what tells an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

DAY = date(2024, 5, 14)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def events(coder: Coder) -> Callable[..., tuple[Event, ...]]:
    def code(text: str, kind: str = "news", issuer: str | None = None, day: date = DAY) -> tuple[Event, ...]:
        return coder.code(Document(text, published=day, kind=kind, issuer=issuer)).events  # type: ignore[arg-type]

    return code


def sides(event: Event) -> tuple[set[str], set[str]]:
    return {p.actor.name for p in event.actors}, {p.actor.name for p in event.recipients}


def parties(event: Event) -> set[str]:
    return set.union(*sides(event))


@pytest.mark.parametrize(
    ("text", "day", "who"),
    [
        # The name He is no pronoun, and begins no sentence.
        (
            "French Finance Minister Bruno Le Maire and Chinese Vice Premier Liu He met on Thursday in Lyon.",
            date(2019, 3, 7),
            {"Bruno Le Maire", "Liu He"},
        ),
        # An ambassador with country and host behind the name.
        (
            "Foreign Minister Yoko Kamikawa met on 8 May in Tokyo with Rahm Emanuel, Ambassador of the United States "
            "to Japan.",
            DAY,
            {"Yoko Kamikawa", "Rahm Emanuel"},
        ),
        # A ministry of two fields before the name.
        (
            "Minister of Labour and Social Protection Olena Koval of Ukraine met Minister for Tourism and Trade Ana Ruiz "
            "of Peru.",
            DAY,
            {"Olena Koval", "Ana Ruiz"},
        ),
        # Several titles before one name.
        (
            "Defence Minister Jonas Berg of Norway met Politburo Member, Director of the Office of the Central Foreign "
            "Affairs Commission, and Foreign Minister Wang Yi in Oslo.",
            DAY,
            {"Jonas Berg", "Wang Yi"},
        ),
        # A first name that the tables do not have makes a surname that of another.
        (
            "Lorna Kishida, a Kenyan envoy, received Peruvian Defence Minister Jorge Vega on Monday.",
            date(2023, 5, 9),
            {"Lorna Kishida", "Jorge Vega"},
        ),
        # The parser tears the first of two subjects off.
        (
            "Special Presidential Envoy for Climate John Kerry and Brazil's Special Envoy for Climate Change Luiz Prado "
            "met at Belem, Brazil, on 3 May.",
            DAY,
            {"John Kerry", "Luiz Prado"},
        ),
    ],
)
def test_names_and_titles(events: Callable[..., tuple[Event, ...]], text: str, day: date, who: set[str]) -> None:
    (event,) = events(text, day=day)
    assert event.type == "CONSULT" and parties(event) == who


def test_a_pronoun_he_stays_one(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Norwegian Foreign Minister Espen Barth Eide arrived in Lima. "
        "He met Peruvian President Dina Boluarte on Monday.",
    )
    assert any(parties(event) == {"Espen Barth Eide", "Dina Boluarte"} for event in told)


def test_whoever_invites_a_visitor_does_not_travel(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "At the invitation of Egyptian Foreign Minister Sameh Shoukry, Retno Marsudi, Minister of Foreign Affairs of "
        "Indonesia and envoy for the region, visited Egypt on 12 May.",
        kind="readout",
        issuer="Indonesia",
    )
    assert {"Retno Marsudi"} in [sides(event)[0] for event in told]


def test_the_secretary_of_a_readout(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Secretary of State Antony J. Blinken met Foreign Minister Yoko Kamikawa of Japan in Tokyo.\n\n"
        "The Secretary invited Foreign Minister Kamikawa to Washington.",
        kind="readout",
        issuer="United States",
    )
    assert ({"Antony Blinken"}, {"Yoko Kamikawa"}) in [sides(event) for event in told if event.type == "AGREE"]


def test_the_minister_of_a_readout_is_the_issuers_own(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Foreign Minister Penny Wong met Foreign Minister Retno Marsudi of Indonesia.\n\n"
        "The Minister thanked Indonesia for its help.",
        kind="readout",
        issuer="Australia",
    )
    assert {"Penny Wong"} in [sides(event)[0] for event in told if event.type == "SUPPORT"]


@pytest.mark.parametrize(
    "text",
    [
        "In Geneva the foreign minister of Peru had an informal contact with the foreign minister of Chile.",
        "Kenya and Uganda had an exchange of views on the dam.",
        "Norway held in-depth communication with Finland on the border.",
    ],
)
def test_contacts_that_were_had(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    assert [event.type for event in events(text)] == ["CONSULT"]

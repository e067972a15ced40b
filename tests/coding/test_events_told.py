"""Events told in other ways than by a plain verb: joint appearances, lists of the shut out, threats to strike back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

DAY = date(2024, 5, 14)


@pytest.fixture(scope="module")
def events() -> Callable[[str], tuple[Event, ...]]:
    coder = Coder()
    return lambda text: coder.code(Document(text, published=DAY, kind="news")).events


def states(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {p.actor.country for p in event.actors}, {p.actor.country for p in event.recipients}


@pytest.mark.parametrize(
    "text",
    [
        "The Greek prime minister answered questions after participating in a meeting with the President of Poland.",
        "The Spanish prime minister took part in a working lunch with his Greek counterpart in Athens on Tuesday.",
        "At a joint press conference with Kenyan President William Ruto, Chancellor Olaf Scholz answered questions.",
        "Ukraine's president told a joint news conference with Chancellor Olaf Scholz in Berlin that he was grateful.",
        "Speaking alongside Indian Prime Minister Narendra Modi in Delhi, French President Emmanuel Macron was brief.",
        "Norway's foreign minister had lunch with his Chilean counterpart on Monday.",
    ],
)
def test_a_joint_appearance_is_a_contact(events: Callable[[str], tuple[Event, ...]], text: str) -> None:
    found = [event for event in events(text) if event.type == "CONSULT" and event.status == "happened"]
    assert len(found) == 1
    assert len(set.union(*states(found[0]))) == 2


def test_a_planned_meeting_that_is_spoken_of_is_to_be(events: Callable[[str], tuple[Event, ...]]) -> None:
    (event,) = events("The government in Lima discussed the planned meeting of Joe Biden and Xi Jinping.")
    assert event.status == "planned"
    assert set.union(*states(event)) == {"USA", "CHN"}
    assert not events("The government in Lima discussed the meeting of Joe Biden and Xi Jinping.")


@pytest.mark.parametrize(
    ("text", "by", "against"),
    [
        ("Brazil would adopt reciprocal measures if Canada raised tariffs, the ministry said.", "BRA", {"CAN"}),
        ("China will resolutely take countermeasures should the United States go ahead.", "CHN", {"USA"}),
        ("India would respond in kind if Turkey went ahead, the ministry said.", "IND", {"TUR"}),
        ("Iran said it would respond firmly.", "IRN", set()),
    ],
)
def test_who_announces_to_strike_back_threatens(
    events: Callable[[str], tuple[Event, ...]], text: str, by: str, against: set[str]
) -> None:
    (event,) = [event for event in events(text) if event.type == "THREATEN"]
    assert event.status == "happened"
    assert states(event) == ({by}, against)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("China's commerce ministry added nine foreign entities, including two U.S. companies, to its "
         "unreliable entity list.", "SANCTION"),
        ("Britain placed two Russian banks on its sanctions list on Thursday.", "SANCTION"),
        ("The United States took three Chinese firms off its entity list.", "RETREAT"),
    ],
)  # fmt: skip
def test_lists_of_the_shut_out(events: Callable[[str], tuple[Event, ...]], text: str, kind: str) -> None:
    assert [event.type for event in events(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Norway added Chile to its list of visa-free countries.",
        "The minister spoke of signing a treaty with Japan.",
        "Canada's trade minister talked about the harvest in detail, and reaching an agreement with China.",
        "Norway's defence minister discussed the focus of his budget with regard to China.",
        "Kenya took part in the race.",
    ],
)
def test_no_event(events: Callable[[str], tuple[Event, ...]], text: str) -> None:
    assert not events(text)


@pytest.mark.parametrize("text", ["A paper wrote of U.S.-China talks:.", "Peru held talks with Chile, Bloomberg said."])
def test_who_is_named_is_no_place(events: Callable[[str], tuple[Event, ...]], text: str) -> None:
    assert [event.place for event in events(text) if event.type == "CONSULT"] == [None]

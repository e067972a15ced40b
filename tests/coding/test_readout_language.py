"""Turns of readouts and of diplomatic news: guests as epithets, presidents recalled, meetings worked towards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event


@pytest.fixture(scope="module")
def events() -> Callable[..., tuple[Event, ...]]:
    coder = Coder()
    return lambda text, day=date(2023, 10, 27): coder.code(Document(text, published=day)).events


def sides(event: Event) -> tuple[list[str], list[str]]:
    return [p.actor.name for p in event.actors], [p.actor.name for p in event.recipients]


@pytest.mark.parametrize(
    ("text", "guest", "host", "place"),
    [
        (
            "Minister of Commerce Wang Wentao held talks with visiting US Secretary of Commerce Gina Raimondo in "
            "Beijing.",
            "Gina Raimondo",
            "Wang Wentao",
            "Beijing",
        ),
        (
            "Turkish President Recep Tayyip Erdogan had a meeting with visiting Greek Prime Minister Kyriakos "
            "Mitsotakis in Ankara.",
            "Kyriakos Mitsotakis",
            "Recep Tayyip Erdogan",
            "Ankara",
        ),
    ],
)
def test_a_visiting_minister_is_the_guest(
    events: Callable[..., tuple[Event, ...]], text: str, guest: str, host: str, place: str
) -> None:
    (event,) = events(text)
    assert sides(event) == ([guest], [host])
    assert event.mode == "visit" and event.place and event.place.name == place


def test_the_two_presidents_are_those_of_the_states_when_ministers_talk(
    events: Callable[..., tuple[Event, ...]],
) -> None:
    told = events(
        "Qin Gang met US ambassador Nicholas Burns on Monday. "
        "Qin said a series of wrong words since the meeting of the two Presidents in Bali had undermined ties."
    )
    bali = [event for event in told if event.place and event.place.name == "Bali"]
    assert [sorted(p.actor.name for p in event.actors) for event in bali] == [["Joe Biden", "Xi Jinping"]]
    assert bali[0].status == "historical" and bali[0].date and bali[0].date.start is None


@pytest.mark.parametrize(
    ("text", "status", "month"),
    [
        (
            "They want to pursue diplomacy, including by working towards a meeting between President Macron and "
            "President Xi in Lyon in December.",
            "possible",
            date(2023, 12, 1),
        ),
        (
            "The visit was a step towards a meeting of Ruto and Museveni in Kampala next month.",
            "possible",
            date(2023, 11, 1),
        ),
        (
            "It would be the first trip to Japan by a French foreign minister since 2018.",
            "possible",
            date(2023, 10, 27),
        ),
    ],
)
def test_what_is_worked_towards_is_to_come(
    events: Callable[..., tuple[Event, ...]], text: str, status: str, month: date
) -> None:
    (event,) = [event for event in events(text) if event.act == "CONSULT" and event.trigger.text != "visit"]
    assert event.status == status and event.date and event.date.start == month


def test_the_first_trip_that_was_happened(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events("It was the first trip to Japan by a French foreign minister since 2018.")
    assert event.status == "happened"


def test_who_met_somewhere_did_not_telephone(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "President Emmanuel Macron met Chancellor Olaf Scholz in Meseberg today. "
        "The two governments are resuming telephone conversations between their generals."
    )
    assert all(event.mode != "phone" for event in told if event.trigger.text == "met")


def test_why_talks_were_broken_off_is_not_towards_whom(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events("China broke off military talks over Nancy Pelosi's visit to Taiwan. The United States protested.")
    assert all(p.actor.country != "TWN" for event in told if event.type == "SANCTION" for p in event.recipients)


def test_nobody_says_by_firing(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "By firing on a civilian ship Chad had broken the law, Mali's foreign minister said of the two states."
    )
    assert all("MLI" not in {p.actor.country for p in event.actors} for event in told if event.type == "ASSAULT")


def test_an_atmosphere_for_talks_is_no_talk(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events("Peru said that Chile had not created the proper atmosphere for dialogue between the two militaries.")
    assert all(event.status in ("possible", "hypothetical") for event in told if event.act == "CONSULT")


def test_who_goes_does_not_meet(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events("Peru and Chile published new rules. They go further than those of last year.")
    assert [event for event in told if event.act == "CONSULT"] == []


def test_a_meeting_taken_up_again_lies_behind(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events("The visit builds on the meeting of President Ruto and President Museveni in Nairobi.")
    (meeting,) = [event for event in told if event.trigger.text == "meeting"]
    assert meeting.status == "historical" and meeting.date and meeting.date.start is None


def test_a_second_title_brings_nobody_in(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events(
        "National Security Advisor Jake Sullivan met today with Chinese Communist Party Politburo Member and Director "
        "of the Office of the Foreign Affairs Commission Yang Jiechi in Bern, Switzerland."
    )
    assert sides(event) == (["Jake Sullivan", "Yang Jiechi"], [])

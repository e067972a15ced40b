"""Visits of leaders as press briefings tell them: which day, which country, and what is none; our own wording."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.evaluation.us_travel import visits
from detente.reading.transcripts import find_turns
from detente.records import Document, Event

DAY = date(2022, 6, 15)
SITE = "https://www.whitehouse.gov/briefing-room/1"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _events(coder: Coder, said: str, day: date = DAY) -> tuple[Event, ...]:
    text = f"MS. LIND: Good afternoon.\n\nQ Thank you.\n\nMS. LIND: {said}\n\nQ Thank you.\n\nMS. LIND: Goodbye."
    turns = find_turns(text, expected=True)
    return coder.code(Document(text, published=day, url=SITE, kind="transcript", turns=turns)).events


def _visits(coder: Coder, said: str, day: date = DAY) -> set[tuple[str, str, date, date]]:
    """Who visits where, from which day to which."""
    return {(v.person, v.host, v.first, v.last) for v in visits(_events(coder, said, day)) if v.role == "leader"}


@pytest.mark.parametrize(
    ("said", "host", "first", "last"),
    [
        ("The President's trip to Norway later this month is part of it.", "NOR", DAY, date(2022, 6, 30)),
        ("The President's trip to Norway later in the week is part of it.", "NOR", DAY, date(2022, 6, 19)),
        ("The President is going to Peru by the end of the year.", "PER", DAY, date(2022, 12, 31)),
        ("The President is planning a trip to Ghana before the end of the month.", "GHA", DAY, date(2022, 6, 30)),
    ],
)
def test_days_to_come_are_not_cut_at_the_day_of_talk(
    coder: Coder, said: str, host: str, first: date, last: date
) -> None:
    assert _visits(coder, said) == {("Joe Biden", host, first, last)}


def test_later_in_the_day_is_of_the_day_told_before(coder: Coder) -> None:
    said = (
        "On Monday, the President will give medals to firemen.\n\n"
        "Later in the day, the President will welcome President Macron to the White House."
    )
    assert _visits(coder, said) == {("Emmanuel Macron", "USA", date(2022, 6, 20), date(2022, 6, 20))}


def test_a_plan_goes_on_from_day_to_day(coder: Coder) -> None:
    said = (
        "On Tuesday, the President will leave for Egypt.\n\nThere he will speak of bees.\n\n"
        "On Wednesday, the President will then travel to Lima, Peru.\n\n"
        "On Friday, the President will travel to Oslo, Norway."
    )
    assert {(host, first) for _, host, first, _ in _visits(coder, said)} == {
        ("EGY", date(2022, 6, 21)),
        ("PER", date(2022, 6, 22)),
        ("NOR", date(2022, 6, 24)),
    }


def test_a_tour_of_several_countries_begins_on_its_day(coder: Coder) -> None:
    (tour,) = _events(coder, "On Friday, the President will depart for Norway, Ghana, and Peru.")
    assert tour.date is not None
    assert (tour.date.start, tour.date.end) == (date(2022, 6, 17), None)


@pytest.mark.parametrize(
    "said",
    [
        # What these days are of is something else.
        "The President hosts Prime Minister Trudeau for a dinner honoring the founding of the league on March 25th.",
        "There was talk over the weekend of a walk of President Lasso and President Biden at the White House following "
        "their meeting.",
        "The President will hold a meeting in Oslo with the 2022 bee chair, Prime Minister Store.",
        # A refusal.
        "The President won't travel to Norway this week.",
        # Those whom nobody named.
        "President Macron called. Prime Minister Browne of Antigua called President Lasso.\n\nThe President talked to "
        "the four leaders, as you know, yesterday at the White House about the railways.",
        # Other places than their names make believe.
        "On Friday, the President will travel to New London, Connecticut. Britain sends bees.",
        "He is going to the West Coast tomorrow. The President is here. Australia sends bees.",
        "Today, the Pope is in the Middle East. He spoke of Baltimore.",
        # Who of a house met them is not said.
        "The White House met with Saudi Arabia in Jeddah on Monday.",
    ],
)
def test_no_visit_with_days_is_made_of_it(coder: Coder, said: str) -> None:
    assert not _visits(coder, said)


def test_where_another_journey_went_is_not_where_they_met(coder: Coder) -> None:
    said = "It follows the President's hosting of the Quad in Oslo, as well as her trip to Japan last week."
    assert not {v for v in _visits(coder, said) if v[1] == "JPN"}


def test_what_was_seen_since_is_not_where_they_spoke(coder: Coder) -> None:
    said = "We have not, since President Biden and President Xi met a week ago, seen that they are involved in Ukraine."
    assert not _visits(coder, said)


def test_who_speaks_of_himself_may_tell_of_any_day(coder: Coder) -> None:
    text = "The bees thank you. I had hoped to see you on Monday, but the President and I traveled to Norway."
    found = coder.code(Document(text, published=DAY, url=SITE, kind="statement")).events
    assert not list(visits(found))


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Tomorrow, he will host South African President Ramaposa at the White House.", "Cyril Ramaphosa"),
        ("Tomorrow, he will host French President Macaron at the White House.", "Emmanuel Macron"),
        ("Tomorrow, he will host King Abdulla of Jordan at the White House.", "King Abdullah II"),
        ("Tomorrow, he will host Peruvian President Lind at the White House.", "Lind"),
    ],
)
def test_a_leader_misheard_is_still_himself(coder: Coder, said: str, who: str) -> None:
    assert {person for person, *_ in _visits(coder, f"The President is well. {said}")} == {who}


def test_the_return_of_an_envoy_is_not_the_meeting_of_the_presidents(coder: Coder) -> None:
    said = (
        "The French ambassador will return to Washington next week. There'll be a meeting between President Biden and "
        "President Macron, and they'll discuss this."
    )
    assert not _visits(coder, said)

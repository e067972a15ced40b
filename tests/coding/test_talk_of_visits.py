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


def test_a_day_of_the_week_may_come_before_a_date_told_earlier(coder: Coder) -> None:
    said = (
        "He will go to the June 28th summit in Brussels.\n\nThey will speak of bees.\n\n"
        "As you know, on Friday, the President will travel to Norway."
    )
    assert {(v[1], v[2]) for v in _visits(coder, said)} >= {("NOR", date(2022, 6, 17))}


def test_a_tour_of_several_countries_begins_on_its_day(coder: Coder) -> None:
    (tour,) = _events(coder, "On Friday, the President will depart for Norway, Ghana, and Peru.")
    assert tour.date is not None
    assert (tour.date.start, tour.date.end) == (date(2022, 6, 17), None)


@pytest.mark.parametrize(
    "said",
    [
        # These days are of something else.
        "There was talk over the weekend of a walk of President Lasso and President Biden at the White House following "
        "their meeting.",
        "President Biden will be in Peru soon. He will also hold a bilateral meeting with 2022 APEC Chair, the "
        "President of Peru, Pedro Castillo.",
        # A refusal.
        "The President won't travel to Norway this week.",
        # Other places than their names make believe.
        "On Friday, the President will travel to New London, Connecticut. Britain sends bees.",
        "Western Australia and Perth are fine.\n\nPresident Biden is going to the West Coast tomorrow.",
        "Baltimore is a town in Maryland.\n\nToday, Pope Francis is in the Middle East.",
        # Where something else happened.
        "Troops arrived in Ukraine since President Biden and President Xi met last week.",
        "Arms were used in Ukraine after President Biden and President Macron met last week.",
        "On Tuesday, the President flew to Lebanon, Ohio.",
        "The President visited the Mexican border on Monday. He visited the Japanese embassy on Monday.",
        "On Monday, President Biden visited Lake Charles. Prince Charles sent bees.",
        # Only perhaps.
        "If and when he travels to Israel in July, we will say so. The President is well.",
        "If and when the President travels to Israel in July, we will say so.",
        # Somebody of his name, and those who were sent.
        "President Biden sends greetings.\n\nDr. Biden and her team travelled to Quito on Monday.",
        "The President dispatched a number of officials to visit Norway in recent months.",
        "The President sent his team to visit Peru last week.",
        # Who of a house met them is not said.
        "The White House met with Saudi Arabia in Jeddah on Monday.",
    ],
)
def test_no_visit_with_days_is_made_of_it(coder: Coder, said: str) -> None:
    assert not _visits(coder, said)


def test_a_day_without_its_year_is_not_told_of_so_far_ahead(coder: Coder) -> None:
    said = "The President will then host the Prime Minister of Canada for a dinner in honor of the day — on March 25th."
    assert not _visits(coder, said, date(2022, 5, 16))


def test_whose_leaders_four_leaders_are_is_not_guessed(coder: Coder) -> None:
    text = (
        "MS. LIND: President Macron spoke of Ecuador, Peru and Ghana. President Lasso spoke of Peru.\n\nQ On trains?"
        "\n\nMS. LIND: The President talked to the four leaders yesterday about the railways.\n\nQ Thank you."
    )
    turns = find_turns(text, expected=True)
    analysis = coder.code(Document(text, published=DAY, url=SITE, kind="transcript", turns=turns)).analysis
    (four,) = [m for m in analysis.mentions if "four" in analysis.doc[m.start : m.end].text]
    assert not four.actors


def test_who_of_several_was_in_which_of_several_places_is_not_told(coder: Coder) -> None:
    text = (
        "President Biden met today with President Yoon of the Republic of Korea and Prime Minister Kishida of Japan. "
        "They followed up on their conversations in Seoul and Tokyo last month."
    )
    found = coder.code(Document(text, published=DAY, url=SITE, kind="readout")).events
    assert [e.place for e in found if e.act == "CONSULT"] == [None, None]


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

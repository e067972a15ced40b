"""Journeys and stays abroad: who, where, when, on sentences of our own in a government's words."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.reading.transcripts import find_turns
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


@pytest.mark.parametrize(
    "text",
    [
        "MS. LIND: Good afternoon.\n\nQ Thank you.\n\nMS. LIND: We welcome the visits of our senior leaders to Kenya "
        "and Ghana.\n\nQ Is he happy?\n\nMS. LIND: He is.",
        "MS. LIND: Good afternoon.\n\nQ Thank you.\n\nMS. LIND: Our leaders travelled to Accra last week.\n\n"
        "Q Is he happy?\n\nMS. LIND: He is.",
    ],
)
def test_several_leaders_of_one_state_are_not_its_head(coder: Coder, text: str) -> None:
    turns = find_turns(text, expected=True)
    found = coder.code(Document(text, published=DAY, url=SITE, kind="transcript", turns=turns)).events
    for event in found:
        assert not any(p.actor.name == "Joe Biden" or p.actor.level == "leader" for p in event.actors)


@pytest.mark.parametrize(
    ("text", "is_abroad"),
    [
        ("Today, President Biden is visiting storm-struck Mayagüez, Puerto Rico.", False),
        ("President Biden arrived in Guam on Tuesday.", False),
        ("President Biden met Secretary Blinken in San Juan, Puerto Rico, on Tuesday.", False),
        ("French President Emmanuel Macron visited New Caledonia on Monday.", False),
        ("President Biden travelled to Bermuda on Tuesday.", True),
    ],
)
def test_a_territory_of_ones_own_state_is_not_abroad(coder: Coder, text: str, is_abroad: bool) -> None:
    visits = [e for e in _events(coder, text) if e.act == "CONSULT" and (e.mode == "visit" or e.place)]
    assert bool(visits) == is_abroad


def test_what_is_done_where_one_travels_to_is_done_then(coder: Coder) -> None:
    text = (
        "This week, President Biden will travel to Norway. On Friday, June 17, he will travel to Bergen, Norway, where "
        "he will hold a meeting with Prime Minister Jonas Gahr Støre."
    )
    days = {(e.trigger.text, e.date.start, e.date.end) for e in _events(coder, text) if e.date and e.act == "CONSULT"}
    assert ("meeting", date(2022, 6, 17), date(2022, 6, 17)) in days


@pytest.mark.parametrize(
    "text",
    [
        "Is this going to be a topic when the President visits Japan?",
        "I have nothing to preview on what he will say when the President visits Japan.",
        "We will know more when the President visits Japan.",
        "There will be a lot of interest once the President visits Japan.",
        "That is something to watch when the President visits Japan.",
    ],
)
def test_a_visit_that_a_clause_of_time_expects_is_not_done(coder: Coder, text: str) -> None:
    for event in _events(coder, text):
        assert event.act != "CONSULT" or event.status not in ("happened", "ongoing")


def test_a_word_broken_off_is_no_name(coder: Coder) -> None:
    text = "Tomorrow, the President will host Kenyan President Kenya- — Kenyatta at the White House."
    (event,) = [e for e in _events(coder, text) if e.mode == "visit"]
    assert {p.actor.name for p in event.actors} == {"Uhuru Kenyatta"}
    assert text[event.evidence.start : event.evidence.end] == event.evidence.text


def test_a_member_of_a_body_is_not_the_body(coder: Coder) -> None:
    text = "Secretary Blinken met Chinese Communist Party Politburo member Yang Jiechi in Vienna on Monday."
    names = {p.actor.name for e in _events(coder, text) for p in (*e.actors, *e.recipients)}
    assert names == {"Antony Blinken", "Yang Jiechi"}
    text = "Secretary Blinken met with a Politburo member in Vienna on Monday."
    levels = {p.actor.level for e in _events(coder, text) for p in (*e.actors, *e.recipients)}
    assert "leader" not in levels


@pytest.mark.parametrize(
    "text",
    [
        "The President will take part in the Nordic Ministers Retreat — remotely — on Friday.",
        "On Friday, the President will join the Nordic Leaders Retreat.",
        "The President will participate virtually in the summit in Oslo on Friday.",
    ],
)
def test_who_takes_part_from_afar_or_at_no_place_is_nowhere_abroad(coder: Coder, text: str) -> None:
    assert not [event for event in _events(coder, text) if event.mode == "visit"]


@pytest.mark.parametrize(
    "said",
    [
        "There was even just a small dispute, which we resolved over the course of the President's visit to Oman.",
        "It is just that we resolved this during the President's visit to Oman.",
    ],
)
def test_a_visit_named_in_passing_is_not_of_the_day(coder: Coder, said: str) -> None:
    text = f"MS. LIND: Good afternoon.\n\nQ Thank you.\n\nMS. LIND: {said}\n\nQ And?\n\nMS. LIND: That is all."
    turns = find_turns(text, expected=True)
    found = coder.code(Document(text, published=DAY, url=SITE, kind="transcript", turns=turns)).events
    for event in found:
        assert event.mode != "visit" or event.date is None or event.date.start is None


def test_what_the_hearers_know_has_no_day_of_the_story(coder: Coder) -> None:
    text = (
        "MS. LIND: Good afternoon.\n\nQ Thank you.\n\nMS. LIND: The President spoke with President Macron earlier "
        "today. He, as you know, hosted the German Chancellor, Olaf Scholz.\n\nQ And?\n\nMS. LIND: That is all."
    )
    turns = find_turns(text, expected=True)
    found = coder.code(Document(text, published=DAY, url=SITE, kind="transcript", turns=turns)).events
    (visit,) = [e for e in found if e.mode == "visit"]
    assert visit.date is None or visit.date.start is None


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Secretary Granholm spoke of Putin's price rise, on which you heard the President. Glad to have her here.",
        set()),
        ("There was news on the President's visit to the U.N. next week.", set()),
        ("We had King Felipe here on Monday. President Sisi was in Oslo.", {"Abdel Fattah al-Sisi"}),
        ("The President met the king on Monday. He was in Oslo.", {"Joe Biden"}),
    ],
)  # fmt: skip
def test_visits_told_in_passing(coder: Coder, said: str, who: set[str]) -> None:
    text = f"MS. LIND: Good afternoon.\n\nQ Thank you.\n\nMS. LIND: {said}\n\nQ And?\n\nMS. LIND: That is all."
    turns = find_turns(text, expected=True)
    found = coder.code(Document(text, published=DAY, url=SITE, kind="transcript", turns=turns)).events
    visits = [e for e in found if e.mode == "visit" and e.place and e.place.country == "NOR"]
    assert {p.actor.name for e in visits for p in e.actors} == who
    assert not [e for e in found if e.mode == "visit" and e.place and e.place.country == "IND"]
    assert not [e for e in found for p in e.actors if e.mode == "visit" and p.actor.name == "Vladimir Putin"]
    for visit in visits:
        assert visit.date and (visit.date.start == date(2022, 6, 13)) == ("king" in said)


@pytest.mark.parametrize(
    "text",
    [
        "President Biden today announced the choice of a delegation to attend the inauguration in Nairobi on June 20.",
        "President Biden asked his envoy to attend the summit in Oslo on Friday.",
        "On Tuesday the President went to Ohio to visit the Samsung plant.",
        "Today, the Pope is in the Middle East.",
    ],
)
def test_who_sends_others_or_calls_on_a_firm_is_nowhere_abroad(coder: Coder, text: str) -> None:
    assert not [
        e for e in _events(coder, text) if e.mode == "visit" and any(p.actor.level == "leader" for p in e.actors)
    ]


def test_in_a_governments_words_a_known_city_is_meant(coder: Coder) -> None:
    text = "President Biden flew to New York on Monday. President Biden met President Parmelin in Geneva on Tuesday."
    assert {e.place.country for e in _events(coder, text) if e.place and e.place.name == "Geneva"} == {"CHE"}


def test_a_seat_of_government_is_no_traveller_beside_its_head(coder: Coder) -> None:
    text = "The White House and President Biden met Prime Minister Støre in Oslo on Monday."
    names = {p.actor.name for e in _events(coder, text) for p in (*e.actors, *e.recipients)}
    assert "White House" not in names and "Joe Biden" in names


@pytest.mark.parametrize(
    ("said", "host", "start"),
    [
        ("There's no question that trade is going to be on the agenda when he visits Japan.", "JPN", None),
        ("That is what happens when the President visits Japan.", "JPN", None),
        ("Just as the envoy has come, the King of Spain visited the President soon after he came in.", "USA", None),
        ("The President looks forward to welcoming President Macron here on Friday.", "USA", date(2022, 6, 17)),
        ("We went into Chad in 2001 to find them.", "TCD", None),
    ],
)  # fmt: skip
def test_days_of_visits_in_talk(coder: Coder, said: str, host: str, start: date | None) -> None:
    text = f"MS. LIND: Good afternoon.\n\nQ Thank you.\n\nPRESIDENT BIDEN: {said}\n\nQ And?\n\nMS. LIND: That is all."
    turns = find_turns(text, expected=True)
    found = coder.code(Document(text, published=DAY, url=SITE, kind="transcript", turns=turns)).events
    visits = [e for e in found if e.act == "CONSULT" and e.date and e.date.start]
    done = [e for e in visits if e.status in ("happened", "ongoing", "historical")]
    assert [e.date.start for e in visits if e.status == "planned" and e.date] == ([start] if start else [])
    assert not [e for e in done if e.place and e.place.country == host]


def test_families_of_others_are_not_those_named_before(coder: Coder) -> None:
    text = (
        "Families in Ukraine need grain; Ukrainian families hunger. President Biden spoke of his meeting today with "
        "the families of Anna Berg and Paul Holm."
    )
    assert not [e for e in _events(coder, text) if e.mode == "visit"]

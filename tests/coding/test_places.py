"""Place names are found, mean what the text around them says, and locate events."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.coding.analysis import Analysis, PlaceMention
from detente.coding.parse import analyse
from detente.coding.place_senses import Context, Name, resolve
from detente.coding.places import find_places, place_for
from detente.lexicon.places import load_gazetteer
from detente.records import Document


def _read(text: str, url: str | None = None) -> Analysis:
    analysis = analyse(Document(text, url=url))
    analysis.places = find_places(analysis, load_gazetteer())
    return analysis


def _places(text: str) -> dict[str, PlaceMention]:
    analysis = _read(text)
    return {analysis.doc[p.start : p.end].text: p for p in analysis.places}


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Police in Paris, Texas, arrested two men from Dallas.", "Paris", "USA", "Texas"),
        ("The minister flew to Paris on Tuesday and met the French president.", "Paris", "FRA", "Île-de-France"),
        ("Officials in Georgia said Tbilisi would sign the treaty with Armenia.", "Georgia", "GEO", None),
        ("Voters in Georgia and Alabama went to the polls; Atlanta saw long queues.", "Georgia", "USA", "Georgia"),
        ("The envoy arrived in Kiev after talks in Warsaw.", "Kiev", "UKR", "Kyiv City"),
        ("Floods hit Birmingham, Alabama, on Sunday.", "Birmingham", "USA", "Alabama"),
        ("Floods hit Birmingham and Coventry in England on Sunday.", "Birmingham", "GBR", "England"),
    ],
)
def test_a_name_means_what_its_neighbours_suggest(text: str, name: str, country: str, admin1: str | None) -> None:
    place = _places(text)[name].place
    assert (place.country, place.admin1) == (country, admin1)


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton smiled.",
        "George Washington was a general.",
        "He wrote for the Washington Post.",
        "French and Polish officials agreed.",
    ],
)
def test_persons_papers_and_demonyms_are_no_places(text: str) -> None:
    assert _places(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "acts"),
    [
        ("Beijing claims the island as its own.", "Beijing", True),
        ("The talks were held in Beijing on Monday.", "Beijing", False),
        ("Moscow and Tehran agreed to resume flights.", "Tehran", True),
        ("The sanctions were imposed by Canada last week.", "Canada", True),
        ("Fighting continued in Ukraine.", "Ukraine", False),
        ("The president travelled to Japan.", "Japan", False),
    ],
)
def test_a_capital_or_country_that_acts_stands_for_its_government(text: str, name: str, acts: bool) -> None:
    assert _places(text)[name].stands_for_government is acts


@pytest.mark.parametrize(
    ("text", "trigger", "where"),
    [
        ("The two ministers met in Oslo on Monday.", "met", "Oslo"),
        ("Their meeting in Bali last year ended well.", "meeting", "Bali"),
        ("She flew to Geneva for talks with her counterpart.", "talks", "Geneva"),
        ("He was set to visit Beijing in February.", "visit", "Beijing"),
        ("In Bali, where the leaders met, security was tight.", "met", "Bali"),
        ("The ministers met in Vienna, Austria, on Friday.", "met", "Vienna"),
        ("The Geneva talks collapsed.", "talks", "Geneva"),
        ("Beijing met the demand of the union.", "met", None),
        ("The ministers of France and Spain met on Friday.", "met", None),
        ("Rebels attacked a convoy in Mali.", "attacked", "Mali"),
    ],
)
def test_an_event_takes_place_where_its_clause_says(text: str, trigger: str, where: str | None) -> None:
    analysis = _read(text)
    index = next(token.i for token in analysis.doc if token.text == trigger)
    place = place_for(analysis, index)
    assert (place.name if place else None) == where


def test_a_name_no_list_has_lies_in_what_holds_it() -> None:
    places = _places("Rebels seized the village of Zyrkhovaniya, Ukraine, on Sunday.")
    unlisted = places.get("Zyrkhovaniya")
    assert unlisted is None or unlisted.place.country == "UKR"
    assert places["Ukraine"].place.country == "UKR"


def test_the_publishers_country_tips_the_scales() -> None:
    gazetteer = load_gazetteer()
    names = [Name("Perth")]
    (british,) = resolve(names, gazetteer, Context(home_country="GBR", countries={"GBR": 9}))
    (plain,) = resolve(names, gazetteer)
    assert british is not None and plain is not None
    assert gazetteer.country_of(plain[0]) == "AUS"
    assert british[1] != plain[1]


def test_one_form_has_one_sense_unless_the_text_holds_it_elsewhere() -> None:
    gazetteer = load_gazetteer()
    names = [Name("Paris", holder=1), Name("Texas"), Name("Paris", holder=3), Name("France"), Name("Paris", holder=1)]
    senses = resolve(names, gazetteer)
    countries = [gazetteer.country_of(sense[0]) for sense in senses if sense]
    assert countries == ["USA", "USA", "FRA", "FRA", "USA"]


def test_no_text_has_no_places() -> None:
    assert _read("").places == ()
    assert resolve([], load_gazetteer()) == []


def test_where_officials_of_two_states_meet_a_capital_is_meant_and_not_the_division_of_its_name() -> None:
    met = "Jake Sullivan met in Washington today with Wang Yi, Foreign Minister of China."
    voted = "Voters in Washington and Oregon went to the polls on Tuesday, officials in Seattle said."
    coder = Coder()
    places = [coder.code(Document(text, published=date(2023, 10, 27))).analysis.places for text in (met, voted)]
    found = [next(one.place for one in some if one.place.name == "Washington") for some in places]
    assert [place.admin1 for place in found] == ["District of Columbia", "Washington"]

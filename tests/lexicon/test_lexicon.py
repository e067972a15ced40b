from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from detente.lexicon import load_lexicon
from detente.lexicon.phrases import fold, plural_of

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("U.S.", "USA"), ("United States of America", "USA"), ("Americans", "USA"), ("Danes", "DNK"), ("Briton", "GBR"),
        ("Emirati", "ARE"), ("Türkiye", "TUR"), ("Turkiye", "TUR"), ("Burmese", "MMR"),
        ("DPRK", "PRK"), ("Czech", "CZE"),
        ("Frenchmen", "FRA"), ("Kosovar", "XKX"), ("Cote d'Ivoire", "CIV"), ("Congo", "COD"), ("DEU", "DEU"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_many_forms(form: str, code: str) -> None:
    country = LEXICON.country(form)
    assert country is not None
    assert country.iso3 == code


def test_an_unknown_form_is_no_country() -> None:
    assert LEXICON.country("Ruritania") is None


def test_every_member_of_the_united_nations_is_there(shared: Path) -> None:
    known = json.loads((shared / "knowledge" / "mledoze_countries.json").read_text(encoding="utf-8"))
    members = {row["cca3"] for row in known if row["unMember"]}
    ours = {code for code, country in LEXICON.countries.items() if country.status == "UN member"}
    assert members - ours - {"VAT"} == set()
    assert {row["cca3"]: row["cca2"] for row in known if row["cca3"] in ours} == {
        code: LEXICON.countries[code].iso2 for code in ours
    }


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2016, 5, 1), "Barack Obama"), (date(2019, 5, 1), "Donald Trump"), (date(2022, 5, 1), "Joe Biden")],
)
def test_who_holds_an_office_depends_on_the_day(day: date, name: str) -> None:
    assert [holder.name for holder in LEXICON.holders_on("USA", "president", day)] == [name]


def test_the_chancellor_leads_germany_and_the_president_does_not() -> None:
    day = date(2022, 6, 1)
    leader = LEXICON.leader("DEU", day)
    assert leader is not None
    assert leader.name == "Olaf Scholz"
    assert [h.name for h in LEXICON.holders_on("DEU", "president", day)] == ["Frank-Walter Steinmeier"]


def test_a_person_is_found_by_alias_whatever_the_accents_and_articles() -> None:
    day = date(2022, 6, 1)
    for name in ("Joseph R. Biden", "joe biden"):
        assert LEXICON.person(name, day)[0].name == "Joe Biden"
    assert LEXICON.person("Abdel Fattah El-Sisi", day)[0].country == "EGY"
    assert LEXICON.person("Nobody Atall", day) == ()


def test_the_office_held_on_the_day_comes_first() -> None:
    assert LEXICON.person("Joe Biden", date(2012, 1, 1))[0].level == "deputy leader"
    assert LEXICON.person("Joe Biden", date(2022, 1, 1))[0].level == "leader"


def test_members_of_bodies_are_known() -> None:
    assert set(LEXICON.organisations["AUKUS"].members) == {"AUS", "GBR", "USA"}
    assert len(LEXICON.organisations["EU"].members) == 27
    assert len(LEXICON.organisations["NATO"].members) == 32


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("secretary of state", "secretaries of state"), ("policeman", "policemen"), ("press officer", "press officers"),
        ("envoy", "envoys"), ("police", "police"), ("chief of staff", "chiefs of staff"), ("child", "children")],
)  # fmt: skip
def test_plurals_of_titles(singular: str, plural: str) -> None:
    assert plural_of(singular) == plural


def test_folding_keeps_case_and_drops_accents() -> None:
    assert fold("Élysée Łódź") == "Elysee Lodz"


@pytest.mark.parametrize(
    ("country", "name"),
    [("FRA", "Emmanuel Macron"), ("RUS", "Vladimir Putin"), ("DEU", "Olaf Scholz"), ("IND", "Narendra Modi")],
)
def test_who_leads_where_president_and_prime_minister_share_power(country: str, name: str) -> None:
    leader = load_lexicon().leader(country, date(2022, 3, 1))
    assert leader is not None
    assert leader.name == name

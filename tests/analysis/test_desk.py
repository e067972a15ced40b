from __future__ import annotations

from datetime import date

import pytest

from detente.analysis import desk
from detente.analysis.evidence import is_asked, sentence_around
from detente.analysis.wording import content_words, is_reworded, says_the_same
from detente.errors import OptionError
from detente.lexicon.naming import parse_country, parse_dyad
from detente.records import Actor


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2023, 6, 18), date(2023, 6, 18), "18 June 2023"),
        (date(2023, 6, 18), date(2023, 6, 19), "18–19 June 2023"),
        (date(2023, 6, 30), date(2023, 7, 2), "30 June – 2 July 2023"),
        (date(2023, 12, 31), date(2024, 1, 1), "31 December 2023 – 1 January 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 1, 1), date(2024, 6, 30), "January–June 2024"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 1, 1), None, "since 1 January 2024"),
        (None, None, "undated"),
    ],
)
def test_days_as_a_desk_writes_them(start: date | None, end: date | None, told: str) -> None:
    assert desk.days(start, end) == told


def test_days_within_a_line_are_told_alike() -> None:
    assert desk.with_desk_dates("met on 2023-06-18, not 2023-13-40") == "met on 18 June 2023, not 2023-13-40"


def test_persons_are_named_with_office_and_before_states_and_unnamed_officials() -> None:
    state = Actor("KEN", "Kenya", "KEN")
    unnamed = Actor("KEN:official", "Kenyan official", "KEN", level="official")
    minister = Actor("person:a-b", "Ann Banda", "KEN", office="Trade Minister", level="economic minister")
    leader = Actor("person:c-d", "Carl Deng", "KEN", office="President", level="leader")
    assert desk.named([state, minister, unnamed, leader]) == "Carl Deng (President) and Ann Banda (Trade Minister)"
    assert desk.named([minister, leader], limit=1) == "Carl Deng (President) and 1 more"


def test_articles_and_possessives_of_countries() -> None:
    assert desk.country_in_text("United Kingdom") == "the United Kingdom"
    assert desk.possessive(desk.country_in_text("Philippines")) == "the Philippines'"
    assert desk.possessive(desk.country_in_text("Chad")) == "Chad's"


def test_a_sentence_is_found_around_its_words() -> None:
    text = "Mr. Okoro met Gen. Diallo on 3 May. They signed a paper in Dakar.\n\nNothing else was said."
    start = text.index("signed")
    first, last = sentence_around(text, start, start + 6)
    assert text[first:last] == "They signed a paper in Dakar."
    first, last = sentence_around(text, 4, 9)
    assert text[first:last] == "Mr. Okoro met Gen. Diallo on 3 May."


def test_what_leads_to_a_question_is_asked() -> None:
    text = "Agency: Mali says that Niger closed the bridge. Is that so?\nSpokesman: The bridge is open."
    assert is_asked(text, text.index("Mali"))
    assert not is_asked(text, text.index("The bridge is open"))


def test_the_same_message_in_other_words() -> None:
    first = content_words("Togo will never accept a border post on the western bank of the river")
    again = content_words("Togo won't accept any border post on the western bank, nor a bridge across the river")
    assert says_the_same(first, again) and is_reworded(first, again)
    assert not is_reworded(first, content_words("Togo will not accept a border post on the western bank of the river."))
    assert not says_the_same(first, content_words("Togo will accept a border post on the western bank of the river"))
    assert not says_the_same(first, content_words("Togo wants trade with all its neighbours to grow"))


@pytest.mark.parametrize("name", ["KEN", "ken", "Kenya", "kenya", "Kenyan"])
def test_countries_go_by_code_name_and_adjective(name: str) -> None:
    assert parse_country(name) == "KEN"


def test_a_capital_is_no_country_but_leads_to_one() -> None:
    with pytest.raises(OptionError, match=r"Kenya \(KEN\)"):
        parse_country("Nairobi")


def test_a_dyad_is_two_countries_in_the_order_given() -> None:
    assert parse_dyad("Ugandan", "KEN") == ("UGA", "KEN")
    with pytest.raises(OptionError, match="same country"):
        parse_dyad("Kenya", "KEN")

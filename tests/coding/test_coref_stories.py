"""Who is meant in longer stories, readouts and statements of our own."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding.actors import find_mentions
from detente.coding.coref import resolve
from detente.coding.parse import analyse
from detente.lexicon import load_lexicon
from detente.records import Actor, Document

DAY = date(2022, 6, 15)
DANES = {
    "kind": "statement",
    "publisher": "Ministry of Foreign Affairs of Denmark",
    "issuer": "Ministry of Foreign Affairs of Denmark",
}
AMERICANS = {"kind": "readout", "publisher": "The White House", "issuer": "The White House"}


def actors(text: str, words: str, day: date = DAY, nth: int = 0, **about: str) -> tuple[Actor, ...]:
    """The actors of the nth mention with these words; none where there is no such mention."""
    analysis = analyse(Document(text, published=day, **about))  # type: ignore[arg-type]
    lexicon = load_lexicon()
    found = resolve(analysis, lexicon, find_mentions(analysis, lexicon))
    same = [m for m in found if analysis.doc[m.start : m.end].text == words]
    return same[nth].actors if len(same) > nth else ()


def meant(text: str, words: str, day: date = DAY, nth: int = 0, **about: str) -> list[str]:
    """Names of persons, or ids of others, in alphabetical order."""
    found = actors(text, words, day, nth, **about)
    return sorted(a.name if a.id.startswith("person:") else a.id for a in found)


MEETING = (
    "Presidents Emmanuel Macron and Sergio Mattarella met in Rome in May. A month later Foreign Minister Annalena "
    "Baerbock went to Rome after a trip to Ankara, where she had seen President Recep Tayyip Erdogan. "
)


def test_two_of_an_office_are_the_two_who_met() -> None:
    assert meant(MEETING + "The two presidents will meet again.", "The two presidents") == [
        "Emmanuel Macron",
        "Sergio Mattarella",
    ]


@pytest.mark.parametrize(
    ("text", "title", "who"),
    [
        (
            "Secretary Antony Blinken met Foreign Minister Qin Gang. The Secretary raised trade.",
            "The Secretary",
            "Antony Blinken",
        ),
        (
            "Secretary Blinken met Penny Wong, Minister of Foreign Affairs. The Minister spoke of trade.",
            "The Minister",
            None,
        ),
    ],
)
def test_a_bare_title_in_an_account_is_of_its_own_side(text: str, title: str, who: str | None) -> None:
    found = meant(text, title, date(2023, 6, 18), **AMERICANS)
    assert found == [who] if who else "Antony Blinken" not in found


def test_two_leaders_are_persons_where_two_leaders_met() -> None:
    text = "Prime Minister Justin Trudeau met with President Gustavo R. Petro. Canada grants Colombia a loan. "
    assert meant(text + "The two leaders signed it.", "The two leaders", date(2023, 5, 1)) == [
        "Gustavo Petro",
        "Justin Trudeau",
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "They discussed the response to Russia's war and the needs of Poland and Romania.",
        "The leaders deplored attacks by Iran and North Korea. They welcomed the help of Poland and Romania.",
    ],
)
def test_they_of_a_readout_are_those_who_talked(rest: str) -> None:
    text = "President Joe Biden spoke today with President Emmanuel Macron of France. "
    assert meant(text + rest, "They", **AMERICANS) == ["Emmanuel Macron", "Joe Biden"]


def test_they_after_a_meeting_skips_those_talked_about() -> None:
    text = "Olaf Scholz received Mark Rutte in Berlin to talk about floods in Belgium and Luxembourg. They wore boots."
    assert meant(text, "They") == ["Mark Rutte", "Olaf Scholz"]


def test_the_embassy_of_the_other_state() -> None:
    text = (
        "Statement on the Embassy of the Republic of Peru\n\nDenmark will close its consulate. On Monday the Danish "
        "Government expelled four members of the Embassy. On Tuesday Lima closed our Embassy."
    )
    assert meant(text, "the Embassy", **DANES) == ["PER:GOV"]
    assert meant(text, "Embassy", **DANES) == ["DNK:GOV"]


def test_the_minister_is_no_deputy() -> None:
    text = (
        "Minister of Foreign Affairs Jeppe Kofod spoke on Monday. Deputy Minister Hans Prøve flew to Lima. "
        "The Minister praised the flight."
    )
    assert meant(text, "The Minister", **DANES) == ["Jeppe Kofod"]


def test_an_ambassador_summoned_is_of_another_state() -> None:
    text = "Denmark and Peru quarrel over fish. The Danish Foreign Ministry summoned Ambassador Ana Prueba on Monday."
    (ambassador,) = actors(text, "Ambassador Ana Prueba")
    assert ambassador.country == "PER"
    (ambassador,) = actors(
        "Lima is angry. The Minister summoned Ambassador Ana Prueba.", "Ambassador Ana Prueba", **DANES
    )
    assert ambassador.country == "PER"


def test_names_with_hyphens_initials_and_capitals() -> None:
    assert meant("Vice Foreign Minister Min Sei-yeon left.", "Vice Foreign Minister Min Sei-yeon") == ["Min Sei-yeon"]
    text = "Foreign Minister Hadi Al-Prueba of Kuwait left."
    assert meant(text, "Foreign Minister Hadi Al-Prueba of Kuwait") == ["Hadi Al-Prueba"]
    assert meant("President Emmanuel J. Macron left.", "President Emmanuel J. Macron") == ["Emmanuel Macron"]
    assert meant("Prime Minister SCHOLZ Olaf left.", "Prime Minister SCHOLZ Olaf") == ["Olaf Scholz"]


def test_the_junta_is_of_the_state_of_the_officers() -> None:
    text = (
        "Soldiers seized power in Gabon last week and Gabon's generals closed the airport. A crowd burnt a flag before "
        "the French embassy. President Emmanuel Macron promised to protect French citizens. The junta accused Paris."
    )
    assert meant(text, "The junta", date(2023, 9, 3)) == ["GAB:GOV"]


def test_a_possessor_lends_its_body() -> None:
    text = "The African Union met on Monday. The bloc's military chiefs will meet on Friday."
    assert all(a.id.startswith("org:AU") for a in actors(text, "military chiefs"))
    assert actors(text, "military chiefs")


def test_ships_are_no_persons() -> None:
    text = "The USS Exemplar sailed past HMCS Prudence. The crew of Exemplar waved."
    assert [a.country for a in actors(text, "The USS Exemplar")] == ["USA"]
    assert [(a.country, a.sectors) for a in actors(text, "HMCS Prudence")] == [("CAN", ("MIL",))]
    assert [a.country for a in actors(text, "Exemplar")] == ["USA"]
    text = "Iran fired at a British frigate, HMS Prudence, on Monday."
    assert all(a.country == "GBR" for words in ("a British frigate", "HMS Prudence") for a in actors(text, words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peru threatened to use force against Chile.", "force"),
        ("Peru opposed attempts to redraw the border by force.", "force"),
        ("The loan is a project under Official Development Assistance.", "Official"),
        ("Peru stated its opposition to the plan.", "opposition"),
    ],
)
def test_abstract_nouns_do_not_act(text: str, words: str) -> None:
    assert actors(text, words) == ()


def test_bare_plurals_belong_to_the_subject() -> None:
    text = "Russian soldiers fired at a ship. Visiting troops in Leeds, Prime Minister Boris Johnson praised the crew."
    assert meant(text, "troops") == ["GBR:MIL"]


def test_each_and_both_take_the_two_in_focus() -> None:
    text = "Peru and Chile closed the border. "
    assert meant(text + "Each government accused the other of lying.", "Each government") == ["CHL", "PER"]
    assert meant(text + "Each side accused the other of lying.", "the other") == ["CHL", "PER"]
    assert meant(text + "Both parliaments will vote.", "Both parliaments") == ["CHL:LEG", "PER:LEG"]


def test_one_urged_to_undo_a_thing_did_it() -> None:
    text = "Emmanuel Macron urged Viktor Orban to withdraw the order, which he signed on Monday."
    assert meant(text, "he") == ["Viktor Orban"]


def test_a_body_in_a_town_is_of_its_country() -> None:
    assert meant("Prosecutors in Rotterdam want him back.", "Prosecutors") == ["NLD:JUD"]
    assert meant("A court in Stuttgart let him go.", "A court") == ["DEU:JUD"]


def test_the_only_two_of_the_sentence() -> None:
    text = "Olaf Scholz spoke with Mark Rutte. Emmanuel Macron urged him to wait when the two met in Lyon."
    assert meant(text, "the two") == ["Emmanuel Macron", "Olaf Scholz"]


def test_a_third_brings_the_pair_together() -> None:
    text = "Olaf Scholz met Mark Rutte in Bonn. On Friday Emmanuel Macron brought the pair together again."
    assert meant(text, "the pair") == ["Mark Rutte", "Olaf Scholz"]


def test_who_summons_an_ambassador_is_not_of_its_state() -> None:
    text = "Peru and Chile quarrel. Chile's ambassador, Ana Prueba, was summoned by Deputy Foreign Minister Luz Ensayo."
    (minister,) = actors(text, "Deputy Foreign Minister Luz Ensayo")
    assert minister.country == "PER"


def test_two_presidents_named_long_before() -> None:
    text = (
        "Emmanuel Macron spoke in Lyon. Italy bought fish. Sergio Mattarella spoke in Turin. France sold wheat. "
        "Peru sold copper. Chile sold fruit. Peru bought fish. It will host the two presidents in May."
    )
    assert meant(text, "the two presidents") == ["Emmanuel Macron", "Sergio Mattarella"]


def test_the_three() -> None:
    text = "Olaf Scholz met Mark Rutte and Emmanuel Macron in Bonn. The three will meet again."
    assert meant(text, "The three") == ["Emmanuel Macron", "Mark Rutte", "Olaf Scholz"]


def test_names_after_a_plural_title_share_it_in_order() -> None:
    text = "Peru and Chile are friends. The army chiefs of both countries, Luis Prueba and Pablo Ensayo, met."
    assert [(a.country, a.level) for a in actors(text, "Luis Prueba")] == [("PER", "military")]
    assert [(a.country, a.level) for a in actors(text, "Pablo Ensayo")] == [("CHL", "military")]


def test_them_may_be_nobody_the_text_codes() -> None:
    text = "France left Mali with the European Union. When looters burnt a shop, Malian police drove them away."
    assert meant(text, "them") == []


def test_the_country_one_acts_in_is_not_ones_own() -> None:
    text = "The coup in Niger worries many. Washington kept its troops in the country."
    assert meant(text, "the country") == ["NER"]


def test_our_two_countries_are_those_of_the_readout() -> None:
    text = (
        "President Joe Biden spoke today with President Emmanuel Macron of France about threats posed by Iran. The "
        "President said that Iran must not arm. The President praised the friendship between our two countries."
    )
    assert meant(text, "two countries", **AMERICANS) == ["FRA", "USA"]


def test_the_president_is_the_guest_where_the_issuers_is_not_there() -> None:
    text = "Vice President Kamala Harris met today with President Emmanuel Macron of France. The President smiled."
    assert meant(text, "The President", **AMERICANS) == ["Emmanuel Macron"]
    text = "President Joe Biden met today with President Emmanuel Macron of France. The President smiled."
    assert meant(text, "The President", **AMERICANS) == ["Joe Biden"]

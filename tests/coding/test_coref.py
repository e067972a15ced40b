"""Who is meant, on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding.actors import find_mentions
from detente.coding.coref import resolve
from detente.coding.parse import analyse
from detente.lexicon import load_lexicon
from detente.records import Document

DAY = date(2022, 6, 15)


def meant(text: str, words: str, day: date = DAY, nth: int = 0, **about: str) -> list[str]:
    """Names of persons, or ids of others, that the nth mention with these words stands for."""
    analysis = analyse(Document(text, published=day, **about))  # type: ignore[arg-type]
    lexicon = load_lexicon()
    found = resolve(analysis, lexicon, find_mentions(analysis, lexicon))
    same = [m for m in found if analysis.doc[m.start : m.end].text == words]
    assert len(same) > nth, [analysis.doc[m.start : m.end].text for m in found]
    return [a.name if a.id.startswith("person:") else a.id for a in same[nth].actors]


TALKS = "German Chancellor Olaf Scholz met Japanese Prime Minister Fumio Kishida in Osaka on Monday. "


@pytest.mark.parametrize(
    ("rest", "words", "names"),
    [
        ("Scholz praised the city.", "Scholz", ["Olaf Scholz"]),
        ("He promised more trade.", "He", ["Olaf Scholz"]),
        ("The chancellor promised more trade.", "The chancellor", ["Olaf Scholz"]),
        ("The prime minister smiled.", "The prime minister", ["Fumio Kishida"]),
        ("The two leaders shook hands.", "The two leaders", ["Olaf Scholz", "Fumio Kishida"]),
        ("The duo posed for pictures.", "The duo", ["Olaf Scholz", "Fumio Kishida"]),
        ("The two countries are close.", "The two countries", ["DEU", "JPN"]),
        ("Both sides were content.", "Both sides", ["DEU", "JPN"]),
        ("Neither side mentioned gas.", "Neither side", ["DEU", "JPN"]),
        ("His government wants a treaty.", "government", ["DEU:GOV"]),
        ("They signed a paper.", "They", ["Olaf Scholz", "Fumio Kishida"]),
    ],
)
def test_anaphora_after_a_meeting(rest: str, words: str, names: list[str]) -> None:
    assert sorted(meant(TALKS + rest, words)) == sorted(names)


def test_a_headline_may_name_only_the_surname() -> None:
    text = "Scholz courts Tokyo\n\nGerman Chancellor Olaf Scholz flew to Japan.\n\nHe stayed for two days.\n"
    assert meant(text, "Scholz") == ["Olaf Scholz"]


def test_a_surname_never_introduced_is_the_leader_of_the_day() -> None:
    assert meant("Macron warned of famine.", "Macron") == ["Emmanuel Macron"]


def test_a_counterpart_holds_the_same_office() -> None:
    text = "German Foreign Minister Annalena Baerbock telephoned her French counterpart on Friday."
    assert meant(text, "French counterpart") == ["Catherine Colonna"]
    assert meant(text, "her") == ["Annalena Baerbock"]


def test_a_counterpart_named_takes_the_office() -> None:
    text = "German Foreign Minister Annalena Baerbock telephoned her Gabonese counterpart, Jean Essai, on Friday."
    analysis = analyse(Document(text, published=DAY))
    lexicon = load_lexicon()
    found = resolve(analysis, lexicon, find_mentions(analysis, lexicon))
    essai = next(a for m in found for a in m.actors if a.name == "Jean Essai")
    assert (essai.country, essai.level) == ("GAB", "foreign minister")


def test_one_told_what_to_do_is_meant_by_the_pronoun() -> None:
    text = "Emmanuel Macron told Viktor Orban that he must respect the court."
    assert meant(text, "he") == ["Viktor Orban"]


def test_one_thanked_for_his_help() -> None:
    assert meant("Emmanuel Macron thanked Viktor Orban for his help.", "his") == ["Viktor Orban"]


def test_an_object_is_not_its_own_subject() -> None:
    text = "Emmanuel Macron called on Viktor Orban and thanked him."
    assert meant(text, "him") == ["Viktor Orban"]


def test_its_is_the_subject_of_the_clause() -> None:
    assert meant("Peru recalled its ambassador from Chile.", "its") == ["PER"]
    assert meant("Peru recalled its ambassador from Chile.", "ambassador") == ["PER:ambassador"]


def test_a_predicate_is_not_owned_by_its_subject() -> None:
    assert meant("Poland said that Ukraine was its friend.", "its") == ["POL"]


def test_it_without_meaning_stands_for_nobody() -> None:
    text = "Peru closed the border. It is unclear if Chile will follow."
    analysis = analyse(Document(text, published=DAY))
    assert "It" not in {analysis.doc[m.start : m.end].text for m in find_mentions(analysis, load_lexicon())}


def test_the_country_and_the_kingdom() -> None:
    assert meant("Norway's foreign minister left Angola. The kingdom had lent it money.", "The kingdom") == ["NOR"]
    assert meant("The Swiss envoy flew to Angola for a short stay in the country.", "the country") == ["AGO"]


def test_the_bloc_and_the_alliance() -> None:
    text = "The EU and NATO met. The alliance wants more money. The bloc has none."
    assert meant(text, "The alliance") == ["org:NATO"]
    assert meant(text, "The bloc") == ["org:EU"]


def test_the_president_of_a_readout_is_the_issuers() -> None:
    text = "President Biden spoke with President Emmanuel Macron of France. The President thanked him."
    assert meant(text, "The President", kind="readout", issuer="The White House") == ["Joe Biden"]
    assert meant(text, "him", kind="readout", issuer="The White House") == ["Emmanuel Macron"]


def test_the_president_of_the_news_is_the_one_last_named() -> None:
    text = "President Emmanuel Macron of France flew to Rome. The president was cheered."
    assert meant(text, "The president") == ["Emmanuel Macron"]


def test_we_in_a_quotation_is_the_speaker() -> None:
    text = '"We will never yield," Volodymyr Zelensky said.'
    assert meant(text, "We") == ["Volodymyr Zelenskyy"]


def test_leaders_of_the_states_of_a_pact() -> None:
    text = "AUKUS was widened, the leaders of the three countries said."
    assert meant(text, "the leaders") == ["Anthony Albanese", "Boris Johnson", "Joe Biden"]


def test_officials_belong_to_the_place_beside_them() -> None:
    assert meant("Officials in Nairobi denied it.", "Officials") == ["KEN:official"]
    assert meant("Western officials denied it. Kenya did not.", "Western officials") == ["unnamed:official"]


def test_the_mentions_keep_their_order_and_number() -> None:
    analysis = analyse(Document(TALKS + "They smiled.", published=DAY))
    lexicon = load_lexicon()
    found = find_mentions(analysis, lexicon)
    done = resolve(analysis, lexicon, found)
    assert [(m.start, m.end, m.root) for m in done] == [(m.start, m.end, m.root) for m in found]
    assert all(m.why for m in done)
    assert resolve(analysis, lexicon, ()) == ()


def test_the_two_heads_of_state_are_leaders() -> None:
    text = "Presidents Emmanuel Macron of France and Sergio Mattarella of Italy met. The two heads of state dined."
    assert meant(text, "The two heads of state") == ["Emmanuel Macron", "Sergio Mattarella"]


def test_the_ministers_are_those_named_in_the_plural() -> None:
    text = "EU foreign ministers met in Prague. Norway asked the ministers for help."
    assert meant(text, "the ministers") == ["org:EU:foreign minister"]


def test_first_persons_of_a_transcript_and_a_statement() -> None:
    text = "We stand with Peru. I spoke to its president."
    about = {"kind": "statement", "issuer": "The White House", "title": "Statement by President Biden on Peru"}
    assert meant(text, "We", **about) == ["USA"]
    assert meant(text, "I", **about) == ["Joe Biden"]

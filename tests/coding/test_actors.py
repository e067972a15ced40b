"""Who is mentioned, on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.actors import find_mentions
from detente.coding.analysis import Mention
from detente.coding.parse import analyse
from detente.lexicon import load_lexicon
from detente.records import LEVELS, Actor, Document

DAY = date(2022, 6, 15)


def mentions(text: str, day: date | None = DAY) -> dict[str, Mention]:
    """Mentions by their words."""
    analysis = analyse(Document(text, published=day))
    return {analysis.doc[m.start : m.end].text: m for m in find_mentions(analysis, load_lexicon())}


def actor(text: str, words: str, day: date | None = DAY) -> Actor:
    """The one actor of the mention with these words."""
    found = mentions(text, day)
    assert words in found, sorted(found)
    (only,) = found[words].actors
    return only


def test_a_titled_name_is_one_mention_with_its_head_at_the_name() -> None:
    text = "Japanese Foreign Minister Yoshimasa Hayashi landed in Oslo."
    analysis = analyse(Document(text, published=DAY))
    first, *_ = find_mentions(analysis, load_lexicon())
    assert analysis.doc[first.start : first.end].text == "Japanese Foreign Minister Yoshimasa Hayashi"
    assert analysis.doc[first.root].text == "Hayashi"
    (who,) = first.actors
    assert (who.name, who.country, who.level) == ("Yoshimasa Hayashi", "JPN", "foreign minister")


def test_a_stranger_takes_country_and_office_from_the_words() -> None:
    who = actor("Finnish Foreign Minister Aino Testilä met farmers.", "Finnish Foreign Minister Aino Testilä")
    assert (who.id, who.country, who.office, who.level, who.sectors) == (
        "person:aino-testila", "FIN", "Foreign Minister", "foreign minister", ("GOV",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The German chancellor flew home.", "The German chancellor", "Olaf Scholz"),
        ("Reporters asked the US secretary of state about it.", "the US secretary of state", "Antony Blinken"),
        ("The prime minister of Japan resigned.", "The prime minister of Japan", "Fumio Kishida"),
        ("Top US diplomat heads to Seoul.", "Top US diplomat", "Antony Blinken"),
    ],
)
def test_a_title_stands_for_the_holder_on_the_day(text: str, words: str, name: str) -> None:
    assert actor(text, words).name == name


def test_the_same_title_on_another_day_is_another_person() -> None:
    text, words = "The French president spoke.", "The French president"
    assert actor(text, words, date(2016, 1, 5)).name == "Francois Hollande"
    assert actor(text, words, date(2018, 1, 5)).name == "Emmanuel Macron"


def test_one_who_left_office_keeps_the_country_without_level() -> None:
    who = actor("Angela Merkel gave a lecture.", "Angela Merkel")
    assert (who.country, who.level, who.sectors) == ("DEU", None, ("ELI",))
    assert who.office == "former Chancellor"


@pytest.mark.parametrize("words", ["Gabriel Tests, the Chilean ambassador", "The Chilean ambassador, Gabriel Tests"])
def test_an_apposition_tells_country_and_office(words: str) -> None:
    who = actor(f"{words}, left early.", words)
    assert (who.name, who.country, who.level) == ("Gabriel Tests", "CHL", "ambassador")


def test_a_title_of_a_country_after_the_name() -> None:
    who = actor("She thanked President Petr Zkouška of Slovenia.", "President Petr Zkouška of Slovenia")
    assert (who.country, who.level) == ("SVN", "leader")


@pytest.mark.parametrize(
    ("text", "words", "ident", "sector"),
    [
        ("Russian troops crossed the river.", "Russian troops", "RUS:MIL", "MIL"),
        ("Kenyan police fired tear gas.", "Kenyan police", "KEN:COP", "COP"),
        ("The Chinese foreign ministry protested.", "The Chinese foreign ministry", "CHN:foreign ministry", "GOV"),
        ("The Norwegian parliament voted.", "The Norwegian parliament", "NOR:LEG", "LEG"),
        ("The Pentagon confirmed it.", "The Pentagon", "USA:defence ministry", "GOV"),
        ("NATO agreed.", "NATO", "org:NATO", "IGO"),
        ("Hamas fired rockets.", "Hamas", "group:hamas", "REB"),
        ("Reuters reported it.", "Reuters", "outlet:reuters", "JRN"),
        ("Huawei sued.", "Huawei", "company:huawei", "BUS"),
        ("Amnesty International protested.", "Amnesty International", "org:AMNESTY", "NGO"),
    ],
)
def test_bodies_and_role_nouns(text: str, words: str, ident: str, sector: str) -> None:
    who = actor(text, words)
    assert who.id == ident
    assert sector in who.sectors


def test_two_countries_before_one_noun_are_two_actors() -> None:
    found = mentions("Talks between senior Indian and Nepali officials went on.")["senior Indian and Nepali officials"]
    assert [a.country for a in found.actors] == ["IND", "NPL"]
    assert found.number == 2


def test_analysts_observe_and_speak_for_nobody() -> None:
    words = "Maria Probe, an analyst at the Lowy Institute"
    who = actor(f"{words}, doubted it.", words)
    assert (who.role, who.country) == ("observer", None)
    assert actor("Analysts doubt it.", "Analysts").role == "observer"


@pytest.mark.parametrize("text", ["US-China ties froze.", "US–China ties froze.", "Sino-American ties froze."])
def test_joined_names_are_two_states(text: str) -> None:
    codes = {a.country for m in mentions(text).values() for a in m.actors}
    assert codes == {"USA", "CHN"}


def test_a_token_that_joins_two_states_has_both() -> None:
    codes = {a.country for m in mentions("The U.S.-Egypt partnership grew.").values() for a in m.actors}
    assert codes == {"USA", "EGY"}


def test_a_capital_stands_for_its_government_only_where_it_acts() -> None:
    assert actor("Beijing claims the reef.", "Beijing").id == "CHN"
    assert actor("Manila protested to Beijing.", "Beijing").id == "CHN"
    assert "Beijing" not in mentions("The summit was held in Beijing.")
    assert mentions("Scholz visited Beijing.")["Beijing"].why == "place as host"
    assert "Moscow" not in mentions("She lives near Moscow's airport.")


def test_brussels_acts_for_the_european_union() -> None:
    assert actor("Brussels fined the company.", "Brussels").id == "org:EU"


@pytest.mark.parametrize(
    "text",
    [
        "The ship sailed the South China Sea.",
        "They ate turkey with us.",
        "Senators from Florida and Georgia met in Atlanta.",
    ],
)
def test_names_inside_other_names_are_no_states(text: str) -> None:
    codes = {a.id for m in mentions(text).values() for a in m.actors if a.id == a.country}
    assert codes <= {"USA"}


def test_a_first_name_is_no_country() -> None:
    codes = {a.country for m in mentions("The actor Michael Jordan Smith sang.").values() for a in m.actors}
    assert "JOR" not in codes


def test_a_backed_militia_is_not_its_backers() -> None:
    found = mentions("Iran-backed militias shelled the base.")
    assert all(a.country != "IRN" for words, m in found.items() if "militias" in words for a in m.actors)
    assert found["Iran"].why == "backer in a compound"


def test_a_demonym_before_an_event_noun_is_a_state() -> None:
    assert actor("An Israeli airstrike hit the port.", "Israeli").id == "ISR"


def test_a_dateline_is_no_actor() -> None:
    found = mentions("NAIROBI, June 3 — Uganda closed the border.")
    assert not any("NAIROBI" in words for words in found)


def test_without_a_day_the_latest_holder_counts() -> None:
    assert actor("The French president spoke.", "The French president", None).country == "FRA"


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            ["Beijing", "the", "president", "of", "Chinese", ",", "and", "Olaf", "Scholz", "said", "US", "-", "'s",
             "ministers", "both", "sides", "his", "counterpart", ".", "troops", "\n", '"', "NATO", "Jordan", "he"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_any_words_give_well_formed_mentions(words: list[str]) -> None:
    analysis = analyse(Document(" ".join(words), published=DAY))
    found = find_mentions(analysis, load_lexicon())
    assert list(found) == sorted(found, key=lambda m: (m.start, m.end))
    for mention in found:
        assert mention.start <= mention.root < mention.end <= len(analysis.doc)
        for one in mention.actors:
            assert one.level is None or one.level in LEVELS
            assert one.country is None or one.country in load_lexicon().countries


def test_the_indo_pacific_is_no_state() -> None:
    codes = {a.country for m in mentions("Peru looks to the Indo-Pacific region.").values() for a in m.actors}
    assert codes == {"PER"}


def test_an_ambassador_is_not_of_the_host() -> None:
    found = mentions("France recalled its ambassador to Chile.")
    assert [a.id for a in found["Chile"].actors] == ["CHL"]
    words = "The U.S. ambassador in Bern, Ada Probe"
    assert actor(f"{words}, called it a slip.", words).country == "USA"


def test_a_plural_title_makes_no_person_of_what_follows() -> None:
    names = {a.name for m in mentions("The G7 Foreign Ministers Meeting went well.").values() for a in m.actors}
    assert "Meeting" not in names

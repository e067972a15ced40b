"""Signals: formulas of the ladder in context, on sentences of our own."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from detente.coding.coder import Coder
from detente.lexicon.ladder import SCALES, rungs
from detente.records import Document, Signal

DAY = date(2023, 6, 20)


@cache
def coder() -> Coder:
    return Coder(relation="rules")


def signals(text: str, issuer: str | None = None, kind: str = "news") -> tuple[Signal, ...]:
    return coder().code(Document(text, published=DAY, issuer=issuer, kind=kind)).signals


# Text, and (government, towards, scale, label) of the gravest signal of each scale that it must give.
SAID = (
    ("The Chinese side firmly opposes the US arms sales to Taiwan.", ("CHN", "USA", "protest", "firmly opposes")),
    (
        "Beijing has lodged solemn representations with the US side over the visit.",
        ("CHN", "USA", "protest", "makes solemn representations"),
    ),
    (
        "Mao Ning: We are gravely concerned about the US move.",
        ("CHN", "USA", "protest", "gravely concerned"),
    ),
    (
        "If Washington goes on, it will have to bear all the consequences, China's defence ministry said.",
        ("CHN", "USA", "warning", "the consequences are the other's"),
    ),
    (
        "China will not stand idly by while the US arms the island, the defence ministry in Beijing said.",
        ("CHN", "USA", "warning", "will not stand idly by"),
    ),
    (
        "Those who play with fire will get burned, China's defence minister told the United States about Taiwan.",
        ("CHN", "USA", "warning", "those who play with fire get burned"),
    ),
    (
        "China's patience has limits, the foreign ministry in Beijing told Manila.",
        ("CHN", "PHL", "warning", "forbearance has limits"),
    ),
    (
        "The two sides had candid, substantive and constructive talks with China, the State Department said.",
        ("USA", "CHN", "talks", "candid and constructive"),
    ),
    (
        "The talks between China and the United States were frank, Beijing said.",
        ("CHN", "USA", "talks", "candid"),
    ),
    (
        "China's foreign minister described the meeting with his Indian counterpart as friendly.",
        ("CHN", "IND", "talks", "friendly"),
    ),
    ("The European Union deplores the decision by Iran.", ("EU", "IRN", "protest", "deplores")),
    ("The European Union takes note of the statement by Iraq.", ("EU", "IRQ", "protest", "takes note")),
    (
        "The UN Security Council strongly condemned the missile launch by North Korea.",
        ("UNSC", "PRK", "protest", "strongly condemns"),
    ),
    (
        "The UN Security Council strongly deplored Israel's strikes on the camp.",
        ("UNSC", "ISR", "protest", "strongly deplores"),
    ),
    ("Japan lodged a strong protest with Russia over the flight.", ("JPN", "RUS", "protest", "protests strongly")),
    (
        "\"The launch is absolutely unacceptable,\" Japan's chief cabinet secretary said of North Korea's missile.",
        ("JPN", "PRK", "protest", "calls absolutely unacceptable"),
    ),
    (
        "India's foreign ministry said the remarks by Pakistan were unwarranted.",
        ("IND", "PAK", "protest", "calls unwarranted"),
    ),
    (
        "Russia will not leave the closing of its consulate by Poland unanswered, the Russian foreign ministry said.",
        ("RUS", "POL", "warning", "will not leave unanswered"),
    ),
    (
        "Moscow reserves the right to answer the new British sanctions, the Kremlin said.",
        ("RUS", "GBR", "warning", "reserves the right"),
    ),
    (
        "Tehran's foreign minister warned that Israel would face a crushing response.",
        ("IRN", "ISR", "warning", "a crushing response"),
    ),
    (
        "Pyongyang's foreign ministry said the United States would meet a merciless strike.",
        ("PRK", "USA", "warning", "merciless response"),
    ),
    (
        "Secretary Blinken expressed deep concern about Russia's troop movements.",
        ("USA", "RUS", "protest", "gravely concerned"),
    ),
    (
        "The White House said that Russia would face serious consequences.",
        ("USA", "RUS", "warning", "serious consequences"),
    ),
    ("France condemns in the strongest terms the raid by Russia.", ("FRA", "RUS", "protest", "strongly condemns")),
    ("China urges the United States to stop arming Taiwan.", ("CHN", "USA", "warning", "urges")),
    (
        "Gravely concerned about the tests by North Korea, the Security Council met on Friday.",
        ("UNSC", "PRK", "protest", "gravely concerned"),
    ),
)

# Written when the first rules were done.
SAID_LATER = (
    ("Turkey strongly condemned Sweden's decision on Tuesday.", ("TUR", "SWE", "protest", "strongly condemns")),
    ("Seoul voiced strong regret over Japan's new textbooks.", ("KOR", "JPN", "protest", "deeply regrets")),
    ("Brazil noted with concern Venezuela's troop movements.", ("BRA", "VEN", "protest", "concerned")),
    (
        "Pakistan's foreign ministry said it categorically rejected the Indian claims.",
        ("PAK", "IND", "protest", "firmly opposes"),
    ),
    ("Germany called on Iran to release the prisoners.", ("DEU", "IRN", "warning", "urges")),
    (
        "Egypt cannot remain indifferent to Ethiopia's dam, the Egyptian foreign minister said.",
        ("EGY", "ETH", "warning", "cannot remain indifferent"),
    ),
    (
        '"We will take all necessary measures," said China\'s commerce ministry of the Dutch export controls.',
        ("CHN", "NLD", "warning", "will respond with all means"),
    ),
    (
        "Canberra and Beijing held frank and constructive discussions, the Australian foreign minister said.",
        ("AUS", "CHN", "talks", "candid and constructive"),
    ),
    (
        "The Kremlin said that Finland's step was unfriendly.",
        ("RUS", "FIN", "protest", "calls unfriendly"),
    ),
    (
        "Vietnam resolutely opposes China's drilling near the islands, its foreign ministry said.",
        ("VNM", "CHN", "protest", "firmly opposes"),
    ),
    (
        "The talks with China were in-depth, candid and constructive, Wellington said.",
        ("NZL", "CHN", "talks", "candid and constructive"),
    ),
    (
        "The two leaders talked frankly and constructively with China's premier, the Elysee said.",
        ("FRA", "CHN", "talks", "candid and constructive"),
    ),
    ("Chile is deeply disappointed with Peru's answer.", ("CHL", "PER", "protest", "deeply disappointed")),
    ('"We will never accept this," Jakarta said of the Malaysian claim.', ("IDN", "MYS", "protest", "will not accept")),
)

UNSAID = (
    "The parties concerned will meet in Geneva on Monday, China's foreign ministry said.",
    "The ministry concerned takes note of the time.",
    "As far as China is concerned, the matter of the US visit is closed.",
    "China does not oppose the talks between the US and Taiwan.",
    "China may strongly oppose the US plan.",
    "The United States said that China firmly opposes the sales.",
    "Analysts say that China is deeply concerned about US chips.",
    "If China firmly opposed the plan, the US would drop it.",
    "The opposition in China firmly rejected the claim.",
    "Does China firmly oppose the US sale?",
    "The candid camera was shown in the Chinese embassy.",
    "The protest in Beijing drew a strong crowd of US students.",
    "The US dismissed China's strong dissatisfaction.",
    "Russia, as opposed to China, has no consulate in Texas.",
    "Prime Minister Kishida called on the President of France in Paris.",
    "The two sides share concerns about trade, China said.",
    "China has taken countermeasures against the US firm, the ministry said.",
    "China is willing to hold candid talks with the United States, the ministry said.",
    # Written when the rules were done.
    "Nobody in Warsaw firmly opposes the German plan.",
    "Spain declined to say whether it strongly condemned Morocco's act.",
    "The concern, a Swiss maker of turbines, sold a plant to India.",
    "Kenya was urged to condemn Uganda's raid.",
    "Norway would deeply regret a Russian exit, should it come.",
    "Jordan's minister called for the commencement of frank talks with Syria.",
    "Kenya supports Uganda in firmly opposing Rwanda's plan.",
    "Spain's doctors had in-depth talks with nurses on vaccines, Madrid said.",
    "The Polish goalkeeper will pay a heavy price for his foul against Brazil.",
)


@pytest.mark.parametrize(("text", "wanted"), SAID + SAID_LATER, ids=lambda value: str(value)[:40])
def test_a_formula_in_earnest_is_a_signal(text: str, wanted: tuple[str, str, str, str]) -> None:
    of_scale = [one for one in signals(text) if one.scale == wanted[2]]
    gravest = max(of_scale, key=lambda one: one.rung)
    assert (gravest.government, gravest.towards, gravest.scale, gravest.label) == wanted


@pytest.mark.parametrize("text", UNSAID, ids=lambda value: value[:40])
def test_what_is_not_said_in_earnest_is_none(text: str) -> None:
    assert signals(text) == ()


def test_each_of_several_formulas_is_a_rung_of_its_own() -> None:
    text = "China strongly deplores and firmly opposes the US sale and has lodged solemn representations with the US."
    assert [(one.rung, one.formula.text) for one in signals(text)] == [
        (7, "strongly deplores"),
        (8, "firmly opposes"),
        (10, "solemn representations"),
    ]


def test_a_readout_tells_its_own_feelings_and_not_those_of_the_other_side() -> None:
    text = "The President expressed serious concern about the detention. China firmly opposes this."
    (only,) = signals(text, issuer="USA", kind="readout")
    assert (only.government, only.label) == ("USA", "gravely concerned")


def test_the_paper_itself_calls_the_talks() -> None:
    text = "President Biden met President Xi Jinping of China on Monday. The leaders had a candid exchange of views."
    (only,) = signals(text, issuer="USA", kind="readout")
    assert (only.government, only.towards, only.label, only.speaker) == ("USA", "CHN", "candid", None)


def test_a_pronoun_takes_the_talks_up() -> None:
    text = "Secretary Blinken held talks with Foreign Minister Qin Gang of China. They were candid and constructive."
    (only,) = signals(text, issuer="USA", kind="readout")
    assert (only.label, only.formula.text) == ("candid and constructive", "candid and constructive")


def test_what_one_asks_of_others_is_no_vow() -> None:
    (only,) = signals("Egypt called on Sudan's generals to show calm and take all necessary measures for peace.")
    assert only.label == "urges"


def test_a_friend_named_beside_is_not_the_other_side() -> None:
    (only,) = signals("Chile condemned the detention of the sailors and vowed to stand with Kenya.")
    assert only.towards is None


def test_a_charter_is_not_the_other_side() -> None:
    found = signals("Chile firmly opposes acts by Peru that violate the principles of the UN Charter.")
    assert [(one.government, one.towards) for one in found] == [("CHL", "PER")]


@pytest.mark.parametrize("place", ["on hospitals in Kenya", "at several places across Kenya", "in Kenya"])
def test_where_a_deed_was_done_is_not_the_other_side(place: str) -> None:
    (only,) = signals(f"Chile strongly condemns the attacks {place} on the border posts.")
    assert (only.government, only.towards) == ("CHL", None)


def test_a_signal_goes_to_a_dict_and_back_and_stands_in_the_text() -> None:
    text = "“We are gravely concerned about Iran’s tests,” Japan’s foreign ministry said on Monday."
    document = Document(text, published=DAY)
    (only,) = coder().code(document).signals
    assert Signal.from_dict(only.to_dict()) == only
    assert only.id.startswith("sg-")
    assert text[only.formula.start : only.formula.end] == only.formula.text == "gravely concerned"
    assert only.date is not None and only.speaker is not None and only.speaker.actor.country == "JPN"


def test_signals_are_no_part_of_the_wire() -> None:
    coded = coder().code(Document("China firmly opposes the US plan.", published=DAY))
    assert coded.signals
    assert all(record.to_dict()["record"] in ("event", "statement") for record in coded.records)


def test_the_table_is_well_formed_and_every_row_has_a_source() -> None:
    rows = {rung for found in rungs().values() for rung in found}
    assert {rung.scale for rung in rows} == set(SCALES)
    assert all(rung.source for rung in rows)
    governments = {government for rung in rows for government in rung.governments}
    assert {"*", "CHN", "USA", "RUS", "EU", "UNSC", "PRK", "IRN", "IND", "JPN"} <= governments

"""Two sides' readouts against each other, coded by the real coder; texts of our own."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from detente.analysis.claims import CONFIRMED, DEED, DENIED, JOINT, SILENT, WORDS, Claim, claims
from detente.analysis.compare import compare, comparison_to_dict
from detente.errors import OptionError

# Test folders are no packages: the helper beside this file is loaded by its path.
_spec = importlib.util.spec_from_file_location("readouts", Path(__file__).with_name("readouts.py"))
assert _spec is not None and _spec.loader is not None
readouts = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(readouts)


def claim(chinese: str, american: str) -> list[Claim]:
    """What a Chinese text claims of the American side, against an American text."""
    mine, theirs = readouts.account(chinese, "CHN", "cn"), readouts.account(american, "USA", "us")
    return list(claims([mine], "CHN", [theirs], "USA"))


def test_what_each_calls_the_meeting() -> None:
    found = compare([readouts.american()], [readouts.chinese()])
    assert found.left.names[0].name == "candid, substantive, and constructive talks"
    assert found.right.names[0].name == "candid, in-depth and constructive exchange of views"
    assert "talks" in [name.name for name in found.right.names]


def test_issues_of_both_and_of_one() -> None:
    found = compare([readouts.american()], [readouts.chinese()])
    assert "flights" in {one.issue for one, _ in found.shared}
    assert {"drugs", "detainees and hostages"} <= {one.issue for one in found.left.only}
    assert {"Taiwan", "tariffs"} <= {one.issue for one in found.right.only}


def test_claims_are_confirmed_or_met_with_silence() -> None:
    found = {one.claimed.text: one for one in compare([readouts.american()], [readouts.chinese()]).right.claims}
    war = next(one for text, one in found.items() if "Cold War" in text)
    assert (war.verdict, war.kind, war.about) == (CONFIRMED, WORDS, "USA")
    assert war.answer is not None and "does not seek a new Cold War" in war.answer.text
    tariffs = next(one for text, one in found.items() if "tariffs" in text)
    assert (tariffs.verdict, tariffs.answer) == (SILENT, None)
    flights = next(one for text, one in found.items() if "flights" in text)
    assert (flights.kind, flights.verdict) == (JOINT, CONFIRMED)


def test_a_claim_that_the_other_contradicts_is_denied() -> None:
    (only,) = claim(
        "The US side promised to lift the tariffs on Chinese steel.",
        "Secretary Blinken did not promise to lift the tariffs on Chinese steel. He raised fentanyl.",
    )
    assert only.verdict == DENIED
    assert only.answer is not None and only.answer.text.startswith("Secretary Blinken did not promise")


def test_a_no_about_something_else_denies_nothing() -> None:
    (only,) = claim(
        "The US side promised to lift the tariffs on Chinese steel.",
        "The Secretary promised to lift the tariffs on Chinese steel, and no other goods were spoken of.",
    )
    assert only.verdict == CONFIRMED


def test_a_no_that_both_say_is_no_denial() -> None:
    (only,) = claim(
        "The US side said that it does not want a conflict with China.",
        "The United States does not want a conflict with China, the Secretary said.",
    )
    assert only.verdict == CONFIRMED


def test_a_list_of_promises_is_as_many_claims() -> None:
    found = claim(
        "President Biden repeated what he had said in Bali: the US does not seek a new Cold War, does not want to "
        "change the system of China, and does not support separatists.",
        "The President said that the United States does not seek a new Cold War.",
    )
    assert [(one.claimed.text, one.verdict) for one in found] == [
        ("the US does not seek a new Cold War", CONFIRMED),
        ("does not want to change the system of China", SILENT),
        ("does not support separatists", SILENT),
    ]


def test_a_deed_of_the_other_is_a_claim_too() -> None:
    found = claim("On Friday the United States imposed new sanctions on China.", "The ministers met.")
    assert [(one.kind, one.verdict) for one in found] == [(DEED, SILENT)]


def test_own_words_are_no_claims_of_the_other() -> None:
    assert claim("Qin Gang said that China opposes the sanctions on its firms.", "The ministers met.") == []


def test_what_the_other_reports_of_us_confirms_nothing_about_it() -> None:
    (only,) = claim(
        "The US side said that the sanctions on Chinese steel will be lifted.",
        "Foreign Minister Qin Gang said that the sanctions on Chinese steel will be lifted.",
    )
    assert only.verdict == SILENT


def test_swapping_the_sides_swaps_the_views() -> None:
    there = compare([readouts.american()], [readouts.chinese()])
    back = compare([readouts.chinese()], [readouts.american()])
    assert (there.left.claims, there.right.only) == (back.right.claims, back.left.only)
    assert [word.word for word in there.left.words] == [word.word for word in back.right.words]


def test_a_comparison_is_plain_values_with_its_evidence() -> None:
    found = comparison_to_dict(compare([readouts.american()], [readouts.chinese()]))
    assert json.loads(json.dumps(found)) == found
    texts = {"us": readouts.american().document.text, "cn": readouts.chinese().document.text}
    for pair in found["pairs"]:
        for side in ("left", "right"):
            span = pair[side]
            assert texts[span["document"]][span["start"] : span["end"]] == span["text"]


def test_two_accounts_of_one_side_are_refused() -> None:
    with pytest.raises(OptionError, match="both accounts are of USA"):
        compare([readouts.american()], [readouts.american()])
    with pytest.raises(OptionError, match="left side has no document"):
        compare([], [readouts.american()])
    nobody = readouts.account("The weather in spring was mild.", "", "nobody")
    with pytest.raises(OptionError, match="give the document an issuer"):
        compare([nobody], [readouts.american()])

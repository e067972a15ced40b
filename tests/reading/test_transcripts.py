"""Speaker turns: which texts have them, and where they begin and end."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading import find_turns


def said(text: str, *, expected: bool = False) -> list[tuple[str, str, bool]]:
    return [
        (turn.speaker, text[turn.start : turn.end], turn.interpreted) for turn in find_turns(text, expected=expected)
    ]


def test_joint_appearance_with_interpreter() -> None:
    text = (
        "Lima, Peru\n\n10:02 A.M.\n\n"
        "SECRETARY O’MARA: Thank you all.\n\nA second paragraph: with a colon.\n\n"
        "FOREIGN MINISTER VEGA (via interpreter): We welcome you.\n\n"
        "QUESTION: Will there be a treaty?\n\n"
        "PRESIDENT McARDLE: (As interpreted.) There will.\n\n"
        "Q    (Inaudible.)\n\n"
        "MODERATOR: That is all.\n\nEND 10:20 A.M. EDT\n\nAn appendix."
    )
    assert said(text) == [
        ("SECRETARY O’MARA", "Thank you all.\n\nA second paragraph: with a colon.", False),
        ("FOREIGN MINISTER VEGA", "We welcome you.", True),
        ("QUESTION", "Will there be a treaty?", False),
        ("PRESIDENT McARDLE", "There will.", True),
        ("Q", "(Inaudible.)", False),
        ("MODERATOR", "That is all.", False),
    ]


def test_names_in_ordinary_letters() -> None:
    text = "Lin Marsh: Good day.\nNews Agency: A question?\nLin Marsh: An answer.\nDaily Sheet: More?\nLin Marsh: No."
    speakers = ["Lin Marsh", "News Agency", "Lin Marsh", "Daily Sheet", "Lin Marsh"]
    assert [speaker for speaker, _, _ in said(text, expected=True)] == speakers
    assert said(text) == []
    titled = said(text.replace("Lin Marsh", "Minister Marsh"))
    assert [speaker for speaker, _, _ in titled] == [name.replace("Lin", "Minister") for name in speakers]


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met.\n\nBackground: They had not met before.\n\nWhat next: A visit.\n\nBackground: None.",
        "WHO: The envoy\nWHAT: A visit\nWHEN: Monday\nWHERE: Oslo\nWHO: Others",
        "Q fever is back, doctors said.\n\nThey warned: wash your hands.\n\nLater: more.",
        "MR. LUND: I said so once.\n\nThe rest is an article.",
        "Governor Lund: “A good law.”\n\nMayor Ek: “I like it.”\n\nSenator Vega: “So do I.”",
        "Name: A\nSentence: B\nName: C\nSentence: D\nName: E\nSentence: F",
        "",
    ],
)
def test_articles_and_advisories_are_no_transcripts(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "Reuters: Will the two ministers meet in Oslo?\n\nAnna Lund: They will.\n\nWe wish them well.",
            [("Reuters", "Will the two ministers meet in Oslo?"), ("Anna Lund", "They will.\n\nWe wish them well.")],
        ),
        (
            "Q: A ship was stopped off Peru on Monday.\n\nA: We oppose this.\n\nIt has to end.",
            [("Q", "A ship was stopped off Peru on Monday."), ("A", "We oppose this.\n\nIt has to end.")],
        ),
        (
            "Question: Does Delhi know of the visit?\nOfficial Spokesperson: We do.\n\nDates will follow.",
            [
                ("Question", "Does Delhi know of the visit?"),
                ("Official Spokesperson", "We do.\n\nDates will follow."),
            ],
        ),
        (
            "Vega TV reporter: On Monday a new law came into force in Oslo.\n\nHe Jun: It is wrong.",
            [("Vega TV reporter", "On Monday a new law came into force in Oslo."), ("He Jun", "It is wrong.")],
        ),
        (
            "Anil, Vega TV: Sir, will there be a visit?\n\nShri Jo Lind, Official Spokesperson: There will.\n\nIn May.",
            [
                ("Anil, Vega TV", "Sir, will there be a visit?"),
                ("Shri Jo Lind, Official Spokesperson", "There will.\n\nIn May."),
            ],
        ),
        (
            "Reporter 1: Is there a deal?\n\nLund: There is.\n\nReporter 2: Since when?\n\nLund: Since May.",
            [
                ("Reporter 1", "Is there a deal?"),
                ("Lund", "There is."),
                ("Reporter 2", "Since when?"),
                ("Lund", "Since May."),
            ],
        ),
        (
            "The Press: Is there a deal?\n\nThe President: Yes.\n\nKey Point: it is signed.",
            [("The Press", "Is there a deal?"), ("The President", "Yes.\n\nKey Point: it is signed.")],
        ),
    ],
)
def test_a_question_and_its_answer_are_turns(text: str, turns: list[tuple[str, str]]) -> None:
    assert [(speaker, words) for speaker, words, _ in said(text)] == turns


@pytest.mark.parametrize(
    "text",
    [
        "Reuters: Trade talks begin.\n\nBloomberg: Markets rise.",
        "Reuters: Will the truce last?\n\nBeijing: trade talks go on.",
        "Reuters: Will the truce last?\n\nMarkets: shares rose in Tokyo.\n\nWeather: rain.",
        "Reuters: Will the truce last?\n\nNew Delhi: trade talks go on.",
        "Reporter: Jo Vega\nCamera: Li Ro\nEditor: Ann Ek",
        "Lin Marsh: Will you come?\n\nAnna Lund: I will.",
        "A: apples\nB: pears\nC: plums",
        "The ministers met in Oslo.\n\nBackground: Reuters: was the first to report it.",
        "Reuters: The ship was stopped, sources say.\n\nAnna Lund: a life at sea.",
    ],
)
def test_headings_lists_and_digests_are_no_question_and_answer(text: str) -> None:
    assert said(text) == []


def test_a_speech_is_read_as_one_turn_where_the_heading_promises_it() -> None:
    text = "Oslo\n\nTHE PRESIDENT: My friends.\n\nHere is the deal: fish."
    assert said(text) == []
    assert said(text, expected=True) == [("THE PRESIDENT", "My friends.\n\nHere is the deal: fish.", False)]
    assert said("An article about nothing.", expected=True) == []


LABELS = st.sampled_from(
    ["MS. LEE:", "Q ", "Q:", "QUESTION:", "Wang Li:", "PRIME MINISTER X (via interpreter):", "Note:", ""]
)


@given(st.lists(st.tuples(LABELS, st.text(max_size=30)), max_size=12), st.booleans())
def test_turns_lie_in_the_text_in_order(lines: list[tuple[str, str]], expected: bool) -> None:
    text = "\n".join(label + words for label, words in lines)
    turns = find_turns(text, expected=expected)
    assert all(0 <= turn.start < turn.end <= len(text) for turn in turns)
    assert all(first.end <= second.start for first, second in pairwise(turns))
    assert all(text[turn.start : turn.end] == text[turn.start : turn.end].strip() for turn in turns)


@pytest.mark.shared
def test_nearly_all_official_briefings_are_transcripts(shared: Path) -> None:
    texts = []
    with gzip.open(shared / "corpora" / "wh_briefings_2021_2022.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            if '"category": "press-briefings"' in line:
                texts.append(json.loads(line)["text"])
    sample = texts[:: len(texts) // 100]
    assert sum(bool(find_turns(text)) for text in sample) >= 0.95 * len(sample)

"""What one marked party does to another."""

from __future__ import annotations

import pytest

from detente.coding.pairs import classify_pair
from detente.lexicon.triggers import load_triggers


@pytest.mark.parametrize(
    ("sentence", "source", "target", "kind"),
    [
        ("The harbour police arrested twelve dockers on Sunday.", "The harbour police", "twelve dockers", "COERCE"),
        ("Twelve dockers were arrested by the harbour police.", "the harbour police", "Twelve dockers", "COERCE"),
        ("The rebels shelled the barracks.", "The rebels", "the barracks", "ASSAULT"),
        ("The union will meet the ministry next week.", "The union", "the ministry", "AGREE"),
        ("The union met the ministry last week.", "The union", "the ministry", "CONSULT"),
        ("The ministry will not meet the union.", "The ministry", "the union", "REJECT"),
        ("The charity sent blankets to the islanders.", "The charity", "the islanders", "AID"),
    ],
)
def test_the_type_follows_words_direction_and_tense(sentence: str, source: str, target: str, kind: str) -> None:
    answer = classify_pair(sentence, source, target, load_triggers(), None)
    assert answer is not None
    assert answer[0] == kind
    assert 0 < answer[1] < 1


def test_no_event_word_no_answer() -> None:
    assert classify_pair("The harbour and the city are old.", "The harbour", "the city", load_triggers(), None) is None

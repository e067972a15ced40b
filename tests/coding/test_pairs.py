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
        ("The duke released four poachers on Friday.", "The duke", "four poachers", "RETREAT"),
        ("The duke freed four poachers who had attacked his keeper.", "The duke", "four poachers", "RETREAT"),
        ("The duke said he had pardoned the four poachers.", "The duke", "the four poachers", "RETREAT"),
        ("The duke called the abbot on Monday to congratulate him.", "The duke", "the abbot", "SUPPORT"),
        ("The duke called on the abbot to repair the bridge.", "The duke", "the abbot", "REQUEST"),
        ("The abbey sent grain to feed the hungry villagers.", "The abbey", "the hungry villagers", "AID"),
        ("The duke sent a team of clerks to the abbey to audit the books.", "The duke", "the abbey", "ACCUSE"),
        ("The duke ordered the printer jailed.", "The duke", "the printer", "COERCE"),
        ("The duke ordered the weekly to cease publication.", "The duke", "the weekly", "COERCE"),
        ("The guerrillas used the nuns as human shields.", "The guerrillas", "the nuns", "ASSAULT"),
        ("The two guilds joined forces with the abbey.", "The two guilds", "the abbey", "COOPERATE"),
        ("The duke reneged on his treaty with the abbey.", "The duke", "the abbey", "REJECT"),
        ("The duchy cut tariffs on wine from the abbey.", "The duchy", "the abbey", "RETREAT"),
        ("The duke called for sanctions against the abbey.", "The duke", "the abbey", "ACCUSE"),
        ("The duchy opened its border to families who fled the abbey.", "The duchy", "families", "AID"),
        ("The duchy took in refugees from the abbey.", "The duchy", "refugees from the abbey", "AID"),
    ],
)
def test_the_type_follows_words_direction_and_tense(sentence: str, source: str, target: str, kind: str) -> None:
    answer = classify_pair(sentence, source, target, load_triggers(), None)
    assert answer is not None
    assert answer[0] == kind
    assert 0 < answer[1] < 1


@pytest.mark.parametrize(
    ("sentence", "source", "target", "kind"),
    [
        ("The duke will free the poachers.", "The duke", "the poachers", "AGREE"),
        ("The guild will stage a protest against the mayor.", "The guild", "the mayor", "THREATEN"),
        ("The duke will invade the abbey.", "The duke", "the abbey", "THREATEN"),
        ("The duke did not meet the abbot.", "The duke", "the abbot", "REJECT"),
        ("The duke did not give permission to the guild.", "The duke", "the guild", "REJECT"),
        ("The court convicted the miller.", "The court", "the miller", "ACCUSE"),
        ("The court convicted the miller and jailed him.", "The court", "the miller", "COERCE"),
        ("The duke imposed sanctions on the abbey.", "The duke", "the abbey", "COERCE"),
        ("The duke outlawed the guild.", "The duke", "the guild", "COERCE"),
        ("The guilds boycotted the fair.", "The guilds", "the fair", "PROTEST"),
        ("The duke blockaded the abbey.", "The duke", "the abbey", "ASSAULT"),
    ],
)
def test_a_pair_is_filed_as_the_published_pairs_are(sentence: str, source: str, target: str, kind: str) -> None:
    answer = classify_pair(sentence, source, target, load_triggers(), None)
    assert answer is not None
    assert answer[0] == kind


def test_no_event_word_no_answer() -> None:
    assert classify_pair("The harbour and the city are old.", "The harbour", "the city", load_triggers(), None) is None

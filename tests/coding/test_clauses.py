"""Subjects, objects and complements are found where grammar hides them."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from detente.coding.clauses import agents, clause_head, complement, direct_object, grammatical_subject, prepositions
from detente.coding.parse import analyse
from detente.records import Document


def _parse(text: str) -> Doc:
    return analyse(Document(text)).doc


def _verb(doc: Doc, word: str) -> Token:
    return next(token for token in doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "who", "whom"),
    [
        ("Norway attacked Sweden.", "attacked", {"Norway"}, "Sweden"),
        ("Sweden was attacked by Norway and Finland.", "attacked", {"Norway", "Finland"}, "Sweden"),
        ("Norway, which attacked Sweden, apologised.", "attacked", {"Norway"}, "Sweden"),
        ("The ship that Norway sank was old.", "sank", {"Norway"}, "ship"),
        ("Norway agreed to join the talks and to free the sailors.", "free", {"Norway"}, "sailors"),
        ("Norway urged Sweden to free the sailors.", "free", {"Sweden"}, "sailors"),
        ("Norway is expected to free the sailors.", "free", {"Norway"}, "sailors"),
        ("The raid carried out by Norway failed.", "carried", {"Norway"}, "raid"),
        ("Norway condemned Sweden for seizing the ship.", "seizing", {"Sweden"}, "ship"),
        ("Norway warned Sweden before seizing the ship.", "seizing", {"Norway"}, "ship"),
        ("Norway bombed Malmo and shelled Lund.", "shelled", {"Norway"}, "Lund"),
    ],
)
def test_who_does_what_to_whom(text: str, verb: str, who: set[str], whom: str) -> None:
    token = _verb(_parse(text), verb)
    assert {agent.text for agent in agents(token)} == who
    obj = direct_object(token)
    assert obj is not None
    assert obj.text == whom


def test_a_passive_without_an_agent_has_none() -> None:
    token = _verb(_parse("Sweden was attacked on Monday."), "attacked")
    assert agents(token) == []
    subject = grammatical_subject(token)
    assert subject is not None
    assert subject.text == "Sweden"


def test_prepositions_reach_through_doubled_ones() -> None:
    token = _verb(_parse("Norway pulled its troops out of Sweden on Monday."), "pulled")
    assert ("of", "Sweden") in {(word, noun.text) for word, noun in prepositions(token)}


def test_the_complement_of_a_verb_of_commitment() -> None:
    inner = complement(_verb(_parse("Norway promised to send tents to Sweden."), "promised"))
    assert inner is not None
    assert inner.text == "send"


def test_a_sentence_without_a_verb_has_a_clause_head_too() -> None:
    doc = _parse("A quiet summit in the hills.")
    assert clause_head(doc[2]).head == clause_head(doc[2])

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.evaluation.data import examples
from detente.evaluation.gold import read_marked
from detente.ontology import load_ontology
from detente.records import STATUSES

ARTICLES = sorted(examples().glob("*.gold.json"))
PASSAGES = sorted((examples() / "coref").glob("*.json"))
ONTOLOGY = load_ontology()


def test_there_are_ten_articles_and_eight_passages() -> None:
    assert (len(ARTICLES), len(PASSAGES)) == (10, 8)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_the_marking_of_an_article_is_well_formed(path: Path) -> None:
    article = read_marked(path)
    assert 150 <= len(article.document.text.split()) <= 300
    assert len({event.id for event in article.events}) == len(article.events)
    for event in article.events:
        assert set(event.types) <= set(ONTOLOGY.types)
        assert event.mode is None or any((kind, event.mode) in ONTOLOGY.modes for kind in event.types)
        assert set(event.statuses) <= set(STATUSES)
        assert event.first <= event.last
        assert event.actors or event.recipients
    told = {status for event in article.events for status in event.statuses}
    assert "happened" in told
    assert told & {"planned", "possible", "denied", "cancelled"}


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.name)
def test_the_marks_of_a_passage_stand_where_they_say(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    for mention in gold["mentions"]:
        assert gold["text"][mention["start"] : mention["end"]] == mention["text"]
        assert mention["refers"]

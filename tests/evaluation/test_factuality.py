"""Graded factuality: targets are located, statuses graded, correlation reckoned."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from detente.coding.analysis import Analysis
from detente.coding.parse import analyse
from detente.errors import InputError
from detente.evaluation.factuality import GRADES, evaluate, grade_class, pearson, surface
from detente.records import STATUSES, Document


@dataclass
class Parsed:
    analysis: Analysis
    events: tuple[Any, ...] = ()
    statements: tuple[Any, ...] = ()


class ParseOnly:
    """The part of the coder that this evaluation looks at."""

    def code(self, document: Document, /) -> Parsed:
        return Parsed(analyse(document))


def test_tokens_become_text_with_their_places() -> None:
    tokens = ["He", "said", ":", "``", "I", "did", "n't", "go", "-LRB-", "far", "-RRB-", ".", "''"]
    text, spans = surface(tokens)
    assert text == 'He said: "I didn\'t go (far)."'
    assert [text[a:b] for a, b in spans][4:8] == ["I", "did", "n't", "go"]


def test_every_status_has_a_grade() -> None:
    assert set(GRADES) == set(STATUSES)
    assert [grade_class(g) for g in (3, 1, 0, -0.5, -3)] == [
        "positive",
        "positive",
        "uncertain",
        "uncertain",
        "negative",
    ]


def test_pearson() -> None:
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert pearson([1, 2], [5, 5]) == 0
    assert pearson([1], [1]) == 0


def test_it_happened_rows(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    row = {
        "idx": 7,
        "text": "The fleet left but will not return .",
        "targets": [{"span1": [2, 3], "label": 3.0}, {"span1": [6, 7], "label": -3.0}],
    }
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    report = evaluate(ParseOnly(), path)
    assert [(r["id"], r["status"]) for r in report.predictions] == [("7.0", "happened"), ("7.1", "denied")]
    assert report.figures["ih2.pearson"] == pytest.approx(1)
    assert report.figures["ih2.accuracy"] == 1


def test_commitment_rows_find_the_clause_and_turn_negated_prompts(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    base = {"context": "It was late.", "embedding": "negation", "mean": -2.0}
    rows = [
        {**base, "uID": "a", "verb": "think", "target": "Ann did not think that the fleet had left.",
        "prompt": "the fleet had left"},
        {**base, "uID": "b", "verb": "notice", "target": "Ann did not notice that the fleet had not left.",
         "prompt": "the fleet had not left", "mean": 2.0},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = evaluate(ParseOnly(), path)
    assert [r["got"] for r in report.predictions] == [-3.0, 3.0]


def test_other_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "x"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="neither"):
        evaluate(ParseOnly(), path)

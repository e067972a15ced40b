from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.coding.analysis import Analysis, Mention
from detente.coding.parse import analyse
from detente.evaluation import evaluate
from detente.evaluation.coref import is_referent, kind_of
from detente.records import Actor, Document

SOTO = Actor("person:ana-soto", "Ana Soto", "CHL")
VEGA = Actor("person:luis-vega", "Luis Vega", "PER")
PERU = Actor("PER", "Peru", "PER")
TEXT = "Ana Soto met Luis Vega in Lima. She thanked the Peruvian minister."


@pytest.mark.parametrize(
    ("text", "refers", "kind"),
    [
        ("She", ["Ana Soto"], "pronoun"),
        ("the duo", ["Ana Soto", "Luis Vega"], "group"),
        ("Peru", ["PER"], "state"),
        ("Minister Soto", ["Ana Soto"], "name"),
        ("the minister", ["Ana Soto"], "title"),
    ],
)
def test_kinds(text: str, refers: list[str], kind: str) -> None:
    assert kind_of(text, refers) == kind


def test_everybody_meant_and_nobody_else() -> None:
    assert is_referent(["Ana Soto", "Luis Vega"], (VEGA, SOTO))
    assert not is_referent(["Ana Soto"], (VEGA, SOTO))
    assert not is_referent(["Ana Soto"], ())
    assert is_referent(["PER"], (PERU,))
    assert not is_referent(["PER"], (VEGA,)), "a person is not the state"


class Finder:
    """A coder that finds the mentions it is told of, by their words."""

    def __init__(self, found: dict[str, tuple[Actor, ...]]) -> None:
        self.found = found

    def code(self, document: Document) -> Any:
        analysis = analyse(document)
        analysis.mentions = tuple(self._mention(analysis, text, actors) for text, actors in self.found.items())
        return type("Answer", (), {"analysis": analysis, "events": (), "statements": ()})()

    def _mention(self, analysis: Analysis, text: str, actors: tuple[Actor, ...]) -> Mention:
        at = analysis.document.text.index(text)
        span = analysis.doc.char_span(at, at + len(text))
        countries = ("PER",) if "Peruvian" in text else ()
        return Mention(span.start, span.end, span.end - 1, "name", actors=actors, countries=countries)


def test_a_passage_is_scored_mention_by_mention(tmp_path: Path) -> None:
    marks = [
        ("Ana Soto", ["Ana Soto"]),
        ("She", ["Ana Soto"]),
        ("the Peruvian minister", ["Luis Vega"]),
        ("Peruvian", ["PER"]),
    ]
    mentions = [
        {"start": TEXT.index(t), "end": TEXT.index(t) + len(t), "text": t, "refers": refers} for t, refers in marks
    ]
    path = tmp_path / "passage.json"
    path.write_text(json.dumps({"text": TEXT, "published": "2022-05-10", "mentions": mentions}), encoding="utf-8")
    coder = Finder({"Ana Soto": (SOTO,), "She": (VEGA,), "the Peruvian minister": (VEGA,)})
    report = evaluate("coref", coder, path)
    assert report.figures["accuracy"] == 0.75
    assert report.figures["accuracy.pronoun"] == 0.0
    assert report.figures["accuracy.title"] == report.figures["accuracy.state"] == 1.0
    assert report.misses == ("passage:32 “She” (pronoun): Ana Soto; coded: Luis Vega",)

"""MEANTIME's marks become classes, and its figures come out as counted by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from detente.coding.analysis import Analysis
from detente.coding.dates import find_dates
from detente.coding.parse import analyse
from detente.errors import InputError
from detente.evaluation.meantime import evaluate, wanted_class
from detente.records import Document


@dataclass
class Dated:
    analysis: Analysis
    events: tuple[Any, ...] = ()
    statements: tuple[Any, ...] = ()


class DatesOnly:
    """The parts of the coder that this evaluation looks at."""

    def code(self, document: Document, /) -> Dated:
        analysis = analyse(document)
        analysis.dates = find_dates(analysis)
        return Dated(analysis)


def _event(certainty: str | None, polarity: str, time: str, special: str = "NONE") -> dict[str, Any]:
    return {"certainty": certainty, "polarity": polarity, "time": time, "special_cases": special}


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        (_event("CERTAIN", "POS", "NON_FUTURE"), "happened"),
        (_event("CERTAIN", "POS", "FUTURE"), "planned"),
        (_event("POSSIBLE", "POS", "FUTURE"), "possible"),
        (_event("CERTAIN", "NEG", "FUTURE"), "denied"),
        (_event("CERTAIN", "POS", "NON_FUTURE", "COND_IF_CLAUSE"), "possible"),
        (_event("CERTAIN", "POS", "UNDERSPECIFIED"), None),
        (_event(None, "", ""), None),
    ],
)
def test_classes(event: dict[str, Any], wanted: str | None) -> None:
    assert wanted_class(event) == wanted


def _article() -> dict[str, Any]:
    text = "Fleet leaves\nThe fleet left Oslo on Monday .\nIt will not return in 2025 ."
    mark = {"certainty": "CERTAIN", "special_cases": "NONE"}
    return {
        "doc_id": "a", "text": text, "dct": "2024-03-13",
        "timex": [
            {"span": [text.index("Monday"), text.index("Monday") + 6], "type": "DATE", "value": "2024-03-11",
            "text": "Monday"},
            {"span": [text.index("in 2025"), text.index("2025") + 4], "type": "DATE", "value": "2026",
            "text": "in 2025"},
        ],
        "events": [
            {"id": "e1", "span": [text.index("left"), text.index("left") + 4], "polarity": "POS",
            "time": "NON_FUTURE", **mark},
            {"id": "e2", "span": [text.index("return"), text.index("return") + 6], "polarity": "POS",
            "time": "FUTURE", **mark},
        ],
    }  # fmt: skip


def test_figures(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(_article()) + "\n", encoding="utf-8")
    report = evaluate(DatesOnly(), path)
    assert report.figures["timex.relaxed.f1"] == 1.0
    assert report.figures["timex.strict.f1"] == 0.5
    assert report.figures["timex.value.f1"] == 0.5
    assert report.figures["status.accuracy"] == 0.5
    assert {(row["wanted"], row["got"]) for row in report.predictions if row["part"] == "status"} == {
        ("happened", "happened"),
        ("planned", "denied"),
    }


def test_a_row_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc_id": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="no field text"):
        evaluate(DatesOnly(), path)


def test_value_f1_on_the_shared_articles(shared: Path) -> None:
    """Well above HeidelTime's 0.776 on TempEval-3; the exact figure is pinned elsewhere."""
    report = evaluate(DatesOnly(), shared / "gold" / "meantime" / "dev.jsonl")
    assert report.figures["timex.value.f1"] > 0.8

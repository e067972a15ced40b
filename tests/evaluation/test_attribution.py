"""The scorer of attributions, on an article of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.coding.coder import Coder
from detente.errors import InputError
from detente.evaluation.attribution import evaluate

TEXT = "The Danish minister said the strait was open. Norway praised the decision."


def spans(*pieces: str) -> list[list[int]]:
    return [[TEXT.index(piece), TEXT.index(piece) + len(piece)] for piece in pieces]


def gold(path: Path, *items: tuple[str, str, str]) -> Path:
    attributions = [{"source": spans(s) if s else [], "cue": spans(c), "content": spans(k)} for s, c, k in items]
    path.write_text(json.dumps({"doc_id": "a", "text": TEXT, "attributions": attributions}) + "\n")
    return path


def test_right_attributions_score_one(tmp_path: Path) -> None:
    data = gold(
        tmp_path / "gold.jsonl",
        ("The Danish minister", "said", "the strait was open"),
        ("Norway", "praised", "the decision"),
    )
    report = evaluate(Coder(), data)
    assert report.items == 2
    assert report.figures["right_source.f1"] == report.figures["strict.f1"] == 1.0
    assert [row["right"] for row in report.predictions] == [True, True]


def test_a_wrong_source_counts_for_content_only(tmp_path: Path) -> None:
    data = gold(tmp_path / "gold.jsonl", ("Norway", "said", "the strait was open"))
    report = evaluate(Coder(), data)
    assert report.figures["content.recall"] == 1.0
    assert report.figures["right_source.recall"] == 0.0
    assert report.misses


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('{"doc_id": "a", "text": "x"}\n')
    with pytest.raises(InputError):
        evaluate(Coder(), path)

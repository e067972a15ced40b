"""Scoring of commitments against a small marked set of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.coding import Coder
from detente.errors import InputError
from detente.evaluation.commitments import evaluate

DOCUMENTS = [
    (
        "d1",
        "2022-03-02",
        "India and Pakistan agreed to resume bus services between Lahore and Delhi by the end of June. Pakistan "
        "pledged to release 20 Indian fishermen within a week.",
    ),
    ("d2", "2022-06-25", "Bus services between India and Pakistan resumed on Friday after three years."),
]


def row(**more: Any) -> dict[str, Any]:
    return {
        "kind": "agreement",
        "by": {"country": "IND", "person": None},
        "towards": {"country": "PAK", "person": None},
        "what": "buses run again",
        "due": ["2022-03-02", "2022-06-30"],
        "claimed_by": [],
        "confirmation": "silent",
        "optional": False,
        **more,
    }


BUSES = row(
    id="buses",
    evidence=[{"document": "d1", "phrase": "to resume bus services"}],
    state="kept",
    settled_by={"document": "d2", "phrase": "resumed on Friday"},
)
FISHERMEN = row(
    id="fishermen",
    kind="promise",
    by={"country": "PAK", "person": None},
    towards={"country": "IND", "person": None},
    evidence=[{"document": "d1", "phrase": "pledged to release"}],
    due=["2022-03-02", "2022-03-09"],
    state="lapsed",
    settled_by=None,
)
NOWHERE = row(
    id="visas", evidence=[{"document": "d2", "phrase": "after three years"}], state="open", due=None, settled_by=None
)


def write(folder: Path, rows: list[dict[str, Any]]) -> Path:
    (folder / "gold").mkdir()
    (folder / "gold" / "commitments.json").write_text(json.dumps(rows), encoding="utf-8")
    fields = {"title": None, "publisher": "Own report", "kind": "news", "issuer": None, "url": None}
    lines = [json.dumps({"id": i, "published": day, "text": text, **fields}) for i, day, text in DOCUMENTS]
    (folder / "documents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "gold" / "commitments.json"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def test_found_settled_and_shown(tmp_path: Path, coder: Coder) -> None:
    report = evaluate(coder, write(tmp_path, [BUSES, FISHERMEN]))
    figures = report.figures
    assert (figures["commitment.precision"], figures["commitment.recall"]) == (1, 1)
    assert (figures["kind"], figures["state"], figures["due"]) == (1, 1, 1)
    assert (figures["settled.precision"], figures["settled.recall"]) == (1, 1)
    # The lapsed one has no record to show, the kept one has.
    assert figures["evidence"] == 0.5
    assert {row["id"]: row["got"] for row in report.predictions} == {"buses": "kept", "fishermen": "lapsed"}


def test_missed_and_not_marked(tmp_path: Path, coder: Coder) -> None:
    report = evaluate(coder, write(tmp_path, [BUSES, NOWHERE]))
    assert report.figures["commitment.precision"] == 0.5
    assert report.figures["commitment.recall"] == 0.5
    assert any(line.startswith("missing visas") for line in report.misses)
    assert any(line.startswith("not marked: promise by Pakistan") for line in report.misses)


def test_optional_counts_for_neither(tmp_path: Path, coder: Coder) -> None:
    report = evaluate(coder, write(tmp_path, [BUSES, {**FISHERMEN, "optional": True}, {**NOWHERE, "optional": True}]))
    assert (report.items, report.figures["commitment.precision"], report.figures["commitment.recall"]) == (1, 1, 1)


def test_a_phrase_that_is_not_there(tmp_path: Path, coder: Coder) -> None:
    wrong = {**BUSES, "evidence": [{"document": "d1", "phrase": "no such words"}]}
    with pytest.raises(InputError, match="no such phrase in d1"):
        evaluate(coder, write(tmp_path, [wrong]))

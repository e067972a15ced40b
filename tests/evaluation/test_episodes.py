"""Episodes and contacts against small marked sets of our own, coded by the real coder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.coding import Coder
from detente.errors import InputError
from detente.evaluation import evaluate
from detente.evaluation.episodes import b_cubed, pairs
from detente.evaluation.filed import file_documents
from detente.evaluation.measures import Counts

TEXTS = {
    "news": "Norway's Foreign Minister Espen Barth Eide met his Finnish counterpart Elina Valtonen in Helsinki.",
    "readout": "Foreign Minister Eide of Norway met Foreign Minister Elina Valtonen of Finland in Helsinki on Monday.",
    "other": "Norway accused Finland on Tuesday of overfishing. Nobody in Helsinki wanted to comment.",
}


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _write(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    documents = [
        {
            "id": key,
            "text": text,
            "title": None,
            "published": "2024-05-13",
            "publisher": "Own report",
            "kind": "news",
            "issuer": None,
            "url": None,
        }
        for key, text in TEXTS.items()
    ]
    (folder / "documents.jsonl").write_text("\n".join(json.dumps(d) for d in documents), encoding="utf-8")
    (folder / "gold").mkdir()
    path = folder / "gold" / name
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def test_pairs_and_b_cubed() -> None:
    wanted, got = ["a", "a", "a", "b"], ["x", "x", "y", "y"]
    assert pairs(wanted, got) == Counts(right=1, given=2, wanted=3)
    precision, recall = b_cubed(wanted, got)
    assert precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert b_cubed([], []) == (0.0, 0.0)


def test_marked_reports_are_scored(coder: Coder, tmp_path: Path) -> None:
    def mark(document: str, phrase: str, episode: str) -> dict[str, Any]:
        return {"document": document, "phrase": phrase, "episode": episode, "within": None}

    marks = [
        mark("news", "met his Finnish counterpart Elina Valtonen", "meeting"),
        mark("readout", "met Foreign Minister Elina Valtonen", "meeting"),
        mark("other", "Norway accused Finland", "charge"),
        mark("other", "Nobody in Helsinki wanted to comment", "silence"),
    ]
    report = evaluate("episodes", coder, _write(tmp_path, "episodes.json", marks))
    figures = report.figures
    assert report.items == 4 and figures["coverage"] == 0.75
    assert figures["pairs.precision"] == figures["pairs.recall"] == figures["b3.f1"] == figures["all.b3.f1"] == 1
    assert list(report.misses) == ["no event: other “Nobody in Helsinki wanted to comment”"]


def test_marked_contacts_are_scored(coder: Coder, tmp_path: Path) -> None:
    row = {
        "id": "helsinki",
        "participants": [
            {"country": "NOR", "person": "Espen Barth Eide"},
            {"country": "FIN", "person": "Elina Valtonen"},
        ],
        "channel": "foreign minister",
        "also_channel": [],
        "mode": "hosted",
        "also_mode": [],
        "dates": ["2024-05-13", "2024-05-13"],
        "place": {"name": "Helsinki", "country": "FIN"},
        "documents": ["news", "readout"],
        "optional": False,
    }
    call = {**row, "id": "call", "mode": "phone", "dates": ["2024-01-02", "2024-01-02"], "documents": ["other"]}
    figures = evaluate("contacts", coder, _write(tmp_path, "contacts.json", [row, call])).figures
    assert (figures["contact.precision"], figures["contact.recall"]) == (1.0, 0.5)
    assert all(figures[name] == 1 for name in ("persons", "channel", "mode", "days", "place", "told_in"))


def test_a_phrase_that_is_not_there_is_named(coder: Coder, tmp_path: Path) -> None:
    row = {"document": "news", "phrase": "met in Bergen", "episode": "e", "within": None}
    with pytest.raises(InputError, match="met in Bergen"):
        evaluate("episodes", coder, _write(tmp_path, "episodes.json", [row]))


def test_reprints_are_told_from_their_originals(coder: Coder, tmp_path: Path) -> None:
    text = " ".join(TEXTS.values())
    rows = [
        {
            "id": key,
            "text": body,
            "title": None,
            "published": day,
            "publisher": None,
            "kind": "news",
            "issuer": None,
            "url": None,
        }
        for key, day, body in (("b", "2024-05-15", f"{text} So it was said."), ("a", "2024-05-14", text))
    ]
    path = tmp_path / "documents.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    filed = file_documents(coder, path)
    assert {d: s.reprint_of for d, s in filed.sources.items()} == {"a": None, "b": "a"}
    assert filed.dyad == ("FIN", "NOR")

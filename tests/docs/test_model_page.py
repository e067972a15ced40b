"""The card of the relation model is current, and says no more than was measured."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from detente.coding.question import types
from detente.evaluation.measures import calibration_error
from detente.records import STATUSES

ROOT = Path(__file__).resolve().parents[2]
Script = Callable[[str], ModuleType]


def test_the_card_is_made_of_what_is_kept(script: Script) -> None:
    made = script("build_model").page()
    assert (ROOT / "docs" / "model.md").read_text(encoding="utf-8") == made, "run make pages"


def test_the_card_counts_every_type_and_status_and_says_that_sentences_are_no_facts(script: Script) -> None:
    page = script("build_model").page()
    for name in (*types(), *STATUSES):
        assert f"| `{name}` | " in page
    assert "They are no facts" in page


def test_what_is_not_there_is_passed_over(script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    build = script("build_model")
    monkeypatch.setattr(build, "MODEL", tmp_path)
    monkeypatch.setattr(build, "DOCS", tmp_path)
    monkeypatch.setattr(build.build_accuracy, "read", list)
    page = build.page()
    assert "Not measured yet." in page
    assert "SHA-256" not in page
    assert "reliability.svg" not in page
    assert "## Rules and model together" in page


def test_the_ablation_has_a_column_for_each_variant(script: Script) -> None:
    figures = {"seed.rules.event.f1": 0.5, "seed.both.event.f1": 0.75, "check.both.event.f1": 1.0}
    table = script("build_model")._ablation(figures)[-1]
    assert table.splitlines() == [
        "| Set | Figure | rules | both |",
        "| --- | --- | --- | --- |",
        "| `seed` | `event.f1` | 0.500 | 0.750 |",
        "| `check` | `event.f1` |  | 1.000 |",
    ]


ANSWERS = [(0.04, False), (0.55, True), (0.53, False), (0.97, True), (1.0, True), (0.91, False)]


def test_bins_hold_every_answer_once(script: Script) -> None:
    made = script("reliability").series("unseen", ANSWERS)
    assert made["points"] == [
        {"bin": 0.0, "confidence": 0.04, "right": 0.0, "count": 1},
        {"bin": 0.5, "confidence": 0.54, "right": 0.5, "count": 2},
        {"bin": 0.9, "confidence": 0.96, "right": 0.6667, "count": 3},
    ]
    assert made["items"] == len(ANSWERS)
    gaps = sum(abs(p["confidence"] - p["right"]) * p["count"] for p in made["points"]) / len(ANSWERS)
    assert made["ece"] == pytest.approx(gaps, abs=1e-4) == pytest.approx(calibration_error(ANSWERS), abs=1e-4)


def test_the_plot_kept_is_that_of_the_points_kept(script: Script) -> None:
    reliability = script("reliability")
    found = reliability.read()
    assert reliability.PLOT.is_file() == bool(found)
    text = reliability.PLOT.read_text(encoding="utf-8") if found else ""
    for one in found:
        assert f"ECE {one['ece']:.3f}, n = {one['items']}" in text, "run python docs/build_model.py --measure"


def test_the_plot_has_a_point_for_each_bin_and_tells_the_error(script: Script, tmp_path: Path) -> None:
    reliability = script("reliability")
    two = [reliability.series("plover_pairs", ANSWERS[:4]), reliability.series("unseen", ANSWERS)]
    reliability.draw(two, tmp_path / "plot.svg")
    drawn = ET.parse(tmp_path / "plot.svg").getroot()
    text = " ".join(drawn.itertext())
    for one in two:
        assert f"ECE {one['ece']:.3f}, n = {one['items']}" in text
    assert "confidence" in text and "share that was right" in text
    marks = [at for at in drawn.iter() if at.get("aria-roledescription") == "circle"]
    assert len(marks) == sum(len(one["points"]) for one in two)

"""The geoparsing figures count what they say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from detente.coding.analysis import Analysis
from detente.coding.parse import analyse
from detente.coding.places import find_places
from detente.errors import InputError
from detente.evaluation.geoparsing import evaluate, is_demonym, kilometres, rows_that_count
from detente.lexicon.places import load_gazetteer
from detente.records import Document, Event, Statement


@dataclass(frozen=True)
class _Coded:
    analysis: Analysis
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()


class _PlacesOnly:
    """A coder that finds places and nothing else."""

    def code(self, document: Document, /) -> _Coded:
        analysis = analyse(document)
        analysis.places = find_places(analysis, load_gazetteer())
        return _Coded(analysis)


def _row(text: str, name: str, lat: float | None, lon: float | None, **more: Any) -> dict[str, Any]:
    start = text.index(name)
    return {"span": [start, start + len(name)], "text": name, "lat": lat, "lon": lon, **more}


def _write(path: Path, text: str, *rows: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"doc_id": "1", "text": text, "toponyms": rows}) + "\n", "utf-8")
    return path


def test_right_wrong_and_missed_names_are_told_apart(tmp_path: Path) -> None:
    text = "The ministers met in Oslo and later flew to Lima. A hut burnt in qwxz."
    data = _write(
        tmp_path / "x.jsonl",
        text,
        _row(text, "Oslo", 59.91, 10.75),
        _row(text, "Lima", 40.7, -84.1),
        _row(text, "qwxz", 1, 1),
    )
    report = evaluate(_PlacesOnly(), data)
    assert report.items == 3
    assert report.figures["precision"] == 1.0
    assert report.figures["recall"] == pytest.approx(2 / 3)
    assert report.figures["accuracy"] == pytest.approx(1 / 2)
    assert report.figures["accuracy.all"] == pytest.approx(1 / 3)
    assert report.figures["accuracy.given"] == pytest.approx(1 / 2)
    assert report.figures["median_km"] > 1000
    assert len(report.misses) == 2


def test_adjectives_and_rows_without_coordinates_do_not_count(tmp_path: Path) -> None:
    text = "Norwegian ships left Oslo for the harbour."
    rows = [_row(text, "Norwegian", 62.0, 10.0), _row(text, "Oslo", 59.91, 10.75), _row(text, "harbour", None, None)]
    assert [row["text"] for row in rows_that_count({"toponyms": rows})] == ["Oslo"]
    assert evaluate(_PlacesOnly(), _write(tmp_path / "x.jsonl", text, *rows)).figures["f1"] == 1.0
    assert is_demonym("Norwegian") and not is_demonym("Norway") and not is_demonym("U.S.")


def test_places_inside_the_names_of_bodies_are_not_asked_for(tmp_path: Path) -> None:
    text = "The Oslo Philharmonic Orchestra played."
    data = _write(tmp_path / "x.jsonl", text, _row(text, "Oslo", 59.9, 10.7, type="Embedded_Non_Lit"))
    figures = evaluate(_PlacesOnly(), data).figures
    assert figures["recall"] == 0.0 and figures["precision"] == 0.0


def test_distance_follows_the_great_circle() -> None:
    assert kilometres((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015, abs=5)
    assert kilometres((51.5, -0.1), (48.9, 2.4)) == pytest.approx(340, abs=10)
    assert kilometres((10.0, 20.0), (10.0, 20.0)) == 0.0


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "Oslo"}\n', "utf-8")
    with pytest.raises(InputError, match="doc_id"):
        evaluate(_PlacesOnly(), path)


def test_the_resolver_reaches_its_yardstick_on_the_documents_kept_apart(shared: Path) -> None:
    from detente.evaluation.data import read_jsonl
    from detente.evaluation.geoparsing import NEAR_KM, resolve_given

    near = total = 0
    for number, document in enumerate(read_jsonl(shared / "gold" / "geoparsing" / "gwn.jsonl")):
        if number % 2 == 0:
            continue
        rows = rows_that_count(document)
        for row, guess in zip(rows, resolve_given(document["text"], rows, load_gazetteer()), strict=True):
            if guess is not None:
                total += 1
                near += kilometres(guess, (row["lat"], row["lon"])) <= NEAR_KM
    assert near / total > 0.85

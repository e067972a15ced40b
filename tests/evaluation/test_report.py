from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from detente.errors import InputError, OptionError
from detente.evaluation import EVALUATIONS, Report, load
from detente.evaluation.data import MissingData, digest, read_jsonl, shared

REPORT = Report(
    name="seed",
    data="gold.json",
    sha256="ab",
    items=2,
    figures={"event.f1": 0.5},
    misses=("E2 not found",),
    predictions=(
        {"id": "E1", "wanted": "AID", "got": "AID", "confidence": 0.75, "right": True},
        {"id": "E2", "wanted": "REJECT\tnow", "got": None, "confidence": None, "persons": ["Ana Soto"]},
    ),
)


def test_predictions_are_a_table_with_one_row_an_item(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    REPORT.write_predictions(path)
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert list(rows[0]) == ["id", "wanted", "got", "confidence", "persons", "right"]
    assert [row["id"] for row in rows] == ["E1", "E2"]
    assert rows[1] == {
        "id": "E2",
        "wanted": "REJECT now",
        "got": "",
        "confidence": "",
        "persons": '["Ana Soto"]',
        "right": "",
    }


def test_json_has_figures_and_misses() -> None:
    value = json.loads(REPORT.to_json())
    assert value["figures"] == {"event.f1": 0.5}
    assert value["misses"] == ["E2 not found"]


def test_an_unknown_evaluation_names_those_there_are() -> None:
    with pytest.raises(OptionError, match="no evaluation 'sead'; there are: seed, examples"):
        load("sead")


@pytest.mark.parametrize("name", list(EVALUATIONS))
def test_every_evaluation_is_there(name: str) -> None:
    assert callable(load(name))


def test_missing_shared_data_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DETENTE_SHARED", str(tmp_path))
    with pytest.raises(MissingData, match="give the file with --data, or set DETENTE_SHARED"):
        shared("gold", "nothing.jsonl")


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": 1}\n[2]\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2: not a JSON object"):
        list(read_jsonl(path))


def test_the_digest_of_several_files_depends_on_their_names(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    for path in (one, other):
        path.write_bytes(b"x")
    assert digest(one) == digest(other)
    assert digest(one, other) != digest(other, one)

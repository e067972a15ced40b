from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.evaluation import evaluate
from detente.evaluation.readout_contacts import is_mode

TEXT = "President Biden spoke by phone with President Ana Soto of Chile. They condemned Peru."


@pytest.mark.parametrize(
    ("wanted", "got", "right"),
    [
        ("phone", "phone", True),
        ("virtual", "phone", True),
        ("phone", None, False),
        ("in_person", None, True),
        ("in_person", "visit", True),
        ("in_person", "phone", False),
        ("visit", "visit", True),
        ("visit", None, False),
        ("unknown", "phone", True),
    ],
)
def test_modes(wanted: str, got: str | None, right: bool) -> None:
    assert is_mode(wanted, got) is right


def test_contacts_are_read_off_consultations_of_the_united_states(tmp_path: Path, make: Any) -> None:
    biden = make.who("Joe Biden", "USA", "President Biden", TEXT, "person:")
    soto = make.who("Ana Soto", "CHL", "President Ana Soto", TEXT, "person:")
    peru = make.who("Peru", "PER", "Peru", TEXT)
    call = make.event("CONSULT", (biden, soto), (), "spoke by phone", text=TEXT, mode="phone", reciprocal=True)
    scold = make.event("ACCUSE", (biden, soto), (peru,), "condemned Peru", text=TEXT)
    planned = make.event("CONSULT", (biden,), (peru,), "condemned Peru", text=TEXT, status="planned")
    gold = {
        "us_principals": ["Joe Biden"],
        "counterparts": [{"name": "Ana Soto", "country_iso3": "CHL"}],
        "countries": ["CHL"],
        "mode": "phone",
    }
    rows = [
        {"id": "r1", "date": "2022-05-09", "text": TEXT, "gold": gold},
        {"id": "r2", "date": "2022-05-09", "text": TEXT, "gold": {**gold, "countries": ["CHL", "PER"]}},
        {"id": "r3", "date": "2022-05-09", "text": TEXT, "gold": {"countries": []}},
        {"id": "r4", "date": "2022-05-09", "text": TEXT, "gold": {"countries": []}},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    coded = ((call, scold, planned), ())
    report = evaluate("readout_contacts", make.coder({"r1": coded, "r2": coded, "r3": coded}), path)
    assert report.figures["countries.precision"] == 1.0
    assert report.figures["countries.recall"] == pytest.approx(2 / 3)
    assert report.figures["contact.recall"] == pytest.approx(2 / 3)
    assert report.figures["exact"] == 0.5
    assert report.figures["principals"] == report.figures["modes"] == report.figures["counterparts"] == 1.0
    assert report.figures["domestic.false"] == 0.5
    assert report.misses == ("r2: missing PER", "r3: false CHL")

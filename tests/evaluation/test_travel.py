from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.evaluation import evaluate
from detente.evaluation.us_travel import visits

TEXT = "President Ana Soto of Chile will visit the White House on Monday, officials said."
DAYS = (date(2022, 5, 9), date(2022, 5, 9))


def record(person: str, start: str, country: str, iso: str, kind: str) -> dict[str, str]:
    role = "foreign_leader" if kind == "visit" else "president"
    return {
        "person": person,
        "role": role,
        "start": start,
        "end": start,
        "country": country,
        "country_iso3": iso,
        "locale": "United States",
        "remarks": "",
        "kind": kind,
    }


def test_visits_are_matched_on_person_countries_and_days(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_SHARED", str(tmp_path))
    (tmp_path / "corpora").mkdir()
    pages = [
        {"id": f"p{n}", "date": f"2022-05-{n:02d}", "title": "", "text": TEXT if n == 8 else ""} for n in range(1, 21)
    ]
    with gzip.open(tmp_path / "corpora" / "wh_briefings_2021_2022.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(page) + "\n" for page in pages)
    path = tmp_path / "travel.jsonl"
    rows = [
        record("President Ana Soto", "2022-05-09", "Chile", "CHL", "visit"),
        record("Luis Vega", "2022-05-09", "Peru", "PER", "visit"),
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    soto, usa = make.who("Ana Soto", "CHL", "Ana Soto", TEXT), make.who("United States", "USA", "White House", TEXT)
    visit = make.event("AGREE", (soto,), (usa,), "will visit", text=TEXT, mode="visit", status="planned", days=DAYS)
    report = evaluate("us_travel", make.coder({"p8": ((visit,), ())}), path)
    assert report.items == 1, "no document mentions the other visitor"
    assert report.figures["recall"] == 1.0
    nothing = evaluate("us_travel", make.coder({}), path)
    assert nothing.figures["recall"] == 0.0
    assert "missing President Ana Soto (CHL) to USA 2022-05-09" in nothing.misses[0]


def test_a_cancelled_visit_is_none(make: Any) -> None:
    soto, usa = make.who("Ana Soto", "CHL", "Ana Soto", TEXT), make.who("United States", "USA", "White House", TEXT)
    off = make.event("CONSULT", (soto,), (usa,), "will visit", text=TEXT, mode="visit", status="cancelled", days=DAYS)
    undated = make.event("CONSULT", (soto,), (usa,), "will visit", text=TEXT, mode="visit", days=None)
    assert list(visits([off, undated])) == []


def test_who_meets_somewhere_is_there(make: Any) -> None:
    soto, usa = make.who("Ana Soto", "CHL", "Ana Soto", TEXT), make.who("United States", "USA", "White House", TEXT)
    met = make.event(
        "CONSULT", (soto, usa), (), "will visit", text=TEXT, reciprocal=True, days=DAYS, place="Washington"
    )
    met = replace(met, place=replace(met.place, country="USA"))
    assert [(v.person, v.host) for v in visits([met])] == [("Ana Soto", "USA")]
    assert list(visits([replace(met, mode="phone")])) == []

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.evaluation import evaluate
from detente.evaluation.travel_record import Journey, lines_of, read_record, tells
from detente.evaluation.us_travel import is_dated, is_same, visits
from detente.records import Document

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
        {"id": f"p{n}", "date": f"2022-05-{n:02d}", "title": "", "text": TEXT if n == 8 else "Fine weather."}
        for n in range(1, 21)
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


def told(tmp_path: Path, row: dict[str, str], text: str, published: date) -> bool:
    path = tmp_path / "record.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    document = Document(text, published=published)
    return tells(read_record(path)[0], document, lines_of(document)) is not None


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("On May 9, the President will host Ana Soto of Chile.", date(2022, 5, 2), True),
        ("President Soto will visit the White House next month.", date(2022, 4, 20), False),
        ("President Soto met with senators at the White House.", date(2022, 5, 9), True),
        ("President Soto met with senators at the White House.", date(2022, 5, 14), False),
        ("President Soto met with senators in Santiago on May 9.", date(2022, 5, 9), False),
        ("Q Will President Soto visit the White House on Monday?", date(2022, 5, 6), False),
        ("President Vega visited the White House today.", date(2022, 5, 9), False),
    ],
)
def test_a_document_tells_who_was_where_and_on_what_day(
    tmp_path: Path, text: str, published: date, expected: bool
) -> None:
    row = record("President Ana Soto", "2022-05-09", "Chile", "CHL", "visit")
    assert told(tmp_path, row, text, published) == expected


def test_own_travellers_are_found_at_the_places_of_the_record(tmp_path: Path) -> None:
    row = {**record("Luis Vega", "2022-05-09", "Peru", "PER", "travel"), "locale": "Lima, Cusco"}
    assert told(tmp_path, row, "The President will travel to Chile and Peru on May 8.", date(2022, 5, 2))
    assert told(tmp_path, row, "A U.S. delegation led by Mr. Vega met in Cusco yesterday.", date(2022, 5, 10))
    assert not told(tmp_path, row, "The President met with the Prime Minister of Peru today.", date(2022, 5, 9))


def test_days_outside_the_journey_do_not_date_it(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    stays = [("PER", "2022-05-09"), ("CHL", "2022-05-10"), ("BRA", "2022-05-20")]
    rows = [record("Luis Vega", start, iso, iso, "travel") for iso, start in stays]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    peru, _, brazil = read_record(path)
    assert peru.tour == (date(2022, 5, 9), date(2022, 5, 10))
    assert brazil.tour == (date(2022, 5, 20), date(2022, 5, 20))
    whole = Journey("Luis Vega", "leader", "PER", "USA", date(2022, 5, 9), date(2022, 5, 11))
    assert is_same(peru, whole) and is_dated(peru, whole)
    month = replace(whole, first=date(2022, 5, 1), last=date(2022, 5, 31))
    assert is_same(peru, month) and not is_dated(peru, month)
    assert not is_same(peru, replace(whole, host="CHL"))

"""What is counted between two countries, and from whom to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from detente.coding import Coder
from detente.errors import LedgerError, OptionError
from detente.ledger import add, derive, lookups, reading, refresh, writing
from detente.ledger.deeds import SCHEMA, check_source, coverage, deeds, deeds_of, words_of
from detente.records import Actor, Document
from detente.relations import Episode

OSLO = Actor("NOR", "Norway", "NOR", ("GOV",))
STOCKHOLM = Actor("SWE", "Sweden", "SWE", ("GOV",))
MINISTER = Actor("person:eide", "Espen Barth Eide", "NOR", ("GOV",), level="foreign minister")
FISHERS = Actor("NOR:fishers", "Norwegian fishers", "NOR", ("LAB",))
VIENNA = Actor("AUT", "Austria", "AUT", ("GOV",))


def episode(actors: Sequence[Actor], recipients: Sequence[Actor] = (), **fields: Any) -> Episode:
    known: dict[str, Any] = {
        "id": "ep-1",
        "dyad": ("NOR", "SWE"),
        "type": "ACCUSE",
        "act": "ACCUSE",
        "mode": "disapprove",
        "status": "happened",
        "realised": True,
        "reciprocal": False,
        "start": date(2024, 3, 12),
        "end": date(2024, 3, 12),
        "place": None,
        "issues": (),
        "words": "Norway blamed Sweden",
        "reports": ("ev-1",),
        "documents": ("n2", "n1"),
        "first_report": date(2024, 3, 12),
        "last_report": date(2024, 3, 13),
        "confidence": 0.9,
    }
    return Episode(**(known | fields), actors=tuple(actors), recipients=tuple(recipients))


def ways(*episodes: Episode, level: str = "gov") -> list[tuple[bool, bool]]:
    rows = deeds_of(("NOR", "SWE"), episodes, level).to_pylist()
    return [(row["forward"], row["backward"]) for row in rows]


def test_from_whom_to_whom() -> None:
    assert ways(episode([OSLO], [STOCKHOLM])) == [(True, False)]
    assert ways(episode([STOCKHOLM, VIENNA], [MINISTER])) == [(False, True)]
    assert ways(episode([OSLO, STOCKHOLM], reciprocal=True)) == [(True, True)]
    assert ways(episode([OSLO, STOCKHOLM], [VIENNA])) == [(True, True)]


def test_between_governments_or_whoever_acts() -> None:
    strike = episode([FISHERS], [STOCKHOLM])
    assert ways(strike) == []
    assert ways(strike, level="all") == [(True, False)]
    assert ways(episode([FISHERS, MINISTER], [STOCKHOLM])) == [(True, False)]


def test_only_what_took_place_counts() -> None:
    assert ways(episode([OSLO], [STOCKHOLM], status="planned", realised=False)) == []


def test_scores_go_by_mode_or_else_by_type() -> None:
    modes = ("disapprove", None, "a mode of another age")
    rows = deeds_of(("NOR", "SWE"), [episode([OSLO], [STOCKHOLM], id=f"ep-{m}", mode=m) for m in modes]).to_pylist()
    assert sorted((str(row["mode"]), row["score"], row["quad"]) for row in rows) == [
        ("None", -3.0, "verbal conflict"),
        ("a mode of another age", -3.0, "verbal conflict"),
        ("disapprove", -2.0, "verbal conflict"),
    ]
    assert {(row["lead"], row["told"]) for row in rows} == {("n2", 2)}


@pytest.fixture(scope="module")
def ledger(coder: Coder, stories: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deeds") / "relations.duckdb"
    assert len(list(add(path, stories, coder, on_error=pytest.fail))) == len(stories)
    refresh(path)
    return path


def test_what_is_stored_comes_to_the_same_rows_as_what_is_derived(ledger: Path) -> None:
    with reading(ledger) as connection:
        stored = {dyad: rows for chunk, rows in deeds(connection, most=1) for dyad in chunk}
        assert list(stored) == sorted(stored) and ("KEN", "UGA") in stored
        for dyad, rows in stored.items():
            assert rows.schema == SCHEMA
            given = lookups.reports(connection, dyad), lookups.tellings(connection, dyad)
            known = derive(dyad, *given, lookups.sources(connection, dyad), date(2024, 12, 31))
            assert deeds_of(dyad, known.episodes).equals(rows)


def test_coverage_counts_reprints_and_what_tells_of_the_dyad(ledger: Path) -> None:
    with reading(ledger) as connection:
        rows = coverage(connection, [("KEN", "UGA")]).to_pylist()
    days = {(row["first"], row["day"]): row["documents"] for row in rows}
    assert days[None, date(2024, 5, 14)] == 1 and ("KEN", date(2024, 5, 14)) not in days
    assert days["KEN", date(2024, 5, 15)] == days["KEN", date(2024, 5, 16)] == 1


def test_words_of_rows(ledger: Path) -> None:
    with reading(ledger) as connection:
        ((_, rows),) = deeds(connection, [("KEN", "UGA")])
        words = words_of(connection, rows["id"].to_pylist())
    assert set(words) == set(rows["id"].to_pylist()) and all(words.values())


Imported = Callable[..., Path]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """A ledger with rows of another data set, each given by the fields that differ from those of a plain one."""

    def made(*rows: dict[str, Any]) -> Path:
        path = tmp_path / "imported.duckdb"
        with writing(path, new=True) as connection:
            names = [name for name, *_ in connection.execute("DESCRIBE imported_events").fetchall()]
            plain: dict[str, Any] = dict.fromkeys(names)
            plain |= {"import": 1, "dataset": "gdelt", "actor_country": "NOR", "recipient_country": "SWE"}
            plain |= {"actor_sectors": ["GOV"], "recipient_sectors": [], "contexts": [], "extra": None}
            plain |= {"start_date": date(2024, 3, 12), "code": "112", "code_scheme": "cameo", "type": "ACCUSE"}
            plain |= {"status": "happened", "score": -2.0, "score_scheme": "goldstein", "reports": 4, "tone": 0.5}
            for number, row in enumerate(rows):
                whole = plain | {"id": f"g{number}", "line": number} | row
                marks = ", ".join("map([]::VARCHAR[], []::VARCHAR[])" if n == "extra" else "?" for n in names)
                values = [whole[name] for name in names if name != "extra"]
                connection.execute(f"INSERT INTO imported_events VALUES ({marks})", values)
        return path

    return made


def rows_of(path: Path, **options: Any) -> list[dict[str, Any]]:
    with reading(path) as connection:
        return [row for _, rows in deeds(connection, source="gdelt", **options) for row in rows.to_pylist()]


def test_rows_of_another_data_set_count_as_one_each(imported: Imported) -> None:
    path = imported(
        {"url": "https://news.example/1"},
        {"actor_country": "SWE", "recipient_country": "NOR", "type": None},
        {"recipient_country": "NOR"},
        {"recipient_country": None},
        {"status": "planned"},
        {"actor_sectors": ["LAB"]},
    )
    rows = rows_of(path)
    assert [(r["id"], r["forward"], r["backward"], r["confidence"]) for r in rows] == [
        ("g0", True, False, 1.0),
        ("g1", False, True, 1.0),
    ]
    assert [(row["score"], row["quad"]) for row in rows] == [(-3.0, "verbal conflict"), (None, None)]
    assert [(row["lead"], row["told"]) for row in rows] == [("https://news.example/1", 4), ("g1", 4)]
    assert len(rows_of(path, level="all")) == 3


def test_scores_of_two_schemes_are_never_mixed(imported: Imported) -> None:
    path = imported({}, {"score": -3.0, "score_scheme": "plover"}, {"type": None})
    assert [row["score"] for row in rows_of(path)] == [-3.0, -3.0, None]
    assert [row["score"] for row in rows_of(path, scores="goldstein")] == [-2.0, None, -2.0]


def test_what_is_not_there_is_said(imported: Imported, ledger: Path) -> None:
    path = imported({"score_scheme": None})
    with reading(path) as connection:
        check_source(connection, "gov", "gdelt", "plover")
        with pytest.raises(OptionError, match="gdelt has none"):
            check_source(connection, "gov", "gdelt", "goldstein")
        with pytest.raises(LedgerError, match="which has detente, gdelt"):
            check_source(connection, "gov", "icews", "plover")
        with pytest.raises(OptionError, match="gov, all"):
            check_source(connection, "people", "gdelt", "plover")
    with reading(ledger) as connection, pytest.raises(OptionError, match="PLOVER scores only"):
        check_source(connection, "gov", "detente", "goldstein")


def test_coverage_of_another_data_set_counts_its_stories(imported: Imported) -> None:
    story = {"url": "https://news.example/1"}
    path = imported(story, story, {"recipient_country": "AUT", "document": "d7"})
    with reading(path) as connection:
        rows: pa.Table = coverage(connection, [("NOR", "SWE")], "gdelt")
    assert [(row["first"], row["documents"]) for row in rows.to_pylist()] == [("NOR", 1), (None, 2)]

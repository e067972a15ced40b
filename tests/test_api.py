"""The ledger from Python: Arrow tables that are what the ledger holds, and one line where something is wrong."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import polars
import pyarrow as pa
import pytest

import detente
from detente.errors import LedgerError, OptionError
from detente.ledger import NOUNS, query


@pytest.fixture(scope="module")
def ledger(filed_news: Path) -> detente.Ledger:
    return detente.open_ledger(filed_news)


@pytest.mark.parametrize("noun", NOUNS)
def test_each_list_is_the_view(ledger: detente.Ledger, noun: str) -> None:
    table = getattr(ledger, noun)()
    assert isinstance(table.arrow, pa.Table)
    names, rows = query(ledger.path, f"SELECT * FROM {NOUNS[noun].view}")
    assert table.columns == tuple(names) and len(table) == len(rows) == len(list(table))
    assert len(table.df()) == table.pl().height == len(table)


def test_lists_and_days_keep_their_kind(ledger: detente.Ledger) -> None:
    events = ledger.events().arrow.schema
    assert events.field("actor_countries").type == pa.list_(pa.string())
    assert events.field("start_date").type == pa.date32() and events.field("confidence").type == pa.float64()
    frame = ledger.events("Norway", "RUS").pl()
    assert frame["start_date"].dtype == polars.Date and frame["actors"].dtype == polars.List(polars.String)
    assert ledger.events().df()["start_date"].dtype.kind == "M"


def test_a_dyad_and_days_choose_rows(ledger: detente.Ledger) -> None:
    both = {row["id"] for row in ledger.documents()}
    assert {row["id"] for row in ledger.documents("Kenya", "Ugandan")} == {"n6"}
    assert {row["id"] for row in ledger.documents("NOR", "RUS")} == both - {"n6"}
    assert {row["id"] for row in ledger.documents(since="2024-02-14", until=date(2024, 3, 5))} == {"n3", "n4", "n5"}
    for row in ledger.episodes("RUS", "NOR", since="2024-02-01", until="2024-02-29"):
        assert (row["first"], row["second"]) == ("NOR", "RUS") and row["start_date"].month == 2
    assert len(ledger.episodes("KEN", "NOR")) == 0


def test_series_and_panel_take_the_same_options(ledger: detente.Ledger) -> None:
    series = ledger.series("Norway", "Russia", freq="quarter", draws=0)
    assert len(series) == 2 * 3 and set(series.df()["direction"]) == {"both", "NOR>RUS", "RUS>NOR"}
    panel = ledger.panel(["NOR", "RUS", "KEN"], freq="quarter", draws=0, since="2024-01-01")
    assert len(panel) == 2 * 2
    assert ledger.panel(draws=0).df()["first"].unique().tolist() == ["KEN", "NOR"]
    with pytest.raises(TypeError, match="frq"):
        ledger.series("Norway", "Russia", frq="week")  # type: ignore[call-arg]


def test_a_question_in_sql_gives_a_table(ledger: detente.Ledger) -> None:
    table = ledger.sql("SELECT count(*) AS documents, max(published) AS last FROM v_documents")
    assert list(table) == [{"documents": 8, "last": date(2024, 6, 19)}]
    for question in ("DELETE FROM documents", "SELECT nothing FROM v_events", "COPY v_events TO 'x.csv'", ""):
        with pytest.raises(LedgerError):
            ledger.sql(question)


def test_tables_go_to_files(ledger: detente.Ledger, tmp_path: Path) -> None:
    table = ledger.events()
    for ending in ("parquet", "csv", "dta"):
        table.write(tmp_path / f"t.{ending}")
    assert len(pd.read_parquet(tmp_path / "t.parquet")) == len(pd.read_stata(tmp_path / "t.dta")) == len(table)
    with pytest.raises(OptionError, match="not known"):
        table.write(tmp_path / "t.xls")


def test_published_panels_are_made_again(ledger: detente.Ledger, news_file: Path, tmp_path: Path) -> None:
    made = ledger.publish_panel(tmp_path / "p.csv", ["Norway", "Russia"], freq="month", draws=50)
    assert made.outputs[0].name == "p.csv"
    assert detente.reproduce(tmp_path / "p.csv.manifest.json", [news_file]).identical


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda ledger: ledger.events("Norway"), "name two countries"),
        (lambda ledger: ledger.events("Norway", "Norge"), "'Norge' is no country"),
        (lambda ledger: ledger.events("Norway", "NOR"), "the same country"),
        (lambda ledger: ledger.events(since="yesterday"), "since: "),
        (lambda ledger: ledger.series("Norway", "Russia", freq="year"), "--freq year"),
        (lambda ledger: ledger.panel(["Norway"]), "name two countries"),
        (lambda ledger: ledger.compare_sources("detente", "detente", "Norway", "Russia"), "twice"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(ledger: detente.Ledger, call: object, told: str) -> None:
    with pytest.raises(OptionError, match=told) as fault:
        call(ledger)  # type: ignore[operator]
    assert "\n" not in str(fault.value)


def test_documents_are_filed_once(news_file: Path, tmp_path: Path) -> None:
    ledger = detente.open_ledger(tmp_path / "new.duckdb", new=True)
    assert len(ledger.documents()) == 0
    assert ledger.add(news_file) == {"new": 8, "reprint": 0, "known": 0, "set aside": 0}
    again = ledger.add(news_file, tmp_path / "absent.jsonl")
    assert again == {"new": 0, "reprint": 0, "known": 8, "set aside": 1}
    assert len(ledger.episodes("Norway", "Russia")) > 5


def test_rows_go_out_and_come_in(ledger: detente.Ledger, tmp_path: Path) -> None:
    written = ledger.export_rows(tmp_path / "rows.tsv", "gdelt2", ["Norway", "Russia"], unit="episodes")
    other = detente.open_ledger(tmp_path / "other.duckdb", new=True)
    assert other.import_rows(tmp_path / "rows.tsv") == {"rows": written, "set aside": 0}
    assert other.import_rows(tmp_path / "rows.tsv") == {"rows": 0, "set aside": 0}
    assert len(other.imported("Norway", "Russia")) == written > 5
    assert len(other.changes("Norway", "Russia", source="gdelt")) == 0
    with pytest.raises(OptionError, match="'cat' is not known"):
        ledger.export_rows(tmp_path / "rows.tsv", "gdelt2", source="cat")


def test_no_ledger_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger there"):
        detente.open_ledger(tmp_path / "absent.duckdb")


def test_without_polars_the_hint_is_exact(filed_news: Path) -> None:
    """As where it was not installed: the interpreter does not find it."""
    code = (
        "import sys; sys.modules['polars'] = None; import detente; "
        f"ledger = detente.open_ledger({str(filed_news)!r}); print(len(ledger.documents().df()))\n"
        "try:\n    ledger.documents().pl()\n"
        "except detente.InstallationError as fault:\n    print(fault)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["8", "polars is not installed: run `pip install polars`"]

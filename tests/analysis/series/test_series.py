"""Series, panels and changes out of a real ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from detente.analysis.series import SCHEMA, UNPLACED, Asked, changes, panel, panel_parts, series
from detente.coding import Coder
from detente.errors import LedgerError, OptionError
from detente.ledger import add, refresh
from detente.records import Document


@pytest.fixture(scope="module")
def ledger(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("series") / "relations.duckdb"
    texts = (
        ("Norwegian Prime Minister Jonas Gahr Store met Swedish Prime Minister Ulf Kristersson in Oslo on Tuesday.", 9),
        ("Sweden accused Norway on Monday of unfair subsidies for its salmon farms.", 16),
        ("Finland expelled two Russian diplomats on Thursday.", 19),
    )
    documents = [Document(text, f"d{day}", "News", date(2024, 1, day), "Agency") for text, day in texts]
    documents.append(
        Document("Norway thanked Sweden on Friday for its help.", "d70", "News", date(2024, 3, 9), "Agency")
    )
    assert len(list(add(path, documents, coder, on_error=pytest.fail))) == 4
    refresh(path)
    return path


def test_a_series_of_the_ledger(ledger: Path) -> None:
    table = series(ledger, ("SWE", "NOR"))
    assert table.schema.equals(SCHEMA) and table.schema.metadata[UNPLACED.encode()] == b"0"
    january, february, march = table.filter(pc.equal(table["direction"], "both")).to_pylist()
    assert (january["documents"], january["documents_dyad"], january["episodes"]) == (3, 2, 2)
    assert (january["n_consult"], january["n_accuse"]) == (1, 1)
    assert (february["documents"], february["episodes"]) == (0, None)
    assert march["episodes"] == 1 and not march["whole"] and february["whole"]
    assert series(ledger, ("NOR", "SWE")).equals(table)


def test_a_panel_has_the_series_of_every_dyad(ledger: Path) -> None:
    table = panel(ledger)
    pairs = list(dict.fromkeys(zip(table["first"].to_pylist(), table["second"].to_pylist(), strict=True)))
    assert pairs == [("FIN", "RUS"), ("NOR", "SWE")]
    assert table.slice(9).equals(series(ledger, ("NOR", "SWE")))
    assert pa.concat_tables(panel_parts(ledger, None, Asked())).equals(table)
    assert panel(ledger, [("SWE", "NOR"), ("NOR", "SWE")]).equals(series(ledger, ("NOR", "SWE")))


def test_days_asked_for_are_widened_to_whole_periods(ledger: Path) -> None:
    table = series(ledger, ("NOR", "SWE"), "week", since=date(2024, 1, 10), until=date(2024, 1, 16), draws=0)
    assert table["start"].unique().to_pylist() == [date(2024, 1, 8), date(2024, 1, 15)]
    assert table["score_low"].null_count == table.num_rows


def test_what_cannot_be_asked(ledger: Path) -> None:
    dyad = ("NOR", "SWE")
    for options, said in (
        ({"freq": "year"}, "--freq year"),
        ({"level": "people"}, "--level people"),
        ({"half_life": 0.0}, "--half-life 0"),
        ({"half_life": float("nan")}, "--half-life nan"),
        ({"draws": -1}, "--draws -1"),
        ({"since": date(2024, 2, 1), "until": date(2024, 1, 1)}, "--since 2024-02-01"),
        ({"since": date(2030, 1, 1)}, "--since 2030-01-01"),
        ({"since": date(1, 1, 1), "until": date(9999, 12, 31), "freq": "day"}, "3,652,059 periods"),
    ):
        with pytest.raises(OptionError, match=said):
            series(ledger, dyad, **options)
    with pytest.raises(LedgerError, match="tells of FIN and NOR"):
        series(ledger, ("NOR", "FIN"))
    with pytest.raises(OptionError, match="no measure"):
        changes(ledger, dyad, measures=("mood",))
    with pytest.raises(OptionError, match="no direction"):
        changes(ledger, dyad, direction="SWE>FIN")
    assert changes(ledger, dyad, direction=None) == ()


def test_the_ends_of_the_calendar(ledger: Path) -> None:
    dyad = ("NOR", "SWE")
    assert (
        series(ledger, dyad, "month", since=date(9000, 1, 1), until=date(9999, 12, 31))["period"][-1].as_py()
        == "9999-12"
    )
    assert series(ledger, dyad, "week", since=date(1, 1, 1), until=date(9, 1, 1))["period"][0].as_py() == "0001-W01"

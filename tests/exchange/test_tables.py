"""Tables to Parquet, CSV and Stata: what comes back is what went in, and the same table gives the same bytes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import OptionError
from detente.exchange.stata import stata_names
from detente.exchange.tables import Labels, write_parts, write_table

HOSTILE = ["=1+1", "+1", "-1 said", "@x", "\tx", 'q"q', "a,b", "line\nline", "naïve 中文 😀 ‮rtl", ""]


@pytest.fixture
def table() -> pa.Table:
    return pa.table(
        {
            "words": pa.array([*HOSTILE, None], pa.string()),
            "day": pa.array([date(2024, 2, 29), None, date(1959, 12, 31), *[date(2024, 1, 1)] * 8], pa.date32()),
            "count": pa.array([0, None, 2**31 + 5, *range(8)], pa.int64()),
            "score": pa.array([0.1, None, -1e-7, 1e22, 1 / 3, *[2.5] * 6], pa.float64()),
            "held": pa.array([True, None, False, *[True] * 8], pa.bool_()),
            "countries": pa.array([["NOR", "RUS"], [], None, *[["KEN"]] * 8], pa.list_(pa.string())),
            "way": pa.array(["there", "back", None, *["there"] * 8], pa.string()),
        }
    )


def test_parquet_keeps_everything(table: pa.Table, tmp_path: Path) -> None:
    write_table(table, tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet") == table


def test_csv_is_read_back_but_for_what_a_spreadsheet_would_run(table: pa.Table, tmp_path: Path) -> None:
    write_table(table, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    guarded = ["'=1+1", "'+1", "'-1 said", "'@x", "'\tx"]
    assert [row["words"] for row in rows] == [*guarded, *HOSTILE[5:], ""]
    assert [row["day"] for row in rows[:3]] == ["2024-02-29", "", "1959-12-31"]
    assert [row["score"] for row in rows[:5]] == ["0.1", "", "-1e-7", "1e+22", "0.3333333333333333"]
    assert [row["countries"] for row in rows[:3]] == ["NOR; RUS", "", ""]
    # A missing text and an empty one are told apart by those who look at quotes.
    back = arrow_csv.read_csv(
        tmp_path / "t.csv",
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False),
    )
    assert back["words"].to_pylist()[-2:] == ["", None]


def test_stata_has_labels_dates_and_missing_values(table: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "t.dta"
    labels = Labels("Ein Tïtel", {"words": "what was said"}, {"way": ("there", "back")}, date(2024, 6, 30))
    write_table(table, path, labels=labels)
    back = pd.read_stata(path, convert_categoricals=False)
    assert back["words"].tolist() == [*HOSTILE, ""]
    assert [None if pd.isna(day) else day.date() for day in back["day"][:3]] == [
        date(2024, 2, 29),
        None,
        date(1959, 12, 31),
    ]
    assert back["count"][2] == 2**31 + 5 and pd.isna(back["count"][1])
    assert back["score"][4] == 1 / 3 and pd.isna(back["score"][1])
    assert back["way"][:2].tolist() == [0, 1] and pd.isna(back["way"][2])
    assert pd.read_stata(path)["held"][:3].tolist()[::2] == ["yes", "no"]
    with pd.read_stata(path, iterator=True) as reader:
        assert reader.data_label == "Ein Tïtel"
        assert reader.variable_labels()["words"] == "what was said"
        assert reader.value_labels()["way"] == {0: "there", 1: "back"}
        # The hour of writing is not in it.
        assert reader.time_stamp == "30 Jun 2024 00:00"
    assert path.read_bytes()[:28] == b"<stata_dta><header><release>"


def test_long_texts_and_nul_get_into_stata(tmp_path: Path) -> None:
    long = "中" * 900
    write_table(pa.table({"words": [long, "a\0b"]}), tmp_path / "t.dta")
    assert pd.read_stata(tmp_path / "t.dta")["words"].tolist() == [long, "a�b"]


@pytest.mark.parametrize(
    ("table", "labels", "told"),
    [
        (pa.table({"a" * 33: [1], "a" * 32 + "b": [2]}), Labels(), "cannot tell columns apart"),
        (pa.table({"n": [2**53]}), Labels(), "no whole number of"),
        (pa.table({"way": ["sideways"]}), Labels(codes={"way": ("there", "back")}), "'sideways' is none of"),
    ],
)
def test_what_stata_cannot_hold_is_refused_and_leaves_no_file(
    table: pa.Table, labels: Labels, told: str, tmp_path: Path
) -> None:
    with pytest.raises(OptionError, match=told):
        write_table(table, tmp_path / "t.dta", labels=labels)
    assert list(tmp_path.iterdir()) == []


def test_numbers_beyond_stata_are_missing(tmp_path: Path) -> None:
    write_table(pa.table({"x": [float("inf"), 1.7e308, 1.0]}), tmp_path / "t.dta")
    assert pd.read_stata(tmp_path / "t.dta")["x"].isna().tolist() == [True, True, False]


def test_names_become_what_stata_takes() -> None:
    wanted = {"n_verbal cooperation": "n_verbal_cooperation", "if": "if_", "str8": "str8_", "1st": "_1st", "é": "_"}
    assert stata_names(wanted) == wanted


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="its ending is not known \\(parquet, csv, jsonl, dta\\)"):
        write_table(pa.table({"a": [1]}), tmp_path / "t.xlsx")
    with pytest.raises(OptionError, match="cannot be written"):
        write_table(pa.table({"a": [1]}), tmp_path / "no" / "t.csv")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "dta"])
def test_parts_are_as_good_as_the_whole(table: pa.Table, ending: str, tmp_path: Path) -> None:
    write_table(table, tmp_path / f"whole.{ending}")
    write_parts([table.slice(0, 4), table.slice(4)], table.schema, tmp_path / f"parts.{ending}")
    assert (tmp_path / f"whole.{ending}").read_bytes() == (tmp_path / f"parts.{ending}").read_bytes()


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl", "dta"])
def test_parts_without_rows_leave_no_trace(table: pa.Table, ending: str, tmp_path: Path) -> None:
    hollow = pa.concat_tables([table.schema.empty_table(), table.slice(0, 4), table.slice(0, 0), table.slice(4)])
    write_table(table, tmp_path / f"whole.{ending}")
    write_table(hollow, tmp_path / f"hollow.{ending}")
    write_table(table.slice(0, 0), tmp_path / f"none.{ending}")
    if ending == "parquet":
        assert pq.read_table(tmp_path / "hollow.parquet") == table
        assert pq.read_table(tmp_path / "none.parquet") == table.slice(0, 0)
        return
    assert (tmp_path / f"whole.{ending}").read_bytes() == (tmp_path / f"hollow.{ending}").read_bytes()
    nothing = (tmp_path / f"none.{ending}").read_bytes()
    assert {"csv": nothing == b",".join(map(str.encode, table.column_names)) + b"\n", "jsonl": nothing == b""}.get(
        ending, True
    )


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
ROW = st.tuples(
    TEXT,
    st.none() | st.floats(-1e300, 1e300),
    st.none() | st.integers(-(2**53) + 1, 2**53 - 1),
    st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
)


@settings(max_examples=40)
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_any_table_comes_back_from_stata(rows: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("dta")
    kinds = (pa.string(), pa.float64(), pa.int64(), pa.date32())
    columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
    table = pa.table(columns, names=["words", "x", "n", "day"])
    for name in ("one.dta", "two.dta"):
        write_table(table, folder / name)
    assert (folder / "one.dta").read_bytes() == (folder / "two.dta").read_bytes()
    back = pd.read_stata(folder / "one.dta")
    assert back["words"].tolist() == [row[0] for row in rows]
    assert [None if pd.isna(x) else x for x in back["x"]] == [row[1] for row in rows]
    assert [None if pd.isna(n) else int(n) for n in back["n"]] == [row[2] for row in rows]
    assert [None if pd.isna(day) else day.date() for day in back["day"]] == [row[3] for row in rows]

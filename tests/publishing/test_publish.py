"""A panel as a file with its papers: what is in it, how it says that it was made, and that it can be made again."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from detente.analysis.series import Asked, series
from detente.errors import InputError, LedgerError, OptionError
from detente.exchange.stata import stata_names
from detente.publishing.asked import options_from, options_of
from detente.publishing.manifest import Manifest, load_manifest
from detente.publishing.panel import PANEL_COLUMNS, SCHEMA, panel
from detente.publishing.publish import publish_panel

COMMAND = str(Path(sys.executable).parent / "detente")
DYAD = ("NOR", "RUS")


def test_a_row_is_a_dyad_a_direction_and_a_period(filed_news: Path) -> None:
    table = panel(filed_news, [DYAD])
    assert table.schema.names == [column.name for column in PANEL_COLUMNS]
    keys = list(
        zip(table["actor"].to_pylist(), table["recipient"].to_pylist(), table["period"].to_pylist(), strict=True)
    )
    months = [f"2024-{month:02}" for month in range(1, 7)]
    assert keys == [(*way, month) for way in (("NOR", "RUS"), ("RUS", "NOR")) for month in months]
    # May has no document: a gap and no zero.
    may = [row for row in table.to_pylist() if row["period"] == "2024-05"]
    assert [(row["documents"], row["episodes"], row["score"]) for row in may] == [(0, None, None)] * 2
    # The figures are those of the series.
    whole = series(filed_news, DYAD)
    for way in ("NOR>RUS", "RUS>NOR"):
        wanted = whole.filter(pc.equal(whole["direction"], way))
        got = table.filter(pc.equal(table["actor"], way[:3]))
        for name in ("episodes", "score", "score_low", "net", "index", "n_coerce", "n_verbal_conflict"):
            assert wanted[name].to_pylist() == got[name].to_pylist()


def test_a_dyad_of_which_nothing_tells_is_left_out(filed_news: Path) -> None:
    table = panel(filed_news, [("RUS", "NOR"), ("KEN", "UGA"), ("KEN", "NOR")], Asked(draws=0))
    assert set(zip(table["first"].to_pylist(), table["second"].to_pylist(), strict=True)) == {DYAD, ("KEN", "UGA")}
    assert panel(filed_news, None, Asked(draws=0)) == table
    with pytest.raises(LedgerError, match="nothing filed of detente tells of KEN-NOR"):
        panel(filed_news, [("KEN", "NOR")])


@pytest.mark.parametrize("ending", ["parquet", "csv", "dta"])
def test_the_file_holds_the_panel(ending: str, filed_news: Path, tmp_path: Path) -> None:
    out = tmp_path / f"p.{ending}"
    publish_panel(filed_news, out, [DYAD])
    wanted = panel(filed_news, [DYAD])
    if ending == "parquet":
        assert pq.read_table(out) == wanted
        return
    got = pd.read_csv(out) if ending == "csv" else pd.read_stata(out)
    frame = wanted.to_pandas()
    for name in SCHEMA.names:
        want = frame[name].astype(str) if name in ("start", "end") else frame[name]
        if ending == "dta" and want.dtype == bool:
            want = want.map({True: "yes", False: "no"})
        have = got[name if ending == "csv" else stata_names([name])[name]]
        labelled = name in ("score_scheme", "quad_scheme") or want.isin(("yes", "no")).all()
        have = have.astype(str) if name in ("start", "end") or labelled else have
        pd.testing.assert_series_equal(have, want, check_dtype=False, check_names=False)


def test_stata_says_what_each_variable_is(filed_news: Path, tmp_path: Path) -> None:
    publish_panel(filed_news, tmp_path / "p.dta", [DYAD])
    with pd.read_stata(tmp_path / "p.dta", iterator=True) as reader:
        labels = reader.variable_labels()
        # The last day of publication, not the hour of writing.
        assert reader.time_stamp == "19 Jun 2024 00:00"
    assert all(labels.values()) and all(len(name) <= 32 for name in labels)
    dictionary = _rows(tmp_path / "p.dta.dictionary.csv")
    assert [row["stata_name"] for row in dictionary] == list(labels)


def test_every_column_is_in_the_dictionary(filed_news: Path, tmp_path: Path) -> None:
    publish_panel(filed_news, tmp_path / "p.csv", [DYAD])
    dictionary = _rows(tmp_path / "p.csv.dictionary.csv")
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        assert [row["column"] for row in dictionary] == next(csv.reader(file))
    assert all(
        row["meaning"] and row["type"] in ("text", "number", "whole number", "day", "yes or no") for row in dictionary
    )
    (index,) = [row for row in dictionary if row["column"] == "index"]
    assert "Crescenzi" in index["formula_source"]


def test_the_manifest_says_how_it_was_made(filed_news: Path, news_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.csv"
    made = publish_panel(filed_news, out, [DYAD], Asked(freq="week", since=date(2024, 2, 1)), made_from=[news_file])
    plain = json.loads((tmp_path / "p.csv.manifest.json").read_text(encoding="utf-8"))
    assert plain["command"] == "panel" and plain["options"]["since"] == "2024-02-01"
    assert plain["options"]["dyads"] == [["NOR", "RUS"]] and plain["options"]["freq"] == "week"
    assert plain["inputs"]["documents"]["count"] == 8 and len(plain["inputs"]["documents"]["list"]) == 8
    (file,) = plain["inputs"]["files"]
    assert (tmp_path / file["file"]).resolve() == news_file
    for output in plain["outputs"]:
        assert hashlib.sha256((tmp_path / output["file"]).read_bytes()).hexdigest() == output["sha256"]
    assert [output["file"] for output in plain["outputs"]] == ["p.csv", "p.csv.dictionary.csv", "p.csv.citation.txt"]
    assert plain["outputs"][0]["content_sha256"] == plain["outputs"][0]["sha256"]
    assert {"detente", "coder", "duckdb", "pyarrow", "spacy", "lexicon tables", "relation model"} <= set(
        plain["made_with"]
    )
    assert load_manifest(tmp_path / "p.csv.manifest.json") == made


def test_long_lists_of_documents_are_only_a_digest(filed_news: Path, tmp_path: Path) -> None:
    listed = publish_panel(filed_news, tmp_path / "p.csv", [DYAD])
    bare = publish_panel(filed_news, tmp_path / "p.csv", [DYAD], listed=False)
    assert bare.inputs.listed is None and bare.inputs.sha256 == listed.inputs.sha256
    lines = [f"{one.name}\t{one.sha256}\n" for one in listed.inputs.listed or ()]
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == bare.inputs.sha256
    assert load_manifest(tmp_path / "p.csv.manifest.json") == bare


def test_the_citation_names_versions_digests_and_what_it_rests_on(filed_news: Path, tmp_path: Path) -> None:
    made = publish_panel(filed_news, tmp_path / "p.parquet", [DYAD])
    text = (tmp_path / "p.parquet.citation.txt").read_text(encoding="utf-8")
    for wanted in ("NOR-RUS", "2024-06-19", made.outputs[0].sha256, made.inputs.sha256, "PLOVER", "@misc{detente_"):
        assert wanted in text.replace("\n", " ")


def test_options_go_there_and_back() -> None:
    asked = Asked("quarter", "all", date(2024, 1, 1), None, "gdelt", "goldstein", 7.5, 0)
    plain = json.loads(json.dumps(options_of([("RUS", "NOR"), DYAD], asked, "dta")))
    assert options_from(plain, "m") == ([DYAD], asked, "dta")
    assert options_from(options_of(None, asked, "csv"), "m")[0] is None
    for wrong in ({"freq": "aeon"}, {"draws": "1000"}, {"half_life": -1.0}, {"dyads": [["NOR"]]}, {"since": "soon"}):
        with pytest.raises(InputError, match="m: options: not the options of a panel"):
            options_from(plain | wrong, "m")
    with pytest.raises(InputError, match="options"):
        options_from({"freq": "month"}, "m")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "not a manifest"),
        ('{"detente_manifest": 7}', "of version 7"),
        ('{"detente_manifest": 1}', "command: is missing"),
        ('{"detente_manifest": 1, "command": 3}', "command: is int"),
    ],
)
def test_what_is_no_manifest_is_told_in_one_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told) as fault:
        load_manifest(path)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("name", ["../p.csv", "/etc/passwd", "a/b.csv", "..", "", "a\\b", "a\0b"])
def test_a_manifest_leads_nowhere_out_of_its_folder(name: str, filed_news: Path, tmp_path: Path) -> None:
    made = publish_panel(filed_news, tmp_path / "p.csv", [DYAD])
    plain = json.loads(made.to_json())
    plain["outputs"][0]["file"] = name
    with pytest.raises(InputError, match="is no name of a file"):
        Manifest.from_json(json.dumps(plain), "m")


def test_nothing_to_publish_leaves_no_file(filed_news: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="its ending is not known"):
        publish_panel(filed_news, tmp_path / "p.xlsx", [DYAD])
    with pytest.raises(LedgerError, match="nothing"):
        publish_panel(filed_news, tmp_path / "p.csv", [("KEN", "NOR")])
    with pytest.raises(InputError, match="cannot be read"):
        publish_panel(filed_news, tmp_path / "p.csv", [DYAD], made_from=[tmp_path / "absent"])
    assert list(tmp_path.iterdir()) == []


def test_bytes_depend_on_no_order_no_batch_and_no_hash_seed(news_file: Path, tmp_path: Path) -> None:
    """Two processes with other hash seeds; in the second every text is a file of its own, read in the other order."""
    lines = news_file.read_text(encoding="utf-8").splitlines()
    singles = [tmp_path / f"{number}.jsonl" for number in range(len(lines))]
    for single, line in zip(singles, reversed(lines), strict=True):
        single.write_text(line + "\n", encoding="utf-8")
    _run("1", "add", str(news_file), "--db", str(tmp_path / "one.duckdb"))
    _run("2", "add", *map(str, singles[:3]), "--db", str(tmp_path / "two.duckdb"))
    _run("3", "add", *map(str, singles[3:]), "--db", str(tmp_path / "two.duckdb"))
    made = {}
    for seed, name in (("4", "one"), ("5", "two")):
        (tmp_path / name).mkdir()
        for ending in ("parquet", "csv", "dta"):
            out = tmp_path / name / f"p.{ending}"
            _run(seed, "panel", "Norway", "Russia", "--out", str(out), "--db", str(tmp_path / f"{name}.duckdb"))
        made[name] = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert len(made["one"]) == 12 and made["one"] == made["two"]


def _run(seed: str, *words: str) -> None:
    done = subprocess.run(
        [COMMAND, *words], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

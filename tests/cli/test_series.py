"""`detente series` on a real ledger."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detente.analysis.series import SCHEMA, series

Run = Callable[..., subprocess.CompletedProcess[bytes]]
TEXTS = (
    ("Peruvian President Dina Boluarte met Chilean President Gabriel Boric in Lima on Monday.", "2024-02-06"),
    ("Chile accused Peru on Tuesday of unfair tariffs.", "2024-02-14"),
    ("Peru expelled two Chilean diplomats on Friday.", "2024-04-06"),
)


@pytest.fixture(scope="module")
def ledger(detente: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("series") / "relations.duckdb"
    lines = [json.dumps({"id": f"p{n}", "published": day, "text": text}) for n, (text, day) in enumerate(TEXTS)]
    done = detente("add", "-", "--db", str(path), "-q", input="\n".join(lines).encode())
    assert done.returncode == 0, done.stderr
    return path


def test_every_format_has_the_same_figures(detente: Run, ledger: Path, tmp_path: Path) -> None:
    table = series(ledger, ("PER", "CHL"))
    done = detente("series", "PER", "Chile", "--db", str(ledger), "--out", str(tmp_path / "s.parquet"))
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "s.parquet").equals(table) and table.schema.equals(SCHEMA)
    lines = detente("series", "PER", "CHL", "--db", str(ledger)).stdout.splitlines()
    wire = [json.loads(line) for line in lines]
    assert [row["episodes"] for row in wire] == table["episodes"].to_pylist()
    assert wire[1] | {"episodes": None, "score": None} == wire[1] and wire[0]["start"] == "2024-02-01"
    done = detente("series", "PER", "CHL", "--db", str(ledger), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert list(rows[0]) == SCHEMA.names and rows[0]["direction"] == "both"
    assert [(row["period"], row["episodes"]) for row in rows[:3]] == [
        ("2024-02", "2"),
        ("2024-03", ""),
        ("2024-04", "1"),
    ]


def test_a_table_for_readers_with_the_changes(detente: Run, ledger: Path) -> None:
    said = detente("series", "PER", "CHL", "--db", str(ledger), "--format", "table").stdout.decode()
    assert "PER>CHL" in said and "no change of level is found" in said
    assert [line.split()[:4] for line in said.splitlines() if line.startswith("2024-03")] == [
        ["2024-03", "0", "0", "gap"]
    ] * 3
    assert not any(line.endswith(" ") for line in said.splitlines() if line.startswith("    "))


def test_changes_alone(detente: Run, ledger: Path) -> None:
    done = detente("series", "PER", "CHL", "--db", str(ledger), "--changes", "--freq", "week")
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    done = detente("series", "PER", "CHL", "--db", str(ledger), "--changes", "--format", "csv")
    assert done.returncode == 2 and b"table or jsonl" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--freq", "year"), "--freq year: not known (day, week, month, quarter)"),
        (("--level", "x"), "--level x: not known (gov, all)"),
        (("--half-life", "0"), "--half-life 0: must be a number of days above 0"),
        (("--draws", "1000000"), "--draws 1000000: must be from 0 to 10,000"),
        (("--format", "xml"), "--format xml: not known (table, csv, jsonl, parquet)"),
        (("--source", "gdelt"), "--source gdelt: nothing of it is in the ledger, which has detente"),
        (("--scores", "goldstein"), "--scores goldstein: episodes of our own have PLOVER scores only"),
        (("--since", "2030-01-01"), "--since 2030-01-01 is later than the last day known, 2024-04-06"),
    ],
)
def test_what_cannot_be_asked_is_one_line(options: tuple[str, str], said: str, detente: Run, ledger: Path) -> None:
    done = detente("series", "PER", "CHL", "--db", str(ledger), *options)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"detente: {said}\n"

"""`detente import` and `detente export` as a user runs them."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from detente.exchange.formats import LAYOUTS
from detente.ledger import query
from tests.cli.conftest import Run

ICEWS = "\t".join(LAYOUTS["icews"].columns) + "\n"
_ACTOR, _PLACE = "\tJapan\tNULL\tJapan\tConsult\t040\t1", "\t3\t2\tK\tHanoi\tNULL\tX\tVietnam\t21\t105\n"
ROW = "{}\t2018-06-0{}" + _ACTOR + "\tVietnam\tNULL\tVietnam" + _PLACE


def test_import_is_idempotent_and_tells_what_it_set_aside(detente: Run, tmp_path: Path) -> None:
    file, db = tmp_path / "events.tab", str(tmp_path / "l.duckdb")
    file.write_text(ICEWS + ROW.format(1, 1) + "odd\n" + ROW.format(2, 2) + ROW.format(3, 2).replace("2018", "20x8"))
    first = detente("import", str(file), "--db", db)
    assert first.returncode == 1
    told = first.stderr.decode()
    assert f"{file}: 2 rows of icews" in told
    assert f"{file}: 2 rows set aside, first: line 3: 1 cell where 20 belong" in told
    assert query(Path(db), "SELECT line, reason FROM v_set_aside ORDER BY line")[1] == [
        (3, "1 cell where 20 belong"),
        (5, "Event Date: '20x8-06-02' is no day (YYYYMMDD or YYYY-MM-DD)"),
    ]
    second = detente("import", str(file), "--db", db)
    assert second.returncode == 0
    assert "imported before" in second.stderr.decode()
    assert query(Path(db), "SELECT count(*) FROM v_imported_events")[1] == [(2,)]


def test_folders_archives_and_standard_input(detente: Run, tmp_path: Path) -> None:
    folder, db = tmp_path / "in", tmp_path / "l.duckdb"
    folder.mkdir()
    (folder / "a.tab.gz").write_bytes(gzip.compress((ICEWS + ROW.format(1, 1)).encode()))
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("readme.txt", "not a table")
        archive.writestr("x.tab", ICEWS + ROW.format(2, 2))
    piped = (ICEWS + ROW.format(3, 3)).encode()
    run = detente("import", str(folder), "-", str(tmp_path / "none"), "--db", str(db), input=piped)
    assert run.returncode == 1
    told = run.stderr.decode()
    assert "b.zip/readme.txt: is none of the formats that are known" in told
    assert "none: no such file or folder" in told
    assert query(db, "SELECT id FROM v_imported_events ORDER BY id")[1] == [("1",), ("2",), ("3",)]


@pytest.fixture(scope="module")
def ledger(detente: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with two texts coded here and two rows of ICEWS."""
    folder = tmp_path_factory.mktemp("ledger")
    texts = ["US Secretary of State Antony Blinken met Chinese Foreign Minister Qin Gang in Beijing on Sunday."]
    texts += [
        "The United States condemned Russia on Monday.",
        "The Chinese foreign minister will visit Japan next week.",
    ]
    lines = [json.dumps({"id": f"d{n}", "text": text, "published": "2023-06-20"}) for n, text in enumerate(texts)]
    (folder / "news.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "events.tab").write_text(ICEWS + ROW.format(1, 1) + ROW.format(2, 2))
    db = str(folder / "l.duckdb")
    assert detente("add", str(folder / "news.jsonl"), "--db", db).returncode == 0
    assert detente("import", str(folder / "events.tab"), "--db", db).returncode == 0
    return db


def exported(detente: Run, ledger: str, out: Path, *words: str) -> list[list[str]]:
    run = detente("export", "--out", str(out), "--db", ledger, *words)
    assert run.returncode == 0, run.stderr
    return [line.split("\t") for line in out.read_text().splitlines()]


def test_records_of_ours_go_out_as_rows_of_pairs(detente: Run, ledger: str, tmp_path: Path) -> None:
    rows = exported(detente, ledger, tmp_path / "a.tab", "--format", "icews")[1:]
    pairs = {(row[4], row[10], row[6][:2]) for row in rows}
    assert ("United States", "China", "04") in pairs and ("United States", "Russian Federation", "11") in pairs
    # What is only to come is left out unless asked for.
    assert not any("Japan" in pair for pair in pairs)
    every = exported(detente, ledger, tmp_path / "b.tab", "--format", "icews", "--all")[1:]
    assert any(row[10] == "Japan" for row in every)
    some = exported(detente, ledger, tmp_path / "c.tab", "--format", "icews", "--dyads", "china-usa")[1:]
    assert some == [row for row in rows if {row[4], row[10]} == {"United States", "China"}]
    episodes = exported(detente, ledger, tmp_path / "d.tsv", "--format", "gdelt2", "--unit", "episodes")
    assert {len(row) for row in episodes} == {61}


def test_rows_of_others_go_out_as_they_came(detente: Run, ledger: str, tmp_path: Path) -> None:
    exported(detente, ledger, tmp_path / "a.tab", "--format", "icews", "--source", "icews")
    assert (tmp_path / "a.tab").read_text() == ICEWS + ROW.format(1, 1) + ROW.format(2, 2)
    late = exported(
        detente, ledger, tmp_path / "b.tab", "--format", "icews", "--source", "icews", "--since", "2018-06-02"
    )
    assert [row[0] for row in late[1:]] == ["2"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "xml"), "format 'xml' is not known (gdelt2,"),
        (("--format", "icews", "--source", "cnn"), "--source 'cnn' is not known (detente,"),
        (("--format", "icews", "--dyads", "USA"), "--dyads 'USA' is no dyad"),
        (("--format", "icews", "--unit", "week"), "--unit 'week' is not known (events, episodes)"),
        (("--format", "gdelt-mentions"), "give --source gdelt, and no --dyads"),
        (("--format", "acled", "--source", "icews"), "no rows of icews there that acled could hold"),
    ],
)
def test_what_does_not_go_together_is_one_line(
    detente: Run, ledger: str, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    run = detente("export", *words, "--out", str(tmp_path / "x"), "--db", ledger)
    assert run.returncode == 2
    assert told in run.stderr.decode() and run.stderr.count(b"\n") == 1
    assert not list(tmp_path.iterdir())

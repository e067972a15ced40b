"""Questions in SQL see the ledger and nothing else; what DuckDB complains of is told in one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import chdir
from pathlib import Path

import pytest

from detente.errors import LedgerError
from detente.ledger import query, reading, writing

COMMAND = str(Path(sys.executable).parent / "detente")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A ledger without documents."""
    path = tmp_path / "l.duckdb"
    with writing(path, new=True):
        pass
    return path


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "COPY (SELECT 1) TO '{folder}/l.duckdb'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "SELECT * FROM read_text('{folder}/secret.txt')",
        "SELECT * FROM '{folder}/secret.txt'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "EXPORT DATABASE '{folder}/all'",
        "DROP TABLE events",
        "DELETE FROM documents",
    ],
)
def test_a_question_touches_nothing_but_the_ledger(empty: Path, sql: str) -> None:
    folder = empty.parent
    (folder / "secret.txt").write_text("x,y\n1,2\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(LedgerError, match="the question is not right"):
        query(empty, sql.format(folder=folder))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("sql", ["", "  ", ";", "-- nothing"])
def test_no_question_is_refused(empty: Path, sql: str) -> None:
    with pytest.raises(LedgerError, match="there is no question"):
        query(empty, sql)


def test_tables_of_another_make_are_told_in_one_line(empty: Path) -> None:
    with writing(empty) as connection:
        connection.execute("ALTER TABLE feeds RENAME COLUMN state TO other")
    with pytest.raises(LedgerError, match="has not the tables") as told, reading(empty) as connection:
        connection.execute("SELECT state FROM feeds")
    assert "\n" not in str(told.value)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder"), reading(tmp_path):
        pass


@pytest.mark.parametrize("left", [0, 20, 4096])
def test_a_file_killed_before_it_was_made_is_made_anew(empty: Path, left: int) -> None:
    """What is left of a new file when the process dies while DuckDB writes its heads."""
    empty.write_bytes(empty.read_bytes()[:left])
    with writing(empty, new=True):
        pass
    assert query(empty, "SELECT count(*) FROM documents")[1] == [(0,)]


def test_a_short_file_of_others_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("a few lines of notes\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="cannot be opened as a ledger"), writing(path, new=True):
        pass
    assert path.read_text(encoding="utf-8") == "a few lines of notes\n"


def test_a_ledger_may_have_any_name(tmp_path: Path) -> None:
    with chdir(tmp_path):
        for name in (":memory:", "md:ledger", "ledger.csv"):
            with writing(Path(name), new=True):
                pass
            assert query(Path(name), "SELECT count(*) FROM documents")[1] == [(0,)]


@pytest.mark.parametrize("seconds", [2, 3, 4, 5])
def test_ctrl_c_stops_a_long_question(empty: Path, seconds: int) -> None:
    """At whatever moment: DuckDB itself now and then hears no signal at all."""
    sql = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b"
    process = subprocess.Popen([COMMAND, "sql", sql, "--db", str(empty)], stderr=subprocess.PIPE, text=True)
    try:
        while process.poll() is None and cpu_seconds(process.pid) < seconds:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130 and "Traceback" not in said


def cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

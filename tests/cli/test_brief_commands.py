"""`detente brief` and the lists as a user runs them, on a ledger filed from short texts of our own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ROWS = (
    {
        "id": "p1",
        "published": "2024-02-06",
        "publisher": "Agency",
        "title": "Ministers meet in Lima",
        "text": "Peru's foreign minister met Chile's foreign minister in Lima on 5 February 2024. Chile's foreign "
        "minister invited his Peruvian counterpart to visit Santiago in May.",
    },
    {
        "id": "p2",
        "published": "2024-03-12",
        "publisher": "Agency",
        "title": "Peru expels consul",
        "text": "Peru expelled the Chilean consul in Tacna on Monday. Chile recalled its ambassador on Tuesday.",
    },
)


@pytest.fixture(scope="module")
def ledger(detente: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    done = detente("add", folder / "rows.jsonl", "--db", folder / "relations.duckdb", "-q")
    assert done.returncode == 0, done.stderr
    return folder / "relations.duckdb"


def test_brief_takes_names_and_adjectives(detente: Run, ledger: Path) -> None:
    done = detente("brief", "peru", "Chilean", "--db", ledger, "--format", "json")
    assert done.returncode == 0, done.stderr
    brief = json.loads(done.stdout)
    assert brief["dyad"] == ["PER", "CHL"]
    deeds = next(section for section in brief["sections"] if section["key"] == "deeds")
    assert any("expelled the Chilean consul" in line["text"] for row in deeds["rows"] for line in row["cells"][2])


def test_the_ending_of_the_file_says_the_format(detente: Run, ledger: Path, tmp_path: Path) -> None:
    for name, start in (("b.html", b"<!doctype html>"), ("b.pdf", b"%PDF-"), ("b.md", b"# Peru and Chile")):
        done = detente("brief", "PER", "CHL", "--db", ledger, "--out", tmp_path / name)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr
        assert (tmp_path / name).read_bytes().startswith(start)


def test_until_uses_nothing_published_later(detente: Run, ledger: Path) -> None:
    done = detente("brief", "PER", "CHL", "--db", ledger, "--until", "2024-02-28", "--format", "md")
    assert b"expelled" not in done.stdout and b"Lima" in done.stdout


def test_a_period_much_longer_than_what_is_known_shows_a_year_of_gaps(detente: Run, ledger: Path) -> None:
    for days in (("--since", "0001-01-01"), ("--since", "1000-01-01", "--until", "9999-12-31")):
        done = detente("brief", "PER", "CHL", "--db", ledger, *days, "--format", "json")
        assert done.returncode == 0, done.stderr
        months = [point["month"] for point in json.loads(done.stdout)["series"]]
        assert (months[0], months[-1]) == ("2023-02", "2025-03" if "--until" in days else "2024-03")


def test_lists_as_lines_of_json_and_as_csv(detente: Run, ledger: Path) -> None:
    lines = detente("events", "CHL", "PER", "--db", ledger).stdout.splitlines()
    assert {json.loads(line)["record"] for line in lines} == {"event"}
    rows = list(
        csv.DictReader(
            io.StringIO(detente("contacts", "CHL", "PER", "--db", ledger, "--format", "csv").stdout.decode())
        )
    )
    assert [(row["start"], row["place"], row["documents"]) for row in rows] == [("2024-02-05", "Lima", "p1")]


def test_filters_narrow_and_the_limit_keeps_the_latest(detente: Run, ledger: Path) -> None:
    def types(*options: str) -> list[str]:
        done = detente("episodes", "PER", "CHL", "--db", ledger, *options)
        return [json.loads(line)["type"] for line in done.stdout.splitlines()]

    assert set(types("--side", "Peru")) <= set(types())
    assert "CONSULT" not in types("--since", "2024-03-01")
    assert len(types("--limit", "1")) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("brief", "Peru", "Chili"), "did you mean Chile (CHL)"),
        (("brief", "Peru", "PER"), "same country"),
        (("brief", "PER", "CHL", "--format", "doc"), "terminal, md, html, pdf, json"),
        (("brief", "PER", "CHL", "--since", "May"), "--since"),
        (("brief", "PER", "FRA"), "nothing filed"),
        (("channels", "PER", "CHL", "--status", "shut"), "open, quiet, suspended"),
        (("contacts", "PER", "CHL", "--side", "PER"), "both sides"),
        (("events", "PER", "CHL", "--limit", "0"), "at least 1"),
        (("events", "PER", "CHL", "--issue", "fishes"), "Taiwan, South China Sea"),
        (("brief", "PER", "CHL", "--since", "2024-03-01", "--until", "2024-02-28"), "later than --until 2024-02-28"),
        (("forget", "no\x1b[31mne"), "no document"),
    ],
)
def test_faults_are_one_line_that_says_what_would_be_right(
    detente: Run, ledger: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = detente(*arguments, "--db", ledger)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("detente: ") and said in line and line.isprintable()


def test_a_closed_output_is_told_in_one_line(ledger: Path) -> None:
    words = [str(Path(sys.executable).parent / "detente"), "events", "PER", "CHL", "--db", str(ledger)]
    done = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "detente: standard output is closed\n")


def test_what_an_id_holds_does_not_command_the_terminal(detente: Run, tmp_path: Path) -> None:
    row = {"id": "a\x1b[31mb", "published": "2024-03-12", "text": "Peru thanked Chile on Monday."}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    db = tmp_path / "l.duckdb"
    assert detente("add", tmp_path / "rows.jsonl", "--db", db).returncode == 0
    done = detente("forget", row["id"], "--db", db)
    assert done.returncode == 0 and b"\x1b" not in done.stdout + done.stderr


def test_lists_of_the_views_are_told_as_the_other_commands_tell_them(detente: Run, ledger: Path) -> None:
    done = detente("sql", "SELECT participants, NULL AS none FROM v_contacts", "--db", ledger, "--format", "csv")
    names, (people, none) = csv.reader(io.StringIO(done.stdout.decode()))
    assert names == ["participants", "none"] and none == ""
    assert len(people.split("; ")) == 2 and "[" not in people

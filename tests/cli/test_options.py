"""What is wrong with the command itself is said in one line, at once, with exit status 2."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.evaluation import EVALUATIONS

Run = Callable[..., subprocess.CompletedProcess[bytes]]
COMMANDS = ("code", "explain", "compare", "evaluate", "doctor")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--format", "xml"], "format 'xml' is not known (table, jsonl, csv, parquet, plover)"),
        (["--kind", "poem"], "kind 'poem' is not known (news, readout, statement, transcript)"),
        (["--published", "2023-02-30"], "there is no such day as '2023-02-30'; write it as YYYY-MM-DD"),
        (["--published", "03/04/2023"], "could be day/month or month/day"),
        (["--published", ""], "is not a date"),
        (["--out", "records.xyz"], "no format goes by .xyz; add --format"),
        (["--out", "nowhere/records.csv"], "nowhere/records.csv: cannot be written"),
        (["--out", "text.txt"], "is one of the texts to be coded"),
        (["--out", "."], "is a folder"),
    ],
)
def test_a_wrong_value_is_one_line(detente: Run, tmp_path: Path, words: list[str], says: str) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Norway thanked Peru.")
    words = [str(tmp_path / word) if words[0] == "--out" and word != "--out" else word for word in words]
    done = detente("code", str(text), *words)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("detente: ")
    assert says in line
    assert [file.name for file in tmp_path.iterdir()] == ["text.txt"]
    assert text.read_text() == "Norway thanked Peru."


@pytest.mark.parametrize("words", [["code"], ["code", "x", "--frmat", "csv"], ["cod"], ["explain", "ev-1"]])
def test_wrong_usage_points_to_the_help(detente: Run, words: list[str]) -> None:
    done = detente(*words)
    assert done.returncode == 2
    assert "--help" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_text_has_an_example(detente: Run, command: str) -> None:
    done = detente(command, "--help")
    assert done.returncode == 0
    assert f"Example: detente {command}" in done.stdout.decode()


def test_help_lists_the_commands_and_version_names_the_program(detente: Run) -> None:
    listed = detente("--help").stdout.decode()
    assert all(f"  {command} " in listed for command in COMMANDS)
    assert detente("--version").stdout.startswith(b"detente 0")


def test_evaluate_lists_its_names_and_refuses_others(detente: Run) -> None:
    assert detente("evaluate").stdout.decode().split() == list(EVALUATIONS)
    done = detente("evaluate", "horoscopes")
    assert done.returncode == 2
    assert "no evaluation 'horoscopes'; there are: seed, " in done.stderr.decode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"record": "event", "document": "d"}\n', "line 1: not a well-formed record: no field 'sentence'"),
        ("Norway thanked Peru.\n", "line 1: not JSON"),
        (None, "no such file"),
    ],
)
def test_explain_names_a_file_that_holds_no_records(
    detente: Run, tmp_path: Path, content: str | None, says: str
) -> None:
    path = tmp_path / "records.jsonl"
    if content is not None:
        path.write_text(content)
    done = detente("explain", "ev-1", str(path))
    (line,) = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in line


def test_doctor_finds_this_installation_whole(detente: Run) -> None:
    done = detente("doctor")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0, lines
    assert [line.split()[:2] for line in lines] == [
        ["ok", f"{part}:"] for part in ("Python", "packages", "pipeline", "tables", "model", "coding")
    ]

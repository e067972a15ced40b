"""`detente panel`, `reproduce` and `compare-sources` from the shell: exit statuses, and one line for what is wrong."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_a_panel_is_written_and_made_again(detente: Run, filed_news: Path, news_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.csv"
    done = detente("panel", "Norway", "rus", "ken", "--out", str(out), "--db", str(filed_news))
    assert done.returncode == 0
    assert [line.split("  ")[1] for line in done.stdout.decode().splitlines()] == [
        "p.csv",
        "p.csv.dictionary.csv",
        "p.csv.citation.txt",
    ]
    assert "left out, for nothing tells of them: KEN-NOR, KEN-RUS" in done.stderr.decode()
    again = detente("reproduce", f"{out}.manifest.json", "--input", str(news_file))
    assert again.returncode == 0 and again.stdout.decode().splitlines()[0] == "p.csv: the same"
    fewer = tmp_path / "fewer.jsonl"
    fewer.write_text("".join(news_file.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    other = detente("reproduce", f"{out}.manifest.json", "--input", str(fewer))
    assert other.returncode == 1
    told = other.stdout.decode()
    assert told.startswith("p.csv: line 7: ") and "documents missing: n8" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("panel", "--out", "p.csv"), "name two countries or more, or say --all"),
        (("panel", "Norway", "--all", "--out", "p.csv"), "name two countries or more, or say --all"),
        (("panel", "Norway", "--out", "p.csv"), "name two countries or more"),
        (("panel", "Norway", "Russia", "--out", "p.xls"), "its ending is not known"),
        (("panel", "Norway", "Russia", "--out", "p.csv", "--freq", "year"), "--freq year"),
        (("panel", "Norway", "Russia", "--out", "p.csv", "--source", "icews"), "icews"),
        (("compare-sources", "detente", "icews", "Norway", "Russia"), "nothing of icews"),
        (("compare-sources", "detente", "icews", "Norway", "Russia", "--format", "xml"), "--format xml"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    detente: Run, filed_news: Path, words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    where = [str(tmp_path / word) if word.startswith("p.") else word for word in words]
    done = detente(*where, "--db", str(filed_news))
    said = done.stderr.decode()
    assert done.returncode == 2 and told in said and len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_no_manifest_is_told_in_one_line(detente: Run, news_file: Path) -> None:
    done = detente("reproduce", str(news_file))
    assert done.returncode == 2 and "not a manifest" in done.stderr.decode()

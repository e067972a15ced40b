"""`detente plot` as a user runs it: the file it writes, and one line for each mistake."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def ledger(detente: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plot")
    text = folder / "kampala.txt"
    text.write_text(
        "Kenyan President William Ruto met his Ugandan counterpart Yoweri Museveni in Kampala on Tuesday. Uganda "
        "expelled a Kenyan diplomat on Wednesday.",
        encoding="utf-8",
    )
    path = folder / "relations.duckdb"
    assert detente("add", str(text), "--published", "2024-05-16", "--db", str(path)).returncode == 0
    return path


def test_the_ending_says_the_format(detente: Run, ledger: Path, tmp_path: Path) -> None:
    beginnings = {
        "svg": b"<svg",
        "png": b"\x89PNG",
        "pdf": b"%PDF-",
        "html": b"<!DOCTYPE html>",
        "csv": b"channel,what",
    }
    for ending, beginning in beginnings.items():
        out = tmp_path / f"contacts.{ending}"
        ran = detente("plot", "contacts", "Kenya", "UGA", "--db", str(ledger), "--out", str(out))
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
        assert out.read_bytes().startswith(beginning)


def test_a_dark_plot_is_dark(detente: Run, ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    assert detente("plot", "map", "--theme", "dark", "--db", str(ledger), "--out", str(out)).returncode == 0
    assert b'fill="#15181c"' in out.read_bytes()[:2000]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pie", "KEN", "UGA", "--out", "x.svg"), "plot 'pie' is not known (series, contacts, issues, network, map)"),
        (("map",), "name a file to draw into: --out map.svg"),
        (("map", "--out", "x.gif"), "x.gif: ending '.gif' is not known (svg, png, pdf, html, csv)"),
        (("map", "--theme", "sepia", "--out", "x.svg"), "theme 'sepia' is not known (light, dark)"),
        (("contacts", "KEN", "Atlantis", "--out", "x.svg"), "'Atlantis' is no country"),
        (("map", "--since", "soon", "--out", "x.svg"), "--since"),
        (("map", "--until", "2020-01-01", "--out", "x.svg"), "nothing to plot"),
        (("map", "--out", "no/such/folder/x.svg"), "cannot be written"),
    ],
)
def test_a_mistake_is_told_in_one_line_and_leaves_no_file(
    detente: Run, ledger: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    given = [str(tmp_path / word) if word.endswith((".svg", ".gif")) else word for word in words]
    ran = detente("plot", *given, "--db", str(ledger))
    assert ran.returncode == 2
    assert told.replace("x.gif:", f"{tmp_path}/x.gif:") in ran.stderr.decode()
    assert ran.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []

"""The page on data and the notebook do what they show, on the corpus that comes with the project."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from types import ModuleType

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from detente.cli.import_export import run_export, run_import
from detente.ledger.exports import Wanted
from detente.publishing.panel import PANEL_COLUMNS

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "relations.ipynb"
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def done() -> tuple[nbformat.NotebookNode, Path]:
    """The notebook after a run, and the ledger that it made."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("print(ledger.path)"))
    folder = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=folder).execute()
    return notebook, Path(notebook.cells[-1].outputs[0].text.strip())


def test_the_notebook_runs_and_shows_what_it_says(done: tuple[nbformat.NotebookNode, Path]) -> None:
    notebook, _ = done
    told = "\n".join(_text(output) for cell in notebook.cells for output in cell.get("outputs", ()))
    assert "'new': 51, 'reprint': 3" in told and "Reproduction(identical=True" in told
    assert "How to cite this file" in told and "multilateral margin" in told and "COOPERATE" in told
    charts = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(charts) == 1


def _text(output: nbformat.NotebookNode) -> str:
    return str(output.get("text", "")) + str(output.get("data", {}).get("text/plain", ""))


def test_the_notebook_is_kept_without_outputs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    assert NOTEBOOK.stat().st_size < 20_000


def test_the_commands_and_the_python_of_the_page_work(
    done: tuple[nbformat.NotebookNode, Path], script: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    shutil.copy(done[1], tmp_path / "relations.duckdb")
    script("sessions").prepare("", tmp_path)
    with chdir(tmp_path):
        run_export("gdelt2", "detente", Wanted(), "episodes", Path("rows.tsv"), Path("relations.duckdb"), quiet=True)
        run_import(["rows.tsv"], "auto", Path("relations.duckdb"), quiet=True)
        commands = [line[2:] for block in _blocks("console") for line in block.splitlines() if line.startswith("$ ")]
        assert len(commands) == 3
        for command in commands:
            script("sessions").printed(shlex.split(command), tmp_path)
        names: dict[str, object] = {}
        for block in _blocks("python"):
            exec(block, names)
    assert (tmp_path / "panel.parquet.manifest.json").is_file()
    assert len(pd.read_csv(tmp_path / "panel.csv")) == 2 * 6


def test_the_other_languages_name_columns_that_are_there() -> None:
    columns = {column.name for column in PANEL_COLUMNS}
    used = set(re.findall(r"panel\$(\w+)", "".join(_blocks("r")))) | {
        "actor",
        "recipient",
        "score",
        "documents",
        "start",
    }
    assert used <= columns


def test_every_method_of_the_table_is_there() -> None:
    import detente

    (table,) = re.findall(r"^\| method \| rows \|\n(.*?)\n\n", PAGE, re.M | re.S)
    cells = [row.split("|")[1] for row in table.splitlines()[1:]]
    named = {
        word
        for cell in cells
        for code in re.findall(r"`([^`]+)`", cell)
        for word in re.findall(r"(\w+)(?:\(| |$)", code)
    }
    public = {name for name in vars(detente.Ledger) if not name.startswith("_")} - {"path"}
    assert public <= named


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)

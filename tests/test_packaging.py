"""The wheel holds the package with its tables, and nothing of what only a checkout has."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as a user gets it, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*command, "--quiet", "--wheel-dir", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_every_module_and_table_of_the_source_is_inside(wheel: zipfile.ZipFile) -> None:
    source = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "detente").rglob("*")
        if path.is_file()
        and path.suffix
        in {".py", ".tsv", ".toml", ".npz", ".zst", ".typed", ".onnx", ".json", ".sql", ".j2", ".css", ".typ", ".svg"}
    }
    inside = set(wheel.namelist())
    assert source - inside == set()
    for needed in (
        "detente/py.typed",
        "detente/ontology/data/types.tsv",
        "detente/ontology/data/cameo.tsv",
        "detente/lexicon/data/countries.tsv",
        "detente/lexicon/data/holders/heads.tsv",
        "detente/lexicon/data/triggers/verbs.tsv",
        "detente/evaluation/floors.toml",
        "detente/coding/model/relation.onnx",
        "detente/ledger/migrations/0001_start.sql",
        "detente/analysis/templates/brief.html.j2",
    ):
        assert needed in inside


def test_nothing_but_the_package_and_its_metadata_is_inside(wheel: zipfile.ZipFile) -> None:
    roots = {name.partition("/")[0] for name in wheel.namelist()}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert roots == {"detente", f"detente-{version}.dist-info"}
    kinds = {Path(name).suffix for name in wheel.namelist() if name.startswith("detente/")}
    # No articles, gold or corpora: those are .txt, .json, .jsonl, .gz, .csv.
    assert {Path(name).name for name in wheel.namelist() if name.endswith(".json")} == {
        "plover_pairs_folds.json",
        "relation.json",
        "tokenizer.json",
    }
    assert kinds <= {
        ".py",
        ".tsv",
        ".toml",
        ".npz",
        ".zst",
        ".typed",
        ".md",
        ".onnx",
        ".json",
        ".sql",
        ".j2",
        ".css",
        ".typ",
        ".svg",
    }


def test_no_text_of_the_shared_data_is_inside(wheel: zipfile.ZipFile, shared: Path) -> None:
    packed = "\n".join(
        wheel.read(name).decode("utf-8") for name in wheel.namelist() if Path(name).suffix in {".py", ".tsv", ".md"}
    )
    article = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    sentences = [line for line in article.splitlines() if len(line) > 60]
    assert sentences
    assert [sentence for sentence in sentences if sentence in packed] == []


def test_the_licence_and_the_command_come_with_it(wheel: zipfile.ZipFile) -> None:
    (licence,) = [name for name in wheel.namelist() if name.endswith("/LICENSE")]
    assert "Apache License" in wheel.read(licence).decode("utf-8")
    (entry,) = [name for name in wheel.namelist() if name.endswith("/entry_points.txt")]
    assert "detente = detente.cli.main:run" in wheel.read(entry).decode("utf-8")


def test_the_wheel_stays_small_enough_for_a_laptop(wheel: zipfile.ZipFile) -> None:
    # The gazetteer is 5 MB, the relation model 16, and everything else together less than 5.
    assert sum(info.compress_size for info in wheel.infolist()) < 30_000_000

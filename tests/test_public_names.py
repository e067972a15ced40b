"""`detente` offers exactly what it lists, and costs nothing until it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import detente


def test_everything_listed_can_be_imported_and_nothing_else_is_there() -> None:
    assert dir(detente) == sorted(detente.__all__)
    for name in detente.__all__:
        assert getattr(detente, name) is not None
    namespace: dict[str, object] = {}
    exec("from detente import *", namespace)
    assert set(namespace) - {"__builtins__"} == set(detente.__all__)
    with pytest.raises(AttributeError, match="Ledgers"):
        _ = detente.Ledgers  # type: ignore[attr-defined]


def test_a_type_checker_sees_the_same_names() -> None:
    tree = ast.parse(Path(detente.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.name for node in ast.walk(block) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == set(detente.__all__)


def test_the_names_are_those_of_the_parts() -> None:
    from detente.coding import Coder
    from detente.records import Event

    assert detente.Coder is Coder
    assert detente.Event is Event


@pytest.mark.parametrize("line", ["import detente", "import detente; detente.Event", "import detente.cli.main"])
def test_heavy_libraries_wait_until_they_are_needed(line: str) -> None:
    check = f"import sys; {line}; print(sorted({{'spacy', 'pyarrow', 'trafilatura', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

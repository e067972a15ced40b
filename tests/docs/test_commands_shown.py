"""What the pages show of commands is what the commands print."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from detente.evaluation import EVALUATIONS
from detente.evaluation.gate import Bounds

ROOT = Path(__file__).resolve().parents[2]
Script = Callable[[str], ModuleType]


def test_every_command_of_the_tutorial_works_and_prints_what_is_shown(script: Script, tmp_path: Path) -> None:
    sessions = script("sessions")
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    sessions.prepare(page, tmp_path)
    steps = list(sessions.steps(page))
    assert len(steps) >= 8
    for step in steps:
        printed = [line.strip() for line in sessions.printed(shlex.split(step.command), tmp_path).splitlines()]
        for line in step.shown:
            assert line.strip() in printed, f"{step.command}: not printed any more: {line} (run make pages)"


def test_files_the_tutorial_promises_are_written(script: Script, tmp_path: Path) -> None:
    sessions = script("sessions")
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    sessions.prepare(page, tmp_path)
    outputs = [out for step in sessions.steps(page) for out in re.findall(r"--out (\S+)", step.command)]
    assert set(outputs) >= {"records.jsonl", "many.csv", "many.parquet"}
    for step in sessions.steps(page):
        sessions.printed(shlex.split(step.command), tmp_path)
    assert [name for name in outputs if not (tmp_path / name).stat().st_size] == []


def test_the_excerpt_of_the_readme_is_what_the_command_prints(script: Script) -> None:
    assert (ROOT / "README.md").read_text(encoding="utf-8") == script("build_readme").page(), "run make pages"


def test_a_failing_command_is_not_passed_over(script: Script, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exit status"):
        script("sessions").printed(["detente", "explain", "ev-", "absent.jsonl"], tmp_path)


def test_steps_are_read_with_their_output(script: Script) -> None:
    page = "text\n\n```console\n$ detente doctor\nok\n\n…\n$ detente evaluate\nseed\n```\n\n```sh\n$ no\n```\n"
    found = [(step.command, step.shown) for step in script("sessions").steps(page)]
    assert found == [("detente doctor", ("ok",)), ("detente evaluate", ("seed",))]


def test_the_accuracy_page_is_made_of_the_kept_reports(script: Script) -> None:
    build = script("build_accuracy")
    made = build.page(build.read(), build.read_floors())
    assert (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8") == made, "run make pages"


def test_the_accuracy_page_shows_each_figure_with_its_floor(script: Script) -> None:
    build = script("build_accuracy")
    figures = {"macro_f1": 0.51234, "items.right": 7.0, "rate.bad": 0.25, "f1.ACCUSE": 0.5}
    report = {"name": "plover_pairs", "sha256": "abcdef0123456789", "items": 12, "figures": figures, "note": "a sample"}
    page = build.page([report], {"plover_pairs": Bounds("abcdef", {"macro_f1": 0.51}, {"rate.bad": 0.3})})
    assert "| `macro_f1` | 0.512 | 0.51 |" in page
    assert "    | `items.right` | 7 |  |" in page
    assert "| `rate.bad` | 0.250 | at most 0.3 |" in page
    assert "12 items, digest `abcdef012345`. Note: a sample." in page
    # What tells most comes first, the rest is there to be unfolded.
    assert page.index("`macro_f1`") < page.index("All figures") < page.index("f1.ACCUSE")
    assert "Not measured on this page yet: `seed`" in page


def test_every_evaluation_is_introduced(script: Script) -> None:
    assert set(script("build_accuracy").ABOUT) == set(EVALUATIONS)


def test_kept_reports_are_what_evaluate_prints(script: Script) -> None:
    kept = json.loads((ROOT / "docs" / "accuracy.json").read_text(encoding="utf-8"))
    assert kept == script("build_accuracy").read()
    for report in kept:
        assert {"name", "sha256", "items", "figures", "note"} == set(report)

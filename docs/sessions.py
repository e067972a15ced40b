"""Runs the `$ detente …` commands that the pages show, in this process, as a terminal of 160 columns would see them."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pages import ROOT
from typer.testing import CliRunner

from detente.cli.main import app

_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_FILE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.M | re.S)
# Longer outputs are cut on the page.
_MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Step:
    """A command as a page shows it, and the lines that the page says it prints."""

    command: str
    shown: tuple[str, ...]


def steps(page: str) -> Iterator[Step]:
    """The commands of a page's console blocks, in order; a line that begins with `$ ` is a command."""
    for block in _CONSOLE.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = part.splitlines()
            yield Step(command, tuple(line for line in shown if line.strip() not in ("", "…")))


def prepare(page: str, folder: Path) -> None:
    """Put into a folder what a reader of the page has there: the examples, and the files that the page gives."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    for name, text in _FILE.findall(page):
        (folder / name).write_text(text, encoding="utf-8")


def refreshed(page: str, folder: Path) -> str:
    """The page with each command's output as it is now; the commands are run in order in a prepared folder."""

    def block(match: re.Match[str]) -> str:
        lines = ["```console"]
        for step in steps(match[0]):
            output = [line.rstrip() for line in printed(shlex.split(step.command), folder).strip("\n").splitlines()]
            lines += [f"$ {step.command}", *output[:_MOST_LINES], *(["…"] if len(output) > _MOST_LINES else [])]
        return "\n".join([*lines, "```"])

    return _CONSOLE.sub(block, page)


def printed(words: list[str], folder: Path) -> str:
    """What `detente …` prints to standard output when run in a folder.

    Raises:
        RuntimeError: its exit status is not 0.
    """
    environment = {"COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb"}
    if words[0] != "detente":
        raise ValueError(f"not a command of détente: {shlex.join(words)}")
    with contextlib.chdir(folder):
        result = CliRunner(env=environment).invoke(app, words[1:], prog_name="detente")
    if result.exit_code != 0:
        raise RuntimeError(f"{shlex.join(words)}: exit status {result.exit_code}: {result.stderr} {result.exception!r}")
    return result.stdout

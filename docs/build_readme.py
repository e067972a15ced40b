"""Puts what the commands of README.md really print under them, between the markers `<!-- excerpt -->`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from pages import ROOT, run
from sessions import printed

PAGE = ROOT / "README.md"
BETWEEN = re.compile(r"(?<=<!-- excerpt -->\n).*?(?=<!-- /excerpt -->)", re.S)
ARTICLE = Path("examples/04_recalled_ambassador_france.txt")
COMMAND = f"detente code {ARTICLE} --published 2021-09-20 --format table"
# A reader of the README wants to see what it is like, not all of it.
EVENTS, STATEMENTS = 8, 5


def page() -> str:
    """README.md with its excerpt made anew."""
    text = PAGE.read_text(encoding="utf-8")
    if not BETWEEN.search(text):
        raise SystemExit("README.md has no <!-- excerpt --> and <!-- /excerpt -->")
    return BETWEEN.sub(lambda _: f"```console\n$ {COMMAND}\n{excerpt()}\n```\n", text)


def excerpt() -> str:
    """The head of the document and the first rows of each table that the command prints, the rest counted."""
    shown: list[str] = []
    for block in re.split(r"\n\s*\n", printed(shlex.split(COMMAND), ROOT).strip("\n")):
        lines = [line.rstrip() for line in block.splitlines()]
        if lines[0].startswith("who says "):
            most = STATEMENTS
        else:
            shown.append(lines.pop(0))
            most = EVENTS
        # A row may take several lines; those after the first are indented. The first row is the header.
        starts = [number for number, line in enumerate(lines) if not line.startswith(" ")]
        end = starts[most + 1] if len(starts) > most + 1 else len(lines)
        shown += [*lines[:end], *([f"… {len(starts) - 1 - most} more"] if end < len(lines) else []), ""]
    return "\n".join(shown).rstrip()


if __name__ == "__main__":
    run(PAGE, page)

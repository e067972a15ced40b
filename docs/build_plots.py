"""Draws the pictures of plots.md, light and dark, with the commands that the page shows, from the documents of the demo.
With `--check` only says, by the exit status, whether they are current."""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from pathlib import Path

from pages import DOCS
from sessions import prepare, printed

PAGE = DOCS / "plots.md"
FOLDER = DOCS / "plots"
ADD = "detente add examples/us-china-2023/documents.jsonl --db relations.duckdb -q"
COMMANDS = re.compile(r"^detente plot .+ --out (\w+)\.svg .*$", re.M)
THEMES = ("light", "dark")


def pictures() -> dict[Path, bytes]:
    """What each command of the page draws, by the file under docs/ that the page shows."""
    page = PAGE.read_text(encoding="utf-8")
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(page, folder)
        printed(shlex.split(ADD), folder)
        for command in COMMANDS.finditer(page):
            for theme in THEMES:
                printed([*shlex.split(command[0]), "--theme", theme], folder)
                found[FOLDER / f"{command[1]}-{theme}.svg"] = (folder / f"{command[1]}.svg").read_bytes()
    return found


if __name__ == "__main__":
    made = pictures()
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, drawn in made.items() if not path.is_file() or path.read_bytes() != drawn]
        sys.exit(f"{', '.join(stale)}: not current, run python docs/build_plots.py" if stale else 0)
    FOLDER.mkdir(exist_ok=True)
    for path, drawn in made.items():
        path.write_bytes(drawn)
    print(f"wrote {len(made)} pictures in {FOLDER.name}/")

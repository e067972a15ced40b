"""Puts what the commands of tutorial.md really print under them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pages import DOCS, run
from sessions import prepare, refreshed

PAGE = DOCS / "tutorial.md"


def page() -> str:
    """tutorial.md with the outputs made anew."""
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        prepare(text, Path(folder))
        return refreshed(text, Path(folder))


if __name__ == "__main__":
    run(PAGE, page)

"""What the scripts that write pages share: Markdown tables, and the main of such a script."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [_line(header), _line("---" for _ in header)]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """Text as code, empty if there is none."""
    return f"`{text}`" if text else ""


def number(value: float | None) -> str:
    """A number without needless digits, a true minus sign, nothing for None."""
    return "" if value is None else f"{value:g}".replace("-", "−")


def is_current(path: Path, made: str) -> bool:
    """Whether a page is what its script makes."""
    return path.is_file() and path.read_text(encoding="utf-8") == made


def run(path: Path, make: Callable[[], str]) -> None:
    """Write a page; with `--check` only say, by the exit status, whether it is current."""
    made = make()
    if "--check" in sys.argv[1:]:
        sys.exit(0 if is_current(path, made) else f"{path} is not current: run python docs/{Path(sys.argv[0]).name}")
    path.write_text(made, encoding="utf-8")
    print(f"wrote {path.relative_to(ROOT)}")

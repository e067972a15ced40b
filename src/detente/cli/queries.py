"""`detente contacts|channels|statements|commitments|episodes|events A B`: rows of a dossier, filtered and printed."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analysis.dossier import Dossier
from detente.analysis.items_file import csv_lines, jsonl
from detente.analysis.listing import NOUNS, Item, items_of
from detente.cli.printable import one_line
from detente.errors import OptionError
from detente.exchange.target import Target
from detente.lexicon.issues import issue_names

FORMATS: Final = ("table", "jsonl", "csv")
_WORDS: Final = 200
_FILE_WIDTH: Final = 160


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a list to show; None shows all. `side` is ISO alpha-3."""

    issue: str | None = None
    side: str | None = None
    status: str | None = None
    limit: int | None = None


def run_query(
    noun: str, load: Callable[[], Dossier], filters: Filters, format: str | None, out: Path | None = None
) -> int:
    """Prints the items of one kind (`NOUNS`), the latest first, and gives their number.

    Raises:
        OptionError: the noun, format, status or issue is not known, or the file cannot be written.
    """
    chosen = format or ("table" if out is None and sys.stdout.isatty() else "jsonl")
    if chosen not in FORMATS:
        raise OptionError(f"--format {chosen}: not known ({', '.join(FORMATS)})")
    if filters.limit is not None and filters.limit < 1:
        raise OptionError(f"--limit {filters.limit}: must be at least 1")
    items = select(items_of(noun, load()), noun, filters)
    target = Target(out if out is not None else sys.stdout.buffer)
    try:
        for piece in _PRINTERS[chosen](noun, items):
            target.file.write(piece.encode())
        target.keep()
    except BaseException:
        target.drop()
        raise
    return len(items)


def select(items: Sequence[Item], noun: str, filters: Filters) -> list[Item]:
    """Those that pass the filters.

    Raises:
        OptionError: this kind of item has no such property, or none of them ever has that value.
    """
    kind = NOUNS[noun]
    if filters.status is not None and filters.status not in kind.statuses:
        known = ", ".join(kind.statuses)
        raise OptionError(f"--status {filters.status}: {noun} have {f'one of {known}' if known else 'no status'}")
    if filters.issue is not None and not kind.issues:
        raise OptionError(f"--issue {filters.issue}: {noun} have no issue")
    if filters.side is not None and not kind.sided:
        raise OptionError(f"--side {filters.side}: {noun} have both sides, always")
    if filters.issue is not None and filters.issue.lower() not in (issue.lower() for issue in issue_names()):
        raise OptionError(f"--issue {filters.issue}: not known ({', '.join(issue_names())})")
    found = [item for item in items if _passes(item, filters)]
    return found if filters.limit is None else found[: filters.limit]


def _passes(item: Item, filters: Filters) -> bool:
    if filters.status is not None and item.status != filters.status:
        return False
    if filters.side is not None and filters.side not in item.sides:
        return False
    return filters.issue is None or filters.issue.lower() in (issue.lower() for issue in item.issues)


def _table(noun: str, items: Sequence[Item]) -> Iterable[str]:
    text = io.StringIO()
    terminal = Console()
    console = Console(
        file=text, width=max(80, terminal.width) if terminal.is_terminal else _FILE_WIDTH, highlight=False
    )
    names = [name for name in NOUNS[noun].columns if name not in ("id", "documents")]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name in names:
        table.add_column(name, no_wrap=name in ("start", "end", "made", "date", "last", "status", "state"))
    for item in items:
        table.add_row(*(Text(one_line(item.cells[name], _WORDS)) for name in names))
    console.print(table if items else Text("nothing is filed that fits"))
    yield text.getvalue()


_PRINTERS: Final[dict[str, Callable[[str, Any], Iterable[str]]]] = {"table": _table, "jsonl": jsonl, "csv": csv_lines}

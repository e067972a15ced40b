"""The series of two countries, and where it changes, as text or a file."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analysis.series import UNPLACED, Asked, Change, Driver, changes, series
from detente.cli.printable import one_line
from detente.errors import OptionError
from detente.exchange.tables import TABLE_WRITERS
from detente.exchange.target import Target
from detente.relations import Dyad

FORMATS: Final = ("table", *TABLE_WRITERS)
_FILE_WIDTH: Final = 160
_WORDS: Final = 100
_LEVELS: Final = {"score": "mean score", "episodes": "episodes a period", "rate": "episodes a document"}
_Shown = Table | Text


def run_series(path: Path, dyad: Dyad, asked: Asked, format: str | None, out: Path | None, only_changes: bool) -> None:
    """Writes the series, in a table for readers with the changes below; or the changes alone.

    Raises:
        OptionError: the format is not known or not for this, or the file cannot be written.
        LedgerError: there is no ledger, it stays in use, or nothing of the source, or of the dyad, is in it.
    """
    chosen = format_of(format, out)
    if only_changes and chosen not in ("table", "jsonl"):
        raise OptionError(f"--format {chosen}: changes are written as table or jsonl")
    options = asdict(asked)
    table = None if only_changes else series(path, dyad, **options)
    if table is not None and (unplaced := int(table.schema.metadata[UNPLACED.encode()])):
        print(f"{unplaced} without days, or with days too wide for one period, are left out", file=sys.stderr)
    found: Sequence[Change] = ()
    if only_changes or chosen == "table":
        of_changes = {name: value for name, value in options.items() if name not in ("half_life", "draws")}
        found = changes(path, dyad, **of_changes, direction=None)
    target = Target(out if out is not None else sys.stdout.buffer)
    try:
        if chosen == "table":
            target.file.write(_text(_parts(table, found), out is None).encode())
        elif table is not None:
            TABLE_WRITERS[chosen](table, target.file)
        else:
            lines = (json.dumps(change.to_dict(), ensure_ascii=False) + "\n" for change in found)
            target.file.write("".join(lines).encode())
        target.keep()
    except BaseException:
        target.drop()
        raise


def format_of(format: str | None, out: Path | None) -> str:
    """The format asked for, or told by the ending of the file; else table on a terminal, jsonl in a pipe.

    Raises:
        OptionError: the format is not known, or Parquet would go to a terminal.
    """
    by_ending = {f".{name}": name for name in FORMATS}.get(out.suffix.lower() if out else "")
    chosen = format or by_ending or ("table" if out is None and sys.stdout.isatty() else "jsonl")
    if chosen not in FORMATS:
        raise OptionError(f"--format {chosen}: not known ({', '.join(FORMATS)})")
    if chosen == "parquet" and out is None and sys.stdout.isatty():
        raise OptionError("--format parquet: not for a terminal; give a file with --out")
    return chosen


def _text(parts: Iterator[_Shown], here: bool) -> str:
    text, terminal = io.StringIO(), Console()
    width = max(80, terminal.width) if here and terminal.is_terminal else _FILE_WIDTH
    console = Console(file=text, width=width, highlight=False)
    for part in parts:
        console.print(part)
    return text.getvalue()


def _parts(table: pa.Table | None, found: Sequence[Change]) -> Iterator[_Shown]:
    rows = table.to_pylist() if table is not None else []
    for direction in dict.fromkeys(row["direction"] for row in rows):
        yield Text(f"{direction}")
        yield _figures([row for row in rows if row["direction"] == direction])
    yield Text("changes of level" if found else "no change of level is found")
    for change in found:
        yield Text(_headline(change))
        for driver in change.drivers:
            yield Text(f"    {_driver(driver)}")


def _figures(rows: Sequence[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    table.add_column("period", no_wrap=True)
    for name in ("documents", "on the dyad", "episodes", "mean score", "90 % band", "net", "90 % band", "index"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        if row["episodes"] is None:
            table.add_row(row["period"], "0", "0", *["gap"] * 6)
            continue
        figures = (row["documents"], row["documents_dyad"], row["episodes"])
        scores = (_signed(row["score"]), _band(row, "score"), _signed(row["net"]), _band(row, "net"))
        table.add_row(row["period"], *map(str, figures), *scores, _signed(row["index"]))
    return table


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}"


def _band(row: dict[str, Any], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return "–" if low is None else f"{_signed(low)} to {_signed(high)}"


def _headline(change: Change) -> str:
    levels = f"{change.before:+.2f} to {change.after:+.2f}" if change.measure == "score" else None
    levels = levels or f"{change.before:.2f} to {change.after:.2f}"
    gap = f", after {change.gap} periods without a value" if change.gap else ""
    covered = f"{change.documents_before:g} to {change.documents_after:g} documents a period"
    return f"{change.period}  {change.direction}  {_LEVELS[change.measure]} {levels}{gap} ({covered})"


def _driver(driver: Driver) -> str:
    what = " ".join(filter(None, (driver.type, driver.mode)))
    who = f" {driver.direction}" if driver.direction != "both" else ""
    days = str(driver.start) if driver.start == driver.end else f"{driver.start} to {driver.end}"
    words = one_line(driver.words, _WORDS)
    return f"{driver.side}: {days}{who} {what}" + (f": {words}" if words else "")

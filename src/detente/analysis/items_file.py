"""Items of a listing as a file: CSV, JSON Lines, Parquet.

`write_items(format, noun, items) -> bytes`; the CSV and JSON Lines are those of `detente contacts …`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from detente.analysis.listing import NOUNS, Item
from detente.errors import OptionError

_DAYS: Final = frozenset(
    ("start", "end", "date", "made", "settled on", "last", "next", "since", "suspended on", "resumed on")
)
_NUMBERS: Final = frozenset(("tone", "confidence", "interval"))
_COUNTS: Final = frozenset(("contacts", "reports"))


def jsonl(_: str, items: Iterable[Item]) -> Iterable[str]:
    """Each record whole, one a line."""
    return (json.dumps(item.wire, ensure_ascii=False) + "\n" for item in items)


def csv_lines(noun: str, items: Iterable[Item]) -> Iterable[str]:
    """A row of names, then a row an item."""
    names = NOUNS[noun].columns
    for row in (names, *([item.cells[name] for name in names] for item in items)):
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow(row)
        yield line.getvalue()


def _parquet(noun: str, items: Iterable[Item]) -> bytes:
    """The columns of the CSV, days and figures as such."""
    rows, arrays = list(items), []
    for name in NOUNS[noun].columns:
        kind, made = _type_of(name)
        arrays.append(pa.array([made(item.cells[name]) if item.cells[name] else None for item in rows], kind))
    out = io.BytesIO()
    pq.write_table(pa.table(dict(zip(NOUNS[noun].columns, arrays, strict=True))), out, compression="zstd")
    return out.getvalue()


def _type_of(name: str) -> tuple[Any, Callable[[str], Any]]:
    if name in _DAYS:
        return pa.date32(), date.fromisoformat
    if name in _NUMBERS:
        return pa.float64(), float
    return (pa.int64(), int) if name in _COUNTS else (pa.string(), str)


_WRITERS: Final[dict[str, Callable[[str, Sequence[Item]], bytes]]] = {
    "csv": lambda noun, items: "".join(csv_lines(noun, items)).encode(),
    "jsonl": lambda noun, items: "".join(jsonl(noun, items)).encode(),
    "parquet": _parquet,
}
FORMATS: Final = tuple(_WRITERS)


def write_items(format: str, noun: str, items: Sequence[Item]) -> bytes:
    """The file.

    Raises:
        OptionError: the format is not known.
    """
    if format not in _WRITERS:
        raise OptionError(f"format {format!r} is not known ({', '.join(FORMATS)})")
    return _WRITERS[format](noun, items)

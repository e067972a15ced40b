"""Which format a file has, told by its first lines.

Public: `Shape`, `recognise(name, head, format) -> Shape`.
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from typing import Final

from detente.errors import InputError, OptionError
from detente.exchange.formats import FORMATS, LAYOUTS, PLOVER, Layout

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Lines looked at where there is no header; more than half of them have to look like the format, one if it is asked for.
_LINES: Final = 50
_DELIMITERS: Final = ("\t", ",", ";")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is to be read: `layout` None for PLOVER JSON, `columns` in the file's order and the layout's names,
    `header` whether the first line names them, `quoted` whether cells may stand in quotation marks."""

    format: str
    layout: Layout | None
    columns: tuple[str, ...] = ()
    delimiter: str = "\t"
    header: bool = False
    quoted: bool = False


def recognise(name: str, head: bytes, format: str = "auto") -> Shape:
    """The shape of a file whose first bytes are `head`; `format` is one of `FORMATS` or `auto`.

    Raises:
        OptionError: the format is not known.
        InputError: the file has none of the formats, or not the one asked for.
    """
    if format != "auto" and format not in FORMATS:
        raise OptionError(f"format {format!r} is not known (auto, {', '.join(FORMATS)})")
    if head.startswith(_WIDE):
        raise InputError(name, "is UTF-16", right="save it as UTF-8")
    lines = [_text(line) for line in head.removeprefix(codecs.BOM_UTF8).split(b"\n")[: _LINES + 1] if line.strip()]
    if not lines:
        raise InputError(name, "nothing in it")
    if format in ("auto", PLOVER) and lines[0].lstrip()[:1] in ("{", "["):
        return Shape(PLOVER, None)
    layouts = [LAYOUTS[format]] if format in LAYOUTS else list(LAYOUTS.values()) if format == "auto" else []
    for layout in layouts:
        shape = _with_header(layout, lines) or _without(layout, lines, asked=format != "auto")
        if shape is not None:
            return shape
    wanted = f"is not {format} as published" if format != "auto" else "is none of the formats that are known"
    raise InputError(name, wanted, right=f"--format {'|'.join(FORMATS)}; columns: page “Import and export”")


def _with_header(layout: Layout, lines: list[str]) -> Shape | None:
    known = {_plain(column): column for column in layout.columns}
    known |= {_plain(alias): column for alias, column in layout.aliases.items()}
    for delimiter in _DELIMITERS:
        names = _cells(lines[0], delimiter, quoted=True)
        columns = [known.get(_plain(name), name.strip()) for name in names]
        if set(layout.key) <= set(columns):
            # Of two columns of one name the first is meant.
            unique = [name if name not in columns[:place] else f"{name} {place}" for place, name in enumerate(columns)]
            quoted = delimiter != "\t" or lines[0].startswith('"') or _all_quoted(layout, columns, lines[1:])
            return Shape(layout.name, layout, tuple(unique), delimiter, True, quoted)
    return None


def _without(layout: Layout, lines: list[str], *, asked: bool) -> Shape | None:
    for delimiter in _DELIMITERS[:2]:
        quoted = delimiter != "\t"
        rows = [_cells(line, delimiter, quoted=quoted) for line in lines]
        alike = [row for row in rows if layout.looks(row)]
        if len(alike) * 2 > len(rows) or (asked and alike):
            return Shape(layout.name, layout, layout.columns[: len(alike[0])], delimiter, False, quoted)
    return None


def _all_quoted(layout: Layout, columns: list[str], lines: list[str]) -> bool:
    """Whether cells of a tab-separated file stand in quotation marks: dates never begin with one otherwise."""
    places = [columns.index(name) for name in layout.required if name in columns]
    rows = [line.split("\t") for line in lines]
    return any(all(row[place].startswith('"') for place in places) for row in rows if len(row) > max(places))


def _cells(line: str, delimiter: str, *, quoted: bool) -> list[str]:
    if not quoted:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        # Not a line of a table, or a part of one.
        return []


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _text(line: bytes) -> str:
    return line.rstrip(b"\r").decode("utf-8", "replace")

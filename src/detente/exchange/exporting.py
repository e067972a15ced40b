"""Rows to files in the published formats, so that reading them back and writing them again gives the same bytes.

Public: `open_rows(format, out) -> RowWriter`; `write(table)` takes rows with the columns of the format's schema.
"""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import OptionError
from detente.exchange.formats import FORMATS, LAYOUTS, PLOVER, Layout
from detente.exchange.formats.layout import Columns, write_batch
from detente.exchange.formats.plover_json import dumps, object_of
from detente.exchange.target import Target
from detente.ledger.row_tables import ROWS, table_to_rows

# What ends a cell or a row of a table without quotation marks.
_BREAKS: Final = "[\t\n\r]"


class RowWriter(ABC):
    """Takes rows until `close`; as a context manager it discards the output if the block fails.

    `written` counts the rows in the file; `notes` say what the format could not hold, a line each.
    """

    def __init__(self, format: str, schema: pa.Schema, target: Target) -> None:
        self.format, self.schema = format, schema
        self.written = 0
        self._target = target
        self._tally: Counter[str] = Counter()

    @abstractmethod
    def write(self, table: pa.Table) -> None:
        """Adds rows."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should be told."""
        return tuple(f"{count:,} {what}" for what, count in self._tally.items())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._target.keep()
        else:
            self._target.drop()


class TableWriter(RowWriter):
    """A layout's table: header if it has one, cells in the order of its columns."""

    def __init__(self, layout: Layout, target: Target) -> None:
        super().__init__(layout.name, layout.schema, target)
        self._layout = layout
        self._first = True
        if layout.header:
            self._target.file.write((layout.delimiter.join(layout.columns) + "\n").encode())
            self._first = False

    def write(self, table: pa.Table) -> None:
        cells = self._complete(write_batch(self._layout, table), table.num_rows)
        columns = [cells[name] for name in self._layout.columns]
        rows = len(columns[0])
        if not rows:
            return
        if self._layout.delimiter == "\t":
            self._target.file.write(self._plain(columns))
        else:
            self._target.file.write(_quoted(columns, self._layout.delimiter))
        self.written += rows
        self._first = False

    def _complete(self, cells: Columns, rows: int) -> Columns:
        """The cells of those rows that have what every row of the format has."""
        keep = np.ones(rows, bool)
        # What the format writes for "not known" is read as nothing.
        nothing = pa.array(["", *self._layout.missing], pa.string())
        for name in self._layout.required:
            lacks = keep & pc.is_in(cells[name], value_set=nothing).to_numpy(zero_copy_only=False)
            if count := int(lacks.sum()):
                self._tally[f"rows left out: {self.format} needs {name}, and there is none for them"] += count
            keep &= ~lacks
        return cells if keep.all() else {name: column.filter(pa.array(keep)) for name, column in cells.items()}

    def _plain(self, columns: list[pa.Array]) -> bytes:
        clean = [self._clean(column, _BREAKS) for column in columns]
        if self._first:
            # A file that began with a byte order mark would be read without it.
            clean[0] = self._clean(clean[0], "^\ufeff")
        lines = pc.binary_join_element_wise(*clean, "\t")
        return ("\n".join(lines.to_pylist()) + "\n").encode()

    def _clean(self, column: pa.Array, pattern: str) -> pa.Array:
        broken = pc.sum(pc.match_substring_regex(column, pattern)).as_py()
        if not broken:
            return column
        what = "cells had a tab, a line break or a mark that the format cannot hold: a space stands for it"
        self._tally[what] += broken
        return pc.replace_substring_regex(column, pattern, " ")


class PloverWriter(RowWriter):
    """PLOVER JSON, one object a row."""

    def __init__(self, target: Target) -> None:
        super().__init__(PLOVER, ROWS, target)

    def write(self, table: pa.Table) -> None:
        for row in table_to_rows(table):
            if not row.id:
                self._tally["rows left out: plover needs id, and there is none for them"] += 1
                continue
            self._target.file.write(dumps(object_of(row)).encode() + b"\n")
            self.written += 1


def open_rows(format: str, out: Path | BinaryIO) -> RowWriter:
    """A writer to a file, which gets its name when it is whole, or to a stream.

    Raises:
        OptionError: the format is not known, or the file cannot be written there.
    """
    if format not in FORMATS:
        raise OptionError(f"format {format!r} is not known ({', '.join(FORMATS)})")
    return PloverWriter(Target(out)) if format == PLOVER else TableWriter(LAYOUTS[format], Target(out))


def _quoted(columns: list[pa.Array], delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    # With this line end a cell with either of its signs is quoted; each row then ends as the published files do.
    writer = csv.writer(_Rows(text), delimiter=delimiter, lineterminator="\r\n")
    writer.writerows(zip(*(column.to_pylist() for column in columns), strict=True))
    return text.getvalue().encode()


class _Rows:
    """Takes the rows of a `csv.writer`, each with its line end, which becomes LF."""

    def __init__(self, text: io.StringIO) -> None:
        self._text = text

    def write(self, row: str) -> int:
        return self._text.write(row.removesuffix("\r\n") + "\n")

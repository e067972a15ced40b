"""Cells of a table as text, and what they mean: read column by column, each different text once.

Public: `Cells` (a batch of cells and the faults of its rows); `shown`, `shown_numbers`, `plain` (values back to text);
readers and printers of a cell: `day`, `stamp`, `whole`, `small`, `number`, `day_text`, `stamp_text`.
A reader takes a text that is not empty and raises ValueError, with what is wrong, for one that it cannot read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_NUMBER: Final = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
_WHOLE: Final = re.compile(r"[-+]?\d{1,18}")
# Between the cells that are read together; no text of a table has it.
JOINT: Final = "\x1f"
_SHOWN: Final = 60

Reader = Callable[[str], Any]


class Cells:
    """A batch: `columns` of text, all `rows` long, `missing` the texts that mean "not known" besides the empty one.

    `faults` maps a row to what is wrong with it; the first fault of a row stays.
    """

    def __init__(self, columns: Mapping[str, pa.Array], rows: int, missing: Sequence[str] = ()) -> None:
        self.columns, self.rows = columns, rows
        self.faults: dict[int, str] = {}
        self._missing = pa.array(["", *missing], pa.string())

    def raw(self, column: str) -> pa.Array:
        """The cells as they stand; "" throughout if there is no such column."""
        found = self.columns.get(column)
        return found if found is not None else pa.array([""] * self.rows, pa.string())

    def text(self, column: str) -> pa.Array:
        """The cells, null where not known."""
        cells = self.raw(column)
        return pc.if_else(pc.is_in(cells, value_set=self._missing), None, cells)

    def read(self, column: str, reader: Reader, kind: pa.DataType, *, required: bool = False) -> pa.Array:
        """What `reader` makes of each cell that is not empty; a row whose cell it refuses, or that lacks a required
        one, is at fault."""
        cells = self.text(column)
        if required and cells.null_count:
            for row in np.flatnonzero(pc.is_null(cells).to_numpy(zero_copy_only=False)):
                self.faults.setdefault(int(row), f"no {column}")
        return self._mapped(column, cells, reader, kind)

    def checked(self, column: str, pattern: str, what: str, *, required: bool = False) -> pa.Array:
        """The cells as text; a row whose cell does not match the pattern (RE2), as a whole, is at fault."""
        cells = self.text(column)
        if pc.all(pc.match_substring_regex(cells, f"^(?:{pattern})$")).as_py() and not (required and cells.null_count):
            return cells
        matches = re.compile(pattern).fullmatch

        def reader(text: str) -> str:
            if not matches(text):
                raise ValueError(what)
            return text

        return self.read(column, reader, pa.string(), required=required)

    def numbers(self, column: str, low: float = -math.inf, high: float = math.inf) -> pa.Array:
        """The cells as finite numbers from `low` to `high`."""
        cells = self.text(column)
        try:
            # At once if all is well, which it is nearly always.
            values = cells.cast(pa.float64())
        except pa.ArrowInvalid:
            return self.read(column, between(low, high), pa.float64())
        least, most = pc.min_max(values).as_py().values()
        fine = least is None or (low <= least and most <= high and pc.all(pc.is_finite(values)).as_py())
        return values if fine else self.read(column, between(low, high), pa.float64())

    def read_joined(self, columns: Sequence[str], reader: Reader, kind: pa.DataType) -> pa.Array:
        """What `reader` makes of the texts of several columns, given in one with `JOINT` between."""
        joined = pc.binary_join_element_wise(*(self.raw(column) for column in columns), JOINT)
        return self._mapped(columns[0], joined, reader, kind)

    def _mapped(self, column: str, cells: pa.Array, reader: Reader, kind: pa.DataType) -> pa.Array:
        coded = cells.dictionary_encode()
        values: list[Any] = []
        for number, text in enumerate(coded.dictionary.to_pylist()):
            try:
                values.append(reader(text))
            except ValueError as fault:
                values.append(None)
                told = f"{column}: {text[:_SHOWN]!r} {fault}"
                for row in np.flatnonzero(pc.fill_null(pc.equal(coded.indices, number), False)):
                    self.faults.setdefault(int(row), told)
        return pa.array(values, kind).take(coded.indices)


def shown(values: pa.Array | pa.ChunkedArray, printer: Callable[[Any], str | None]) -> pa.Array:
    """The text of each value, each different value once; "" for null. Of a list of texts the printer gets a list."""
    flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if pa.types.is_list(flat.type):
        coded = pc.binary_join(flat, JOINT).dictionary_encode()
        texts = [printer(value.split(JOINT) if value else []) for value in coded.dictionary.to_pylist()]
    else:
        coded = flat.dictionary_encode()
        texts = [printer(value) for value in coded.dictionary.to_pylist()]
    return pc.fill_null(pa.array(texts, pa.string()).take(coded.indices), "")


def shown_numbers(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The shortest decimal text of each number; "" for null and for what is not finite."""
    flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return pc.fill_null(pc.if_else(pc.is_finite(flat), flat, None).cast(pa.string()), "")


def plain(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Texts as they are; "" for null."""
    flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return pc.fill_null(flat, "")


def day(text: str) -> date:
    """YYYYMMDD or YYYY-MM-DD (a time of day after it is left out)."""
    digits = text[:10].replace("-", "") if text[4:5] == text[7:8] == "-" and text[10:11] in ("", " ", "T") else text
    if len(digits) != 8 or not digits.isdecimal() or not digits.isascii():
        raise ValueError("is no day (YYYYMMDD or YYYY-MM-DD)")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValueError("is no day of the calendar") from None


def stamp(text: str) -> datetime:
    """YYYYMMDDHHMMSS."""
    if len(text) != 14 or not text.isdecimal() or not text.isascii():
        raise ValueError("is no time (YYYYMMDDHHMMSS)")
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S")
    except ValueError:
        raise ValueError("is no time of the calendar") from None


def whole(text: str) -> int:
    """A whole number of at most 18 digits."""
    if not _WHOLE.fullmatch(text):
        raise ValueError("is no whole number")
    return int(text)


def small(text: str) -> int:
    """A whole number that 32 bits hold."""
    number = whole(text)
    if abs(number) >= 2**31:
        raise ValueError("is too large")
    return number


def number(text: str) -> float:
    """A finite decimal number."""
    if not _NUMBER.fullmatch(text) or not math.isfinite(value := float(text)):
        raise ValueError("is no number")
    return value


def between(low: float, high: float) -> Callable[[str], float]:
    """A reader of numbers of this range."""

    def read(text: str) -> float:
        value = number(text)
        if not low <= value <= high:
            raise ValueError(f"is not between {low:g} and {high:g}")
        return value

    return read


def day_text(value: date) -> str:
    """YYYYMMDD."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def stamp_text(value: datetime) -> str:
    """YYYYMMDDHHMMSS."""
    return f"{day_text(value)}{value.hour:02}{value.minute:02}{value.second:02}"

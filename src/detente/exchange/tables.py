"""Arrow tables to files: Parquet, CSV, JSON Lines, Stata. The same table gives the same bytes.

    write_table(table, out, format=None, labels=Labels())
    write_parts(parts, schema, out, format=None, labels=Labels())      a table that comes in parts

CSV is UTF-8 with a row of names, `\\n` at the end of a line, nothing for what is missing, days as ISO 8601, the values
of a list parted by "; ". A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a
carriage return) gets an apostrophe in front; the other formats keep it as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from detente.errors import OptionError
from detente.exchange.target import Target

# Rows that are written together.
ROW_GROUP: Final = 100_000
_FORMULA: Final = "^[=+\\-@\t\r]"


@dataclass(frozen=True, slots=True)
class Labels:
    """What a file may say of its columns: `columns` name to meaning, `codes` name to the texts that stand for the
    numbers 0, 1, … in Stata (other texts of the column are refused), `title` of the whole, `as_of` its day."""

    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_of: date | None = None


def write_table(table: pa.Table, out: Path, format: str | None = None, labels: Labels = Labels()) -> None:
    """Write a table to a file, whose ending says the format if it is not given. The file appears when it is whole.

    Raises:
        OptionError: the format is not known, cannot hold the table, or the file cannot be written there.
    """
    write_parts([table], table.schema, out, format, labels)


def write_parts(
    parts: Iterable[pa.Table], schema: pa.Schema, out: Path, format: str | None = None, labels: Labels = Labels()
) -> None:
    """The same for a table that comes in parts, all of one schema. Only Stata's format needs them all in memory.

    Raises:
        OptionError: the format is not known, cannot hold the table, or the file cannot be written there.
    """
    chosen = table_format(out, format)
    target = Target(out)
    try:
        _WRITERS[chosen](parts, schema, target.file, labels)
        target.keep()
    except BaseException:
        target.drop()
        raise


def table_format(out: Path, format: str | None = None) -> str:
    """The format asked for, else that of the ending.

    Raises:
        OptionError: it is not known.
    """
    chosen = format or out.suffix.removeprefix(".").lower()
    if chosen not in _WRITERS:
        asked = f"format {format!r}" if format else f"{out}: its ending"
        raise OptionError(f"{asked} is not known ({', '.join(_WRITERS)})")
    return chosen


def _parquet(parts: Iterable[pa.Table], schema: pa.Schema, file: BinaryIO, _: Labels) -> None:
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part, row_group_size=ROW_GROUP)


def _csv(parts: Iterable[pa.Table], schema: pa.Schema, file: BinaryIO, _: Labels) -> None:
    file.write(csv_bytes(schema.empty_table()))
    for part in parts:
        file.write(csv_bytes(part, header=False))


def csv_bytes(table: pa.Table, *, header: bool = True) -> bytes:
    """A table as CSV."""
    flat = pa.table({name: _flat(column) for name, column in zip(table.column_names, table.columns, strict=True)})
    head = io.StringIO(newline="")
    if header:
        csv.writer(head, lineterminator="\n").writerow(table.column_names)
    text = io.BytesIO()
    for batch in flat.to_batches():
        # Of a batch without rows pyarrow 26 writes what lay in memory before.
        if batch.num_rows:
            arrow_csv.write_csv(batch, text, arrow_csv.WriteOptions(quoting_style="needed", include_header=False))
    return head.getvalue().encode() + text.getvalue()


def _jsonl(parts: Iterable[pa.Table], _schema: pa.Schema, file: BinaryIO, _: Labels) -> None:
    for part in parts:
        for batch in part.to_batches(max_chunksize=10_000):
            lines = (json.dumps(row, ensure_ascii=False, default=date.isoformat) for row in batch.to_pylist())
            file.writelines(f"{line}\n".encode() for line in lines)


def _flat(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        return pc.if_else(pc.is_finite(column), column, None)
    if pa.types.is_list(column.type) and pa.types.is_string(column.type.value_type):
        column = pc.binary_join(column, "; ")
    elif pa.types.is_nested(column.type):
        column = pa.chunked_array([pa.array([_json(value) for value in column.to_pylist()], pa.string())])
    if not pa.types.is_string(column.type):
        return column
    return pc.if_else(pc.match_substring_regex(column, _FORMULA), pc.binary_join_element_wise("'", column, ""), column)


def _whole(format: str, table: pa.Table, file: BinaryIO) -> None:
    _WRITERS[format]([table], table.schema, file, Labels())


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _stata(parts: Iterable[pa.Table], schema: pa.Schema, file: BinaryIO, labels: Labels) -> None:
    from detente.exchange.stata import write_stata  # Here, for pandas takes its time.

    table = pa.concat_tables([schema.empty_table(), *parts])
    write_stata(table, file, labels.title, labels.columns, labels.codes, labels.as_of)


_WRITERS: Final[dict[str, Callable[[Iterable[pa.Table], pa.Schema, BinaryIO, Labels], None]]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": _jsonl,
    "dta": _stata,
}
TABLE_FORMATS: Final = tuple(_WRITERS)
# One whole table to a stream.
TABLE_WRITERS: Final[dict[str, Callable[[pa.Table, BinaryIO], None]]] = {
    name: partial(_whole, name) for name in ("csv", "jsonl", "parquet")
}

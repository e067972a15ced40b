"""Tables of figures as files: CSV, JSON Lines, Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet


def to_csv(table: pa.Table, file: BinaryIO) -> None:
    """UTF-8 with a header; nothing for None, days as ISO 8601, quotes where they are needed."""
    options = pa.csv.WriteOptions(include_header=False, quoting_style="needed")
    file.write((",".join(table.column_names) + "\n").encode())
    pa.csv.write_csv(table.replace_schema_metadata(), file, options)


def to_jsonl(table: pa.Table, file: BinaryIO) -> None:
    """One JSON object a row; null for None, days as ISO 8601."""
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            file.write(json.dumps(row, ensure_ascii=False, default=date.isoformat).encode() + b"\n")


def to_parquet(table: pa.Table, file: BinaryIO) -> None:
    """Parquet, with the metadata of the table."""
    pa.parquet.write_table(table, file, compression="zstd")


TABLE_WRITERS: Final[dict[str, Callable[[pa.Table, BinaryIO], None]]] = {
    "csv": to_csv,
    "jsonl": to_jsonl,
    "parquet": to_parquet,
}

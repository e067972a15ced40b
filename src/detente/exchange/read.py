"""Reads records back from a file that détente wrote."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import InputError, RecordError
from detente.reading.streams import READ_FAULTS, Stream, explain, open_stream
from detente.records import Record, record_from_dict

_BATCH: Final = 1_000
_RIGHT: Final = "give the output of --format jsonl or parquet"


def read_records(path: str) -> Iterator[Record]:
    """The records of a JSON Lines or Parquet file (gzip and zstd are unpacked), in order. `-` is standard input.

    Raises:
        InputError: the file is missing or damaged, or holds something else; the text says where.
    """
    stream = open_stream(path)
    rows = _parquet(stream) if stream.head.startswith(b"PAR1") else _jsonl(stream)
    try:
        for where, row in rows:
            try:
                yield record_from_dict(row)
            except RecordError as fault:
                raise InputError(path, str(fault), where=where, right=_RIGHT) from fault
    except READ_FAULTS as fault:
        raise explain(path, fault) from fault
    finally:
        stream.close()


def _jsonl(stream: Stream) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(stream.file, start=1):
        where = f"line {number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise InputError(stream.name, "not JSON", where=where, right=_RIGHT) from fault
        if not isinstance(row, dict):
            raise InputError(stream.name, "not a record", where=where, right=_RIGHT)
        yield where, row


def _parquet(stream: Stream) -> Iterator[tuple[str, dict[str, Any]]]:
    with tempfile.TemporaryFile() as copy:
        source: Any = stream.path
        if source is None:
            shutil.copyfileobj(stream.file, copy)
            source = copy
        number = 0
        try:
            for batch in pq.ParquetFile(source).iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    row["why"] = dict(row.get("why") or ())
                    yield f"record {number}", row
        except (pa.ArrowException, UnicodeDecodeError) as fault:
            what = " ".join(str(fault).split())[:200]
            raise InputError(
                stream.name, f"Parquet that cannot be read: {what}", where=f"record {number + 1}", right=_RIGHT
            ) from fault

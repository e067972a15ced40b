"""Writes records one after another, as JSON Lines, CSV, Parquet or PLOVER JSON, in little memory."""

from __future__ import annotations

import csv
import io
import json
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, ClassVar, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import OptionError
from detente.exchange.flat import COLUMNS, flatten
from detente.exchange.plover import to_plover
from detente.exchange.schema import SCHEMA
from detente.exchange.target import Target
from detente.records import Event, Record

# Records in a Parquet row group: some 10 MB of memory while it is gathered.
ROW_GROUP: Final = 5_000


class Writer(ABC):
    """Takes records until `close`. As a context manager it closes at the end, and discards if the block fails.

    `written` counts the records written, `left_out` those for which the format has no place.
    """

    format: ClassVar[str]

    def __init__(self, target: Target) -> None:
        self._target = target
        self._open = True
        self.written = 0
        self.left_out = 0

    @abstractmethod
    def write(self, record: Record) -> None:
        """Adds one record."""

    def close(self) -> None:
        """Completes the output; only now does a file get its name. A second call does nothing."""
        if self._open:
            self._open = False
            self._target.keep()

    def discard(self) -> None:
        """Gives the output up; no half file is left."""
        if self._open:
            self._open = False
            self._target.drop()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should be told of the output, one line each."""
        if not self.left_out:
            return ()
        return (f"{self.left_out} statements left out: {self.format} has no place for them",)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()


class JsonlWriter(Writer):
    """One JSON object a line, UTF-8, as in the wire format."""

    format = "jsonl"

    def write(self, record: Record) -> None:
        self._target.file.write(_json_line(record.to_dict()))
        self.written += 1


class PloverWriter(Writer):
    """Events as PLOVER JSON, one object a line; statements are left out and counted."""

    format = "plover"

    def write(self, record: Record) -> None:
        if isinstance(record, Event):
            self._target.file.write(_json_line(to_plover(record)))
            self.written += 1
        else:
            self.left_out += 1


class CsvWriter(Writer):
    """One flat row a record under a row of names; see `detente.exchange.flat`."""

    format = "csv"

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._put(list(COLUMNS))

    def write(self, record: Record) -> None:
        self._put(flatten(record.to_dict()))
        self.written += 1

    def _put(self, cells: list[str]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow(cells)
        self._target.file.write(line.getvalue().encode())


class ParquetWriter(Writer):
    """The wire format with nested structs, zstd-compressed, in row groups of `ROW_GROUP` records."""

    format = "parquet"

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._rows: list[dict[str, Any]] = []
        self._parquet = pq.ParquetWriter(pa.PythonFile(_Counted(target.file), "w"), SCHEMA, compression="zstd")

    def write(self, record: Record) -> None:
        wire = record.to_dict()
        wire["why"] = list(wire["why"].items())
        self._rows.append(wire)
        self.written += 1
        if len(self._rows) >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._parquet.write_table(pa.Table.from_pylist(self._rows, schema=SCHEMA))
            self._rows.clear()

    def close(self) -> None:
        if self._open:
            self._flush()
            self._parquet.close()
        super().close()

    def discard(self) -> None:
        if self._open:
            self._parquet.close()
        super().discard()


_WRITERS: Final[dict[str, type[Writer]]] = {
    kind.format: kind for kind in (JsonlWriter, CsvWriter, ParquetWriter, PloverWriter)
}
FORMATS: Final = tuple(_WRITERS)


def open_writer(format: str, out: str | Path | BinaryIO) -> Writer:
    """A writer to a file, or to a binary stream, which stays open.

    Raises:
        OptionError: the format is not known, or the file cannot be written there.
    """
    if format not in _WRITERS:
        raise OptionError(f"format {format!r} is not known ({', '.join(FORMATS)})")
    return _WRITERS[format](Target(Path(out) if isinstance(out, str) else out))


class _Counted(io.RawIOBase):
    """A stream that can only be written to, such as a pipe, with the position that Parquet asks for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._file.write(data)
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        return self._position


def _json_line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": ")).encode() + b"\n"

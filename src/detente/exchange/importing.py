"""Files of others' event data as batches of rows, in little memory, with every line accounted for.

Public: `read_part(part, format, dataset) -> Reading`; a `Reading` has `shape`, `notes` and, iterated, gives `Rows`.
"""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import RecordError
from detente.exchange.formats.layout import Layout, read_batch
from detente.exchange.formats.plover_json import Objects, rows_of
from detente.exchange.formats.recognise import Shape, recognise
from detente.exchange.lines import KEPT, Fault, Lines, plain_records, quoted_records, read_lines
from detente.exchange.parts import Part, Readable
from detente.ledger.row_tables import rows_to_table
from detente.reading.streams import READ_FAULTS, explain
from detente.rows import EventRow

_HEAD: Final = 1024 * 1024
_GUESSED: Final = "lines are not UTF-8 and were read as ISO-8859-1"
# NotImplementedError: a way of packing that Python does not know.
_FAULTS: Final = (*READ_FAULTS, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a file, each with its line, and the lines that are none: number, reason, bytes as they stand."""

    table: pa.Table
    lines: list[int]
    faults: list[Fault]


class Reading:
    """A part being read. `notes` are complete when it is at its end: what was guessed, one line each."""

    def __init__(self, part: Part, format: str = "auto", dataset: str | None = None) -> None:
        """
        Raises:
            OptionError: the format, or the data set for it, is not known.
            InputError: the part cannot be read, or has none of the formats.
        """
        self._part = part
        head = _head(part)
        self._stream = _Again(head, part.stream)
        self.shape = recognise(part.name, head, format)
        self.dataset = dataset or (self.shape.layout.datasets[0] if self.shape.layout else "plover")
        self._tally: Counter[str] = Counter()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should be told."""
        return tuple(f"{self._part.name}: {count:,} {what}" for what, count in self._tally.items() if count)

    def __iter__(self) -> Iterator[Rows]:
        try:
            pieces = read_lines(self._stream)
            layout = self.shape.layout
            if layout is None:
                yield from self._objects(pieces)
                return
            records = quoted_records(pieces) if self.shape.quoted else plain_records(pieces)
            header = self.shape.header
            for found in records:
                if header and found.numbers:
                    del found.numbers[0], found.records[0]
                    header = False
                yield self._rows(layout, found)
        except _FAULTS as fault:
            raise explain(self._part.name, fault) from fault

    def _objects(self, pieces: Iterator[Lines]) -> Iterator[Rows]:
        read = Objects()
        for values, faults in read.of(pieces):
            rows: list[EventRow] = []
            places: list[int] = []
            for number, raw, value in values:
                try:
                    told = rows_of(value, self.dataset)
                except RecordError as fault:
                    faults.append((number, str(fault), raw[:KEPT]))
                    continue
                rows += told
                places += [number] * len(told)
            self._tally[_GUESSED] = read.guessed
            yield Rows(rows_to_table(rows), places, sorted(faults))

    def _rows(self, layout: Layout, found: Lines) -> Rows:
        texts = self._texts(found)
        width = len(self.shape.columns)
        columns, places, faults = (
            _split_quoted(texts, self.shape) if self.shape.quoted else _split(texts, width, self.shape.delimiter)
        )
        batch = read_batch(layout, self.dataset, dict(zip(self.shape.columns, columns, strict=True)), len(places))
        faults |= {places[row]: what for row, what in batch.faults.items()}
        aside = [(found.numbers[place], what, found.records[place][:KEPT]) for place, what in sorted(faults.items())]
        kept = [found.numbers[places[row]] for row in batch.places]
        return Rows(batch.table, kept, sorted(found.faults + aside))

    def _texts(self, found: Lines) -> pa.Array:
        """The records as text: UTF-8, and what is not as ISO-8859-1."""
        try:
            return pa.array(found.records, pa.binary()).cast(pa.string())
        except pa.ArrowInvalid:
            texts = [self._decoded(record) for record in found.records]
            return pa.array(texts, pa.string())

    def _decoded(self, record: bytes) -> str:
        try:
            return record.decode()
        except UnicodeDecodeError:
            self._tally[_GUESSED] += 1
            return record.decode("latin-1")


def _split(texts: pa.Array, width: int, delimiter: str) -> tuple[list[pa.Array], list[int], dict[int, str]]:
    """Columns of the records that have `width` cells, their places, and what is wrong with the others."""
    split = pc.split_pattern(texts, delimiter)
    counts = pc.list_value_length(split).to_numpy(zero_copy_only=False)
    good = counts == width
    faults = {int(place): _width_fault(int(counts[place]), width) for place in np.flatnonzero(~good)}
    cells = (split.filter(pa.array(good)) if faults else split).flatten()
    rows = int(good.sum())
    starts = np.arange(rows) * width
    return [cells.take(pa.array(starts + place)) for place in range(width)], np.flatnonzero(good).tolist(), faults


def _split_quoted(texts: pa.Array, shape: Shape) -> tuple[list[pa.Array], list[int], dict[int, str]]:
    width, faults = len(shape.columns), dict[int, str]()
    rows: list[list[str]] = []
    places: list[int] = []
    for place, text in enumerate(texts.to_pylist()):
        try:
            cells = next(csv.reader([text], delimiter=shape.delimiter, strict=True), [])
        except csv.Error as fault:
            faults[place] = f"quotation marks are not in order: {fault}"
            continue
        if len(cells) == width:
            rows.append(cells)
            places.append(place)
        else:
            faults[place] = _width_fault(len(cells), width)
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * width
    return [pa.array(column, pa.string()) for column in columns], places, faults


def _width_fault(count: int, width: int) -> str:
    return f"{count:,} {'cell' if count == 1 else 'cells'} where {width} belong"


def _head(part: Part) -> bytes:
    head = b""
    try:
        while len(head) < _HEAD and (piece := part.stream.read(_HEAD - len(head))):
            head += piece
    except _FAULTS as fault:
        raise explain(part.name, fault) from fault
    return head


class _Again:
    """A stream whose first bytes have been looked at."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int, /) -> bytes | None:
        if self._head:
            piece, self._head = self._head[:size], self._head[size:]
            return piece
        return self._stream.read(size)

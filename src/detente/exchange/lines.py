"""Bytes to records: lines with their numbers, in pieces of a bounded size; of quoted files, records over several lines.

Public: `Lines` (a piece), `read_lines(stream)`, `plain_records(pieces)`, `quoted_records(pieces)`, `MAX_LINE`, `KEPT`.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from detente.exchange.parts import Readable

# Bytes read at a time: some ten thousand rows of GDELT. With twice as many it is no faster, and takes more memory.
PIECE: Final = 4 * 1024 * 1024
# The longest rows published, those of GDELT's knowledge graph, have a few hundred thousand bytes.
MAX_LINE: Final = 4 * 1024 * 1024
# Of a line that is too long, so much is kept.
KEPT: Final = 64 * 1024
# Lines that one quoted record may have.
_MOST_LINES: Final = 2_000

Fault = tuple[int, str, bytes]


@dataclass(slots=True)
class Lines:
    """Lines, or records, each with the number of the line that it begins on, and what was none."""

    numbers: list[int] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, number: int, record: bytes) -> None:
        """One record more."""
        self.numbers.append(number)
        self.records.append(record)


def read_lines(stream: Readable, piece: int = PIECE) -> Iterator[Lines]:
    """The lines of a stream without the LF that ends them, and without a byte order mark before the first. A line
    longer than `MAX_LINE` is a fault, with its beginning."""
    number, rest, skipping = 1, b"", False
    while block := stream.read(piece):
        if number == 1 and not rest:
            block = block.removeprefix(codecs.BOM_UTF8)
        found = Lines()
        *whole, last = block.split(b"\n")
        if whole:
            whole[0], rest = rest + whole[0], b""
        if not skipping and max(map(len, whole), default=0) <= MAX_LINE:
            # All at once, as nearly always.
            found.numbers, found.records = list(range(number, number + len(whole))), whole
        else:
            for place, line in enumerate(whole, start=number):
                if skipping:
                    skipping = False
                elif len(line) > MAX_LINE:
                    found.faults.append(_too_long(place, line))
                else:
                    found.add(place, line)
        number += len(whole)
        rest = b"" if skipping else rest + last
        if len(rest) > MAX_LINE:
            found.faults.append(_too_long(number, rest))
            rest, skipping = b"", True
        yield found
    if rest:
        yield Lines([number], [rest])


def plain_records(pieces: Iterable[Lines]) -> Iterator[Lines]:
    """Every line that is not blank is a record; a CR before the LF goes."""
    for piece in pieces:
        records = [line[:-1] if line[-1:] == b"\r" else line for line in piece.records]
        numbers = piece.numbers
        if b"" in records:
            numbers = [number for number, line in zip(numbers, records, strict=True) if line]
            records = [line for line in records if line]
        yield Lines(numbers, records, piece.faults)


def quoted_records(pieces: Iterable[Lines]) -> Iterator[Lines]:
    """Lines are joined while a quotation mark is open. One that is never closed is a fault of its line alone, and
    reading goes on with the next."""
    pending: list[tuple[int, bytes]] = []
    for piece in pieces:
        found = Lines(faults=piece.faults)
        pending = _close(pending + list(zip(piece.numbers, piece.records, strict=True)), found, last=False)
        yield from plain_records([found])
    found = Lines()
    _close(pending, found, last=True)
    yield from plain_records([found])


def _close(todo: list[tuple[int, bytes]], found: Lines, *, last: bool) -> list[tuple[int, bytes]]:
    """Files the records that are whole, and returns the lines of the one that is not."""
    place = 0
    while place < len(todo):
        end, more = _end(todo, place)
        number, line = todo[place]
        if end is not None:
            found.add(number, b"\n".join(part for _, part in todo[place:end]))
            place = end
        elif more and not last:
            return todo[place:]
        else:
            found.faults.append((number, "a quotation mark is opened and not closed", line[:KEPT]))
            place += 1
    return []


def _end(todo: list[tuple[int, bytes]], start: int) -> tuple[int | None, bool]:
    """Where the record that begins at `start` ends; None, and whether more lines may end it, if it does not."""
    marks = size = 0
    for place in range(start, min(len(todo), start + _MOST_LINES)):
        marks += todo[place][1].count(b'"')
        size += len(todo[place][1])
        if size > MAX_LINE:
            return None, False
        if marks % 2 == 0:
            return place + 1, False
    return None, len(todo) - start < _MOST_LINES


def _too_long(number: int, line: bytes) -> Fault:
    return (number, f"a line of more than {MAX_LINE // 2**20} MiB", line[:KEPT])

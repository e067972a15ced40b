"""Files that hold many documents: JSON Lines, JSON, CSV, Parquet. All but JSON are streamed.

A reader yields a draft a row, and an `InputError` in its stead for a row that is not good; it goes on with the next.
What spoils the rest of the file is raised.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from detente.errors import InputError
from detente.reading.columns import choose_columns
from detente.reading.documents import Draft, has_surrogates
from detente.reading.encodings import encoding_of
from detente.reading.fields import draft_of
from detente.reading.options import ReadOptions
from detente.reading.streams import Stream, check_growth

Note = Callable[[str], None]
Item = Draft | InputError

_BATCH: Final = 64
# What every record on the wire has, and no list of documents.
_RECORD: Final = frozenset({"record", "document", "sentence", "coder"})
_DELIMITERS: Final = ",\t;|"


def read_jsonl(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Item]:
    """One document a line. Empty lines are passed over."""
    rows = _Rows(stream.name, options, on_note, strict=False)
    text = _text(stream, on_note, newline="\n")
    number, line = 0, " "
    while line:
        number += 1
        line = text.readline(options.max_raw + 1)
        where = f"line {number}"
        if len(line) > options.max_raw and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = text.readline(options.max_raw)
            line = line or " "
            what = f"a line of more than {options.max_raw:,} characters"
            yield InputError(stream.name, what, where=where, right="one document a line")
        elif line.strip():
            yield rows.item(_json(stream.name, line, where), where)


def read_json(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Item]:
    """One object, or an array of objects.

    Raises:
        InputError: it is not JSON, or is neither.
    """
    data = stream.whole(options.max_array)
    encoding = encoding_of(data) or "utf-8"
    rows = _Rows(stream.name, options, on_note, strict=False)
    found = _json(stream.name, data.decode(encoding, "surrogateescape"), "")
    if isinstance(found, InputError):
        raise found
    if isinstance(found, list) and (keys := dict.fromkeys(k for row in found if isinstance(row, Mapping) for k in row)):
        # Of a list in which no record has a text one line is said, not one a record.
        choose_columns(stream.name, keys, options, strict=False)
    for number, row in enumerate(found if isinstance(found, list) else [found], start=1):
        where = f"record {number}"
        if isinstance(found, dict):
            where = ""
        yield rows.item(row, where)


def read_csv(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Item]:
    """One document a row, below a row of names. Comma, tab, semicolon or bar between cells, double quotes around them.

    Raises:
        InputError: there is no column of text, or a cell or line is too long to go on.
    """
    csv.field_size_limit(options.max_raw)
    text = _text(stream, on_note, newline="")
    first = text.readline(options.max_raw)
    delimiter = _delimiter(first)
    # strict=False: a stray quote inside a cell is taken as it is.
    reader = csv.reader(_lines(stream.name, first, text, options.max_raw), delimiter=delimiter)
    header: list[str] | None = None
    rows = _Rows(stream.name, options, on_note, strict=True)
    try:
        for cells in reader:
            where = f"line {reader.line_num}"
            if header is None:
                header = [cell.strip() for cell in cells]
                rows.choose(header, "")
            elif not cells:
                continue
            elif len(cells) != len(header):
                what = f"{len(cells)} cells where the first row has {len(header)}"
                yield InputError(stream.name, what, where=where, right="quote cells that hold the delimiter")
            else:
                yield rows.item(dict(zip(header, cells, strict=True)), where)
    except csv.Error as fault:
        raise InputError(
            stream.name,
            f"not CSV from here on: {fault}",
            where=f"line {reader.line_num}",
            right="quote cells and double the quotes inside",
        ) from fault


def read_parquet(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Item]:
    """One document a row, read in batches.

    Raises:
        InputError: the file is damaged, or has no column of text.
    """
    # Imported late: it takes half a second, and most runs read no Parquet.
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = _Rows(stream.name, options, on_note, strict=True)
    try:
        with tempfile.TemporaryFile() as copy:
            source: Any = stream.path
            if source is None:
                # Parquet is read from its end, so a pipe or a packed file has to be laid down first.
                shutil.copyfileobj(stream.file, copy)
                source = copy
            file = pq.ParquetFile(source)
            _check_growth(stream.name, file.metadata, options)
            columns = sorted(set(rows.choose(file.schema_arrow.names, "").values()))
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield rows.item(row, f"record {number}")
    except (pa.ArrowException, UnicodeDecodeError, OverflowError) as fault:
        what = " ".join(str(fault).split())[:200]
        raise InputError(stream.name, f"Parquet that cannot be read: {what}", right="write the file again") from fault


def _check_growth(name: str, told: Any, options: ReadOptions) -> None:
    """Refuses a file that says of itself that it unpacks to more than `max_unpacked`, or out of all proportion."""
    packed = grown = 0
    for group in map(told.row_group, range(told.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            packed += column.total_compressed_size
            grown += column.total_uncompressed_size
    check_growth(name, packed, grown, options.max_unpacked)


class _Rows:
    """Makes drafts of rows; of a table the first row says what the columns are, of JSON objects each says its own. The
    guesses are said aloud once."""

    def __init__(self, name: str, options: ReadOptions, on_note: Note, *, strict: bool) -> None:
        self._name, self._options, self._on_note, self._strict = name, options, on_note, strict
        self._chosen: dict[str, str] = {}
        self._keys: tuple[str, ...] = ()
        self._noted = False

    def choose(self, present: list[str], where: str) -> dict[str, str]:
        self._refuse_records(present)
        self._chosen, guesses = choose_columns(self._name, present, self._options, strict=self._strict, where=where)
        if guesses and not self._noted:
            self._noted = True
            self._on_note(f"{self._name}: columns guessed: {', '.join(guesses)}")
        return self._chosen

    def _refuse_records(self, present: Iterable[str]) -> None:
        """Output beside the texts of a folder is one error, not one a row."""
        if set(present) >= _RECORD:
            raise InputError(self._name, "holds records that détente wrote, no texts", right="give the texts")

    def item(self, row: object, where: str) -> Item:
        if isinstance(row, InputError):
            return row
        if not isinstance(row, Mapping):
            what = f"a {type(row).__name__} where an object should be"
            return InputError(self._name, what, where=where, right='{"text": "…", "published": "YYYY-MM-DD"}')
        if not self._chosen:
            self._refuse_records(row)
        try:
            # An object may have keys that the one before lacks, and lack some that it has.
            if not self._strict and (keys := tuple(row)) != self._keys:
                self.choose(list(keys), where)
                self._keys = keys
            fields = {field: row.get(column) for field, column in self._chosen.items()}
            if any(isinstance(value, str) and has_surrogates(value) for value in fields.values()):
                return InputError(self._name, "invalid UTF-8", where=where, right="save it as UTF-8")
            return draft_of(self._name, fields, where, check_kind=self._chosen.get("kind") == self._options.kind_column)
        except InputError as fault:
            return fault


def _text(stream: Stream, on_note: Note, *, newline: str) -> io.TextIOWrapper:
    encoding = encoding_of(stream.head, whole=False) or "utf-8"
    if not encoding.startswith("utf-8"):
        on_note(f"{stream.name}: read as {encoding}")
    # Bytes that are not UTF-8 come through as surrogates, so that only their row is refused.
    return io.TextIOWrapper(stream.file, encoding, errors="surrogateescape", newline=newline)


def _json(name: str, text: str, where: str) -> object:
    """What the text holds, or the error that says why it is not JSON."""
    if has_surrogates(text):
        return InputError(name, "invalid UTF-8", where=where, right="save it as UTF-8")
    try:
        return cast(object, json.loads(text))
    except json.JSONDecodeError as fault:
        place = where or f"line {fault.lineno}"
        return InputError(name, f"not JSON: {fault.msg} at column {fault.colno}", where=place, right="one JSON object")
    except (RecursionError, ValueError) as fault:
        what = "nested too deep" if isinstance(fault, RecursionError) else str(fault)
        return InputError(name, f"JSON that cannot be read: {what}", where=where, right="one flat object")


def _lines(name: str, first: str, text: io.TextIOWrapper, limit: int) -> Iterator[str]:
    line, number = first, 1
    while line:
        if len(line) >= limit and not line.endswith(("\n", "\r")):
            what = f"a line of more than {limit:,} characters; the rest of the file is not read"
            raise InputError(name, what, where=f"line {number}", right="one document a row")
        yield line
        number += 1
        line = text.readline(limit)


def _delimiter(first: str) -> str:
    """The sign that cuts the first row into most cells."""
    counts = {sign: len(next(csv.reader([first[:10_000]], delimiter=sign), [])) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: counts[sign])

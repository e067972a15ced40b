"""Reading the package's tables: tab-separated, UTF-8, a header line, `#` comments, `|` between values of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from detente.errors import TableError

Row = dict[str, str]


def data_folder() -> Traversable:
    """The folder of the package's lexicon tables."""
    return files("detente.lexicon") / "data"


def read_table(path: Traversable, columns: Iterable[str], required: Iterable[str] = ()) -> list[Row]:
    """The rows of a table, as dicts of stripped strings; the key `""` holds `file:line` for later complaints.

    Raises:
        TableError: the file is absent, a column is missing, a row has the wrong number of cells, or a cell that is
            required is empty. The message names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise TableError(f"{path.name}: cannot be read ({fault})") from fault
    return list(_rows(path.name, text, tuple(columns), tuple(required)))


def _rows(name: str, text: str, columns: tuple[str, ...], required: tuple[str, ...]) -> Iterator[Row]:
    lines = _lines(text)
    number, line = next(lines, (1, ""))
    header = line.split("\t")
    missing = [column for column in columns if column not in header]
    if missing:
        raise TableError(f"{name}: line {number}: no column {', '.join(missing)} (found {', '.join(header)})")
    width = len(header)
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) != width:
            raise TableError(f"{name}: line {number}: {len(cells)} cells where the header has {width}")
        row = {key: cell.strip() for key, cell in zip(header, cells, strict=True)}
        for column in required:
            if not row[column]:
                raise TableError(f"{name}: line {number}: empty {column}")
        row[""] = f"{name}: line {number}"
        yield row


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of the lines that are neither blank nor a comment; the first is the header."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip("\r")


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def manifest_of(path: Traversable) -> tuple[int, str]:
    """Number of rows (without header, comments and blank lines) and SHA-256 of a table."""
    content = path.read_bytes()
    rows = sum(1 for _ in _lines(content.decode("utf-8"))) - 1
    return max(rows, 0), sha256(content).hexdigest()

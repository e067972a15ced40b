"""The parts of a brief: sections of rows, rows of cells, cells of lines, and the numbered evidence under them.

Every renderer shows the same parts, so a section need not know how it will be shown.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Final

# strong: who or what it is about; quote: words of a source; dim: an aside; good, bad, open: a verdict.
STYLES: Final = ("", "strong", "quote", "dim", "good", "bad", "open")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with the labels of the notes that bear it out. `style` is one of `STYLES`."""

    text: str
    notes: tuple[str, ...] = ()
    style: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `record` is the id of what it shows, "" if it shows no single record."""

    cells: tuple[Cell, ...]
    record: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table with a heading. `more` rows were left out; `command` lists them. `empty` is said where there is no row.
    `noun` is the kind of item that the rows are of (a key of `listing.NOUNS`), "" for several.

    `widths` are the shares of the columns.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    empty: str
    more: int = 0
    command: str = ""
    about: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a series: `month` as YYYY-MM, the value, the ends of its 90 % band (None where it cannot be told), on
    how many episodes it rests, and how many documents of the month tell of the two. A month without an episode has no
    value."""

    month: str
    value: float | None
    low: float | None
    high: float | None
    episodes: int
    documents: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a source, cut into parts; those that are marked bear the record out. `note` is its label."""

    note: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A source of the brief with the sentences quoted from it. `url` only if it is an address of the web."""

    number: int
    document: str
    title: str
    origin: str
    published: str
    url: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The state of a relation, ready to be shown. `sides` are the names of the two countries of `dyad`."""

    dyad: tuple[str, str]
    sides: tuple[str, str]
    title: str
    period: str
    headline: tuple[Line, ...]
    sections: tuple[Section, ...]
    series: tuple[Point, ...]
    series_about: str
    references: tuple[Reference, ...]

    def to_dict(self) -> dict[str, Any]:
        """A plain dict; tuples become lists."""
        plain: dict[str, Any] = _plain(self)
        return plain


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value

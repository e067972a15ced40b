"""The ledger from Python: every question gives a table of Arrow columns.

    ledger = detente.open_ledger("relations.duckdb")
    ledger.episodes("USA", "CHN", since="2023-01-01").df()  # pandas
    ledger.sql("SELECT type, count(*) FROM v_events GROUP BY ALL").arrow

The file is held only while a question is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from detente.errors import InstallationError, OptionError
from detente.exchange.tables import write_table
from detente.ledger import ask, reading, table
from detente.lexicon.naming import parse_dyad
from detente.reading import parse_date
from detente.settings import load_settings

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa

Day: TypeAlias = date | str | None


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Columns of equal length. `arrow` is the table itself, without a copy; days are date32, lists are lists."""

    arrow: pa.Table

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for batch in self.arrow.to_batches():
            yield from batch.to_pylist()

    def __repr__(self) -> str:
        return f"Table of {len(self):,} rows: {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return str(self.df().to_html(max_rows=20, notebook=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names."""
        return tuple(self.arrow.column_names)

    def df(self) -> pandas.DataFrame:
        """As a pandas frame: days as `datetime.date`, a missing number as NaN."""
        return self.arrow.to_pandas()

    def pl(self) -> polars.DataFrame:
        """As a polars frame, which shares its memory.

        Raises:
            InstallationError: polars is not installed.
        """
        try:
            import polars
        except ImportError as fault:
            raise InstallationError("polars is not installed: run `pip install polars`") from fault
        frame = polars.from_arrow(self.arrow)
        assert isinstance(frame, polars.DataFrame)
        return frame

    def write(self, path: str | Path, format: str | None = None) -> None:
        """To a file: .parquet, .csv or .dta (Stata); see `detente.exchange.tables`.

        Raises:
            OptionError: the format is not known, or the file cannot be written there.
        """
        write_table(self.arrow, Path(path), format)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger, asked only when a method is called: between the calls others may file into it.

    Countries are given by ISO alpha-3 code, name or adjective, days as `date` or YYYY-MM-DD, both ends included. Every
    method that lists raises `LedgerError` where the file is in use or is none, and `OptionError` for a country or day
    that is none. The columns of each table are on the page "The ledger".
    """

    path: Path

    def documents(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """Documents as filed, by day of publication; those that tell of a dyad, and their reprints."""
        return self._list("documents", a, b, since, until)

    def events(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """Events as each document tells them."""
        return self._list("events", a, b, since, until)

    def statements(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """Who said what; of a dyad: what either side says in documents that tell of it."""
        return self._list("statements", a, b, since, until)

    def signals(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """Graded formulas of diplomatic language."""
        return self._list("signals", a, b, since, until)

    def episodes(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """Events merged over sentences and documents; `realised` tells what took place."""
        return self._list("episodes", a, b, since, until)

    def contacts(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """Consultations that took place."""
        return self._list("contacts", a, b, since, until)

    def commitments(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """What was undertaken on these days, and what became of it."""
        return self._list("commitments", a, b, since, until)

    def channels(self, a: str | None = None, b: str | None = None) -> Table:
        """The channels of each dyad, as of the day in `as_of`."""
        return self._list("channels", a, b)

    def imported(self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None) -> Table:
        """Rows of event data of others."""
        return self._list("imported", a, b, since, until)

    def sql(self, question: str) -> Table:
        """The answer to a question in DuckDB's SQL, which sees the ledger and nothing else and cannot change it.

        Raises:
            LedgerError: the question is not right.
        """
        return Table(ask(self.path, question))

    def _list(self, noun: str, a: str | None, b: str | None, since: Day = None, until: Day = None) -> Table:
        return Table(table(self.path, noun, _dyad(a, b), _day("since", since), _day("until", until)))


def open_ledger(path: str | Path | None = None) -> Ledger:
    """The ledger in a file; by default that of the settings, as for the commands.

    Raises:
        LedgerError: there is none, or it is of another version.
    """
    ledger = Ledger(Path(path) if path is not None else load_settings().ledger)
    with reading(ledger.path):
        pass
    return ledger


def _dyad(a: str | None, b: str | None) -> tuple[str, str] | None:
    if a is None and b is None:
        return None
    if a is None or b is None:
        raise OptionError("name two countries, or none")
    return parse_dyad(a, b)


def _day(name: str, day: Day) -> date | None:
    try:
        return parse_date(day) if isinstance(day, str) else day
    except ValueError as fault:
        raise OptionError(f"{name}: {fault}") from fault

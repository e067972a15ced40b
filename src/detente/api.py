"""The ledger from Python: every question gives a table of Arrow columns.

    ledger = detente.open_ledger("relations.duckdb")
    ledger.episodes("USA", "CHN", since="2023-01-01").df()  # pandas
    ledger.sql("SELECT type, count(*) FROM v_events GROUP BY ALL").arrow

The file is held only while a question is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, Unpack

import pyarrow as pa

from detente.analysis.compare_sources import SourceComparison, compare_sources
from detente.analysis.series import Asked, Change, changes, series
from detente.errors import InputError, InstallationError, OptionError
from detente.exchange.tables import write_table
from detente.ledger import add, ask, reading, refresh, sole_writer, table, writing
from detente.ledger.exports import Wanted
from detente.lexicon.naming import dyads_among, parse_dyad
from detente.publishing.imports import import_file
from detente.publishing.manifest import Manifest
from detente.publishing.panel import panel
from detente.publishing.publish import publish_panel
from detente.publishing.reproduce import Reproduction
from detente.publishing.reproduce import reproduce as reproduce_published
from detente.publishing.rows import export_rows
from detente.reading import ReadOptions, parse_date, read_paths
from detente.relations import Dyad
from detente.settings import load_settings

if TYPE_CHECKING:
    import pandas
    import polars

    from detente.coding import Coder

Day: TypeAlias = date | str | None


class SeriesOptions(TypedDict, total=False):
    """What may be said of a series or panel. `freq`: day, week, month (if not given) or quarter. `level`: gov (if not
    given) or all. `source`: detente (if not given) or an imported data set; `scores` plover or, for these, goldstein.
    `half_life` of the index in days, `draws` of the bootstrap (0: no bands). `since` and `until` show whole periods."""

    freq: str
    level: str
    since: Day
    until: Day
    source: str
    scores: str
    half_life: float
    draws: int


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
        """As a pandas frame: days as timestamps, a missing number as NaN, lists as arrays."""
        return self.arrow.to_pandas(date_as_object=False)

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

    def add(self, *paths: str | Path, options: ReadOptions | None = None) -> dict[str, int]:
        """Read, code and file documents, each once, as `detente add` does: files, folders or addresses.

        Gives how many were `new`, `reprint`, `known` and `set aside`, because they could not be read.
        """
        faults: list[InputError] = []
        given = [str(path) for path in paths]
        documents = read_paths(given, options or ReadOptions(), on_error=faults.append, on_note=lambda _: None)
        told = {"new": 0, "reprint": 0, "known": 0}
        with sole_writer(self.path):
            for added in add(self.path, documents, _coder(), on_error=faults.append):
                told[added.outcome] += 1
            refresh(self.path)
        return told | {"set aside": len(faults)}

    def import_rows(self, *paths: str | Path, format: str = "auto") -> dict[str, int]:
        """File event data of others, each file once, as `detente import` does, and give how many `rows` are new and how
        many were `set aside` (the view v_set_aside says why).

        Raises:
            InputError: a file cannot be read, or has none of the formats.
        """
        with sole_writer(self.path):
            filed = [import_file(self.path, Path(path), format) for path in paths]
        return {"rows": sum(one.rows for one in filed), "set aside": sum(one.set_aside for one in filed)}

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

    def series(self, a: str, b: str, **options: Unpack[SeriesOptions]) -> Table:
        """What two countries did to each other, a row for each direction and period (see `detente.analysis.series`)."""
        return Table(series(self.path, parse_dyad(a, b), **asdict(_asked(options))))

    def changes(self, a: str, b: str, *, direction: str | None = "both", **options: Unpack[SeriesOptions]) -> Table:
        """Where the level of a series changes for good, a row a change, with the episodes that drive it. `direction` is
        both or A>B (None: all three)."""
        asked = {name: value for name, value in asdict(_asked(options)).items() if name not in ("half_life", "draws")}
        found = changes(self.path, parse_dyad(a, b), direction=direction, **asked)
        rows = [asdict(change) | {"dyad": "-".join(change.dyad)} for change in found]
        return Table(pa.table({name: [row[name] for row in rows] for name in Change.__dataclass_fields__}))

    def panel(self, countries: Iterable[str] | None = None, **options: Unpack[SeriesOptions]) -> Table:
        """Dyad-periods: a row for each dyad, direction and period. Every dyad among the countries; None: all dyads that
        the source knows."""
        return Table(panel(self.path, _among(countries), _asked(options)))

    def publish_panel(
        self,
        out: str | Path,
        countries: Iterable[str] | None = None,
        *,
        format: str | None = None,
        made_from: Iterable[str | Path] = (),
        **options: Unpack[SeriesOptions],
    ) -> Manifest:
        """The panel as a file (.parquet, .csv or .dta), with its data dictionary, citation block and manifest beside
        it. `made_from` are the files that the ledger was made of, to be named in the manifest."""
        files = [Path(path) for path in made_from]
        return publish_panel(self.path, Path(out), _among(countries), _asked(options), format=format, made_from=files)

    def compare_sources(
        self,
        one: str,
        other: str,
        a: str,
        b: str,
        freq: str = "month",
        level: str = "gov",
        *,
        since: Day = None,
        until: Day = None,
        match: str = "type",
        days: int = 1,
        sample: int = 5,
        seed: int = 1,
    ) -> SourceComparison:
        """Two sources (`detente`, or an imported data set) on one relation: agreement, correlation, what only one has.

        `agreement`, `correlations` and the samples of `only` are plain values: `pandas.DataFrame(found.agreement)`.
        """
        return compare_sources(
            self.path,
            one,
            other,
            parse_dyad(a, b),
            freq,
            level,
            _day("since", since),
            _day("until", until),
            match=match,
            days=days,
            sample=sample,
            seed=seed,
        )

    def export_rows(
        self,
        out: str | Path,
        format: str,
        countries: Iterable[str] | None = None,
        *,
        source: str = "detente",
        since: Day = None,
        until: Day = None,
        unit: str = "events",
        everything: bool = False,
    ) -> int:
        """Write rows of event data in a format of the field, as `detente export` does, and give how many.

        `unit` is events (each report) or episodes (each once). `everything`: what was only planned, possible or denied
        too.
        """
        dyads = None if countries is None else frozenset(dyads_among(countries))
        wanted = Wanted(_day("since", since), _day("until", until), dyads, everything)
        return export_rows(self.path, Path(out), format, source, wanted, unit)[0]

    def sql(self, question: str) -> Table:
        """The answer to a question in DuckDB's SQL, which sees the ledger and nothing else and cannot change it.

        Raises:
            LedgerError: the question is not right.
        """
        return Table(ask(self.path, question))

    def _list(self, noun: str, a: str | None, b: str | None, since: Day = None, until: Day = None) -> Table:
        return Table(table(self.path, noun, _dyad(a, b), _day("since", since), _day("until", until)))


def open_ledger(path: str | Path | None = None, *, new: bool = False) -> Ledger:
    """The ledger in a file; by default that of the settings, as for the commands. `new` makes one that is not there.

    Raises:
        LedgerError: there is none, or it is of another version.
    """
    ledger = Ledger(Path(path) if path is not None else load_settings().ledger)
    with writing(ledger.path, new=True) if new else reading(ledger.path):
        pass
    return ledger


def reproduce(
    manifest: str | Path,
    inputs: Iterable[str | Path] = (),
    *,
    options: ReadOptions | None = None,
    out: str | Path | None = None,
) -> Reproduction:
    """Make a published file again from the same documents, in a ledger of its own, and compare bytes.

    `inputs` are files, folders or a ledger; none: the files that the manifest names. `options` say how they are read,
    `out` is a folder to keep what is made in.

    Raises:
        InputError: the manifest or a document cannot be read.
        OptionError: `out` cannot be written.
    """

    def fail(fault: InputError) -> None:
        raise fault

    return reproduce_published(
        Path(manifest),
        [str(path) for path in inputs],
        coder=_coder,
        options=options or ReadOptions(),
        out=Path(out) if out is not None else None,
        on_error=fail,
    )


def _coder() -> Coder:
    from detente.coding import Coder  # Here, for it takes two seconds.

    return Coder(**load_settings().for_coder)


def _dyad(a: str | None, b: str | None) -> tuple[str, str] | None:
    if a is None and b is None:
        return None
    if a is None or b is None:
        raise OptionError("name two countries, or none")
    return parse_dyad(a, b)


def _among(countries: Iterable[str] | None) -> list[Dyad] | None:
    return None if countries is None else dyads_among(countries)


def _asked(options: SeriesOptions) -> Asked:
    plain: dict[str, Any] = {**options}
    plain |= {name: _day(name, plain[name]) for name in ("since", "until") if name in plain}
    return Asked(**plain)


def _day(name: str, day: Day) -> date | None:
    try:
        return parse_date(day) if isinstance(day, str) else day
    except ValueError as fault:
        raise OptionError(f"{name}: {fault}") from fault

"""The DuckDB file: opening it, and bringing its schema up to date.

DuckDB lets one process write a file, or many read it, and not both at once. So a connection is held only while a batch
is written or a question answered, and whoever finds the file in use waits a little. A second process that files is
refused at once, by a lock file beside the database that the system lets go of when its holder dies.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb
from filelock import FileLock, Timeout

from detente.errors import LedgerError, LedgerInUse

# For annotations outside the ledger, which alone knows DuckDB.
Connection: TypeAlias = duckdb.DuckDBPyConnection
# Longer than the longest batch takes to be written.
WAIT: Final = 20.0
_PAUSE: Final = 0.02
# Seconds that whoever reads here waits for a writer.
_patience: ContextVar[float] = ContextVar("patience", default=WAIT)
# What DuckDB says when another process has the file, and when another thread of this one reads it or writes it.
_IN_USE: Final = ("set lock", "different configuration")
# Up to so many at once an index is quicker than the whole table.
_LOOKED_UP: Final = 10_000
# A DuckDB file begins with three blocks of 4096 bytes.
_HEADS: Final = 3 * 4096


def migrations() -> list[tuple[int, str]]:
    """Number and SQL of each step of the schema, in order."""
    folder = files("detente.ledger") / "migrations"
    found = [entry for entry in folder.iterdir() if entry.name[:4].isdigit() and entry.name.endswith(".sql")]
    return sorted((int(entry.name[:4]), entry.read_text(encoding="utf-8")) for entry in found)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Whatever is read within waits at most so long for a ledger that is being written."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that cannot change the ledger; `patience` says how long it waits for a writer, usually `WAIT`.

    Raises:
        LedgerError: there is no ledger there, it is no ledger or of another version, or it stays in use.
    """
    _expect_file(path)
    connection = _open(path, True, _patience.get())
    try:
        with _told_in_a_line(path):
            _expect_current(path, connection)
            yield connection
    finally:
        connection.close()


@contextmanager
def writing(path: Path, *, new: bool = False, wait: float = WAIT) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a transaction open: all that is done in it is kept, or, if an error leaves it, nothing.

    An older schema is brought up to date; with `new` a file that is not there is made.

    Raises:
        LedgerError: there is no ledger, it is none or of a newer version, it stays in use, or it cannot be written.
    """
    if new:
        _clear_unborn(path)
    else:
        _expect_file(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _open(path, False, wait)
    try:
        with _told_in_a_line(path):
            _migrate(path, connection)
            connection.begin()
            yield connection
            connection.commit()
    finally:
        # An open transaction is rolled back.
        connection.close()


@contextmanager
def sole_writer(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Holds the right to file into a ledger, for as long as a whole run of filing takes.

    `wait`: seconds to wait for another process that holds it; negative: until it has ended.

    Raises:
        LedgerError: another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        lock.acquire(timeout=wait)
    except Timeout as fault:
        raise LedgerError(f"{path}: another process is filing into it; wait until it has ended") from fault
    except OSError as fault:
        raise LedgerError(f"{path}: cannot be written: {fault.strerror or fault}") from fault
    try:
        yield
    finally:
        lock.release()


def first_row(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
    """The first row of an answer, which is read to its end: DuckDB takes no other question before."""
    rows: list[tuple[Any, ...]] = connection.execute(sql, list(values)).fetchall()
    return rows[0] if rows else None


def _expect_file(path: Path) -> None:
    if path.is_dir():
        raise LedgerError(f"{path}: is a folder; name a file with --db")
    if not path.is_file():
        raise LedgerError(f"{path}: no ledger there (make one: detente add PATH --db {path})")


def _clear_unborn(path: Path) -> None:
    """Takes away what a kill leaves that comes before DuckDB has written the heads of a new file."""
    if path.is_file() and path.stat().st_size < _HEADS and path.read_bytes()[8:12] in (b"", b"DUCK"):
        path.unlink()


@contextmanager
def _told_in_a_line(path: Path) -> Iterator[None]:
    """What DuckDB complains of (tables of another make, a full disk) in one line; Ctrl-C while it works as Ctrl-C."""
    try:
        yield
    except (duckdb.BinderException, duckdb.CatalogException) as fault:
        raise LedgerError(
            f"{path}: has not the tables that this version of détente makes; file its documents into a new ledger "
            f"({_first_line(fault)})"
        ) from fault
    except duckdb.Error as fault:
        raise LedgerError(f"{path}: {_first_line(fault)}") from fault
    except RuntimeError as fault:
        if str(fault) != "Query interrupted":
            raise
        raise KeyboardInterrupt from fault


def _open(path: Path, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    until = time.monotonic() + wait
    while True:
        try:
            # As a whole path, or `:memory:` and `md:` would be something else to DuckDB than a file. Nothing is fetched
            # from the network because a question seems to need it.
            connection = duckdb.connect(
                str(path.absolute()), read_only=read_only, config={"autoinstall_known_extensions": "false"}
            )
            connection.execute("SET TimeZone = 'UTC'")
            # Some hundred records are looked up by their ids; the usual limits are for some dozen.
            connection.execute(f"SET dynamic_or_filter_threshold = {_LOOKED_UP}")
            connection.execute(f"SET index_scan_max_count = {_LOOKED_UP}")
            # It would be drawn over what is printed, after two seconds. Where there is none, in a notebook without
            # widgets, DuckDB does not let it be set.
            if first_row(connection, "SELECT current_setting('enable_progress_bar')") == (True,):
                connection.execute("SET enable_progress_bar = false")
            return connection
        except duckdb.Error as fault:
            if not any(said in str(fault) for said in _IN_USE):
                raise LedgerError(f"{path}: cannot be opened as a ledger: {_first_line(fault)}") from fault
            if time.monotonic() > until:
                raise LedgerInUse(f"{path}: in use by another process for {wait:g} seconds; try again") from fault
            time.sleep(_PAUSE)


def _first_line(fault: Exception) -> str:
    return str(fault).splitlines()[0]


def _version(path: Path, connection: duckdb.DuckDBPyConnection) -> int:
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    if "detente_schema" not in tables:
        raise LedgerError(f"{path}: a DuckDB file, but no ledger; name another file with --db")
    row = first_row(connection, "SELECT max(version) FROM detente_schema")
    return int(row[0]) if row and row[0] is not None else 0


def _migrate(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Each step in a transaction of its own, with its number written down in it."""
    have, steps = _version(path, connection), migrations()
    if have > steps[-1][0]:
        raise LedgerError(_newer(path, have))
    for number, sql in steps:
        if number > have:
            connection.begin()
            connection.execute("CREATE TABLE IF NOT EXISTS detente_schema (version INTEGER NOT NULL)")
            connection.execute(sql)
            connection.execute("INSERT INTO detente_schema VALUES (?)", [number])
            connection.commit()


def _expect_current(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    have, newest = _version(path, connection), migrations()[-1][0]
    if have > newest:
        raise LedgerError(_newer(path, have))
    if have < newest:
        raise LedgerError(f"{path}: has schema {have}, this version reads {newest}; run `detente recode --db {path}`")


def _newer(path: Path, have: int) -> str:
    return f"{path}: has schema {have}, newer than this version of détente knows; update détente"

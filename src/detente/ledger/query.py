"""Questions in SQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Final, TypeVar

import duckdb
import pyarrow as pa

from detente.errors import LedgerError
from detente.ledger.database import reading

_Answer = tuple[list[str], list[tuple[object, ...]]]
_T = TypeVar("_T")
_NOTHING: Final = "there is no question (views: detente sql 'SHOW TABLES')"


def query(path: Path, sql: str) -> _Answer:
    """Names of the columns, and the rows. The question sees the ledger and nothing else: it cannot change it, nor read
    or write other files, nor load anything. Ctrl-C stops it.

    Raises:
        LedgerError: there is no such ledger, or DuckDB does not take the question.
    """
    return _put(path, sql, _rows)


def ask(path: Path, sql: str) -> pa.Table:
    """The same with the answer as an Arrow table.

    Raises:
        LedgerError: there is no such ledger, or DuckDB does not take the question.
    """
    return _put(path, sql, _arrow)


def _put(path: Path, sql: str, fetch: Callable[[duckdb.DuckDBPyConnection, str], _T]) -> _T:
    with reading(path) as connection:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            return _stoppable(connection, sql, fetch)
        except duckdb.Error as fault:
            first = str(fault).splitlines()[0]
            raise LedgerError(f"the question is not right: {first} (views: detente sql 'SHOW TABLES')") from fault


def _stoppable(
    connection: duckdb.DuckDBPyConnection, sql: str, fetch: Callable[[duckdb.DuckDBPyConnection, str], _T]
) -> _T:
    # In a thread beside: Python hears a signal only between two steps of its own, and DuckDB may take none for long.
    with ThreadPoolExecutor(1) as beside:
        answer = beside.submit(fetch, connection, sql)
        try:
            wait([answer])
        except KeyboardInterrupt:
            # Again and again: one that comes before the question has begun is lost.
            while not answer.done():
                connection.interrupt()
                wait([answer], timeout=0.1)
            raise
        return answer.result()


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> _Answer:
    answer = connection.execute(sql)
    if answer is None:
        raise LedgerError(_NOTHING)
    return [column[0] for column in answer.description or ()], answer.fetchall()


def _arrow(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    answer = connection.sql(sql)
    if answer is None:
        raise LedgerError(_NOTHING)
    return answer.to_arrow_table()

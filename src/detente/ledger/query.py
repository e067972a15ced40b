"""Questions in SQL."""

from __future__ import annotations

from pathlib import Path

import duckdb

from detente.errors import LedgerError
from detente.ledger.database import reading


def query(path: Path, sql: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Names of the columns, and the rows. The question sees the ledger and nothing else: it cannot change it, nor read
    or write other files, nor load anything.

    Raises:
        LedgerError: there is no such ledger, or DuckDB does not take the question.
    """
    with reading(path) as connection:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            answer = connection.execute(sql)
            if answer is None:
                raise LedgerError("there is no question (views: detente sql 'SHOW TABLES')")
            return [column[0] for column in answer.description or ()], answer.fetchall()
        except duckdb.Error as fault:
            first = str(fault).splitlines()[0]
            raise LedgerError(f"the question is not right: {first} (views: detente sql 'SHOW TABLES')") from fault

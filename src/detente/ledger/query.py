"""Questions in SQL."""

from __future__ import annotations

from pathlib import Path

import duckdb

from detente.errors import LedgerError
from detente.ledger.database import reading


def query(path: Path, sql: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Names of the columns, and the rows. The ledger cannot be changed by it.

    Raises:
        LedgerError: there is no such ledger, or DuckDB does not take the question.
    """
    with reading(path) as connection:
        try:
            answer = connection.execute(sql)
            return [column[0] for column in answer.description or ()], answer.fetchall()
        except duckdb.Error as fault:
            first = str(fault).splitlines()[0]
            raise LedgerError(f"the question is not right: {first} (views: detente sql 'SHOW TABLES')") from fault

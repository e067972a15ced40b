"""Where the rows of a source can be read: the words, and the document that told first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from detente.ledger.deeds import OURS

_OURS = """
SELECT e.id, e.words, d.publisher, d.url, d.id FROM episodes e JOIN wanted w ON w.id = e.id
LEFT JOIN documents d ON d.id = e.documents[1] ORDER BY e.id, e.first
"""
_THEIRS = """
SELECT i.id, i.text, i.publisher, i.url, i.document FROM imported_events i JOIN wanted w ON w.id = i.id
WHERE i.dataset = $source ORDER BY i.id, i.import DESC, i.line DESC
"""


@dataclass(frozen=True, slots=True)
class Told:
    """The words, None where a data set gives none, and whose they are."""

    words: str | None
    publisher: str | None
    url: str | None
    document: str | None


def told(connection: duckdb.DuckDBPyConnection, ids: Iterable[str], source: str = OURS) -> dict[str, Told]:
    """Where each of these rows can be read, by id."""
    connection.register("wanted", pa.table({"id": pa.array(sorted(set(ids)), pa.string())}))
    answer = connection.execute(*((_OURS,) if source == OURS else (_THEIRS, {"source": source})))
    found = {id: Told(*where) for id, *where in answer.fetchall()}
    connection.unregister("wanted")
    return found

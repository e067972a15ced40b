"""Where stored episodes took place, and which documents tell them: for many dyads at once, out of the stored tables.

told(connection, ids) -> pa.Table of `TOLD`
heads(connection, documents) -> pa.Table of `HEADS`
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import duckdb
import pyarrow as pa

TOLD: Final = pa.schema(
    [
        ("id", pa.string()),
        ("first_report", pa.date32()),
        # Of the events merged; the same ones in two dyads are one thing that happened.
        ("reports", pa.list_(pa.string())),
        ("documents", pa.list_(pa.string())),
        ("place", pa.string()),
        ("place_country", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
    ]
)
HEADS: Final = pa.schema(
    [("id", pa.string()), ("published", pa.date32()), ("publisher", pa.string()), ("coder", pa.string())]
)


def told(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> pa.Table:
    """When each of these episodes was first told, by which events and documents (reprints too), and where it took place
    (None: not known), by id."""
    # The records of all episodes would be read if they were not chosen first.
    sql = """
    WITH chosen AS MATERIALIZED (SELECT e.rowid AS place FROM episodes e SEMI JOIN wanted USING (id))
    SELECT e.id, e.first_report, e.reports, e.documents, e.place,
      json_extract_string(e.record, '$.place.country') AS place_country,
      TRY_CAST(json_extract_string(e.record, '$.place.lat') AS DOUBLE) AS lat,
      TRY_CAST(json_extract_string(e.record, '$.place.lon') AS DOUBLE) AS lon
    FROM episodes e SEMI JOIN chosen ON chosen.place = e.rowid ORDER BY e.id
    """
    return _asked(connection, ids, sql).cast(TOLD)


def heads(connection: duckdb.DuckDBPyConnection, documents: Iterable[str]) -> pa.Table:
    """These documents, each with the coder whose records count, by id."""
    sql = """
    SELECT d.id, d.published, d.publisher, c.coder FROM documents d SEMI JOIN wanted USING (id)
    LEFT JOIN codings c ON c.document = d.id AND c.current ORDER BY d.id
    """
    return _asked(connection, documents, sql).cast(HEADS)


def _asked(connection: duckdb.DuckDBPyConnection, ids: Iterable[str], sql: str) -> pa.Table:
    connection.register("wanted", pa.table({"id": pa.array(list(ids), pa.string())}))
    table = connection.sql(sql).to_arrow_table()
    connection.unregister("wanted")
    return table

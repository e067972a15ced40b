"""Reading the ledger: rows become the nouns again. Each takes a connection of `database.reading` or `writing`.

Records are looked up in a step of its own (`MATERIALIZED`): that is done by index, a join would read the whole table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import duckdb
import pyarrow as pa

from detente.errors import LedgerError
from detente.ledger.bearing import Heard, bearing
from detente.ledger.database import first_row
from detente.ledger.reprints import BANDS
from detente.records import Document, Event, Signal, Statement, Turn
from detente.relations import Dyad, Report, Source, Telling

# The columns of `Source`, in its order, of `documents d`.
HEAD: Final = "d.id, d.published, d.title, d.publisher, d.url, d.kind, d.side, d.reprint_of"
# The records of the coder that counts.
_CURRENT: Final = "JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current"
_UNTIL: Final = "($until IS NULL OR d.published IS NULL OR d.published <= $until)"


def alike(connection: duckdb.DuckDBPyConnection, hashes: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    """Documents by band and hash, for those hashes that occur in the ledger."""
    asked = pa.table({"hash": pa.array(sorted(set(hashes)), pa.int64())})
    connection.register("asked", asked)
    rows = connection.execute("SELECT document, band, hash FROM fingerprints SEMI JOIN asked USING (hash)").fetchall()
    connection.unregister("asked")
    found: dict[tuple[int, int], list[str]] = {}
    for document, band, number in sorted(rows):
        assert 0 <= band < BANDS
        found.setdefault((band, number), []).append(document)
    return found


def places(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> list[tuple[str, date | None, str | None]]:
    """Id, day of publication and original (None: it reprints nothing) of these documents."""
    asked = pa.table({"id": pa.array(sorted(ids), pa.string())})
    connection.register("asked", asked)
    rows = connection.execute("SELECT id, published, reprint_of FROM documents SEMI JOIN asked USING (id)").fetchall()
    connection.unregister("asked")
    return rows


def bands_of(connection: duckdb.DuckDBPyConnection, document: str) -> tuple[int, ...]:
    """The bands of a document as filed, in order."""
    rows = connection.execute("SELECT hash FROM fingerprints WHERE document = ? ORDER BY band", [document]).fetchall()
    return tuple(row[0] for row in rows)


def reprints_of(connection: duckdb.DuckDBPyConnection, document: str) -> list[str]:
    """Ids of the documents that reprint this one."""
    rows = connection.execute("SELECT id FROM documents WHERE reprint_of = ? ORDER BY id", [document]).fetchall()
    return [row[0] for row in rows]


def latest_day(connection: duckdb.DuckDBPyConnection) -> date | None:
    """The last day on which a document of the ledger was published."""
    row = first_row(connection, "SELECT max(published) FROM documents")
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class Stale:
    """A dyad that is not up to date: how many reports it has; as of which day it was derived, None if never;
    `documents` that were filed since (None: something else has changed, too)."""

    dyad: Dyad
    reports: int
    derived_on: date | None
    documents: tuple[str, ...] | None


def stale(connection: duckdb.DuckDBPyConnection, as_of: date) -> list[Stale]:
    """Dyads whose episodes, contacts, commitments or channels are not those of this day."""
    sql = """WITH late AS (
               SELECT first, second, list(DISTINCT document) FILTER (document IS NOT NULL) AS filed,
                 bool_or(document IS NULL) AS more FROM stale GROUP BY ALL
               UNION ALL SELECT first, second, [], false FROM derived d WHERE (as_of > $as_of OR wake <= $as_of)
                 AND NOT EXISTS (SELECT 1 FROM stale s WHERE s.first = d.first AND s.second = d.second)),
             counted AS (SELECT first, second, count(*) AS reports FROM event_dyads SEMI JOIN late USING (first, second)
               GROUP BY ALL)
             SELECT l.first, l.second, coalesce(n.reports, 0), d.as_of, l.more, coalesce(l.filed, [])
             FROM late l LEFT JOIN counted n USING (first, second) LEFT JOIN derived d USING (first, second)
             ORDER BY ALL"""
    rows = connection.execute(sql, {"as_of": as_of}).fetchall()
    return [Stale((a, b), n, on, None if more else tuple(sorted(filed))) for a, b, n, on, more, filed in rows]


def reports(connection: duckdb.DuckDBPyConnection, dyad: Dyad, until: date | None = None) -> list[Report]:
    """The events of a dyad, by day of publication; `until` leaves out what was published later."""
    sql = f"""WITH told AS MATERIALIZED (
                SELECT r.event FROM event_dyads r {_CURRENT} WHERE r.first = $first AND r.second = $second
              ), e AS MATERIALIZED (SELECT events.* FROM events JOIN told ON told.event = events.id)
              SELECT e.record, {HEAD} FROM e JOIN documents d ON d.id = e.document
              WHERE {_UNTIL} ORDER BY d.published, d.id, e.sentence, e.id"""
    rows = connection.execute(sql, {"first": dyad[0], "second": dyad[1], "until": until}).fetchall()
    return [Report(Event.from_dict(json.loads(record)), Source(*head)) for record, *head in rows]


def tellings(connection: duckdb.DuckDBPyConnection, dyad: Dyad, until: date | None = None) -> list[Telling]:
    """What either side says in documents that tell of the dyad."""
    # A condition on the side would make it read all statements instead of looking up those of some documents.
    sql = f"""WITH told AS MATERIALIZED (
                SELECT DISTINCT document FROM event_dyads WHERE first = $first AND second = $second
              ), r AS MATERIALIZED (SELECT s.* FROM statements s SEMI JOIN told ON told.document = s.document)
              SELECT r.side, r.record, {HEAD} FROM r {_CURRENT} JOIN documents d ON d.id = r.document
              WHERE {_UNTIL} ORDER BY d.published, d.id, r.sentence, r.id"""
    rows = connection.execute(sql, {"first": dyad[0], "second": dyad[1], "until": until}).fetchall()
    return [
        Telling(Statement.from_dict(json.loads(record)), Source(*head)) for side, record, *head in rows if side in dyad
    ]


def heard(connection: duckdb.DuckDBPyConnection, dyad: Dyad) -> Heard:
    """Those of the same that bear on commitments; rows of older versions, which do not say so, are read for it."""
    sql = f"""SELECT r.bears, r.record, {HEAD} FROM statements r {_CURRENT} JOIN documents d ON d.id = r.document
              WHERE r.side IN ($first, $second) AND r.bears IS DISTINCT FROM [] AND {_concerns("r.document")}
              ORDER BY d.published, d.id, r.sentence, r.id"""
    rows = connection.execute(sql, {"first": dyad[0], "second": dyad[1]}).fetchall()
    told = ((bears, Telling(Statement.from_dict(json.loads(record)), Source(*head))) for bears, record, *head in rows)
    return Heard.sorted((one, bearing(one.statement) if bears is None else bears) for bears, one in told)


def signals(connection: duckdb.DuckDBPyConnection, dyad: Dyad, until: date | None = None) -> list[Signal]:
    """The graded formulas of either side towards the other, or towards nobody named in a document on the dyad."""
    sql = f"""SELECT r.record FROM signals r {_CURRENT} JOIN documents d ON d.id = r.document
              WHERE r.government IN ($first, $second) AND {_UNTIL}
              AND (r.towards IN ($first, $second) OR r.towards IS NULL AND {_concerns("r.document")})
              ORDER BY d.published, d.id, r.id"""
    rows = connection.execute(sql, {"first": dyad[0], "second": dyad[1], "until": until}).fetchall()
    return [Signal.from_dict(json.loads(record)) for (record,) in rows]


def sources(connection: duckdb.DuckDBPyConnection, dyad: Dyad, until: date | None = None) -> dict[str, Source]:
    """The heads of the documents that tell of the dyad, and of their reprints, by id."""
    sql = f"""SELECT {HEAD} FROM documents d WHERE ({_concerns("d.id")} OR {_concerns("d.reprint_of")}) AND {_UNTIL}
              ORDER BY d.published, d.id"""
    rows = connection.execute(sql, {"first": dyad[0], "second": dyad[1], "until": until}).fetchall()
    return {row[0]: Source(*row) for row in rows}


def _concerns(document: str) -> str:
    return f"{document} IN (SELECT document FROM event_dyads WHERE first = $first AND second = $second)"


def texts(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, str]:
    """The stored texts of these documents."""
    asked = pa.table({"id": pa.array(list(ids), pa.string())})
    connection.register("asked", asked)
    rows = connection.execute("SELECT id, text FROM documents SEMI JOIN asked USING (id)").fetchall()
    connection.unregister("asked")
    return dict(rows)


def documents(connection: duckdb.DuckDBPyConnection, coder: str | None = None) -> list[str]:
    """Ids of all documents, in the order of filing; with `coder`, only of those that it has not coded."""
    sql = """SELECT id FROM documents d WHERE $coder IS NULL OR NOT EXISTS
             (SELECT 1 FROM codings c WHERE c.document = d.id AND c.coder = $coder) ORDER BY filed_at, id"""
    return [row[0] for row in connection.execute(sql, {"coder": coder}).fetchall()]


def document(connection: duckdb.DuckDBPyConnection, id: str) -> tuple[Document, str | None]:
    """A document as filed, and the id of the one that it reprints.

    Raises:
        LedgerError: there is no such document.
    """
    sql = """SELECT text, id, title, published, publisher, language, url, kind, issuer, turns, reprint_of
             FROM documents WHERE id = ?"""
    row = first_row(connection, sql, [id])
    if row is None:
        raise LedgerError(f"no document {id!r} in the ledger")
    turns = tuple(Turn(*turn) for turn in json.loads(row[9]))
    names = ("text", "id", "title", "published", "publisher", "language", "url", "kind", "issuer")
    return Document(**dict(zip(names, row, strict=False)), turns=turns), row[10]


def current_coder(connection: duckdb.DuckDBPyConnection, document: str) -> str | None:
    """The coder whose records of a document count."""
    row = first_row(connection, "SELECT coder FROM codings WHERE document = ? AND current", [document])
    return str(row[0]) if row else None


def records_of(connection: duckdb.DuckDBPyConnection, document: str, coder: str) -> Mapping[str, dict[str, Any]]:
    """The events and statements that a coder made of a document, on the wire, by id."""
    found: dict[str, dict[str, Any]] = {}
    for table in ("events", "statements"):
        sql = f"SELECT id, record FROM {table} WHERE document = ? AND coder = ? ORDER BY id"
        found |= {id: json.loads(record) for id, record in connection.execute(sql, [document, coder]).fetchall()}
    return found

"""Reading the ledger for somebody who looks around: what is there, one record by its id, what holds some words.

`dyads(connection, since=None, limit=…, skip=…)`, `fresh(connection, since)`, `newest_filing(connection)`,
`coded(connection, document)`, `record(connection, id)`, `noun(connection, id)`, `episodes_with(connection, event)`,
`reports_by_id(connection, ids)`, `dyads_of(connection, documents)`. Each takes a connection of `database.reading`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import duckdb
import pyarrow as pa

from detente.errors import RecordError
from detente.ledger import lookups
from detente.ledger.database import first_row
from detente.records import Document, Event, Signal, Statement
from detente.relations import Dyad, Report, Source

# What is known of a contact no better than to a quarter, or hardly believed, is not told as the last one.
_SURE: Final = 0.6
_VAGUEST_DAYS: Final = 31
_TABLES: Final = {"ev": "events", "st": "statements", "sg": "signals"}
_DERIVED: Final = {"ep": "episodes", "ct": "contacts", "cm": "commitments"}


@dataclass(frozen=True, slots=True)
class DyadHead:
    """A dyad of the ledger: how many documents tell of it, how many of them were filed after the moment asked about,
    and the last contact that is sure (its id, days, who, mode)."""

    dyad: Dyad
    documents: int
    fresh: int
    contact: str | None
    start: date | None
    end: date | None
    people: tuple[str, ...]
    mode: str | None


@dataclass(frozen=True, slots=True)
class Coded:
    """A document as filed, with its head and the records that count."""

    document: Document
    source: Source
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    signals: tuple[Signal, ...]


def newest_filing(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the latest document was filed (UTC)."""
    row = first_row(connection, "SELECT max(filed_at) FROM documents")
    return row[0].replace(tzinfo=UTC) if row and row[0] else None


def _stored(moment: datetime | None) -> datetime | None:
    """A moment as `filed_at` has it: in UTC, which is not said."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def dyads(
    connection: duckdb.DuckDBPyConnection, since: datetime | None = None, *, limit: int = 50, skip: int = 0
) -> list[DyadHead]:
    """The dyads of the ledger, those with most documents first; `since` says from when on a document counts as new."""
    sql = f"""SELECT first, second, count(*)
             FROM (SELECT DISTINCT r.first, r.second, r.document FROM {_told(connection)})
             GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT $limit OFFSET $skip"""
    rows = connection.execute(sql, {"limit": limit, "skip": skip}).fetchall()
    found = {(first, second): number for first, second, number in rows}
    fresh, last = _fresh(connection, since), _last_contacts(connection, list(found))
    nothing = (None, None, None, (), None)
    return [DyadHead(dyad, number, fresh.get(dyad, 0), *last.get(dyad, nothing)) for dyad, number in found.items()]


def _told(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL: rows of `event_dyads` that count."""
    # Where no document was coded twice, and so in most ledgers, all do.
    if first_row(connection, "SELECT 1 FROM codings WHERE NOT current LIMIT 1") is None:
        return "event_dyads r"
    return "event_dyads r JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current"


def _fresh(connection: duckdb.DuckDBPyConnection, since: datetime | None) -> dict[Dyad, int]:
    """How many documents that were filed after a moment tell of each dyad."""
    if since is None:
        return {}
    sql = f"""SELECT r.first, r.second, count(DISTINCT r.document) FROM {_told(connection)}
             WHERE r.document IN (SELECT id FROM documents WHERE filed_at > ?) GROUP BY ALL"""
    rows = connection.execute(sql, [_stored(since)]).fetchall()
    return {(first, second): number for first, second, number in rows}


def _last_contacts(connection: duckdb.DuckDBPyConnection, dyads: list[Dyad]) -> dict[Dyad, tuple[Any, ...]]:
    """The last contact of each dyad that is sure: its id, days, who, mode."""
    names = [pa.array([dyad[side] for dyad in dyads], pa.string()) for side in (0, 1)]
    connection.register("asked", pa.table(names, names=["first", "second"]))
    rows = connection.execute(
        """SELECT first, second, id, start_date, end_date, participants, mode FROM contacts
           SEMI JOIN asked USING (first, second) WHERE confidence >= ? AND end_date - start_date <= ?
           QUALIFY row_number() OVER (PARTITION BY first, second ORDER BY end_date DESC, confidence DESC, id) = 1""",
        [_SURE, _VAGUEST_DAYS],
    ).fetchall()
    connection.unregister("asked")
    return {
        (first, second): (id, start, end, tuple(people), mode) for first, second, id, start, end, people, mode in rows
    }


def fresh(connection: duckdb.DuckDBPyConnection, since: datetime, limit: int = 20) -> tuple[int, list[Source]]:
    """How many documents were filed after a moment, and the heads of the latest published of them."""
    row = first_row(connection, "SELECT count(*) FROM documents WHERE filed_at > ?", [_stored(since)])
    sql = f"SELECT {lookups.HEAD} FROM documents d WHERE d.filed_at > ? ORDER BY d.published DESC, d.id LIMIT ?"
    return (row[0] if row else 0), [
        Source(*head) for head in connection.execute(sql, [_stored(since), limit]).fetchall()
    ]


def coded(connection: duckdb.DuckDBPyConnection, id: str) -> Coded:
    """A document with the records that count.

    Raises:
        RecordError: there is no such document.
    """
    head = first_row(connection, f"SELECT {lookups.HEAD} FROM documents d WHERE d.id = ?", [id])
    if head is None:
        raise RecordError(f"no document {id!r} is in the ledger")
    document, _ = lookups.document(connection, id)
    coder = lookups.current_coder(connection, id)
    found: dict[str, list[Any]] = {}
    for table in _TABLES.values():
        sql = f"SELECT record FROM {table} WHERE document = ? AND coder = ? ORDER BY id"
        found[table] = [json.loads(wire) for (wire,) in connection.execute(sql, [id, coder]).fetchall()]
    return Coded(
        document,
        Source(*head),
        tuple(map(Event.from_dict, found["events"])),
        tuple(map(Statement.from_dict, found["statements"])),
        tuple(map(Signal.from_dict, found["signals"])),
    )


def record(connection: duckdb.DuckDBPyConnection, id: str) -> Event | Statement | Signal | None:
    """The event, statement or signal of this id, of whatever coder; None if there is none. Of one that reviews have
    corrected the record that counts, or, under an id that only the coder gave, the record as coded."""
    table = _TABLES.get(id.partition("-")[0])
    if table is None:
        return None
    row = first_row(connection, f"SELECT record FROM {table} WHERE id = ?", [id])
    if row is None and table != "signals":
        row = first_row(connection, f"SELECT record FROM replaced_{table} WHERE id = ?", [id])
    if row is None:
        return None
    wire, kinds = json.loads(row[0]), {"events": Event, "statements": Statement, "signals": Signal}
    made: Event | Statement | Signal = kinds[table].from_dict(wire)  # type: ignore[attr-defined]
    return made


def dyad_with(connection: duckdb.DuckDBPyConnection, id: str) -> Dyad | None:
    """The dyad of the episode, contact or commitment of this id, None if there is none."""
    table = _DERIVED.get(id.partition("-")[0])
    row = first_row(connection, f"SELECT first, second FROM {table} WHERE id = ?", [id]) if table else None
    return (row[0], row[1]) if row else None


def episodes_with(connection: duckdb.DuckDBPyConnection, event: str) -> list[tuple[str, Dyad, tuple[str, ...]]]:
    """The episodes that an event was merged into (one a dyad): id, dyad, ids of all their events."""
    # Episodes stand by dyad: those of the event's own are found without a look at the others.
    dyads = connection.execute("SELECT DISTINCT first, second FROM event_dyads WHERE event = ? ORDER BY ALL", [event])
    sql = "SELECT id, first, second, reports FROM episodes WHERE first = ? AND second = ? AND list_contains(reports, ?)"
    rows = [row for dyad in dyads.fetchall() for row in connection.execute(sql, [*dyad, event]).fetchall()]
    return [(id, (first, second), tuple(reports)) for id, first, second, reports in rows]


def reports_by_id(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> list[Report]:
    """The events of these ids with the heads of their documents, by day of publication."""
    connection.register("asked", pa.table({"id": pa.array(list(ids), pa.string())}))
    sql = f"""WITH e AS MATERIALIZED (SELECT * FROM events SEMI JOIN asked USING (id))
              SELECT e.record, {lookups.HEAD} FROM e JOIN documents d ON d.id = e.document
              ORDER BY d.published, d.id, e.sentence, e.id"""
    rows = connection.execute(sql).fetchall()
    connection.unregister("asked")
    return [Report(Event.from_dict(json.loads(wire)), Source(*head)) for wire, *head in rows]


def dyads_of(
    connection: duckdb.DuckDBPyConnection, documents: Iterable[str], limit: int = 50
) -> list[tuple[Dyad, int]]:
    """The dyads that these documents tell of, with how many do, those with most first."""
    connection.register("asked", pa.table({"id": pa.array(list(documents), pa.string())}))
    sql = """SELECT r.first, r.second, count(DISTINCT r.document) FROM event_dyads r
             JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current
             SEMI JOIN asked ON asked.id = r.document GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT ?"""
    rows = connection.execute(sql, [limit]).fetchall()
    connection.unregister("asked")
    return [((first, second), number) for first, second, number in rows]


@dataclass(frozen=True, slots=True)
class ContactHead:
    """A contact with each side's own account: document ids by country."""

    id: str
    dyad: Dyad
    start: date | None
    end: date | None
    people: tuple[str, ...]
    accounts: dict[str, str]


def contacts_told_by_both(connection: duckdb.DuckDBPyConnection, limit: int = 60) -> list[ContactHead]:
    """The contacts of which both sides' own accounts are filed, the latest first. Of several of a side the first."""
    sql = """SELECT id, first, second, start_date, end_date, participants, record FROM contacts
             WHERE record LIKE '%"readouts":[[%' ORDER BY start_date DESC, id"""
    found = []
    for id, first, second, start, end, people, wire in connection.execute(sql).fetchall():
        accounts: dict[str, str] = {}
        for country, document in json.loads(wire)["readouts"]:
            accounts.setdefault(country, document)
        if {first, second} <= set(accounts):
            found.append(ContactHead(id, (first, second), start, end, tuple(people), accounts))
    return found[:limit]

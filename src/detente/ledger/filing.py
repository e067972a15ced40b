"""Writing documents and their records into the ledger, and taking them out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import duckdb
import pyarrow as pa

from detente.errors import LedgerError
from detente.ledger.bearing import bearing
from detente.ledger.database import first_row
from detente.records import Document, Event, Signal, Statement
from detente.relations import dyads_of

# Tables whose rows belong to what one coder made of one document.
_OF_A_CODING: Final = (
    "events",
    "replaced_events",
    "reviewed_events",
    "replaced_statements",
    "reviewed_statements",
    "event_dyads",
    "statements",
    "signals",
    "codings",
)


@dataclass(frozen=True, slots=True)
class Filing:
    """A document, the document that it reprints if it does, and what the coder made of it. `bands` are those of
    `reprints.bands`. `side` is the country whose own account the document is."""

    document: Document
    coder: str
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    signals: tuple[Signal, ...]
    bands: tuple[int, ...] = ()
    reprint_of: str | None = None
    side: str | None = None


def file(connection: duckdb.DuckDBPyConnection, filings: Sequence[Filing]) -> None:
    """Write documents that are not in the ledger, with all their records, in the transaction that is open."""
    now = datetime.now(UTC).replace(tzinfo=None)
    insert(connection, "documents", [_document_row(filing, now) for filing in filings])
    insert(connection, "fingerprints", [(f.document.id, n, h) for f in filings for n, h in enumerate(f.bands)])
    _add_records(connection, filings)
    told = [(dyad, filing.document.id) for filing in filings for event in filing.events for dyad in dyads_of(event)]
    insert(connection, "stale", [(*dyad, document) for dyad, document in sorted(set(told))])
    _mark_reprinted(connection, filings)


def refile(connection: duckdb.DuckDBPyConnection, filings: Sequence[Filing]) -> None:
    """Write new records of documents that are in the ledger; from now on these count, and older ones stay beside."""
    _mark_told(connection, [filing.document.id for filing in filings])
    mark_stale(connection, {dyad for filing in filings for event in filing.events for dyad in dyads_of(event)})
    for filing in filings:
        key = [filing.document.id]
        connection.execute("UPDATE codings SET current = false WHERE document = ?", key)
        placed = [filing.side, filing.reprint_of, *key]
        connection.execute("UPDATE documents SET side = ?, reprint_of = ? WHERE id = ?", placed)
        _drop_records(connection, filing.document.id, filing.coder)
    _add_records(connection, filings)
    _mark_reprinted(connection, filings)


def _add_records(connection: duckdb.DuckDBPyConnection, filings: Sequence[Filing]) -> None:
    insert(connection, "codings", [(filing.document.id, filing.coder, True) for filing in filings])
    events = [event for filing in filings for event in filing.events]
    insert(connection, "events", [event_row(event) for event in events])
    insert(connection, "participants", [row for event in events for row in participant_rows(event)])
    insert(connection, "event_dyads", [row for event in events for row in dyad_rows(event)])
    insert(connection, "statements", [statement_row(one) for filing in filings for one in filing.statements])
    insert(connection, "signals", [_signal_row(signal) for filing in filings for signal in filing.signals])


def forget(connection: duckdb.DuckDBPyConnection, document: str) -> None:
    """Take a document and all its records out. Reprints of it stay, as texts of their own.

    Raises:
        LedgerError: there is no such document.
    """
    if not first_row(connection, "SELECT 1 FROM documents WHERE id = ?", [document]):
        raise LedgerError(f"no document {document!r} in the ledger")
    _mark_told(connection, [document])
    # Reprints of it are from now on texts of their own, which other dyads may be told in.
    copies = connection.execute("SELECT id FROM documents WHERE reprint_of = ?", [document]).fetchall()
    _mark_told(connection, [id for (id,) in copies])
    coders = connection.execute("SELECT coder FROM codings WHERE document = ?", [document]).fetchall()
    for (coder,) in coders:
        _drop_records(connection, document, coder)
    connection.execute("DELETE FROM fingerprints WHERE document = ?", [document])
    connection.execute("UPDATE documents SET reprint_of = NULL WHERE reprint_of = ?", [document])
    connection.execute("DELETE FROM documents WHERE id = ?", [document])


def _drop_records(connection: duckdb.DuckDBPyConnection, document: str, coder: str) -> None:
    key = [document, coder]
    for table in ("events", "replaced_events"):
        mine = f"SELECT id FROM {table} WHERE document = ? AND coder = ?"
        connection.execute(f"DELETE FROM participants WHERE event IN ({mine})", key)
    for table in _OF_A_CODING:
        connection.execute(f"DELETE FROM {table} WHERE document = ? AND coder = ?", key)


def mark_stale(connection: duckdb.DuckDBPyConnection, dyads: Iterable[tuple[str, str]]) -> None:
    """Have these dyads wholly worked out anew at the next `derive.refresh`."""
    insert(connection, "stale", [(*dyad, None) for dyad in sorted(set(dyads))])


def _mark_reprinted(connection: duckdb.DuckDBPyConnection, filings: Sequence[Filing]) -> None:
    """The episodes of an original name its reprints, which may have no records of their own: it is as if it were filed
    anew."""
    originals = sorted({filing.reprint_of for filing in filings if filing.reprint_of})
    if originals:
        connection.execute(
            "INSERT INTO stale SELECT DISTINCT first, second, document FROM event_dyads "
            "WHERE document IN (SELECT unnest(?))",
            [originals],
        )


def _mark_told(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    """The dyads that these documents, or those that they reprint, tell of."""
    if documents:
        connection.execute(
            """INSERT INTO stale SELECT DISTINCT first, second, NULL FROM event_dyads WHERE document IN (
                 SELECT unnest($ids) UNION SELECT reprint_of FROM documents WHERE id IN (SELECT unnest($ids)))""",
            {"ids": list(documents)},
        )


def replace(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    dyad: tuple[str, str],
    rows: Sequence[tuple[object, ...]],
    gone: Sequence[str] | None = None,
) -> None:
    """Make these the rows of a dyad in a table whose rows begin with an id and end with a record (with `gone`, the rows
    in the place of those of these ids and their own); only those that are not there, or have another record, are
    written."""
    own, values = "first = ? AND second = ?", list[object](dyad)
    if gone is not None:
        own, values = (
            f"{own} AND list_contains(?::VARCHAR[], id)",
            [*dyad, sorted({*gone, *(str(row[0]) for row in rows)})],
        )
    have = _by_id(connection.execute(f"SELECT id, record FROM {table} WHERE {own}", values).fetchall())
    wanted = _by_id(rows)
    old = [id for id in have if have[id] != wanted.get(id)]
    if old:
        connection.execute(
            f"DELETE FROM {table} WHERE first = ? AND second = ? AND id IN (SELECT unnest(?))", [*dyad, old]
        )
    insert(connection, table, [row for row in rows if have.get(row[0]) != wanted[row[0]]])


def _by_id(rows: Iterable[tuple[Any, ...]]) -> dict[object, list[Any]]:
    """Records by id: of a list of things agreed, some share one."""
    found: dict[object, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row[-1])
    return {id: sorted(records) for id, records in found.items()}


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Add rows, each with a value for every column of the table."""
    if rows:
        # By way of Arrow: row by row takes a hundred times as long.
        names = [f"c{number}" for number in range(len(rows[0]))]
        batch = pa.table([pa.array(column) for column in zip(*rows, strict=True)], names=names)
        connection.register("batch", batch)
        connection.execute(f"INSERT INTO {table} SELECT * FROM batch")
        connection.unregister("batch")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _document_row(filing: Filing, now: datetime) -> tuple[object, ...]:
    d = filing.document
    turns = _json([[turn.speaker, turn.start, turn.end, turn.interpreted] for turn in d.turns])
    head = (d.title, d.published, d.publisher, d.language, d.url, d.kind, d.issuer)
    return (d.id, d.text, *head, filing.side, turns, filing.reprint_of, now)


def event_row(event: Event) -> tuple[object, ...]:
    """An event as a row of `events`."""
    days, place = event.date, event.place
    return (
        *(event.id, event.document, event.coder, event.sentence, event.type, event.mode, event.act or event.type),
        *(event.status, event.reciprocal, days.start if days else None, days.end if days else None),
        *(place.name if place else None, place.country if place else None),
        event.said_by.actor.name if event.said_by else None,
        *(event.quad, event.score, event.confidence, event.evidence.text, _json(event.to_dict())),
    )


def participant_rows(event: Event) -> Iterable[tuple[object, ...]]:
    """Those who take part in an event as rows of `participants`."""
    for side, people in (("actor", event.actors), ("recipient", event.recipients)):
        for position, who in enumerate(people):
            a = who.actor
            yield (event.id, side, position, a.id, a.name, a.country, a.office, a.level)


def dyad_rows(event: Event) -> Iterable[tuple[object, ...]]:
    """The dyads of an event as rows of `event_dyads`."""
    return [(event.id, event.document, event.coder, *dyad) for dyad in sorted(dyads_of(event))]


def statement_row(one: Statement) -> tuple[object, ...]:
    """A statement as a row of `statements`."""
    speaker = one.speaker.actor if one.speaker else None
    who = (speaker.name, speaker.id, speaker.level, speaker.role) if speaker else (None,) * 4
    addressee = one.addressee.actor.name if one.addressee else None
    return (
        *(one.id, one.document, one.coder, one.sentence, *who, one.side, addressee, one.form, list(one.issues)),
        *(one.tone, one.forecast, one.date.start if one.date else None, one.confidence),
        *(one.content.text, _json(one.to_dict()), list(bearing(one))),
    )


def _signal_row(signal: Signal) -> tuple[object, ...]:
    return (
        *(signal.id, signal.document, signal.coder, signal.government, signal.towards, list(signal.issues)),
        *(signal.scale, signal.rung, signal.label, signal.date.start if signal.date else None),
        *(signal.evidence.text, _json(signal.to_dict())),
    )

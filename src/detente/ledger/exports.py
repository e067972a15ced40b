"""Rows taken out of the ledger, a batch at a time: of others' data as they were filed, of ours as records.

Public: `Wanted`, `imported(connection, schema, dataset, wanted)`, `filed_events(connection, wanted)`,
`filed_episodes(connection, wanted)`. Order and ids are the same for the same ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import duckdb
import pyarrow as pa

from detente.ledger.row_tables import DOCUMENTS, MENTIONS, ROWS
from detente.records import Actor, Event, Place
from detente.relations import DONE, Dyad, Episode, Source

_BATCH: Final = 20_000
_TABLES: Final = (
    (ROWS, "imported_events", "start_date"),
    (MENTIONS, "imported_mentions", "mentioned"),
    (DOCUMENTS, "imported_documents", "published"),
)
_EPISODE_DAYS: Final = ("start", "end", "first_report", "last_report")
_DAYS: Final = "($since IS NULL OR {0}::DATE >= $since) AND ($until IS NULL OR {0}::DATE <= $until)"
_DYAD: Final = "($dyads IS NULL OR list_contains($dyads, least({0}, {1}) || '-' || greatest({0}, {1})))"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: from `since` to `until`, both included; of `dyads`, in either direction (None: all); only of what
    took place, or `everything`, planned, possible and denied too."""

    since: date | None = None
    until: date | None = None
    dyads: frozenset[Dyad] | None = None
    everything: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """The values of the questions below."""
        dyads = None if self.dyads is None else ["-".join(sorted(dyad)) for dyad in sorted(self.dyads)]
        return {"since": self.since, "until": self.until, "dyads": dyads}

    @property
    def statuses(self) -> str:
        """The condition on the status."""
        return "status IS NOT NULL" if self.everything else f"status IN {DONE}"


def imported(
    connection: duckdb.DuckDBPyConnection, schema: pa.Schema, dataset: str, wanted: Wanted
) -> Iterator[pa.Table]:
    """Rows of a data set of others, with the columns of `schema` (`ROWS`, `MENTIONS`, `DOCUMENTS`), in the order of
    files and lines. Rows of mentions and documents have no parties: of a dyad there are none."""
    table, on = next((table, on) for known, table, on in _TABLES if known is schema)
    columns = ", ".join(f"t.{name}" for name in schema.names)
    where = [_DAYS.format(f"t.{on}"), "i.dataset = $dataset"]
    if schema is ROWS:
        where += [
            _DYAD.format("t.actor_country", "t.recipient_country"),
            f"t.{wanted.statuses}",
        ]
    else:
        where += ["$dyads IS NULL"]
    sql = f"""SELECT {columns} FROM {table} t JOIN imports i ON i.number = t.import
              WHERE {" AND ".join(where)} ORDER BY t.import, t.line, t.rowid"""
    answer = connection.sql(sql, params={**wanted.values, "dataset": dataset})
    for batch in answer.to_arrow_reader(_BATCH):
        yield pa.Table.from_batches([batch]).cast(schema)


def filed_events(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> Iterator[tuple[Event, Source]]:
    """The events that count, each with the head of its document, by day."""
    sql = f"""SELECT e.record, d.id, d.published, d.title, d.publisher, d.url, d.kind, d.side, d.reprint_of
              FROM events e JOIN codings c ON c.document = e.document AND c.coder = e.coder AND c.current
              JOIN documents d ON d.id = e.document
              WHERE {_DAYS.format("e.start_date")} AND e.{wanted.statuses}
              AND ($dyads IS NULL OR e.id IN (SELECT event FROM event_dyads
                   WHERE list_contains($dyads, first || '-' || second)))
              ORDER BY e.start_date, e.document, e.sentence, e.id"""
    answer = connection.execute(sql, wanted.values)
    while rows := answer.fetchmany(_BATCH):
        for record, *head in rows:
            yield Event.from_dict(json.loads(record)), Source(*head)


def filed_episodes(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> Iterator[Episode]:
    """The episodes of all dyads, by day."""
    sql = f"""SELECT record FROM episodes WHERE {_DAYS.format("start_date")} AND {wanted.statuses}
              AND ($dyads IS NULL OR list_contains($dyads, first || '-' || second)) ORDER BY start_date, id"""
    answer = connection.execute(sql, wanted.values)
    while rows := answer.fetchmany(_BATCH):
        for (record,) in rows:
            yield _episode(json.loads(record))


def _episode(data: dict[str, Any]) -> Episode:
    """The episode that its plain dict holds, without what its reports tell differently."""
    changed: dict[str, Any] = {name: data[name] and date.fromisoformat(data[name]) for name in _EPISODE_DAYS}
    changed |= {name: tuple(data[name]) for name in ("issues", "reports", "documents", "dyad")}
    changed |= {name: tuple(map(Actor.from_dict, data[name])) for name in ("actors", "recipients")}
    changed["place"] = Place.from_dict(data["place"]) if data["place"] else None
    return Episode(**{**data, **changed, "conflicts": ()})

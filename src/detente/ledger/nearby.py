"""What is filed of a dyad near to some days, documents or records, read only as it is asked for.

    near = Nearby(connection, dyad)
    near.load_days([(first, last), ...]) -> set[str]      documents that tell of these days, read whole; gives their ids
    near.load(documents); near.load_reports(ids)
    near.reports, near.heard(), near.sources(documents), near.episodes(...), near.contacts(...), near.commitments(...)

An outline of the dyad (the days of its records, a few columns) is made once, in a table of the connection alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

import duckdb
import pyarrow as pa

from detente.ledger import kept
from detente.ledger.bearing import Heard, bearing
from detente.ledger.lookups import HEAD
from detente.records import Event, Statement
from detente.relations import Commitment, Contact, Dyad, Episode, Report, Source, Telling

Days: TypeAlias = tuple[date, date]
# A range without an end is read as one of so many days (`episode_profile`).
_OPEN_END: Final = 31
# `first_day` to `last_day`: every day that a report may be counted under.
_OUTLINE: Final = f"""
CREATE OR REPLACE TEMP TABLE outline AS
WITH mine AS MATERIALIZED (
  SELECT DISTINCT event, document, coder FROM event_dyads WHERE first = $first AND second = $second
), now AS MATERIALIZED (
  SELECT m.event, m.document FROM mine m JOIN codings c ON c.document = m.document AND c.coder = m.coder AND c.current
), told AS (
  SELECT e.id AS event, e.document, e.start_date, e.end_date, e.status FROM events e JOIN now ON now.event = e.id
), dated AS (
  SELECT m.document, told.event, told.start_date, told.end_date, told.status,
    d.published, coalesce(d.reprint_of, d.id) AS root
  FROM (SELECT DISTINCT document FROM mine) m JOIN documents d ON d.id = m.document
  LEFT JOIN told ON told.document = m.document
)
SELECT *, coalesce(start_date, end_date, published) AS day,
  least(coalesce(start_date, published), coalesce(end_date, start_date, published)) AS first_day,
  greatest(coalesce(start_date, published), coalesce(end_date, start_date + {_OPEN_END}, published)) AS last_day
FROM dated
"""
_TELLINGS: Final = f"""
SELECT r.bears, r.record, {HEAD} FROM statements r
JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current
JOIN documents d ON d.id = r.document
WHERE r.document IN (SELECT unnest($documents::VARCHAR[]))
  AND r.side IN ($first, $second) AND r.bears IS DISTINCT FROM []
"""
_Key: TypeAlias = tuple[date, str, int, str]


class Nearby:
    """The records of a dyad that were asked for till now."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, dyad: Dyad) -> None:
        self._connection, self.dyad = connection, dyad
        self._sides = {"first": dyad[0], "second": dyad[1]}
        connection.execute(_OUTLINE, self._sides)
        self.reports: dict[str, Report] = {}
        self.whole: dict[str, list[str]] = {}
        self._told: list[tuple[_Key, Sequence[str], Telling]] = []
        self._heads: dict[str, Source] = {}
        self._seen: set[Days] = set()

    def documents_in(self, days: Iterable[Days]) -> set[str]:
        """Documents with a record that may be counted under one of the days, first and last of each stretch given."""
        stretches = sorted(set(days))
        if not stretches:
            return set()
        self._connection.register("stretches", _stretches(stretches))
        sql = """SELECT DISTINCT document FROM outline o JOIN stretches s
                 ON (o.first_day <= s.until AND o.last_day >= s.since) OR o.published BETWEEN s.since AND s.until"""
        found = {id for (id,) in self._connection.execute(sql).fetchall()}
        self._connection.unregister("stretches")
        return found

    def load_days(self, days: Iterable[Days]) -> set[str]:
        """Read the documents of these days; gives those that were not read before."""
        fresh = merged(days)
        missing = [one for one in fresh if not any(a <= one[0] and one[1] <= b for a, b in self._seen)]
        self._seen.update(missing)
        return self.load(self.documents_in(missing))

    def load_published(self, days: Iterable[Days]) -> set[str]:
        """Read the documents published on these days; gives those that were not read before."""
        stretches = merged(days)
        if not stretches:
            return set()
        self._connection.register("stretches", _stretches(stretches))
        sql = "SELECT DISTINCT document FROM outline o JOIN stretches s ON o.published BETWEEN s.since AND s.until"
        found = {id for (id,) in self._connection.execute(sql).fetchall()}
        self._connection.unregister("stretches")
        return self.load(found)

    def load_roots(self, documents: Iterable[str]) -> set[str]:
        """Read what has the same original as these documents; gives what was not read before."""
        sql = """SELECT DISTINCT document FROM outline WHERE root IN
                 (SELECT root FROM outline WHERE document IN (SELECT unnest(?::VARCHAR[])))"""
        return self.load(id for (id,) in self._connection.execute(sql, [sorted(documents)]).fetchall())

    def load_undated(self) -> set[str]:
        """Read what has no day at all."""
        sql = (
            "SELECT DISTINCT document FROM outline WHERE event IS NOT NULL AND published IS NULL AND start_date IS NULL"
        )
        return self.load(id for (id,) in self._connection.execute(sql).fetchall())

    def load(self, documents: Iterable[str]) -> set[str]:
        """Read all that these documents tell of the dyad; gives those that were not read before."""
        fresh = {id for id in documents if id not in self.whole}
        if not fresh:
            return fresh
        sql = """SELECT document, event FROM outline WHERE document IN (SELECT unnest(?::VARCHAR[]))
                 AND event IS NOT NULL
                 ORDER BY ALL"""
        own: dict[str, list[str]] = {id: [] for id in fresh}
        for document, event in self._connection.execute(sql, [sorted(fresh)]).fetchall():
            own[document].append(event)
        self.whole |= own
        self.load_reports(id for ids in own.values() for id in ids)
        values = {**self._sides, "documents": sorted(fresh)}
        for bears, record, *head in self._connection.execute(_TELLINGS, values).fetchall():
            telling = Telling(Statement.from_dict(json.loads(record)), Source(*head))
            statement = telling.statement
            key = (telling.source.published or date.max, statement.document, statement.sentence, statement.id)
            self._told.append((key, bearing(statement) if bears is None else bears, telling))
        return fresh

    def load_reports(self, ids: Iterable[str]) -> None:
        """Read these reports, and of their documents nothing else."""
        missing = sorted({id for id in ids if id not in self.reports})
        if not missing:
            return
        sql = f"""WITH e AS MATERIALIZED (SELECT id, document, coder, record FROM events
                    WHERE id IN (SELECT unnest(?::VARCHAR[])))
                  SELECT e.record, {HEAD} FROM e
                  JOIN codings c ON c.document = e.document AND c.coder = e.coder AND c.current
                  JOIN documents d ON d.id = e.document"""
        for record, *head in self._connection.execute(sql, [missing]).fetchall():
            report = Report(Event.from_dict(json.loads(record)), Source(*head))
            self.reports[report.event.id] = report

    def of(self, documents: Iterable[str]) -> list[Report]:
        """The reports of documents that were read whole."""
        return [self.reports[id] for document in documents for id in self.whole.get(document, ())]

    def heard(self, documents: Iterable[str] | None = None) -> Heard:
        """What documents that were read whole say on commitments (None: all of them)."""
        wanted = None if documents is None else set(documents)
        told = [one for one in self._told if wanted is None or one[2].statement.document in wanted]
        return Heard.sorted((telling, bears) for _, bears, telling in sorted(told, key=lambda one: one[0]))

    def sources(self, documents: Iterable[str]) -> dict[str, Source]:
        """The heads of these documents and of their reprints."""
        wanted = sorted(set(documents))
        sql = f"""SELECT {HEAD} FROM documents d
                  WHERE d.id IN (SELECT unnest($ids::VARCHAR[])) OR d.reprint_of IN (SELECT unnest($ids::VARCHAR[]))
                  ORDER BY d.published, d.id"""
        return {row[0]: Source(*row) for row in self._connection.execute(sql, {"ids": wanted}).fetchall()}

    def days_between(self, after: date, until: date) -> set[str]:
        """Documents with a report whose day lies after one day and not after another."""
        sql = "SELECT DISTINCT document FROM outline WHERE event IS NOT NULL AND day > ? AND day <= ?"
        return {id for (id,) in self._connection.execute(sql, [after, until]).fetchall()}

    def first_after(self, day: date) -> date | None:
        """The first day after this one that a report has."""
        rows = self._connection.execute(
            "SELECT min(day) FROM outline WHERE event IS NOT NULL AND day > ?", [day]
        ).fetchall()
        found: date | None = rows[0][0]
        return found

    def episodes(self, where: str, values: Mapping[str, Any]) -> list[Episode]:
        """Episodes as kept, in order."""
        return kept.episodes(self._connection, self.dyad, where, values)

    def episodes_in(self, days: Iterable[Days], where: str) -> list[Episode]:
        """Episodes as kept that lie on some of these days."""
        found: dict[str, Episode] = {}
        for since, until in merged(days):
            near = f"({where}) AND start_date <= $until AND coalesce(end_date, start_date) >= $since"
            found |= {one.id: one for one in self.episodes(near, {"since": since, "until": until})}
        return sorted(found.values(), key=kept.by_day)

    def contacts(self) -> list[Contact]:
        """Contacts as kept, in order."""
        return kept.contacts(self._connection, self.dyad)

    def commitments(self, where: str, values: Mapping[str, Any]) -> list[Commitment]:
        """Commitments as kept, in order."""
        return kept.commitments(self._connection, self.dyad, where, values)


def merged(days: Iterable[Days]) -> list[Days]:
    """Stretches of days, those that touch joined."""
    found: list[Days] = []
    for since, until in sorted(days):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((since, until))
    return found


def _stretches(days: Sequence[Days]) -> pa.Table:
    return pa.table(
        {
            "since": pa.array([since for since, _ in days], pa.date32()),
            "until": pa.array([until for _, until in days], pa.date32()),
        }
    )

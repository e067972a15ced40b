"""Some of what is filed of a dyad: the records that bear on a stretch of days, or on one record.

    size(connection, dyad) -> int                       how many reports there are
    in_days(connection, dyad, days) -> Part             `Days`
    about(connection, dyad, id) -> Part | None          an episode, contact or commitment, and what it rests on

Needs what was derived of the dyad, and parses no record that it does not give.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import duckdb
import pyarrow as pa

from detente.ledger import kept, lookups
from detente.ledger.database import first_row
from detente.records import Event, Signal, Statement
from detente.relations import Channel, Commitment, Contact, Dyad, Episode, Report, Source, Telling

# Whoever asks what is new is told of what was said, and in which words, so long before.
BACK: Final = timedelta(days=365)
# The same undertaking is told again within a week; what hides it may itself be hidden by one a week older.
_RETOLD: Final = timedelta(days=28)
_TOLD_OF: Final = "SELECT document FROM event_dyads WHERE first = $first AND second = $second"
_DAYS: Final = """least(coalesce(start_date, DATE '0001-01-01'), coalesce(first_report, DATE '0001-01-01')) <= $until
  AND greatest(coalesce(end_date, DATE '9999-12-31'), coalesce(last_report, DATE '9999-12-31')) >= $since
  OR start_date >= $as_of"""
_CONTACTS: Final = """(start_date IS NULL OR start_date <= $until) AND (end_date IS NULL OR end_date >= $since)
  OR list_contains($last, start_date) OR list_contains($last, end_date)
  OR id IN (SELECT c.id FROM (SELECT id, unnest(documents) AS document FROM contacts
    WHERE first = $first AND second = $second) c SEMI JOIN near ON near.id = c.document)"""
_CONCERNED: Final = """made_on >= $since OR settled_on >= $since OR due_end >= $since OR due_start >= $since
  OR state = 'open' AND coalesce(due_end, due_start) >= $as_of OR list_contains($next, id)
  OR id IN (SELECT c.id FROM (SELECT id, unnest(documents) AS document FROM commitments
    WHERE first = $first AND second = $second) c SEMI JOIN near ON near.id = c.document)"""
_COMMITMENTS: Final = f"""{_CONCERNED} OR EXISTS (
    SELECT 1 FROM commitments o WHERE o.first = $first AND o.second = $second AND o.state = 'open'
      AND coalesce(o.due_end, o.due_start) >= $as_of AND abs(o.made_on - commitments.made_on) <= {_RETOLD.days})"""


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked about, and the day as of which the dyad is known."""

    since: date
    until: date
    as_of: date


@dataclass(frozen=True, slots=True)
class Part:
    """Part of what is filed of a dyad; all that its rows refer to is there. `first` is the head of the document that
    told of the dyad first, whether or not it is among the `sources`."""

    episodes: tuple[Episode, ...]
    contacts: tuple[Contact, ...]
    channels: tuple[Channel, ...]
    commitments: tuple[Commitment, ...]
    reports: tuple[Report, ...]
    tellings: tuple[Telling, ...]
    signals: tuple[Signal, ...]
    sources: tuple[Source, ...]


def size(connection: duckdb.DuckDBPyConnection, dyad: Dyad) -> int:
    """How many reports tell of a dyad, by whatever coder."""
    row = first_row(connection, "SELECT count(*) FROM event_dyads WHERE first = ? AND second = ?", dyad)
    return int(row[0]) if row else 0


def in_days(connection: duckdb.DuckDBPyConnection, dyad: Dyad, days: Days) -> Part:
    """What took place, was told, said, undertaken, due or settled in these days, with what it is compared with: what
    was said and published since `BACK` before them, the last contact of each channel, and what is still to come."""
    # A series tells of whole months.
    since, until = days.since.replace(day=1), days.until.replace(day=monthrange(days.until.year, days.until.month)[1])
    span = {"since": since, "until": until}
    back = days.since - min(BACK, days.since - date.min)
    near = _documents(connection, dyad, back, until)
    _register(connection, "near", [source.document for source in near])
    channels = kept.channels(connection, dyad)
    last = [channel.last for channel in channels if channel.last]
    following = [channel.next for channel in channels if channel.next]
    episodes = kept.episodes(connection, dyad, _DAYS, {**span, "as_of": days.as_of})
    episodes += _others(connection, dyad, days, episodes)
    episodes.sort(key=kept.by_day)
    contacts = kept.contacts(connection, dyad, _CONTACTS, {**span, "last": last})
    asked = {"since": days.since, "as_of": days.as_of, "next": following}
    commitments = kept.commitments(connection, dyad, _COMMITMENTS, asked)
    names: dict[str, object] = {"first": dyad[0], "second": dyad[1]}
    said = "SELECT r.id FROM statements r SEMI JOIN near ON near.id = r.document WHERE r.side IN ($first, $second)"
    if until < days.as_of:
        # What was told of these days later.
        names |= span
        said += f""" UNION SELECT r.id FROM statements r WHERE r.side IN ($first, $second)
          AND r.said_on BETWEEN $since AND $until AND r.document IN ({_TOLD_OF})"""
    tellings = _tellings(connection, said, names)
    memory = max(BACK, days.until - days.since + timedelta(days=1))
    signals = _signals(connection, dyad, days.since - min(memory, days.since - date.min), days.until)
    connection.unregister("near")
    return _complete(connection, dyad, episodes, contacts, channels, commitments, tellings, signals, near)


def about(connection: duckdb.DuckDBPyConnection, dyad: Dyad, id: str) -> Part | None:
    """The episode, contact or commitment of this id with the records that it rests on; None if there is none."""
    one = {"id": id}
    episodes = kept.episodes(connection, dyad, "id = $id", one)
    contacts = kept.contacts(connection, dyad, "id = $id", one)
    commitments = kept.commitments(connection, dyad, "id = $id", one)
    if not (episodes or contacts or commitments):
        return None
    return _complete(connection, dyad, episodes, contacts, (), commitments, [], [], [])


def _complete(
    connection: duckdb.DuckDBPyConnection,
    dyad: Dyad,
    episodes: list[Episode],
    contacts: list[Contact],
    channels: Sequence[Channel],
    commitments: list[Commitment],
    tellings: list[Telling],
    signals: list[Signal],
    near: list[Source],
) -> Part:
    """With the episodes, reports, statements and heads of documents that all these name."""
    named = [contact.episode for contact in contacts]
    named += [id for channel in channels for id in (*channel.suspended_by, *channel.resumed_by)]
    for one in commitments:
        named += [one.episode, *one.reports, *one.tellings, *one.confirmed_by]
        named += one.settled.records if one.settled else ()
    have = {episode.id for episode in episodes}
    more = [id for id in dict.fromkeys(named) if id.startswith("ep-") and id not in have]
    if more:
        episodes = episodes + kept.episodes(connection, dyad, "list_contains($ids, id)", {"ids": more})
        episodes.sort(key=kept.by_day)
    events = [id for episode in episodes for id in episode.reports] + [id for id in named if id.startswith("ev-")]
    reports = _reports(connection, events)
    said = {telling.statement.id for telling in tellings}
    others = [id for id in dict.fromkeys(named) if id.startswith("st-") and id not in said]
    if others:
        _register(connection, "wanted", others)
        tellings = tellings + _tellings(connection, "SELECT id FROM wanted", {})
        connection.unregister("wanted")
        tellings.sort(key=lambda t: (*_place(t.source), t.statement.sentence, t.statement.id))
    heads = {source.document: source for source in near}
    heads |= {one.source.document: one.source for one in reports}
    heads |= {one.source.document: one.source for one in tellings}
    return Part(
        episodes=tuple(episodes),
        contacts=tuple(contacts),
        channels=tuple(channels),
        commitments=tuple(commitments),
        reports=tuple(reports),
        tellings=tuple(tellings),
        signals=tuple(signals),
        sources=tuple(sorted(heads.values(), key=_place)),
    )


def _others(connection: duckdb.DuckDBPyConnection, dyad: Dyad, days: Days, episodes: list[Episode]) -> list[Episode]:
    """Episodes of other days of which one report gives these."""
    sql = """SELECT id FROM events WHERE coalesce(start_date, end_date) IS NOT NULL
               AND coalesce(start_date <= $until, true) AND coalesce(end_date >= $since, true)
             AND id IN (SELECT event FROM event_dyads WHERE first = $first AND second = $second)"""
    values = {"first": dyad[0], "second": dyad[1], "since": days.since, "until": days.until}
    known = {id for episode in episodes for id in episode.reports}
    more = [id for (id,) in connection.execute(sql, values).fetchall() if id not in known]
    return kept.episodes(connection, dyad, "list_has_any(reports, $more)", {"more": more}) if more else []


def _place(source: Source) -> tuple[bool, date, str]:
    """The order of documents: undated ones last."""
    return (source.published is None, source.published or date.max, source.document)


def _documents(connection: duckdb.DuckDBPyConnection, dyad: Dyad, since: date, until: date) -> list[Source]:
    """The heads of the documents of these days that tell of the dyad or reprint one that does, and of the first."""
    sql = f"""WITH told AS ({_TOLD_OF}),
        own AS (SELECT d.* FROM documents d WHERE d.id IN (FROM told) OR d.reprint_of IN (FROM told))
      SELECT {lookups.HEAD} FROM own d WHERE d.published BETWEEN $since AND $until
        OR d.id = (SELECT id FROM own WHERE published IS NOT NULL ORDER BY published, id LIMIT 1)
      ORDER BY d.published, d.id"""
    values = {"first": dyad[0], "second": dyad[1], "since": since, "until": until}
    return [Source(*head) for head in connection.execute(sql, values).fetchall()]


def _reports(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> list[Report]:
    _register(connection, "wanted", list(dict.fromkeys(ids)))
    sql = f"""WITH e AS MATERIALIZED (SELECT * FROM events SEMI JOIN wanted USING (id))
              SELECT e.record, {lookups.HEAD} FROM e JOIN documents d ON d.id = e.document
              ORDER BY d.published, d.id, e.sentence, e.id"""
    rows = connection.execute(sql).fetchall()
    connection.unregister("wanted")
    return [Report(Event.from_dict(json.loads(wire)), Source(*head)) for wire, *head in rows]


def _tellings(connection: duckdb.DuckDBPyConnection, ids: str, values: dict[str, object]) -> list[Telling]:
    """The statements whose ids a question gives."""
    found = [id for (id,) in connection.execute(ids, values).fetchall()]
    _register(connection, "found", found)
    sql = f"""WITH r AS MATERIALIZED (SELECT * FROM statements SEMI JOIN found USING (id))
              SELECT r.record, {lookups.HEAD} FROM r
              JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current
              JOIN documents d ON d.id = r.document ORDER BY d.published, d.id, r.sentence, r.id"""
    rows = connection.execute(sql).fetchall()
    connection.unregister("found")
    return [Telling(Statement.from_dict(json.loads(wire)), Source(*head)) for wire, *head in rows]


def _signals(connection: duckdb.DuckDBPyConnection, dyad: Dyad, since: date, until: date) -> list[Signal]:
    sql = f"""SELECT r.record FROM signals r JOIN documents d ON d.id = r.document
              JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current
              WHERE r.government IN ($first, $second) AND coalesce(r.said_on BETWEEN $since - 31 AND $until, true)
              AND (r.towards IN ($first, $second) OR r.towards IS NULL AND r.document IN ({_TOLD_OF}))
              ORDER BY d.published, d.id, r.id"""
    values = {"first": dyad[0], "second": dyad[1], "since": since, "until": until}
    return [Signal.from_dict(json.loads(wire)) for (wire,) in connection.execute(sql, values).fetchall()]


def _register(connection: duckdb.DuckDBPyConnection, name: str, ids: list[str]) -> None:
    connection.register(name, pa.table({"id": pa.array(ids, pa.string())}))

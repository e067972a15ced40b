"""Some of what is filed of a dyad: the records that bear on a stretch of days, or on one record.

    size(connection, dyad) -> int                       how many reports there are
    in_days(connection, dyad, days) -> Part             `Days`
    about(connection, dyad, id) -> Part | None          an episode, contact or commitment, and what it rests on

Needs what was derived of the dyad, and parses no record that it does not give.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

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
_TELLING: Final = "r.record, r.document, r.coder, r.sentence, r.id"
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
    heads = {source.document: source for source in near}
    tellings = _said(connection, dyad, heads)
    if until < days.as_of:
        # What was told of these days later.
        later = f"""SELECT r.id FROM statements r WHERE r.side IN ($first, $second)
          AND r.said_on BETWEEN $since AND $until AND r.document IN ({_TOLD_OF})"""
        found = connection.execute(later, {"first": dyad[0], "second": dyad[1], **span}).fetchall()
        have = {telling.statement.id for telling in tellings}
        tellings += _tellings(connection, [id for (id,) in found if id not in have], heads)
        tellings.sort(key=_telling_place)
    memory = max(BACK, days.until - days.since + timedelta(days=1))
    signals = _signals(connection, dyad, days.since - min(memory, days.since - date.min), days.until)
    connection.unregister("near")
    return _complete(connection, dyad, episodes, contacts, channels, commitments, tellings, signals, heads)


def about(connection: duckdb.DuckDBPyConnection, dyad: Dyad, id: str) -> Part | None:
    """The episode, contact or commitment of this id with the records that it rests on; None if there is none."""
    one = {"id": id}
    episodes = kept.episodes(connection, dyad, "id = $id", one)
    contacts = kept.contacts(connection, dyad, "id = $id", one)
    commitments = kept.commitments(connection, dyad, "id = $id", one)
    if not (episodes or contacts or commitments):
        return None
    return _complete(connection, dyad, episodes, contacts, (), commitments, [], [], {})


def _complete(
    connection: duckdb.DuckDBPyConnection,
    dyad: Dyad,
    episodes: list[Episode],
    contacts: list[Contact],
    channels: Sequence[Channel],
    commitments: list[Commitment],
    tellings: list[Telling],
    signals: list[Signal],
    near: Mapping[str, Source],
) -> Part:
    """With the episodes, reports, statements and heads of documents that all these name; `near` are heads known."""
    heads = dict(near)
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
    reports = _reports(connection, events, heads)
    said = {telling.statement.id for telling in tellings}
    others = [id for id in dict.fromkeys(named) if id.startswith("st-") and id not in said]
    if others:
        tellings = sorted(tellings + _tellings(connection, others, heads), key=_telling_place)
    shown = dict(near)
    shown |= {one.source.document: one.source for one in reports}
    shown |= {one.source.document: one.source for one in tellings}
    return Part(
        episodes=tuple(episodes),
        contacts=tuple(contacts),
        channels=tuple(channels),
        commitments=tuple(commitments),
        reports=tuple(reports),
        tellings=tuple(tellings),
        signals=tuple(signals),
        sources=tuple(sorted(shown.values(), key=_place)),
    )


def _others(connection: duckdb.DuckDBPyConnection, dyad: Dyad, days: Days, episodes: list[Episode]) -> list[Episode]:
    """Episodes of other days of which one report gives these."""
    sql = """WITH dated AS MATERIALIZED (SELECT id FROM events WHERE coalesce(start_date, end_date) IS NOT NULL
               AND coalesce(start_date <= $until, true) AND coalesce(end_date >= $since, true))
             SELECT id FROM dated SEMI JOIN event_dyads d ON d.event = dated.id
               AND d.first = $first AND d.second = $second"""
    values = {"first": dyad[0], "second": dyad[1], "since": days.since, "until": days.until}
    known = {id for episode in episodes for id in episode.reports}
    more = [id for (id,) in connection.execute(sql, values).fetchall() if id not in known]
    return kept.episodes(connection, dyad, "list_has_any(reports, $more)", {"more": more}) if more else []


def _place(source: Source) -> tuple[bool, date, str]:
    """The order of documents: undated ones last."""
    return (source.published is None, source.published or date.max, source.document)


def _telling_place(one: Telling) -> tuple[object, ...]:
    return (*_place(one.source), one.statement.sentence, one.statement.id)


def _documents(connection: duckdb.DuckDBPyConnection, dyad: Dyad, since: date, until: date) -> list[Source]:
    """The heads of the documents of these days that tell of the dyad or reprint one that does, and of the first."""
    sql = f"""WITH told AS ({_TOLD_OF}),
        own AS (SELECT d.* FROM documents d WHERE d.id IN (FROM told) OR d.reprint_of IN (FROM told))
      SELECT {lookups.HEAD} FROM own d WHERE d.published BETWEEN $since AND $until
        OR d.id = (SELECT id FROM own WHERE published IS NOT NULL ORDER BY published, id LIMIT 1)
      ORDER BY d.published, d.id"""
    values = {"first": dyad[0], "second": dyad[1], "since": since, "until": until}
    return [Source(*head) for head in connection.execute(sql, values).fetchall()]


def _reports(connection: duckdb.DuckDBPyConnection, ids: Iterable[str], heads: dict[str, Source]) -> list[Report]:
    _register(connection, "wanted", list(dict.fromkeys(ids)))
    sql = "SELECT e.record, e.document, e.sentence, e.id FROM events e SEMI JOIN wanted USING (id)"
    rows = connection.execute(sql).fetchall()
    connection.unregister("wanted")
    _add_heads(connection, heads, (document for _, document, _, _ in rows))
    rows.sort(key=lambda row: (*_place(heads[row[1]]), *row[2:]))
    return [Report(Event.from_dict(json.loads(wire)), heads[document]) for wire, document, _, _ in rows]


def _said(connection: duckdb.DuckDBPyConnection, dyad: Dyad, heads: dict[str, Source]) -> list[Telling]:
    """The statements of either side in the documents `near`."""
    # A condition on the side would make it read them all.
    sql = f"SELECT r.side, {_TELLING} FROM statements r SEMI JOIN near ON near.id = r.document"
    rows = connection.execute(sql).fetchall()
    return _told(connection, [row[1:] for row in rows if row[0] in dyad], heads)


def _tellings(connection: duckdb.DuckDBPyConnection, ids: list[str], heads: dict[str, Source]) -> list[Telling]:
    """The statements of these ids."""
    _register(connection, "wanted", ids)
    rows = connection.execute(f"SELECT {_TELLING} FROM statements r SEMI JOIN wanted USING (id)").fetchall()
    connection.unregister("wanted")
    return _told(connection, rows, heads)


def _told(
    connection: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]], heads: dict[str, Source]
) -> list[Telling]:
    """Rows of `_TELLING` of the coder that counts, in the order of documents."""
    documents = list(dict.fromkeys(row[1] for row in rows))
    _add_heads(connection, heads, documents)
    _register(connection, "wanted", documents)
    sql = "SELECT document, coder FROM codings c SEMI JOIN wanted ON wanted.id = c.document WHERE c.current"
    current = set(connection.execute(sql).fetchall())
    connection.unregister("wanted")
    rows = [row for row in rows if row[1:3] in current]
    rows.sort(key=lambda row: (*_place(heads[row[1]]), *row[3:]))
    return [Telling(Statement.from_dict(json.loads(wire)), heads[document]) for wire, document, *_ in rows]


def _add_heads(connection: duckdb.DuckDBPyConnection, heads: dict[str, Source], documents: Iterable[str]) -> None:
    """The heads of these documents to those known: a join with all documents would read them all."""
    missing = [document for document in dict.fromkeys(documents) if document not in heads]
    if missing:
        _register(connection, "missing", missing)
        sql = f"SELECT {lookups.HEAD} FROM documents d SEMI JOIN missing USING (id)"
        heads |= {head[0]: Source(*head) for head in connection.execute(sql).fetchall()}
        connection.unregister("missing")


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

"""What was derived of a dyad, read back from its tables: some of it, or all.

    kept_on(connection, dyad) -> date | None            as of which day it was derived, None: not up to date
    episodes(connection, dyad, where="", values={})     likewise contacts, commitments, channels
    episode(wire), contact(wire), commitment(wire), channel(wire)

`where` is a condition in SQL on the columns of the table, `values` its parameters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb

from detente.ledger.database import first_row
from detente.records import Actor, Place
from detente.relations import Channel, Commitment, Conflict, Contact, Dyad, Episode, Settlement

_Wire = Mapping[str, Any]


def kept_on(connection: duckdb.DuckDBPyConnection, dyad: Dyad) -> date | None:
    """The day as of which commitments and channels of a dyad are kept: the last of publication, or None where records
    were filed since, or days have passed that change them."""
    if first_row(connection, "SELECT 1 FROM stale WHERE first = ? AND second = ? LIMIT 1", dyad):
        return None
    sql = """SELECT latest FROM (SELECT max(published) AS latest FROM documents)
             WHERE NOT EXISTS (SELECT 1 FROM derived WHERE first = $1 AND second = $2
               AND (as_of > latest OR wake <= latest))"""
    row = first_row(connection, sql, dyad)
    return row[0] if row else None


def episodes(
    connection: duckdb.DuckDBPyConnection, dyad: Dyad, where: str = "true", values: _Wire | None = None
) -> list[Episode]:
    """Episodes in the order in which they were derived."""
    found = [episode(wire) for wire in _wires(connection, "episodes", dyad, where, values)]
    return sorted(found, key=by_day)


def by_day(episode: Episode) -> tuple[date, str]:
    """The order of episodes."""
    return episode.start or episode.first_report or date.max, episode.id


def contacts(
    connection: duckdb.DuckDBPyConnection, dyad: Dyad, where: str = "true", values: _Wire | None = None
) -> list[Contact]:
    """Contacts in the order in which they were derived."""
    found = [contact(wire) for wire in _wires(connection, "contacts", dyad, where, values)]
    return sorted(found, key=lambda c: (c.start or date.max, c.id))


def commitments(
    connection: duckdb.DuckDBPyConnection, dyad: Dyad, where: str = "true", values: _Wire | None = None
) -> list[Commitment]:
    """Commitments in the order in which they were derived."""
    found = [commitment(wire) for wire in _wires(connection, "commitments", dyad, where, values)]
    return sorted(found, key=lambda c: (c.made or date.min, c.id))


def channels(connection: duckdb.DuckDBPyConnection, dyad: Dyad) -> list[Channel]:
    """The channels in their order."""
    return [channel(wire) for wire in _wires(connection, "channels", dyad, "true", None)]


def _wires(
    connection: duckdb.DuckDBPyConnection, table: str, dyad: Dyad, where: str, values: _Wire | None
) -> list[dict[str, Any]]:
    sql = f"SELECT record FROM {table} WHERE first = $first AND second = $second AND ({where}) ORDER BY rowid"
    rows = connection.execute(sql, {"first": dyad[0], "second": dyad[1], **(values or {})}).fetchall()
    return [json.loads(wire) for (wire,) in rows]


def episode(wire: _Wire) -> Episode:
    """The episode that `Episode.to_dict` made this of."""
    return Episode(
        **{
            **wire,
            "dyad": tuple(wire["dyad"]),
            "actors": _actors(wire["actors"]),
            "recipients": _actors(wire["recipients"]),
            "start": _day(wire["start"]),
            "end": _day(wire["end"]),
            "place": _place(wire["place"]),
            "issues": tuple(wire["issues"]),
            "reports": tuple(wire["reports"]),
            "documents": tuple(wire["documents"]),
            "first_report": _day(wire["first_report"]),
            "last_report": _day(wire["last_report"]),
            "conflicts": tuple(
                Conflict(one["field"], tuple((value, tuple(ids)) for value, ids in one["values"]))
                for one in wire["conflicts"]
            ),
        }
    )


def contact(wire: _Wire) -> Contact:
    """The contact that `Contact.to_dict` made this of."""
    return Contact(
        **{
            **wire,
            "dyad": tuple(wire["dyad"]),
            "participants": _actors(wire["participants"]),
            "start": _day(wire["start"]),
            "end": _day(wire["end"]),
            "place": _place(wire["place"]),
            "readouts": tuple((country, document) for country, document in wire["readouts"]),
            "documents": tuple(wire["documents"]),
        }
    )


def commitment(wire: _Wire) -> Commitment:
    """The commitment that `Commitment.to_dict` made this of."""
    settled = wire["settled"]
    lists = ("dyad", "issues", "reports", "documents", "claimed_by", "confirmed_by", "tellings")
    return Commitment(
        **{
            **wire,
            **{name: tuple(wire[name]) for name in lists},
            **{name: _day(wire[name]) for name in ("made", "due_start", "due_end")},
            "by": _actors(wire["by"]),
            "towards": _actors(wire["towards"]),
            "settled": Settlement(**{**settled, "on": _day(settled["on"]), "records": tuple(settled["records"])})
            if settled
            else None,
        }
    )


def channel(wire: _Wire) -> Channel:
    """The channel that `Channel.to_dict` made this of."""
    lists = ("dyad", "contacts", "suspended_by", "resumed_by")
    days = ("last", "next_on", "since", "suspended_on", "resumed_on")
    return Channel(
        **{
            **wire,
            **{name: tuple(wire[name]) for name in lists},
            **{name: _day(wire[name]) for name in days},
        }
    )


def _actors(wires: list[dict[str, Any]]) -> tuple[Actor, ...]:
    return tuple(map(Actor.from_dict, wires))


def _place(wire: _Wire | None) -> Place | None:
    return Place.from_dict(wire) if wire else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

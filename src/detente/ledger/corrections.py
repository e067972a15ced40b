"""Reviews in the ledger: filed for good, and laid over the records that count.

    file_review(connection, review) -> Review      append it, and put what it comes to in the place of the record
    reapply(connection, documents)                 after these documents were coded anew
    reviews_of(connection, document) -> list       all that were ever filed, in order
    coded_events(connection, document) -> list     the records of the current coder as it made them
    settled_documents(connection)                  documents with their records and reviews, to be exported
    import_reviews(connection, reviews)            those of another ledger
    coded_event(connection, id) -> Event           one of them, under its own id or that of what stands in its place

What is filed in `reviews` is never changed. `events` holds the records that count: those that reviews decide on are
moved to `replaced_events`, as coded, with the corrected one (or none) in their place, so that every reader of the
ledger sees the corrections without knowing of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any, Final

import duckdb

from detente.errors import RecordError
from detente.ledger import lookups
from detente.ledger.database import first_row
from detente.ledger.filing import dyad_rows, event_row, insert, mark_stale, participant_rows
from detente.ledger.reviews import Anchor, Review, located, overlay
from detente.records import Document, Event
from detente.relations import dyads_of

_COLUMNS: Final = """document, trigger_start, trigger_end, sides, reviewer, reviewed_at, verdict, why, coded, judged,
  drawn, adjudicates, number"""
_CODING: Final = "document = ? AND coder = ?"


def file_review(connection: duckdb.DuckDBPyConnection, review: Review) -> Review:
    """Append a review, in the transaction that is open, and let it count. Gives it with its number.

    The dyads that it changes are stale from then on: `derive.refresh` works them out.
    """
    row = first_row(connection, "SELECT coalesce(max(number), 0) + 1 FROM reviews")
    filed = replace(review, number=int(row[0]) if row else 1)
    insert(connection, "reviews", [_row(filed)])
    reapply(connection, [filed.anchor.document])
    return filed


def reapply(connection: duckdb.DuckDBPyConnection, documents: Iterable[str]) -> None:
    """Lay the reviews of these documents over what their current coder has made of them."""
    names = list(documents)
    sql = "SELECT DISTINCT document FROM reviews WHERE list_contains(?, document) ORDER BY 1"
    for (document,) in connection.execute(sql, [names]).fetchall():
        coder = lookups.current_coder(connection, document)
        if coder is not None:
            _lay_over(connection, document, coder)


def reviews_of(connection: duckdb.DuckDBPyConnection, document: str | None = None) -> list[Review]:
    """All reviews, of a document or of the whole ledger, in the order of filing."""
    sql = f"SELECT {_COLUMNS} FROM reviews WHERE $document IS NULL OR document = $document ORDER BY number"
    return [_review(row) for row in connection.execute(sql, {"document": document}).fetchall()]


def coded_events(connection: duckdb.DuckDBPyConnection, document: str) -> list[Event]:
    """The events of a document as its current coder made them."""
    sql = "SELECT record FROM coded_events WHERE document = ? ORDER BY sentence, id"
    return [Event.from_dict(json.loads(wire)) for (wire,) in connection.execute(sql, [document]).fetchall()]


def coded_event(connection: duckdb.DuckDBPyConnection, id: str) -> Event:
    """An event as its current coder made it, by its id or by that of the corrected one in its place.

    Raises:
        RecordError: there is none.
    """
    found = find_coded(connection, id)
    if found is None:
        raise RecordError(f"no event {id!r} of the current coder is in the ledger")
    return found


def find_coded(connection: duckdb.DuckDBPyConnection, id: str) -> Event | None:
    """The same; None if there is none."""
    current = "JOIN codings c ON c.document = e.document AND c.coder = e.coder AND c.current"
    # One by one, for each is found by index; all that is in `events` and not in the place of another is as coded.
    for table, test in (("replaced_events", "e.id = ?"), ("replaced_events", "e.stands = ?"), ("events", "e.id = ?")):
        row = first_row(connection, f"SELECT e.record FROM {table} e {current} WHERE {test}", [id])
        if row is not None:
            return Event.from_dict(json.loads(row[0]))
    return None


def events_reviewed(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """The id of the event, as its current coder made it, that each review is about, by the review's number."""
    sql = """SELECT t.number, t.event FROM reviewed_events t
             JOIN codings c ON c.document = t.document AND c.coder = t.coder AND c.current"""
    return {int(number): str(id) for number, id in connection.execute(sql).fetchall()}


def reviews_about(connection: duckdb.DuckDBPyConnection, event: Event) -> list[Review]:
    """All reviews of a record of the current coder, as coded."""
    told = reviews_of(connection, event.document)
    return located(told, coded_events(connection, event.document)).get(event.id, [])


def settled_documents(
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[Document, list[tuple[Event, list[Review]]]]]:
    """Every document with reviews, and its records as coded, each with its reviews (none: nobody has judged it)."""
    sql = "SELECT DISTINCT document FROM reviewed_events SEMI JOIN documents d ON d.id = document ORDER BY 1"
    for (id,) in connection.execute(sql).fetchall():
        events = coded_events(connection, id)
        about = located(reviews_of(connection, id), events)
        yield lookups.document(connection, id)[0], [(event, about.get(event.id, [])) for event in events]


def import_reviews(connection: duckdb.DuckDBPyConnection, reviews: Iterable[Review]) -> tuple[int, int]:
    """Append reviews that were filed in another ledger, those that are here already left out. Gives how many are new,
    and how many of these are about a record that this ledger has."""
    known = {(one.anchor, one.reviewer, one.at) for one in reviews_of(connection)}
    row = first_row(connection, "SELECT coalesce(max(number), 0) FROM reviews")
    number = int(row[0]) if row else 0
    fresh: list[Review] = []
    for one in sorted(reviews, key=lambda one: one.at):
        if (one.anchor, one.reviewer, one.at) not in known:
            known.add((one.anchor, one.reviewer, one.at))
            fresh.append(replace(one, number=number + len(fresh) + 1))
    insert(connection, "reviews", [_row(one) for one in fresh])
    reapply(connection, {one.anchor.document for one in fresh})
    row = first_row(connection, "SELECT count(DISTINCT number) FROM reviewed_events WHERE number > ?", [number])
    return len(fresh), int(row[0]) if row else 0


def _lay_over(connection: duckdb.DuckDBPyConnection, document: str, coder: str) -> None:
    """Put all records of a coding back as coded, then those that the reviews come to in their place."""
    key = [document, coder]
    before = connection.execute(f"SELECT DISTINCT first, second FROM event_dyads WHERE {_CODING}", key).fetchall()
    events = coded_events(connection, document)
    told = reviews_of(connection, document)
    decided = overlay(events, told)
    anew = {event.id: event for event in decided.values() if event is not None}
    standing = [decided.get(event.id, event) for event in events]
    counted = [event for event in standing if event is not None]
    for column, table in (("id", "events"), ("id", "replaced_events"), ("stands", "replaced_events")):
        mine = f"SELECT {column} FROM {table} WHERE {_CODING}"
        connection.execute(f"DELETE FROM participants WHERE event IN ({mine})", key)
    for table in ("events", "replaced_events", "reviewed_events", "event_dyads"):
        connection.execute(f"DELETE FROM {table} WHERE {_CODING}", key)
    insert(connection, "events", [event_row(event) for event in counted])
    moved = [(event, decided[event.id]) for event in events if event.id in decided]
    insert(connection, "replaced_events", [_replaced_row(event, stands) for event, stands in moved])
    kept = {event.id: event for event in events} | anew
    insert(connection, "participants", [row for event in kept.values() for row in participant_rows(event)])
    insert(connection, "event_dyads", [row for event in counted for row in dyad_rows(event)])
    about = located(told, events)
    insert(connection, "reviewed_events", [(one.number, document, coder, id) for id in about for one in about[id]])
    mark_stale(connection, {*before, *(dyad for event in counted for dyad in dyads_of(event))})


def _replaced_row(event: Event, stands: Event | None) -> tuple[object, ...]:
    dyads = ["-".join(dyad) for dyad in sorted(dyads_of(event))]
    return (*event_row(event), stands.id if stands else None, dyads)


def _row(review: Review) -> tuple[object, ...]:
    anchor = review.anchor
    return (
        *(review.number, anchor.document, anchor.start, anchor.end, anchor.sides, review.reviewer),
        *(review.at.astimezone(UTC).replace(tzinfo=None), review.verdict, review.adjudicates, list(review.fields)),
        *(review.why, review.drawn, review.coded.coder, _json(review.coded)),
        _json(review.judged) if review.judged else None,
    )


def _json(event: Event) -> str:
    return json.dumps(event.to_dict(), ensure_ascii=False, separators=(",", ":"))


def _review(row: Sequence[Any]) -> Review:
    document, start, end, sides, reviewer, at, verdict, why, coded, judged, drawn, adjudicates, number = row
    return Review(
        anchor=Anchor(document, start, end, sides),
        reviewer=reviewer,
        at=at.replace(tzinfo=UTC),
        verdict=verdict,
        why=why,
        coded=Event.from_dict(json.loads(coded)),
        judged=Event.from_dict(json.loads(judged)) if judged else None,
        drawn=drawn,
        adjudicates=adjudicates,
        number=number,
    )

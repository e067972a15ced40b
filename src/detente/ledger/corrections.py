"""Reviews in the ledger: filed for good, and laid over the records that count.

    file_review(connection, review) -> Review          append it, and put what it comes to in the place of the record
    reapply(connection, documents)                     after these documents were coded anew
    reviews_of(connection, document) -> list           all that were ever filed, in order
    coded_records(connection, document, kind) -> list  the records of the current coder as it made them
    coded_record(connection, id) -> Record             one of them, under its own id or that of what stands in its place
    setting_about(connection, record) -> Setting       what is known around it, for the form
    settled_documents(connection)                      documents with their records and reviews, to be exported
    import_reviews(connection, reviews)                those of another ledger

What is filed in `reviews` is never changed. `events` and `statements` hold the records that count: those that reviews
decide on are moved to `replaced_events` and `replaced_statements`, as coded, with the corrected one (or none) in their
place, so that every reader of the ledger sees the corrections without knowing of them.
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
from detente.ledger.filing import dyad_rows, event_row, insert, mark_stale, participant_rows, statement_row
from detente.ledger.review_parties import Setting, setting_of
from detente.ledger.review_values import EVENTS, KINDS, STATEMENTS, Record, record_from_dict
from detente.ledger.reviews import Anchor, Review, located, overlay
from detente.records import Document, Event, Statement
from detente.relations import dyads_of

_COLUMNS: Final = """document, trigger_start, trigger_end, sides, kind, reviewer, reviewed_at, verdict, why, coded,
  judged, drawn, adjudicates, number"""
_CODING: Final = "document = ? AND coder = ?"
_OF_KIND: Final = {"ev": EVENTS, "st": STATEMENTS}
Overlay = dict[str, Record | None]


def file_review(connection: duckdb.DuckDBPyConnection, review: Review) -> Review:
    """Append a review, in the transaction that is open, and let it count. Gives it with its number.

    The dyads that it changes are stale from then on: `derive.refresh` works them out.
    """
    row = first_row(connection, "SELECT coalesce(max(number), 0) + 1 FROM reviews")
    filed = replace(review, number=int(row[0]) if row else 1)
    insert(connection, "reviews", [_row(filed)])
    _reapply(connection, filed.anchor.document, filed.anchor.kind)
    return filed


def reapply(connection: duckdb.DuckDBPyConnection, documents: Iterable[str]) -> None:
    """Lay the reviews of these documents over what their current coder has made of them."""
    sql = "SELECT DISTINCT document, kind FROM reviews WHERE list_contains(?, document) ORDER BY ALL"
    for document, kind in connection.execute(sql, [list(documents)]).fetchall():
        _reapply(connection, document, kind)


def _reapply(connection: duckdb.DuckDBPyConnection, document: str, kind: str) -> None:
    coder = lookups.current_coder(connection, document)
    if coder is not None:
        _lay_over(connection, document, coder, kind)


def reviews_of(connection: duckdb.DuckDBPyConnection, document: str | None = None) -> list[Review]:
    """All reviews, of a document or of the whole ledger, in the order of filing."""
    sql = f"SELECT {_COLUMNS} FROM reviews WHERE $document IS NULL OR document = $document ORDER BY number"
    return [_review(row) for row in connection.execute(sql, {"document": document}).fetchall()]


def coded_records(connection: duckdb.DuckDBPyConnection, document: str, kind: str) -> list[Record]:
    """The events or statements (`kind`) of a document as its current coder made them."""
    sql = f"SELECT record FROM coded_{kind} WHERE document = ? ORDER BY sentence, id"
    return [record_from_dict(json.loads(wire)) for (wire,) in connection.execute(sql, [document]).fetchall()]


def coded_record(connection: duckdb.DuckDBPyConnection, id: str) -> Record:
    """An event or statement as its current coder made it, by its id or by that of the corrected one in its place.

    Raises:
        RecordError: there is none.
    """
    found = find_coded(connection, id)
    if found is None:
        raise RecordError(f"no event or statement {id!r} of the current coder is in the ledger")
    return found


def find_coded(connection: duckdb.DuckDBPyConnection, id: str) -> Record | None:
    """The same; None if there is none."""
    kind = _OF_KIND.get(id.partition("-")[0])
    current = "JOIN codings c ON c.document = e.document AND c.coder = e.coder AND c.current"
    # One by one, for each is found by index; all that counts and stands in the place of no other is as coded.
    for table, test in ((f"replaced_{kind}", "e.id = ?"), (f"replaced_{kind}", "e.stands = ?"), (kind, "e.id = ?")):
        if kind is None:
            break
        row = first_row(connection, f"SELECT e.record FROM {table} e {current} WHERE {test}", [id])
        if row is not None:
            return record_from_dict(json.loads(row[0]))
    return None


def setting_about(connection: duckdb.DuckDBPyConnection, record: Record) -> Setting:
    """The document of a record, and everybody named in any record of it."""
    document, _ = lookups.document(connection, record.document)
    return setting_of(document, [one for kind in KINDS for one in coded_records(connection, document.id, kind)])


def records_reviewed(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """The id of the record, as its current coder made it, that each review is about, by the review's number."""
    return dict(connection.execute("SELECT number, record FROM v_reviews WHERE found").fetchall())


def reviews_about(connection: duckdb.DuckDBPyConnection, record: Record) -> list[Review]:
    """All reviews of a record of the current coder, as coded."""
    kind = EVENTS if isinstance(record, Event) else STATEMENTS
    told = reviews_of(connection, record.document)
    return located(told, coded_records(connection, record.document, kind)).get(record.id, [])


def settled_documents(
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[Document, list[tuple[Record, list[Review]]]]]:
    """Every document with reviews, and its records as coded, events first, each with its reviews (none: nobody has
    judged it)."""
    sql = """SELECT document FROM (SELECT document FROM reviewed_events UNION SELECT document FROM reviewed_statements)
             SEMI JOIN documents d ON d.id = document ORDER BY 1"""
    for (id,) in connection.execute(sql).fetchall():
        records = [record for kind in KINDS for record in coded_records(connection, id, kind)]
        about = located(reviews_of(connection, id), records)
        yield lookups.document(connection, id)[0], [(record, about.get(record.id, [])) for record in records]


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
    row = first_row(connection, "SELECT count(*) FROM v_reviews WHERE found AND number > ?", [number])
    return len(fresh), int(row[0]) if row else 0


def _lay_over(connection: duckdb.DuckDBPyConnection, document: str, coder: str, kind: str) -> None:
    """Put the records of a kind of a coding back as coded, then those that the reviews come to in their place."""
    key = [document, coder]
    records = coded_records(connection, document, kind)
    told = reviews_of(connection, document)
    decided = overlay(records, told)
    if kind == EVENTS:
        _put_events(connection, key, [one for one in records if isinstance(one, Event)], decided)
    else:
        _put_statements(connection, key, [one for one in records if isinstance(one, Statement)], decided)
    about = located(told, records)
    connection.execute(f"DELETE FROM reviewed_{kind} WHERE {_CODING}", key)
    insert(connection, f"reviewed_{kind}", [(one.number, document, coder, id) for id in about for one in about[id]])


def _put_events(
    connection: duckdb.DuckDBPyConnection, key: list[str], events: Sequence[Event], decided: Overlay
) -> None:
    before = connection.execute(f"SELECT DISTINCT first, second FROM event_dyads WHERE {_CODING}", key).fetchall()
    anew = {event.id: event for event in decided.values() if isinstance(event, Event)}
    standing = [decided.get(event.id, event) for event in events]
    counted = [event for event in standing if isinstance(event, Event)]
    for column, table in (("id", "events"), ("id", "replaced_events"), ("stands", "replaced_events")):
        mine = f"SELECT {column} FROM {table} WHERE {_CODING}"
        connection.execute(f"DELETE FROM participants WHERE event IN ({mine})", key)
    for table in ("events", "replaced_events", "event_dyads"):
        connection.execute(f"DELETE FROM {table} WHERE {_CODING}", key)
    insert(connection, "events", [event_row(event) for event in counted])
    moved = [(event, decided[event.id]) for event in events if event.id in decided]
    insert(connection, "replaced_events", [_replaced_row(event, stands) for event, stands in moved])
    kept = {event.id: event for event in events} | anew
    insert(connection, "participants", [row for event in kept.values() for row in participant_rows(event)])
    insert(connection, "event_dyads", [row for event in counted for row in dyad_rows(event)])
    mark_stale(connection, {*before, *(dyad for event in counted for dyad in dyads_of(event))})


def _replaced_row(event: Event, stands: Record | None) -> tuple[object, ...]:
    dyads = ["-".join(dyad) for dyad in sorted(dyads_of(event))]
    return (*event_row(event), stands.id if stands else None, dyads)


def _put_statements(
    connection: duckdb.DuckDBPyConnection, key: list[str], statements: Sequence[Statement], decided: Overlay
) -> None:
    wires = f"SELECT side, record FROM statements WHERE {_CODING}"
    before = set(connection.execute(wires, key).fetchall())
    standing = [decided.get(one.id, one) for one in statements]
    for table in ("statements", "replaced_statements"):
        connection.execute(f"DELETE FROM {table} WHERE {_CODING}", key)
    insert(connection, "statements", [statement_row(one) for one in standing if isinstance(one, Statement)])
    moved = [(one, decided[one.id]) for one in statements if one.id in decided]
    rows = [(*statement_row(one), stands.id if stands else None) for one, stands in moved]
    insert(connection, "replaced_statements", rows)
    # Commitments rest on what either side of a dyad says in documents that tell of the two.
    sides = {side for side, _ in before ^ set(connection.execute(wires, key).fetchall())}
    dyads = connection.execute("SELECT DISTINCT first, second FROM event_dyads WHERE document = ?", key[:1]).fetchall()
    mark_stale(connection, [dyad for dyad in dyads if sides & set(dyad)])


def _row(review: Review) -> tuple[object, ...]:
    anchor = review.anchor
    return (
        *(review.number, anchor.document, anchor.start, anchor.end, anchor.sides, review.reviewer),
        *(review.at.astimezone(UTC).replace(tzinfo=None), review.verdict, review.adjudicates, list(review.fields)),
        *(review.why, review.drawn, review.coded.coder, _json(review.coded)),
        *(_json(review.judged) if review.judged else None, anchor.kind),
    )


def _json(record: Record) -> str:
    return json.dumps(record.to_dict(), ensure_ascii=False, separators=(",", ":"))


def _review(row: Sequence[Any]) -> Review:
    document, start, end, sides, kind, reviewer, at, *said, number = row
    verdict, why, coded, judged, drawn, adjudicates = said
    return Review(
        anchor=Anchor(document, start, end, sides, kind),
        reviewer=reviewer,
        at=at.replace(tzinfo=UTC),
        verdict=verdict,
        why=why,
        coded=record_from_dict(json.loads(coded)),
        judged=record_from_dict(json.loads(judged)) if judged else None,
        drawn=drawn,
        adjudicates=adjudicates,
        number=number,
    )

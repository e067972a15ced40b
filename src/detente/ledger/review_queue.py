"""Which record is to be reviewed next, and which were drawn at random.

    Order(by, seed, dyad, kind)                least certain first, or a simple random sample
    next_record(connection, reviewer, order)   id of the next record that this person has not judged, None at the end
    progress(connection, reviewer, order)      how many he has judged, and how many there are
    latest(connection, reviewer, order)        the record that he has judged last
    drawn(connection, order)                   which records were reviewed as of a sample, with their places in it

The population are the events, or the statements, of the current coders as coded, of a dyad or of the whole ledger.
Least certain is whose confidence is nearest to one half (uncertainty sampling, Lewis & Gale 1994). At random: in the
order of the ids, which are hash sums of what the record says and so have nothing to do with whether it is right, from
the point on that the hash sum of the seed gives, and round. So the first n are a simple random sample, the same for
everybody who gives the seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import duckdb

from detente.errors import OptionError
from detente.ledger.database import first_row
from detente.ledger.review_values import EVENTS, KINDS, STATEMENTS
from detente.records import make_id
from detente.relations import Dyad, dyad_of

CERTAINTY, RANDOM = "certainty", "random"
ORDERS: Final = (CERTAINTY, RANDOM)
_LARGEST_SEED: Final = 2**31
# From the point that the seed gives on, and round.
_RANDOM: Final = "e.id < $point"
_OF_DYAD: Final = {
    EVENTS: """(
  e.id IN (SELECT event FROM event_dyads WHERE first = $first AND second = $second)
  OR e.id IN (SELECT id FROM replaced_events WHERE list_contains(dyads, $first || '-' || $second)))""",
    # What either side says in a document that tells of the two, as coded.
    STATEMENTS: """(e.side IN ($first, $second) AND (
  e.document IN (SELECT document FROM event_dyads d WHERE first = $first AND second = $second
    AND d.event NOT IN (SELECT stands FROM replaced_events WHERE stands IS NOT NULL))
  OR e.document IN (SELECT document FROM replaced_events WHERE list_contains(dyads, $first || '-' || $second))))""",
}


@dataclass(frozen=True, slots=True)
class Order:
    """How records of a kind (one of `review_values.KINDS`) come up: `by` is one of `ORDERS`; `seed` of a random one;
    `dyad` to stay within one."""

    by: str = CERTAINTY
    seed: int = 1
    dyad: Dyad | None = None
    kind: str = EVENTS

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise OptionError(f"kind {self.kind!r} is not known ({', '.join(KINDS)})")
        if self.by not in ORDERS:
            raise OptionError(f"order {self.by!r} is not known ({', '.join(ORDERS)})")
        if not 0 <= self.seed < _LARGEST_SEED:
            raise OptionError(f"seed {self.seed}: a number from 0 to {_LARGEST_SEED - 1}")

    @property
    def point(self) -> str:
        """Where a random order begins: an id that no record need have."""
        return make_id(self.kind[:2], "seed", self.seed)

    @property
    def told(self) -> str:
        """As a review keeps it: "certainty", "random 7", "random 7 CHN-USA"."""
        words = [self.by] + ([str(self.seed)] if self.by == RANDOM else [])
        return " ".join(words + (["-".join(dyad_of(*self.dyad))] if self.dyad else []))

    @property
    def of_dyad(self) -> str:
        """SQL: the condition on a record `e`."""
        return _OF_DYAD[self.kind] if self.dyad else "true"

    @property
    def mine(self) -> str:
        """SQL: the records that `$reviewer` has judged."""
        return f"""SELECT t.record FROM reviewed_{self.kind} t JOIN reviews r ON r.number = t.number
                   WHERE r.reviewer = $reviewer AND NOT r.adjudicates"""


def next_record(connection: duckdb.DuckDBPyConnection, reviewer: str, order: Order, skip: int = 0) -> str | None:
    """Id of the record to be judged next, after `skip` that are passed over; None if there is none left."""
    key = "abs(e.confidence - 0.5)" if order.by == CERTAINTY else _RANDOM
    sql = f"""SELECT e.id FROM {_coded(connection, order.kind)} e WHERE {order.of_dyad} AND e.id NOT IN ({order.mine})
              ORDER BY {key}, e.id LIMIT 1 OFFSET $skip"""
    values = _values(order) | {"reviewer": reviewer, "skip": skip}
    if order.by == RANDOM:
        values["point"] = order.point
    found = connection.execute(sql, values).fetchall()
    return str(found[0][0]) if found else None


def progress(connection: duckdb.DuckDBPyConnection, reviewer: str, order: Order) -> tuple[int, int]:
    """How many of the records are judged by this person, and how many there are."""
    whole = f"SELECT count(*) FROM {_coded(connection, order.kind)} e WHERE {order.of_dyad}"
    # Those of one person are few: not all records are looked at for them.
    judged = f"""SELECT count(DISTINCT m.record) FROM ({order.mine}) m
                 JOIN {_coded(connection, order.kind)} e ON e.id = m.record WHERE {order.of_dyad}"""
    done = connection.execute(judged, _values(order) | {"reviewer": reviewer}).fetchall()
    return int(done[0][0]), int(connection.execute(whole, _values(order)).fetchall()[0][0])


def latest(connection: duckdb.DuckDBPyConnection, reviewer: str, order: Order) -> tuple[str, str] | None:
    """Id of the record that this person has judged last as of this order, as coded, and the verdict."""
    sql = """SELECT record, verdict FROM v_reviews WHERE reviewer = ? AND kind = ? AND drawn = ? AND NOT adjudicates
             AND found ORDER BY number DESC LIMIT 1"""
    row = first_row(connection, sql, [reviewer, order.kind, order.told])
    return (str(row[0]), str(row[1])) if row else None


def drawn(connection: duckdb.DuckDBPyConnection, order: Order) -> dict[int, int]:
    """Of a random order: the place in it (from 1) of each record of the current coders that was reviewed as one of this
    sample, by the number of the review."""
    sql = f"""WITH placed AS (
                SELECT e.id, e.coder, row_number() OVER (ORDER BY {_RANDOM}, e.id) AS place
                FROM {_coded(connection, order.kind)} e WHERE {order.of_dyad})
              SELECT r.number, p.place FROM placed p JOIN reviewed_{order.kind} t ON t.record = p.id
              JOIN reviews r ON r.number = t.number AND r.coder = p.coder WHERE r.drawn = $drawn ORDER BY r.number"""
    values = _values(order) | {"point": order.point, "drawn": order.told}
    return {int(number): int(place) for number, place in connection.execute(sql, values).fetchall()}


def samples(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """The random orders in which anybody has reviewed: the kind of record, the order as `Order.told` has it, the coder
    of the records."""
    sql = "SELECT DISTINCT kind, drawn, coder FROM reviews WHERE drawn LIKE 'random %' ORDER BY ALL"
    return [(str(kind), str(name), str(coder)) for kind, name, coder in connection.execute(sql).fetchall()]


def parse_order(told: str, kind: str = EVENTS) -> Order:
    """The order that a review of a record of this kind keeps."""
    by, *rest = told.split()
    seed = int(rest.pop(0)) if by == RANDOM else 1
    first, _, second = rest[0].partition("-") if rest else ("", "", "")
    return Order(by, seed, (first, second) if second else None, kind)


def reviewers(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Who has reviewed, and how many verdicts each has given, adjudications left out."""
    sql = "SELECT reviewer, count(*) FROM reviews WHERE NOT adjudicates GROUP BY ALL ORDER BY 1"
    return [(str(name), int(number)) for name, number in connection.execute(sql).fetchall()]


def total(connection: duckdb.DuckDBPyConnection, kind: str = EVENTS) -> int:
    """How many records of a kind there are."""
    row = first_row(connection, f"SELECT count(*) FROM {_coded(connection, kind)}")
    return int(row[0]) if row else 0


def _values(order: Order) -> dict[str, object]:
    return dict(zip(("first", "second"), dyad_of(*order.dyad), strict=True)) if order.dyad else {}


def _coded(connection: duckdb.DuckDBPyConnection, kind: str) -> str:
    """SQL: the view `coded_events` or `coded_statements` without its text, quicker where none was coded twice."""
    columns = "x.id, x.document, x.coder, x.confidence" + (", x.side" if kind == STATEMENTS else "")
    current = ""
    if first_row(connection, "SELECT 1 FROM codings WHERE NOT current LIMIT 1") is not None:
        current = "JOIN codings c ON c.document = x.document AND c.coder = x.coder AND c.current"
    if first_row(connection, f"SELECT 1 FROM replaced_{kind} LIMIT 1") is None:
        return f"(SELECT {columns} FROM {kind} x {current})"
    return f"""(SELECT {columns} FROM {kind} x {current}
      WHERE x.id NOT IN (SELECT stands FROM replaced_{kind} WHERE stands IS NOT NULL)
      UNION ALL SELECT {columns} FROM replaced_{kind} x {current})"""

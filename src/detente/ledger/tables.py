"""The ledger's views as Arrow tables: what `detente.open_ledger` hands out.

    table(path, noun, dyad=None, since=None, until=None) -> pa.Table      noun: a key of NOUNS

DuckDB hands its columns over as they are: lists stay lists, days are date32. Rows stand in an order that the rows
themselves decide, so that two ledgers of the same documents give the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from detente.errors import OptionError
from detente.ledger.database import reading
from detente.relations import Dyad, dyad_of

_DYAD: Final = "first = $first AND second = $second"
_TOLD: Final = f"IN (SELECT document FROM event_dyads WHERE {_DYAD})"
_BOTH: Final = "actor_country IN ($first, $second) AND recipient_country IN ($first, $second)"


@dataclass(frozen=True, slots=True)
class Noun:
    """A view; which of its rows are on a dyad; its first and last day (none: it knows no days); its order."""

    view: str
    on_dyad: str
    first: str | None
    last: str | None
    order: str


NOUNS: Final = {
    "documents": Noun("v_documents", f"id {_TOLD} OR reprint_of {_TOLD}", "published", "published", "published, id"),
    "events": Noun(
        "v_events",
        f"id IN (SELECT event FROM event_dyads WHERE {_DYAD})",
        "start_date",
        "end_date",
        "start_date, document, id",
    ),
    "statements": Noun(
        "v_statements",
        f"side IN ($first, $second) AND document {_TOLD}",
        "coalesce(said_on, published)",
        "coalesce(said_on, published)",
        "coalesce(said_on, published), document, id",
    ),
    "signals": Noun(
        "v_signals",
        f"government IN ($first, $second) AND (towards IN ($first, $second) OR towards IS NULL AND document {_TOLD})",
        "coalesce(said_on, published)",
        "coalesce(said_on, published)",
        "coalesce(said_on, published), document, id",
    ),
    "episodes": Noun("v_episodes", _DYAD, "start_date", "end_date", "first, second, start_date, id"),
    "contacts": Noun("v_contacts", _DYAD, "start_date", "end_date", "first, second, start_date, id"),
    "commitments": Noun("v_commitments", _DYAD, "made_on", "made_on", "first, second, made_on, id"),
    "channels": Noun("v_channels", _DYAD, None, None, "first, second, channel"),
    "imported": Noun("imported_events", _BOTH, "start_date", "end_date", "dataset, start_date, id, import, line"),
}


def table(
    path: Path, noun: str, dyad: Dyad | None = None, since: date | None = None, until: date | None = None
) -> pa.Table:
    """The rows of a view; of one dyad, or on these days (both included), if so asked. What has no day is left out
    where days are asked for. The columns are those of the page "The ledger".

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
        OptionError: there is no such noun, or it knows no days and is asked for some.
    """
    if noun not in NOUNS:
        raise OptionError(f"{noun!r} is nothing that the ledger lists ({', '.join(NOUNS)})")
    asked = NOUNS[noun]
    if asked.first is None and (since or until):
        raise OptionError(f"{noun} have no day to choose by")
    conditions: list[str] = []
    values: dict[str, str] = {}
    if dyad is not None:
        conditions.append(f"({asked.on_dyad})")
        values |= dict(zip(("first", "second"), dyad_of(*dyad), strict=True))
    if since is not None:
        conditions.append(f"{asked.last} >= $since")
        values["since"] = since.isoformat()
    if until is not None:
        conditions.append(f"{asked.first} <= $until")
        values["until"] = until.isoformat()
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    with reading(path) as connection:
        return arrow(connection, f"SELECT * FROM {asked.view} {where} ORDER BY {asked.order}", values)


def arrow(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, str] | None = None) -> pa.Table:
    """The rows of a SELECT, column by column."""
    found = connection.sql(sql, params=values or None)
    return found.to_arrow_table()

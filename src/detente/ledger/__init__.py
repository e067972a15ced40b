"""The ledger: one DuckDB file of documents and records, and what they come to."""

from __future__ import annotations

from detente.ledger import lookups
from detente.ledger.add import BATCH, Added, add
from detente.ledger.database import patience, reading, sole_writer, writing
from detente.ledger.derive import Derived, derive, refresh
from detente.ledger.feeds import feed_states, has_page, keep_state
from detente.ledger.filing import forget
from detente.ledger.query import ask, query
from detente.ledger.recode import Change, recode
from detente.ledger.tables import NOUNS, table

__all__ = [
    "BATCH",
    "NOUNS",
    "Added",
    "Change",
    "Derived",
    "add",
    "ask",
    "derive",
    "feed_states",
    "forget",
    "has_page",
    "keep_state",
    "lookups",
    "patience",
    "query",
    "reading",
    "recode",
    "refresh",
    "sole_writer",
    "table",
    "writing",
]

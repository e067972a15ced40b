"""The ledger: one DuckDB file of documents and records, and what they come to."""

from __future__ import annotations

from detente.ledger import lookups
from detente.ledger.add import BATCH, Added, add
from detente.ledger.database import reading, sole_writer, writing
from detente.ledger.derive import Derived, derive, refresh
from detente.ledger.feeds import feed_states, has_page, keep_state
from detente.ledger.filing import forget
from detente.ledger.query import query
from detente.ledger.recode import Change, recode

__all__ = [
    "BATCH",
    "Added",
    "Change",
    "Derived",
    "add",
    "derive",
    "feed_states",
    "forget",
    "has_page",
    "keep_state",
    "lookups",
    "query",
    "reading",
    "recode",
    "refresh",
    "sole_writer",
    "writing",
]

"""Détente reads the news and keeps the ledger of relations between states.

    from datetime import date
    import detente

    coder = detente.Coder()
    coded = coder.code(detente.Document("France expelled two envoys of Chad.", published=date(2023, 6, 19)))
    for record in coded.records:
        print(record.to_dict())

    ledger = detente.open_ledger("relations.duckdb")
    print(ledger.contacts("USA", "CHN").df())

Each name is imported when it is first used: `import detente` itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from detente.api import Ledger, Table, open_ledger, reproduce
    from detente.coding import Coded, Coder
    from detente.errors import (
        DetenteError,
        InputError,
        InstallationError,
        LedgerError,
        OptionError,
        RecordError,
        TableError,
    )
    from detente.exchange import Writer, open_writer, read_records
    from detente.reading import ReadOptions, parse_date, read_paths
    from detente.records import (
        Actor,
        DateRange,
        Document,
        Event,
        Participant,
        Place,
        Record,
        Span,
        Statement,
        Turn,
        record_from_dict,
    )

__all__ = [
    "Actor",
    "Coded",
    "Coder",
    "DateRange",
    "DetenteError",
    "Document",
    "Event",
    "InputError",
    "InstallationError",
    "Ledger",
    "LedgerError",
    "OptionError",
    "Participant",
    "Place",
    "ReadOptions",
    "Record",
    "RecordError",
    "Span",
    "Statement",
    "Table",
    "TableError",
    "Turn",
    "Writer",
    "open_ledger",
    "open_writer",
    "parse_date",
    "read_paths",
    "read_records",
    "record_from_dict",
    "reproduce",
]

_HOMES: Final = {
    "detente.api": ("Ledger", "Table", "open_ledger", "reproduce"),
    "detente.coding": ("Coded", "Coder"),
    "detente.errors": (
        "DetenteError",
        "InputError",
        "InstallationError",
        "LedgerError",
        "OptionError",
        "RecordError",
        "TableError",
    ),
    "detente.exchange": ("Writer", "open_writer", "read_records"),
    "detente.reading": ("ReadOptions", "parse_date", "read_paths"),
    "detente.records": (
        "Actor",
        "DateRange",
        "Document",
        "Event",
        "Participant",
        "Place",
        "Record",
        "Span",
        "Statement",
        "Turn",
        "record_from_dict",
    ),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return __all__

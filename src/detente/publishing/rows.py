"""Rows of event data out of a ledger, in the formats of the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from detente.errors import LedgerError, OptionError
from detente.exchange.event_rows import rows_of_episode, rows_of_event, tables
from detente.exchange.exporting import open_rows
from detente.ledger import reading
from detente.ledger.exports import Wanted, filed_episodes, filed_events, imported
from detente.ledger.row_tables import ROWS
from detente.relations import dyad_of
from detente.rows import DATASETS, EventRow

UNITS: Final = ("events", "episodes")


def export_rows(
    path: Path, out: Path, format: str, source: str, wanted: Wanted, unit: str
) -> tuple[int, tuple[str, ...]]:
    """Write the rows wanted; gives how many, and what a user should be told (what the format could not hold).

    Raises:
        OptionError: a format, source or unit that is not known, or that do not go together, or a file that cannot be
            written.
        LedgerError: there is no such ledger, or it has no rows of the source.
    """
    if source not in DATASETS:
        raise OptionError(f"--source {source!r} is not known ({', '.join(DATASETS)})")
    if unit not in UNITS:
        raise OptionError(f"--unit {unit!r} is not known ({', '.join(UNITS)})")
    with open_rows(format, out) as writer, reading(path) as connection:
        if writer.schema is not ROWS and (source != "gdelt" or wanted.dyads is not None):
            raise OptionError(f"{format} holds mentions or documents of GDELT: give --source gdelt, and no --dyads")
        if source == "detente":
            if unit == "episodes":
                own = (row for episode in filed_episodes(connection, wanted) for row in rows_of_episode(episode))
            else:
                own = (row for event, head in filed_events(connection, wanted) for row in rows_of_event(event, head))
            batches = tables(_among(own, wanted))
        else:
            batches = imported(connection, writer.schema, source, wanted)
        for batch in batches:
            writer.write(batch)
        if not writer.written:
            raise LedgerError(f"{path}: no rows of {source} there that {format} could hold; nothing is written")
    return writer.written, tuple(writer.notes)


def _among(rows: Iterable[EventRow], wanted: Wanted) -> Iterator[EventRow]:
    """Those of the dyads wanted: an event of three countries has rows of other dyads too."""
    for row in rows:
        one, other = row.actor.country, row.recipient.country
        if wanted.dyads is None or (one and other and dyad_of(one, other) in wanted.dyads):
            yield row

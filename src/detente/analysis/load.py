"""A dossier out of the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from detente.analysis.dossier import Dossier
from detente.errors import OptionError
from detente.ledger import derive, lookups, reading
from detente.ledger.database import WAIT
from detente.relations import Dyad, dyad_of

# What is asked about when no day is given: so much before the last document.
_SPAN: Final = timedelta(days=365)


def load_dossier(
    path: Path, dyad: Dyad, since: date | None = None, until: date | None = None, *, wait: float = WAIT
) -> Dossier:
    """All that the ledger knows of a dyad up to `until` (default: its last day of publication), in the order given.

    `since` defaults to a year before that. Nothing published after `until` is used. `wait`: seconds for
    which a ledger that is being written is waited for.

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
        OptionError: `since` is later than `until`, or nothing is filed on the dyad.
    """
    pair = dyad_of(*dyad)
    with reading(path, wait=wait) as connection:
        as_of = until or lookups.latest_day(connection)
        reports = lookups.reports(connection, pair, as_of)
        if as_of is None or not reports:
            told = f" up to {until}" if until else ""
            raise OptionError(f"{path}: nothing filed{told} tells of {dyad[0]} and {dyad[1]}")
        tellings = tuple(lookups.tellings(connection, pair, as_of))
        signals = tuple(lookups.signals(connection, pair, as_of))
        sources = lookups.sources(connection, pair, as_of)
        texts = lookups.texts(connection, sources)
    start = since or as_of - _SPAN
    if start > as_of:
        raise OptionError(f"--since {start} is later than {'--until' if until else 'the last document,'} {as_of}")
    derived = derive(pair, reports, tellings, sources, as_of)
    return Dossier(
        dyad=dyad,
        as_of=as_of,
        since=start,
        until=as_of,
        episodes=derived.episodes,
        contacts=derived.contacts,
        channels=derived.channels,
        commitments=derived.commitments,
        reports={report.event.id: report for report in reports},
        tellings=tellings,
        signals=signals,
        sources=sources,
        texts=texts,
    )

"""A dossier out of the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from detente.analysis.dossier import Dossier
from detente.analysis.ladder import climbs
from detente.errors import LedgerError, OptionError
from detente.ledger import derive, lookups, reading
from detente.relations import Dyad, dyad_of

# What a brief looks back over if it is not told.
_LOOK_BACK: Final = timedelta(days=365)


def load_dossier(path: Path, one: str, other: str, since: date | None = None, until: date | None = None) -> Dossier:
    """All that the ledger has of a dyad, worked out as of `until` from what was published up to then.

    `until` is by default the last day on which a document of the ledger was published, `since` a year before.

    Raises:
        LedgerError: there is no ledger, or nothing in it tells of the two.
        OptionError: `since` is after `until`.
    """
    dyad: Dyad = dyad_of(one, other)
    with reading(path) as connection:
        as_of = until or lookups.latest_day(connection) or date.today()
        begin = since or as_of - _LOOK_BACK
        if begin > as_of:
            raise OptionError(f"--since {begin}: after {as_of}, the last day asked about")
        told = lookups.reports(connection, dyad, as_of)
        if not told:
            raise LedgerError(f"{path}: nothing filed up to {as_of} tells of {one} and {other}")
        tellings = lookups.tellings(connection, dyad, as_of)
        heads = lookups.sources(connection, dyad, as_of)
        signals = lookups.signals(connection, dyad, as_of)
        texts = lookups.texts(connection, heads)
    derived = derive(dyad, told, tellings, heads, as_of)
    return Dossier(
        dyad=(one, other),
        as_of=as_of,
        since=begin,
        until=as_of,
        episodes=derived.episodes,
        contacts=derived.contacts,
        channels=derived.channels,
        commitments=derived.commitments,
        reports={report.event.id: report for report in told},
        tellings=tuple(tellings),
        climbs=climbs(signals, since=begin, until=as_of),
        sources=heads,
        texts=texts,
    )

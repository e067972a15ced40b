"""A dossier out of the ledger.

    load_dossier(path, dyad, since=None, until=None) -> Dossier         as of `until`
    load_view(path, dyad, since, until, as_of) -> Dossier               as of another day
    load_about(path, dyad, id) -> Dossier | None                        what one derived record rests on

What was derived when the documents were filed is read back. It is derived anew where it does not hold: as of another
day, or while records are filed that are not merged yet.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from detente.analysis.dossier import Dossier
from detente.errors import OptionError
from detente.ledger import Derived, derive, kept, lookups, reading, window
from detente.ledger.database import Connection
from detente.relations import Dyad, dyad_of

# What is asked about when no day is given: so much before the last document.
_SPAN: Final = timedelta(days=365)
# Of a dyad with more reports than this only what bears on the days asked about is read.
LARGE: Final = 500


def load_dossier(path: Path, dyad: Dyad, since: date | None = None, until: date | None = None) -> Dossier:
    """All that the ledger knows of a dyad up to `until` (default: its last day of publication), in the order given.

    `since` defaults to a year before that. Nothing published after `until` is used. Of a dyad with more than `LARGE`
    reports see `load_view`.

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
        OptionError: `since` is later than `until`, or nothing is filed on the dyad.
    """
    return load_view(path, dyad, since, until, until)


def load_view(
    path: Path,
    dyad: Dyad,
    since: date | None,
    until: date | None,
    as_of: date | None,
    *,
    large: int = LARGE,
) -> Dossier:
    """The dossier as of a day (None: the last day of publication), to be asked about the days from `since` to `until`.

    `until` defaults to that day, `since` to a year before. Of a dyad with more than `large` reports, as of the last
    day, only that is read which bears on these days (`ledger.window`): what was said more than a year before them is
    not compared with, and promises stand as when the dyad was last told of.

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
        OptionError: `since` is later than `until`, or nothing is filed on the dyad.
    """
    pair = dyad_of(*dyad)
    with reading(path) as connection:
        latest = lookups.latest_day(connection)
        known, reports = as_of or latest, window.size(connection, pair)
        if known is None or latest is None or not reports:
            raise OptionError(_nothing(path, dyad, as_of))
        end = until or known
        start = since or end - min(_SPAN, end - date.min)
        if start > end:
            raise OptionError(f"--since {start} is later than {'--until' if until else 'the last document,'} {end}")
        stored = kept.kept_on(connection, pair)
        if stored and known >= latest and reports > large:
            days = window.Days(start, end, stored)
            return _dossier(connection, dyad, days, window.in_days(connection, pair, days))
        return _whole(connection, path, dyad, window.Days(start, end, known), as_of, stored == known)


def load_about(path: Path, dyad: Dyad, id: str) -> Dossier | None:
    """The episode, contact or commitment of this id, and what it rests on, as it was derived last; None if there is
    none or the dyad has changed since.

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
    """
    pair = dyad_of(*dyad)
    with reading(path) as connection:
        stored = kept.kept_on(connection, pair)
        part = window.about(connection, pair, id) if stored else None
        if stored is None or part is None:
            return None
        return _dossier(connection, dyad, window.Days(stored, stored, stored), part)


def _dossier(connection: Connection, dyad: Dyad, days: window.Days, part: window.Part) -> Dossier:
    sources = {source.document: source for source in part.sources}
    return Dossier(
        dyad=dyad,
        as_of=days.as_of,
        since=days.since,
        until=days.until,
        episodes=part.episodes,
        contacts=part.contacts,
        channels=part.channels,
        commitments=part.commitments,
        reports={report.event.id: report for report in part.reports},
        tellings=part.tellings,
        signals=part.signals,
        sources=sources,
        texts=lookups.texts(connection, sources),
    )


def _whole(
    connection: Connection, path: Path, dyad: Dyad, days: window.Days, as_of: date | None, stored: bool
) -> Dossier:
    """All of it; what is `stored` of it need not be derived."""
    pair, until = dyad_of(*dyad), days.as_of
    reports = lookups.reports(connection, pair, until)
    if not reports:
        raise OptionError(_nothing(path, dyad, as_of))
    tellings = tuple(lookups.tellings(connection, pair, until))
    sources = lookups.sources(connection, pair, until)
    derived = _kept(connection, pair, until) if stored else derive(pair, reports, tellings, sources, until)
    return Dossier(
        dyad=dyad,
        as_of=until,
        since=days.since,
        until=days.until,
        episodes=derived.episodes,
        contacts=derived.contacts,
        channels=derived.channels,
        commitments=derived.commitments,
        reports={report.event.id: report for report in reports},
        tellings=tellings,
        signals=tuple(lookups.signals(connection, pair, until)),
        sources=sources,
        texts=lookups.texts(connection, sources),
    )


def _kept(connection: Connection, dyad: Dyad, as_of: date) -> Derived:
    return Derived(
        dyad,
        as_of,
        tuple(kept.episodes(connection, dyad)),
        tuple(kept.contacts(connection, dyad)),
        tuple(kept.commitments(connection, dyad)),
        tuple(kept.channels(connection, dyad)),
    )


def _nothing(path: Path, dyad: Dyad, until: date | None) -> str:
    told = f" up to {until}" if until else ""
    return f"{path}: nothing filed{told} tells of {dyad[0]} and {dyad[1]}"

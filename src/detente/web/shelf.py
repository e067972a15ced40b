"""What was worked out already, for as long as the ledger stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from detente.analysis.brief import make_brief
from detente.analysis.brief_frame import frame_of
from detente.analysis.brief_model import Brief
from detente.analysis.dossier import Dossier
from detente.analysis.load import LARGE, load_about, load_view
from detente.analysis.narrow import Filters, narrow
from detente.analysis.timeline import Timeline, timeline
from detente.errors import LedgerError, OptionError, RecordError
from detente.ledger import lookups, reading, window
from detente.relations import Dyad, dyad_of
from detente.web.whole_copy import state_of

# Seconds that a page waits while somebody else writes the ledger.
WAIT: Final = 5.0
# The same where an earlier state of the ledger may be shown.
BRIEFLY: Final = 0.1
# Dossiers are large, pages small.
_DOSSIERS, _PAGES = 6, 128
_SPAN: Final = timedelta(days=365)
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class View:
    """What is asked about two countries. `since` and `until` None: the last year that is known; `as_of` None: with all
    that is filed."""

    dyad: Dyad
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    filters: Filters = field(default_factory=Filters)


class _Kept:
    """At most `size` things by their keys, those that were asked for longest ago forgotten first. Two who ask for the
    same at once wait for one making of it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._things: OrderedDict[Hashable, tuple[threading.Lock, list[Any]]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        with self._lock:
            lock, made = self._things.setdefault(key, (threading.Lock(), []))
            self._things.move_to_end(key)
            while len(self._things) > self._size:
                self._things.popitem(last=False)
        with lock:
            if not made:
                made.append(make())
            value: _Made = made[0]
            return value


class Shelf:
    """Answers about the ledger at `path`. All that is kept belongs to one state of the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._state: object = None
        self._dossiers, self._pages = _Kept(_DOSSIERS), _Kept(_PAGES)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection for one question.

        Raises:
            LedgerError: the ledger is not there, or stays in use.
        """
        with reading(self.path) as connection:
            yield connection

    def recall(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What was made for this key from the ledger as it is now, else `make()`, all of it from one state."""

        def made() -> _Made:
            # Held open, so that nobody writes between two questions, and each finds it open.
            with self.reading():
                return make()

        self._look()
        return self._pages.get(key, made)

    def dossier(self, view: View) -> Dossier:
        """The dossier of a view, its filters applied.

        Raises:
            RecordError: nothing is filed on the two.
            OptionError: the period ends before it begins, or a filter's value is not known.
            LedgerError: the ledger is not there, or stays in use.
        """
        self._look()
        pair = dyad_of(*view.dyad)
        # Of a large dyad only the days asked about are read.
        since, until = (view.since, view.until) if self._is_large(pair) else (None, None)
        key = (pair, since, until, view.as_of)
        whole = self._dossiers.get(key, lambda: self._load(pair, since, until, view.as_of))
        until = view.until or whole.as_of
        return narrow(replace(whole, dyad=view.dyad, since=_since(view, until), until=until), view.filters)

    def days(self, view: View) -> tuple[date, date]:
        """The first and last day of a view, without a look at what is filed of the two.

        Raises:
            RecordError: nothing is filed.
            OptionError: the period ends before it begins.
            LedgerError: the ledger is not there, or stays in use.
        """

        def latest() -> date | None:
            with self.reading() as connection:
                return lookups.latest_day(connection)

        known = view.as_of or self.recall("latest", latest)
        if known is None:
            raise RecordError("nothing is filed that has a day")
        until = view.until or known
        return _since(view, until), until

    def brief(self, view: View) -> Brief:
        """The brief of a view; raises what `dossier` raises."""
        return self.recall(("brief", view), lambda: make_brief(self.dossier(view)))

    def timeline(self, view: View) -> Timeline:
        """The time line of a view; raises what `dossier` raises."""
        return self.recall(("timeline", view), lambda: timeline(frame_of(self.dossier(view))))

    def about(self, dyad: Dyad, id: str) -> Dossier | None:
        """What an episode, contact or commitment rests on, as derived last; None if that does not hold any more."""
        return load_about(self.path, dyad, id)

    def _is_large(self, dyad: Dyad) -> bool:
        def count() -> bool:
            with self.reading() as connection:
                return window.size(connection, dyad) > LARGE

        return self.recall(("large", dyad), count)

    def _load(self, dyad: Dyad, since: date | None, until: date | None, as_of: date | None) -> Dossier:
        try:
            return load_view(self.path, dyad, since, until, as_of)
        except OptionError as fault:
            if since and until and since > until:
                raise
            told = f" up to {as_of}" if as_of else ""
            raise RecordError(f"nothing filed{told} tells of {dyad[0]} and {dyad[1]}") from fault

    def _look(self) -> None:
        """Lets go of everything if the file has changed."""
        now = state_of(self.path)
        if now is None:
            raise LedgerError(f"{self.path}: no ledger there")
        with self._lock:
            if now != self._state:
                self._state = now
                self._dossiers, self._pages = _Kept(_DOSSIERS), _Kept(_PAGES)


def _since(view: View, until: date) -> date:
    """The first day asked about: a year before the last, if none is said."""
    since = view.since or until - min(_SPAN, until - date.min)
    if since > until:
        raise OptionError(f"since {since} is later than until {until}")
    return since

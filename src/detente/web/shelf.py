"""What was worked out already, for as long as the ledger stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

import detente.ledger
from detente.analysis.brief import make_brief
from detente.analysis.brief_frame import frame_of
from detente.analysis.brief_model import Brief
from detente.analysis.dossier import Dossier
from detente.analysis.load import LARGE, load_about, load_view
from detente.analysis.narrow import Filters, narrow
from detente.analysis.timeline import Timeline, timeline
from detente.errors import LedgerError, LedgerInUse, OptionError, RecordError
from detente.ledger import window
from detente.relations import Dyad, dyad_of

# Seconds that a page waits while somebody else writes the ledger.
WAIT: Final = 5.0
# The same where there is an earlier page to give.
_BRIEFLY: Final = 0.1
_patience: ContextVar[float] = ContextVar("patience", default=WAIT)
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

    def known(self, key: Hashable) -> list[Any]:
        """What was made for the key, in a list; an empty one if nothing was."""
        with self._lock:
            return list(self._things.get(key, (None, []))[1])

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
    """Answers about the ledger at `path`. All that is kept belongs to one state of the file. When that changes, the
    pages of the state before are still given while somebody else writes, so that nobody waits for a writer twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._state: object = None
        self._dossiers, self._pages, self._before = _Kept(_DOSSIERS), _Kept(_PAGES), _Kept(_PAGES)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection for one question.

        Raises:
            LedgerError: the ledger is not there, or stays in use.
        """
        with detente.ledger.reading(self.path, wait=_patience.get()) as connection:
            yield connection

    def recall(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What was made for this key from the ledger as it is now, else `make()`; while somebody writes it, what was
        made before."""
        self._look()
        earlier = self._before.known(key)
        if not earlier:
            return self._pages.get(key, make)
        token = _patience.set(_BRIEFLY)
        try:
            return self._pages.get(key, make)
        except LedgerInUse:
            value: _Made = earlier[0]
            return value
        finally:
            _patience.reset(token)

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
        since = view.since or until - min(_SPAN, until - date.min)
        if since > until:
            raise OptionError(f"since {since} is later than until {until}")
        return narrow(replace(whole, dyad=view.dyad, since=since, until=until), view.filters)

    def brief(self, view: View) -> Brief:
        """The brief of a view; raises what `dossier` raises."""
        return self.recall(("brief", view), lambda: make_brief(self.dossier(view)))

    def timeline(self, view: View) -> Timeline:
        """The time line of a view; raises what `dossier` raises."""
        return self.recall(("timeline", view), lambda: timeline(frame_of(self.dossier(view))))

    def about(self, dyad: Dyad, id: str) -> Dossier | None:
        """What an episode, contact or commitment rests on, as derived last; None if that does not hold any more."""
        return load_about(self.path, dyad, id, wait=_patience.get())

    def _is_large(self, dyad: Dyad) -> bool:
        def count() -> bool:
            with self.reading() as connection:
                return window.size(connection, dyad) > LARGE

        return self.recall(("large", dyad), count)

    def _load(self, dyad: Dyad, since: date | None, until: date | None, as_of: date | None) -> Dossier:
        try:
            return load_view(self.path, dyad, since, until, as_of, wait=_patience.get())
        except OptionError as fault:
            if since and until and since > until:
                raise
            told = f" up to {as_of}" if as_of else ""
            raise RecordError(f"nothing filed{told} tells of {dyad[0]} and {dyad[1]}") from fault

    def _look(self) -> None:
        """Lets go of everything if the file has changed."""
        now = [_state_of(self.path), _state_of(self.path.with_name(self.path.name + ".wal"))]
        if now[0] is None:
            raise LedgerError(f"{self.path}: no ledger there")
        with self._lock:
            if now != self._state:
                self._state, self._before = now, self._pages
                self._dossiers, self._pages = _Kept(_DOSSIERS), _Kept(_PAGES)


def _state_of(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

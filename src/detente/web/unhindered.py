"""Nobody who reads waits for a writer: a page is asked of a snapshot that still is the ledger, or while that is being
written, of one that was.

`Unhindered(app, shelf, snapshots)`: asks `app`, which finds the shelf to answer from in `request.state.shelf`, and
raises `LedgerInUse` and, from a snapshot, any fault, as long as `request.state.last` is false.
`as_it_was() -> datetime | None`: of when the page is that is being made, None for now.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.errors import DetenteError, LedgerInUse
from detente.ledger import patience
from detente.web.shelf import BRIEFLY, WAIT, Shelf
from detente.web.snapshots import Snapshot, Snapshots

HEADER: Final = "Detente-As-Of"
# Whoever judges must see what he has judged.
_NEVER_OLD: Final = "/review"
_taken: ContextVar[datetime | None] = ContextVar("taken", default=None)


def as_it_was() -> datetime | None:
    """The moment of the snapshot that the page is made from (UTC); None if it is made from the ledger itself."""
    return _taken.get()


class Unhindered:
    """A page is asked of the latest snapshot if nothing was written to the ledger since, else of the ledger. Is that
    being written, then of the latest snapshot; and if there is none, or it does not have what is asked for, of the
    ledger again, with more patience."""

    def __init__(self, app: ASGIApp, shelf: Shelf, snapshots: Snapshots) -> None:
        self._app, self._shelf, self._snapshots = app, shelf, snapshots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] in ("GET", "HEAD") and await self._at_once(scope, receive, send):
            return
        with patience(WAIT):
            await self._app(_asking(scope, self._shelf, last=True), receive, send)

    async def _at_once(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether it could be answered without waiting for a writer."""
        self._snapshots.soon()
        with self._snapshots.borrowed() as snapshot:
            if snapshot is not None and snapshot.is_of(self._shelf.path):
                await self._app(_asking(scope, snapshot.shelf, last=True), receive, send)
                return True
        if scope["path"].startswith(_NEVER_OLD):
            return False
        try:
            with patience(BRIEFLY):
                await self._app(_asking(scope, self._shelf, last=False), receive, send)
            return True
        except LedgerInUse:
            pass
        with self._snapshots.borrowed() as snapshot:
            return snapshot is not None and await self._from(snapshot, scope, receive, send)

    async def _from(self, snapshot: Snapshot, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether the snapshot has an answer."""

        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = snapshot.taken.isoformat(timespec="seconds")
            await send(message)

        try:
            with _dated(snapshot.taken):
                await self._app(_asking(scope, snapshot.shelf, last=False), receive, send_dated)
            return True
        except DetenteError:
            # It may have come since.
            return False


def _asking(scope: Scope, shelf: Shelf, *, last: bool) -> Scope:
    return {**scope, "state": {**scope.get("state", {}), "shelf": shelf, "last": last}}


@contextmanager
def _dated(taken: datetime) -> Iterator[None]:
    token = _taken.set(taken)
    try:
        yield
    finally:
        _taken.reset(token)

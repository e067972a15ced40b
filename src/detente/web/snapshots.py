"""The ledger as it was when it was last at rest: quicker to read than itself, and also while somebody writes it.

    Snapshots(path)     `soon()` sees to it in the background that there is one of the ledger as it is now,
                        `borrowed()` lends the latest, `close()` takes all away
    Snapshot            `shelf`: answers from it; `taken`: when it was made; `is_of(path)`: whether the ledger is so yet

DuckDB lets nobody read a file that another process writes, so a copy is kept in a folder of the desk's own. Nobody
writes that, so it stays open, and what was read of it stays in memory, up to `MEMORY`. There is none of a ledger that
is larger than `LARGEST` or than half of what is free where temporary files go.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from detente.errors import LedgerError
from detente.ledger import reading
from detente.web import sweep, whole_copy
from detente.web.shelf import Shelf

LARGEST: Final = 8 * 2**30
# Of blocks read and of intermediate results; what is more goes to the disk.
MEMORY: Final = "2GB"
# Seconds in which nothing was written: then what is copied was not written while the clock of the disk stood still.
_AT_REST: Final = 1.0
# Copying takes at most one part in so many of the time of the disk.
_PARTS: Final = 20


@dataclass(slots=True)
class Snapshot:
    """A copy of the ledger, in the `state` that the ledger had."""

    shelf: Shelf
    state: whole_copy.State
    taken: datetime
    # A connection that stays: each later one finds the file open.
    opened: ExitStack
    readers: int = 0

    def is_of(self, path: Path) -> bool:
        """Whether nothing was written to the ledger since."""
        return self.state == whole_copy.state_of(path)


class Snapshots:
    """The copies of the ledger at `path`: the latest, and older ones while somebody reads them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._wanted, self._closed = threading.Event(), threading.Event()
        self._latest: Snapshot | None = None
        self._older: list[Snapshot] = []
        self._count = 0
        self._folder: Path | None = None
        self._sweeper: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def soon(self) -> None:
        """The ledger may have changed."""
        self._wanted.set()
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    @contextmanager
    def borrowed(self) -> Iterator[Snapshot | None]:
        """The latest copy, which stays for as long as it is lent; None if there is none."""
        with self._lock:
            latest = self._latest
            if latest:
                latest.readers += 1
        try:
            yield latest
        finally:
            with self._lock:
                if latest:
                    latest.readers -= 1
                self._clear()

    def close(self) -> None:
        """Ends what is being copied; nothing of the copies is left."""
        self._closed.set()
        self._wanted.set()
        with self._lock:
            thread, process = self._thread, self._process
        if process is not None:
            process.terminate()
        if thread is not None:
            thread.join()
        self._put(None)
        if self._sweeper is not None:
            # Its input ends, and it does what it is there for.
            self._sweeper.communicate()

    def _work(self) -> None:
        while self._wanted.wait() and not self._closed.is_set():
            self._wanted.clear()
            state = whole_copy.state_of(self._path)
            if state is None or (self._latest and state == self._latest.state):
                continue
            self._closed.wait(_AT_REST)
            began = time.monotonic()
            if state != whole_copy.state_of(self._path) or not self._take(state):
                self._wanted.set()
            self._closed.wait(_PARTS * (time.monotonic() - began))

    def _take(self, state: whole_copy.State) -> bool:
        """Makes a copy if there is room for it; whether that need not be tried again before the ledger changes."""
        folder = self._folder = self._folder or self._made()
        size = sum(part[2] for part in state if part)
        if size > min(LARGEST, shutil.disk_usage(folder).free // 2):
            # One that is not renewed would be older with every day.
            self._put(None)
            return True
        self._count += 1
        copy, taken = folder / f"{self._count}.duckdb", datetime.now(UTC)
        status = self._copied(copy)
        opened = _opened(copy) if status == 0 else None
        if opened is not None:
            self._put(Snapshot(Shelf(copy), state, taken, opened))
            return True
        _remove(copy)
        return status != whole_copy.CHANGED

    def _made(self) -> Path:
        """A folder into which nobody else may look, removed also if the desk is killed."""
        folder = Path(tempfile.mkdtemp(prefix="detente-desk-"))
        command = [sys.executable, "-I", sweep.__file__, str(folder)]
        self._sweeper = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return folder

    def _copied(self, copy: Path) -> int:
        command = [sys.executable, "-I", whole_copy.__file__, str(self._path.absolute()), str(copy)]
        with self._lock:
            if self._closed.is_set():
                return whole_copy.CHANGED
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with self._process as process:
            status = process.wait()
        with self._lock:
            self._process = None
        return status

    def _put(self, latest: Snapshot | None) -> None:
        with self._lock:
            self._older += [self._latest] if self._latest else []
            self._latest = latest
            self._clear()

    def _clear(self) -> None:
        """Removes older ones that nobody reads."""
        for snapshot in [one for one in self._older if not one.readers]:
            self._older.remove(snapshot)
            snapshot.opened.close()
            _remove(snapshot.shelf.path)


def _opened(copy: Path) -> ExitStack | None:
    """What keeps the copy open until it is closed; None if it does not open."""
    opened = ExitStack()
    try:
        opened.enter_context(reading(copy)).execute(f"SET memory_limit = '{MEMORY}'")
        return opened
    except LedgerError:
        return None


def _remove(copy: Path) -> None:
    for part in whole_copy.parts_of(copy):
        part.unlink(missing_ok=True)

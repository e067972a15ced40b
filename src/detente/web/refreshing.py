"""Working the stored tables out anew after reviews, once the reviewer has paused: nobody waits for it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from detente.errors import LedgerError
from detente.ledger import refresh, sole_writer

# Seconds without a review after which it begins: who judges one record after the other is not held up.
PAUSE: Final = 4.0
# Seconds that the end of the desk waits for a dyad that is being worked out.
_PATIENCE: Final = 20.0


class Refresher:
    """Brings the ledger at `path` up to date some time after the last call of `soon`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._closed = False

    def soon(self) -> None:
        """Some dyads are stale."""
        with self._lock:
            if self._closed:
                return
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(PAUSE, self._run)
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """Nothing begins any more; what has begun may end. What is left is worked out with the next change."""
        with self._lock:
            self._closed = True
            timer = self._timer
        if timer is not None:
            timer.cancel()
            timer.join(_PATIENCE)

    def _run(self) -> None:
        try:
            with sole_writer(self._path):
                refresh(self._path)
        except LedgerError:
            # Somebody else files: he works it out at his end, unless he is stopped.
            self.soon()

"""What is being filed: jobs that wait, the one that runs, those that are over.

`Jobs(ledger, trusted)`: `folder()` for the files of one, `submit(order, folder)`, `get(id)`, `listed()`, `stop(id)`,
`close()`. One job runs at a time, in a process of its own (`filing`), so that whoever reads does not wait for it. Jobs
are forgotten when the desk ends; what they filed is in the ledger.
"""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from detente.errors import RecordError
from detente.reading import input_size
from detente.web import limits
from detente.web.job import Job, Order, changed

# Without the folder that the desk was started in on Python's path.
_COMMAND: Final = (sys.executable, "-P", "-m", "detente.web.filing")
# Seconds in which the running job may end by itself when the desk does.
_LAST: Final = 2.0


class Jobs:
    """The jobs of one desk. May be asked from any thread."""

    def __init__(self, ledger: Path, trusted: frozenset[str] = frozenset()) -> None:
        self._ledger, self._trusted = ledger, trusted
        self._changed = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[tuple[str, Order, Path]] = deque()
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self._root: Path | None = None

    @property
    def full(self) -> bool:
        """Whether so many wait that none is taken."""
        with self._changed:
            return self._closed or len(self._waiting) >= limits.WAITING

    def folder(self) -> Path:
        """A new folder for the files of one order; `submit` takes it over."""
        with self._changed:
            if self._root is None:
                self._root = Path(tempfile.mkdtemp(prefix="detente-desk-"))
        return Path(tempfile.mkdtemp(dir=self._root))

    def submit(self, order: Order, folder: Path) -> Job:
        """The job that files an order when its turn comes. Its `folder` is removed when it is over."""
        job = Job(secrets.token_hex(6), order.what, "waiting", datetime.now(UTC), size=_size(order))
        for fault in order.faults:
            job = replace(job, set_aside=job.set_aside + 1, faults=(*job.faults, fault))
        with self._changed:
            self._jobs[job.id] = job
            self._forget_old()
            self._waiting.append((job.id, order, folder))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return job

    def get(self, id: str) -> Job:
        """The job as it stands.

        Raises:
            RecordError: there is none of this id.
        """
        with self._changed:
            if id not in self._jobs:
                raise RecordError("there is no such job (the desk forgets them when it ends; what they filed stays)")
            return self._jobs[id]

    def ahead(self, id: str) -> int:
        """How many jobs come before one that waits."""
        with self._changed:
            places = [waiting for waiting, _, _ in self._waiting]
            return places.index(id) + (self._process is not None) if id in places else 0

    def listed(self) -> tuple[Job, ...]:
        """All that are remembered, the latest first."""
        with self._changed:
            return tuple(reversed(self._jobs.values()))

    def stop(self, id: str) -> None:
        """Take nothing more in for this job; what it has is filed. Nothing happens to one that is over.

        Raises:
            RecordError: there is none of this id.
        """
        job = self.get(id)
        with self._changed:
            self._waiting = deque(entry for entry in self._waiting if entry[0] != id)
            if job.state == "waiting" and self._jobs[id].state == "waiting":
                self._end(id, "stopped")
            elif self._jobs[id].state == "running" and self._process is not None:
                self._tell(id, {"phase": "stopping"})
                self._ask_to_end(self._process)

    def close(self) -> None:
        """Ends the running job, forgets the others and removes all files."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            process, thread = self._process, self._thread
            self._changed.notify_all()
        if process is not None:
            process.terminate()
            try:
                process.wait(_LAST)
            except subprocess.TimeoutExpired:
                process.kill()
        if thread is not None:
            thread.join()
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                id, order, folder = self._waiting.popleft()
                self._jobs[id] = replace(self._jobs[id], state="running", started=datetime.now(UTC), phase="starting")
                self._process = process = _started()
            if process is None:
                with self._changed:
                    self._tell(id, {"error": "this machine starts no process for it; try again later"})
                    self._end(id, "failed")
            else:
                self._follow(id, order, folder, process)
            shutil.rmtree(folder, ignore_errors=True)
            with self._changed:
                self._process = None

    def _follow(self, id: str, order: Order, folder: Path, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None and process.stdout is not None
        late = threading.Timer(limits.JOB_SECONDS, self._time_out, (id, process))
        late.daemon = True
        late.start()
        asked = {
            "ledger": str(self._ledger.absolute()),
            "order": order.to_dict(),
            "trusted": sorted(self._trusted),
            "folder": str(folder.parent),
        }
        try:
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                if line.endswith("\n"):  # Else it was killed while it told.
                    self._tell(id, json.loads(line))
        except BrokenPipeError:  # It is gone; the exit status tells more.
            pass
        status = process.wait()
        late.cancel()
        process.stdout.close()
        with self._changed:
            stopped = self._jobs[id].phase == "stopping"
            if status and not stopped:
                self._tell(id, {"error": f"it ended before it was done (exit status {status}); nothing is half filed"})
            self._end(id, "failed" if self._jobs[id].error else "stopped" if stopped else "done")
        with suppress(BrokenPipeError):
            process.stdin.close()

    def _time_out(self, id: str, process: subprocess.Popen[str]) -> None:
        what = {"source": self.get(id).what, "where": "", "what": f"more than {limits.JOB_SECONDS:,.0f} s of work"}
        self._tell(id, {"fault": {**what, "right": "give it in parts, or to `detente add`"}})
        self._tell(id, {"phase": "stopping"})
        self._ask_to_end(process)

    def _ask_to_end(self, process: subprocess.Popen[str]) -> None:
        process.terminate()
        kill = threading.Timer(limits.GRACE_SECONDS, process.kill)
        kill.daemon = True
        kill.start()

    def _tell(self, id: str, told: dict[str, Any]) -> None:
        with self._changed:
            job = changed(self._jobs[id], told)
            # A job that is asked to stop says to the end that it does.
            self._jobs[id] = replace(job, phase="stopping") if self._jobs[id].phase == "stopping" else job

    def _end(self, id: str, state: Any) -> None:
        self._jobs[id] = replace(self._jobs[id], state=state, phase="", ended=datetime.now(UTC))

    def _forget_old(self) -> None:
        over = [id for id, job in self._jobs.items() if job.over]
        for id in over[: max(0, len(self._jobs) - limits.KEPT)]:
            del self._jobs[id]


def _started() -> subprocess.Popen[str] | None:
    """The process of a job; None if there can be none (no memory, too many processes)."""
    # In a session of its own: Ctrl-C at the terminal is for the desk alone.
    pipe = subprocess.PIPE
    with suppress(OSError):
        return subprocess.Popen(_COMMAND, stdin=pipe, stdout=pipe, text=True, encoding="utf-8", start_new_session=True)
    return None


def _size(order: Order) -> int | None:
    return input_size([path for path, _ in order.files]) if order.files and not order.addresses else None

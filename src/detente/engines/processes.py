"""The engine that works in several processes of this machine.

They are forked from a server that has loaded tables, parser and model and does nothing else, so that what none of them
changes is held once (Linux, macOS); elsewhere each loads its own.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import TracebackType
from typing import Any, Final, Self

from detente.engines.engine import CodedRecords
from detente.engines.here import Here
from detente.errors import EngineError
from detente.records import Document

# Documents a task: few, so that no worker is idle for long at the end of a batch, since one document may take as long
# as a hundred others.
_TASK: Final = 2
# Tasks in flight for each worker: a batch of `ledger.add`, so that the next one is begun while one is filed. What waits
# to be fetched in order takes memory.
_AHEAD: Final = 8


class Processes:
    """A pool of worker processes, to be used in a `with` block.

    Raises:
        EngineError: a worker cannot start, or dies.
    """

    def __init__(self, workers: int, for_coder: dict[str, Any]) -> None:
        self._ahead = workers * _AHEAD
        context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
        if sys.platform != "win32":
            context.set_forkserver_preload(["detente.engines.preload"])
        self._pool = ProcessPoolExecutor(workers, context, _begin, (for_coder,))
        self.name: str = self._fetch(self._pool.submit(_name))

    def code_many(self, documents: Iterable[Document]) -> Iterator[CodedRecords]:
        """Code documents; the results come in order. Work begins at once, on as many as keep the workers busy; the rest
        is read as results are taken."""
        stream = iter(documents)
        waiting = deque(self._submit(task) for task in islice(_tasks(stream), self._ahead))
        return self._results(stream, waiting)

    def _results(
        self, stream: Iterator[Document], waiting: deque[Future[list[CodedRecords]]]
    ) -> Iterator[CodedRecords]:
        while waiting:
            yield from self._fetch(waiting.popleft())
            waiting.extend(self._submit(task) for task in islice(_tasks(stream), self._ahead - len(waiting)))

    def _submit(self, task: list[Document]) -> Future[list[CodedRecords]]:
        try:
            return self._pool.submit(_code, task)
        except BrokenProcessPool as fault:
            raise _died() from fault

    def _fetch(self, future: Future[Any]) -> Any:
        try:
            return future.result()
        except BrokenProcessPool as fault:
            raise _died() from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)


def _tasks(stream: Iterator[Document]) -> Iterator[list[Document]]:
    while task := list(islice(stream, _TASK)):
        yield task


def _died() -> EngineError:
    return EngineError("a worker process has died (out of memory?); run again with fewer --workers")


# In the worker.
_engine: Here | None = None


def _begin(for_coder: dict[str, Any]) -> None:
    global _engine
    # Ctrl-C goes to every process of a terminal; the parent ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _engine = Here(**for_coder)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _name() -> str:
    assert _engine is not None
    return _engine.name


def _code(documents: list[Document]) -> list[CodedRecords]:
    assert _engine is not None
    return list(_engine.code_many(documents))

"""The process that files what was given at the desk: `python -m detente.web.filing`.

It is given an order on standard input and tells what it does in lines of JSON on standard output. It does what
`detente add` does, within the limits of the desk. On SIGTERM, or when the desk is gone, it takes nothing more in, files
what it has, and ends; killed at any moment it leaves whole documents only.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from detente.engines import open_engine
from detente.errors import DetenteError, InputError, LedgerError
from detente.ledger import Added, add, browse, reading, refresh, sole_writer
from detente.reading import ReadOptions
from detente.reading.documents import Draft, finish
from detente.reading.kinds import heading
from detente.reading.pages import with_title
from detente.reading.read import read_stream
from detente.reading.streams import Stream, open_stream
from detente.reading.web import open_address
from detente.records import Document
from detente.settings import load_settings
from detente.web import limits
from detente.web.job import Fault, Filed, Order, Pasted


class _Enough(Exception):
    """Nothing more is to be read."""


class Filing:
    """One order on its way into the ledger at `path`. Servers that `trusted` names are asked wherever they stand."""

    def __init__(self, path: Path, order: Order, trusted: frozenset[str], out: TextIO) -> None:
        self._path, self._order, self._out = path, order, out
        self._stopping = threading.Event()
        self._faults = 0
        self._options = ReadOptions(
            published=date.fromisoformat(order.published) if order.published else None,
            publisher=order.publisher,
            kind=order.kind,
            max_document=limits.CHARACTERS,
            max_array=limits.FILE_BYTES,
            max_unpacked=limits.UNPACKED_BYTES,
            fetch=limits.fetch_limits(trusted),
        )

    def stop(self) -> None:
        """Take nothing more in."""
        self._stopping.set()

    def run(self) -> None:
        """Read, code, file, merge; all that happens is told.

        Raises:
            DetenteError: the ledger or the coder cannot be used.
        """
        ids: list[str] = []
        with ExitStack() as stack:
            try:
                stack.enter_context(sole_writer(self._path))
            except LedgerError:
                self.tell(phase="waiting until another process has filed into the ledger")
                stack.enter_context(sole_writer(self._path, wait=limits.BLOCKED_SECONDS))
            self.tell(phase="reading the tables and the parser")
            engine = stack.enter_context(open_engine(1, **load_settings().for_coder))
            self.tell(phase="reading and coding")
            for added in add(self._path, self._documents(), engine, on_error=self._fault):
                ids.append(added.document.id)
                self._filed(added)
            self.tell(phase="merging")
            refresh(self._path)
        with reading(self._path) as connection:
            touched = browse.dyads_of(connection, ids, limits.LISTED)
        self.tell(dyads=[[*dyad, number] for dyad, number in touched])

    def _documents(self) -> Iterator[Document]:
        number = 0
        with suppress(_Enough):
            for document in chain.from_iterable(self._sources()):
                number += 1
                if number > limits.DOCUMENTS:
                    self._end_here(f"more than {limits.DOCUMENTS:,} documents")
                self._go_on()
                yield document

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise _Enough

    def _end_here(self, what: str) -> None:
        fault = InputError(self._order.what, f"{what}; the rest is left out", right="`detente add` takes any number")
        self.tell(fault=asdict(Fault.of(fault)))
        raise _Enough

    def _sources(self) -> Iterator[Iterator[Document]]:
        if self._order.pasted:
            yield self._pasted(self._order.pasted)
        for path, name in self._order.files:
            yield self._read(partial(open_stream, path, self._options.max_unpacked, shown=name))
        for url in self._order.addresses:
            yield self._read(partial(open_address, url, self._options))

    def _read(self, opened: Callable[[], Stream]) -> Iterator[Document]:
        told = 0

        def tell(position: int) -> None:
            nonlocal told
            self.tell(bytes=position - told)
            told = position

        try:
            stream = opened()
        except InputError as fault:
            self._set_aside(fault)
            return
        yield from read_stream(stream, self._options, on_error=self._set_aside, on_note=self._note, on_position=tell)

    def _pasted(self, pasted: Pasted) -> Iterator[Document]:
        draft = Draft(with_title(pasted.title, pasted.text), title=pasted.title, issuer=pasted.issuer, url=pasted.url)
        try:
            yield finish("the text", draft, self._options)
        except InputError as fault:
            self._fault(fault)

    def _filed(self, added: Added) -> None:
        found = added.document
        title = heading(found.title, found.text)[:300]
        self.tell(filed=asdict(Filed(found.id, title, added.outcome, added.events, added.statements)))

    def _fault(self, fault: InputError) -> None:
        self.tell(fault=asdict(Fault.of(fault)))

    def _set_aside(self, fault: InputError) -> None:
        """A fault of what is read. A table may hold millions of rows, each with its own."""
        self._fault(fault)
        self._faults += 1
        if self._faults == limits.FAULTS:
            self._end_here(f"{self._faults:,} were set aside")
        self._go_on()

    def _note(self, note: str) -> None:
        self.tell(note=note[:500])

    def tell(self, **told: Any) -> None:
        """One line for the desk."""
        try:
            print(json.dumps(told), file=self._out, flush=True)
        except BrokenPipeError:  # The desk is gone: nobody listens, and what was taken in is filed all the same.
            self.stop()


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Not on this system.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = limits.MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, limits.MEMORY_BYTES)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def main() -> None:
    """Files the order that is given on standard input."""
    given = json.loads(sys.stdin.readline())
    _bound_memory()
    if hasattr(os, "nice"):
        os.nice(5)  # Whoever reads goes first.
    # What libraries print is none of what is told.
    out, sys.stdout = sys.stdout, sys.stderr
    filing = Filing(Path(given["ledger"]), Order.from_dict(given["order"]), frozenset(given["trusted"]), out)
    signal.signal(signal.SIGTERM, lambda *_: filing.stop())

    def watch() -> None:
        sys.stdin.read()  # Ends when the desk does.
        filing.stop()
        shutil.rmtree(given["folder"], ignore_errors=True)

    threading.Thread(target=watch, daemon=True).start()
    try:
        filing.run()
    except DetenteError as fault:
        filing.tell(error=str(fault))
    except MemoryError:
        filing.tell(error=f"more than {limits.MEMORY_BYTES:,} bytes of memory would be needed")


if __name__ == "__main__":
    main()

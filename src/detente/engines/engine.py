"""What an engine is, and which one is opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from detente.errors import OptionError
from detente.records import Document, Event, Record, Signal, Statement, in_text_order

if TYPE_CHECKING:
    from detente.coding import Coded

# More than any one machine has; beyond it a slip of the keyboard is likelier.
MOST_WORKERS: Final = 256


@dataclass(frozen=True, slots=True)
class CodedRecords:
    """What a document was turned into, without the parse: fit to travel between processes."""

    document: Document
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    signals: tuple[Signal, ...]
    side: str | None

    @property
    def records(self) -> tuple[Record, ...]:
        """Events and statements in the order of the text."""
        return in_text_order((*self.events, *self.statements))


def without_parse(coded: Coded) -> CodedRecords:
    """The records of a coded document alone."""
    return CodedRecords(coded.document, coded.events, coded.statements, coded.signals, coded.side)


class Engine(Protocol):
    """Codes documents. `name` is the version of the coder."""

    @property
    def name(self) -> str: ...
    def code_many(self, documents: Iterable[Document], /) -> Iterator[CodedRecords]: ...


@contextmanager
def open_engine(workers: int = 1, **for_coder: Any) -> Iterator[Engine]:
    """An engine with so many processes; with one the work is done in this process. `for_coder` are the arguments of
    `detente.coding.Coder`.

    Raises:
        OptionError: fewer than one worker, or more than `MOST_WORKERS`.
        EngineError: a worker cannot start, or dies.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise OptionError(f"--workers {workers}: must be between 1 and {MOST_WORKERS}")
    if workers == 1:
        from detente.engines.here import Here

        yield Here(**for_coder)
        return
    from detente.engines.processes import Processes

    with Processes(workers, for_coder) as engine:
        yield engine

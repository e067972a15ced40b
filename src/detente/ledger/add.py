"""Filing a stream of documents: those that are new are coded and written, a batch at a time.

A batch is one transaction: after a kill at any moment the ledger holds whole documents only, and the next run, given
the same input, goes on with the first that is missing. While one batch is filed, worker processes code the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from detente.errors import InputError
from detente.ledger import lookups
from detente.ledger.corrections import reapply
from detente.ledger.database import reading, writing
from detente.ledger.filing import Filing, file, refile
from detente.ledger.originals import place
from detente.ledger.reprints import bands, flat, repeats
from detente.records import Document, Event, Signal, Statement

# A kill costs at most the work of two batches of this many documents, for each worker.
BATCH: Final = 16


class Coded(Protocol):
    """What a coder makes of one document."""

    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def statements(self) -> tuple[Statement, ...]: ...
    @property
    def signals(self) -> tuple[Signal, ...]: ...
    @property
    def side(self) -> str | None: ...


class CoderLike(Protocol):
    """Anything that codes documents; `detente.coding.Coder` does. `name` says which version it is.

    What it gives comes in order. It may begin before the first is taken, as worker processes do.
    """

    @property
    def name(self) -> str: ...
    def code_many(self, documents: Iterable[Document], /) -> Iterator[Coded]: ...


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one document: `new`, `known` (in the ledger before) or `reprint`, and how many records."""

    document: Document
    outcome: str
    events: int = 0
    statements: int = 0


def add(
    path: Path,
    documents: Iterable[Document],
    coder: CoderLike,
    *,
    on_error: Callable[[InputError], None],
    batch: int = BATCH,
) -> Iterator[Added]:
    """File documents into the ledger at `path` (made if it is not there), each once, and tell what became of each.

    As many documents as make a `batch` are coded together and filed in one transaction. A document whose id the ledger
    knows with another text goes to `on_error`. The caller holds `sole_writer`.

    Raises:
        LedgerError: the ledger cannot be opened.
    """
    with writing(path, new=True):  # Makes it, or brings its schema up to date.
        pass
    stream = iter(documents)
    begun = _Batch()
    while some := list(islice(stream, batch)):
        following = _begin(path, some, begun.fresh, coder, on_error)
        yield from _file(path, begun, coder)
        begun = following
    yield from _file(path, begun, coder)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents that are being coded: `fresh`, and what comes of them; `known` the ledger has."""

    known: list[Document] = field(default_factory=list)
    fresh: list[Document] = field(default_factory=list)
    codings: Iterator[Coded] = field(default_factory=lambda: iter(()))


def _begin(
    path: Path,
    batch: list[Document],
    before: list[Document],
    coder: CoderLike,
    on_error: Callable[[InputError], None],
) -> _Batch:
    """Have the new ones of a batch coded; those `before` it are not in the ledger yet."""
    with reading(path) as connection:
        stored = lookups.texts(connection, {document.id for document in batch})
    stored |= {document.id: document.text for document in before}
    known: list[Document] = []
    fresh: list[Document] = []
    for document in batch:
        if document.id not in stored:
            fresh.append(document)
            stored[document.id] = document.text
        elif stored[document.id] == document.text:
            known.append(document)
        else:
            on_error(_clash(document))
    return _Batch(known, fresh, coder.code_many(fresh))


def _file(path: Path, batch: _Batch, coder: CoderLike) -> list[Added]:
    """File a batch, and anew the documents of the ledger that come after one of it and are alike."""
    told = [Added(document, "known") for document in batch.known]
    if not batch.fresh:
        return told
    prints = {document.id: bands(document.text) for document in batch.fresh}
    with reading(path) as connection:
        originals, texts = place(connection, batch.fresh, prints)
        own = [originals.pop(document.id) for document in batch.fresh]
        moved = [(lookups.document(connection, id)[0], original) for id, original in originals.items()]
    filings = make_filings(batch.fresh, own, batch.codings, coder.name, texts, prints)
    documents, reprinted = [document for document, _ in moved], [original for _, original in moved]
    refilings = make_filings(documents, reprinted, coder.code_many(documents), coder.name, texts, {})
    with writing(path) as connection:
        file(connection, filings)
        refile(connection, refilings)
        reapply(connection, [filing.document.id for filing in (*filings, *refilings)])
    told += [Added(f.document, "reprint" if f.reprint_of else "new", len(f.events), len(f.statements)) for f in filings]
    return told


def _clash(document: Document) -> InputError:
    return InputError(
        document.publisher or "document",
        f"the ledger has another text under the id {document.id!r}",
        right="give it an id of its own, or take the old one out with `detente forget`",
    )


def make_filings(
    documents: Sequence[Document],
    originals: Sequence[str | None],
    codings: Iterable[Coded],
    coder: str,
    texts: Mapping[str, str],
    prints: Mapping[str, tuple[int, ...]],
) -> list[Filing]:
    """Filings of documents, given for each the id of the one that it reprints, if it does (its text is in `texts`), and
    what the coder called `coder` made of it.

    Of a reprint only the records of sentences that the original lacks are kept. `prints` are the bands of each.
    """
    found: list[Filing] = []
    for document, original, coded in zip(documents, originals, codings, strict=True):
        events, statements, signals = coded.events, coded.statements, coded.signals
        if original is not None:
            old = flat(texts[original])
            events = tuple(event for event in events if not repeats(event.evidence.text, old))
            statements = tuple(one for one in statements if not repeats(one.content.text, old))
            signals = tuple(signal for signal in signals if not repeats(signal.evidence.text, old))
        own = prints.get(document.id, ())
        found.append(Filing(document, coder, events, statements, signals, own, original, coded.side))
    return found

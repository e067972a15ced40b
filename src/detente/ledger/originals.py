"""Which of several texts that are alike is the original, and which reprint it.

The original is the one published first (of one day: whose id comes first; undated texts come last); a text reprints the
first original before it that it is alike. So the order in which texts are filed does not matter: one that comes late
but was published early takes its place, and those that reprint it are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heappush
from typing import TypeAlias

import duckdb

from detente.ledger import lookups
from detente.ledger.reprints import is_reprint
from detente.records import Document

Rank: TypeAlias = tuple[date, str]
Prints: TypeAlias = Mapping[str, Sequence[int]]


def place(
    connection: duckdb.DuckDBPyConnection, fresh: Sequence[Document], prints: Prints
) -> tuple[dict[str, str | None], dict[str, str]]:
    """What each of these new documents reprints (None: nothing), and what each document of the ledger does that it did
    not before; with the texts of those that are reprinted. `prints` are the bands of the new ones.
    """
    shelf = _Shelf(connection, fresh, prints)
    waiting = [(shelf.ranks[document.id], document.id) for document in fresh]
    heapify(waiting)
    new = {document.id for document in fresh}
    found: dict[str, str | None] = {}
    seen: set[str] = set()
    while waiting:
        _, id = heappop(waiting)
        if id in seen:
            continue
        seen.add(id)
        before, original = shelf.reprints.get(id), shelf.original_of(id)
        if id not in new and original == before:
            continue
        found[id] = shelf.reprints[id] = original
        # Only what comes later can change, so that each text is looked at once.
        again = shelf.later_alike(id) if original is None else [] if id in new else shelf.reprints_of(id)
        for other in again:
            heappush(waiting, (shelf.ranks[other], other))
    return found, {original: shelf.text(original) for original in found.values() if original}


class _Shelf:
    """The texts alike those of a batch, in the ledger and in the batch, fetched when they are asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, fresh: Sequence[Document], prints: Prints) -> None:
        self._connection = connection
        self._prints = {id: tuple(bands) for id, bands in prints.items()}
        self._texts = {document.id: document.text for document in fresh}
        self.ranks: dict[str, Rank] = {document.id: _rank(document.id, document.published) for document in fresh}
        # Of each text that has its place: the one that it reprints, or None.
        self.reprints: dict[str, str | None] = {}
        self._near: dict[tuple[int, int], set[str]] = {}
        self._fetched: set[tuple[int, int]] = set()
        self._fetch([self._prints[document.id] for document in fresh])
        for document in fresh:
            for key in enumerate(self._prints[document.id]):
                self._near.setdefault(key, set()).add(document.id)

    def text(self, id: str) -> str:
        if id not in self._texts:
            self._texts |= lookups.texts(self._connection, [id])
        return self._texts[id]

    def original_of(self, id: str) -> str | None:
        """The first original before this text that it is alike."""
        before = [other for other in self._close(id) if self.ranks[other] < self.ranks[id]]
        # Whoever is not in `reprints` is of the batch, and comes later.
        originals = [other for other in before if other in self.reprints and self.reprints[other] is None]
        for other in sorted(originals, key=self.ranks.__getitem__):
            if is_reprint(self.text(id), self.text(other)):
                return other
        return None

    def later_alike(self, id: str) -> list[str]:
        return [
            other
            for other in self._close(id)
            if self.ranks[other] > self.ranks[id] and is_reprint(self.text(other), self.text(id))
        ]

    def reprints_of(self, id: str) -> list[str]:
        found = lookups.reprints_of(self._connection, id)
        self._know(found)
        return [other for other in found if self.reprints[other] == id]

    def _close(self, id: str) -> set[str]:
        if id not in self._prints:
            self._prints[id] = lookups.bands_of(self._connection, id)
            self._fetch([self._prints[id]])
        near = (self._near.get(key, set()) for key in enumerate(self._prints[id]))
        return set().union(*near) - {id}

    def _fetch(self, prints: Iterable[tuple[int, ...]]) -> None:
        keys = {key for bands in prints for key in enumerate(bands)} - self._fetched
        self._fetched |= keys
        found = lookups.alike(self._connection, {number for _, number in keys})
        for key, ids in found.items():
            self._near.setdefault(key, set()).update(ids)
        self._know({id for ids in found.values() for id in ids})

    def _know(self, ids: Iterable[str]) -> None:
        for id, published, reprint_of in lookups.places(self._connection, set(ids) - set(self.ranks)):
            self.ranks[id] = _rank(id, published)
            self.reprints[id] = reprint_of


def _rank(id: str, published: date | None) -> Rank:
    return published or date.max, id

"""The engine that works in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from detente.coding import Coder
from detente.engines.engine import CodedRecords, without_parse
from detente.records import Document


class Here:
    """One coder, one document after another."""

    def __init__(self, **for_coder: Any) -> None:
        self._coder = Coder(**for_coder)
        self.name = self._coder.name

    def code_many(self, documents: Iterable[Document]) -> Iterator[CodedRecords]:
        """Code documents, in order."""
        return map(without_parse, self._coder.code_many(documents))

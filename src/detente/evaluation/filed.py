"""A run of documents coded and made ready for the ledger's own steps, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from detente.evaluation.data import day, read_jsonl, require
from detente.evaluation.report import CoderLike
from detente.ledger.reprints import is_reprint
from detente.records import Document
from detente.relations import Dyad, Report, Source, dyads_of

_FIELDS: Final = ("id", "title", "published", "publisher", "kind", "issuer", "url", "text")


@dataclass(frozen=True, slots=True)
class Filed:
    """Documents by id, their heads, and every event with the head of its document."""

    documents: dict[str, Document]
    sources: dict[str, Source]
    reports: tuple[Report, ...]

    @property
    def dyad(self) -> Dyad:
        """The dyad that most reports are about (the first in the alphabet of several); ("", "") if there is none."""
        counts = Counter(dyad for report in self.reports for dyad in dyads_of(report.event))
        return min(counts, key=lambda dyad: (-counts[dyad], dyad), default=("", ""))

    def of(self, dyad: Dyad) -> tuple[Report, ...]:
        """The reports that concern a dyad."""
        return tuple(report for report in self.reports if dyad in dyads_of(report.event))


def file_documents(coder: CoderLike, path: Path) -> Filed:
    """Code the documents of a JSON Lines file, in the order of publication.

    Raises:
        InputError: the file is missing or a line is not a document.
    """
    documents: list[Document] = []
    for number, row in enumerate(read_jsonl(path), 1):
        require(row, _FIELDS, path, f"line {number}")
        published = day(row["published"], path, f"line {number}")
        documents.append(Document(**{**{field: row[field] for field in _FIELDS}, "published": published}))
    documents.sort(key=lambda document: (document.published, document.id))
    copies = _reprints(documents)
    sources = {
        d.id: Source(d.id, d.published, d.title, d.publisher, d.url, d.kind, d.issuer, copies.get(d.id))
        for d in documents
    }
    reports = tuple(Report(event, sources[d.id]) for d in documents for event in coder.code(d).events)
    return Filed({document.id: document for document in documents}, sources, reports)


def _reprints(documents: Sequence[Document]) -> dict[str, str]:
    """Each reprint with its original: the earliest text that it repeats."""
    found: dict[str, str] = {}
    for earlier, later in combinations(documents, 2):
        if later.id not in found and earlier.id not in found and is_reprint(later.text, earlier.text):
            found[later.id] = earlier.id
    return found

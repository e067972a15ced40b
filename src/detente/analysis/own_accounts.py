"""What stands on an issue in a government's own accounts, sentence by sentence.

A readout says much in its own voice, which is no statement of anybody: `account_passages(dossier, issue)` finds it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.analysis.dossier import Dossier
from detente.analysis.passages import issues_named, sentences_of
from detente.records import Document, Span
from detente.relations import Source

# Characters of an account that are looked through: no readout is longer.
_LONGEST: Final = 200_000


@dataclass(frozen=True, slots=True)
class AccountPassage:
    """A sentence of a side's own account; `source` is the head of the document."""

    side: str
    source: Source
    span: Span


def account_passages(dossier: Dossier, issue: str) -> tuple[AccountPassage, ...]:
    """The sentences that name the issue in the readouts and statements that either side published in the days asked
    about, the latest document first, without those that a statement of that side on the issue tells already."""
    told: dict[str, list[Span]] = defaultdict(list)
    for telling in dossier.tellings:
        if telling.statement.side == telling.source.side and issue in telling.statement.issues:
            told[telling.statement.document].append(telling.statement.content)
    own = [
        source
        for source in dossier.sources.values()
        if source.side in dossier.dyad
        and source.reprint_of is None
        and dossier.within(source.published, source.published)
    ]
    found = []
    for source in sorted(own, key=lambda s: (s.published or date.min, s.document), reverse=True):
        text = dossier.texts.get(source.document, "")[:_LONGEST]
        for span in sentences_of(Document(text, source.document)):
            known = any(other.start < span.end and span.start < other.end for other in told[source.document])
            if not known and issue in issues_named(span.text):
                found.append(AccountPassage(source.side or "", source, span))
    return tuple(found)

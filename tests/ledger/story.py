"""Short stories through the real coder: documents of our own wording in, settled commitments out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente.coding import Coder
from detente.ledger.commitments import find_commitments
from detente.ledger.episodes import build_episodes
from detente.ledger.settlement import settle
from detente.lexicon import load_lexicon
from detente.records import Document
from detente.relations import Commitment, Dyad, Report, Source, Telling, dyads_of


@dataclass(frozen=True)
class Story:
    """The records of a few documents in one dyad."""

    dyad: Dyad
    reports: dict[str, Report]
    tellings: tuple[Telling, ...]
    sources: dict[str, Source]

    def until(self, day: date) -> Story:
        """What had been published by a day."""
        return Story(
            self.dyad,
            {key: r for key, r in self.reports.items() if r.source.published and r.source.published <= day},
            tuple(t for t in self.tellings if t.source.published and t.source.published <= day),
            {key: s for key, s in self.sources.items() if s.published and s.published <= day},
        )

    def commitments(self, as_of: date) -> tuple[Commitment, ...]:
        episodes = build_episodes(self.dyad, self.reports.values())
        found = find_commitments(self.dyad, episodes, self.reports, self.tellings, self.sources)
        return settle(found, episodes, self.reports, self.tellings, as_of, load_lexicon())


def text(day: str, words: str, issuer: str | None = None) -> Document:
    """A news item, or a side's own readout."""
    kind = "news" if issuer is None else "readout"
    return Document(words, f"{day}-{issuer or 'news'}", None, date.fromisoformat(day), kind=kind, issuer=issuer)


def tell(coder: Coder, dyad: Dyad, documents: Iterable[Document]) -> Story:
    reports: dict[str, Report] = {}
    tellings: list[Telling] = []
    sources: dict[str, Source] = {}
    for document in documents:
        source = Source(document.id, document.published, kind=document.kind, issuer=document.issuer)
        sources[document.id] = source
        coded = coder.code(document)
        reports |= {event.id: Report(event, source) for event in coded.events if dyad in dyads_of(event)}
        tellings += [Telling(statement, source) for statement in coded.statements]
    return Story(dyad, reports, tuple(tellings), sources)


def about(commitments: Iterable[Commitment], words: str) -> Commitment:
    """The one commitment whose words have these."""
    (found,) = [one for one in commitments if words in one.words]
    return found

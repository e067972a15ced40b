"""The coder: all steps in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from detente.coding.actors import find_mentions
from detente.coding.analysis import Analysis
from detente.coding.attribution import find_attributions
from detente.coding.candidates import find_candidates
from detente.coding.coref import resolve
from detente.coding.dates import find_dates
from detente.coding.events import make_event
from detente.coding.merge import merge
from detente.coding.pairs import classify_pair
from detente.coding.parse import analyse_many
from detente.coding.places import find_places
from detente.coding.statements import make_statements
from detente.lexicon import load_lexicon
from detente.lexicon.places import load_gazetteer
from detente.lexicon.triggers import load_triggers
from detente.ontology import load_ontology
from detente.records import Document, Event, Record, Statement


@dataclass(frozen=True, slots=True)
class Coded:
    """What a document was turned into; `analysis` keeps the parse and the findings of each step."""

    document: Document
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    analysis: Analysis

    @property
    def records(self) -> tuple[Record, ...]:
        """Events and statements in the order of the text."""
        both: list[Record] = [*self.events, *self.statements]
        return tuple(sorted(both, key=_position))


def _position(record: Record) -> tuple[int, int]:
    span = record.evidence if isinstance(record, Event) else record.content
    return span.start, span.end


class Coder:
    """Turns documents into records. One instance loads the tables and the pipeline once; it keeps no state between
    documents.

    Args:
        pipeline: name of an installed spaCy pipeline; None takes the preferred one.

    Raises:
        InstallationError: no pipeline is installed.
        TableError: a table has a bad row.
    """

    def __init__(self, pipeline: str | None = None) -> None:
        self.pipeline = pipeline
        self.name = f"detente-{version('detente')}/rules"
        self._lexicon = load_lexicon()
        self._gazetteer = load_gazetteer()
        self._triggers = load_triggers()
        self._ontology = load_ontology()

    def code(self, document: Document) -> Coded:
        """Code one document."""
        return next(self.code_many([document]))

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Code documents, in order."""
        for analysis in analyse_many(documents, self.pipeline):
            yield self._code(analysis)

    def classify_pair(self, sentence: str, source: str, target: str) -> tuple[str, float] | None:
        """PLOVER type and confidence of what `source` does to `target` in a sentence; None if nothing."""
        return classify_pair(sentence, source, target, self._triggers, self.pipeline)

    def analyse(self, analysis: Analysis) -> None:
        """Run the steps that find things, each on what the ones before it found."""
        analysis.dates = find_dates(analysis)
        mentions = find_mentions(analysis, self._lexicon)
        analysis.mentions = resolve(analysis, self._lexicon, mentions)
        analysis.places = find_places(analysis, self._gazetteer, analysis.mentions)
        analysis.attributions = find_attributions(analysis)

    def _code(self, analysis: Analysis) -> Coded:
        self.analyse(analysis)
        candidates = find_candidates(analysis, self._triggers)
        made = (make_event(analysis, c, self._triggers, self._ontology, self.name) for c in candidates)
        events = merge(analysis, [event for event in made if event is not None])
        statements = make_statements(analysis, self._lexicon, self.name)
        return Coded(analysis.document, events, statements, analysis)

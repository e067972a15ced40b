"""The coder: all steps in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from detente.coding.actors import find_mentions
from detente.coding.analysis import Analysis
from detente.coding.attribution import find_attributions
from detente.coding.candidate import Candidate
from detente.coding.candidates import find_candidates, is_sound
from detente.coding.coref import resolve
from detente.coding.coref_state import Discourse
from detente.coding.dates import find_dates
from detente.coding.delegates import with_delegates
from detente.coding.echoes import with_echoes
from detente.coding.events import make_event
from detente.coding.fill import fill
from detente.coding.judge import question_of
from detente.coding.ladder import find_signals
from detente.coding.merge import merge
from detente.coding.pairs import Unseen, classify_pair
from detente.coding.parse import analyse_many
from detente.coding.places import find_places
from detente.coding.relation import Reading, RelationModel, load_relation_model
from detente.coding.statements import make_statements
from detente.errors import OptionError
from detente.lexicon import load_lexicon
from detente.lexicon.places import load_gazetteer
from detente.lexicon.triggers import load_triggers
from detente.ontology import load_ontology
from detente.records import Document, Event, Record, Signal, Statement, in_text_order


@dataclass(frozen=True, slots=True)
class Coded:
    """What a document was turned into; `analysis` keeps the parse and the findings of each step."""

    document: Document
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    analysis: Analysis
    signals: tuple[Signal, ...] = ()

    @property
    def side(self) -> str | None:
        """The country (ISO alpha-3) whose own account the document is; None for reporters."""
        return self.analysis.issuer if self.document.kind != "news" else None

    @property
    def records(self) -> tuple[Record, ...]:
        """Events and statements in the order of the text (what `detente code` writes; signals are not among them)."""
        return in_text_order((*self.events, *self.statements))


RELATIONS: Final = ("both", "rules", "model")


class Coder:
    """Turns documents into records. One instance loads the tables and the pipeline once; it keeps no state between
    documents.

    Args:
        pipeline: name of an installed spaCy pipeline; None takes the preferred one.
        relation: who decides on the type of an event and on whether it is one: "both" (rules and model), "rules", or
            "model" (the rules only say where to look).

    Raises:
        InstallationError: no pipeline is installed, or the model's files are not those that were trained.
        OptionError: `relation` is none of the three.
        TableError: a table has a bad row.
    """

    def __init__(self, pipeline: str | None = None, relation: str = "both") -> None:
        if relation not in RELATIONS:
            raise OptionError(f"relation {relation!r} is none of {', '.join(RELATIONS)}")
        self.pipeline = pipeline
        self.uses = relation
        self.relation: RelationModel | None = None if relation == "rules" else load_relation_model()
        by = "rules" if self.relation is None else f"{'rules+' * (relation == 'both')}{self.relation.version}"
        self.name = f"detente-{version('detente')}/{by}"
        self._lexicon = load_lexicon()
        self._gazetteer = load_gazetteer()
        self._triggers = load_triggers()
        self._ontology = load_ontology()

    def using(self, relation: str) -> Coder:
        """The same with another say on types: "both", "rules" or "model"."""
        return Coder(self.pipeline, relation)

    def code(self, document: Document) -> Coded:
        """Code one document."""
        return next(self.code_many([document]))

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Code documents, in order."""
        for analysis in analyse_many(documents, self.pipeline):
            yield self._code(analysis)

    def classify_pair(
        self, sentence: str, source: str, target: str, unseen: Unseen | None = None
    ) -> tuple[str, float] | None:
        """PLOVER type and probability of what `source` does to `target` in a sentence (see `pairs.classify_pair`)."""
        return classify_pair(
            sentence,
            source,
            target,
            self._triggers,
            self.relation,
            rules=self.uses != "model",
            pipeline=self.pipeline,
            unseen=unseen,
        )

    def analyse(self, analysis: Analysis) -> None:
        """Run the steps that find things, each on what the ones before it found."""
        analysis.dates = find_dates(analysis)
        analysis.issuer = Discourse(analysis, self._lexicon).issuer
        mentions = find_mentions(analysis, self._lexicon)
        analysis.mentions = resolve(analysis, self._lexicon, mentions)
        analysis.places = find_places(analysis, self._gazetteer, analysis.mentions)
        analysis.attributions = find_attributions(analysis)

    def _candidates(self, analysis: Analysis) -> list[tuple[Candidate, Reading | None]]:
        """Those with sound sides, and those to which the model gives the side that they lack; each with its answer."""
        found = find_candidates(analysis, self._triggers, strict=False)
        sound = [candidate for candidate in found if is_sound(candidate)]
        if self.relation is None:
            return [(candidate, None) for candidate in sound]
        # Whoever speaks leaves out what all know: in briefings the side given was wrong in seven cases of seven.
        told = {candidate.trigger for candidate in sound}
        spoken = analysis.document.kind == "transcript"
        halves = [] if spoken else [candidate for candidate in found if candidate.trigger not in told]
        filled = [one for one in fill(analysis, halves, self.relation) if is_sound(one[0])]
        readings = self.relation.read([question_of(analysis, candidate) for candidate in sound])
        return sorted((*zip(sound, readings, strict=True), *filled), key=lambda one: one[0].trigger)

    def _code(self, analysis: Analysis) -> Coded:
        self.analyse(analysis)
        rules = self.uses != "model"
        made = (
            make_event(analysis, candidate, self._triggers, self._ontology, self.name, reading, rules=rules)
            for candidate, reading in self._candidates(analysis)
        )
        told = with_delegates(analysis, merge(analysis, [event for event in made if event is not None]))
        events = with_echoes(analysis, told)
        statements = make_statements(analysis, self._lexicon, self.name)
        signals = find_signals(analysis, self._lexicon, self.name)
        return Coded(analysis.document, events, statements, analysis, signals)

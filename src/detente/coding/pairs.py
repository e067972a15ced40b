"""The type of what one marked party does to another in one sentence, by rules and model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from detente.coding.analysis import Analysis, Mention
from detente.coding.candidate import Candidate
from detente.coding.candidates import find_candidates
from detente.coding.conditions import match_verb
from detente.coding.decide import TRUST, decide, pool
from detente.coding.parse import analyse
from detente.coding.question import EMBARGO, NONE, Question
from detente.coding.relation import RelationModel
from detente.coding.settle import settle
from detente.coding.status import status_of
from detente.lexicon.triggers import Triggers
from detente.records import Actor, Document

# Types that are weighed together: the forms of giving way, and with COERCE the imposed sanctions (CAMEO 163), which the
# crosswalk of PLOVER and the pairs that the model learned from file there.
_GROUPS: Final = {"CONCEDE": "YIELD", "RETREAT": "YIELD", EMBARGO: "COERCE"}


def classify_pair(
    sentence: str,
    source: str,
    target: str,
    triggers: Triggers,
    model: RelationModel | None,
    *,
    rules: bool = True,
    pipeline: str | None = None,
    logits: Sequence[float] | None = None,
) -> tuple[str, float] | None:
    """PLOVER type and calibrated probability of what `source` does to `target` (both as they stand in the sentence).

    The pair is taken to stand in some relation; how probable it is that it stands in none is left aside. None only
    without a model, if no word of the sentence names an event. `logits` are those of another model for this question,
    one that has not learned from the sentence.
    """
    reading, question = read_pair(sentence, source, target, triggers, pipeline)
    shares = None
    if model is not None:
        shares = model.type_shares(model.type_logits([question]) if logits is None else [logits])[0]
    trust = (model.trust if model else TRUST)[reading.sides if reading else 0]
    return weigh(reading.type if reading and rules else None, trust, shares)


def weigh(rule: str | None, trust: float, shares: Mapping[str, float] | None) -> tuple[str, float] | None:
    """Type and probability by the rules' type, `trust` how much it weighs, and the model's probabilities of
    `question.types()`; either may be None."""
    verdict = decide(_GROUPS.get(rule, rule) if rule else None, trust, _grouped(shares) if shares else None)
    if verdict is None or verdict.type != "YIELD":
        return (verdict.type, verdict.probability) if verdict else None
    kind = max(("CONCEDE", "RETREAT"), key=lambda name: (shares[name] if shares else 0.0, name == rule))
    return kind, verdict.probability


def pool_pair(rule: str | None, trust: float, shares: Mapping[str, float]) -> dict[str, float]:
    """The probabilities that `weigh` chooses from, by type or group of types; the sum is 1."""
    return pool(_GROUPS.get(rule, rule) if rule else None, trust, _grouped(shares))


def group_of(kind: str) -> str:
    """The group that a type is weighed in; most types are their own."""
    return _GROUPS.get(kind, kind)


def _grouped(shares: Mapping[str, float]) -> dict[str, float]:
    summed = {NONE: 0.0}
    for name, share in shares.items():
        if name != NONE:
            group = _GROUPS.get(name, name)
            summed[group] = summed.get(group, 0.0) + share
    return summed


@dataclass(frozen=True, slots=True)
class PairReading:
    """What the rules make of a marked pair: type, the character range of the trigger, and how many of the two sides
    stand in its slots (0: the word alone decides)."""

    type: str
    trigger: tuple[int, int]
    sides: int


def read_pair(
    sentence: str, source: str, target: str, triggers: Triggers, pipeline: str | None = None
) -> tuple[PairReading | None, Question]:
    """The rules' reading of what `source` does to `target` (both as they stand in the sentence), None if no word of
    the sentence names an event; and the question for the model.
    """
    analysis = analyse(Document(sentence), pipeline)
    marked: dict[str, Mention] = {}
    # The longer first: "Niger" is not sought inside "the ambassador of Niger".
    for name, text in sorted((("source", source), ("target", target)), key=lambda pair: -len(pair[1])):
        mention = _marked(analysis, name, text, marked.values())
        if mention is not None:
            marked[name] = mention
    analysis.mentions = tuple(sorted(marked.values(), key=lambda mention: mention.start))
    reading = _read(analysis, triggers)
    ranges = {name: _range(analysis, mention.start, mention.end) for name, mention in marked.items()}
    trigger = reading.trigger if reading else None
    return reading, Question(sentence, ranges.get("source"), ranges.get("target"), trigger)


def _read(analysis: Analysis, triggers: Triggers) -> PairReading | None:
    best = max(find_candidates(analysis, triggers, strict=False), key=lambda c: _fit(analysis, c), default=None)
    if best is not None:
        kind = _typed(analysis, best.type, best.trigger)
        return PairReading(kind, _range(analysis, best.trigger, best.trigger + 1), max(1, _fit(analysis, best)[0]))
    found = _by_word(analysis, triggers)
    return PairReading(found[0], _range(analysis, found[1], found[1] + 1), 0) if found else None


def _range(analysis: Analysis, start: int, end: int) -> tuple[int, int]:
    span = analysis.span(start, end)
    return span.start, span.end


def _marked(analysis: Analysis, name: str, text: str, others: Iterable[Mention]) -> Mention | None:
    """The first place where a party stands as a whole word and not inside the other one, if there is one."""
    if not text.strip():
        return None
    taken = list(others)
    for found in re.finditer(rf"(?<!\w){re.escape(text.strip())}(?!\w)", analysis.document.text):
        start = analysis.surface.from_stored(found.start())
        end = analysis.surface.from_stored(found.end())
        span = analysis.doc.char_span(start, end, alignment_mode="expand")
        if span is not None and not any(span.start < one.end and one.start < span.end for one in taken):
            actor = Actor(name, text, name, ("GOV",))
            return Mention(span.start, span.end, span.root.i, "name", actors=(actor,), why="marked")
    return None


def _fit(analysis: Analysis, candidate: Candidate) -> tuple[int, int]:
    """How many of the two sides stand where they were marked, then the trigger nearest to the root first."""
    actors = {actor.id for mention in candidate.actors for actor in mention.actors}
    others = {actor.id for mention in candidate.recipients for actor in mention.actors}
    depth = len(list(analysis.doc[candidate.trigger].ancestors))
    if candidate.reciprocal and {"source", "target"} <= actors:
        return 2, -depth
    return ("source" in actors) + ("target" in others), -depth


def _typed(analysis: Analysis, kind: str, trigger: int) -> str:
    return settle(analysis.doc[trigger], kind, None, status_of(analysis, trigger))[0]


def _by_word(analysis: Analysis, triggers: Triggers) -> tuple[str, int] | None:
    for token in sorted(analysis.doc, key=lambda t: len(list(t.ancestors))):
        if token.pos_ == "VERB":
            rule = match_verb(analysis, token, triggers)
            if rule is not None:
                return _typed(analysis, rule.type, token.i), token.i
    for token in analysis.doc:
        for noun in triggers.nouns.get(token.lemma_.lower(), ()):
            if token.pos_ == "NOUN" and not noun.words:
                return _typed(analysis, noun.type, token.i), token.i
    return None

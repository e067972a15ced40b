"""The type of what one marked party does to another in one sentence: the rules' answer to a relation question."""

from __future__ import annotations

import re

from detente.coding.analysis import Analysis, Mention
from detente.coding.candidate import Candidate
from detente.coding.candidates import find_candidates
from detente.coding.conditions import match_verb
from detente.coding.parse import analyse
from detente.coding.settle import settle
from detente.coding.status import status_of
from detente.lexicon.triggers import Triggers
from detente.records import Actor, Document

# How often an answer of each kind was right on plover_pairs (development data): both sides in slots, one side, by
# the word alone.
_BOTH, _ONE, _WORD = 0.86, 0.70, 0.55


def classify_pair(
    sentence: str, source: str, target: str, triggers: Triggers, pipeline: str | None = None
) -> tuple[str, float] | None:
    """PLOVER type and confidence of what `source` does to `target` (both as they stand in the sentence).

    None if no word of the sentence names an event.
    """
    analysis = analyse(Document(sentence), pipeline)
    mentions = [
        mention
        for name, text in (("source", source), ("target", target))
        if (mention := _marked(analysis, name, text)) is not None
    ]
    analysis.mentions = tuple(sorted(mentions, key=lambda mention: mention.start))
    best = max(find_candidates(analysis, triggers, strict=False), key=lambda c: _fit(analysis, c), default=None)
    if best is not None:
        return _typed(analysis, best.type, best.trigger), _BOTH if _fit(analysis, best)[0] == 2 else _ONE
    return _by_word(analysis, triggers)


def _marked(analysis: Analysis, name: str, text: str) -> Mention | None:
    found = re.search(re.escape(text.strip()), analysis.document.text)
    if found is None:
        return None
    start = analysis.surface.from_stored(found.start())
    end = analysis.surface.from_stored(found.end())
    span = analysis.doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    actor = Actor(name, text, name, ("GOV",))
    return Mention(span.start, span.end, span.root.i, "name", actors=(actor,), why="marked")


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


def _by_word(analysis: Analysis, triggers: Triggers) -> tuple[str, float] | None:
    for token in sorted(analysis.doc, key=lambda t: len(list(t.ancestors))):
        if token.pos_ == "VERB":
            rule = match_verb(analysis, token, triggers)
            if rule is not None:
                return _typed(analysis, rule.type, token.i), _WORD
    for token in analysis.doc:
        for noun in triggers.nouns.get(token.lemma_.lower(), ()):
            if token.pos_ == "NOUN" and not noun.words:
                return _typed(analysis, noun.type, token.i), _WORD
    return None

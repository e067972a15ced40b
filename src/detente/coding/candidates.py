"""Candidate events: a trigger, its type, and who stands on which side, before status, date and place are known."""

from __future__ import annotations

from detente.coding.analysis import Analysis
from detente.coding.candidate import Candidate, several
from detente.coding.candidates_nouns import from_noun
from detente.coding.candidates_verbs import due, from_verb, willing
from detente.coding.completion import complete, of_readout, principals
from detente.coding.demands import demand
from detente.coding.journeys import stays
from detente.coding.nominals import is_gerund_noun
from detente.lexicon.triggers import Triggers

# Types that a report may give without saying against whom (codebook: requires recipient, no).
_ALONE = frozenset({"REJECT", "THREATEN", "MOBILIZE", "PROTEST"})


def find_candidates(analysis: Analysis, triggers: Triggers, *, strict: bool = True) -> tuple[Candidate, ...]:
    """All candidate events of a document, in order of their triggers.

    `strict` keeps only those whose sides are sound.
    """
    found: list[Candidate] = []
    consumed: set[int] = set()
    tokens = [token for sentence in analysis.sentences for token in analysis.doc[sentence.start : sentence.end]]
    for token in tokens:
        if token.i in consumed:
            continue
        if is_gerund_noun(token):
            continue
        if token.pos_ == "VERB" or token.tag_ in ("VBD", "VBN", "VBG", "VBZ", "VBP"):
            found.extend(demand(analysis, token))
            named = from_verb(analysis, token, triggers, consumed)
            found.extend(named if any(is_sound(c) for c in named) else [*stays(analysis, token), *named])
        elif token.lemma_ == "be":
            found.extend([*demand(analysis, token), *stays(analysis, token)])
        elif token.pos_ == "ADJ" and token.lemma_.lower() in ("ready", "willing", "prepared"):
            found.extend(willing(analysis, token, triggers, consumed))
        elif token.pos_ == "ADJ" and token.lower_ == "due":
            found.extend(due(analysis, token))
    for token in tokens:
        if (token.pos_ in ("NOUN", "PROPN") or is_gerund_noun(token)) and token.i not in consumed:
            found.extend(from_noun(analysis, token, triggers))
    found.sort(key=lambda c: c.trigger)
    completed: list[Candidate] = []
    pair = principals(analysis) or of_readout(analysis, found)
    for candidate in found:
        completed.append(complete(analysis, candidate, completed, triggers, pair))
    return tuple(c for c in completed if not strict or is_sound(c))


def _official(candidate: Candidate) -> bool:
    """Whether the one side that is there acts for a state or body; anybody may protest."""
    return bool(candidate.actors) and (
        candidate.type == "PROTEST"
        or any(
            {"GOV", "MIL"} & set(actor.sectors) or actor.id.startswith("org:")
            for mention in candidate.actors
            for actor in mention.actors
        )
    )


def is_sound(candidate: Candidate) -> bool:
    """Both sides are there and are not the same; a few types need no recipient."""
    actors = {actor.id for mention in candidate.actors for actor in mention.actors}
    recipients = {actor.id for mention in candidate.recipients for actor in mention.actors}
    if candidate.reciprocal:
        return several(candidate.actors)
    if not recipients:
        return candidate.type in _ALONE and candidate.explicit >= 0.5 and _official(candidate)
    return bool(actors) and not actors & recipients

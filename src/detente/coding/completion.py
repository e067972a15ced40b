"""Recipients that a clause leaves out and its neighbours tell."""

from __future__ import annotations

from dataclasses import replace

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import is_party
from detente.coding.candidate import Candidate
from detente.coding.conditions import object_lemmas
from detente.lexicon.triggers import Triggers

_DIRECTED = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "COERCE", "AID", "SUPPORT"})
_ANSWERS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SUPPORT", "SANCTION"})
_WORDS = frozenset(
    """
    comment remark statement word speech claim allegation accusation criticism threat warning charge view argument
    characterisation characterization suggestion
    """.split()
)
_STEPS = frozenset({"step", "move", "decision", "action", "measure", "act", "response"})
_DEEDS = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE"})


def complete(analysis: Analysis, candidate: Candidate, earlier: list[Candidate], triggers: Triggers) -> Candidate:
    """Find the recipient that the clause leaves out.

    It is that of the predicate it is coordinated with, or whoever did or said what it answers ("condemned the raid").
    """
    if candidate.recipients or candidate.reciprocal or not candidate.actors:
        return candidate
    verb = analysis.doc[candidate.trigger]
    own = {actor.country or actor.id for mention in candidate.actors for actor in mention.actors}

    def others(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(m for m in mentions if not {a.country or a.id for a in m.actors} & own)

    if verb.dep_ == "conj":
        partner = next((c for c in reversed(earlier) if c.trigger == verb.head.i), None)
        if partner is not None and others(partner.recipients) and partner.type in _DIRECTED:
            return replace(candidate, recipients=others(partner.recipients), slot="coordination", explicit=0.6)
    if candidate.type not in _ANSWERS:
        return candidate
    lemmas = object_lemmas(verb) if verb.pos_ == "VERB" else set()
    if lemmas & _WORDS:
        speaker = _last_speaker(analysis, candidate.trigger, own)
        if speaker is not None:
            return replace(candidate, recipients=(speaker,), slot="answers words", explicit=0.6)
    acts = {rule.type for lemma in lemmas for rule in triggers.nouns.get(lemma, ())} & _DEEDS
    if lemmas & _STEPS:
        acts |= _DEEDS
    for deed in reversed(earlier):
        if deed.act in acts and others(deed.actors):
            return replace(candidate, recipients=others(deed.actors), slot="answers a deed", explicit=0.6)
    return candidate


def _last_speaker(analysis: Analysis, before: int, own: set[str]) -> Mention | None:
    for attribution in reversed(analysis.attributions):
        if attribution.source_root is None or attribution.source_root >= before:
            continue
        mention = analysis.mention_at(attribution.source_root)
        if mention is not None and is_party(mention) and not {a.country or a.id for a in mention.actors} & own:
            return mention
    return None

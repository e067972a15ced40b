"""What a government's own text says that another state should do: a demand without a verb of asking."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import is_party
from detente.coding.candidate import Candidate
from detente.coding.clauses import grammatical_subject, is_passive

RULE: Final = "modal:should"
_DUTY: Final = frozenset({"should", "must"})


def demand(analysis: Analysis, verb: Token) -> list[Candidate]:
    """ "The Peruvian side should lift the ban.": in a readout or statement of Chile's, Chile asks it of Peru."""
    own = analysis.issuer
    if analysis.document.kind not in ("readout", "statement") or own is None or verb.dep_ != "ROOT":
        return []
    if is_passive(verb) or not any(child.dep_ == "aux" and child.lower_ in _DUTY for child in verb.children):
        return []
    subject = grammatical_subject(verb)
    asked = analysis.mention_at(subject.i) if subject is not None else None
    if asked is None or not is_party(asked) or {actor.country for actor in asked.actors} & {own, None}:
        return []
    if len({actor.country for actor in asked.actors}) > 1 or _others_words(analysis, verb, own):
        return []
    asking = _last_of(analysis, own, verb.i)
    if asking is None:
        return []
    return [
        Candidate(verb.i, RULE, "REQUEST", "REQUEST", "change", (), (asking,), (asked,), False, 0.6, "own words")
    ]  # fmt: skip


def _last_of(analysis: Analysis, country: str, before: int) -> Mention | None:
    """The last mention of the issuer's state, government or one of its people before a token."""
    return next(
        (
            mention
            for mention in reversed(analysis.mentions)
            if mention.start < before and is_party(mention) and {a.country for a in mention.actors} == {country}
        ),
        None,
    )


def _others_words(analysis: Analysis, verb: Token, own: str) -> bool:
    """Whether the text gives the clause as words of somebody else."""
    for number in analysis.attributions_at(verb.i):
        attribution = analysis.attributions[number]
        if attribution.source_root is None:
            continue
        mention = analysis.mention_at(attribution.source_root)
        if mention is not None and own not in {actor.country for actor in mention.actors}:
            return True
    return False

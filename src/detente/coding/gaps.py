"""Contacts without a verb of their own: "met X in Oslo on Monday and Y in Rome a day later"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import is_party, is_person
from detente.coding.candidate import Candidate, shape_sides
from detente.lexicon.triggers import VerbRule

if TYPE_CHECKING:
    from spacy.tokens import Token

# Slots of a verb in which the one who is met stands.
_MET: Final = frozenset({"obj", "with", "with~"})
_TORN_OFF: Final = frozenset({"npadvmod", "dobj", "conj", "appos", "dep"})
# Tokens between a name and the day or place that is its own: "and, two days later, Mr X", "X in Rome on Monday".
_NEAR: Final = 6


def by_day(analysis: Analysis, verb: Token, rule: VerbRule, base: Candidate) -> tuple[Candidate, tuple[Candidate, ...]]:
    """A contact whose people are met on different days, as one of the first day and others of those after it, each with
    a name as its trigger: that of whom the actors meet, or where it is of their own state, of who meets the same.

    The parser hangs such a name on the day before it, or on the verb as if it were a day itself.
    """
    if rule.type != "CONSULT" or base.slot not in _MET or not base.recipients or not base.actors:
        return base, ()
    met = sorted(base.recipients, key=lambda mention: mention.start)
    first = [m for m in met if m is met[0] or not (is_person(m) and _has_own_day(analysis, m, met[0].end))]
    later = [m for m in met if m not in first]
    end = max(mention.end for mention in met)
    known = _ids((*base.actors, *met))
    for mention in analysis.mentions_in(end, analysis.sentence_at(verb.i).end):
        named = is_person(mention) and is_party(mention) and not _ids([mention]) & known
        if named and _hangs_on_a_day(analysis.doc[mention.root], verb) and _has_own_day(analysis, mention, end):
            later.append(mention)
    kept = replace(base, recipients=tuple(first))
    home = _countries(base.actors) - _countries(first)
    told = []
    for mention in later:
        peer = bool(_countries([mention]) & home)
        actors, recipients = ((mention,), kept.recipients) if peer else (base.actors, (mention,))
        other = replace(
            base, trigger=mention.root, rule=f"{base.rule}, of another day", actors=actors, recipients=recipients
        )
        told.append(shape_sides(other, rule.shape, verb))
    return kept, tuple(told)


def _hangs_on_a_day(root: Token, verb: Token) -> bool:
    """Whether the parser makes the name a part of what says when, in the clause of the verb."""
    if root.dep_ not in _TORN_OFF:
        return False
    head = root.head
    if head.i == verb.i:
        return root.dep_ in ("npadvmod", "dobj")
    timed = head.ent_type_ in ("DATE", "TIME") or head.dep_ == "npadvmod"
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    return timed and head.i == verb.i


def _has_own_day(analysis: Analysis, mention: Mention, last: int) -> bool:
    """Whether a day stands beside the name, and another between whoever was met first and it."""
    before = [d for d in analysis.dates if last <= d.start and d.end <= mention.start]
    after = [d for d in analysis.dates if mention.end <= d.start <= mention.end + _NEAR]
    return bool(before) and (bool(after) or (len(before) > 1 and mention.start - before[-1].end <= 2))


def _ids(mentions: Iterable[Mention]) -> set[str]:
    return {actor.id for mention in mentions for actor in mention.actors}


def _countries(mentions: Iterable[Mention]) -> set[str | None]:
    return {actor.country for mention in mentions for actor in mention.actors}

"""Whose a standing body of two states is, where its name does not say: "the Economic Working Group met on Tuesday"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis, Mention, beginning
from detente.coding.mentions_actor import country_actor
from detente.lexicon import load_lexicon
from detente.lexicon.triggers import Triggers

if TYPE_CHECKING:
    from spacy.tokens import Token

# What makes a group or a commission one of two states.
_JOINT: Final = frozenset({"working", "joint", "bilateral", "mixed"})
# The text speaks of the two this many times as often as of any third, and at least so often of each.
_MORE: Final = 2
_LEAST: Final = 2


def members(analysis: Analysis, tokens: Iterable[Token], triggers: Triggers) -> list[Mention]:
    """The two states that the text has spoken of most, far more than of any third, if a token is a joint body of two;
    none if it is not told whose it is."""
    for token in tokens:
        words = {word.lower_ for word in token.lefts} | {word.lower_ for w in token.lefts for word in w.lefts}
        if token.lemma_.lower() in triggers.classes["forum"] and "the" in words and words & _JOINT:
            return _two_states(analysis, token.i)
    return []


def _two_states(analysis: Analysis, before: int) -> list[Mention]:
    countries = load_lexicon().countries
    latest: dict[str, Mention] = {}
    counts: Counter[str] = Counter()
    for mention in beginning(analysis.mentions, 0, before):
        codes = {actor.country for actor in mention.actors if actor.country in countries}
        for code in codes:
            assert code is not None
            counts[code] += 1
            latest[code] = mention
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < _LEAST or (len(ranked) > 2 and ranked[1][1] < _MORE * ranked[2][1]):
        return []
    return [replace(latest[code], actors=(country_actor(countries[code]),)) for code, _ in ranked[:2]]

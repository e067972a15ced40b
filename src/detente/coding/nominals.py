"""Nouns of verbs: "the lifting of sanctions on Peru" means what "lifted sanctions on Peru" means.

A noun made from a verb takes the rows that the verb table has for it. What the verb would have as object stands behind
"of", or as a noun before ("arms deliveries"); the doer behind "by", or as possessor or adjective (Quirk et al. 1985,
§17.51 f., on nominalisations).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.coding.analysis import Analysis
from detente.coding.clauses import prepositions
from detente.coding.conditions import INTRUSION, is_held, noun_lemmas
from detente.lexicon.triggers import NounRule, Triggers, VerbRule

_SHAPES = frozenset({"dir", "recip"})
# Slots of a verb as they stand on its noun; those left out need a clause.
_SLOTS = {"obj": "of", "iobj": "to", "of!": "of", "with!": "with", "with~": "with"}
_CLAUSAL = frozenset({"clause", "for-clause", "as.to", "dest", "obj!dest", "targeting"})
_SHORTEST = 3


def is_gerund_noun(token: Token) -> bool:
    """Whether a form in -ing stands as a noun: "the arming of Peru", "Norway's arming of Peru"."""
    return token.tag_ == "VBG" and (
        any(child.dep_ in ("det", "poss") or (child.dep_ == "amod" and child.i < token.i) for child in token.children)
        and any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)
    )


def derived_rule(analysis: Analysis, noun: Token, triggers: Triggers) -> NounRule | None:
    """The row of the verb table that a noun of a verb goes by, None if it is no such noun or none fits its object."""
    for lemma, particle in _verbs(noun, triggers):
        for rule in triggers.verbs.get(lemma, ()):
            if rule.particle == particle and rule.shape in _SHAPES and _fits(analysis, noun, rule, triggers):
                slots = dict.fromkeys(_SLOTS.get(slot, slot) for slot in rule.slots if slot not in _CLAUSAL)
                if rule.shape == "recip":
                    slots["between"] = None
                words = (rule.lemma, *filter(None, (rule.particle,)))
                return NounRule(
                    noun.lemma_.lower(), words, rule.type, rule.mode, rule.contexts, rule.shape, tuple(slots), ""
                )
    return None


def _verbs(noun: Token, triggers: Triggers) -> Iterator[tuple[str, str]]:
    """The verb of a noun, by the table or by taking -ing off ("easing", "lifting", "stopping")."""
    known = triggers.nominals.get(noun.lemma_.lower())
    if known is not None:
        yield known
    form = noun.lower_.removesuffix("s")
    stem = form.removesuffix("ing")
    if stem != form and len(stem) >= _SHORTEST:
        yield from ((verb, "") for verb in (stem, f"{stem}e", stem[:-1]) if verb in triggers.verbs)


def _fits(analysis: Analysis, noun: Token, rule: VerbRule, triggers: Triggers) -> bool:
    objects = [inner for preposition, inner in prepositions(noun) if preposition == "of"]
    lemmas = {lemma for token in objects for lemma in noun_lemmas(token)}
    if not objects:
        # "arms deliveries", "troop withdrawal"
        before = [child for child in noun.children if child.dep_ in ("compound", "nmod") and child.i < noun.i]
        lemmas = {child.lemma_.lower() for child in before if analysis.mention_at(child.i) is None}
    if not rule.condition:
        # A row that takes any object asks for one.
        return bool(lemmas)
    return any(_one(analysis, objects, lemmas, part, triggers) for part in rule.condition.split("|"))


def _one(analysis: Analysis, objects: list[Token], lemmas: set[str], condition: str, triggers: Triggers) -> bool:
    if condition == "@transitive":
        return any(analysis.mention_at(token.i) is None for token in objects)
    if condition == "@intrusion":
        return bool(lemmas & INTRUSION)
    if condition == "@captive" and any(is_held(analysis, token) for token in objects):
        return True
    if condition.startswith("@"):
        return bool(lemmas & triggers.classes.get(condition[1:], frozenset()))
    return condition in lemmas

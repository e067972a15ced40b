"""The trigger tables hang together: what a row names exists."""

from __future__ import annotations

from detente.coding.conditions import SPECIAL
from detente.lexicon.triggers import VerbRule, load_triggers
from detente.ontology import load_ontology

SHAPES = {"dir", "recip", "swap", "exercise"}
PREPOSITIONS = set(
    "with to against on at toward towards from for in over of by about between among into inside near off along around "
    "through upon under out outside opposite behind targeting".split()
)
SLOTS = PREPOSITIONS | {
    "obj",
    "iobj",
    "clause",
    "for-clause",
    "dest",
    "obj!dest",
    "with!",
    "of!",
    "with~",
    "as.to",
    "as",
    "alongside",
    "if",
}


def _rules() -> list[VerbRule]:
    return [rule for rules in load_triggers().verbs.values() for rule in rules]


def test_every_condition_is_a_known_construction_or_class_or_a_word() -> None:
    classes = load_triggers().classes
    for rule in _rules():
        for part in filter(None, rule.condition.split("|")):
            known = part in SPECIAL or (part.startswith("@") and part[1:] in classes) or part.isalpha()
            assert known or part == "hunger-strike", (rule.number, part)


def test_every_type_mode_and_context_is_in_the_codebook() -> None:
    ontology = load_ontology()
    triggers = load_triggers()
    for rule in (*_rules(), *(rule for rules in triggers.nouns.values() for rule in rules)):
        assert rule.type in ontology.types
        assert rule.mode is None or (rule.type, rule.mode) in ontology.modes, rule
        assert set(rule.contexts) <= ontology.contexts.keys(), rule
    for kind, mode, _ in triggers.mode_cues:
        assert (kind, mode) in ontology.modes


def test_every_slot_and_shape_is_one_the_coder_fills() -> None:
    for rule in _rules():
        assert rule.shape in SHAPES, rule
        assert set(rule.slots) <= SLOTS, rule


def test_all_sixteen_types_have_verbs() -> None:
    assert {rule.type for rule in _rules()} == set(load_ontology().types)


def test_rows_with_a_condition_come_before_rows_without() -> None:
    for rules in load_triggers().verbs.values():
        plain = [bool(rule.condition) for rule in rules if not rule.particle]
        assert plain == sorted(plain, reverse=True)

"""The type of what one marked party does to another in one sentence, by rules and model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.coding.decide import TRUST, PairWeights, decide, pool
from detente.coding.pair_reading import group_of, read_pair
from detente.coding.question import NONE
from detente.coding.relation import RelationModel
from detente.lexicon.triggers import Triggers
from detente.ontology import load_ontology


@dataclass(frozen=True, slots=True)
class Unseen:
    """Logits of `question.types()` by a model that has not learned from a sentence, and weights fitted without it."""

    logits: Sequence[float]
    weights: PairWeights


def classify_pair(
    sentence: str,
    source: str,
    target: str,
    triggers: Triggers,
    model: RelationModel | None,
    *,
    rules: bool = True,
    pipeline: str | None = None,
    unseen: Unseen | None = None,
) -> tuple[str, float] | None:
    """PLOVER type and calibrated probability of what `source` does to `target` (both as they stand in the sentence).

    The pair is taken to stand in some relation; how probable it is that it stands in none is left aside. None only
    without a model, if no word of the sentence names an event. `unseen` is what a model and weights that have not
    learned from the sentence say of it; they take the place of `model`'s own.
    """
    reading, question = read_pair(sentence, source, target, triggers, pipeline)
    rule, sides = (reading.type, reading.sides) if reading else (None, 0)
    if model is None:
        return weigh(rule, TRUST[sides], None)
    logits = model.type_logits([question]) if unseen is None else [unseen.logits]
    weights = model.pairs if unseen is None else unseen.weights
    return weigh(rule if rules else None, weights.trust[sides], model.type_shares(logits)[0], weights)


def weigh(
    rule: str | None, trust: float, shares: Mapping[str, float] | None, weights: PairWeights | None = None
) -> tuple[str, float] | None:
    """Type and probability by the rules' type, `trust` how much it weighs, and the model's probabilities of
    `question.types()`; either may be None."""
    grouped = _grouped(shares) if shares else None
    if grouped and weights:
        grouped = weights.weighted(grouped)
    group = group_of(rule) if rule else None
    verdict = decide(group, trust, grouped, allowed=_of_best_quad(pool(group, trust, grouped)) if grouped else None)
    if verdict is None or verdict.type != "YIELD":
        return (verdict.type, verdict.probability) if verdict else None
    kind = max(("CONCEDE", "RETREAT"), key=lambda name: (shares[name] if shares else 0.0, name == rule))
    return kind, verdict.probability


def _of_best_quad(shares: Mapping[str, float]) -> frozenset[str]:
    """The groups of the quad class that is most probable as a whole: which side of war and peace, of word and deed, a
    pair stands on is decided before the type within."""
    quads: dict[str, set[str]] = {}
    for name in shares:
        if name != NONE:
            quads.setdefault(load_ontology().quad("RETREAT" if name == "YIELD" else name), set()).add(name)
    return frozenset(max(quads.values(), key=lambda names: sum(shares[name] for name in names)))


def _grouped(shares: Mapping[str, float]) -> dict[str, float]:
    """Probabilities by group; the pair is known to stand in some relation, so none is left for NONE."""
    summed = {NONE: 0.0}
    for name, share in shares.items():
        if name != NONE:
            group = group_of(name)
            summed[group] = summed.get(group, 0.0) + share
    return summed

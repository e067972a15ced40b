"""The type of what one marked party does to another in one sentence, by rules and model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.coding.decide import TRUST, decide, pool
from detente.coding.pair_reading import group_of, read_pair
from detente.coding.question import NONE
from detente.coding.relation import RelationModel
from detente.lexicon.triggers import Triggers


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
    verdict = decide(group_of(rule) if rule else None, trust, _grouped(shares) if shares else None)
    if verdict is None or verdict.type != "YIELD":
        return (verdict.type, verdict.probability) if verdict else None
    kind = max(("CONCEDE", "RETREAT"), key=lambda name: (shares[name] if shares else 0.0, name == rule))
    return kind, verdict.probability


def pool_pair(rule: str | None, trust: float, shares: Mapping[str, float]) -> dict[str, float]:
    """The probabilities that `weigh` chooses from, by type or group of types; the sum is 1."""
    return pool(group_of(rule) if rule else None, trust, _grouped(shares))


def _grouped(shares: Mapping[str, float]) -> dict[str, float]:
    summed = {NONE: 0.0}
    for name, share in shares.items():
        if name != NONE:
            group = group_of(name)
            summed[group] = summed.get(group, 0.0) + share
    return summed

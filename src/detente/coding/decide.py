"""Rules and relation model together.

Both are taken as independent witnesses of the type y of a trigger between two parties (a product of experts, Hinton
2002): p(y) ∝ model(y) · rule(y). The rules' witness is their own type with the share of cases in which such an answer
was right, and the same small share for every other type; what they leave open the model decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from detente.coding.question import NONE, types

# How often the rules' answer was right on plover_pairs (development data), by how many of the two sides stood in slots
# of the trigger: none (the word alone decides), one, both.
TRUST: Final = (0.55, 0.70, 0.86)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The type decided on, its probability, that of there being no event, and who said what."""

    type: str
    probability: float
    none: float
    why: str


def decide(
    rule: str | None, trust: float, shares: Mapping[str, float] | None, *, none_trust: float = 1.0
) -> Verdict | None:
    """The most probable type, None if neither rules nor model have one.

    `rule` is the rules' type, `trust` how often such an answer is right; `shares` the model's probabilities of the
    PLOVER types and NONE (`Reading.plover`), None to go by the rules alone; `none_trust` the rules' odds that a
    candidate of theirs is none, against any one other type.
    """
    if shares is None:
        return Verdict(rule, trust, 1 - trust, "rules") if rule else None
    others = len(types()) - 3  # all but the rule's own, EMBARGO and NONE
    weights = {}
    for name, share in shares.items():
        witness = 1.0 if rule is None else trust if name == rule else (1 - trust) / others
        weights[name] = share * (witness * none_trust if name == NONE else witness)
    total = sum(weights.values())
    none = weights.pop(NONE) / total
    best = max(weights, key=lambda name: weights[name])
    probability = weights[best] / total
    if rule is None:
        why = f"model {shares[best]:.2f}"
    elif best == rule:
        why = f"rules and model {shares[best]:.2f}"
    else:
        why = f"model {shares[best]:.2f} against {rule} of the rules {shares[rule]:.2f}"
    return Verdict(best, probability, none, why)

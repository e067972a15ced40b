"""Rules and relation model together.

Both are taken as independent witnesses of the type y of a trigger between two parties (a product of experts, Hinton
2002): p(y) ∝ model(y) · rule(y). The rules' witness is their own type with the share of cases in which such an answer
was right, and the same small share for every other type; what they leave open the model decides. For a given pair the
weights are fitted (`PairWeights`), and a prior of the types makes up for the mixture that the model learned from
(Saerens, Latinne and Decaestecker 2002).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from detente.coding.question import EMBARGO, NONE

# How often the rules' answer on a given pair was right without a model (plover_pairs, development data), by how many of
# the two sides stood in slots of the trigger: none (the word alone decides), one, both.
TRUST: Final = (0.51, 0.77, 0.90)
_OTHERS: Final = 15  # the types that are not the rules'


@dataclass(frozen=True, slots=True)
class PairWeights:
    """What rules and model weigh for a given pair: p(y) ∝ model(y) ** `power` · `prior`[y] · rule(y).

    `prior` by the types that are weighed together, `trust` of rule(y) by the number of sides in slots.

    Raises:
        ValueError: a weight makes no sense.
    """

    power: float
    prior: Mapping[str, float]
    trust: tuple[float, float, float]

    def __post_init__(self) -> None:
        if not 0 < self.power < float("inf"):
            raise ValueError(f"the power {self.power} is not above 0")
        if not all(0 < factor < float("inf") for factor in self.prior.values()):
            raise ValueError("a prior is not above 0")
        if not all(0 < weight < 1 for weight in self.trust):
            raise ValueError(f"the trust {self.trust} is not between 0 and 1")

    @classmethod
    def read(cls, card: Mapping[str, Any]) -> PairWeights:
        """The weights as a card has them (`asdict`)."""
        none, one, both = (float(weight) for weight in card["trust"])
        prior = {str(name): float(factor) for name, factor in dict(card["prior"]).items()}
        return cls(float(card["power"]), prior, (none, one, both))

    def weighted(self, shares: Mapping[str, float]) -> dict[str, float]:
        """The model's witness as it is weighed; the sum is 1."""
        weights = {name: share**self.power * self.prior.get(name, 1.0) for name, share in shares.items()}
        total = sum(weights.values())
        return {name: weight / total for name, weight in weights.items()}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The type decided on, its probability, that of there being no event, and who said what."""

    type: str
    probability: float
    none: float
    why: str


def decide(
    rule: str | None,
    trust: float,
    shares: Mapping[str, float] | None,
    *,
    none_trust: float = 1.0,
    allowed: Collection[str] | None = None,
) -> Verdict | None:
    """The most probable type, None if neither rules nor model have one.

    `rule` is the rules' type, `trust` how often such an answer is right; `shares` the model's probabilities
    by type, None to go by the rules alone; `none_trust` the rules' odds that a
    candidate of theirs is none, against any one other type; `allowed` the types to choose among, None for all: what
    the model gives to the others leaves the chosen one less probable.
    """
    if shares is None:
        return Verdict(rule, trust, 1 - trust, "rules") if rule else None
    weights = pool(rule, trust, shares, none_trust=none_trust)
    none = weights.pop(NONE)
    best = max((name for name in weights if allowed is None or name in allowed), key=lambda name: weights[name])
    probability = weights[best]
    if rule is None:
        why = f"model {shares[best]:.2f}"
    elif best == rule:
        why = f"rules and model {shares[best]:.2f}"
    else:
        why = f"model {shares[best]:.2f} against {rule} of the rules {shares[rule]:.2f}"
    return Verdict(best, probability, none, why)


def pool(rule: str | None, trust: float, shares: Mapping[str, float], *, none_trust: float = 1.0) -> dict[str, float]:
    """The product of both witnesses for every type of `shares`; the sum is 1. Arguments as for `decide`."""
    # To the rules an embargo is a SANCTION.
    meant = {rule, EMBARGO} if rule == "SANCTION" else {rule}
    weights = {}
    for name, share in shares.items():
        witness = 1.0 if rule is None else trust if name in meant else (1 - trust) / _OTHERS
        weights[name] = share * (witness * none_trust if name == NONE else witness)
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}

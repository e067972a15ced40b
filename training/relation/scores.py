"""How good a network is, while it is being made. What counts is measured by `detente evaluate`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import accuracy_score, f1_score

from detente.coding.question import DIRECTIONS, modes, types
from detente.coding.relation import RelationModel
from detente.records import STATUSES
from training.relation.examples import Example, accepted, contexts

_ROOTS = sorted({name for name in types()[:-2] if name not in ("CONCEDE", "RETREAT")} | {"YIELD"})


def scores(examples: Sequence[Example], logits: np.ndarray) -> dict[str, float]:
    """Accuracy and macro-F1 of the 15 classes of the published pairs."""
    shares = np.exp(logits - logits.max(1, keepdims=True))
    summed = np.stack([shares[:, list(accepted(root))].sum(1) for root in _ROOTS], axis=1)
    right = [next(number for number, root in enumerate(_ROOTS) if accepted(root) == one.types) for one in examples]
    got = summed.argmax(1)
    figures = {"accuracy": accuracy_score(right, got), "macro_f1": f1_score(right, got, average="macro")}
    return {name: round(float(value), 4) for name, value in figures.items()}


def spread(examples: Sequence[Example], logits: np.ndarray) -> str:
    """`scores` on a line."""
    return " ".join(f"{name} {value:.3f}" for name, value in scores(examples, logits).items())


def heads(examples: Sequence[Example], model: RelationModel) -> dict[str, float]:
    """Each head on own sentences that were held back: accuracy, macro-F1 of types, micro-F1 of contexts."""
    readings = model.read([one.question for one in examples])

    def best(name: str) -> list[str]:
        shares = (getattr(reading, name) for reading in readings)
        return [max(share, key=lambda label: share[label]) for share in shares]

    right = [types()[one.types[0]] for one in examples]
    got = best("types")
    figures = {"types.accuracy": accuracy_score(right, got), "types.macro_f1": f1_score(right, got, average="macro")}
    for name, attribute, labels in (
        ("modes", "mode", modes()),
        ("directions", "direction", DIRECTIONS),
        ("statuses", "status", STATUSES),
    ):
        wanted = [labels[getattr(one, attribute)] for one in examples]
        figures[f"{name}.accuracy"] = accuracy_score(wanted, best(name))
        figures[f"{name}.macro_f1"] = f1_score(wanted, best(name), average="macro", zero_division=0)
    truth = np.array([[number in (one.contexts or ()) for number in range(len(contexts()))] for one in examples])
    told = np.array([[share > 0.5 for share in reading.contexts.values()] for reading in readings])
    figures["contexts.micro_f1"] = f1_score(truth, told, average="micro")
    return {name: round(float(value), 4) for name, value in figures.items()}

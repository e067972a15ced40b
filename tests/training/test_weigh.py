"""What rules and model weigh for a given pair is fitted, and fitted by the sum that the coder does."""

from __future__ import annotations

import numpy as np
import pytest

from detente.coding.pair_reading import group_of
from detente.coding.pairs import weigh
from detente.coding.question import types
from training.relation.weigh import GROUPS, cross_fit, fit, log_shares

RNG = np.random.default_rng(3)
WANTED = [GROUPS[number] for number in RNG.integers(0, len(GROUPS), 300)]
SIDES = [row % 3 for row in range(len(WANTED))]
# The rules are silent now and then, and right in 30, 60, 90 % by the sides in slots.
RULED = [
    None if row % 10 == 9 else name if RNG.random() < 0.3 * (1 + sides) else "AID"
    for row, (name, sides) in enumerate(zip(WANTED, SIDES, strict=True))
]


def logits() -> np.ndarray:
    """Of a model that takes a third of what is no CONSULT for one, and else is right, not very surely."""
    rng = np.random.default_rng(4)
    told = rng.normal(0, 1, (len(WANTED), len(types())))
    for row, name in enumerate(WANTED):
        meant = "CONSULT" if rng.random() < 1 / 3 else "CONCEDE" if name == "YIELD" else name
        told[row, types().index(meant)] += 3
    return told


def test_rules_weigh_the_more_the_oftener_they_are_right() -> None:
    weights = fit(log_shares(logits().tolist(), 1.0), RULED, SIDES, WANTED)
    assert 1 / (1 + len(GROUPS)) < weights.trust[0] < weights.trust[1] < weights.trust[2]
    assert set(weights.prior) == set(GROUPS)
    assert weights.prior["CONSULT"] == min(weights.prior.values())


def test_the_coder_sums_as_the_fit_does() -> None:
    told = logits()
    weights = fit(log_shares(told.tolist(), 1.0), RULED, SIDES, WANTED)
    for row in range(12):
        shares = np.exp(told[row]) / np.exp(told[row]).sum()
        answer = weigh(RULED[row], weights.trust[SIDES[row]], dict(zip(types(), shares.tolist(), strict=True)), weights)
        scores = weights.power * log_shares([told[row].tolist()], 1.0)[0] + np.log([weights.prior[g] for g in GROUPS])
        if RULED[row] is not None:
            trust = weights.trust[SIDES[row]]
            scores[GROUPS.index(str(RULED[row]))] += np.log(trust / ((1 - trust) / len(GROUPS)))
        wanted = np.exp(scores) / np.exp(scores).sum()
        assert answer is not None
        assert group_of(answer[0]) == GROUPS[int(wanted.argmax())]
        assert answer[1] == pytest.approx(wanted.max(), abs=1e-6)


def test_the_weights_of_a_fold_do_not_depend_on_its_pairs() -> None:
    logs, folds = log_shares(logits().tolist(), 1.0), [row // 60 for row in range(len(WANTED))]
    one = cross_fit(logs, folds, RULED, SIDES, WANTED)
    other = cross_fit(logs, folds, RULED, SIDES, ["AID"] * 60 + WANTED[60:])
    assert one[0] == other[0]
    assert one[1] != other[1]

"""Rules and model together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.decide import PairWeights, decide
from detente.ontology import load_ontology

TYPES = [*load_ontology().types, "NONE"]


def shares(**given: float) -> dict[str, float]:
    """Probabilities by type, what is left shared by the others."""
    left = (1 - sum(given.values())) / (len(TYPES) - len(given))
    return {name: given.get(name, left) for name in TYPES}


def test_agreement_is_more_probable_than_either_alone() -> None:
    verdict = decide("AID", 0.7, shares(AID=0.6))
    assert verdict is not None
    assert verdict.type == "AID"
    assert verdict.probability > 0.7


def test_a_sure_model_overrules_the_rules_and_a_doubtful_one_does_not() -> None:
    sure, doubtful = decide("AID", 0.7, shares(REQUEST=0.995)), decide("AID", 0.7, shares(REQUEST=0.3, AID=0.2))
    assert sure is not None
    assert sure.type == "REQUEST"
    assert "against AID of the rules" in sure.why
    assert doubtful is not None
    assert doubtful.type == "AID"


def test_one_witness_alone_is_taken_at_its_word() -> None:
    by_rules, by_model = decide("AID", 0.7, None), decide(None, 0.0, shares(REQUEST=0.5))
    assert by_rules is not None and by_model is not None
    assert (by_rules.type, by_rules.probability) == ("AID", 0.7)
    assert by_model.type == "REQUEST"
    assert by_model.probability == pytest.approx(0.5)
    assert decide(None, 0.0, None) is None


@given(
    st.sampled_from(TYPES[:-1]),
    st.floats(0.05, 0.99),
    st.lists(st.floats(0.001, 1), min_size=len(TYPES), max_size=len(TYPES)),
    st.floats(0.01, 1),
)
def test_what_comes_out_are_probabilities(rule: str, trust: float, raw: list[float], none_trust: float) -> None:
    told = {name: share / sum(raw) for name, share in zip(TYPES, raw, strict=True)}
    verdict = decide(rule, trust, told, none_trust=none_trust)
    assert verdict is not None
    assert verdict.type in TYPES[:-1]
    assert 0 < verdict.probability <= 1
    assert 0 <= verdict.none < 1
    assert verdict.probability + verdict.none <= 1 + 1e-9


def test_a_prior_moves_the_models_witness_and_its_sum_stays_one() -> None:
    told = shares(REQUEST=0.4, AID=0.35)
    weighted = PairWeights(1.0, {"AID": 1.5}, (0.1, 0.2, 0.3)).weighted(told)
    assert max(weighted, key=lambda name: weighted[name]) == "AID"
    assert sum(weighted.values()) == pytest.approx(1)
    assert PairWeights(1.0, {}, (0.1, 0.2, 0.3)).weighted(told) == pytest.approx(told)


def test_less_power_leaves_the_model_less_sure() -> None:
    told = shares(REQUEST=0.8)
    assert PairWeights(0.5, {}, (0.1, 0.2, 0.3)).weighted(told)["REQUEST"] < told["REQUEST"]

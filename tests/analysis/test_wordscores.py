"""Log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from collections import Counter
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.words import FUNCTION_WORDS, stem, words_of
from detente.analysis.wordscores import log_odds, prior_of
from detente.lexicon.background import background_rates

WORDS = st.sampled_from(["peace", "trade", "taiwan", "fentanyl", "cooperation", "zebra", "the"])
FILLING = "the two ministers spoke at length about ports and roads and rivers and met again in the evening"
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(Counter)


@given(TEXTS, TEXTS)
def test_swapping_the_sides_turns_all_signs(left: Counter[str], right: Counter[str]) -> None:
    there = {score.word: score for score in log_odds(left, right, prior_of(left, right))}
    back = {score.word: score for score in log_odds(right, left, prior_of(right, left))}
    assert there.keys() == back.keys()
    assert all(isclose(there[word].z, -back[word].z, abs_tol=1e-9) for word in there)
    assert all((there[word].left, there[word].right) == (back[word].right, back[word].left) for word in there)


@given(TEXTS)
def test_equal_texts_give_zeros(text: Counter[str]) -> None:
    assert all(isclose(score.z, 0.0, abs_tol=1e-9) for score in log_odds(text, text, prior_of(text, text)))


@given(TEXTS, TEXTS)
def test_a_word_said_more_often_of_as_many_is_the_left_ones(left: Counter[str], right: Counter[str]) -> None:
    right = Counter(dict.fromkeys(left, 1))
    right["filling"] = sum(left.values()) - len(left)
    scores = {score.word: score.z for score in log_odds(left, right, prior_of(left, right))}
    assert all(scores[word] > 0 for word, count in left.items() if count > 1)


def test_the_formulas_by_hand() -> None:
    # y = 3 of 10 and 1 of 10, prior 2 of 20: log(5/25) - log(3/27), variance 1/5 + 1/3.
    (first, *_) = log_odds({"a": 3, "b": 7}, {"a": 1, "b": 9}, {"a": 2.0, "b": 18.0})
    assert first.word == "a"
    assert isclose(first.log_odds, 0.587787, abs_tol=1e-6)
    assert isclose(first.z, 0.804860, abs_tol=1e-6)


def test_what_is_common_in_other_documents_is_less_peculiar() -> None:
    left, right = (
        Counter(words_of("tariff tariff tariff talks " + FILLING)),
        Counter(words_of("peace peace talks talks " + FILLING)),
    )
    alone = {s.word: s.z for s in log_odds(left, right, prior_of(left, right))}
    known = {s.word: s.z for s in log_odds(left, right, prior_of(left, right, ["tariff"] * 50 + ["talks"] * 50))}
    assert 0 < known["tariff"] < alone["tariff"]


def test_the_background_is_a_table_of_shares() -> None:
    rates = background_rates()
    assert len(rates) == 5000
    assert 1.0 > sum(rates.values()) > 0.5
    assert {"the", "relations", "president"} <= rates.keys()


def test_words_and_stems() -> None:
    text = "The U.S. side’s third-party “re-export”, don't"
    assert list(words_of(text)) == ["the", "u.s.", "side", "third-party", "re-export", "don't"]
    assert len({stem(word) for word in ("reiterates", "reiterated", "reiterating", "reiterate")}) == 1
    assert stem("trade") != stem("trad")[:3]
    assert "not" in FUNCTION_WORDS and "talks" not in FUNCTION_WORDS

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evaluation.gold import GoldParty
from detente.evaluation.matching import best_pairs, is_org, is_place, is_side, overlaps, same_person, words
from detente.records import Actor, DateRange


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr Zelenskyy", "Zelensky", True),
        ("S. Jaishankar", "Subrahmanyam Jaishankar", True),
        ("Andrej Babiš", "Babis", True),
        ("President Enrique Pena Nieto", "Enrique Peña Nieto", True),
        ("Wang Yi", "Wang Wenbin", False),
        ("Basil Rajapaksa", "Gotabaya Rajapaksa", False),
        ("J. B.", "Joe Biden", False),
        ("", "Joe Biden", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_words_lose_accents_points_and_possessives() -> None:
    assert words("The U.N.’s Élysée") == ("the", "un", "elysee")


def test_an_organisation_may_stand_inside_a_longer_name() -> None:
    assert is_org(("EU",), Actor("org:EU", "EU foreign ministers"))
    assert is_org(("NATO",), Actor("org:NATO", "North Atlantic Treaty Organization"))
    assert not is_org(("EU",), Actor("org:AU", "African Union"))


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (DateRange(date(2022, 5, 9), date(2022, 5, 9), "explicit"), True),
        (DateRange(date(2022, 1, 1), date(2022, 12, 31), "explicit"), True),
        (DateRange(date(2020, 1, 1), date(2022, 12, 31), "explicit"), False),
        (DateRange(date(2022, 5, 11), date(2022, 5, 12), "explicit"), False),
        (DateRange(None, date(2022, 5, 12), "explicit"), False),
        (None, False),
    ],
)
def test_a_range_must_meet_the_gold_and_not_be_a_year_wider(got: DateRange | None, right: bool) -> None:
    assert overlaps(date(2022, 5, 9), date(2022, 5, 10), got) is right


def test_a_side_needs_everybody_and_nobody_else(make: Any) -> None:
    peru, chile = make.who("Peru", "PER", "Peru"), make.who("Chile", "CHL", "Chile")
    both = (GoldParty("PER"), GoldParty("CHL"))
    assert is_side(both, (chile, peru))
    assert not is_side(both, (peru,))
    assert not is_side(both[:1], (peru, chile))
    assert is_side((), (peru,))


def test_the_person_is_compared_only_where_the_gold_names_one(make: Any) -> None:
    soto = make.who("Ana Soto", "CHL", "Ana Soto")
    assert is_side((GoldParty("CHL"),), (soto,))
    assert is_side((GoldParty("CHL", person="Soto"),), (soto,))
    assert not is_side((GoldParty("CHL", person="Luis Vega"),), (soto,))
    assert is_side((GoldParty("CHL", person="Luis Vega"),), (soto,), persons=False)


def test_a_place_goes_by_its_name_or_its_division(make: Any) -> None:
    event = make.event("CONSULT", (), (), "flew to Lima", place="Lima")
    assert is_place("LIMA", event)
    assert not is_place("Cusco", event)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from([0.0, 0.5, 1.0, 7.0]), min_size=n, max_size=n), min_size=1, max_size=4
        )
    )
)
def test_pairs_are_the_best_there_are(scores: list[list[float]]) -> None:
    pairs = best_pairs(scores)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    size = max(len(scores), len(scores[0]))
    padded = [row + [0.0] * (size - len(row)) for row in scores]
    best = max(sum(row[c] for row, c in zip(padded, order, strict=False)) for order in permutations(range(size)))
    assert sum(scores[r][c] for r, c in pairs) == pytest.approx(best)


def test_nothing_pairs_with_nothing() -> None:
    assert best_pairs([]) == []
    assert best_pairs([[0.0, 0.0]]) == []

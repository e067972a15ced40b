from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.series.shifts import FEWEST, find_shifts, noise, threshold


def test_a_clear_shift_is_found_where_it_is() -> None:
    random = np.random.default_rng(3)
    values = np.concatenate([random.normal(2, 1, 14), random.normal(-2, 1, 10), random.normal(2, 1, 12)])
    shifts = find_shifts(values, np.ones(36))
    assert [shift.place for shift in shifts] == pytest.approx([14, 24], abs=1)
    assert all(shift.strength > 1 for shift in shifts)


def test_noise_alone_seldom_gives_a_shift() -> None:
    random = np.random.default_rng(4)
    found = [bool(find_shifts(random.normal(0, 3, 30), np.ones(30))) for _ in range(200)]
    assert sum(found) <= 10


def test_one_odd_period_is_no_shift() -> None:
    values = np.random.default_rng(5).normal(0, 1, 30)
    values[12] = 9
    assert find_shifts(values, np.ones(30)) == ()


def test_unsure_values_weigh_less() -> None:
    values = np.random.default_rng(6).normal(0, 1, 30)
    values[20:24] += 4
    weights = np.ones(30)
    assert find_shifts(values, weights)
    weights[20:24] = 0.02
    assert find_shifts(values, weights) == ()


def test_scale_and_level_make_no_difference() -> None:
    values = np.concatenate([np.random.default_rng(7).normal(m, 1, 12) for m in (0, 3)])
    places = [shift.place for shift in find_shifts(values, np.ones(24))]
    assert places and places == [shift.place for shift in find_shifts(values * 40 - 7, np.full(24, 0.3))]


def test_too_short_or_without_noise() -> None:
    assert find_shifts([1.0] * (FEWEST - 1), [1.0] * (FEWEST - 1)) == ()
    assert find_shifts([2.0] * 20, [1.0] * 20) == ()
    assert find_shifts([], []) == ()


def test_a_short_series_pays_more_for_its_noise() -> None:
    # In units of the log of the length, as Schwarz's criterion counts.
    assert threshold((1.0,) * 8) / np.log(8) > threshold((1.0,) * 80) / np.log(80)


def test_noise_is_that_of_a_value_of_weight_one() -> None:
    weights = np.array([1.0, 4.0] * 2000)
    values = np.random.default_rng(8).normal(0, 2, 4000) / np.sqrt(weights)
    assert noise(values[None], weights)[0] == pytest.approx(4, rel=0.1)

from __future__ import annotations

import pytest

from detente.evaluation.measures import Counts, accuracy, calibration_error, macro_f1, per_class


def test_shares_of_counts() -> None:
    counts = Counts(2, 4, 3) + Counts(1, 1, 1)
    assert (counts.precision, counts.recall) == (pytest.approx(0.6), pytest.approx(0.75))
    assert counts.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    assert Counts().f1 == Counts().precision == Counts().recall == 0.0


def test_no_answer_is_a_wrong_answer() -> None:
    wanted, got = ["AID", "AID", "REJECT"], ["AID", None, "PROTEST"]
    assert per_class(wanted, got) == {"AID": Counts(1, 1, 2), "REJECT": Counts(0, 0, 1)}
    assert macro_f1(wanted, got) == pytest.approx((2 / 3 + 0) / 2)
    assert accuracy(wanted, got) == pytest.approx(1 / 3)


def test_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    sure_and_right = [(1.0, True)] * 5
    half = [(0.55, True), (0.55, False)]
    assert calibration_error(sure_and_right) == 0.0
    assert calibration_error(sure_and_right + half) == pytest.approx(2 / 7 * 0.05)
    assert calibration_error([(1.0, False)]) == 1.0
    assert calibration_error([]) == 0.0

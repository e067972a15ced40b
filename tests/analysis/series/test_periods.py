from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.series.periods import (
    FREQUENCIES,
    check_frequency,
    day_of,
    first_days,
    label,
    number_of,
    periods_of,
    window_between,
)
from detente.errors import OptionError

DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))


@given(DAYS, st.sampled_from(FREQUENCIES))
def test_a_day_lies_in_its_period_and_the_periods_leave_no_hole(day: date, freq: str) -> None:
    window = window_between(day, day, freq)
    first, behind = (day_of(number) for number in window.starts)
    assert window.count == 1 and first <= day < behind
    assert periods_of(np.array([number_of(behind)]), freq)[0] == window.first + 1


@given(DAYS)
def test_labels_are_those_of_the_calendar(day: date) -> None:
    def called(freq: str) -> str:
        return label(day_of(first_days(periods_of(np.array([number_of(day)]), freq), freq)[0]), freq)

    year, week, _ = day.isocalendar()
    assert called("day") == day.isoformat()
    assert called("week") == f"{year}-W{week:02}"
    assert called("month") == f"{day:%Y-%m}"
    assert called("quarter") == f"{day.year}-Q{(day.month - 1) // 3 + 1}"


@given(DAYS, st.integers(0, 5000), st.sampled_from(FREQUENCIES))
def test_a_window_reaches_from_the_first_day_to_the_last(day: date, length: int, freq: str) -> None:
    until = day + timedelta(days=length)
    window = window_between(day, until, freq)
    assert day_of(window.starts[0]) <= day and until < day_of(window.starts[-1])


def test_a_frequency_that_is_not_known() -> None:
    with pytest.raises(OptionError, match="day, week, month, quarter"):
        check_frequency("year")

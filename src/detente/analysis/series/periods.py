"""Days, weeks, months and quarters as whole numbers that can be counted with, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.errors import OptionError

FREQUENCIES: Final = ("day", "week", "month", "quarter")
# 1 January 1970 was a Thursday; ISO weeks begin on Monday.
_THURSDAY: Final = 3
_EPOCH: Final = date(1970, 1, 1)
_MONTHS: Final = {"month": 1, "quarter": 3}
Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """The periods asked about, `first` to `last`, both included, as `periods_of` numbers them."""

    freq: str
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def starts(self) -> Days:
        """First day of each period, and of the one after the last."""
        return first_days(np.arange(self.first, self.last + 2), self.freq)


def window_between(since: date, until: date, freq: str) -> Window:
    """The periods from that of one day to that of another."""
    first, last = periods_of(np.array([number_of(since), number_of(until)]), freq)
    return Window(freq, int(first), int(last))


def check_frequency(freq: str) -> None:
    """Raises OptionError for a frequency that is not known."""
    if freq not in FREQUENCIES:
        raise OptionError(f"--freq {freq}: not known ({', '.join(FREQUENCIES)})")


def number_of(day: date) -> int:
    """The day as days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day that `number_of` numbered."""
    return _EPOCH + timedelta(days=int(number))


def periods_of(days: Days, freq: str) -> Days:
    """The number of the period in which each day (days since 1970) lies; periods that follow differ by one."""
    if freq == "day":
        return days
    if freq == "week":
        return (days + _THURSDAY) // 7
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // _MONTHS[freq]


def first_days(periods: Days, freq: str) -> Days:
    """The first day of each period, in days since 1970. The last is the day before the first of the next."""
    if freq == "day":
        return periods
    if freq == "week":
        return periods * 7 - _THURSDAY
    months = (periods * _MONTHS[freq]).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def label(first: date, freq: str) -> str:
    """What a period is called, by its first day: 2023-06-18, 2023-W24, 2023-06, 2023-Q2."""
    if freq == "week":
        year, week, _ = first.isocalendar()
        return f"{year:04}-W{week:02}"
    if freq == "month":
        return f"{first.year:04}-{first.month:02}"
    if freq == "quarter":
        return f"{first.year:04}-Q{(first.month + 2) // 3}"
    return first.isoformat()

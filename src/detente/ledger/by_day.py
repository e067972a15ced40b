"""Things that have a day, to be had by days without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class ByDay(Generic[Thing]):
    """Things by their days, each given with its own."""

    def __init__(self, things: Iterable[tuple[date, Thing]]) -> None:
        found = sorted(((day, number, thing) for number, (day, thing) in enumerate(things)), key=lambda one: one[:2])
        self._days = [day for day, _, _ in found]
        self._things = [(number, thing) for _, number, thing in found]

    def within(self, first: date, last: date) -> list[Thing]:
        """Those of one day to the other (both included), in the order in which they were given."""
        found = self._things[bisect_left(self._days, first) : bisect_right(self._days, last)]
        return [thing for _, thing in sorted(found, key=lambda one: one[0])]

"""What the reading of a time expression depends on: publication day, tense around it, and the date last mentioned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.coding.dates.calendar import Period

PAST: Final = -1
FUTURE: Final = 1
# "was due to visit in February": past or future of the publication, whichever is nearer.
NEAREST: Final = 2
PRESENT: Final = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression understood. `anchors`: it becomes the date last mentioned, to which "the next day" refers."""

    period: Period
    basis: str
    timex: str = "DATE"
    direction: int = 0
    anchors: bool = True


@dataclass(slots=True)
class Context:
    """`anchor` is the period last mentioned, `anchor_day` the day; `direction_at` gives PAST, FUTURE, NEAREST
    or PRESENT for the characters [start, end)."""

    published: date | None
    direction_at: Callable[[int, int], int]
    anchor: Period | None = None
    anchor_day: Period | None = None

    @property
    def origin(self) -> date | None:
        """The day from which anaphoric expressions count: the date last mentioned, else publication."""
        if self.anchor is not None and self.anchor.first is not None:
            return self.anchor.first
        return self.published


def relative(period: Period, direction: int = 0, timex: str = "DATE") -> Reading:
    return Reading(period, "relative", timex, direction)


def explicit(period: Period) -> Reading:
    return Reading(period, "explicit", "DATE")


def unknown(value: str, timex: str = "DATE", direction: int = 0) -> Reading:
    """An expression whose days cannot be told."""
    return Reading(Period(None, None, value, "?"), "relative", timex, direction, anchors=False)

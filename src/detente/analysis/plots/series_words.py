"""Changes of a series in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from detente.analysis import desk
from detente.analysis.plots.words import shown
from detente.analysis.series import Change, Driver

# More would be longer than the plot.
_MOST_TOLD: Final = 8


def told(found: Sequence[Change]) -> Iterable[str]:
    """Each change in a line, with the episodes that drive it most on both sides."""
    for number, change in enumerate(found[:_MOST_TOLD], 1):
        what = {"score": "mean score", "episodes": f"episodes a {change.freq}"}.get(change.measure, change.measure)
        gap = f" (or in the {change.gap} periods without a value before)" if change.gap else ""
        yield f"{number}. From {desk.day(change.on)}{gap}: {what} {from_to(change)}. {driven(change.drivers)}"
    if len(found) > _MOST_TOLD:
        yield f"and {desk.counted(len(found) - _MOST_TOLD, 'change')} more"


def from_to(change: Change) -> str:
    """−1.8 → 2.2: the level before and after."""
    return f"{_number(change.before)} → {_number(change.after)}"


def _number(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")


def driven(drivers: Sequence[Driver]) -> str:
    """The episodes that drive a change most, one before and one after it, each with its words."""
    parts = []
    for side, word in (("before", "Before"), ("after", "After")):
        best = sorted((d for d in drivers if d.side == side), key=lambda d: -d.share)[:1]
        parts += [f"{word}: {desk.days(d.start, d.end)}, {_deed(d)}, “{shown(d.words, 90)}”." for d in best]
    return " ".join(parts)


def _deed(driver: Driver) -> str:
    return desk.deed(driver.type, driver.mode) if driver.type in desk.KINDS else (driver.type or "event").lower()

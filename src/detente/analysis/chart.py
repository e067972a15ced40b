"""The chart of a series as plain coordinates, for whoever draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor
from typing import Final

from detente.analysis.brief_model import Point

_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 14.0, 10.0, 26.0
_HEIGHT: Final = 200.0
_WIDTH: Final = 760.0
# More labels than this run into each other.
_MOST_LABELS: Final = 12
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Tick:
    value: int
    label: str
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float


@dataclass(frozen=True, slots=True)
class Whisker:
    x: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    sure: bool
    title: str


@dataclass(frozen=True, slots=True)
class Rule:
    x: float
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Coordinates in a box of `width` by `height`. A gap in the months parts the `paths`; `rules` stand before months
    that something is to be said of."""

    width: float
    height: float
    left: float
    right: float
    title: str
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    whiskers: tuple[Whisker, ...]
    paths: tuple[str, ...]
    dots: tuple[Dot, ...]
    rules: tuple[Rule, ...] = ()


def signed(value: float | None) -> str:
    """+2.5, with a true minus; a dash for none."""
    return "–" if value is None else f"{value:+.1f}".replace("-", "−")


def chart_of(points: Sequence[Point], told: Mapping[str, str] | None = None) -> Chart | None:
    """The chart, None where no month has a value. `told` is what is to be said of months (YYYY-MM)."""
    known = [point for point in points if point.value is not None]
    if not known:
        return None
    ends = [end for p in known for end in (p.value, p.low, p.high) if end is not None]
    bottom, top = min(0, 2 * floor(min(ends) / 2)), max(2, 2 * ceil(max(ends) / 2))
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(points))

    def x(number: int) -> float:
        return round(_LEFT + step * (number + 0.5), 1)

    def y(value: float) -> float:
        return round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (top - value) / (top - bottom), 1)

    every = ceil(len(points) / _MOST_LABELS)
    labels = [Label(_month(p.month, i == 0), x(i)) for i, p in enumerate(points) if i % every == 0]
    runs = _runs(points)
    banded = [(i, p) for i, p in enumerate(points) if p.low is not None and p.high is not None]
    return Chart(
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        title="Net cooperation: " + "; ".join(_told(point) for point in known),
        ticks=tuple(Tick(v, signed(v).removesuffix(".0") if v else "0", y(v)) for v in range(bottom, top + 1, 2)),
        labels=tuple(labels),
        whiskers=tuple(Whisker(x(i), y(p.low or 0.0), y(p.high or 0.0)) for i, p in banded),
        paths=tuple(" ".join(f"{x(i)},{y(p.value or 0.0)}" for i, p in run) for run in runs if len(run) > 1),
        dots=tuple(Dot(x(i), y(p.value or 0.0), p.low is not None, _told(p)) for run in runs for i, p in run),
        rules=tuple(
            Rule(round(x(i) - step / 2, 1), told[p.month]) for i, p in enumerate(points) if told and p.month in told
        ),
    )


def _runs(points: Sequence[Point]) -> list[list[tuple[int, Point]]]:
    """Months with a value that follow each other, with their places."""
    grouped = groupby(enumerate(points), key=lambda item: item[1].value is not None)
    return [list(run) for known, run in grouped if known]


def _month(month: str, first: bool) -> str:
    """Jun, with the year in January and at the start."""
    year, number = month.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}" if first or number == "01" else _MONTHS[int(number) - 1]


def _told(point: Point) -> str:
    band = f" ({signed(point.low)} to {signed(point.high)})" if point.low is not None else ""
    return f"{_month(point.month, True)} {signed(point.value)}{band}, {point.episodes} episodes"

"""The dyads of a ledger at a glance: where each stands, drawn small.

`card_of(head) -> DyadCard` of what `ledger.browse.dyads` gives.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_model import Point
from detente.analysis.brief_series import months_between
from detente.analysis.chart import signed
from detente.analysis.proof import country_name
from detente.ledger.browse import DyadHead
from detente.ontology import load_ontology
from detente.relations import Dyad

# Months of a sparkline, at most.
_MONTHS: Final = 24
_WIDTH, _HEIGHT = 120.0, 32.0
# The scale of PLOVER.
_MOST: Final = 10.0


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line: `runs` are the polylines, parted where a month has no value; `dots` months that stand alone; `zero`
    is the height of indifference. `told` says it in words."""

    width: float
    height: float
    zero: float
    runs: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    told: str


@dataclass(frozen=True, slots=True)
class DyadCard:
    """`months` is net cooperation: the mean PLOVER score of the episodes of a month that took place."""

    dyad: Dyad
    names: tuple[str, str]
    documents: int
    fresh: int
    contact: str | None
    when: str
    how: str
    people: tuple[str, ...]
    months: tuple[Point, ...]
    spark: Spark | None


def card_of(head: DyadHead) -> DyadCard:
    """What the home page shows of a dyad."""
    months = _points(head)
    return DyadCard(
        dyad=head.dyad,
        names=(country_name(head.dyad[0]), country_name(head.dyad[1])),
        documents=head.documents,
        fresh=head.fresh,
        contact=head.contact,
        when=desk.days(head.start, head.end) if head.contact else "",
        how=desk.MODES.get(head.mode or "", head.mode or ""),
        people=head.people,
        months=months,
        spark=spark(months),
    )


def _points(head: DyadHead) -> tuple[Point, ...]:
    scores: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for month, kind, mode, number in head.months:
        scores[month].append((load_ontology().score(kind, mode), number))
    if not scores:
        return ()
    first, last = min(scores), max(scores)
    points = []
    for month in months_between(*(date.fromisoformat(f"{month}-01") for month in (first, last)))[-_MONTHS:]:
        number = sum(count for _, count in scores[month])
        mean = round(sum(score * count for score, count in scores[month]) / number, 2) if number else None
        points.append(Point(month, mean, None, None, number, 0))
    return tuple(points)


def spark(points: tuple[Point, ...]) -> Spark | None:
    """The line of some months, None where none has a value. The scale is the same for all: from −10 to 10."""
    known = [point for point in points if point.value is not None]
    if not known:
        return None
    step = _WIDTH / max(1, len(points))

    def place(number: int, value: float) -> tuple[float, float]:
        return round(step * (number + 0.5), 1), round(_HEIGHT * (_MOST - value) / (2 * _MOST), 1)

    runs: list[list[tuple[float, float]]] = [[]]
    for number, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(place(number, point.value))
    return Spark(
        width=_WIDTH,
        height=_HEIGHT,
        zero=_HEIGHT / 2,
        runs=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        told=f"Net cooperation by month, {known[0].month} to {known[-1].month}: last {signed(known[-1].value)}",
    )

"""The dyads of a ledger at a glance: where each stands, drawn small.

`card_of(head, months) -> DyadCard` of what `ledger.browse.dyads` gives, and `months_of(rows)` of what `ledger.deeds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.analysis import desk
from detente.analysis.brief_model import Point
from detente.analysis.chart import signed
from detente.analysis.proof import country_name
from detente.analysis.series.periods import day_of, label, window_between
from detente.ledger.browse import DyadHead
from detente.relations import Dyad

# Months of a sparkline, at most.
MONTHS: Final = 24
# Days of what is told of a month.
_LONGEST: Final = 31
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
    """`months` is net cooperation: the mean PLOVER score of what the two governments did in a month."""

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


def card_of(head: DyadHead, months: tuple[Point, ...] = ()) -> DyadCard:
    """What the home page shows of a dyad."""
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


def months_of(rows: pa.Table) -> dict[Dyad, tuple[Point, ...]]:
    """Mean score by month and dyad, weighted by confidence as in a series, of rows as `ledger.deeds` gives them. What
    took place in no one month that is known is left out."""
    brief = pc.less_equal(pc.days_between(rows["start"], rows["end"]), _LONGEST)
    told = rows.filter(pc.fill_null(brief, False))
    told = told.append_column("month", pc.strftime(told["start"], "%Y-%m"))
    told = told.append_column("weighted", pc.multiply(told["confidence"], told["score"]))
    sums = told.group_by(["first", "second", "month"]).aggregate(
        [("weighted", "sum"), ("confidence", "sum"), ("id", "count")]
    )
    found: dict[Dyad, dict[str, tuple[float, int]]] = defaultdict(dict)
    for row in sums.to_pylist():
        mean = row["weighted_sum"] / row["confidence_sum"]
        found[row["first"], row["second"]][row["month"]] = (round(mean, 2), row["id_count"])
    return {dyad: _points(months) for dyad, months in found.items()}


def _points(months: Mapping[str, tuple[float, int]]) -> tuple[Point, ...]:
    first, last = (date.fromisoformat(f"{month}-01") for month in (min(months), max(months)))
    window = window_between(first, last, "month")
    names = [label(day_of(start), "month") for start in window.starts[:-1]][-MONTHS:]
    known = ((name, *months.get(name, (None, 0))) for name in names)
    return tuple(Point(name, mean, None, None, number, 0) for name, mean, number in known)


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

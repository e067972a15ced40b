"""The drawing of a series: scores above, numbers below, and the changes across both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any, Final

import altair as alt

from detente.analysis.plots.model import Drawing, layered, values
from detente.analysis.plots.series_words import driven, from_to
from detente.analysis.plots.theme import DASHES, SHAPES, WIDTH, Theme
from detente.analysis.plots.timeline import instant, time_axis, time_x
from detente.analysis.series import Change

_SCORE_HEIGHT, _COUNT_HEIGHT = 250, 110
# Marks of more periods than this are smaller.
_CROWD: Final = 70
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Given:
    """Rows of a series and its changes; `names` are those of the directions, the order in which they are drawn."""

    rows: tuple[dict[str, Any], ...]
    changes: tuple[Change, ...]
    names: dict[str, str]

    def of(self, direction: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["direction"] == direction]

    @property
    def first(self) -> date:
        first: date = min(row["start"] for row in self.rows)
        return first

    @property
    def stop(self) -> date:
        """The day after the last."""
        last: date = max(row["end"] for row in self.rows)
        return last + _DAY


def draw(given: Given, theme: Theme) -> Drawing:
    axis = time_axis(given.first, given.stop)
    bare = axis.copy()
    bare["labels"] = bare["ticks"] = False
    scores = [*_gaps(given, theme, bare), *_scores(given, theme, bare), *_marks(given, theme, "score", bare)]
    counts = [*_gaps(given, theme, axis), *_counts(given, theme, axis), *_marks(given, theme, "episodes", axis)]
    return alt.vconcat(layered(scores, WIDTH, _SCORE_HEIGHT), layered(counts, WIDTH, _COUNT_HEIGHT), spacing=18)


def _x(given: Given, axis: alt.Axis) -> alt.X:
    return time_x("x", given.first, given.stop, axis)


def _middle(row: dict[str, Any]) -> float:
    return (instant(row["start"]) + instant(row["end"] + _DAY)) / 2


def _gaps(given: Given, theme: Theme, axis: alt.Axis) -> list[alt.Chart]:
    """The time of which nothing is known, shaded."""
    runs = [list(run) for gap, run in groupby(given.of("both"), lambda row: row["episodes"] is None) if gap]
    rows = [{"x": instant(run[0]["start"]), "x2": instant(run[-1]["end"] + _DAY)} for run in runs]
    return [alt.Chart(values(rows)).mark_rect(color=theme.band).encode(_x(given, axis), x2="x2")] if rows else []


def _scores(given: Given, theme: Theme, axis: alt.Axis) -> list[alt.Chart]:
    """A line, marks and a band for each direction. Periods without a score part the line, those without a band it."""
    names = list(given.names.values())
    points = [
        {
            "x": _middle(row),
            "score": row["score"],
            "low": row["score_low"],
            "high": row["score_high"],
            "who": name,
            "period": row["period"],
            "episodes": row["episodes"],
            "documents": row["documents_dyad"],
            "sure": row["score_low"] is not None,
            "said": f"{name}, {row['period']}: {row['score']:.1f}" if row["score"] is not None else "",
        }
        for direction, name in given.names.items()
        for row in given.of(direction)
    ]
    lines, bands = _runs(points, "score"), _runs(points, "low")
    ends = [row[end] for row in lines for end in ("score", "low", "high") if row[end] is not None]
    scale = alt.Scale(domain=[min(-2.0, *ends), max(2.0, *ends)], nice=True)
    y_axis = alt.Axis(title="Mean score: ← conflict | cooperation →", labelExpr=_SIGNED, tickCount=6)
    x, tones = _x(given, axis), (theme.one, theme.other)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=y_axis)

    # Marks of a crowd are smaller.
    size = 55 if len(given.of("both")) <= _CROWD else 18
    behind, before = [alt.Chart(values([{"score": 0}])).mark_rule(color=theme.soft).encode(y("score"))], []
    tips = [
        *(alt.Tooltip(f"{name}:N") for name in ("who", "period")),
        *(alt.Tooltip(f"{name}:Q", format=".2f") for name in ("score", "low", "high")),
        *(alt.Tooltip(f"{name}:Q") for name in ("episodes", "documents")),
    ]
    for name, tone, dash, shape in zip(names, tones, DASHES, SHAPES, strict=True):
        own = [row for row in bands if row["who"] == name]
        wide = alt.Chart(values([row for row in own if row["length"] > 1])).encode(x, detail="run:N")
        edge = wide.mark_line(color=tone, strokeDash=dash, strokeWidth=0.8, opacity=0.7)
        lone = alt.Chart(values([row for row in own if row["length"] == 1])).encode(x, y("low"), y2="high")
        area = wide.mark_area(color=tone, opacity=0.16).encode(y("low"), y2="high")
        behind += [area, edge.encode(y("low")), edge.encode(y("high"))] if any(r["length"] > 1 for r in own) else []
        behind += [lone.mark_rule(color=tone, opacity=0.6, strokeWidth=3)] if any(r["length"] == 1 for r in own) else []
        mine = alt.Chart(values([row for row in lines if row["who"] == name])).encode(
            x, y("score"), tooltip=tips, description=alt.Description("said:N")
        )
        fill = alt.condition("datum.sure", alt.value(tone), alt.value(theme.paper))
        before.append(
            mine.mark_point(shape=shape, stroke=tone, size=size, strokeWidth=1.6, opacity=1).encode(fill=fill)
        )
    legend = alt.Legend(symbolType="stroke", symbolSize=900, symbolStrokeWidth=2.5)
    joined = (
        alt.Chart(values(lines))
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y("score"),
            color=alt.Color("who:N", scale=alt.Scale(domain=names, range=list(tones)), legend=legend),
            strokeDash=alt.StrokeDash("who:N", scale=alt.Scale(domain=names, range=list(DASHES)), legend=legend),
            detail="run:N",
        )
    )
    return [*behind, joined, *before]


def _runs(points: Sequence[dict[str, Any]], field: str) -> list[dict[str, Any]]:
    """The points that have a value, each with the run of neighbours that it is in, and that run's length."""
    found = []
    grouped = groupby(points, key=lambda point: (point["who"], point[field] is not None))
    for number, ((_, has), group) in enumerate(grouped):
        run = list(group)
        found += [{**point, "run": number, "length": len(run)} for point in run] if has else []
    return found


_SIGNED: Final = "datum.value == 0 ? '0' : format(datum.value, '+')"


def _counts(given: Given, theme: Theme, axis: alt.Axis) -> list[alt.Chart]:
    """Bars of episodes; a tick for the documents of the period that tell of the dyad."""
    rows = [
        {
            "x": instant(row["start"]),
            "x2": instant(row["end"] + _DAY),
            "middle": _middle(row),
            "episodes": row["episodes"],
            "documents": row["documents_dyad"],
            "period": row["period"],
        }
        for row in given.of("both")
        if row["episodes"] is not None
    ]
    y = alt.Y("episodes:Q", title="Episodes", axis=alt.Axis(tickCount=4, tickMinStep=1, format="d"))
    tips = [alt.Tooltip("period:N"), alt.Tooltip("episodes:Q"), alt.Tooltip("documents:Q")]
    base = alt.Chart(values(rows))
    edge = 1 if len(rows) <= _CROWD else 0
    bars = base.mark_rect(fill=theme.soft, opacity=0.75, stroke=theme.paper, strokeWidth=edge)
    return [bars.encode(_x(given, axis), y, x2="x2", y2=alt.datum(0), tooltip=tips)]


def _marks(given: Given, theme: Theme, measure: str, axis: alt.Axis) -> list[alt.Chart]:
    """The changes of a measure, numbered as in the notes, with the levels before and after."""
    found = [(number, change) for number, change in enumerate(given.changes, 1) if change.measure == measure]
    if not found:
        return []
    rows = [
        {
            "x": instant(change.on),
            "number": f"{number}",
            "change": f"{measure} {from_to(change)}",
            "drivers": driven(change.drivers),
        }
        for number, change in found
    ]
    tips = [alt.Tooltip("change:N"), alt.Tooltip("drivers:N")]
    base = alt.Chart(values(rows)).encode(_x(given, axis), tooltip=tips)
    rule = base.mark_rule(color=theme.ink, strokeDash=[5, 3], strokeWidth=1.4)
    disc = base.mark_circle(color=theme.ink, size=260, opacity=1).encode(y=alt.value(0))
    text = base.mark_text(color=theme.paper, fontWeight="bold", fontSize=11).encode(y=alt.value(0), text="number:N")
    return [rule, *_levels(given, [change for _, change in found], measure, theme, axis), disc, text]


def _levels(given: Given, found: Sequence[Change], measure: str, theme: Theme, axis: alt.Axis) -> list[alt.Chart]:
    edges = [instant(given.first), *(instant(change.on) for change in found), instant(given.stop)]
    levels = [found[0].before, *(change.after for change in found)]
    rows = [{"x": a, "x2": b, measure: level} for (a, b), level in zip(pairwise(edges), levels, strict=True)]
    base = alt.Chart(values(rows)).encode(_x(given, axis), x2="x2", y=alt.Y(f"{measure}:Q"))
    return [base.mark_rule(color=theme.ink, strokeWidth=1.6)]

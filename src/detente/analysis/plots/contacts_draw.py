"""The drawing of contacts: a row a channel, a mark a contact or plan, labels where there is room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import altair as alt

from detente.analysis import desk
from detente.analysis.dossier import Dossier
from detente.analysis.plots.model import Drawing, label_layers, layered, pixels, values
from detente.analysis.plots.theme import WIDTH, Theme
from detente.analysis.plots.timeline import instant, time_axis, time_x
from detente.analysis.plots.words import Box, Label, Tag, box_of, placed, shown
from detente.lexicon.channels import in_order

HELD, CALL, LETTER = "met in person", "call or video", "letter"
PLANNED, DUE, OFF, SHUT = "planned", "was due, none reported", "called off or declined", "channel suspended"
# Shape of each kind, and whether it is filled; what did not take place is hollow.
_SIGNS: Final = {
    HELD: ("circle", True),
    CALL: ("triangle-up", True),
    LETTER: ("square", True),
    PLANNED: ("diamond", False),
    DUE: ("triangle-down", False),
    OFF: ("M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8", False),
}
_RADIUS: Final = 6.0
# From the outermost mark of a row to its edge, in pixels: a label has room there.
_HALF: Final = 21.0
# Marks nearer than this in a row are moved to another lane of it.
_NEAR: Final = 12.0
_LANES: Final = (0.0, -13.0, 13.0, -26.0, 26.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of the table: one contact, plan or suspension. `end` is None for a suspension that goes on."""

    channel: str
    what: str
    start: date
    end: date | None
    who: str
    place: str
    documents: int
    confidence: float | None
    id: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a channel is drawn, in pixels from the top; `bar` is the height of its suspension."""

    top: float
    middle: float
    bar: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Spot:
    mark: Mark
    x: float
    lane: float


def draw(marks: Sequence[Mark], shut: Sequence[Mark], dossier: Dossier, theme: Theme) -> Drawing:
    first, known = dossier.since, dossier.as_of
    last = max([known, *(mark.start for mark in marks)])
    # A little room on both sides, so that no mark is cut.
    room = timedelta(days=1 + (last - first).days // 60)
    start, stop = first - room, last + room
    scale = (instant(stop) - instant(start)) / WIDTH

    def x_of(day: date) -> float:
        return (instant(min(max(day, first), last)) - instant(start)) / scale

    def time_of(x: float) -> float:
        return instant(start) + round(x * scale)

    spots = _spots(marks, x_of)
    rows = _rows(spots, shut)
    height = max(row.bottom for row in rows.values())
    told = [Label(_told(mark), x_of(mark.start) + 4, rows[mark.channel].bar + 11, "left") for mark in shut]
    if last > known:
        told.append(Label("known up to here", x_of(known) - 4, 8, "right"))
    order = sorted(spots, key=lambda spot: -spot.mark.documents)
    tags = [Tag(spot.x, rows[spot.mark.channel].middle + spot.lane, _RADIUS, _texts(spot.mark)) for spot in order]
    taken = [*map(box_of, told), *(_extent(spot, rows, x_of) for spot in spots)]
    labels = [*placed(tags, WIDTH, height, taken=taken), *told]
    x, y = time_x("x", start, stop, time_axis(start, stop)), pixels("y", height, _names(rows))
    edges = alt.Chart(values([{"y": row.bottom} for row in rows.values()]))
    layers = [
        edges.mark_rule(color=theme.rule).encode(y),
        *_lines(spots, shut, rows, lambda day: time_of(x_of(day)), known, theme, x, y),
        _signs(spots, rows, time_of, theme, x, y),
        *label_layers([replace(one, x=time_of(one.x)) for one in labels], theme, x, y, halo=True),
    ]
    return layered(layers, WIDTH, height)


def _rows(spots: Sequence[_Spot], shut: Sequence[Mark]) -> dict[str, _Row]:
    """The channels that have something to show, each as high as its marks need."""
    rows, top = {}, 0.0
    for channel in in_order([*(spot.mark.channel for spot in spots), *(mark.channel for mark in shut)]):
        lanes = [spot.lane for spot in spots if spot.mark.channel == channel]
        barred = any(mark.channel == channel for mark in shut)
        middle = top + (_HALF - min(lanes) if lanes else 0.0)
        bar = middle + (max(lanes) + _HALF if lanes else 14.0)
        bottom = bar + (22.0 if barred else 0.0)
        rows[channel] = _Row(top, middle, bar, bottom)
        top = bottom
    return rows


def _extent(spot: _Spot, rows: Mapping[str, _Row], x_of: Callable[[date], float]) -> Box:
    """The room that the line of a mark's days takes."""
    y = rows[spot.mark.channel].middle + spot.lane
    return x_of(spot.mark.start), y - 1, x_of(spot.mark.end or spot.mark.start), y + 1


def _names(rows: Mapping[str, _Row]) -> alt.Axis:
    """The channels' names in the middle of their rows."""
    names = {(row.top + row.bottom) / 2: desk.capital(channel) for channel, row in rows.items()}
    label = "{" + ", ".join(f"'{y:g}': '{name}'" for y, name in names.items()) + "}[datum.value]"
    return alt.Axis(
        values=list(names), labelExpr=label, title=None, ticks=False, domain=False, grid=False, labelPadding=10
    )


def _texts(mark: Mark) -> tuple[str, ...]:
    with_place = f"{mark.short}, {mark.place}" if mark.short and mark.place else mark.short
    return tuple(text for text in dict.fromkeys((shown(with_place, 56), shown(mark.short, 48), mark.place)) if text)


def _said(mark: Mark) -> str:
    """A mark in words, for who cannot see it."""
    days = desk.days(mark.start, mark.end)
    return ", ".join(filter(None, (mark.channel, mark.what, days, mark.who, mark.place)))


def _told(mark: Mark) -> str:
    return f"suspended {mark.who}, " + (
        desk.days(mark.start, mark.end) if mark.end else f"since {desk.day(mark.start)}"
    )


def _spots(marks: Sequence[Mark], x_of: Callable[[date], float]) -> list[_Spot]:
    """Each mark in the middle of its days; those on top of each other in different lanes of their row."""
    spots: list[_Spot] = []
    for mark in marks:
        x = round((x_of(mark.start) + x_of(mark.end or mark.start)) / 2, 1)
        taken = {spot.lane for spot in spots if spot.mark.channel == mark.channel and abs(spot.x - x) < _NEAR}
        spots.append(_Spot(mark, x, next((lane for lane in _LANES if lane not in taken), 0.0)))
    return spots


def _signs(
    spots: Sequence[_Spot],
    rows: Mapping[str, _Row],
    time_of: Callable[[float], float],
    theme: Theme,
    x: alt.X,
    y: alt.Y,
) -> alt.Chart:
    points = [
        {
            "x": time_of(spot.x),
            "y": rows[spot.mark.channel].middle + spot.lane,
            "what": spot.mark.what,
            "days": desk.days(spot.mark.start, spot.mark.end),
            "who": spot.mark.who,
            "place": spot.mark.place,
            "documents": spot.mark.documents,
            "said": _said(spot.mark),
        }
        for spot in spots
    ]
    kinds = [kind for kind in _SIGNS if any(point["what"] == kind for point in points)]
    tone = {PLANNED: theme.ink, DUE: theme.ink, OFF: theme.bad}

    def scale(of: Callable[[str], str]) -> alt.Scale:
        return alt.Scale(domain=kinds, range=[of(kind) for kind in kinds])

    signs: alt.Chart = (
        alt.Chart(values(points))
        .mark_point(size=95, strokeWidth=1.8, opacity=1)
        .encode(
            x,
            y,
            shape=alt.Shape("what:N", scale=scale(lambda kind: _SIGNS[kind][0])),
            fill=alt.Fill("what:N", scale=scale(lambda kind: theme.one if _SIGNS[kind][1] else theme.paper)),
            stroke=alt.Stroke("what:N", scale=scale(lambda kind: tone.get(kind, theme.one))),
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("what", "days", "who", "place", "documents")],
            description=alt.Description("said:N"),
        )
    )
    return signs


def _lines(
    spots: Sequence[_Spot],
    shut: Sequence[Mark],
    rows: Mapping[str, _Row],
    at: Callable[[date], float],
    known: date,
    theme: Theme,
    x: alt.X,
    y: alt.Y,
) -> list[alt.Chart]:
    """The days of what is not known to the day, the suspensions, and where the time to come begins."""
    loose = [(s.mark, rows[s.mark.channel].middle + s.lane) for s in spots if s.mark.end != s.mark.start]
    bars = [(mark, rows[mark.channel].bar) for mark in shut]
    styles: list[dict[str, Any]] = [
        {"color": theme.soft, "strokeWidth": 1.2},
        {"color": theme.bad, "strokeWidth": 3, "strokeDash": [7, 4]},
    ]
    layers = []
    for found, style in zip((loose, bars), styles, strict=True):
        ends = [{"x": at(mark.start), "x2": at(mark.end or known), "y": height} for mark, height in found]
        if ends:
            layers.append(alt.Chart(values(ends)).mark_rule(**style).encode(x, y, x2="x2"))
    edge = alt.Chart(values([{"x": instant(known)}])).mark_rule(color=theme.soft, strokeDash=[2, 3])
    return [*layers, edge.encode(x)]

"""Issues by side: how often the officials of each side speak of each, and how.

issues_plot(path: Path, dossier: Dossier) -> Plot
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import altair as alt
import pyarrow as pa

from detente.analysis import desk
from detente.analysis.brief_frame import frame_of
from detente.analysis.brief_words import is_official, said_on
from detente.analysis.dossier import Dossier
from detente.analysis.plots.model import Drawing, Plot, layered, values
from detente.analysis.plots.sources import dossier_note, period
from detente.analysis.plots.theme import SHAPES, WIDTH, Theme
from detente.errors import OptionError

_CAP: Final = 15
# The mean tone of fewer statements is not drawn; the table has it.
_FEWEST: Final = 3
_STEP: Final = 34
_TONE_WIDTH: Final = 260
_SCHEMA: Final = pa.schema(
    [("issue", pa.string()), ("side", pa.string()), ("statements", pa.int32()), ("mean_tone", pa.float64())]
)


def issues_plot(path: Path, dossier: Dossier) -> Plot:
    """The statements of the officials of both sides in the period, by issue: number, and mean tone from −1 to 1.

    A statement on several issues counts for each; reprints and forecasts do not count.

    Raises:
        OptionError: no such statement is filed for these days.
    """
    frame = frame_of(dossier)
    tones: dict[tuple[str, str], list[float]] = defaultdict(list)
    without: Counter[str] = Counter()
    for telling in dossier.tellings:
        said, day = telling.statement, said_on(telling)
        wanted = said.side in dossier.dyad and dossier.within(day, day) and is_official(telling)
        if not wanted or said.side is None or said.forecast or telling.source.reprint_of is not None:
            continue
        if not said.issues:
            without[said.side] += 1
        for issue in said.issues:
            tones[issue, said.side].append(said.tone)
    if not tones:
        raise OptionError(f"{path}: no statement of either side on any issue is filed for {period(dossier)}")
    totals = Counter[str]()
    for (issue, _), found in tones.items():
        totals[issue] += len(found)
    issues = sorted(totals, key=lambda issue: (-totals[issue], issue))
    rows = [
        {
            "issue": issue,
            "side": side,
            "statements": len(tones[issue, side]),
            "mean_tone": round(fmean(tones[issue, side]), 3) if tones[issue, side] else None,
        }
        for issue in issues
        for side in dossier.dyad
    ]
    one, other = dossier.dyad
    fewer = f"; the {_CAP} most frequent of {len(issues)} issues" if len(issues) > _CAP else ""
    return Plot(
        kind="issues",
        title=f"What officials of {frame.the(one)} and {frame.the(other)} speak of",
        subtitle=f"Statements by issue and side, {period(dossier)}, in documents that tell of both{fewer}",
        notes=(
            "A statement on several issues counts for each; reprints do not count. Not shown: statements on no named "
            f"issue ({frame.name(one)} {without[one]}, {frame.name(other)} {without[other]}). Tone by the words, from "
            f"−1 to 1: the mean of {_FEWEST} statements at least.",
            dossier_note(path, dossier),
        ),
        rows=pa.Table.from_pylist(rows, _SCHEMA),
        draw=partial(_draw, rows, [(country, frame.name(country)) for country in dossier.dyad]),
    )


def _draw(rows: Sequence[dict[str, Any]], sides: Sequence[tuple[str, str]], theme: Theme) -> Drawing:
    names = dict(sides)
    issues = list(dict.fromkeys(row["issue"] for row in rows))[:_CAP]
    shown = [
        {**row, "issue": desk.capital(row["issue"]), "side": names[row["side"]]}
        for row in rows
        if row["issue"] in issues
    ]
    order = [desk.capital(issue) for issue in issues]
    y = alt.Y(
        "issue:N",
        title=None,
        scale=alt.Scale(domain=order, paddingInner=0.3, paddingOuter=0.15),
        axis=alt.Axis(domain=False, ticks=False, labelPadding=8, labelLimit=200),
    )
    both = [name for _, name in sides]
    fill = alt.Fill("side:N", scale=alt.Scale(domain=both, range=[theme.one, theme.paper]))
    stroke = alt.Stroke("side:N", scale=alt.Scale(domain=both, range=[theme.one, theme.other]))
    side = alt.YOffset("side:N", scale=alt.Scale(domain=both))
    most = max(row["statements"] for row in shown)
    x = alt.X(
        "statements:Q",
        title="Number of statements",
        scale=alt.Scale(domain=[0, most * 1.08]),
        axis=alt.Axis(values=_ticks(most), format="d"),
    )
    tips = [alt.Tooltip(f"{name}:N") for name in ("issue", "side", "statements", "mean_tone")]
    counts = alt.Chart(values([row for row in shown if row["statements"]])).encode(y=y, yOffset=side, x=x, tooltip=tips)
    bars = counts.mark_bar(strokeWidth=1.6).encode(fill=fill, stroke=stroke)
    told = counts.mark_text(align="left", dx=4, fontSize=10).encode(text="statements:Q")
    height = _STEP * len(order)
    left = layered([bars, told], WIDTH - _TONE_WIDTH - 24, height)
    if all(row["statements"] < _FEWEST for row in shown):
        return left
    return alt.hconcat(left, _tone(shown, y, both, height, theme), spacing=24)


def _ticks(most: int) -> list[int]:
    """Whole numbers from 0, six at most."""
    step = next(step for power in range(9) for step in (10**power, 2 * 10**power, 5 * 10**power) if most / step <= 5)
    return list(range(0, most + step, step))


def _tone(rows: Sequence[dict[str, Any]], y: alt.Y, both: Sequence[str], height: float, theme: Theme) -> alt.LayerChart:
    """The mean tone of each side, joined by a line."""
    fit = [row for row in rows if row["statements"] >= _FEWEST]
    reach = 0.2 + 0.2 * int(max((abs(row["mean_tone"]) for row in fit), default=0.0) / 0.2)
    x = alt.X(
        "mean_tone:Q",
        title="Mean tone: ← critical | approving →",
        scale=alt.Scale(domain=[-min(1.0, reach), min(1.0, reach)]),
        axis=alt.Axis(labelExpr="datum.value == 0 ? '0' : format(datum.value, '+.1f')", tickCount=5),
    )
    own_y = y.copy()
    own_y["axis"] = alt.Axis(labels=False, ticks=False, domain=False, grid=True)
    fill = alt.Fill("side:N", scale=alt.Scale(domain=both, range=[theme.one, theme.paper]))
    stroke = alt.Stroke("side:N", scale=alt.Scale(domain=both, range=[theme.one, theme.other]))
    shape = alt.Shape("side:N", scale=alt.Scale(domain=both, range=list(SHAPES)))
    tips = [alt.Tooltip(f"{name}:N") for name in ("issue", "side", "statements", "mean_tone")]
    base = alt.Chart(values(fit)).encode(y=own_y, x=x)
    zero = alt.Chart(values([{"mean_tone": 0}])).mark_rule(color=theme.soft, strokeWidth=1.2).encode(x=x)
    joined = base.mark_line(color=theme.soft, strokeWidth=1.2).encode(detail="issue:N")
    dots = base.mark_point(size=80, strokeWidth=1.8, opacity=1)
    marked = dots.encode(fill=fill, stroke=stroke, shape=shape, tooltip=tips)
    return layered([zero, joined, marked], _TONE_WIDTH, height)

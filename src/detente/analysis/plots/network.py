"""A network of countries: who had to do with whom, how often, and in which spirit.

network_plot(path: Path, countries: Sequence[str], since: date | None, until: date | None) -> Plot
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from math import hypot, sqrt
from pathlib import Path
from typing import Any, Final

import altair as alt
import pyarrow as pa

from detente.analysis import desk
from detente.analysis.plots.layout import positions
from detente.analysis.plots.model import Drawing, Plot, across, label_layers, layered, pixels, values
from detente.analysis.plots.scene import BAD, EVEN, GOOD, counted, load_scene, tone_of
from detente.analysis.plots.theme import WIDTH, Theme
from detente.analysis.plots.words import Box, Label, Tag, box_of, overlap, placed, shown
from detente.lexicon import load_lexicon
from detente.relations import Dyad

# More lines than this are a tangle.
_CAP: Final = 40
_MARGIN: Final = (90.0, 40.0)
_HEIGHT: Final = 500.0
# Where on a line its number may stand, the best first.
_SHARES: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
# So far apart are the boxes that keep labels off a line.
_BOX: Final = 5.0
_NARROW, _WIDEST = 1.4, 9.0
_SMALL, _LARGEST = 15.0, 26.0
_DASHES: Final = {GOOD: [1, 0], EVEN: [9, 3, 2, 3], BAD: [8, 4]}
_SCHEMA: Final = pa.schema(
    [
        ("first", pa.string()),
        ("second", pa.string()),
        ("episodes", pa.int32()),
        ("mean_score", pa.float64()),
        ("cooperation", pa.int32()),
        ("conflict", pa.int32()),
    ]
)


def network_plot(
    path: Path, countries: Sequence[str] = (), since: date | None = None, until: date | None = None
) -> Plot:
    """Countries as nodes, dyads as lines: as wide as there are episodes, solid or dashed by their mean PLOVER score.

    With one or two countries (ISO alpha-3) the dyads of either, with more those among them, with none all.

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
        OptionError: nothing that took place is filed for these countries and days.
    """
    scene = load_scene(path, partial(_wanted, frozenset(countries)), since, until)
    grouped = scene.episodes.group_by(["first", "second"], use_threads=False)
    dyads = grouped.aggregate([("score", "list"), ("confidence", "list")]).to_pylist()
    rows = [
        {"first": dyad["first"], "second": dyad["second"], **counted(dyad["score_list"], dyad["confidence_list"])}
        for dyad in dyads
    ]
    rows.sort(key=lambda row: (-row["episodes"], row["first"], row["second"]))
    known = load_lexicon().countries
    names = {iso: known[iso].name if iso in known else iso for row in rows for iso in (row["first"], row["second"])}
    called = [desk.country_in_text(names.get(iso, iso)) for iso in countries]
    whom = " or ".join(called) if len(called) < 3 else f"whom among {desk.listed(called)}"
    fewer = f"; the {_CAP} dyads with the most of {len(rows):,}" if len(rows) > _CAP else ""
    return Plot(
        kind="network",
        title=shown(f"Who dealt with {whom}" if called else "Who dealt with whom", 140),
        subtitle=f"Episodes that took place, government to government, {scene.period}{fewer}",
        notes=(
            "A line is as wide as there are episodes, the number stands on it. Its spirit is the mean PLOVER score, "
            "weighted by confidence: over 0.5 mostly cooperation, below −0.5 mostly conflict.",
            scene.sources,
        ),
        rows=pa.Table.from_pylist(rows, _SCHEMA),
        draw=partial(_draw, rows[:_CAP], names),
    )


def _wanted(countries: frozenset[str], dyad: Dyad) -> bool:
    if len(countries) > 2:
        return countries.issuperset(dyad)
    return not countries or not countries.isdisjoint(dyad)


def _draw(rows: Sequence[dict[str, Any]], names: dict[str, str], theme: Theme) -> Drawing:
    totals = Counter[str]()
    for row in rows:
        totals.update({row["first"]: row["episodes"], row["second"]: row["episodes"]})
    nodes = sorted(totals, key=lambda iso: (-totals[iso], iso))
    shares = positions(nodes, [(row["first"], row["second"]) for row in rows])
    width, height = float(WIDTH), _HEIGHT if len(nodes) > 3 else _HEIGHT / 2
    spots = {
        iso: (_MARGIN[0] + x * (width - 2 * _MARGIN[0]), _MARGIN[1] + y * (height - 2 * _MARGIN[1]))
        for iso, (x, y) in shares.items()
    }
    radius = {iso: _SMALL + (_LARGEST - _SMALL) * sqrt(totals[iso] / totals[nodes[0]]) for iso in nodes}
    x, y = across("x", width), pixels("y", height)
    most = max(row["episodes"] for row in rows)
    lines = [_line(row, spots, names, most) for row in rows]
    discs = [(x - radius[iso], y - radius[iso], x + radius[iso], y + radius[iso]) for iso, (x, y) in spots.items()]
    numbers = _numbers(lines, discs)
    names_of = {iso: shown(names[iso], 30) for iso in nodes}
    tags = [Tag(*spots[iso], radius[iso], (names_of[iso],)) for iso in nodes]
    taken = [*discs, *(box_of(number, 10) for number in numbers)]
    named = placed(tags, width, height, 12, [*taken, *(box for line in lines for box in _along(line))])
    # Rather over a line than not at all.
    left = [tag for tag in tags if tag.texts[0] not in {label.text for label in named}]
    named += placed(left, width, height, 12, [*taken, *(box_of(label, 12) for label in named)])
    layers = [
        _lines(lines, theme, x, y),
        *label_layers(numbers, theme, x, y, size=10, halo=True),
        *_nodes([(iso, *spots[iso], radius[iso], totals[iso]) for iso in nodes], names, theme, x, y),
        *label_layers(named, theme, x, y, size=12, halo=True),
    ]
    return layered(layers, width, height)


def _line(
    row: dict[str, Any], spots: dict[str, tuple[float, float]], names: dict[str, str], most: int
) -> dict[str, Any]:
    (x, y), (x2, y2) = spots[row["first"]], spots[row["second"]]
    dyad, spirit = f"{names[row['first']]} and {names[row['second']]}", tone_of(row["mean_score"])
    return {
        "x": x,
        "y": y,
        "x2": x2,
        "y2": y2,
        "dyad": dyad,
        "spirit": spirit,
        "said": f"{dyad}: {desk.counted(row['episodes'], 'episode')}, {spirit}",
        "episodes": row["episodes"],
        "mean score": row["mean_score"],
        "wide": round(_NARROW + (_WIDEST - _NARROW) * sqrt((row["episodes"] - 1) / max(1, most - 1)), 2),
    }


def _numbers(lines: Sequence[dict[str, Any]], taken: Sequence[Box]) -> list[Label]:
    """The number of episodes on each line, near its middle, where there is room."""
    labels: list[Label] = []
    boxes = list(taken)
    for line in lines:
        for share in _SHARES:
            x = line["x"] + (line["x2"] - line["x"]) * share
            y = line["y"] + (line["y2"] - line["y"]) * share
            label = Label(f"{line['episodes']}", round(x, 1), round(y, 1), "center")
            if not any(overlap(box_of(label, 10), box) for box in boxes):
                labels.append(label)
                boxes.append(box_of(label, 10))
                break
    return labels


def _along(line: dict[str, Any]) -> Iterable[Box]:
    """The room that a line takes, in small boxes."""
    long, half = hypot(line["x2"] - line["x"], line["y2"] - line["y"]), line["wide"] / 2
    count = 1 + int(long / _BOX)
    for i in range(count + 1):
        x = line["x"] + (line["x2"] - line["x"]) * i / count
        y = line["y"] + (line["y2"] - line["y"]) * i / count
        yield x - half, y - half, x + half, y + half


def _lines(lines: Sequence[dict[str, Any]], theme: Theme, x: alt.X, y: alt.Y) -> alt.Chart:
    kinds = [kind for kind in _DASHES if any(line["spirit"] == kind for line in lines)]
    tone = {GOOD: theme.good, EVEN: theme.soft, BAD: theme.bad}
    legend = alt.Legend(symbolType="stroke", symbolSize=900, symbolStrokeWidth=2.5)
    colours = alt.Scale(domain=kinds, range=[tone[kind] for kind in kinds])
    dashes = alt.Scale(domain=kinds, range=[_DASHES[kind] for kind in kinds])
    drawn: alt.Chart = (
        alt.Chart(values(lines))
        .mark_rule(opacity=0.85)
        .encode(
            x,
            y,
            x2="x2",
            y2="y2",
            color=alt.Color("spirit:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash("spirit:N", scale=dashes, legend=legend),
            strokeWidth=alt.StrokeWidth("wide:Q", scale=None),
            description=alt.Description("said:N"),
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("dyad", "episodes", "spirit", "mean score")],
        )
    )
    return drawn


def _nodes(
    nodes: Sequence[tuple[str, float, float, float, int]], names: dict[str, str], theme: Theme, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """A disc with the country's code in it."""
    rows = [
        {"x": at, "y": high, "area": round((2 * radius) ** 2), "iso": iso, "country": names[iso], "episodes": total}
        for iso, at, high, radius, total in nodes
    ]
    base = alt.Chart(values(rows)).encode(x, y)
    discs = base.mark_circle(color=theme.paper, stroke=theme.ink, strokeWidth=1.6, opacity=1).encode(
        size=alt.Size("area:Q", scale=None), tooltip=[alt.Tooltip("country:N"), alt.Tooltip("episodes:Q")]
    )
    return [discs, base.mark_text(fontSize=11, fontWeight="bold").encode(text="iso:N")]

"""A map of events: where things took place, how many, and in which spirit.

map_plot(path: Path, countries: Sequence[str], since: date | None, until: date | None) -> Plot
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from math import sqrt
from pathlib import Path
from typing import Any, Final

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from detente.analysis import desk
from detente.analysis.plots.globe import globe_for, land
from detente.analysis.plots.model import Drawing, Plot, across, label_layers, layered, pixels, values
from detente.analysis.plots.scene import BAD, EVEN, GOOD, counted, load_scene, tone_of
from detente.analysis.plots.theme import WIDTH, Theme
from detente.analysis.plots.words import Tag, placed, shown
from detente.errors import OptionError
from detente.lexicon import load_lexicon
from detente.relations import Dyad

_SHAPES: Final = {GOOD: "circle", EVEN: "diamond", BAD: "triangle-up"}
_SMALL, _LARGEST = 4.0, 17.0
_SCHEMA: Final = pa.schema(
    [
        ("place", pa.string()),
        ("country", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("whole_country", pa.bool_()),
        ("episodes", pa.int32()),
        ("mean_score", pa.float64()),
        ("cooperation", pa.int32()),
        ("conflict", pa.int32()),
    ]
)


def map_plot(path: Path, countries: Sequence[str] = (), since: date | None = None, until: date | None = None) -> Plot:
    """Places as marks: as large as there are episodes, their shape by the mean PLOVER score.

    With two countries (ISO alpha-3) or more what is between them, with one what it has to do with any, with none all.

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
        OptionError: nothing that took place at a known place is filed for these countries and days.
    """
    scene = load_scene(path, partial(_wanted, frozenset(countries)), since, until)
    # The same thing may have happened in several dyads.
    first = {tuple(reports): at for at, reports in reversed(list(enumerate(scene.episodes["reports"].to_pylist())))}
    distinct = scene.episodes.take(sorted(first.values()))
    spotted = distinct.filter(pc.and_(pc.is_valid(distinct["lat"]), pc.is_valid(distinct["lon"])))
    if not spotted.num_rows:
        raise OptionError(f"{path}: nothing that took place at a known place is filed for {scene.period}")
    known = load_lexicon().countries
    grouped = spotted.group_by(["place", "place_country", "lat", "lon"], use_threads=False)
    rows = []
    for spot in grouped.aggregate([("score", "list"), ("confidence", "list")]).to_pylist():
        place, country = spot["place"] or "", spot["place_country"] or ""
        rows.append(
            {
                "place": shown(place, 60),
                "country": country,
                "lat": spot["lat"],
                "lon": spot["lon"],
                "whole_country": country in known and place in (known[country].name, country),
                **counted(spot["score_list"], spot["confidence_list"]),
            }
        )
    rows.sort(key=lambda row: (-row["episodes"], row["place"], row["lat"], row["lon"]))
    among = desk.listed([desk.country_in_text(known[iso].name if iso in known else iso) for iso in countries])
    between = f" between {among}" if len(countries) > 1 else f" with {among}" if countries else ""
    return Plot(
        kind="map",
        title=shown(f"Where it took place: events{between}" if countries else "Where it took place", 140),
        subtitle=(
            f"Episodes that took place, government to government, {scene.period}; of {distinct.num_rows:,} the place "
            f"of {spotted.num_rows:,} is known"
        ),
        notes=(
            "A mark is as large as there are episodes, the number stands beside the name; hollow where only the "
            "country is named. Spirit: mean PLOVER score, weighted by confidence, over 0.5 mostly cooperation, below "
            "−0.5 mostly conflict.",
            "Coastlines: Natural Earth, 1:50 million. No borders are drawn. Places: GeoNames.",
            scene.sources,
        ),
        rows=pa.Table.from_pylist(rows, _SCHEMA),
        draw=partial(_draw, rows),
    )


def _wanted(countries: frozenset[str], dyad: Dyad) -> bool:
    if len(countries) > 1:
        return countries.issuperset(dyad)
    return not countries or not countries.isdisjoint(dyad)


def _draw(rows: Sequence[dict[str, Any]], theme: Theme) -> Drawing:
    globe = globe_for([(row["lon"], row["lat"]) for row in rows], WIDTH)
    most = max(row["episodes"] for row in rows)
    points, tags = [], []
    for row in rows:
        x_, y_ = globe.at((row["lon"], row["lat"]))
        radius = max(_SMALL, _LARGEST * sqrt(row["episodes"] / max(most, 6)))
        points.append(
            {
                **row,
                "x": round(x_, 1),
                "y": round(y_, 1),
                "area": round(3.2 * radius**2),
                "spirit": tone_of(row["mean_score"]),
                "said": f"{row['place']}: {desk.counted(row['episodes'], 'episode')}, {tone_of(row['mean_score'])}",
            }
        )
        tags.append(Tag(x_, y_, radius, (f"{row['place']} {row['episodes']}",)))
    x, y = across("x", globe.width), pixels("y", globe.height)
    ground = (
        alt.Chart(values(land(globe)))
        .mark_geoshape(fill=theme.band, stroke=theme.soft, strokeWidth=0.6, clip=True, aria=False)
        .properties(projection=globe.projection())
    )
    layers = [
        ground,
        _marks(points, theme, x, y),
        *label_layers(placed(tags, globe.width, globe.height), theme, x, y, halo=True),
    ]
    frame = alt.ViewBackground(stroke=theme.rule)
    return layered(layers, globe.width, globe.height).properties(view=frame)


def _marks(points: Sequence[dict[str, Any]], theme: Theme, x: alt.X, y: alt.Y) -> alt.Chart:
    kinds = [kind for kind in _SHAPES if any(point["spirit"] == kind for point in points)]
    tone = {GOOD: theme.good, EVEN: theme.soft, BAD: theme.bad}
    colours = alt.Scale(domain=kinds, range=[tone[kind] for kind in kinds])
    marks: alt.Chart = (
        alt.Chart(values(points))
        .mark_point(strokeWidth=1.6, opacity=1)
        .encode(
            x,
            y,
            shape=alt.Shape("spirit:N", scale=alt.Scale(domain=kinds, range=[_SHAPES[kind] for kind in kinds])),
            stroke=alt.Stroke("spirit:N", scale=colours),
            fill=alt.Fill("spirit:N", scale=colours),
            fillOpacity=alt.condition("datum.whole_country", alt.value(0), alt.value(0.75)),
            size=alt.Size("area:Q", scale=None),
            description=alt.Description("said:N"),
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("place", "country", "episodes", "spirit", "mean_score")],
        )
    )
    return marks

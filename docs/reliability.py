"""How far confidence can be read as a probability: measures it, keeps the points, draws them.

The points are kept in reliability.json, so that the page can be written without measuring again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import altair as alt
from pages import DOCS

from detente.coding import Coder
from detente.evaluation import load
from detente.evaluation.data import examples
from detente.evaluation.gold import read_marked
from detente.evaluation.marked import score
from detente.evaluation.measures import calibration_error
from detente.settings import load_settings

POINTS = DOCS / "reliability.json"
PLOT = DOCS / "reliability.svg"
BINS: Final = 10
# Series, what each is called in the legend, and its colour: legible on white and on black.
SERIES: Final = {
    "plover_pairs": ("type of a given pair (plover_pairs)", "#1f9e89"),
    "unseen": ("events of unseen articles (unseen)", "#d1702c"),
}
_GREY: Final = "#808080"

Series = Mapping[str, Any]


def pairs_of(name: str, coder: Coder) -> list[tuple[float, bool]]:
    """Confidence of each answer, and whether it was right.

    Of articles every coded event counts, as in `calibration.ece`; the predictions of `detente evaluate unseen` have a
    row for each marked event only, and would leave out what was coded and should not have been.
    """
    if name == "unseen":
        articles = [read_marked(path) for path in sorted((examples() / "final").glob("*.gold.json"))]
        return [pair for one in articles for pair in score(one, coder.code(one.document)).calibration]
    rows = load(name)(coder, None).predictions
    return [(float(row["confidence"]), bool(row["right"])) for row in rows if row["confidence"] is not None]


def series(name: str, pairs: Iterable[tuple[float, bool]]) -> dict[str, Any]:
    """Mean confidence, share right and count of each bin of equal width that is not empty; and the ECE over all."""
    answers = list(pairs)
    cells: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        cells.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    points = [
        {
            "bin": number / BINS,
            "confidence": round(sum(confidence for confidence, _ in cell) / len(cell), 4),
            "right": round(sum(right for _, right in cell) / len(cell), 4),
            "count": len(cell),
        }
        for number, cell in sorted(cells.items())
    ]
    return {"name": name, "items": len(answers), "ece": round(calibration_error(answers, BINS), 4), "points": points}


def measure(names: Iterable[str]) -> None:
    """Measure these series anew and keep them with the others; draw all."""
    coder = Coder(**load_settings().for_coder)
    kept = {one["name"]: one for one in read()}
    for name in names:
        print(f"measuring {name}", flush=True)
        kept[name] = {**series(name, pairs_of(name, coder)), "coder": coder.name}
    found = [kept[name] for name in SERIES if name in kept]
    POINTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    draw(found, PLOT)


def read(path: Path = POINTS) -> list[dict[str, Any]]:
    """The series kept, none if there are none."""
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return found


def draw(found: Iterable[Series], path: Path) -> None:
    """The plot as SVG, on no background."""
    found = list(found)
    label = {one["name"]: f"{SERIES[one['name']][0]}: ECE {one['ece']:.3f}, n = {one['items']}" for one in found}
    rows = [{**point, "series": label[one["name"]]} for one in found for point in one["points"]]
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("confidence:Q", scale=scale, title="confidence, mean of the bin"),
        y=alt.Y("right:Q", scale=scale, title="share that was right"),
        color=alt.Color(
            "series:N",
            scale=alt.Scale(domain=list(label.values()), range=[SERIES[name][1] for name in label]),
            legend=alt.Legend(title=None, orient="top", direction="vertical", labelLimit=0),
        ),
    )
    diagonal = (
        alt.Chart(alt.InlineData(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}]))
        .mark_line(color=_GREY, strokeDash=[4, 4])
        .encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale))
    )
    points = base.mark_circle(opacity=0.85).encode(
        size=alt.Size(
            "count:Q",
            scale=alt.Scale(type="sqrt", range=[20, 500]),
            legend=alt.Legend(title="answers", symbolFillColor=_GREY, symbolStrokeColor=_GREY),
        )
    )
    chart = alt.layer(diagonal, base.mark_line(strokeWidth=1.5), points).properties(
        width=420, height=420, background="transparent"
    )
    chart = chart.configure_axis(
        labelColor=_GREY, titleColor=_GREY, gridColor=_GREY, gridOpacity=0.2, domainColor=_GREY, tickColor=_GREY
    )
    chart.configure_legend(labelColor=_GREY, titleColor=_GREY).configure_view(stroke=None).save(path, format="svg")

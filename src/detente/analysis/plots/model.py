"""What a plot is: words, rows and a way to draw them; and the frame of title and sources around every drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import altair as alt
import pyarrow as pa

from detente.analysis.plots.theme import WIDTH, Theme, config_of, theme_named
from detente.analysis.plots.words import Label, lines_of

Drawing: TypeAlias = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart
_NOTE_SIZE: Final = 11
# Title and notes may be as wide as the drawing with its axis.
_FULL: Final = WIDTH + 80


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot before it is drawn.

    `rows` are the values behind it, one row a mark, fit for a CSV file. `notes` say what is left out, and the sources.
    `draw` gives the drawing in a theme, without title and notes.
    """

    kind: str
    title: str
    subtitle: str
    notes: tuple[str, ...]
    rows: pa.Table
    draw: Callable[[Theme], Drawing]

    def chart(self, theme: str = "light") -> alt.VConcatChart:
        """The plot as an Altair chart, with title, notes and the look of the theme ("light" or "dark").

        Raises:
            OptionError: there is no such theme.
        """
        look = theme_named(theme)
        title = alt.TitleParams(
            lines_of(self.title, _FULL, 17), subtitle=lines_of(self.subtitle, _FULL), anchor="start", offset=14
        )
        notes = [line for note in self.notes for line in lines_of(note, _FULL, _NOTE_SIZE)]
        foot = alt.TitleParams(
            notes,
            anchor="start",
            orient="bottom",
            fontSize=_NOTE_SIZE,
            fontWeight="normal",
            color=look.soft,
            offset=12,
        )
        # Its legends stay below the title.
        own = alt.LegendResolveMap(
            color="independent",
            fill="independent",
            shape="independent",
            stroke="independent",
            strokeDash="independent",
        )
        resolve = alt.Resolve(legend=own)
        body = alt.VConcatChart(vconcat=[self.draw(look)], title=title, resolve=resolve)
        return alt.VConcatChart(vconcat=[body], title=foot, resolve=resolve, config=config_of(look))

    def spec(self, theme: str = "light") -> dict[str, Any]:
        """The chart as a Vega-Lite specification with its data in it."""
        spec: dict[str, Any] = self.chart(theme).to_dict()
        return spec


def values(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Rows as the data of a layer."""
    return alt.InlineData(values=list(rows))


def layered(layers: Sequence[alt.Chart], width: float, height: float) -> alt.LayerChart:
    """Layers as one drawing of so many pixels."""
    return alt.LayerChart(layer=list(layers), width=width, height=height)


def pixels(field: str, height: float, axis: alt.Axis | None = None) -> alt.Y:
    """A vertical place in pixels from the top."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=axis)


def across(field: str, width: float, axis: alt.Axis | None = None) -> alt.X:
    """A horizontal place in pixels from the left."""
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, width], range=[0, width], nice=False), axis=axis)


def label_layers(
    labels: Sequence[Label], theme: Theme, x: alt.X, y: alt.Y, size: float = 11, halo: bool = False
) -> list[alt.Chart]:
    """Texts at their places, which `x` and `y` read from fields of these names; with `halo` an edge in the colour of
    the paper parts them from what lies below."""
    layers = []
    for align in ("left", "center", "right"):
        rows = [{"x": one.x, "y": one.y, "text": one.text} for one in labels if one.align == align]
        if not rows:
            continue
        texts = alt.Chart(values(rows)).encode(x, y, alt.Text("text:N"))
        style: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": size}
        if halo:
            layers.append(texts.mark_text(**style, stroke=theme.paper, strokeWidth=3, strokeJoin="round", aria=False))
        layers.append(texts.mark_text(**style, color=theme.ink))
    return layers

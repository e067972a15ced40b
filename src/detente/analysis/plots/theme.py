"""How all plots look: colours, dashes, shapes, type, light and dark.

Colour is never the only sign: who or what a mark stands for is told by its dash or shape and by a word beside it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from detente.errors import OptionError

# In every build of vl-convert, so that all machines measure texts alike; the rest is for whoever opens an SVG.
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH: Final = 760
# Of what is drawn of the first and the second side.
DASHES: Final = ([1, 0], [6, 3])
SHAPES: Final = ("circle", "square")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb. Text (`ink`, `soft`) has a contrast of 4.5 to `paper` at least, what is drawn one of 3.

    `one` and `other` are the two sides, `good` and `bad` cooperation and conflict; the two of a pair differ in
    lightness. `rule` is for grids, `band` for what lies behind: uncertainty, land.
    """

    name: str
    paper: str
    ink: str
    soft: str
    rule: str
    band: str
    one: str
    other: str
    good: str
    bad: str


LIGHT: Final = Theme(
    "light", "#ffffff", "#1a1d21", "#59616b", "#d5d9de", "#e4e7eb", "#0b4f9c", "#d0660a", "#0a5c46", "#d13a2f"
)
DARK: Final = Theme(
    "dark", "#15181c", "#e4e7eb", "#a0a8b3", "#3a4048", "#2b3138", "#9cc8f7", "#d9822b", "#8fe0bb", "#e0675c"
)
THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_named(name: str) -> Theme:
    """The theme of that name.

    Raises:
        OptionError: there is none.
    """
    if name not in THEMES:
        raise OptionError(f"theme {name!r} is not known ({', '.join(THEMES)})")
    return THEMES[name]


def config_of(theme: Theme) -> dict[str, Any]:
    """Vega-Lite's configuration for a theme."""
    words = {"labelColor": theme.ink, "titleColor": theme.ink, "labelFontSize": 12, "titleFontSize": 12}
    return {
        "background": theme.paper,
        "font": FONT,
        "padding": 16,
        "view": {"stroke": None},
        "text": {"color": theme.ink, "fontSize": 11},
        "rule": {"color": theme.soft},
        "title": {"color": theme.ink, "subtitleColor": theme.soft, "fontSize": 17, "subtitleFontSize": 12},
        "axis": {
            **words,
            "titleFontWeight": "normal",
            "gridColor": theme.rule,
            "domainColor": theme.soft,
            "tickColor": theme.soft,
        },
        "legend": {**words, "orient": "top", "direction": "horizontal", "title": None, "symbolSize": 90},
    }

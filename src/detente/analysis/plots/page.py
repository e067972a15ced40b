"""A plot as a page: one file that needs no other and no network, with tooltips, and the rows as a table below."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import vl_convert
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from detente.analysis.plots.model import Plot
from detente.analysis.plots.theme import theme_named
from detente.analysis.plots.write import GRAMMAR, cell

# A longer table makes the page slow; the CSV has all.
_MOST_ROWS: Final = 500
# `ast` has expressions interpreted, so that the page may forbid code that is made while it runs. Vega would warn of
# layers that each give the same domain of a scale; errors are still told.
_START: Final = """\
const spec = JSON.parse(document.getElementById("spec").textContent);
const actions = {export: true, source: false, compiled: false, editor: false};
const options = {mode: "vega-lite", renderer: "svg", ast: true, logLevel: 1, actions,
  downloadFileName: spec.usermeta.name, tooltip: {theme: spec.usermeta.theme}};
await vegaEmbed("#plot", spec, options);
document.querySelector("#plot > details > summary").setAttribute("aria-label", "Save the picture");
"""


def to_page(plot: Plot, theme: str = "light") -> str:
    """The plot as HTML. Nothing in it refers to another file or host, and its policy forbids that any is fetched.

    Raises:
        OptionError: the theme is not known.
    """
    spec = {**plot.spec(theme), "usermeta": {"name": f"detente-{plot.kind}", "theme": theme}}
    # An address, even if nobody asks there.
    del spec["$schema"]
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _template().render(
        plot=plot,
        look=theme_named(theme),
        columns=plot.rows.column_names,
        rows=[[cell(value) for value in row.values()] for row in plot.rows.slice(0, _MOST_ROWS).to_pylist()],
        more=max(0, plot.rows.num_rows - _MOST_ROWS),
        spec=Markup(_embedded(spec)),
        script=Markup(script),
        digest=digest,
    )


def _embedded(value: Any) -> str:
    """JSON that cannot end the element it stands in, whatever its texts say."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@lru_cache(maxsize=1)
def _script() -> str:
    """Vega, Vega-Lite and Vega-Embed, and the start of the plot."""
    return str(vl_convert.javascript_bundle(snippet=_START, vl_version=GRAMMAR))


@lru_cache(maxsize=1)
def _template() -> Template:
    source = (files("detente.analysis") / "templates" / "plot.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    return environment.from_string(source)

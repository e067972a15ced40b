"""A plot as a file: SVG, PNG, PDF, a page that needs nothing else, or the rows behind it.

The same plot gives the same bytes with the same versions of altair and vl-convert; of a PDF only what is drawn is the
same, since its writer numbers fonts and shades in no fixed order.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import vl_convert

from detente.analysis.plots.model import Plot
from detente.errors import OptionError

FORMATS: Final = ("svg", "png", "pdf", "html", "csv")
# The grammar of the altair that is pinned: what vl-convert is to read.
GRAMMAR: Final = "6.4"
_CLIP: Final = re.compile(r'<clipPath id="(clip\d+)">')
# Pixels of a PNG for each of an SVG.
_SCALE: Final = 2


def format_for(out: Path) -> str:
    """The format told by the ending of a file.

    Raises:
        OptionError: the ending is not one of `FORMATS`.
    """
    ending = out.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        said = f"ending {out.suffix!r} is not known" if ending else "has no ending that says the format"
        raise OptionError(f"{out}: {said} ({', '.join(FORMATS)})")
    return ending


def rendered(plot: Plot, format: str, theme: str = "light") -> bytes:
    """The plot in one of `FORMATS`. In CSV lists are parted by "; "; days are ISO 8601.

    Raises:
        OptionError: the format or theme is not known.
    """
    if format == "csv":
        return _csv(plot)
    if format == "svg":
        return _svg(plot, theme)
    if format == "png":
        return bytes(vl_convert.svg_to_png(_svg(plot, theme).decode(), ppi=72 * _SCALE))
    if format == "pdf":
        return bytes(vl_convert.svg_to_pdf(_svg(plot, theme).decode()))
    if format == "html":
        from detente.analysis.plots.page import to_page

        return to_page(plot, theme).encode()
    raise OptionError(f"format {format!r} is not known ({', '.join(FORMATS)})")


def _svg(plot: Plot, theme: str) -> bytes:
    """With title and description first, which screen readers read out."""
    drawn = vl_convert.vegalite_to_svg(plot.spec(theme), vl_version=GRAMMAR)
    # Vega numbers the clips of a process, and not those of a drawing.
    for number, id in enumerate(dict.fromkeys(_CLIP.findall(drawn))):
        drawn = drawn.replace(f'<clipPath id="{id}">', f'<clipPath id="part{number}">')
        drawn = drawn.replace(f'clip-path="url(#{id})"', f'clip-path="url(#part{number})"')
    head, bracket, rest = drawn.partition(">")
    words = f"<title>{escape(plot.title)}</title><desc>{escape(' '.join((plot.subtitle, *plot.notes)))}</desc>"
    return f"{head}{bracket}{words}{rest}\n".encode()


def _csv(plot: Plot) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(plot.rows.column_names)
    writer.writerows([cell(value) for value in row.values()] for row in plot.rows.to_pylist())
    return text.getvalue().encode()


def cell(value: object) -> str:
    """A value as text: nothing for None, the parts of a list parted by "; "."""
    if isinstance(value, list):
        return "; ".join(cell(part) for part in value)
    return "" if value is None else str(value)

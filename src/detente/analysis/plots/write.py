"""A plot as a file: SVG, PNG, PDF, a page that needs nothing else, or the rows behind it. All bytes depend on the plot
and the versions of altair and vl-convert alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import vl_convert

from detente.analysis.plots.model import Plot
from detente.errors import OptionError

FORMATS: Final = ("svg", "png", "pdf", "html", "csv")
# The grammar of the altair that is pinned: what vl-convert is to read.
GRAMMAR: Final = "6.4"
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
        return bytes(vl_convert.vegalite_to_png(plot.spec(theme), vl_version=GRAMMAR, ppi=72 * _SCALE))
    if format == "pdf":
        return bytes(vl_convert.vegalite_to_pdf(plot.spec(theme), vl_version=GRAMMAR))
    if format == "html":
        from detente.analysis.plots.page import to_page

        return to_page(plot, theme).encode()
    raise OptionError(f"format {format!r} is not known ({', '.join(FORMATS)})")


def _svg(plot: Plot, theme: str) -> bytes:
    """With title and description first, which screen readers read out."""
    drawn = vl_convert.vegalite_to_svg(plot.spec(theme), vl_version=GRAMMAR)
    head, bracket, rest = drawn.partition(">")
    words = f"<title>{escape(plot.title)}</title><desc>{escape(' '.join((plot.subtitle, *plot.notes)))}</desc>"
    return f"{head}{bracket}{words}{rest}\n".encode()


def _csv(plot: Plot) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(plot.rows.column_names)
    writer.writerows([_cell(value) for value in row.values()] for row in plot.rows.to_pylist())
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    return "" if value is None else str(value)

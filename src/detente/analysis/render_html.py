"""The brief as one self-contained HTML file: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from detente.analysis.brief_model import Brief
from detente.analysis.chart import chart_of, signed

_FOLDER = files("detente.analysis") / "templates"


def to_html(brief: Brief) -> str:
    """The page; the same brief gives the same bytes. All text is escaped, for sources may be hostile."""
    environment = Environment(
        loader=FunctionLoader(lambda name: (_FOLDER / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    # Our own file, put into a <style>, where escapes would not be read.
    css = Markup((_FOLDER / "brief.css").read_text(encoding="utf-8"))
    template = environment.get_template("brief.html.j2")
    return template.render(brief=brief, css=css, chart=chart_of(brief.series), signed=signed, back=back_links(brief))


def back_links(brief: Brief) -> dict[str, list[str]]:
    """By note: the anchors of the rows that cite it."""
    back: dict[str, dict[str, None]] = {}
    for line in brief.headline:
        for note in line.notes:
            back.setdefault(note, {})["headline"] = None
    for section in brief.sections:
        for number, row in enumerate(section.rows, start=1):
            for note in (note for cell in row.cells for line in cell for note in line.notes):
                back.setdefault(note, {})[f"r-{section.key}-{number}"] = None
    return {note: list(anchors) for note, anchors in back.items()}

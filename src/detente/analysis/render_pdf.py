"""The brief as a PDF, typeset by Typst with the fonts that come with it; no browser, no network, no system fonts."""

from __future__ import annotations

import json
from importlib.resources import files

import typst

from detente.analysis.brief_model import Brief
from detente.analysis.chart import signed


def to_pdf(brief: Brief) -> bytes:
    """A tagged PDF of A4 pages; the same brief gives the same bytes, for it holds no day of making."""
    template = (files("detente.analysis") / "templates" / "brief.typ").read_bytes()
    data = brief.to_dict()
    for point in data["series"]:
        point["shown"] = signed(point["value"])
        point["band"] = f"{signed(point['low'])} to {signed(point['high'])}" if point["low"] is not None else "–"
    made = typst.compile(
        template, ignore_system_fonts=True, timestamp=0, format="pdf", sys_inputs={"brief": json.dumps(data)}
    )
    assert isinstance(made, bytes)
    return made

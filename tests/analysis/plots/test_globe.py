"""The map: what is computed here lies where Vega draws it."""

from __future__ import annotations

import re

import altair as alt
import pytest
import vl_convert
from lxml import etree

from detente.analysis.plots.globe import globe_for, land
from detente.analysis.plots.write import GRAMMAR

VIEWS = {
    "world": [(116.4, 39.9), (-77.0, 38.9), (151.2, -33.9), (18.4, -33.9), (2.3, 48.9)],
    "region": [(10.7, 59.9), (18.1, 59.3), (24.9, 60.2)],
    "one place": [(36.8, -1.3)],
    "over the date line": [(178.4, -18.1), (-175.2, -21.1), (174.8, -41.3)],
}


@pytest.mark.parametrize("places", VIEWS.values(), ids=VIEWS)
def test_places_lie_in_the_picture_and_where_vega_puts_them(places: list[tuple[float, float]]) -> None:
    globe = globe_for(places, 760)
    spots = [globe.at(place) for place in places]
    assert all(0 < x < globe.width and 0 < y < globe.height for x, y in spots)
    rows = [{"lon": lon, "lat": lat} for lon, lat in places]
    chart = alt.Chart(alt.InlineData(values=rows), width=globe.width, height=globe.height, padding=0)
    drawn = chart.mark_circle().encode(longitude="lon:Q", latitude="lat:Q").properties(projection=globe.projection())
    root = etree.fromstring(vl_convert.vegalite_to_svg(drawn.to_dict(), vl_version=GRAMMAR).encode())
    points = [node for node in root.iter() if node.get("aria-roledescription") == "circle"]
    found = [tuple(map(float, re.findall(r"-?[\d.]+", node.get("transform")))) for node in points]
    for got, wanted in zip(found, spots, strict=True):
        assert got == pytest.approx(wanted, abs=0.05)


def test_only_the_land_in_the_picture_is_drawn() -> None:
    everywhere, nordic = land(globe_for(VIEWS["world"], 760)), land(globe_for(VIEWS["region"], 760))
    assert len(everywhere) > 100
    assert 2 <= len(nordic) < 20
    # Eurasia, with the Caspian Sea in it.
    assert any(len(piece["geometry"]["coordinates"]) > 1 for piece in everywhere)


def test_islands_stay_together_over_the_date_line() -> None:
    globe = globe_for(VIEWS["over the date line"], 760)
    (fiji, _), (tonga, _), _ = (globe.at(place) for place in VIEWS["over the date line"])
    assert 0 < tonga - fiji < 200

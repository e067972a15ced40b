"""Projections of the map, as d3 has them, so that what is drawn and where labels go agree; and the land.

Regions are drawn by Lambert's azimuthal projection around their middle, more of the world in Equal Earth; both are true
to area.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final, Literal, TypeAlias

import altair as alt

from detente.lexicon.tables import read_table

# Degrees of a great circle: what spans more is drawn as (part of) a world map.
_REGION: Final = 75.0
# Where the map is cut, as far as the places allow.
_ATLANTIC: Final = 10.0
_HEIGHTS: Final = (300.0, 440.0)
# At least so much of the earth is shown, in radians, and so much more than the places need.
_LEAST: Final = 0.16
_MARGIN: Final = 1.3
Kind: TypeAlias = Literal["azimuthalEqualArea", "equalEarth"]
Place: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Globe:
    """A view of the earth in a picture of `width` by `height` pixels. `middle` is longitude and latitude in degrees;
    `scale` is pixels a radian, `shift` the place of `middle` in the picture."""

    kind: Kind
    middle: Place
    scale: float
    shift: Place
    width: float
    height: float

    def at(self, place: Place) -> Place:
        """Pixels from the left and from the top of a longitude and latitude."""
        x, y = _RAW[self.kind](place, self.middle)
        return self.shift[0] + self.scale * x, self.shift[1] - self.scale * y

    def projection(self) -> alt.Projection:
        """The same for Vega."""
        lon, lat = self.middle
        rotate = [-lon, -lat if self.kind == "azimuthalEqualArea" else 0, 0]
        return alt.Projection(type=self.kind, rotate=rotate, scale=self.scale, translate=list(self.shift))

    def sees(self, ring: Sequence[Place]) -> bool:
        """Whether a line of land may lie in the picture."""
        spots = [self.at(place) for place in ring]
        left, right = min(x for x, _ in spots), max(x for x, _ in spots)
        top, bottom = min(y for _, y in spots), max(y for _, y in spots)
        return left <= self.width and right >= 0 and top <= self.height and bottom >= 0


def globe_for(places: Sequence[Place], width: float) -> Globe:
    """The view that shows all these places, with some room around them."""
    lon = _middle([lon for lon, _ in places])
    lats = [lat for _, lat in places]
    middle = (lon, (min(lats) + max(lats)) / 2)
    kind: Kind = "azimuthalEqualArea" if max(_apart(middle, place) for place in places) < _REGION / 2 else "equalEarth"
    spots = [_RAW[kind](place, middle) for place in places]
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    low, high = min(y for _, y in spots), max(y for _, y in spots)
    wide, tall = max(_LEAST, right - left) * _MARGIN, max(_LEAST / 2, high - low) * _MARGIN
    height = min(max(width * tall / wide, _HEIGHTS[0]), _HEIGHTS[1])
    scale = min(width / wide, height / tall)
    shift = (width / 2 - scale * (left + right) / 2, height / 2 + scale * (low + high) / 2)
    rounded = (round(shift[0], 2), round(shift[1], 2))
    return Globe(kind, (round(middle[0], 2), round(middle[1], 2)), round(scale, 2), rounded, width, round(height))


def land(globe: Globe) -> list[dict[str, Any]]:
    """The land in the picture, as GeoJSON."""
    return [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": rings}}
        for rings in _polygons()
        if globe.sees(rings[0])
    ]


@lru_cache(maxsize=1)
def _polygons() -> tuple[tuple[Ring, ...], ...]:
    """Every piece of land: the ring around it, then those of the seas within."""
    folder = files("detente.analysis.plots") / "data"
    found: dict[str, list[Ring]] = {}
    for row in read_table(folder / "land.tsv", ("ring", "within", "points"), ("ring", "points")):
        found.setdefault(row["within"] or row["ring"], []).append(tuple(map(_place, row["points"].split())))
    return tuple(tuple(rings) for rings in found.values())


def _place(text: str) -> Place:
    lon, _, lat = text.partition(",")
    return float(lon), float(lat)


def _middle(lons: Iterable[float]) -> float:
    """The longitude opposite the middle of the widest stretch without a place."""
    turned = sorted({lon % 360 for lon in lons})
    gaps = [(b - a, a) for a, b in zip(turned, [*turned[1:], turned[0] + 360], strict=True)]
    width, start = max(gaps)
    if width < 60:
        return _ATLANTIC
    return (start + width / 2 + 180 + 180) % 360 - 180


def _apart(one: Place, other: Place) -> float:
    """Degrees of the great circle between two places."""
    (a, b), (c, d) = ([radians(v) for v in place] for place in (one, other))
    half = sin((d - b) / 2) ** 2 + cos(b) * cos(d) * sin((c - a) / 2) ** 2
    return 2 * asin(min(1.0, sqrt(half))) * 57.29577951308232


def _turned(lon: float, middle: float) -> float:
    return radians((lon - middle + 180) % 360 - 180)


def _azimuthal(place: Place, middle: Place) -> Place:
    """Snyder (1987), Map projections, p. 185."""
    lam, phi, phi0 = _turned(place[0], middle[0]), radians(place[1]), radians(middle[1])
    k = sqrt(2 / max(1e-9, 1 + sin(phi0) * sin(phi) + cos(phi0) * cos(phi) * cos(lam)))
    return k * cos(phi) * sin(lam), k * (cos(phi0) * sin(phi) - sin(phi0) * cos(phi) * cos(lam))


def _equal_earth(place: Place, middle: Place) -> Place:
    """Šavrič, Patterson and Jenny (2019), The Equal Earth map projection."""
    a1, a2, a3, a4, m = 1.340264, -0.081106, 0.000893, 0.003796, sqrt(3) / 2
    lam, t = _turned(place[0], middle[0]), asin(m * sin(radians(place[1])))
    t2 = t * t
    t6 = t2**3
    return lam * cos(t) / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2))), t * (
        a1 + a2 * t2 + t6 * (a3 + a4 * t2)
    )


_RAW: Final = {"azimuthalEqualArea": _azimuthal, "equalEarth": _equal_earth}

"""Makes the coastlines of the map, `src/detente/analysis/plots/data/land.tsv`, out of Natural Earth's land polygons.

    python training/outlines.py land-50m.json

The file is the one of that name in the npm package `world-atlas` 2.0.2 (TopoJSON of Natural Earth 4.1, 1:50 million, in
the public domain). Of each ring so many points are kept that none left out lies further than `TOLERANCE` from the line
(Douglas and Peucker 1973); islands below `SMALLEST` go. Only land: no border of any state is in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/detente/analysis/plots/data/land.tsv"
# Degrees. A map of the whole world has half a degree a pixel, one of a country a fiftieth.
TOLERANCE = 0.08
# Square degrees, about two thousand square kilometres: what is smaller would be a dot.
SMALLEST = 0.2
HEAD = """\
# Coastlines: one ring a row, as lon,lat in degrees (WGS84); a sea within the land names the ring that it lies in.
# Source: Natural Earth 4.1, land 1:50m (public domain), by way of the npm package world-atlas 2.0.2; thinned by
# training/outlines.py. Land only: it says nothing of borders.
"""
Point = tuple[float, float]


def polygons(topology: dict[str, Any]) -> Iterator[list[list[Point]]]:
    """Every piece of land, the ring around it first, then those of the seas within, decoded: arcs are delta-encoded
    integers, a negative number is an arc read backwards."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(line)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            yield [_joined([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]) for ring in polygon]


def _joined(lines: list[list[Point]]) -> list[Point]:
    return [*lines[0], *(point for line in lines[1:] for point in line[1:])]


def area(ring: list[Point]) -> float:
    """Square degrees, positive where the ring runs anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def thinned(line: list[Point]) -> list[Point]:
    """The line with the points that matter."""
    kept, open_spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        far, at = max(((_off(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if far > TOLERANCE:
            kept.add(at)
            open_spans += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0
    if length:
        along = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length))
    return float(((point[0] - start[0] - along * dx) ** 2 + (point[1] - start[1] - along * dy) ** 2) ** 0.5)


def main(source: Path) -> None:
    """Write the table, the largest land first."""
    kept = []
    for polygon in polygons(json.loads(source.read_text(encoding="utf-8"))):
        # A ring ends where it begins, so it is thinned in two halves.
        halves = [(ring[: len(ring) // 2 + 1], ring[len(ring) // 2 :]) for ring in polygon]
        rings = [thinned(one) + thinned(other)[1:] for one, other in halves]
        around, *seas = (ring for ring in rings if abs(area(ring)) >= SMALLEST or ring is rings[0])
        if abs(area(around)) >= SMALLEST and len(around) > 3:
            kept.append((abs(area(around)), [around, *seas]))
    lines, number = [], 0
    for _, (around, *seas) in sorted(kept, reverse=True):
        number += 1
        lines.append(f"{number}\t\t{_written(around)}")
        lines += [f"{number + i}\t{number}\t{_written(sea)}" for i, sea in enumerate(seas, 1)]
        number += len(seas)
    OUT.write_text(HEAD + "\n".join(["ring\twithin\tpoints", *lines]) + "\n", encoding="utf-8")
    print(f"{number} rings, {sum(line.count(',') for line in lines)} points, {OUT.stat().st_size} bytes")


def _written(ring: list[Point]) -> str:
    return " ".join(f"{lon:.2f},{lat:.2f}" for lon, lat in ring)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

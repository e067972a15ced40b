"""POLECAT, made by NGEC in PLOVER's terms: tab-separated (yearly files: .txt) or CSV, under a header.

Source of the columns: POLECAT weekly data on Harvard's Dataverse. Other versions of the header are read too: columns
go by their names, and those that are not listed here are kept beside the row. Lists have `;` between their parts.
"""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import Cells, day, shown, shown_numbers, whole
from detente.exchange.formats.coded import TEXT, TEXTS, first_known, from_type, name_of_country, texts
from detente.exchange.formats.layout import Columns, Layout
from detente.lexicon.exchange_codes import country_named, country_of
from detente.ontology import load_ontology
from detente.ontology.tables import QUADS

_ENTITY: Final = "{0} Name|{0} Country|{0} COW|Primary {0} Sector|{0} Sectors|{0} Title|{0} Name Raw|Wikipedia {0} ID"
COLUMNS: Final = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *_ENTITY.format("Actor").split("|"),
    *_ENTITY.format("Recipient").split("|"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations"),
    *("Story Locations", "Language", "Version"),
)
_SIDES: Final = (("Actor", "actor"), ("Recipient", "recipient"))


def _type(text: str) -> str:
    name = text.strip().upper()
    if name not in load_ontology().types:
        raise ValueError("is no type of PLOVER")
    return name


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"\s*[;,]\s*", text.strip()) if part)


def _quad(text: str) -> str | None:
    name = text.strip().lower()
    if name in QUADS:
        return name
    return QUADS[int(name) - 1] if name in ("1", "2", "3", "4") else None


def _lists(cells: Cells, column: str) -> pa.Array:
    return pc.coalesce(cells.read(column, _list, TEXTS), pa.scalar([], TEXTS))


def _decode(cells: Cells) -> Columns:
    found = from_type(cells.read("Event Type", _type, TEXT, required=True), cells.text("Event Mode"))
    start = cells.read("Event Date", day, pa.date32(), required=True)
    quad = pc.coalesce(cells.read("Quad Code", _quad, TEXT), found["quad"])
    score = cells.numbers("Intensity")
    for theirs, ours in _SIDES:
        found[ours] = cells.text(f"{theirs} Name")
        found[f"{ours}_country"] = cells.read(f"{theirs} Country", _country, TEXT)
        found[f"{ours}_sectors"] = _lists(cells, f"{theirs} Sectors")
    return found | {
        "id": cells.read("Event ID", str, TEXT, required=True),
        "start_date": start,
        "end_date": start,
        "contexts": _lists(cells, "Contexts"),
        "quad": quad,
        "score": score,
        "score_scheme": pc.if_else(pc.is_valid(score), "plover", None),
        "place": first_known(cells, ("City", "Placename", "District", "Province", "Country")),
        "place_country": cells.read("Country", _country, TEXT),
        "admin1": cells.text("Province"),
        "lat": cells.numbers("Latitude", -90, 90),
        "lon": cells.numbers("Longitude", -180, 180),
        "geonames_id": cells.read("GeoNames ID", _geonames, pa.int64()),
        "publisher": cells.text("Source"),
    }


def _country(text: str) -> str | None:
    return country_of("iso", text.strip()) or country_named(text.strip())


def _geonames(text: str) -> int:
    # Written as a decimal number where a column with gaps came through pandas.
    return whole(text.removesuffix(".0"))


def _encode(rows: pa.Table) -> Columns:
    cells = dict.fromkeys(COLUMNS, pa.array([""] * rows.num_rows, TEXT))
    scores = pc.if_else(pc.equal(rows["score_scheme"], "plover"), rows["score"], None)
    cells |= {
        "Event ID": texts(rows, "id"),
        "Event Date": shown(rows["start_date"], str),
        "Event Type": texts(rows, "type"),
        "Event Mode": texts(rows, "mode"),
        "Intensity": shown_numbers(scores),
        "Quad Code": shown(pc.if_else(pc.equal(rows["quad_scheme"], "plover"), rows["quad"], None), str.upper),
        "Contexts": shown(rows["contexts"], ";".join),
        "City": texts(rows, "place"),
        "Province": texts(rows, "admin1"),
        "Country": name_of_country(rows["place_country"]),
        "Latitude": shown_numbers(rows["lat"]),
        "Longitude": shown_numbers(rows["lon"]),
        "GeoNames ID": shown(rows["geonames_id"], str),
        "Source": texts(rows, "publisher"),
    }
    for theirs, ours in _SIDES:
        cells[f"{theirs} Name"] = texts(rows, ours)
        cells[f"{theirs} Country"] = texts(rows, f"{ours}_country")
        cells[f"Primary {theirs} Sector"] = shown(rows[f"{ours}_sectors"], lambda sectors: "".join(sectors[:1]))
        cells[f"{theirs} Sectors"] = shown(rows[f"{ours}_sectors"], ";".join)
    return cells


POLECAT: Final = Layout(
    name="polecat",
    datasets=("polecat",),
    columns=COLUMNS,
    decode=_decode,
    encode=_encode,
    looks=lambda _: False,
    key=("Event ID", "Event Date", "Event Type", "Actor Name"),
    required=("Event ID", "Event Date", "Event Type"),
    header=True,
    missing=("NA", "None", "nan"),
)

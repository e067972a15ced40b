"""ICEWS: 20 tab-separated columns under a header, as on Harvard's Dataverse; and the quadruples of the forecasting
benchmarks made of it (ICEWS14 and others): who, did what, to whom, when.

Source of the columns: ICEWS Coded Event Data, its readme. Countries are names, sectors names with commas between, event
codes CAMEO's, intensities Goldstein's scores. Empty cells are NULL, or NA in files that came through R.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import JOINT, Cells, day, shown, shown_numbers, small
from detente.exchange.formats.coded import (
    TEXT,
    TEXTS,
    cameo_of,
    cameo_text,
    first_known,
    from_cameo,
    goldstein_of,
    goldstein_scheme,
    name_of_country,
    number_id,
    texts,
)
from detente.exchange.formats.layout import Columns, Layout
from detente.lexicon.exchange_codes import actor_code, cameo, cameo_named, country_named, sectors_of

COLUMNS: Final = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
    *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)
QUADRUPLE: Final = ("source", "relation", "target", "date")
MISSING: Final = ("NA", "NULL")
_SIDES: Final = (("Source", "actor"), ("Target", "recipient"))
# The country stands in brackets after the name of whoever has none of their own.
_IN_BRACKETS: Final = re.compile(r".*\(([^()]+)\)")


def icews_sectors(text: str) -> tuple[str, ...]:
    """PLOVER sectors of a list of ICEWS's."""
    names = (name.strip() for name in text.split(","))
    return tuple(dict.fromkeys(sector for name in names for sector in sectors_of("icews", name)))


def country_of_name(name: str) -> str | None:
    """The country that a name of ICEWS is of: itself, or the one in brackets after it."""
    inner = _IN_BRACKETS.fullmatch(name)
    return country_named(name) or (country_named(inner[1]) if inner else None)


def _code(text: str) -> str:
    """A code as published, or with the zero that spreadsheets take off: ICEWS has none of two digits."""
    code = cameo_text(text)
    padded = f"0{code}"
    return padded if (entry := cameo(padded)) and entry.code == padded and (len(code) == 2 or not _is(code)) else code


def _is(code: str) -> bool:
    entry = cameo(code)
    return entry is not None and entry.code == code


def _decode(cells: Cells) -> Columns:
    found = from_cameo(cells.read("CAMEO Code", _code, TEXT, required=True))
    start = cells.read("Event Date", day, pa.date32(), required=True)
    for theirs, ours in _SIDES:
        found[ours] = cells.text(f"{theirs} Name")
        found[f"{ours}_sectors"] = pc.coalesce(
            cells.read(f"{theirs} Sectors", icews_sectors, TEXTS), pa.scalar([], TEXTS)
        )
        found[f"{ours}_country"] = cells.read(f"{theirs} Country", country_named, TEXT)
    score = cells.numbers("Intensity")
    return found | {
        "id": cells.read("Event ID", str, TEXT, required=True),
        "start_date": start,
        "end_date": start,
        "score": score,
        "score_scheme": goldstein_scheme(score),
        "place": first_known(cells, ("City", "District", "Province", "Country")),
        "place_country": cells.read("Country", country_named, TEXT),
        "admin1": cells.text("Province"),
        "lat": cells.numbers("Latitude", -90, 90),
        "lon": cells.numbers("Longitude", -180, 180),
        "document": cells.text("Story ID"),
        "sentence": cells.read("Sentence Number", small, pa.int32()),
        "publisher": cells.text("Publisher"),
    }


def _encode(rows: pa.Table) -> Columns:
    codes = cameo_of(rows)
    cells = {
        "Event ID": number_id(rows),
        "Event Date": shown(rows["start_date"], str),
        "Event Text": shown(codes, _name),
        "CAMEO Code": codes,
        "Intensity": shown_numbers(goldstein_of(rows, codes)),
        "Story ID": texts(rows, "document"),
        "Sentence Number": shown(rows["sentence"], str),
        "Publisher": texts(rows, "publisher"),
        "City": texts(rows, "place"),
        "District": pa.array([""] * rows.num_rows, TEXT),
        "Province": texts(rows, "admin1"),
        "Country": name_of_country(rows["place_country"]),
        "Latitude": shown_numbers(rows["lat"]),
        "Longitude": shown_numbers(rows["lon"]),
    }
    for theirs, ours in _SIDES:
        cells[f"{theirs} Name"] = texts(rows, ours)
        cells[f"{theirs} Sectors"] = shown(rows[f"{ours}_sectors"], _sectors)
        cells[f"{theirs} Country"] = name_of_country(rows[f"{ours}_country"])
    return cells


def _name(code: str) -> str:
    entry = cameo(code)
    return entry.name if entry else ""


def _sectors(sectors: list[str]) -> str:
    return ",".join(name for sector in sectors if (name := actor_code("icews", sector)))


def _looks(cells: list[str]) -> bool:
    return len(cells) == 20 and cells[0].isdecimal() and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", cells[1]))


ICEWS: Final = Layout(
    name="icews",
    datasets=("icews",),
    columns=COLUMNS,
    decode=_decode,
    encode=_encode,
    looks=_looks,
    key=("Event ID", "Event Date", "CAMEO Code"),
    required=("Event ID", "Event Date", "CAMEO Code"),
    header=True,
    missing=MISSING,
)


def _relation(text: str) -> str:
    code = cameo_named(text)
    if code is None:
        raise ValueError("is no name of a CAMEO event")
    return code


def _decode_quadruple(cells: Cells) -> Columns:
    start = cells.read("date", day, pa.date32(), required=True)
    found = from_cameo(cells.read("relation", _relation, TEXT, required=True))
    for theirs, ours in (("source", "actor"), ("target", "recipient")):
        found[ours] = cells.text(theirs)
        found[f"{ours}_country"] = cells.read(theirs, country_of_name, TEXT, required=True)
    # They are published without ids.
    whole = pc.binary_join_element_wise(*(cells.raw(name) for name in QUADRUPLE), JOINT)
    ids = [str(int(sha256(text.encode()).hexdigest()[:12], 16)) for text in whole.to_pylist()]
    return found | {"start_date": start, "end_date": start, "id": pa.array(ids, TEXT)}


def _encode_quadruple(rows: pa.Table) -> Columns:
    return {
        "source": texts(rows, "actor"),
        "relation": shown(cameo_of(rows), _name),
        "target": texts(rows, "recipient"),
        "date": shown(rows["start_date"], str),
    }


ICEWS_QUADRUPLES: Final = Layout(
    name="icews-quadruples",
    datasets=("icews",),
    columns=QUADRUPLE,
    decode=_decode_quadruple,
    encode=_encode_quadruple,
    looks=lambda cells: len(cells) == 4 and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", cells[3])),
    key=QUADRUPLE,
    required=QUADRUPLE,
)

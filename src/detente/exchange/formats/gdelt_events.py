"""GDELT's event tables: 2.0 with 61 columns, 1.0 with 58 (57 before April 2013), tab-separated, without header.

Source of the columns: GDELT Event Codebook V1.03 and V2.0. Countries of actors are CAMEO codes, those of places FIPS
10-4. GDELT knows of no status: it publishes all it found as having taken place.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import Cells, day, day_text, plain, shown, shown_numbers, small
from detente.exchange.formats.coded import (
    TEXT,
    TEXTS,
    actor_text,
    cameo_of,
    cameo_sectors,
    cameo_text,
    country_cameo,
    from_cameo,
    goldstein_of,
    goldstein_scheme,
    number_id,
    quad_named,
    quad_number,
    sector_codes,
    texts,
)
from detente.exchange.formats.layout import Columns, Layout
from detente.lexicon.exchange_codes import country_code, country_of

_SIDES: Final = (("Actor1", "actor"), ("Actor2", "recipient"))


def _actor(side: str) -> tuple[str, ...]:
    parts = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
    return tuple(f"{side}{part}" for part in parts.split())


def _geo(side: str, divisions: str) -> tuple[str, ...]:
    return tuple(
        f"{side}Geo_{part}" for part in ("Type FullName CountryCode " + divisions + " Lat Long FeatureID").split()
    )


def _columns(divisions: str) -> tuple[str, ...]:
    counts = "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources"
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor("Actor1"), *_actor("Actor2")),
        *(*counts.split(), "NumArticles", "AvgTone"),
        *(*_geo("Actor1", divisions), *_geo("Actor2", divisions), *_geo("Action", divisions)),
        *("DATEADDED", "SOURCEURL"),
    )


COLUMNS_1: Final = _columns("ADM1Code")
COLUMNS_2: Final = _columns("ADM1Code ADM2Code")
_TYPES: Final = ("KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")


def _decode(cells: Cells) -> Columns:
    found = from_cameo(cells.read("EventCode", cameo_text, TEXT, required=True))
    start = cells.read("SQLDATE", day, pa.date32(), required=True)
    for theirs, ours in _SIDES:
        found[ours] = cells.text(f"{theirs}Name")
        found[f"{ours}_code"] = cells.text(f"{theirs}Code")
        found[f"{ours}_country"] = cells.read(f"{theirs}CountryCode", lambda code: country_of("cameo", code), TEXT)
        found[f"{ours}_sectors"] = cells.read_joined([f"{theirs}{one}" for one in _TYPES], cameo_sectors, TEXTS)
    quad = cells.read("QuadClass", quad_named, TEXT)
    score = cells.numbers("GoldsteinScale")
    url = cells.text("SOURCEURL")
    return found | {
        "id": cells.checked("GLOBALEVENTID", r"[0-9]{1,18}", "is no whole number", required=True),
        "start_date": start,
        "end_date": start,
        "quad": quad,
        "quad_scheme": pc.if_else(pc.is_valid(quad), "gdelt", None),
        "score": score,
        "score_scheme": goldstein_scheme(score),
        "place": cells.text("ActionGeo_FullName"),
        "place_country": cells.read("ActionGeo_CountryCode", lambda code: country_of("fips", code), TEXT),
        "admin1": cells.text("ActionGeo_ADM1Code"),
        "lat": cells.numbers("ActionGeo_Lat", -90, 90),
        "lon": cells.numbers("ActionGeo_Long", -180, 180),
        "document": url,
        "url": url,
        "reports": cells.read("NumMentions", small, pa.int32()),
        "tone": cells.numbers("AvgTone"),
    }


def _encode(rows: pa.Table, columns: tuple[str, ...]) -> Columns:
    codes, start = cameo_of(rows), rows["start_date"]
    empty = pa.array([""] * rows.num_rows, TEXT)
    cells = dict.fromkeys(columns, empty)
    cells |= {
        "GLOBALEVENTID": number_id(rows),
        "SQLDATE": shown(start, day_text),
        "MonthYear": shown(start, lambda on: day_text(on)[:6]),
        "Year": shown(start, lambda on: day_text(on)[:4]),
        "FractionDate": shown(start, _fraction),
        "EventCode": codes,
        "EventBaseCode": shown(codes, lambda code: code[:3]),
        "EventRootCode": shown(codes, lambda code: code[:2]),
        "QuadClass": quad_number(rows, codes, "gdelt", "gdelt", ""),
        "GoldsteinScale": shown_numbers(goldstein_of(rows, codes)),
        "NumMentions": shown(rows["reports"], str),
        "AvgTone": shown_numbers(rows["tone"]),
        "ActionGeo_FullName": texts(rows, "place"),
        "ActionGeo_CountryCode": shown(rows["place_country"], lambda iso3: country_code("fips", iso3)),
        "ActionGeo_Lat": shown_numbers(rows["lat"]),
        "ActionGeo_Long": shown_numbers(rows["lon"]),
        "SOURCEURL": texts(rows, "url"),
    }
    # Codes of divisions, which other data sets do not have.
    own = pc.equal(rows["dataset"], "gdelt")
    cells["ActionGeo_ADM1Code"] = plain(pc.if_else(own, rows["admin1"], ""))
    for theirs, ours in _SIDES:
        cells[f"{theirs}Code"] = actor_text(rows, ours)
        cells[f"{theirs}Name"] = texts(rows, ours)
        cells[f"{theirs}CountryCode"] = shown(rows[f"{ours}_country"], country_cameo)
        for place in range(3):
            cells[f"{theirs}Type{place + 1}Code"] = shown(rows[f"{ours}_sectors"], partial(_kind, place))
    return cells


def _kind(place: int, sectors: list[str]) -> str:
    return "".join(sector_codes(sectors)[place : place + 1])


def _fraction(on: date) -> str:
    # The codebook's formula, in which the month counts from 0, as the published values show.
    return f"{on.year + ((on.month - 1) * 30 + on.day) / 365:.4f}"


def _is(widths: tuple[int, ...], cells: list[str]) -> bool:
    return len(cells) in widths and cells[0].isdecimal() and len(cells[1]) == 8 and cells[1].isdecimal()


_KEY: Final = ("GLOBALEVENTID", "SQLDATE", "EventCode", "QuadClass")
GDELT2: Final = Layout(
    name="gdelt2",
    datasets=("gdelt",),
    columns=COLUMNS_2,
    decode=_decode,
    encode=lambda rows: _encode(rows, COLUMNS_2),
    looks=lambda cells: _is((61,), cells),
    key=(*_KEY, "ActionGeo_ADM2Code"),
    required=("GLOBALEVENTID", "SQLDATE", "EventCode"),
)
GDELT1: Final = Layout(
    name="gdelt1",
    datasets=("gdelt",),
    columns=COLUMNS_1,
    decode=_decode,
    encode=lambda rows: _encode(rows, COLUMNS_1),
    looks=lambda cells: _is((57, 58), cells),
    key=_KEY,
    required=("GLOBALEVENTID", "SQLDATE", "EventCode"),
)

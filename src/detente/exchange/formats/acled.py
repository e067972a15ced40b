"""ACLED's export: CSV under a header, UTF-8, with text over several lines in quotation marks.

Source of the columns: ACLED codebook and export tool. ACLED codes disorder only: of other rows there is nothing to
write. A country is that in the name of the actor (“Protesters (Armenia)”), never that of the place.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import JOINT, Cells, day, shown, shown_numbers
from detente.exchange.formats.coded import TEXT, TEXTS, from_type, name_of_country, texts
from detente.exchange.formats.layout import Columns, Layout
from detente.lexicon.exchange_codes import (
    acled_event,
    acled_type,
    actor_code,
    country_code,
    country_named,
    sectors_of,
)

COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
_SIDES: Final = (("1", "actor"), ("2", "recipient"))
_FORCES: Final = re.compile(r"(Military|Police) Forces of (?:the )?(.+?)(?: \(\d{4}.*)?")
_BRACKETS: Final = re.compile(r".*\(([^()]+)\)")
_DAY_FIRST: Final = re.compile(r"\d{1,2}[ -][A-Za-z]+[ -]\d{4}")


def _day(text: str) -> date:
    if not _DAY_FIRST.fullmatch(text):
        return day(text)
    try:
        return datetime.strptime(text.replace("-", " "), "%d %B %Y").date()
    except ValueError:
        raise ValueError("is no day") from None


@lru_cache(maxsize=65_536)
def _country(name: str) -> str | None:
    forces = _FORCES.fullmatch(name)
    inner = _BRACKETS.fullmatch(name)
    return (country_named(forces[2]) if forces else None) or (country_named(inner[1]) if inner else None)


def _sectors(text: str) -> tuple[str, ...]:
    kind, _, name = text.partition(JOINT)
    forces = _FORCES.fullmatch(name)
    return ("COP",) if forces and forces[1] == "Police" else sectors_of("acled", kind.strip())


def _decode(cells: Cells) -> Columns:
    pair = ("event_type", "sub_event_type")
    types = cells.read_joined(pair, lambda text: acled_type(*text.split(JOINT)[:2])[0], TEXT)
    modes = cells.read_joined(pair, lambda text: acled_type(*text.split(JOINT)[:2])[1], TEXT)
    kind = cells.read("event_type", str, TEXT, required=True)
    found = from_type(types, modes) | {"code_scheme": pa.repeat("acled", cells.rows)}
    start = cells.read("event_date", _day, pa.date32(), required=True)
    for theirs, ours in _SIDES:
        found[ours] = cells.text(f"actor{theirs}")
        found[f"{ours}_country"] = cells.read(f"actor{theirs}", _country, TEXT)
        found[f"{ours}_sectors"] = cells.read_joined((f"inter{theirs}", f"actor{theirs}"), _sectors, TEXTS)
    return found | {
        "id": cells.read("event_id_cnty", str, TEXT, required=True),
        "code": pc.coalesce(cells.text("sub_event_type"), kind),
        "start_date": start,
        "end_date": start,
        "place": cells.text("location"),
        "place_country": cells.read("country", country_named, TEXT),
        "admin1": cells.text("admin1"),
        "lat": cells.numbers("latitude", -90, 90),
        "lon": cells.numbers("longitude", -180, 180),
        "publisher": cells.text("source"),
        "text": cells.text("notes"),
    }


def _encode(rows: pa.Table) -> Columns:
    cells = dict.fromkeys(COLUMNS, pa.array([""] * rows.num_rows, TEXT))
    own = pc.equal(rows["code_scheme"], "acled")
    key = pc.binary_join_element_wise(
        pc.if_else(own, rows["code"], ""), pc.fill_null(rows["type"], ""), pc.fill_null(rows["mode"], ""), JOINT
    )
    cells |= {
        "event_id_cnty": texts(rows, "id"),
        "event_date": shown(rows["start_date"], str),
        "year": shown(rows["start_date"], lambda on: str(on.year)),
        "event_type": shown(key, lambda text: _event(text)[0]),
        "sub_event_type": shown(key, lambda text: _event(text)[1]),
        "iso": shown(rows["place_country"], lambda iso3: country_code("iso-numeric", iso3)),
        "country": name_of_country(rows["place_country"]),
        "admin1": texts(rows, "admin1"),
        "location": texts(rows, "place"),
        "latitude": shown_numbers(rows["lat"]),
        "longitude": shown_numbers(rows["lon"]),
        "source": texts(rows, "publisher"),
        "notes": texts(rows, "text"),
    }
    for theirs, ours in _SIDES:
        cells[f"actor{theirs}"] = texts(rows, ours)
        cells[f"inter{theirs}"] = shown(rows[f"{ours}_sectors"], _inter)
    return cells


def _event(text: str) -> tuple[str, str]:
    code, kind, mode = [*text.split(JOINT), "", ""][:3]
    return acled_event(code, kind or None, mode or None) or ("", "")


def _inter(sectors: list[str]) -> str:
    return next((code for sector in sectors if (code := actor_code("acled", sector))), "")


ACLED: Final = Layout(
    name="acled",
    datasets=("acled",),
    columns=COLUMNS,
    decode=_decode,
    encode=_encode,
    looks=lambda _: False,
    key=("event_id_cnty", "event_date", "event_type", "actor1"),
    required=("event_id_cnty", "event_date", "event_type"),
    delimiter=",",
    header=True,
)

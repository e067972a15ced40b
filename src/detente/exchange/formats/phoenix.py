"""Phoenix (Open Event Data Alliance, 2014 to 2017), 26 tab-separated columns without header, and what is laid out in
the same terms: the Cline Center's Historical Phoenix and TERRIER, whose files have headers.

Source of the columns: PETRARCH2's Phoenix documentation; Cline Center Historical Phoenix codebook. Actors and events
are CAMEO codes. A file of TERRIER is told from one of Phoenix by `--format terrier` only.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import JOINT, Cells, day, day_text, shown, shown_numbers
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
    quad_named,
    quad_number,
    sector_codes,
    texts,
)
from detente.exchange.formats.layout import Columns, Layout
from detente.lexicon.exchange_codes import country_named, country_of

COLUMNS: Final = (
    *("EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole"),
    *("SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute"),
    *("EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName"),
    *("StateName", "CountryCode", "SentenceID", "URLs", "NewsSources"),
)
_SIDES: Final = (("Source", "actor"), ("Target", "recipient"))
_ALIASES: Final = {
    "eid": "EventID",
    "event_id": "EventID",
    "story_date": "Date",
    "code": "EventCode",
    "root_code": "EventRootCode",
    "quad_class": "PentaClass",
    "goldstein": "GoldsteinScore",
    "joined_issues": "Issues",
    "placename": "LocationName",
    "countryname": "CountryCode",
    "aid": "SentenceID",
    "url": "URLs",
    "latitude": "Lat",
    "longitude": "Lon",
    "source": "SourceActorFull",
    "source_root": "SourceActorEntity",
    "source_agent": "SourceActorRole",
    "source_others": "SourceActorAttribute",
    "target": "TargetActorFull",
    "target_root": "TargetActorEntity",
    "target_agent": "TargetActorRole",
    "target_others": "TargetActorAttribute",
    "geoname": "LocationName",
    "country_code": "CountryCode",
    "admin1": "StateName",
}


def _day(text: str) -> date:
    """Of year, month and day where they are given, else of the date."""
    whole, *parts = text.split(JOINT)
    if all(part.strip() for part in parts) and len(parts) == 3:
        return day("".join(part.strip().zfill(2) for part in parts))
    return day(whole)


def _country(text: str) -> str | None:
    """Places have alpha-2 or alpha-3 codes, or names."""
    return country_of("iso", text.upper()) or country_named(text)


def _decode(cells: Cells) -> Columns:
    found = from_cameo(cells.read("EventCode", cameo_text, TEXT, required=True))
    start = cells.read_joined(("Date", "Year", "Month", "Day"), _day, pa.date32())
    for theirs, ours in _SIDES:
        found[f"{ours}_code"] = cells.text(f"{theirs}ActorFull")
        found[f"{ours}_country"] = cells.read(
            f"{theirs}ActorEntity", lambda code: country_of("cameo", code.strip("-")), TEXT
        )
        kinds = [f"{theirs}Actor{part}" for part in ("Entity", "Role", "Attribute")]
        found[f"{ours}_sectors"] = cells.read_joined(kinds, cameo_sectors, TEXTS)
    score = cells.numbers("GoldsteinScore")
    quad = cells.read("PentaClass", quad_named, TEXT)
    urls = cells.text("URLs")
    return found | {
        "id": pc.coalesce(cells.text("EventID"), cells.text("SentenceID"), pa.scalar("")),
        "start_date": start,
        "end_date": start,
        # As PLOVER's, Phoenix's classes have protest among the material ones.
        "quad": quad,
        "quad_scheme": pc.if_else(pc.is_valid(quad), "plover", None),
        "score": score,
        "score_scheme": goldstein_scheme(score),
        "place": cells.text("LocationName"),
        "place_country": cells.read("CountryCode", _country, TEXT),
        "admin1": cells.text("StateName"),
        "lat": cells.numbers("Lat", -90, 90),
        "lon": cells.numbers("Lon", -180, 180),
        "document": cells.text("SentenceID"),
        "url": cells.read("URLs", lambda text: text.partition(";")[0], TEXT),
        "publisher": cells.text("NewsSources"),
        "reports": pc.if_else(pc.is_valid(urls), pc.add(pc.count_substring(urls, ";"), 1), None).cast(pa.int32()),
    }


def _encode(rows: pa.Table) -> Columns:
    codes, start = cameo_of(rows), rows["start_date"]
    cells = {
        "EventID": texts(rows, "id"),
        "Date": shown(start, day_text),
        "Year": shown(start, lambda on: f"{on.year:04}"),
        "Month": shown(start, lambda on: f"{on.month:02}"),
        "Day": shown(start, lambda on: f"{on.day:02}"),
        "EventCode": codes,
        "EventRootCode": shown(codes, lambda code: code[:2]),
        "PentaClass": quad_number(rows, codes, "phoenix", "plover", "0"),
        "GoldsteinScore": shown_numbers(goldstein_of(rows, codes)),
        "Issues": pa.array([""] * rows.num_rows, TEXT),
        "Lat": shown_numbers(rows["lat"]),
        "Lon": shown_numbers(rows["lon"]),
        "LocationName": texts(rows, "place"),
        "StateName": texts(rows, "admin1"),
        "CountryCode": texts(rows, "place_country"),
        "SentenceID": texts(rows, "document"),
        "URLs": texts(rows, "url"),
        "NewsSources": texts(rows, "publisher"),
    }
    for theirs, ours in _SIDES:
        cells[f"{theirs}ActorFull"] = actor_text(rows, ours)
        cells[f"{theirs}ActorEntity"] = shown(rows[f"{ours}_country"], country_cameo)
        cells[f"{theirs}ActorRole"] = shown(rows[f"{ours}_sectors"], lambda kinds: "".join(sector_codes(kinds)[:1]))
        cells[f"{theirs}ActorAttribute"] = shown(
            rows[f"{ours}_sectors"], lambda kinds: ";".join(sector_codes(kinds)[1:])
        )
    return cells


def _looks(cells: list[str]) -> bool:
    return len(cells) == 26 and len(cells[1]) == 8 and cells[1].isdecimal() and cells[2].isdecimal()


PHOENIX: Final = Layout(
    name="phoenix",
    datasets=("phoenix", "terrier"),
    columns=COLUMNS,
    decode=_decode,
    encode=_encode,
    looks=_looks,
    key=("SourceActorFull", "TargetActorFull", "EventCode"),
    required=("Date", "EventCode"),
    aliases=_ALIASES,
)
TERRIER: Final = replace(PHOENIX, name="terrier", datasets=("terrier", "phoenix"))

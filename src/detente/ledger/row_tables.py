"""Event rows as Arrow tables: the columns of `imported_events` but for the file and the line.

Public: `ROWS`, `MENTIONS`, `DOCUMENTS` (schemas), `rows_to_table(rows) -> pa.Table`, `table_to_rows(table)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyarrow as pa

from detente.rows import EventRow, Party, RowPlace

_TEXT: Final = pa.string()
_TEXTS: Final = pa.list_(_TEXT)
EXTRA: Final = pa.map_(_TEXT, _TEXT)
_TIME: Final = pa.timestamp("s")

ROWS: Final = pa.schema(
    [
        *[(name, _TEXT) for name in ("dataset", "id")],
        *[("start_date", pa.date32()), ("end_date", pa.date32())],
        *[("actor", _TEXT), ("actor_country", _TEXT), ("actor_code", _TEXT), ("actor_sectors", _TEXTS)],
        *[("recipient", _TEXT), ("recipient_country", _TEXT), ("recipient_code", _TEXT), ("recipient_sectors", _TEXTS)],
        *[("code", _TEXT), ("code_scheme", _TEXT), ("type", _TEXT), ("mode", _TEXT), ("contexts", _TEXTS)],
        *[("status", _TEXT), ("quad", _TEXT), ("quad_scheme", _TEXT), ("score", pa.float64()), ("score_scheme", _TEXT)],
        *[("place", _TEXT), ("place_country", _TEXT), ("admin1", _TEXT), ("lat", pa.float64()), ("lon", pa.float64())],
        *[("geonames_id", pa.int64()), ("document", _TEXT), ("sentence", pa.int32()), ("publisher", _TEXT)],
        *[("url", _TEXT), ("text", _TEXT), ("reports", pa.int32()), ("tone", pa.float64())],
        *[("confidence", pa.float64()), ("extra", EXTRA)],
    ]
)
MENTIONS: Final = pa.schema(
    [
        *[("event", _TEXT), ("first_seen", _TIME), ("mentioned", _TIME), ("collection", pa.int32())],
        *[("publisher", _TEXT), ("document", _TEXT), ("sentence", pa.int32())],
        *[("confidence", pa.float64()), ("tone", pa.float64()), ("extra", EXTRA)],
    ]
)
DOCUMENTS: Final = pa.schema(
    [
        *[("id", _TEXT), ("published", _TIME), ("collection", pa.int32()), ("publisher", _TEXT), ("document", _TEXT)],
        *[("themes", _TEXT), ("places", _TEXT), ("persons", _TEXT), ("organisations", _TEXT)],
        *[("tone", pa.float64()), ("extra", EXTRA)],
    ]
)
# Attributes of a row that stand under the same name as its column.
_PLAIN: Final = (
    *("dataset", "id", "code", "code_scheme", "type", "mode", "contexts", "status", "quad", "quad_scheme", "score"),
    *("score_scheme", "document", "sentence", "publisher", "url", "text", "reports", "tone", "confidence", "extra"),
)


def rows_to_table(rows: Iterable[EventRow]) -> pa.Table:
    """One line a row, columns as `ROWS`."""
    return pa.Table.from_pylist([_flat(row) for row in rows], schema=ROWS)


def table_to_rows(table: pa.Table) -> Iterator[EventRow]:
    """The rows of a table with the columns of `ROWS`."""
    for line in table.to_pylist():
        yield EventRow(
            **{name: _tuple(line[name]) for name in _PLAIN},
            start=line["start_date"],
            end=line["end_date"],
            actor=_party(line, "actor"),
            recipient=_party(line, "recipient"),
            place=RowPlace(
                *(line["place"], line["place_country"], line["admin1"], line["lat"], line["lon"], line["geonames_id"])
            ),
        )


def _flat(row: EventRow) -> dict[str, Any]:
    where = row.place
    flat = {name: getattr(row, name) for name in _PLAIN}
    flat |= {"start_date": row.start, "end_date": row.end}
    for side, party in (("actor", row.actor), ("recipient", row.recipient)):
        flat |= {side: party.name, f"{side}_country": party.country, f"{side}_code": party.code}
        flat[f"{side}_sectors"] = party.sectors
    flat |= {"place": where.name, "place_country": where.country, "admin1": where.admin1}
    return flat | {"lat": where.lat, "lon": where.lon, "geonames_id": where.geonames_id}


def _party(line: dict[str, Any], side: str) -> Party:
    return Party(line[side], line[f"{side}_country"], line[f"{side}_code"], tuple(line[f"{side}_sectors"]))


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

"""The wire format as Arrow types: one schema for events and statements, what a record does not have is null.

The names are those of `Event.to_dict` and `Statement.to_dict`. Dates are ISO 8601 strings, offsets count characters.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

_TEXT: Final = pa.string()
_TEXTS: Final = pa.list_(_TEXT)
_SPAN: Final = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", _TEXT)])
_PARTICIPANT: Final = pa.struct(
    [
        ("id", _TEXT),
        ("name", _TEXT),
        ("country", _TEXT),
        ("sectors", _TEXTS),
        ("office", _TEXT),
        ("level", _TEXT),
        ("role", _TEXT),
        ("text", _TEXT),
        ("start", pa.int64()),
        ("end", pa.int64()),
    ]
)
_DATE: Final = pa.struct([("start", _TEXT), ("end", _TEXT), ("basis", _TEXT), ("text", _TEXT)])
_PLACE: Final = pa.struct(
    [
        ("name", _TEXT),
        ("country", _TEXT),
        ("admin1", _TEXT),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("geonames_id", pa.int64()),
    ]
)

SCHEMA: Final = pa.schema(
    [
        ("record", _TEXT),
        ("id", _TEXT),
        ("document", _TEXT),
        ("sentence", pa.int64()),
        ("date", _DATE),
        ("confidence", pa.float64()),
        ("coder", _TEXT),
        # Events.
        ("type", _TEXT),
        ("act", _TEXT),
        ("mode", _TEXT),
        ("contexts", _TEXTS),
        ("status", _TEXT),
        ("actors", pa.list_(_PARTICIPANT)),
        ("recipients", pa.list_(_PARTICIPANT)),
        ("reciprocal", pa.bool_()),
        ("place", _PLACE),
        ("said_by", _PARTICIPANT),
        ("evidence", _SPAN),
        ("trigger", _SPAN),
        ("also", pa.list_(_SPAN)),
        ("cameo", _TEXT),
        ("quad", pa.struct([("scheme", _TEXT), ("class", _TEXT)])),
        ("score", pa.float64()),
        # Statements.
        ("speaker", _PARTICIPANT),
        ("side", _TEXT),
        ("addressee", _PARTICIPANT),
        ("via", _PARTICIPANT),
        ("form", _TEXT),
        ("cue", _SPAN),
        ("content", _SPAN),
        ("issues", _TEXTS),
        ("tone", pa.float64()),
        ("forecast", pa.bool_()),
        # Field to the reason of its value.
        ("why", pa.map_(_TEXT, _TEXT)),
    ]
)

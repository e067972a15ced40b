"""The wire format as one flat row, for CSV.

A nested field becomes columns with a dot: `date.start`, `actors.id`. The values of several actors stand in one cell, in
order, with `;` between them, so that the first of `actors.id` belongs to the first of `actors.country`; one that is
missing is left empty. The sectors of one actor are joined by `|`, contexts and issues by `;`, reasons as
`field: reason` by `;`. A separator inside a value becomes a comma.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa

from detente.exchange.schema import SCHEMA


def _columns(name: str, kind: pa.DataType) -> list[str]:
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        kind = kind.value_type
    if pa.types.is_struct(kind):
        return [f"{name}.{field.name}" for field in kind]
    return [name]


COLUMNS: Final = tuple(column for field in SCHEMA for column in _columns(field.name, field.type))


def flatten(wire: Mapping[str, Any]) -> list[str]:
    """The cells of a record on the wire, one for each of `COLUMNS`; "" for what it does not have."""
    return [_cell(wire, column) for column in COLUMNS]


def _cell(wire: Mapping[str, Any], column: str) -> str:
    name, _, inner = column.partition(".")
    value = wire.get(name)
    if value is None:
        return ""
    if not inner:
        if isinstance(value, Mapping):
            return _join([f"{field}: {reason}" for field, reason in value.items()], ";")
        return _join(value, ";") if isinstance(value, list) else _plain(value)
    if isinstance(value, list):
        return _join([_joined_sectors(item[inner]) for item in value], ";")
    return _joined_sectors(value[inner])


def _joined_sectors(value: object) -> str:
    return _join(value, "|") if isinstance(value, list) else _plain(value)


def _join(values: list[Any], separator: str) -> str:
    return separator.join(_plain(value).replace(separator, ",") for value in values)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)

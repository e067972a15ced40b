"""The data dictionary that lies beside a published file: a row a column, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from detente.analysis.series import Column
from detente.exchange.stata import stata_names

HEAD: Final = ("column", "stata_name", "type", "unit", "meaning", "formula_source")
_TYPES: Final = {
    "int64": "whole number",
    "double": "number",
    "string": "text",
    "date32[day]": "day",
    "bool": "yes or no",
}


def dictionary(columns: Iterable[Column], table: pa.Schema) -> str:
    """The columns of a table that these describe, in its order.

    Raises:
        KeyError: a column of the table is not described.
    """
    described = {column.name: column for column in columns}
    names = stata_names(table.names)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for field in table:
        column = described[field.name]
        kind = _TYPES.get(str(field.type), str(field.type))
        writer.writerow((field.name, names[field.name], kind, column.unit, column.meaning, column.source))
    return text.getvalue()

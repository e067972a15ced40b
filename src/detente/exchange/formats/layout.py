"""A layout: the columns of a published format, and the way from its cells to rows of the ledger and back.

Public: `Layout`, `read_batch(layout, columns, rows) -> Batch`, `write_batch(layout, table) -> {column: texts}`.

What `encode` would not write as it was published is kept in the row's `extra` under the name of the column, so a row
goes out as it came in; columns that the layout does not know are kept there too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import Cells
from detente.ledger.row_tables import EXTRA, ROWS

Columns = dict[str, pa.Array]
# Columns of rows that are never null, and what stands in them if the layout says nothing.
_DEFAULTS: Final = {
    "actor_sectors": (),
    "recipient_sectors": (),
    "contexts": (),
    "status": "happened",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` in the order of the published files, `schema` that of the rows, `datasets` whose rows are laid out so
    (the first if the user does not say). `decode` gives columns of the schema, `encode` a text for every column.
    `looks` tells a row of a file without header; `key` are columns without which a header is not this layout's. In the
    columns of `required` every row has a text. `aliases` are other names in headers.
    """

    name: str
    datasets: tuple[str, ...]
    columns: tuple[str, ...]
    decode: Callable[[Cells], Columns]
    encode: Callable[[pa.Table], Columns]
    looks: Callable[[list[str]], bool]
    key: tuple[str, ...]
    required: tuple[str, ...]
    schema: pa.Schema = field(default=ROWS)
    delimiter: str = "\t"
    header: bool = False
    missing: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows read (`table`, columns of the layout's schema), their places in the batch, and the faults of the others."""

    table: pa.Table
    places: list[int]
    faults: dict[int, str]


def read_batch(layout: Layout, dataset: str, columns: Columns, rows: int) -> Batch:
    """The rows that the cells say."""
    if not rows:
        return Batch(layout.schema.empty_table(), [], {})
    cells = Cells(columns, rows, layout.missing)
    found = layout.decode(cells)
    if layout.schema is ROWS:
        found["dataset"] = pa.array([dataset] * rows, pa.string())
    table = pa.table([_column(found, name, layout.schema, rows) for name in layout.schema.names], schema=layout.schema)
    good = np.ones(rows, bool)
    good[list(cells.faults)] = False
    if cells.faults:
        keep = pa.array(good)
        table = table.filter(keep).combine_chunks()
        columns = {name: column.filter(keep) for name, column in columns.items()}
    extra = _extra(columns, layout.encode(table), table.num_rows)
    table = table.set_column(table.schema.get_field_index("extra"), table.schema.field("extra"), extra)
    return Batch(table, np.flatnonzero(good).tolist(), cells.faults)


def write_batch(layout: Layout, table: pa.Table) -> Columns:
    """The cells that these rows are written as, by column of the layout."""
    table = table.combine_chunks()
    cells = layout.encode(table)
    own = None
    if layout.schema is ROWS:
        own = pc.is_in(table["dataset"].combine_chunks(), value_set=pa.array(layout.datasets))
    extra = table["extra"].combine_chunks()
    for name in layout.columns:
        published = pc.map_lookup(extra, pa.scalar(name), "first")
        if own is not None:
            published = pc.if_else(own, published, None)
        cells[name] = pc.coalesce(published, cells[name])
    return cells


def _column(found: Columns, name: str, schema: pa.Schema, rows: int) -> pa.Array:
    kind = schema.field(name).type
    if name == "extra":
        return pa.array([[]] * rows, EXTRA)
    column = found.get(name)
    if column is None and name in _DEFAULTS:
        return pa.repeat(pa.scalar(_DEFAULTS[name], kind), rows)
    return pa.nulls(rows, kind) if column is None else column


def _extra(columns: Columns, encoded: Columns, rows: int) -> pa.Array:
    """For each row the cells that `encoded` has not got, by name of the column."""
    names = list(columns)
    absent = pa.array([""] * rows, pa.string())
    differs = [
        pc.not_equal(cells, encoded.get(name, absent)).to_numpy(zero_copy_only=False) for name, cells in columns.items()
    ]
    row, column = np.nonzero(np.array(differs, bool).reshape(len(names), rows).T)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows))]).astype(np.int32)
    keys = pa.array(names, pa.string()).take(pa.array(column))
    every = pa.chunked_array(list(columns.values()), pa.string())
    items = every.take(pa.array(column * rows + row))
    if isinstance(items, pa.ChunkedArray):
        items = items.combine_chunks()
    return pa.MapArray.from_arrays(pa.array(offsets), keys, items)

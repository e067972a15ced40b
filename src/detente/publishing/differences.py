"""Where two files of the same kind first differ, told for a reader."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_SHOWN: Final = 60


def first_difference(wanted: Path, got: Path) -> str | None:
    """One line on the first place in which two files differ; None where every byte is the same.

    Tables (.parquet, .dta) are compared by cells, everything else by lines.
    """
    if wanted.read_bytes() == got.read_bytes():
        return None
    if got.suffix == ".parquet":
        told = _cells(pq.read_table(wanted), pq.read_table(got))
    elif got.suffix == ".dta":
        told = _cells(_stata(wanted), _stata(got))
    else:
        told = _lines(wanted, got)
    return told or "the same content in other bytes: another version of a library wrote it"


def _stata(path: Path) -> pa.Table:
    import pandas  # Here, for it takes its time.

    return pa.Table.from_pandas(pandas.read_stata(path, convert_categoricals=False), preserve_index=False)


def _cells(wanted: pa.Table, got: pa.Table) -> str | None:
    if wanted.schema.names != got.schema.names:
        pairs = zip_longest(wanted.schema.names, got.schema.names)
        one, other = next((one, other) for one, other in pairs if one != other)
        return f"column {one} was wanted, {other} came"
    rows = min(wanted.num_rows, got.num_rows)
    found = [
        (row, name)
        for name in wanted.schema.names
        if (row := _first(wanted[name].slice(0, rows), got[name].slice(0, rows))) is not None
    ]
    if found:
        row, name = min(found, key=lambda one: one[0])
        return f"row {row + 1}, {name}: {_shown(wanted[name][row])} was wanted, {_shown(got[name][row])} came"
    if wanted.num_rows != got.num_rows:
        return f"{wanted.num_rows:,} rows were wanted, {got.num_rows:,} came"
    return None


def _first(wanted: pa.ChunkedArray, got: pa.ChunkedArray) -> int | None:
    """The first place in which two columns of equal length differ."""
    if wanted.type != got.type:
        return 0 if len(wanted) else None
    same = pc.fill_null(pc.equal(wanted, got), False)
    both = pc.and_(pc.is_null(wanted, nan_is_null=True), pc.is_null(got, nan_is_null=True))
    place: int = pc.index(pc.or_(same, both), False).as_py()
    return None if place < 0 else place


def _shown(value: pa.Scalar) -> str:
    return repr(value.as_py())[:_SHOWN]


def _lines(wanted: Path, got: Path) -> str:
    with wanted.open("rb") as one, got.open("rb") as other:
        for number, (left, right) in enumerate(zip_longest(one, other, fillvalue=b""), start=1):
            if left != right:
                return f"line {number}: {_cut(left, right)}"
    return ""


def _cut(left: bytes, right: bytes) -> str:
    """Both lines from a little before the place where they part."""
    place = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    at = max(0, place - 20)
    shown = [text[at : at + _SHOWN].decode("utf-8", "replace").rstrip("\n") or "nothing" for text in (left, right)]
    return f"{shown[0]!r} was wanted, {shown[1]!r} came"

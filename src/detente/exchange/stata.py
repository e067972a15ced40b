"""Arrow tables as Stata files (.dta, format 118: Stata 14 and newer, Unicode).

Names are cut to what Stata takes: 32 letters, digits and underscores. Days become Stata dates (%td); what is missing
becomes Stata's missing value, a missing text the empty one, since Stata has no other. Truth values are 0 and 1 with the
labels no and yes. A text that Stata would cut off, at a NUL, has U+FFFD there; the values of a list are parted by "; ".
Numbers beyond what Stata's doubles hold are missing. The stamp in the head is `as_of`, not the hour of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import BinaryIO, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import OptionError

VERSION: Final = 118
# The stamp of a file whose data have no day: Stata's own day nought.
_EPOCH: Final = date(1960, 1, 1)
_LONGEST_NAME: Final = 32
_LONGEST_LABEL: Final = 80
# Longer texts (in bytes) go into a strL.
_LONGEST_TEXT: Final = 2045
# Whole numbers beyond this are not all told apart as doubles.
_EXACT: Final = 2**53 - 1
# Beyond this Stata's doubles are missing values.
_LARGEST: Final = 8.98e307
# Words of Stata and of its language Mata.
_RESERVED: Final = frozenset(
    """
    _all _b _coef _cons _N _n _pi _pred _rc _se _skip aggregate array boolean break byte case catch
    class colvector complex const continue default delegate delete do double else eltypedef end enum
    explicit export external float for friend function global goto if in inline int local long NULL
    pragma protected quad rowvector short strL typedef typename using virtual with
    """.split()
)
_NO_YES: Final = {0: "no", 1: "yes"}


def write_stata(
    table: pa.Table,
    file: BinaryIO,
    title: str = "",
    labels: Mapping[str, str] = {},
    codes: Mapping[str, tuple[str, ...]] = {},
    as_of: date | None = None,
) -> None:
    """Write a table. `labels` say what each column means, `codes` which texts a column takes: it becomes a number with
    value labels, as its truth values do.

    Raises:
        OptionError: a column cannot be held: names alike in their first 32 characters, a text that is not among its
            codes, a whole number of 2^53 and more.
    """
    names = stata_names(table.column_names)
    columns: dict[str, pd.Series] = {}
    valued: dict[str, dict[int, str]] = {}
    days, long = {}, []
    for name, column in zip(table.column_names, table.columns, strict=True):
        short, kind = names[name], column.type
        if pa.types.is_dictionary(kind):
            column, kind = column.cast(kind.value_type), kind.value_type
        if name in codes:
            columns[short] = _coded(name, column, codes[name])
            valued[short] = dict(enumerate(codes[name]))
        elif pa.types.is_date(kind):
            columns[short] = pd.Series(column.cast(pa.timestamp("s")).to_pandas())
            days[short] = "td"
        elif pa.types.is_boolean(kind):
            columns[short] = _numbers(name, column.cast(pa.int8()))
            valued[short] = _NO_YES
        elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            columns[short] = _numbers(name, column)
        else:
            columns[short], is_long = _texts(column)
            long += [short] * is_long
    pd.DataFrame(columns).to_stata(
        file,
        write_index=False,
        version=VERSION,
        byteorder="little",
        time_stamp=datetime.combine(as_of or _EPOCH, datetime.min.time()),
        data_label=title[:_LONGEST_LABEL],
        variable_labels={names[name]: label[:_LONGEST_LABEL] for name, label in labels.items() if name in names},
        convert_dates=days,
        convert_strl=long,
        value_labels=valued,
    )


def stata_names(names: Iterable[str]) -> dict[str, str]:
    """The names as Stata takes them.

    Raises:
        OptionError: two become one.
    """
    found: dict[str, str] = {}
    for name in names:
        short = re.sub(r"[^A-Za-z0-9_]", "_", name)
        short = f"_{short}" if short[:1].isdigit() or not short else short
        short = f"{short}_" if short in _RESERVED or re.fullmatch(r"str\d+", short) else short
        found[name] = short[:_LONGEST_NAME]
    twice = {short for short in found.values() if list(found.values()).count(short) > 1}
    if twice:
        raise OptionError(f"Stata cannot tell columns apart: more than one would be called {', '.join(sorted(twice))}")
    return found


def _coded(name: str, column: pa.ChunkedArray, codes: tuple[str, ...]) -> pd.Series:
    strange = set(column.unique().to_pylist()) - {None, *codes}
    if strange:
        raise OptionError(f"column {name}: {sorted(strange)[0]!r} is none of {', '.join(codes)}")
    return _numbers(name, pc.index_in(column, pa.array(codes)))


def _numbers(name: str, column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_integer(column.type):
        least, most = pc.min_max(column).as_py().values()
        if least is not None and max(-least, most) > _EXACT:
            raise OptionError(f"column {name}: Stata holds no whole number of 2^53 and more exactly")
        if column.null_count == 0:
            return pd.Series(column.to_pandas())
    values = column.cast(pa.float64())
    # Stata has no infinity.
    fits = pc.and_(pc.is_finite(values), pc.less_equal(pc.abs(values), _LARGEST))
    return pd.Series(pc.if_else(fits, values, None).to_pandas(), dtype="float64")


def _texts(column: pa.ChunkedArray) -> tuple[pd.Series, bool]:
    if pa.types.is_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), "; ")
    texts = pc.replace_substring(pc.fill_null(column.cast(pa.string()), ""), "\0", "\N{REPLACEMENT CHARACTER}")
    longest = pc.max(pc.binary_length(texts)).as_py() or 0
    return pd.Series(texts.to_pylist(), dtype=object), longest > _LONGEST_TEXT

"""The columns of a series, each with its unit, its meaning and where its formula is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from detente.ontology import load_ontology
from detente.ontology.tables import QUADS

TYPES: Final = tuple(load_ontology().types)


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` is "" where there is none; `source` names the formula's, "" where it needs none."""

    name: str
    type: pa.DataType
    unit: str
    meaning: str
    source: str = ""


def type_column(name: str) -> str:
    """n_consult."""
    return f"n_{name.lower()}"


def quad_column(name: str) -> str:
    """n_verbal_cooperation."""
    return f"n_{name.replace(' ', '_')}"


_GAP: Final = "None in a gap: no document of the period, and none that tells of it."
_BAND: Final = "90 % band, from the bootstrap over documents; None with fewer than five that tell first of an episode"
_RUBIN: Final = "Rubin (1981), Bayesian bootstrap, with documents for units"
_GOLDSTEIN: Final = "Goldstein (1992), summed as in Goldstein and Pevehouse (1997)"
_MEMORY: Final = "exponential ageing; the idea of accumulating and ageing after Crescenzi and Enterline (2001)"

COLUMNS: Final = (
    Column("first", pa.string(), "ISO 3166-1 alpha-3", "One country of the dyad, the first by the alphabet."),
    Column("second", pa.string(), "ISO 3166-1 alpha-3", "The other country."),
    Column("direction", pa.string(), "", "Who does it to whom, as USA>CHN; `both`: either way, each episode once."),
    Column("period", pa.string(), "", "2023-06-18, 2023-W24 (ISO week), 2023-06 or 2023-Q2."),
    Column("start", pa.date32(), "day", "First day of the period."),
    Column("end", pa.date32(), "day", "Last day of the period."),
    Column(
        "whole", pa.bool_(), "", "Whether all its days lie between the first and last on which anything was published."
    ),
    Column("documents", pa.int64(), "documents", "Published in the period and filed, whatever they tell of."),
    Column("documents_dyad", pa.int64(), "documents", "Those of them that tell of the dyad."),
    Column("episodes", pa.int64(), "episodes", f"That took place in the period. {_GAP}"),
    *(Column(type_column(name), pa.int64(), "episodes", f"Of PLOVER type {name}.") for name in TYPES),
    *(Column(quad_column(name), pa.int64(), "episodes", f"Of quad class {name}.") for name in QUADS),
    Column("quad_scheme", pa.string(), "", "Whose quad classes: PLOVER's (protest is material)."),
    Column("episodes_per_document", pa.float64(), "episodes a document", "`episodes` / `documents`."),
    Column(
        "expected", pa.float64(), "episodes", "Sum of the calibrated confidences: how many are expected to be right."
    ),
    Column("expected_low", pa.float64(), "episodes", f"{_BAND}.", _RUBIN),
    Column("expected_high", pa.float64(), "episodes", "Its upper end.", _RUBIN),
    Column("score", pa.float64(), "-10 to 10", "Mean score of the episodes, weighted by confidence; None without one."),
    Column("score_low", pa.float64(), "-10 to 10", f"{_BAND}.", _RUBIN),
    Column("score_high", pa.float64(), "-10 to 10", "Its upper end.", _RUBIN),
    Column("score_scheme", pa.string(), "", "Whose scores: `plover` or `goldstein`."),
    Column("net", pa.float64(), "score points", "Net cooperation: sum of confidence times score.", _GOLDSTEIN),
    Column("net_low", pa.float64(), "score points", f"{_BAND}.", _RUBIN),
    Column("net_high", pa.float64(), "score points", "Its upper end.", _RUBIN),
    Column("net_per_document", pa.float64(), "score points a document", "`net` / `documents`."),
    Column("index", pa.float64(), "score points", "Net cooperation remembered at the end of the period.", _MEMORY),
    Column("index_low", pa.float64(), "score points", f"{_BAND}.", _RUBIN),
    Column("index_high", pa.float64(), "score points", "Its upper end.", _RUBIN),
    Column(
        "index_mean",
        pa.float64(),
        "-10 to 10",
        "Mean score of all episodes so far, each weighted by its age too.",
        _MEMORY,
    ),
)
SCHEMA: Final = pa.schema([(column.name, column.type) for column in COLUMNS])

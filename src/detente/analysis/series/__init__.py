"""Series: what two countries did to each other, period by period and way by way, with how sure that is.

series(path, dyad, freq="month", level="gov", since=None, until=None, source="detente", half_life=30.0,
       scores="plover", draws=1000) -> pyarrow.Table     one row a direction and period, `SCHEMA`
panel(path, dyads=None, …the same…) -> pyarrow.Table      many dyads, one below the other; None: all
panel_parts(path, dyads, Asked(…)) -> Iterator[Table]    the same, some dyads at a time
COLUMNS                                                  each column with unit, meaning and source of its formula
"""

from __future__ import annotations

from detente.analysis.series.changes import Change, changes
from detente.analysis.series.columns import COLUMNS, SCHEMA, Column
from detente.analysis.series.drivers import Driver
from detente.analysis.series.levels import MEASURES
from detente.analysis.series.make import DRAWS, HALF_LIFE, Asked, panel, panel_parts, series
from detente.analysis.series.periods import FREQUENCIES
from detente.analysis.series.tally import UNPLACED

__all__ = [
    "COLUMNS",
    "DRAWS",
    "FREQUENCIES",
    "HALF_LIFE",
    "MEASURES",
    "SCHEMA",
    "UNPLACED",
    "Asked",
    "Change",
    "Column",
    "Driver",
    "changes",
    "panel",
    "panel_parts",
    "series",
]

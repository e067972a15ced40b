"""Net cooperation by month, with its uncertainty: the series of `detente.analysis.series`, of what a dossier knows."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any, Final

import pyarrow as pa

from detente.analysis.brief_model import Point
from detente.analysis.dossier import Dossier
from detente.analysis.series.make import DRAWS, HALF_LIFE
from detente.analysis.series.periods import window_between
from detente.analysis.series.tally import Plan, tally
from detente.ledger.deeds import COVERAGE, deeds_of
from detente.relations import dyad_of

ABOUT: Final = (
    "Mean PLOVER score (from −10, assault, to 10, aid) of what the two governments did in a month, weighted "
    "by confidence. The band holds 90 % of the means when the documents are drawn anew at random (bootstrap); months "
    "without coverage are gaps. “detente series” has more of it."
)
_BAND: Final = ("score_low", "score_high")
_EMPTY: Final = timedelta(days=365)


def series(dossier: Dossier) -> tuple[Point, ...]:
    """One point a month of the period, but of at most a year before and after the days that anything is known of."""
    dyad = dyad_of(*dossier.dyad)
    rows = deeds_of(dyad, dossier.episodes)
    published = [source.published for source in dossier.sources.values() if source.published]
    days = published + [day for day in rows["start"].to_pylist() if day]
    if not days:
        return ()
    since, until = max(dossier.since, min(days) - _EMPTY), min(dossier.until, max(days) + _EMPTY)
    if since > until:
        # Nothing has been told of the two for more than a year.
        return ()
    counts = sorted(Counter(published).items())
    documents = [(first, second, day, count) for first, second in ((None, None), dyad) for day, count in counts]
    coverage = pa.Table.from_pylist([dict(zip(COVERAGE.names, row, strict=True)) for row in documents], COVERAGE)
    table = tally((dyad,), rows, coverage, Plan(window_between(since, until, "month"), HALF_LIFE, DRAWS))
    return tuple(_point(row) for row in table.to_pylist() if row["direction"] == "both")


def _point(row: dict[str, Any]) -> Point:
    value, low, high = (None if row[name] is None else round(row[name], 2) for name in ("score", *_BAND))
    return Point(row["period"], value, low, high, row["episodes"] or 0, row["documents_dyad"])

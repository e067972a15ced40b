"""What took place in a time between some countries, or all: what the network and the map are drawn of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.analysis import desk
from detente.analysis.plots.sources import table_note
from detente.errors import OptionError
from detente.ledger import lookups, reading
from detente.ledger.deeds import deeds, dyads_in
from detente.ledger.told import heads, told
from detente.relations import Dyad

# As long a time as a dossier has when no day is given.
_SPAN: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Scene:
    """Episodes that took place from `since` to `until` (both included), government to government: a table with the
    columns of `deeds.SCHEMA` and `told.TOLD`. `sources` is the note on the documents that tell them."""

    since: date
    until: date
    episodes: pa.Table
    sources: str

    @property
    def period(self) -> str:
        return desk.days(self.since, self.until)


def load_scene(path: Path, wanted: Callable[[Dyad], bool], since: date | None, until: date | None) -> Scene:
    """The episodes of the dyads wanted. Those first told after `until` (default: the ledger's last day of publication)
    are left out; `since` defaults to a year before that.

    Raises:
        LedgerError: there is no ledger there, or it stays in use.
        OptionError: `since` is later than `until`, or nothing is filed.
    """
    with reading(path) as connection:
        last = until or lookups.latest_day(connection)
        dyads = [dyad for dyad in dyads_in(connection) if wanted(dyad)]
        if last is None or not dyads:
            raise OptionError(f"{path}: nothing filed tells of these countries; nothing to plot")
        first = since or last - _SPAN
        if first > last:
            raise OptionError(f"--since {first} is later than {'--until' if until else 'the last document,'} {last}")
        parts = [_within(table, first, last) for _, table in deeds(connection, dyads, days=(first, last))]
        rows = pa.concat_tables(parts)
        rows = _joined(rows, told(connection, rows["id"].to_pylist()), last)
        if not rows.num_rows:
            raise OptionError(f"{path}: nothing that took place is filed for {desk.days(first, last)}; nothing to plot")
        documents = heads(connection, pc.list_flatten(rows["documents"]).unique().to_pylist())
    return Scene(first, last, rows, table_note(path, documents))


def _within(rows: pa.Table, first: date, last: date) -> pa.Table:
    """Those of which any of the days known is among those asked about."""
    begun = pc.less_equal(pc.coalesce(rows["start"], pa.scalar(date.min)), pa.scalar(last))
    over = pc.less(pc.coalesce(rows["end"], pa.scalar(date.max)), pa.scalar(first))
    dated = pc.or_(pc.is_valid(rows["start"]), pc.is_valid(rows["end"]))
    return rows.filter(pc.and_(dated, pc.and_(begun, pc.invert(over))))


def _joined(rows: pa.Table, more: pa.Table, last: date) -> pa.Table:
    """The rows with what `told` knows of them, without those that were first told later."""
    found = more.take(pc.index_in(rows["id"].combine_chunks(), more["id"].combine_chunks()))
    for name in found.column_names[1:]:
        rows = rows.append_column(name, found[name])
    early = pc.less_equal(pc.coalesce(rows["first_report"], pa.scalar(last)), pa.scalar(last))
    return rows.filter(early)


def mean_score(scores: Sequence[float | None], confidences: Sequence[float]) -> float:
    """The mean PLOVER score, weighted by confidence as in a series; 0 where none has one."""
    known = [(s, c) for s, c in zip(scores, confidences, strict=True) if s is not None]
    weight = sum(confidence for _, confidence in known)
    return sum(score * confidence for score, confidence in known) / weight if weight else 0.0


def counted(scores: Sequence[float | None], confidences: Sequence[float]) -> dict[str, int | float]:
    """What a line or mark tells of its episodes, each given by score and confidence."""
    return {
        "episodes": len(scores),
        "mean_score": round(mean_score(scores, confidences), 3),
        "cooperation": sum(score is not None and score > 0 for score in scores),
        "conflict": sum(score is not None and score < 0 for score in scores),
    }


# Of a mean score: what lies nearer to 0 is neither.
_EVEN: Final = 0.5
GOOD, EVEN, BAD = "mostly cooperation", "mixed", "mostly conflict"


def tone_of(score: float) -> str:
    """What a mean score comes to, in words."""
    return GOOD if score > _EVEN else BAD if score < -_EVEN else EVEN

"""What took place in a time between some countries, or all: what the network and the map are drawn of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

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
    """Episodes that took place from `since` to `until` (both included), government to government, as plain dicts with
    the columns of `deeds.SCHEMA` and `told.TOLD`; `sources` is the note on the documents that tell them."""

    since: date
    until: date
    episodes: tuple[dict[str, Any], ...]
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
        rows = [row for _, table in deeds(connection, dyads) for row in table.to_pylist() if _within(row, first, last)]
        more = {row["id"]: row for row in told(connection, [row["id"] for row in rows]).to_pylist()}
        kept = [{**row, **more[row["id"]]} for row in rows if (more[row["id"]]["first_report"] or last) <= last]
        if not kept:
            raise OptionError(f"{path}: nothing that took place is filed for {desk.days(first, last)}; nothing to plot")
        documents = heads(connection, {document for row in kept for document in row["documents"]})
    return Scene(first, last, tuple(kept), table_note(path, documents))


def _within(row: dict[str, Any], first: date, last: date) -> bool:
    """Whether any of the days known is among those asked about."""
    if row["start"] is None and row["end"] is None:
        return False
    return (row["start"] or date.min) <= last and (row["end"] or date.max) >= first


def mean_score(rows: Sequence[dict[str, Any]]) -> float:
    """The mean PLOVER score, weighted by confidence as in a series."""
    weight = sum(row["confidence"] for row in rows)
    return float(sum(row["confidence"] * (row["score"] or 0.0) for row in rows)) / weight if weight else 0.0


# Of a mean score: what lies nearer to 0 is neither.
_EVEN: Final = 0.5
GOOD, EVEN, BAD = "mostly cooperation", "mixed", "mostly conflict"


def tone_of(score: float) -> str:
    """What a mean score comes to, in words."""
    return GOOD if score > _EVEN else BAD if score < -_EVEN else EVEN

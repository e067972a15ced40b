"""Where the relation changed its level, and what drives each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from detente.analysis.series.drivers import Driver, drivers_of
from detente.analysis.series.levels import MEASURES, Places, Signals
from detente.analysis.series.make import Asked, Given, read
from detente.analysis.series.periods import day_of, label
from detente.analysis.series.shifts import Shift, find_shifts
from detente.analysis.series.tally import directions
from detente.errors import OptionError
from detente.ledger import reading
from detente.ledger.deeds import OURS, words_of
from detente.relations import Dyad, dyad_of


@dataclass(frozen=True, slots=True)
class Change:
    """A change of level. `on` is the first day of the new level, `period` its period; `gap` periods without a value lie
    before it, in which the change may as well have been. `before` and `after` are the levels (by `measure`: mean score,
    episodes a period, episodes a document) over so many periods that have a value, with `documents_before` and
    `documents_after` a period in the ledger: where these change too, a change of a count may be one of coverage.
    `strength` is how many times over the change pays its penalty."""

    dyad: Dyad
    direction: str
    measure: str
    freq: str
    period: str
    on: date
    gap: int
    before: float
    after: float
    periods_before: int
    periods_after: int
    documents_before: float
    documents_after: float
    strength: float
    drivers: tuple[Driver, ...]

    def to_dict(self) -> dict[str, Any]:
        """A plain dict; days as ISO 8601."""
        plain = asdict(self) | {"dyad": list(self.dyad), "on": self.on.isoformat()}
        days = ({"start": driver.start.isoformat(), "end": driver.end.isoformat()} for driver in self.drivers)
        return plain | {"drivers": [asdict(driver) | both for driver, both in zip(self.drivers, days, strict=True)]}


def changes(
    path: Path,
    dyad: Dyad,
    freq: str = "month",
    level: str = "gov",
    since: date | None = None,
    until: date | None = None,
    source: str = OURS,
    scores: str = "plover",
    direction: str | None = "both",
    measures: Sequence[str] = ("score", "episodes"),
) -> tuple[Change, ...]:
    """The changes of a dyad's series in the order of time. The arguments are those of `series`; `direction` is both or
    A>B (None: all three), `measures` are some of `MEASURES`. How they are found is told in `shifts`; gaps are passed
    over.

    Raises:
        OptionError: an argument has a value that is not allowed.
        LedgerError: there is no ledger, it stays in use, or nothing of this source, or of the dyad, is in it.
    """
    pair = dyad_of(*dyad)
    for measure in measures:
        if measure not in MEASURES:
            raise OptionError(f"{measure}: no measure of changes ({', '.join(MEASURES)})")
    if direction is not None and direction not in directions(pair):
        raise OptionError(f"{direction}: no direction of this dyad ({', '.join(directions(pair))})")
    (given,) = read(path, [pair], Asked(freq, level, since, until, source, scores), inside=True)
    ways = directions(pair) if direction is None else (direction,)
    found = sorted((one for way in ways for one in changes_of(given, way, measures)), key=lambda one: one.on)
    with reading(path) as connection:
        words = words_of(connection, {driver.record for change in found for driver in change.drivers}, source)
    return tuple(
        replace(one, drivers=tuple(replace(d, words=words.get(d.record, "")) for d in one.drivers)) for one in found
    )


def changes_of(given: Given, direction: str, measures: Sequence[str]) -> tuple[Change, ...]:
    """The changes in what is read of one dyad. The drivers have no words."""
    seen = Signals(given, directions(given.dyads[0]).index(direction))
    found = [change for measure in measures for change in _changes(seen, given, direction, measure)]
    return tuple(sorted(found, key=lambda change: (change.on, measures.index(change.measure))))


def _changes(seen: Signals, given: Given, direction: str, measure: str) -> list[Change]:
    at, values, weights = seen.signal(measure)
    # Independent events spread no less than Poisson's.
    shifts = find_shifts(values, weights, least=0.0 if measure == "score" else 1.0)
    ends = [0, *(shift.place for shift in shifts), len(at)]
    return [
        _change(seen, given, direction, measure, shift, at[start : shift.place], at[shift.place : end])
        for shift, start, end in zip(shifts, ends, ends[2:], strict=False)
    ]


def _change(
    seen: Signals, given: Given, direction: str, measure: str, shift: Shift, old: Places, new: Places
) -> Change:
    first = day_of(seen.window.starts[new[0]])
    return Change(
        dyad=given.dyads[0],
        direction=direction,
        measure=measure,
        freq=seen.window.freq,
        period=label(first, seen.window.freq),
        on=first,
        gap=int(new[0] - old[-1]) - 1,
        before=round(seen.level(old, measure), 3),
        after=round(seen.level(new, measure), 3),
        periods_before=len(old),
        periods_after=len(new),
        documents_before=round(float(seen.documents[old].mean()), 1),
        documents_after=round(float(seen.documents[new].mean()), 1),
        strength=round(shift.strength, 2),
        drivers=drivers_of(seen, given.rows, measure, old, new),
    )

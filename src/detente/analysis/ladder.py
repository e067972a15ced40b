"""When a government climbs to a rung of the ladder that it had not used for long, or steps down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from detente.errors import OptionError
from detente.records import Signal

CLIMB: Final = "climb"
STEP_DOWN: Final = "step down"

_Key = tuple[str, str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Move:
    """A side's move on one scale about one issue.

    `direction` is `CLIMB` or `STEP_DOWN`; `rung` and `label` are the highest of the window, `before` the highest that
    it is compared with (None: the scale was not used at all in the memory). `issue` and `towards` may be None: not
    named. `signals` show the rung of the window, `earlier` that of before; both in the order of their days.
    """

    government: str
    towards: str | None
    issue: str | None
    scale: str
    direction: str
    rung: int
    label: str
    before: int | None
    signals: tuple[Signal, ...]
    earlier: tuple[Signal, ...]


def climbs(signals: Iterable[Signal], *, since: date, until: date, memory_days: int = 365) -> tuple[Move, ...]:
    """The moves of every government towards every side about every issue, the gravest first, then by name.

    A climb: the highest rung of the window [since, until] is above every rung of the `memory_days` before it. A step
    down: it is below the highest rung of the window of equal length just before. Signals without a day do not count;
    one about several issues counts for each.

    Raises:
        OptionError: the window ends before it begins, or the memory is not positive.
    """
    if until < since:
        raise OptionError(f"the window ends ({until}) before it begins ({since})")
    if memory_days < 1:
        raise OptionError(f"a memory of {memory_days} days remembers nothing; at least 1")
    grouped: dict[_Key, list[tuple[date, Signal]]] = defaultdict(list)
    for signal in signals:
        day = day_of(signal)
        if day is not None:
            for issue in signal.issues or (None,):
                grouped[signal.government, signal.towards, issue, signal.scale].append((day, signal))
    moves = [
        move
        for key, dated in grouped.items()
        for move in _moves(key, sorted(dated, key=lambda one: (one[0], one[1].id)), since, until, memory_days)
    ]
    return tuple(sorted(moves, key=lambda m: (-m.rung, m.government, m.towards or "", m.issue or "", m.scale)))


def day_of(signal: Signal) -> date | None:
    """The day of a signal: the last of its date."""
    return (signal.date.end or signal.date.start) if signal.date is not None else None


def _moves(key: _Key, dated: list[tuple[date, Signal]], since: date, until: date, memory_days: int) -> Iterator[Move]:
    def within(first: date, last: date) -> list[Signal]:
        return [signal for day, signal in dated if first <= day <= last]

    yesterday = _before(since, 1)
    now = within(since, until)
    if not now:
        return
    rung = max(signal.rung for signal in now)
    memory = within(_before(since, memory_days), yesterday)
    lately = within(_before(since, (until - since).days + 1), yesterday)
    highest = max((signal.rung for signal in memory), default=None)
    if highest is None or rung > highest:
        yield _move(key, CLIMB, rung, now, highest, memory)
    elif lately and rung < (recent := max(signal.rung for signal in lately)):
        yield _move(key, STEP_DOWN, rung, now, recent, lately)


def _move(key: _Key, direction: str, rung: int, now: list[Signal], before: int | None, then: list[Signal]) -> Move:
    shown = tuple(signal for signal in now if signal.rung == rung)
    earlier = tuple(signal for signal in then if signal.rung == before)
    government, towards, issue, scale = key
    return Move(government, towards, issue, scale, direction, rung, shown[-1].label, before, shown, earlier)


def _before(day: date, days: int) -> date:
    """So many days earlier, or the first of the calendar."""
    return day - timedelta(days=min(days, (day - date.min).days))

"""The time line of a dyad: contacts, deeds and each side's statements by year, month or day.

`timeline(frame) -> Timeline`; `draw(timeline) -> Drawing`, plain coordinates for whoever draws it.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_contacts import contacts_in_brief
from detente.analysis.brief_deeds import deeds_in_brief, score
from detente.analysis.brief_frame import Frame
from detente.analysis.brief_words import said_on

UNITS: Final = ("year", "month", "day")
# A longer period is told by years, one between by months.
_MONTHS, _DAYS = 1100, 62
# No more of what lies before the first record and after the last.
_EMPTY: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Bin:
    """A year, month or day, cut to the period: its days, how it is called, and what fell into it. Deeds are parted
    into good and bad ones for the relation; `statements` are those of either side, in the order of the dyad."""

    start: date
    end: date
    label: str
    contacts: int
    good: int
    bad: int
    statements: tuple[int, int]

    @property
    def told(self) -> str:
        """June 2023: 6 contacts, 9 deeds, 31 statements."""
        parts = ((self.contacts, "contact"), (self.good + self.bad, "deed"), (sum(self.statements), "statement"))
        return f"{self.label}: " + ", ".join(desk.counted(number, noun) for number, noun in parts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`unit` is one of `UNITS`; `bins` follow each other without a gap; `sides` are the names of the two countries."""

    unit: str
    sides: tuple[str, str]
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a lane with the figure written beside it; `kind` is contact, good, bad, one or other."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    count: int
    label_y: float


@dataclass(frozen=True, slots=True)
class Column:
    """What is drawn of one bin."""

    bin: Bin
    x: float
    width: float
    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Coordinates in a box of `width` by `height`; `lanes` are the headings with the height of their ground line."""

    width: float
    height: float
    left: float
    lanes: tuple[tuple[str, float], ...]
    columns: tuple[Column, ...]


def timeline(frame: Frame) -> Timeline:
    """What the brief would show of contacts and deeds, and all statements, of the period asked about."""
    dossier = frame.dossier
    contacts = [c.start for c in contacts_in_brief(frame) if c.start]
    deeds = [(e.start, score(e) < 0) for e in deeds_in_brief(frame) if e.start]
    said = [
        (said_on(t), t.statement.side)
        for t in dossier.tellings
        if t.statement.side in dossier.dyad and t.source.reprint_of is None
    ]
    days = [s.published for s in dossier.sources.values() if s.published]
    since = max(dossier.since, min(days, default=dossier.since) - _EMPTY)
    until = min(dossier.until, max(days, default=dossier.until) + _EMPTY)
    span = (until - since).days
    unit = "year" if span > _MONTHS else "month" if span > _DAYS else "day"
    bins = list(_bins(since, until, unit)) if since <= until else []
    met = _counted(bins, contacts, since)
    bad = _counted(bins, (day for day, is_bad in deeds if is_bad), since)
    good = _counted(bins, (day for day, is_bad in deeds if not is_bad), since)
    told = [_counted(bins, (day for day, side in said if side == country), None) for country in dossier.dyad]
    made = (
        Bin(start, end, label, met[start], good[start], bad[start], (told[0][start], told[1][start]))
        for start, end, label in bins
    )
    return Timeline(unit, (frame.name(dossier.dyad[0]), frame.name(dossier.dyad[1])), tuple(made))


def _bins(since: date, until: date, unit: str) -> Iterator[tuple[date, date, str]]:
    start = since
    while start <= until:
        if unit == "year":
            end, label = date(start.year, 12, 31), str(start.year)
        elif unit == "month":
            last = calendar.monthrange(start.year, start.month)[1]
            end, label = start.replace(day=last), f"{calendar.month_name[start.month]} {start.year}"
        else:
            end, label = start, desk.day(start)
        yield start, min(end, until), label
        start = end + timedelta(days=1)


def _counted(bins: list[tuple[date, date, str]], days: Iterable[date], floor: date | None) -> Counter[date]:
    """How many of the days fall into each bin, by its first day. What began before `floor` counts on that day."""
    found: Counter[date] = Counter()
    ordered = sorted(max(day, floor) if floor else day for day in days)
    place = 0
    for day in ordered:
        while place < len(bins) and bins[place][1] < day:
            place += 1
        if place < len(bins) and bins[place][0] <= day:
            found[bins[place][0]] += 1
    return found


def wider(since: date, until: date) -> tuple[date, date] | None:
    """The month, else the year, in which the period lies; None if it is a whole year or more."""
    month = since.replace(day=1), since.replace(day=calendar.monthrange(since.year, since.month)[1])
    year = date(since.year, 1, 1), date(since.year, 12, 31)
    return next((w for w in (month, year) if until <= w[1] and (since, until) != w), None)


def shifted(since: date, until: date, by: int) -> tuple[date, date]:
    """The period so many of its own lengths later (or earlier): whole months by months, others by days."""
    after = until + timedelta(days=1)
    if since.day == 1 and after.day == 1:
        months = (after.year - since.year) * 12 + after.month - since.month
        start, end = (_month_later(day, by * months) for day in (since, after))
        return start, end - timedelta(days=1)
    length = (after - since) * by
    return since + length, until + length


def _month_later(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


_LEFT: Final = 108.0
_WIDTH: Final = 760.0
_LANE: Final = 34.0
_TOP: Final = 16.0
# Figures and names of bins are written where there is room for them.
_WIDE_ENOUGH: Final = 13.0
_LABEL_ROOM: Final = 44.0


def draw(line: Timeline) -> Drawing:
    """Lanes under each other: contacts, deeds (good above the line, bad below it), statements of each side."""
    step = (_WIDTH - _LEFT) / max(1, len(line.bins))
    grounds = (_TOP + _LANE, _TOP + 2 * _LANE + 14, _TOP + 4 * _LANE + 20, _TOP + 5 * _LANE + 32)
    names = ("Contacts", "Deeds", f"{line.sides[0]} says", f"{line.sides[1]} says")
    tops = (
        max((b.contacts for b in line.bins), default=0),
        max((max(b.good, b.bad) for b in line.bins), default=0),
        max((max(b.statements) for b in line.bins), default=0),
    )
    every = max(1, round(_LABEL_ROOM / step + 0.49))

    def bar(kind: str, number: int, top: int, x: float, ground: float, down: bool = False) -> Iterator[Bar]:
        if number:
            height = round((_LANE - 12) * number / top, 1)
            y = ground if down else ground - height
            label_y = ground + height + 10 if down else y - 3
            yield Bar(kind, round(x, 1), round(y, 1), round(step * 0.6, 1), height, number, round(label_y, 1))

    columns = []
    for number, one in enumerate(line.bins):
        x = _LEFT + step * number
        inner = x + step * 0.2
        bars = (
            *bar("contact", one.contacts, tops[0], inner, grounds[0]),
            *bar("good", one.good, tops[1], inner, grounds[1]),
            *bar("bad", one.bad, tops[1], inner, grounds[1], down=True),
            *bar("one", one.statements[0], tops[2], inner, grounds[2]),
            *bar("other", one.statements[1], tops[2], inner, grounds[3]),
        )
        label = _short(one, line.unit, number) if number % every == 0 else ""
        columns.append(Column(one, round(x, 1), round(step, 1), label, bars))
    if step < _WIDE_ENOUGH:
        columns = [Column(c.bin, c.x, c.width, c.label, tuple(_unlabelled(b) for b in c.bars)) for c in columns]
    return Drawing(_WIDTH, grounds[3] + 26, _LEFT, tuple(zip(names, grounds, strict=True)), tuple(columns))


def _unlabelled(bar: Bar) -> Bar:
    return Bar(bar.kind, bar.x, bar.y, bar.width, bar.height, 0, bar.label_y)


def _short(one: Bin, unit: str, number: int) -> str:
    if unit == "year":
        return str(one.start.year)
    month = calendar.month_abbr[one.start.month]
    if unit == "month":
        return f"{month} {one.start.year}" if number == 0 or one.start.month == 1 else month
    return f"{one.start.day} {month}"

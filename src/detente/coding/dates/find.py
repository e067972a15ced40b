"""Find the time expressions of a document and resolve them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from detente.coding.analysis import Analysis, DateMention
from detente.coding.dates import deictic, durations, fixed
from detente.coding.dates.calendar import Period
from detente.coding.dates.context import FUTURE, NEAREST, Context, Reading
from detente.coding.dates.direction import direction_of
from detente.coding.dates.patterns import PATTERNS, SEED
from detente.coding.dates.plausible import is_time
from detente.coding.dates.words import WEEKDAYS

Rule = Callable[[re.Match[str], Context], Reading | None]
_FIXED = (
    "iso slashed dotted month_day_range day_month_range month_day month_range month quarter quarter_code half_year"
    " season decade century fiscal year_range year day_of_month festival clock"
)
_DEICTIC = (
    "today part_today weekday_range weekday weekdays weekday_ago later_in year_end unit_rel the_weekend offset"
    " present past future"
)
_DURATIONS = "span_of vague_span every rate often ago ago_vague in_future within duration long bare_span undetermined"
_RULES: Final[dict[str, Rule]] = (
    {
        "day_month": fixed.month_day,
        "phase_of": deictic.phase_of_unit,
    }
    | {name: getattr(fixed, name) for name in _FIXED.split()}
    | {name: getattr(deictic, name) for name in _DEICTIC.split()}
    | {name: getattr(durations, name) for name in _DURATIONS.split()}
)


def find_dates(analysis: Analysis) -> tuple[DateMention, ...]:
    """All time expressions of a document in order, resolved against its day of publication.

    The news convention: a bare weekday is the latest one on or before publication, or in a clause about the future the
    next one on or after it; a month without a year likewise. "The next day", "that month" count from the date last
    mentioned. Without a day of publication relative expressions get no days and a value with X (TimeML's placeholder).
    """
    doc = analysis.doc
    text = analysis.surface.text
    if not len(doc) or not SEED.search(text):
        return ()
    starts = [token.idx for token in doc]
    found: list[DateMention] = []

    def direction_at(start: int, end: int) -> int:
        first, last = _tokens(starts, start, end)
        return direction_of(analysis, first, last)

    context = Context(analysis.document.published, direction_at)
    anchors = _Anchors()
    for name, match in _matches(text):
        start, end = _trimmed(match)
        first, last = _tokens(starts, start, end)
        if not is_time(name, match, doc, first, last):
            continue
        paragraph = analysis.sentence_at(first).paragraph if analysis.sentences else 0
        ahead = direction_at(start, end) in (FUTURE, NEAREST)
        context.anchor, context.anchor_day = anchors.seen_from(paragraph, ahead=ahead)
        reading = _read(_RULES[name], match, context)
        if reading is None:
            continue
        period = reading.period
        # "the fastest since 1981" tells of no story of that year.
        since = first > 0 and doc[first - 1].lower_ == "since"
        if reading.anchors and period.first is not None and not since:
            reach = _PLAN if ahead and text[start : start + 3].lower() in WEEKDAYS else 1
            anchors.add(period, paragraph + reach, ahead=ahead)
        found.append(
            DateMention(
                first, last, period.first, period.last, reading.basis, period.value, reading.timex, reading.direction
            )
        )
    return tuple(found)


def dates_ahead(text: str, day: date) -> tuple[tuple[int, Period], ...]:
    """Where each time expression of a phrase about what is to come begins, and its period as seen on a day.

    Goes by the patterns alone, for phrases whose parse is not at hand; a bare month or weekday is the next one.
    """
    context = Context(day, lambda _start, _end: FUTURE)
    read = ((match, _read(_RULES[name], match, context)) for name, match in _matches(text))
    return tuple((match.start(), reading.period) for match, reading in read if reading is not None)


def _read(rule: Rule, match: re.Match[str], context: Context) -> Reading | None:
    """What a rule makes of a match; None where it leads out of the calendar (before the year 1, after 9999)."""
    try:
        return rule(match, context)
    except (OverflowError, ValueError):
        return None


# For how many paragraphs a plan goes on after it told a day of the week to come; other dates fade after one.
_PLAN = 3


@dataclass(slots=True)
class _Anchors:
    """The dates last mentioned, those of the past kept apart from those ahead: after "it was to open on Tuesday"
    the words "the same day" still mean the day of which the story tells."""

    kept: list[tuple[Period, int, bool]] = field(default_factory=list)

    def add(self, period: Period, until: int, *, ahead: bool) -> None:
        """Keep a period that expressions up to the paragraph `until` may refer to."""
        self.kept.append((period, until, ahead))

    def seen_from(self, paragraph: int, *, ahead: bool) -> tuple[Period | None, Period | None]:
        """The last period and the last day that an expression in this paragraph can refer to."""
        whole: Period | None = None
        day: Period | None = None
        for period, until, was_ahead in reversed(self.kept[-8:]):
            if was_ahead and not ahead:
                continue
            near = paragraph <= until
            if whole is None and near:
                whole = period
            if day is None and near and period.grain == "D" and period.first == period.last:
                day = period
        return whole, day


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Matches of all patterns, in order, none overlapping: of two at one place the longer, then the earlier rule."""
    hits: list[tuple[int, int, int, str, re.Match[str]]] = []
    for order, (name, pattern) in enumerate(PATTERNS):
        hits.extend((m.start(), -m.end(), order, name, m) for m in pattern.finditer(text))
    hits.sort(key=lambda hit: hit[:3])
    kept: list[tuple[int, int, int, str, re.Match[str]]] = []
    for hit in hits:
        if kept and hit[0] < -kept[-1][1]:
            if -hit[1] - hit[0] > -kept[-1][1] - kept[-1][0]:
                kept[-1] = hit
            continue
        kept.append(hit)
    for hit in kept:
        yield hit[3], hit[4]


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    text = match.group()
    return match.start() + len(text) - len(text.lstrip()), match.end() - len(text) + len(text.rstrip())


def _tokens(starts: list[int], start: int, end: int) -> tuple[int, int]:
    """The tokens that hold the characters [start, end)."""
    first = max(bisect_right(starts, start) - 1, 0)
    last = max(bisect_left(starts, end), first + 1)
    return first, last

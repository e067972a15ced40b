"""Rules for expressions that count from publication or from the date last mentioned, and for durations and sets."""

from __future__ import annotations

import re
from datetime import date, timedelta

from detente.coding.dates import calendar as cal
from detente.coding.dates.calendar import Period
from detente.coding.dates.context import FUTURE, NEAREST, PAST, Context, Reading, relative, unknown
from detente.coding.dates.durations import duration_value, stretch, unit_of
from detente.coding.dates.fixed import Match, last_weekday, next_weekday, phase_of, with_phase
from detente.coding.dates.words import (
    DAY_PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)

_WEEK = 7
_SUNDAY = 6
_BACK = frozenset({"last", "past", "previous", "preceding"})
_AHEAD = frozenset({"next", "coming", "upcoming", "following"})


def _part(period: Period, part: str | None) -> tuple[Period, str]:
    """A day narrowed to a part of it (same days, TIMEX3 value and type of a time)."""
    if not part:
        return period, "DATE"
    code = DAY_PARTS.get(part.lower(), "")
    value = period.value + (code if code.startswith("T") else f"T{code}")
    return Period(period.first, period.last, value, period.grain), "TIME"


def today(m: Match, context: Context) -> Reading | None:
    word = m["w"].lower()
    published = context.published
    direction = {"yesterday": -1, "tomorrow": 1, "the day after tomorrow": 1, "the day before yesterday": -1}.get(
        word, 0
    )
    if m["lead"]:
        direction = 1 if m["lead"].lower().startswith("later") else -1
    step = {"yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2, "the day before yesterday": -2}.get(word, 0)
    if published is None:
        return unknown("XXXX-XX-XX" if step else "PRESENT_REF", direction=direction)
    period, timex = _part(cal.day(published + timedelta(days=step)), "night" if word == "tonight" else m["part"])
    return relative(period, direction, timex)


def part_today(m: Match, context: Context) -> Reading | None:
    rel, part = m["rel"].lower(), m["part"].lower()
    anchored = rel not in ("this", "last")
    origin = context.origin if anchored else context.published
    if origin is None:
        return unknown("XXXX-XX-XX", "TIME")
    step = {"last": -1, "the next": 1, "the following": 1, "the previous": -1}.get(rel, 0)
    period, timex = _part(cal.day(origin + timedelta(days=step)), part)
    return relative(period, -1 if rel == "last" else 0, timex)


def _weekday_by_clause(weekday: int, context: Context, start: int, end: int) -> date:
    published = context.published
    assert published is not None
    direction = context.direction_at(start, end)
    ahead, behind = next_weekday(published, weekday), last_weekday(published, weekday)
    if direction == FUTURE:
        told = context.anchor_day.first if context.anchor_day else None
        days = (told - published).days if told else 0
        # "On Thursday he will fly to Oslo. On Friday …", told on a Friday: plans are told in their order.
        on = (days > 0 and ahead == published) or _WEEK <= days < 2 * _WEEK
        return next_weekday(told, weekday) if told and on else ahead
    if direction == NEAREST:
        return ahead if ahead - published < published - behind else behind
    return behind


def weekday(m: Match, context: Context) -> Reading | None:
    number = WEEKDAYS[m["w"][:3].lower()]
    published = context.published
    part = m["part"] or m["part0"]
    if published is None:
        period, timex = _part(Period(None, None, f"XXXX-WXX-{number + 1}", "D"), part)
        return Reading(period, "relative", timex, anchors=False)
    rel = re.sub(r"^th(?:e|is) ", "", (m["rel"] or "").lower())
    direction = 0
    monday = published - timedelta(days=published.weekday())
    if m["of"]:
        step = {"last": -1, "next": 1}.get(m["of"].split()[-2], 0)
        when = monday + timedelta(days=7 * step + number)
        direction = step
    elif rel in ("that", "the same", "following", "previous") and context.anchor and context.anchor.first:
        origin = context.anchor.first
        back = rel == "previous"
        when = (
            last_weekday(origin, number, strictly=True)
            if back
            else next_weekday(origin, number, strictly=rel == "following")
        )
    elif rel in _BACK:
        when, direction = last_weekday(published, number, strictly=True), -1
    elif rel in _AHEAD:
        when, direction = next_weekday(published, number, strictly=True), 1
    elif rel == "this":
        when = monday + timedelta(days=number)
        if when < published and context.direction_at(*m.span()) == FUTURE:
            when += timedelta(days=7)
    else:
        when = _weekday_by_clause(number, context, *m.span())
    period, timex = _part(cal.day(when), part)
    return relative(period, direction, timex)


def weekday_range(m: Match, context: Context) -> Reading | None:
    first, last = WEEKDAYS[m["w"][:3].lower()], WEEKDAYS[m["w2"][:3].lower()]
    if context.published is None:
        return unknown(f"XXXX-WXX-{first + 1}/XXXX-WXX-{last + 1}")
    if context.direction_at(*m.span()) == FUTURE:
        begin = next_weekday(context.published, first)
        end = next_weekday(begin, last)
    else:
        end = last_weekday(context.published, last)
        begin = last_weekday(end, first)
    return relative(Period(begin, end, f"{begin.isoformat()}/{end.isoformat()}", "D"))


def weekdays(m: Match, _: Context) -> Reading | None:
    return unknown(f"XXXX-WXX-{WEEKDAYS[m['w'][:3].lower()] + 1}", "SET")


def weekday_ago(m: Match, context: Context) -> Reading | None:
    number = WEEKDAYS[m["w"][:3].lower()]
    if context.published is None:
        return unknown(f"XXXX-WXX-{number + 1}")
    weeks = {"a": 1, "two": 2, "three": 3}.get(m["n"] or "a", 1)
    if m["dir"] == "ago":
        when = last_weekday(context.published, number, strictly=True) - timedelta(days=7 * (weeks - 1))
        return relative(cal.day(when), -1)
    return relative(cal.day(next_weekday(context.published, number) + timedelta(days=7 * weeks)), 1)


def later_in(m: Match, context: Context) -> Reading | None:
    """ "later this year", "earlier in the day": the part of the period after (before) publication."""
    late, rel, unit = m["w"].lower().startswith("late"), m["rel"].lower(), m["u"].lower()
    word = m["w"].lower()
    if rel in ("the same", "that", "the following", "the previous"):
        origin = context.origin
        looks_ahead = False
    else:
        looks_ahead = context.direction_at(*m.span()) == FUTURE or not late
        of_a_day = rel == "the" and unit in ("day", "morning", "afternoon", "evening", "night")
        # "On Monday she will fly to Oslo. Later in the day …": of the day to come that was told before.
        told = context.anchor_day.first if context.anchor_day else None
        to_come = told is not None and context.published is not None and told > context.published
        anchored = of_a_day and (to_come or not looks_ahead)
        origin = context.origin if anchored else context.published
    if origin is None:
        return unknown("XXXX-XX-XX", direction=1 if late else -1)
    step = {"last": -1, "next": 1, "the following": 1, "the previous": -1}.get(rel, 0)
    if unit in DAY_PARTS:
        period, timex = _part(cal.day(origin + timedelta(days=step)), unit)
        return relative(period, step, timex)
    code = UNITS[unit]
    whole = cal.grain_at(cal.shift(origin, step, code), code)
    if step or word in ("late", "early"):
        return relative(with_phase(whole, word), step)
    if whole.first is None or whole.last is None or whole.grain == "D":
        return relative(whole, 0)
    first = origin if late else whole.first
    last = whole.last if late else min(origin, whole.last)
    if late and context.direction_at(*m.span()) != FUTURE and origin != context.published:
        first = whole.first
    return relative(Period(first, last, whole.value, whole.grain), 1 if late else -1)


def phase_of_unit(m: Match, context: Context) -> Reading | None:
    """ "the beginning of the year", "early next month", "the end of this week"."""
    rel, unit = re.sub(r"^the ?", "", m["rel"].lower()), m["u"].lower()
    origin = context.origin if rel in ("that", "following", "previous") else context.published
    if origin is None:
        return unknown("XXXX", direction=0)
    step = -1 if rel in _BACK else 1 if rel in _AHEAD else 0
    code = UNITS[unit]
    period = cal.grain_at(cal.shift(origin, step, code), code)
    return relative(_edge(period, m["phase"]), step)


def _edge(period: Period, words: str) -> Period:
    """The start, middle or end of a year is a month of it in the news; of shorter periods a third."""
    which = phase_of(words)
    if period.grain == "Y" and period.first and words.lower().endswith("of"):
        number = {"early": 1, "mid": 6, "late": 12}[which or "late"]
        month = cal.month(period.first.year, number)
        return Period(month.first, month.last, period.value, "M")
    return cal.part_of(period, which or "late")


def year_end(m: Match, context: Context) -> Reading | None:
    if context.published is None:
        return unknown("XXXX")
    if (m["w"] or "").lower() == "month":
        return relative(with_phase(cal.grain_at(context.published, "M"), "late"))
    number = 12 if m["w"] else 6
    month = cal.month(context.published.year, number)
    return relative(Period(month.first, month.last, str(context.published.year), "M"))


def unit_rel(m: Match, context: Context) -> Reading | None:
    """ "last year", "this week", "the following month", "the past decade"."""
    rel, unit = m["rel"].lower(), unit_of(m["u"])
    if m.group().lower().startswith("this ") and rel not in ("this", "past", "coming"):
        rel = "this"
    article = m.group().lower().startswith("the ")
    anchored = rel in ("following", "previous", "preceding", "same", "that")
    origin = context.origin if anchored else context.published
    if origin is None:
        return unknown("XXXX", direction=-1 if rel in _BACK else 1 if rel in _AHEAD else 0)
    step = -1 if rel in _BACK else 1 if rel in _AHEAD else 0
    if unit in SEASONS:
        return None
    if unit == "hour":
        return Reading(Period(origin, origin, "PT1H", "?"), "relative", "DURATION", step, anchors=False)
    code = UNITS[unit]
    if unit in ("decade", "century") and step and article:
        first, last = stretch(origin, 1, unit, ahead=step > 0)
        return Reading(Period(first, last, duration_value(1, unit), "?"), "relative", "DURATION", step, anchors=False)
    if article and rel == "past" and unit != "weekend":
        first, last = stretch(origin, 1, unit, ahead=False)
        return Reading(Period(first, last, duration_value(1, unit), "?"), "relative", "DURATION", step, anchors=False)
    if unit == "weekend":
        if rel == "this" and published_weekday(context) <= 2 and context.direction_at(*m.span()) == PAST:
            # Early in the week "this weekend" in the past is the one just gone.
            rel = "last"
        return relative(_weekend(rel, context), step)
    if code == "W" and rel == "this" and origin.weekday() == _SUNDAY and context.direction_at(*m.span()) == FUTURE:
        # What is to come "this week" is not all on the Sunday on which it is announced.
        return relative(cal.grain_at(cal.shift(origin, 1, code), code), 0)
    return relative(cal.grain_at(cal.shift(origin, step, code), code), step)


def published_weekday(context: Context) -> int:
    return context.published.weekday() if context.published else 0


def _weekend(rel: str, context: Context) -> Period:
    """On a Saturday or Sunday "this weekend" is the running one; on weekdays it is the next or, in the past, the
    last."""
    published = context.published
    assert published is not None
    running = cal.weekend(published)
    before = cal.weekend(published - timedelta(days=7))
    if published.weekday() >= 5:
        return {True: before}.get(
            rel in _BACK, cal.weekend(published + timedelta(days=7)) if rel in _AHEAD else running
        )
    if rel in _BACK:
        return before
    if rel in ("next", "coming", "upcoming", "following"):
        return running if rel != "following" else cal.weekend(published + timedelta(days=7))
    return running


def the_weekend(m: Match, context: Context) -> Reading | None:
    """ "over the weekend": the latest one before publication unless the clause looks ahead; "this weekend" likewise."""
    if context.published is None:
        return unknown("XXXX-WXX-WE")
    if context.published.weekday() >= 5 or context.direction_at(*m.span()) == FUTURE:
        return relative(cal.weekend(context.published))
    return relative(cal.weekend(context.published - timedelta(days=7)))


def offset(m: Match, context: Context) -> Reading | None:
    """ "the day before", "the following day", "that day", counted from the date last mentioned."""
    origin = context.origin
    word = (m["w"] or m["w2"] or "same").lower()
    unit = (m["rel"] or m["u"] or "day").lower()
    if origin is None:
        return unknown("XXXX-XX-XX")
    step = {"before": -1, "earlier": -1, "previous": -1, "preceding": -1, "same": 0, "very same": 0}.get(word, 1)
    if unit in DAY_PARTS:
        if context.anchor_day is not None:
            origin = context.anchor_day.first or origin
        period, timex = _part(cal.day(origin + timedelta(days=step)), unit)
        return relative(period, 0, timex)
    code = UNITS.get(unit, "D")
    if context.anchor_day is not None and code == "D":
        origin = context.anchor_day.first or origin
    return relative(cal.grain_at(cal.shift(origin, step, code), code))


def present(_m: Match, context: Context) -> Reading | None:
    when = context.published
    return Reading(Period(when, when, "PRESENT_REF", "?"), "relative", "DATE", 0, anchors=False)


def past(_m: Match, _c: Context) -> Reading | None:
    return unknown("PAST_REF", direction=-1)


def future(_m: Match, _c: Context) -> Reading | None:
    return unknown("FUTURE_REF", direction=1)

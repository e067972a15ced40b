"""Rules for expressions that count from publication or from the date last mentioned, and for durations and sets."""

from __future__ import annotations

import re
from datetime import date, timedelta

from detente.coding.dates import calendar as cal
from detente.coding.dates.calendar import Period
from detente.coding.dates.context import FUTURE, NEAREST, PAST, Context, Reading, relative, unknown
from detente.coding.dates.fixed import Match, last_weekday, next_weekday, phase_of, with_phase
from detente.coding.dates.words import (
    DAY_PARTS,
    SEASONS,
    TIME_UNITS,
    UNITS,
    VAGUE,
    WEEKDAYS,
    parse_number,
)

_BACK = frozenset({"last", "past", "previous", "preceding"})
_AHEAD = frozenset({"next", "coming", "upcoming", "following"})


def unit_of(text: str) -> str:
    """The singular of a unit's name."""
    word = text.lower()
    return word[:-1] if word.endswith("s") else word


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
        return ahead
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
        anchored = rel == "the" and not looks_ahead and unit in ("day", "morning", "afternoon", "evening", "night")
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


def duration_value(amount: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time: P3D, PT7.5H, PXM; decades and centuries in DE and CE."""
    code = UNITS[unit]
    time = "T" if unit in TIME_UNITS else ""
    if code == "Q":
        code, amount = "M", None if amount is None else amount * 3
    elif code == "WE":
        return f"P{'X' if amount is None else f'{amount:g}'}WE"
    elif code in ("DE", "CE"):
        code, amount = "Y", None if amount is None else amount * (10 if code == "DE" else 100)
    if unit == "fortnight" and amount is not None:
        amount *= 2
    return f"P{time}{'X' if amount is None else f'{amount:g}'}{code}"


def _amount(text: str) -> tuple[float | None, float]:
    """A number (None if vague) and what to reckon with."""
    words = " ".join(text.lower().split())
    number = parse_number(words)
    return number, number if number is not None else VAGUE.get(words, 3)


def _stretch(published: date, amount: float, unit: str, *, ahead: bool) -> tuple[date, date]:
    code = UNITS[unit]
    return (
        (published, cal.shift(published, amount, code)) if ahead else (cal.shift(published, -amount, code), published)
    )


def span_of(m: Match, context: Context) -> Reading | None:
    """ "the past three months", "the next few days": a length of time that ends or begins at publication."""
    rel, unit = m["rel"].lower(), unit_of(m["u"])
    number, reckoned = _amount(m["n"].strip())
    value = duration_value(number, unit)
    if rel in ("first", "final") or context.published is None:
        return unknown(value, "DURATION")
    ahead = rel in _AHEAD
    first, last = _stretch(context.published, reckoned, unit, ahead=ahead)
    return Reading(Period(first, last, value, "?"), "relative", "DURATION", 1 if ahead else -1, anchors=False)


def vague_span(m: Match, context: Context) -> Reading | None:
    """ "recent months", "the coming weeks", "the days ahead"."""
    unit = unit_of(m["u"] or m["u2"])
    rel = (m["rel"] or m["rel2"] or m["w"]).lower()
    ahead = rel in ("coming", "upcoming", "next", "ahead", "to come", "ensuing", "following")
    value = "FUTURE_REF" if ahead else "PAST_REF"
    if context.published is None:
        return unknown(value, direction=1 if ahead else -1)
    first, last = _stretch(context.published, VAGUE["coming" if ahead else "recent"], unit, ahead=ahead)
    return Reading(Period(first, last, value, "?"), "relative", "DATE", 1 if ahead else -1, anchors=False)


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
        first, last = _stretch(origin, 1, unit, ahead=step > 0)
        return Reading(Period(first, last, duration_value(1, unit), "?"), "relative", "DURATION", step, anchors=False)
    if article and rel == "past" and unit != "weekend":
        first, last = _stretch(origin, 1, unit, ahead=False)
        return Reading(Period(first, last, duration_value(1, unit), "?"), "relative", "DURATION", step, anchors=False)
    if unit == "weekend":
        if rel == "this" and published_weekday(context) <= 2 and context.direction_at(*m.span()) == PAST:
            # Early in the week "this weekend" in the past is the one just gone.
            rel = "last"
        return relative(_weekend(rel, context), step)
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


def every(m: Match, _: Context) -> Reading | None:
    word = m["u"].lower()
    unit = unit_of(word)
    number = 2.0 if m["n"] == "other" else parse_number(m["n"]) if m["n"] else 1.0
    if unit in UNITS:
        return unknown(duration_value(number, unit), "SET")
    if word in DAY_PARTS:
        return unknown(f"XXXX-XX-XXT{DAY_PARTS[word]}", "SET")
    if word[:3] in WEEKDAYS and word.endswith("day"):
        return unknown(f"XXXX-WXX-{WEEKDAYS[word[:3]] + 1}", "SET")
    return unknown(f"XXXX-{SEASONS[word][0]}" if word in SEASONS else "XXXX-XX", "SET")


def rate(m: Match, _: Context) -> Reading | None:
    return unknown(duration_value(1, unit_of(m["u"])), "SET")


def often(m: Match, _: Context) -> Reading | None:
    values = {
        "annual": "P1Y", "annually": "P1Y", "yearly": "P1Y", "monthly": "P1M", "weekly": "P1W", "daily": "P1D",
        "quarterly": "P3M", "biannual": "P6M", "hourly": "PT1H", "nightly": "P1D",
    }  # fmt: skip
    return unknown(values[m["w"].lower()], "SET")


def ago(m: Match, context: Context) -> Reading | None:
    """ "two weeks ago" counts from publication, "two weeks later" from the date last mentioned."""
    unit, word = unit_of(m["u"]), m["w"].lower()
    number, reckoned = _amount(m["n"])
    back = word in ("ago", "earlier", "previously", "beforehand")
    from_publication = word in ("ago", "from now", "hence")
    origin = context.published if from_publication else context.origin
    direction = (-1 if back else 1) if from_publication else 0
    if origin is None:
        return unknown("XXXX-XX-XX", direction=direction)
    code = UNITS[unit]
    when = cal.shift(origin, -reckoned if back else reckoned, code)
    if code in ("S", "H") or (code == "M" and unit == "minute"):
        return Reading(Period(origin, origin, f"{origin.isoformat()}TXX", "T"), "relative", "TIME", direction, False)
    if m["today"]:
        return relative(cal.day(when), direction)
    if number is None:
        first, last = (when, origin) if back else (origin, when)
        return Reading(
            Period(first, last, "PAST_REF" if back else "FUTURE_REF", "?"), "relative", "DATE", direction, False
        )
    if context.anchor is not None and not from_publication and context.anchor.grain == "D":
        return relative(cal.day(when), direction)
    return relative(cal.grain_at(when, code), direction)


def ago_vague(m: Match, context: Context) -> Reading | None:
    word = (m["w"] or "ago").lower()
    back = word != "later"
    value = "PAST_REF" if back else "FUTURE_REF"
    if m["some"] and unit_of(m["some"]) == m["some"].lower():
        return None  # "week earlier" without a number is the tail of something else
    if context.published is None or not m["some"] or word != "ago":
        return unknown(value, direction=-1 if word == "ago" else 0)
    first = cal.shift(context.published, -10, UNITS[unit_of(m["some"])])
    return Reading(Period(first, context.published, value, "?"), "relative", "DATE", -1, anchors=False)


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


def in_future(m: Match, context: Context) -> Reading | None:
    """ "in two weeks" is a date ahead where the clause looks ahead, else a length of time ("in three years of war")."""
    unit = unit_of(m["u"])
    number, reckoned = _amount(m["n"])
    code = UNITS[unit]
    ahead = context.direction_at(*m.span()) == FUTURE or "time" in m.group().lower()
    value = duration_value(number, unit)
    if not ahead or context.published is None:
        return unknown(value, "DURATION")
    if unit in TIME_UNITS:
        return Reading(Period(context.published, context.published, value, "T"), "relative", "DURATION", 1, False)
    return relative(cal.grain_at(cal.shift(context.published, reckoned, code), code), 1)


def within(m: Match, context: Context) -> Reading | None:
    unit = unit_of(m["u"])
    number, reckoned = _amount(m["n"])
    value = duration_value(number, unit)
    if context.published is None or context.direction_at(*m.span()) != FUTURE:
        return unknown(value, "DURATION")
    last = cal.shift(context.published, reckoned, UNITS[unit])
    return Reading(Period(context.published, last, value, "?"), "relative", "DURATION", 1, anchors=False)


def duration(m: Match, context: Context) -> Reading | None:
    """A length of time. "several months of contact" before publication has days too: `date_for` makes use of them."""
    if m["old"]:
        return None
    unit = unit_of(m["u"])
    number, reckoned = _amount(m["n"])
    if unit in ("second", "night", "quarter", "weekday") and m["n"].lower() in ("a", "one", "some", "few"):
        return None
    value = duration_value(number, unit)
    published = context.published
    after = m.string[m.end() : m.end() + 4]
    if published is None or number is not None or not after.startswith(" of "):
        return unknown(value, "DURATION")
    first, last = _stretch(published, reckoned, unit, ahead=False)
    return Reading(Period(first, last - timedelta(days=1), value, "?"), "relative", "DURATION", -1, anchors=False)


def long(m: Match, _: Context) -> Reading | None:
    unit = "century" if m["u"].lower().startswith("centur") else m["u"].lower()
    head = (m["n"] or "").rstrip("-")
    plural = m.group().lower().endswith("s-long")
    number = parse_number(head) if head else None if plural else 1.0
    return unknown(duration_value(number, unit), "DURATION")


def bare_span(m: Match, _: Context) -> Reading | None:
    return unknown(duration_value(None, unit_of(m["u"] or m["u2"])), "DURATION")


def undetermined(_m: Match, _c: Context) -> Reading | None:
    return unknown("PXD", "DURATION")


def present(_m: Match, context: Context) -> Reading | None:
    when = context.published
    return Reading(Period(when, when, "PRESENT_REF", "?"), "relative", "DATE", 0, anchors=False)


def past(_m: Match, _c: Context) -> Reading | None:
    return unknown("PAST_REF", direction=-1)


def future(_m: Match, _c: Context) -> Reading | None:
    return unknown("FUTURE_REF", direction=1)

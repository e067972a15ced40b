"""Rules for expressions that name a date: days, months, quarters, seasons, years, festivals, clock times."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from detente.coding.dates import calendar as cal
from detente.coding.dates.calendar import Period
from detente.coding.dates.context import FUTURE, NEAREST, PAST, Context, Reading, explicit, relative, unknown
from detente.coding.dates.words import DECADE_WORDS, MONTHS, ORDINALS, SEASONS

Match = re.Match[str]


def month_number(text: str) -> int:
    return MONTHS[text[:3].lower()]


def phase_of(text: str | None) -> str | None:
    """early, mid or late for the words before a period."""
    if not text:
        return None
    word = text.lower()
    if any(key in word for key in ("early", "beginning", "start", "turn")):
        return "early"
    return "mid" if "mid" in word else "late"


# A day without a year is that of this year, whatever the tense, if it is at most so far ahead.
_EVE: Final = timedelta(days=3)


def with_phase(period: Period, text: str | None) -> Period:
    which = phase_of(text)
    return cal.part_of(period, which) if which else period


def safe_day(year: int, month: int, day: int) -> Period | None:
    try:
        return cal.day(date(year, month, day))
    except ValueError:
        return None


def pick_year(month: int, day: int | None, context: Context, start: int, end: int) -> int | None:
    """The year of a month (and day) named without one: the latest past occurrence, or the next where the clause looks
    ahead. A day or month just ahead of publication counts as ahead whatever the tense ("meets on June 20")."""
    published = context.published
    if published is None:
        return None
    direction = context.direction_at(start, end)
    if context.anchor is not None and context.anchor.first and direction == PAST and day is None:
        # A narrative of another year goes on in that year ("In 2014 … In March …").
        anchor = context.anchor.first
        if context.anchor.grain == "Y" and anchor.year < published.year:
            return anchor.year
    this = (month, day or 0)
    now = (published.month, published.day if day else 0)
    if this == now:
        return published.year
    ahead = published.year if this > now else published.year + 1
    behind = published.year if this < now else published.year - 1
    if direction == FUTURE:
        return ahead
    if direction == PAST:
        near = safe_day(ahead, month, day) if day else None
        # "thanked him for hosting the talks on June 16", dated June 15.
        soon = near is not None and near.first is not None and near.first - published <= _EVE
        return ahead if soon else behind
    gap_ahead = (ahead - published.year) * 12 + month - published.month
    gap_behind = (published.year - behind) * 12 + published.month - month
    if direction == NEAREST:
        return ahead if gap_ahead < gap_behind else behind
    # A present or verbless clause: programmes and headlines name days soon to come.
    return ahead if day is not None and gap_ahead <= 2 < gap_behind else behind


def two_digit_year(text: str) -> int:
    value = int(text)
    return value if len(text) == 4 else 2000 + value if value < 50 else 1900 + value


def iso(m: Match, _: Context) -> Reading | None:
    found = safe_day(int(m["y"]), int(m["m"]), int(m["d"]))
    return explicit(found) if found else None


def slashed(m: Match, _: Context) -> Reading | None:
    """American order (month/day) unless only the other is possible."""
    a, b, year = int(m["a"]), int(m["b"]), two_digit_year(m["y"])
    found = safe_day(year, a, b) or safe_day(year, b, a)
    return explicit(found) if found else None


def dotted(m: Match, _: Context) -> Reading | None:
    found = safe_day(int(m["y"]), int(m["m"]), int(m["d"])) if 1000 <= int(m["y"]) < 2200 else None
    return explicit(found) if found else None


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _span(first: Period | None, last: Period | None) -> Reading | None:
    if first is None or last is None or first.first is None or last.last is None or last.last < first.first:
        return None
    return explicit(Period(first.first, last.last, f"{first.value}/{last.value}", first.grain))


def _day_range(m: Match, context: Context, month1: int, month2: int) -> Reading | None:
    d1, d2 = _day_number(m["d"]), _day_number(m["d2"])
    if m["y"]:
        year2: int | None = int(m["y"])
    else:
        year2 = pick_year(month2, d2, context, *m.span())
    if year2 is None:
        return unknown(f"XXXX-{month1:02d}-{d1:02d}/XXXX-{month2:02d}-{d2:02d}")
    year1 = year2 if (month1, d1) <= (month2, d2) else year2 - 1
    found = _span(safe_day(year1, month1, d1), safe_day(year2, month2, d2))
    return found if found is None or m["y"] else relative(found.period)


def month_day_range(m: Match, context: Context) -> Reading | None:
    first = month_number(m["m"])
    return _day_range(m, context, first, month_number(m["m2"]) if m["m2"] else first)


def day_month_range(m: Match, context: Context) -> Reading | None:
    last = month_number(m["m2"])
    return _day_range(m, context, month_number(m["m"]) if m["m"] else last, last)


def month_day(m: Match, context: Context) -> Reading | None:
    month, day = month_number(m["m"]), _day_number(m["d"])
    if m["y"]:
        found = safe_day(int(m["y"]), month, day)
        return explicit(found) if found else None
    year = pick_year(month, day, context, *m.span())
    if year is None:
        return unknown(f"XXXX-{month:02d}-{day:02d}")
    found = safe_day(year, month, day)
    return relative(found) if found else None


def month_range(m: Match, context: Context) -> Reading | None:
    first, last = month_number(m["m"]), month_number(m["m2"])
    if m["y2"] or m["y"]:
        year2: int | None = int(m["y2"] or m["y"])
    else:
        year2 = pick_year(last, None, context, *m.span())
    if year2 is None:
        return unknown(f"XXXX-{first:02d}/XXXX-{last:02d}")
    year1 = int(m["y"]) if m["y"] else year2 if first <= last else year2 - 1
    found = _span(cal.month(year1, first), cal.month(year2, last))
    return found if found is None or m["y2"] else relative(found.period)


def month(m: Match, context: Context) -> Reading | None:
    number = month_number(m["m"])
    published = context.published
    if m["y"]:
        return explicit(with_phase(cal.month(int(m["y"]), number), m["phase"]))
    if published is None:
        return unknown(f"XXXX-{number:02d}")
    rel = (m["rel"] or "").lower()
    if m["ry"]:
        year = published.year + {"last": -1, "next": 1}.get(m["ry"], 0)
        if m["ry"] == "that" and context.origin:
            year = context.origin.year
    elif rel.startswith(("last", "this past", "the previous")):
        year = published.year if number < published.month else published.year - 1
    elif rel.startswith(("next", "this coming", "the following")):
        year = published.year if number > published.month else published.year + 1
    elif rel == "this":
        year = published.year
    else:
        picked = pick_year(number, None, context, *m.span())
        assert picked is not None
        year = picked
    return relative(with_phase(cal.month(year, number), m["phase"]))


def quarter(m: Match, context: Context) -> Reading | None:
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
    word = (m["o"] or "this").lower()
    number = names.get(word) or (int(word[0]) if word[0].isdigit() else None)
    published = context.published
    if number and m["y"]:
        return explicit(cal.quarter(int(m["y"]), number))
    if published is None:
        return unknown(f"XXXX-Q{number or 'X'}")
    now = (published.month + 2) // 3
    if number is None:
        step = {"last": -1, "previous": -1, "latest": -1, "next": 1}.get(word, 0)
        if word == "last" and (m["y"] or m["ry"]):
            return relative(cal.quarter(int(m["y"] or published.year), 4))
        years, index = divmod(published.year * 4 + now - 1 + step, 4)
        return relative(cal.quarter(years, index + 1))
    if m["ry"]:
        year = published.year + {"last": -1, "next": 1}.get(m["ry"].lower(), 0)
    else:
        ahead = context.direction_at(*m.span()) == FUTURE
        year = published.year
        if ahead and number < now:
            year += 1
        elif not ahead and number > now:
            year -= 1
    return relative(cal.quarter(year, number))


def quarter_code(m: Match, context: Context) -> Reading | None:
    number = int(m["q"] or m["q2"])
    year = m["y"] or m["y2"]
    if year:
        return explicit(cal.quarter(int(year), number))
    if context.published is None:
        return unknown(f"XXXX-Q{number}")
    return relative(cal.quarter(context.published.year, number))


def half_year(m: Match, context: Context) -> Reading | None:
    number = 1 if m["o"].lower() in ("first", "1st") else 2
    if m["y"]:
        return explicit(cal.half(int(m["y"]), number))
    if context.published is None:
        return unknown(f"XXXX-H{number}")
    step = {"last": -1, "next": 1}.get(m["ry"].lower(), 0)
    return relative(cal.half(context.published.year + step, number))


def season(m: Match, context: Context) -> Reading | None:
    name = (m["s"] or m["s2"] or m["s3"]).lower()
    code, start = SEASONS[name]
    year = m["y"] or m["y2"]
    if year:
        return explicit(with_phase(cal.season(int(year), code, start), m["phase"]))
    published = context.published
    if published is None:
        return unknown(f"XXXX-{code}")
    current = cal.season(published.year, code, start)
    if start == 12 and published.month <= 2:
        current = cal.season(published.year - 1, code, start)
    assert current.first is not None
    assert current.last is not None
    rel = (m["rel"] or "").lower()
    if rel.startswith(("last", "this past", "the previous")):
        step = 0 if current.last < published else -1
    elif rel.startswith(("next", "this coming", "the following")):
        step = 0 if current.first > published else 1
    elif rel == "this":
        step = 0
    else:
        ahead = context.direction_at(*m.span()) == FUTURE
        step = (
            0
            if ahead == (current.first > published) or current.first <= published <= current.last
            else 1
            if ahead
            else -1
        )
    found = cal.season(int(current.value[:4]) + step, code, start)
    return relative(with_phase(found, m["phase"]))


def decade(m: Match, _: Context) -> Reading | None:
    if m["y"]:
        first = int(m["y"]) * 10
    elif m["yy"]:
        first = 1900 + int(m["yy"]) * 10 if int(m["yy"]) >= 3 else 2000 + int(m["yy"]) * 10
    else:
        first = 1900 + DECADE_WORDS[m["w"].lower()]
    return explicit(with_phase(cal.decade(first), m["phase"]))


def century(m: Match, _: Context) -> Reading | None:
    word = m["o"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    if not 1 <= number <= 30:
        return None
    return explicit(with_phase(cal.century(number), m["phase"]))


def fiscal(m: Match, _: Context) -> Reading | None:
    number = two_digit_year(m["y"] or m["yy"])
    whole = cal.year(number)
    return explicit(Period(whole.first, whole.last, f"FY{number}", "Y"))


def year_range(m: Match, _: Context) -> Reading | None:
    first, tail = int(m["y"]), m["y2"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if not first < last <= first + 100:
        return None
    return explicit(Period(date(first, 1, 1), date(last, 12, 31), f"{first}/{last}", "Y"))


def year(m: Match, _: Context) -> Reading | None:
    return explicit(with_phase(cal.year(int(m["y"])), m["phase"]))


def day_of_month(m: Match, context: Context) -> Reading | None:
    origin, number = context.origin, int(m["d"])
    if origin is None or not 1 <= number <= 31:
        return unknown(f"XXXX-XX-{number:02d}") if 1 <= number <= 31 else None
    found = safe_day(origin.year, origin.month, number)
    if found is None:
        return None
    direction = context.direction_at(*m.span())
    if origin == context.published and found.first is not None:
        step = (
            1
            if direction == FUTURE and found.first < origin
            else -1
            if direction == PAST and found.first > origin
            else 0
        )
        moved = cal.shift_months(origin.replace(day=1), step)
        found = safe_day(moved.year, moved.month, number) or found
    return relative(found)


def festival(m: Match, context: Context) -> Reading | None:
    name = m["f"].lower()
    if name == "new year" and not m["rel"]:
        name = "new year's day"
    elif name == "new year":
        return None
    if m["y"]:
        when = cal.festival(name, int(m["y"]))
        return explicit(cal.day(when)) if when else None
    published = context.published
    if published is None:
        return unknown("XXXX-XX-XX")
    days = [when for step in (-1, 0, 1) if (when := cal.festival(name, published.year + step))]
    past, coming = [d for d in days if d <= published], [d for d in days if d >= published]
    rel = (m["rel"] or "").strip().lower()
    direction = context.direction_at(*m.span())
    if rel == "this":
        chosen = [d for d in days if d.year == published.year]
    elif rel == "next" or (rel != "last" and direction == FUTURE):
        chosen = coming[:1]
    elif rel == "last" or direction == PAST:
        chosen = past[-1:]
    else:
        chosen = sorted(days, key=lambda d: abs(d - published))[:1]
    return relative(cal.day(chosen[0])) if chosen else None


def clock(m: Match, context: Context) -> Reading | None:
    """A time of day on the day last mentioned in the sentence, else on the day of publication."""
    word = m["w"]
    if word:
        hour, minute = (0, 0) if word == "midnight" else (12, 0)
    else:
        digits = re.sub(r"[^\d:.]", "", m["t"]).strip(".")
        parts = re.split(r"[:.]", digits)
        if len(parts) == 1 and len(parts[0]) == 4:
            parts = [parts[0][:2], parts[0][2:]]
        hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
        letters = re.sub(r"[^apm]", "", m["t"].lower())
        if letters == "pm" and hour < 12:
            hour += 12
        elif letters == "am" and hour == 12:
            hour = 0
    if hour > 24 or minute > 59:
        return None
    when = context.anchor_day.first if context.anchor_day else context.published
    zone = "Z" if re.search(r"(?:GMT|UTC)(?! ?[+-])", m.group()) else ""
    stamp = f"{when.isoformat() if when else 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}{zone}"
    return Reading(Period(when, when, stamp, "T"), "relative", "TIME", anchors=False)


def next_weekday(origin: date, weekday: int, *, strictly: bool = False) -> date:
    """The first such weekday on or after (strictly: after) a day."""
    days = (weekday - origin.weekday()) % 7
    return origin + timedelta(days=7 if strictly and days == 0 else days)


def last_weekday(origin: date, weekday: int, *, strictly: bool = False) -> date:
    """The latest such weekday on or before (strictly: before) a day."""
    days = (origin.weekday() - weekday) % 7
    return origin - timedelta(days=7 if strictly and days == 0 else days)

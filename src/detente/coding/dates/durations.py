"""Rules for lengths of time, sets of times, and dates that lie a length of time away."""

from __future__ import annotations

from datetime import date, timedelta

from detente.coding.dates import calendar as cal
from detente.coding.dates.calendar import Period
from detente.coding.dates.context import FUTURE, Context, Reading, relative, unknown
from detente.coding.dates.fixed import Match
from detente.coding.dates.words import DAY_PARTS, SEASONS, TIME_UNITS, UNITS, VAGUE, WEEKDAYS, parse_number

_AHEAD = frozenset({"next", "coming", "upcoming", "following"})


def unit_of(text: str) -> str:
    """The singular of a unit's name."""
    word = text.lower()
    return word[:-1] if word.endswith("s") else word


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


def stretch(published: date, amount: float, unit: str, *, ahead: bool) -> tuple[date, date]:
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
    first, last = stretch(context.published, reckoned, unit, ahead=ahead)
    return Reading(Period(first, last, value, "?"), "relative", "DURATION", 1 if ahead else -1, anchors=False)


def vague_span(m: Match, context: Context) -> Reading | None:
    """ "recent months", "the coming weeks", "the days ahead"."""
    unit = unit_of(m["u"] or m["u2"])
    rel = (m["rel"] or m["rel2"] or m["w"]).lower()
    ahead = rel in ("coming", "upcoming", "next", "ahead", "to come", "ensuing", "following")
    value = "FUTURE_REF" if ahead else "PAST_REF"
    if context.published is None:
        return unknown(value, direction=1 if ahead else -1)
    first, last = stretch(context.published, VAGUE["coming" if ahead else "recent"], unit, ahead=ahead)
    return Reading(Period(first, last, value, "?"), "relative", "DATE", 1 if ahead else -1, anchors=False)


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
    code = UNITS[unit_of(m["some"])]
    # "years ago" is more than one.
    first, last = (cal.shift(context.published, -number, code) for number in (10, 1))
    return Reading(Period(first, last, value, "?"), "relative", "DATE", -1, anchors=False)


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
    first, last = stretch(published, reckoned, unit, ahead=False)
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

"""Calendar arithmetic: ranges of days by month, quarter, season, week and the like, each with its TIMEX3 value."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from detente.coding.dates.words import FIXED_FESTIVALS

# New year's day of the Chinese lunisolar calendar (Hong Kong Observatory's conversion tables).
_LUNAR_NEW_YEAR = {
    2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1),
    2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """Days first..last (None: open or unknown), their TIMEX3 value, and the grain (D, W, WE, M, Q, S, H, Y, DE, CE,
    T)."""

    first: date | None
    last: date | None
    value: str
    grain: str = "D"


def day(when: date) -> Period:
    return Period(when, when, when.isoformat(), "D")


def month(year: int, number: int) -> Period:
    return Period(
        date(year, number, 1),
        date(year, number, monthrange(year, number)[1]),
        f"{year:04d}-{number:02d}",
        "M",
    )


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), f"{number:04d}", "Y")


def week(when: date) -> Period:
    """The ISO week (Monday to Sunday) that holds a day."""
    monday = when - timedelta(days=when.weekday())
    iso = when.isocalendar()
    return Period(monday, monday + timedelta(days=6), f"{iso.year:04d}-W{iso.week:02d}", "W")


def weekend(when: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    whole = week(when)
    saturday = when - timedelta(days=when.weekday()) + timedelta(days=5)
    return Period(saturday, saturday + timedelta(days=1), f"{whole.value}-WE", "WE")


def quarter(number_of_year: int, number: int) -> Period:
    first, last = month(number_of_year, 3 * number - 2), month(number_of_year, 3 * number)
    return Period(first.first, last.last, f"{number_of_year:04d}-Q{number}", "Q")


def half(number_of_year: int, number: int) -> Period:
    first, last = month(number_of_year, 6 * number - 5), month(number_of_year, 6 * number)
    return Period(first.first, last.last, f"{number_of_year:04d}-H{number}", "H")


def season(number_of_year: int, code: str, start_month: int) -> Period:
    """Meteorological seasons of the north; a winter is named after the year in which it begins."""
    first = date(number_of_year, start_month, 1)
    return Period(first, shift_months(first, 3) - timedelta(days=1), f"{number_of_year:04d}-{code}", "S")


def decade(first_year: int) -> Period:
    return Period(date(first_year, 1, 1), date(first_year + 9, 12, 31), f"{first_year // 10:03d}", "DE")


def century(number: int) -> Period:
    """The n-th century, 1901–2000 being the 20th."""
    return Period(date(100 * (number - 1) + 1, 1, 1), date(100 * number, 12, 31), f"{number - 1:02d}", "CE")


def shift_months(when: date, months: int) -> date:
    """A day some months on (or back), clamped to the end of a shorter month."""
    index = when.year * 12 + when.month - 1 + months
    number_of_year, number = divmod(index, 12)
    number_of_year = min(max(number_of_year, MINYEAR), MAXYEAR)
    return date(number_of_year, number + 1, min(when.day, monthrange(number_of_year, number + 1)[1]))


def shift(when: date, amount: float, unit: str) -> date:
    """A day some units (D, W, M, Q, Y, DE, CE; anything else counts as no days) on or back; overlong ones are
    clamped."""
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    if months:
        return shift_months(when, max(min(round(amount * months), 12_000), -12_000))
    days = {"D": 1, "W": 7, "WE": 7}.get(unit, 0) * amount
    room = min(max(round(days), -300_000), 300_000)
    try:
        return when + timedelta(days=room)
    except OverflowError:
        return date.max if room > 0 else date.min


def grain_at(when: date, unit: str) -> Period:
    """The period of a unit's size that holds a day."""
    if unit == "W":
        return week(when)
    if unit == "WE":
        return weekend(when)
    if unit == "M":
        return month(when.year, when.month)
    if unit == "Q":
        return quarter(when.year, (when.month + 2) // 3)
    if unit == "Y":
        return year(when.year)
    if unit == "DE":
        return decade(when.year // 10 * 10)
    if unit == "CE":
        return century((when.year + 99) // 100)
    return day(when)


def part_of(period: Period, which: str) -> Period:
    """The early, middle or late third of a period (the TIMEX3 value stays: the part is a modifier there)."""
    if period.first is None or period.last is None:
        return period
    days = (period.last - period.first).days + 1
    if days < 3:
        return period
    third = timedelta(days=days // 3)
    first, last = period.first, period.last
    if which == "early":
        last = first + third
    elif which == "mid":
        first, last = first + third, last - third
    else:
        first = last - third
    return Period(first, last, period.value, period.grain)


def easter(number_of_year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = number_of_year % 19, number_of_year // 100, number_of_year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    step = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * step) // 451
    number, rest = divmod(h + step - 7 * m + 114, 31)
    return date(number_of_year, number, rest + 1)


def _nth_weekday(number_of_year: int, number: int, weekday: int, nth: int) -> date:
    first = date(number_of_year, number, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def festival(name: str, number_of_year: int) -> date | None:
    """The day of a festival in a year; None where it is not known."""
    if name in FIXED_FESTIVALS:
        return date(number_of_year, *FIXED_FESTIVALS[name])
    if name in ("lunar new year", "chinese new year", "spring festival"):
        found = _LUNAR_NEW_YEAR.get(number_of_year)
        return date(number_of_year, *found) if found else None
    if name.startswith("thanksgiving"):
        return _nth_weekday(number_of_year, 11, 3, 4)
    if name == "labor day":
        return _nth_weekday(number_of_year, 9, 0, 1)
    if name == "memorial day":
        return date(number_of_year, 5, 31) - timedelta(days=date(number_of_year, 5, 31).weekday())
    offset = {
        "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7, "pentecost": 49,
    }.get(name)  # fmt: skip
    return None if offset is None else easter(number_of_year) + timedelta(days=offset)

"""Publication dates as sources write them. Strict: a date that could be read two ways is refused, not guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

RIGHT: Final = "write it as YYYY-MM-DD"

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME: Final = r"(?:[T ,].*)?"
_ISO: Final = re.compile(r"(?P<year>\d{4})([-/.]?)(?P<month>\d{2})\2(?P<day>\d{2})(?:[T ].*)?")
_WORDS: Final = (
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}}){_TIME}", re.I | re.S),
    re.compile(rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}}){_TIME}", re.I | re.S),
)
_SLASHES: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b.*", re.S)
_SHORT: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}\b.*", re.S)


def parse_date(value: object) -> date:
    """The day that a source gives as publication date; a time of day is dropped, a time zone is not applied.

    Takes dates, ISO 8601, RFC 2822, and English dates with the month as a word.

    Raises:
        ValueError: not a date, or one that could be read two ways; the text says which and what would be right.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    for pattern in (_ISO, *_WORDS):
        if match := pattern.fullmatch(text):
            month = match["month"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            return _day(int(match["year"]), number, int(match["day"]), text)
    if match := _SLASHES.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        if first <= 12 and second <= 12 and first != second:
            raise ValueError(f"date {_shown(text)} could be day/month or month/day; {RIGHT}")
        return _day(year, min(first, second) if max(first, second) > 12 else first, max(first, second), text)
    if _SHORT.fullmatch(text):
        raise ValueError(f"date {_shown(text)} has a two-digit year; {RIGHT}")
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError) as fault:
        raise ValueError(f"{_shown(text)} is not a date; {RIGHT}") from fault


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise ValueError(f"there is no such day as {_shown(text)}; {RIGHT}") from fault


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")

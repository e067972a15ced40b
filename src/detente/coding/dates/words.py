"""The words of time expressions: months, weekdays, units, numbers, parts of the day, festivals."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
WEEKDAYS: Final = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
UNITS: Final = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "weekday": "D", "week": "W",
    "fortnight": "W",
    "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "centurie": "CE",
}  # fmt: skip
TIME_UNITS: Final = frozenset({"second", "minute", "hour"})
# How many a vague amount is taken to be when a range of days is needed (the TIMEX3 value keeps an X).
VAGUE: Final = {
    "several": 6, "a few": 3, "few": 3, "the few": 3, "some": 3, "many": 10, "a number of": 6, "recent": 3,
    "coming": 6, "next": 6,
    "past": 6, "last": 6, "these": 3, "multiple": 3, "a handful of": 4, "dozens of": 24, "hundreds of": 200,
    "countless": 10,
}  # fmt: skip
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS: Final = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
DECADE_WORDS: Final = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
DAY_PARTS: Final = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "T12:00", "midday": "T12:00",
    "midnight": "T24:00",
    "dawn": "MO", "dusk": "EV", "lunchtime": "MI", "overnight": "NI",
}  # fmt: skip
SEASONS: Final = {
    "spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12),
}  # fmt: skip
# Festivals on a fixed day (month, day); the movable ones are reckoned in `calendar`.
FIXED_FESTIVALS: Final = {
    "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "new year's": (1, 1), "valentine's day": (2, 14),
    "halloween": (10, 31), "may day": (5, 1), "bastille day": (7, 14), "nowruz": (3, 21), "armistice day": (11, 11),
    "veterans day": (11, 11), "all saints' day": (11, 1), "epiphany": (1, 6), "st. patrick's day": (3, 17),
}  # fmt: skip

_NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)")


def parse_number(text: str) -> float | None:
    """The amount that a number expression names: "24", "2.5", "seven and a half", "a dozen"; None if vague."""
    words = " ".join(text.lower().replace("-", " ").split())
    half = 0.0
    for tail in (" and a half", " and one half"):
        if words.endswith(tail):
            words, half = words[: -len(tail)], 0.5
    if words in ("half a", "half an", "a half", "half"):
        return 0.5
    if words in ("a", "an", "one", "a full", "an entire", "a whole", "a single"):
        return 1 + half
    if words in ("a couple of", "a couple", "couple of", "a pair of"):
        return 2 + half
    if words in ("a dozen", "dozen"):
        return 12
    if (found := _NUMBER.fullmatch(words)) is not None:
        return float(found.group(1).replace(",", "")) + half
    total = 0
    for word in words.split():
        if word in ("a", "and"):
            continue
        if word == "hundred":
            total = max(total, 1) * 100
        elif word == "thousand":
            total = max(total, 1) * 1000
        elif word in NUMBERS:
            total += NUMBERS[word]
        else:
            return None
    return total + half if words else None

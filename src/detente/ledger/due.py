"""When an undertaking falls due, from its words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from detente.coding.dates import dates_ahead

Due = tuple[date | None, date | None]
_NONE: Final[Due] = (None, None)
_UP_TO: Final = re.compile(r"\b(?:by|before|until|till|within|no later than|ahead of)\s+(?:the\s+)?$", re.IGNORECASE)
# What is told before a date as done: "the duties imposed on rice in …", "as agreed in the call of …".
_DONE: Final = re.compile(
    r"(?:^|(\w+)\s+)(\w*[^\We]ed|freed|guaranteed|agreed(?!\s+(?:on|upon|with)\b)"
    r"|made|taken|put|struck|given|begun|brought|sent|sold|won|laid)"
    r"(?=\s+(?:after|against|around|at|by|during|from|in|on|since|to|under|upon|with)\b)(?=(?P<rest>.*)$)",
    re.DOTALL,
)
# Participles that look ahead or tell of no deed, and the words that make a plain one look ahead: "to be lifted in …".
_NOT_DONE: Final = frozenset(
    """
    scheduled planned expected slated proposed intended foreseen envisaged postponed delayed moved aimed based focused
    devoted dedicated related linked limited needed required interested united hundred
    """.split()
)
_TO_BE: Final = frozenset("be is are being get gets stay stays remain remains keep".split())
_NEW_DEED: Final = re.compile(r"\b(?:to|and|will|would|shall|should|may)\s|[,;:]")
_SINCE: Final = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
_OF: Final = re.compile(r"\bof\s+$", re.IGNORECASE)
_AFTER: Final = re.compile(r"\b(?:after|following)\b[^,;:]*$", re.IGNORECASE)
_FOR: Final = re.compile(r"\b(?:for|through)\s+$", re.IGNORECASE)
_WITH_YEAR: Final = re.compile(r"[^,.;]{0,20}?\b(?:19|20)\d\d\b")
_HALF_YEAR: Final = timedelta(days=183)
# A day further ahead than this is a goal ("carbon neutral by 2060"), not a date on which a promise is called in.
_FARTHEST: Final = timedelta(days=3 * 366)


def due_of(words: str, made: date) -> Due:
    """First and last day on which what the words undertake falls due; None where they do not say.

    "in November" gives its days, "by the end of the year" the days from `made` to the year's last.
    """
    for start, period in dates_ahead(words, made):
        first, last = period.first, period.last
        if first is None or last is None or last <= made or last - made > _FARTHEST:
            continue
        bounded = _UP_TO.search(words[:start])
        if not bounded and _looks_back(words, start, first - made):
            continue
        return (made if bounded or first < made else first), last
    return _NONE


def is_looked_back_at(words: str, day: str, ahead: timedelta) -> bool:
    """Whether the words of a day, read as one so far ahead, tell when something else was done."""
    start = words.find(day) if day else -1
    return start >= 0 and _looks_back(words, start, ahead)


def _looks_back(words: str, start: int, ahead: timedelta) -> bool:
    """Whether the date without a year at `start`, read as one to come, is told of something done before.

    "The call of January 17" is as old as it is near: the next such day must be more than half a year ahead.
    """
    before = words[:start]
    if _WITH_YEAR.match(words, start) or _FOR.search(before):
        return False
    if _SINCE.search(before) or (ahead > _HALF_YEAR and (_OF.search(before) or _AFTER.search(before))):
        return True
    done = [found for found in _DONE.finditer(before) if found[2] not in _NOT_DONE and found[1] not in _TO_BE]
    return any(not _NEW_DEED.search(found["rest"]) for found in done)

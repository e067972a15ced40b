"""When an undertaking falls due, from its words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from detente.coding.dates import dates_ahead

Due = tuple[date | None, date | None]
_NONE: Final[Due] = (None, None)
_UP_TO: Final = re.compile(r"\b(?:by|before|until|till|within|no later than|ahead of)\s+(?:the\s+)?$", re.IGNORECASE)
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
        return (made if bounded or first < made else first), last
    return _NONE

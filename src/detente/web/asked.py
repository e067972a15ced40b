"""What an address asks for, checked: the parameters that pages share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import Path, Query, Request

from detente.analysis.narrow import Filters
from detente.errors import OptionError, RecordError
from detente.lexicon import load_lexicon
from detente.relations import Dyad
from detente.web.shelf import Shelf, View

# Days outside are slips of the hand, and nothing can be reckoned a year before or after the ends of the calendar.
_YEARS: Final = range(1500, 3000)

DyadPath = Annotated[str, Path(description="Two ISO 3166-1 alpha-3 codes, the side to be shown first first: USA-CHN.")]
Day = Annotated[str | None, Query(description="A day, YYYY-MM-DD.", max_length=20)]
Word = Annotated[str | None, Query(max_length=60)]
Limit = Annotated[int, Query(ge=1, le=500, description="At most so many.")]
Cursor = Annotated[str | None, Query(max_length=300, description="Where to go on: `next` of the page before.")]


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with what was asked, in a line."""

    error: str


def shelf_of(request: Request) -> Shelf:
    """The shelf that this question is to be answered from."""
    shelf: Shelf = request.state.shelf
    return shelf


def view_of(
    dyad: DyadPath,
    since: Day = None,
    until: Day = None,
    as_of: Annotated[str | None, Query(description="Nothing published later is used.", max_length=20)] = None,
    issue: Word = None,
    side: Word = None,
    channel: Word = None,
    level: Word = None,
) -> View:
    """The view that an address asks for.

    Raises:
        RecordError: the path names no two countries.
        OptionError: a day is none.
    """
    filters = Filters(issue or None, side or None, channel or None, level or None)
    return View(parse_pair(dyad), day_of("since", since), day_of("until", until), day_of("as_of", as_of), filters)


def parse_pair(text: str) -> Dyad:
    """USA-CHN as two codes.

    Raises:
        RecordError: there are no two different countries of these codes.
    """
    one, _, other = text.upper().partition("-")
    countries = load_lexicon().countries
    if one not in countries or other not in countries or one == other:
        raise RecordError(f"{text[:20]!r} names no two countries (two different ISO alpha-3 codes, as in USA-CHN)")
    return (one, other)


def day_of(name: str, text: str | None) -> date | None:
    """The day given, None for none or an empty field of a form.

    Raises:
        OptionError: it is no day.
    """
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if len(text) == len("2023-06-19") else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise OptionError(f"{name} {text!r} is no day (YYYY-MM-DD)")
    return found

"""The official record of travel, and which of its journeys a document tells of.

The test of telling knows nothing of the coder: it goes by names, words and days of one sentence. The sentence must
- name the traveller: the surname, or "the President" in documents of his own house;
- put the contact in the host country: a place of it after "in", "to", "at", "visit" (for visits to the United States
  also a host who welcomes, hosts or receives);
- have a word of travel or meeting, and not be a question of the press;
- give a day of the stay, a day's slack allowed: a date, a weekday, "today", "tomorrow", "yesterday"; or have no
  expression of time, look back, and be published during the stay.
So "will travel to Japan next week" tells of no journey that could be dated to the day, and "thanked the Prime Minister
for hosting him" on a later day tells of none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import dropwhile
from pathlib import Path
from typing import Final

from detente.evaluation.data import day, read_jsonl, require
from detente.evaluation.matching import same_person, words
from detente.lexicon import load_lexicon
from detente.records import Document

HOME: Final = "USA"
# A day may be off by the time zone of the place.
SLACK: Final = timedelta(days=1)
# Documents that announce a journey or look back on it lie this near to it.
BEFORE, AFTER = timedelta(days=45), timedelta(days=14)
# Longer ones are lists of names, as of nominations.
LONGEST_LINE: Final = 600
_OWN_PLACES: Final = (
    "White House", "Oval Office", "Washington", "United States", "Camp David", "New York", "Los Angeles",
    "United Nations General Assembly", "UNGA",
)  # fmt: skip
_TITLES: Final = frozenset("president prime minister chancellor king queen sultan amir emir taoiseach".split())
_CONTACT: Final = re.compile(
    r"\b(?:travel|visit(?!or)|trip\b|arriv|welcom|host|receiv|me[et]t?\b|meeting|summit|margins|sidelines|attend"
    r"|participat|join|gather|return|depart|bilateral)",
    re.IGNORECASE,
)
_PRESIDENT: Final = re.compile(r"\b[Tt]he President\b(?! of (?!the United States))")
_HOSTING: Final = re.compile(r"\b(?:welcom(?:e|es|ed|ing)|host(?:s|ed|ing)?|receiv(?:e|es|ed|ing))\b", re.IGNORECASE)
_OPEN: Final = re.compile(
    r"\b(?:will|would|going to|forward to|invit\w+|plan\w*|next|last|ago|earlier|recent\w*|previous\w*|upcoming|later"
    r"|since|before|weeks?|weekend|months?|years?|\d{4}|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b",
    re.IGNORECASE,
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR_DAYS: Final = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1, "yesterday": -1,
}  # fmt: skip
_DATE: Final = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})\s+(?P<first>\d{{1,2}})\b(?:\s*(?:-|–|to|through|and)\s*(?P<last>\d{{1,2}})\b)?"
    rf"|\b(?P<only>\d{{1,2}})\s+(?P<month_after>{'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)
_WEEKEND: Final = re.compile(r"\b(this|last|past|over the|coming|next) weekend\b", re.IGNORECASE)
# Not after initials and titles: "a U.S. delegation", "Joseph R. Biden, Jr. met".
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[JDMS]r\.)(?<!\bSt\.)\s+|\n")
# Of a turn in a transcript: who speaks is not who is spoken of.
_LABEL: Final = re.compile(r"^[A-Z][A-Z .,’'-]+:\s*")
_DAY_WORD: Final = re.compile(rf"\b(?:{'|'.join((*_WEEKDAYS, *_NEAR_DAYS))})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Journey:
    """A row of the record, or a visit that was coded: who, from which country, to which, first and last day.

    Of a row of the record also: `names`, the places by which a text may call the host; `forms` and `surnames`, the
    traveller's names; `tour`, the days of the whole journey, other countries included.
    """

    person: str
    role: str
    host: str
    home: str
    first: date
    last: date
    names: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    surnames: frozenset[str] = frozenset()
    tour: tuple[date, date] = (date.min, date.min)

    def __str__(self) -> str:
        return f"{self.person} ({self.home}) to {self.host} {self.first}…{self.last}"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that may tell of a journey: its text, its words, the days it gives (none: undated), and whether it
    tells of something that is done and not otherwise dated."""

    text: str
    words: frozenset[str]
    days: frozenset[date]
    done: bool


def read_record(path: Path) -> list[Journey]:
    """The journeys of the record, in its order.

    Raises:
        InputError: the file is missing or a row lacks a field.
    """
    rows = list(_rows(path))
    return [_with_tour(row, rows) for row in rows]


def _rows(path: Path) -> Iterator[Journey]:
    lexicon = load_lexicon()
    for number, row in enumerate(read_jsonl(path), 1):
        where = f"line {number}"
        require(row, ("person", "role", "start", "end", "country", "country_iso3", "locale", "kind"), path, where)
        inward = row["kind"] == "visit"
        code = row["country_iso3"]
        host, home = (HOME, code) if inward else (code, HOME)
        first, last = day(row["start"], path, where), day(row["end"], path, where)
        named = (
            row["country"],
            lexicon.countries[code].name if code in lexicon.countries else "",
            *row["locale"].split(", "),
        )
        places = _OWN_PLACES if inward else tuple(name for name in named if name)
        name = " ".join(dropwhile(lambda word: word.lower() in _TITLES, row["person"].split()))
        forms, shorts = _names(name, home, first)
        surnames = frozenset(words(short)[-1] for short in shorts if words(short))
        yield Journey(row["person"], row["role"], host, home, first, last, places, forms, surnames)


def _names(name: str, country: str, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All full and all short names of a traveller: those of the lexicon's holder of an office on the day, if any."""
    for holder in load_lexicon().holders:
        if holder.country == country and holder.on(on):
            forms = (holder.name, *holder.aliases)
            if any(same_person(form, name) for form in forms):
                return (name, *forms), holder.short or (holder.name,)
    return (name,), (name,)


def _with_tour(row: Journey, rows: Iterable[Journey]) -> Journey:
    """The row with the days of all stays that follow one another without a day at home between."""
    first, last = row.first, row.last
    stays = {(r.first, r.last) for r in rows if r.person == row.person and r.home == row.home}
    for _ in stays:
        near = [stay for stay in stays if stay[0] <= last + SLACK and first - SLACK <= stay[1]]
        first, last = min(stay[0] for stay in near), max(stay[1] for stay in near)
    return replace(row, tour=(first, last))


def lines_of(document: Document) -> list[Line]:
    """The sentences of a document that have a word of travel or meeting; those of questions left out."""
    published = document.published or date.min
    found = []
    for sentence in _SENTENCE_END.split(document.text):
        text = _LABEL.sub("", sentence)
        if len(text) <= LONGEST_LINE and _CONTACT.search(text) and not text.startswith("Q ") and "?" not in text:
            days = frozenset(_days(text, published))
            done = not days and not _OPEN.search(text)
            found.append(Line(text, frozenset(words(text)), days, done))
    return found


def _days(text: str, published: date) -> Iterator[date]:
    """The days that a sentence names; a date without a year is the one nearest to publication."""
    for match in _DATE.finditer(text):
        month = _MONTHS.index((match["month"] or match["month_after"]).lower()) + 1
        first = int(match["first"] or match["only"])
        for number in range(first, int(match["last"] or first) + 1):
            years = [_day(year, month, number) for year in (published.year - 1, published.year, published.year + 1)]
            yield min((d for d in years if d), key=lambda d: abs(d - published), default=published)
    for match in _DAY_WORD.finditer(text):
        word = match[0].lower()
        if word in _NEAR_DAYS:
            yield published + timedelta(days=_NEAR_DAYS[word])
        else:
            ahead = (_WEEKDAYS.index(word) - published.weekday()) % 7
            yield published + timedelta(days=ahead)
            yield published + timedelta(days=ahead - 7)
    for match in _WEEKEND.finditer(text):
        saturday = published + timedelta(days=(5 - published.weekday()) % 7)
        if match[1].lower() in ("last", "past") or (
            published.weekday() < 3 and match[1].lower() in ("this", "over the")
        ):
            saturday -= timedelta(days=7)
        yield from (saturday, saturday + timedelta(days=1))


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def tells(row: Journey, document: Document, lines: Sequence[Line]) -> str | None:
    """The first sentence of a document that tells of a journey; `lines` are those of `lines_of`."""
    published = document.published
    if published is None or not row.first - BEFORE <= published <= row.last + AFTER:
        return None
    return next((line.text for line in lines if _tells(row, published, line)), None)


def _tells(row: Journey, published: date, line: Line) -> bool:
    if not (row.surnames & line.words or (row.role == "president" and _PRESIDENT.search(line.text))):
        return False
    first, last = row.first - SLACK, row.last + SLACK
    if not any(first <= d <= last for d in line.days) and not (line.done and first <= published <= last):
        return False
    return _is_there(row.names, line.text) or (row.host == HOME and _HOSTING.search(line.text) is not None)


def _is_there(names: Iterable[str], text: str) -> bool:
    """Whether one of the places stands where a journey or a meeting would have it, other places before it allowed."""
    listed = "|".join(re.escape(name) for name in names)
    before = r"(?:(?:the|and)\s+|[A-Z][\w.'’-]*,?\s+)"
    return (
        re.search(
            rf"\b(?:in|to|at|into|[Vv]isit(?:s|ed|ing)?|[Tt]our(?:s|ed|ing)?)\s+{before}{{0,6}}?(?:{listed})\b", text
        )
        is not None
    )

"""`detente evaluate us_travel`: visits found in White House documents against the official record of travel.

The documents are `corpora/wh_briefings_2021_2022.jsonl.gz`; the record lists the journeys of the President and of the
Secretary of State, and the visits of foreign leaders. A full run codes thousands of documents, so a sample of the
record is measured: every n-th journey, with the documents nearest to it in time that mention it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from detente.evaluation.data import day, digest, read_jsonl, require, shared
from detente.evaluation.matching import same_person, words
from detente.evaluation.measures import Counts
from detente.evaluation.report import CoderLike, Report
from detente.records import Document, Event

HOME: Final = "USA"
# Journeys measured, documents read for each, and the longest of these in characters: about 100 documents in all.
JOURNEYS, DOCUMENTS, LONGEST = 50, 2, 12_000
LONGEST_LINE: Final = 400
NEAR = timedelta(days=7)
# A coded date may be off by the time zone of the place.
SLACK = timedelta(days=1)
FOUND = ("happened", "ongoing", "historical", "planned")
TRAVEL = re.compile(r"\b(travel|visit|trip\b|arriv|welcom|host)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Journey:
    """A row of the record, or a visit that was coded: who, from which country, to which, first and last day."""

    person: str
    role: str
    host: str
    home: str
    first: date
    last: date
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.person} ({self.home}) to {self.host} {self.first}…{self.last}"


def evaluate(coder: CoderLike, data: Path | None = None, *, journeys: int = JOURNEYS) -> Report:
    """Score visits found, on a sample of `journeys` rows of the record (0: all of them).

    Figures: `recall` of the sampled journeys that a document read mentions (one sentence names traveller or host, and
    travel); `precision` of the visits coded in those documents whose traveller the record covers and whose days lie in
    its span: the record must have that person and country on those days (a day's slack). Planned visits count as found.

    Raises:
        InputError: the record or the documents are missing or not in their format.
    """
    record = data or shared("gold", "us_travel", "dev.jsonl")
    corpus = shared("corpora", "wh_briefings_2021_2022.jsonl.gz")
    rows = list(_record(record))
    documents = list(_documents(corpus))
    first, last = documents[0].published or date.min, documents[-1].published or date.max
    inside = [row for row in rows if first <= row.first and row.last <= last]
    lines = [_travel_lines(document.text) for document in documents]
    told = [(row, near) for row in inside if (near := _mentioning(row, documents, lines))]
    step = max(1, len(told) // journeys) if journeys else 1
    chosen = told[::step]
    read = {document.id: document for _, near in chosen for document in near}
    coded = [visit for document in read.values() for visit in visits(coder.code(document).events)]
    covered = [visit for visit in coded if first <= visit.first and visit.last <= last and _is_covered(visit, rows)]
    false = [visit for visit in covered if not any(_is_same(row, visit) for row in rows)]
    results = [(row, next((v for v in coded if _is_same(row, v)), None), near) for row, near in chosen]
    recall = Counts(sum(visit is not None for _, visit, _ in results), 0, len(results)).recall
    precision = Counts(len(covered) - len(false), len(covered), 0).precision
    return Report(
        name="us_travel",
        data=str(record),
        sha256=digest(record, corpus),
        items=len(results),
        figures={
            "recall": recall,
            "precision": precision,
            "f1": 2 * recall * precision / (recall + precision) if recall + precision else 0.0,
            "documents": len(read),
            "visits": len(covered),
        },
        misses=(
            *(f"missing {row} (in {', '.join(d.id for d in near)})" for row, visit, near in results if visit is None),
            *(f"not in the record: {visit}" for visit in false),
        ),
        predictions=tuple(_prediction(*result) for result in results),
        note=f"a sample: every {step}. journey that the documents mention" if step > 1 else "",
    )


def _prediction(row: Journey, visit: Journey | None, near: Sequence[Document]) -> dict[str, Any]:
    return {
        "id": f"{row.person}|{row.host}|{row.first}",
        "wanted": str(row),
        "got": str(visit) if visit else None,
        "confidence": None,
        "right": visit is not None,
        "documents": [document.id for document in near],
    }


def _record(path: Path) -> Iterator[Journey]:
    for number, row in enumerate(read_jsonl(path), 1):
        where = f"line {number}"
        require(row, ("person", "role", "start", "end", "country", "country_iso3", "locale", "kind"), path, where)
        inward = row["kind"] == "visit"
        yield Journey(
            person=row["person"],
            role=row["role"],
            host=HOME if inward else row["country_iso3"],
            home=row["country_iso3"] if inward else HOME,
            first=day(row["start"], path, where),
            last=day(row["end"], path, where),
            names=(row["country"],) if inward else (row["country"], row["locale"]),
        )


def _documents(path: Path) -> Iterator[Document]:
    rows: Iterable[Mapping[str, Any]] = sorted(read_jsonl(path), key=lambda row: (row["date"], row["id"]))
    for row in rows:
        if len(row["text"]) <= LONGEST:
            yield Document(
                text=row["text"],
                id=row["id"],
                title=row["title"],
                published=day(row["date"], path, row["id"]),
                publisher="The White House",
                kind="statement",
            )


def _mentioning(row: Journey, documents: Sequence[Document], lines: Sequence[Sequence[str]]) -> list[Document]:
    """The documents nearest to a journey in time that tell of it; `lines` are the documents' sentences of travel."""
    hits = []
    for document, about in zip(documents, lines, strict=True):
        published = document.published
        if published and row.first - NEAR <= published <= row.last + NEAR and _tells(row, about):
            hits.append((abs(published - row.first), document.id, document))
    return [document for _, _, document in sorted(hits)[:DOCUMENTS]]


def _travel_lines(text: str) -> list[str]:
    """The sentences that have a word of travel; longer ones are lists of names, as of nominations."""
    lines = re.split(r"(?<=[.!?])\s+|\n", text)
    return [line for line in lines if len(line) <= LONGEST_LINE and TRAVEL.search(line)]


def _tells(row: Journey, lines: Iterable[str]) -> bool:
    """Whether one sentence has the traveller's name and the country (or, abroad, the locale)."""
    long = [word for word in words(row.person) if len(word) >= 4]
    # Family names stand first or last by country; the record gives its own travellers' last.
    surnames = set(long[-1:] if row.home == HOME else long[-3:])
    return any(any(name in line for name in row.names) and surnames & set(words(line)) for line in lines)


def visits(events: Iterable[Event]) -> Iterator[Journey]:
    """Every stay abroad in the events, one for each traveller and host country; an event without days gives none.

    The visitors of a visit stay with its recipients and at its place; who consults in person is where that takes place.
    """
    for event in events:
        days = event.date
        if event.status not in FOUND or not (days and days.start and days.end):
            continue
        hosts = {event.place.country} if event.place else set()
        people = event.actors
        if event.mode == "visit":
            hosts |= {who.actor.country for who in event.recipients}
        elif event.type == "CONSULT" and event.mode != "phone":
            people += event.recipients
        else:
            continue
        for who in people:
            home = who.actor.country
            for host in sorted(h for h in hosts if h and home and h != home):
                yield Journey(who.actor.name, who.actor.level or "", host, home or "", days.start, days.end)


def _is_same(row: Journey, visit: Journey) -> bool:
    days = visit.first - SLACK <= row.last and row.first <= visit.last + SLACK
    places = (row.host, row.home) == (visit.host, visit.home)
    return days and places and same_person(row.person, visit.person)


def _is_covered(visit: Journey, rows: Iterable[Journey]) -> bool:
    """Whether the record would have a visit: a foreign leader's to the United States, or one by its own travellers."""
    if visit.host == HOME:
        return visit.role == "leader"
    return any(row.home == HOME == visit.home and same_person(row.person, visit.person) for row in rows)

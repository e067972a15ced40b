"""`detente evaluate us_travel`: visits found in White House documents against the official record of travel.

The documents are `corpora/wh_briefings_2021_2022.jsonl.gz`, read as `detente code` reads them; the record lists the
journeys of the President and of the Secretary of State, and the visits of foreign leaders. Wanted are the journeys that
a document tells of (`travel_record.tells`: traveller, host country and day in one sentence), found in any document: the
visits coded in all documents are pooled. `us_travel` reads documents of up to 12,000 characters, those that tell of a
journey and a share of the others that may tell of a leader's visit; `us_travel_all` reads all of both, whatever their
length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from detente.errors import InputError
from detente.evaluation.data import digest, shared
from detente.evaluation.matching import same_person
from detente.evaluation.measures import Counts
from detente.evaluation.report import CoderLike, Report
from detente.evaluation.travel_record import HOME, SLACK, Journey, Line, lines_of, read_record, tells
from detente.reading import ReadOptions, read_paths
from detente.records import Document, Event

# Characters of the longest document of the sample, and which share of those that tell of no journey is read.
LONGEST, EVERY = 12_000, 20
FOUND = ("happened", "ongoing", "historical", "planned")
ROLES = ("president", "secretary", "foreign_leader")
# A sentence that may tell of a visit of the record's kinds of travellers.
_LEADER: Final = re.compile(
    r"\b(?:President|Prime Minister|Chancellor|King|Queen|Sultan|Amir|Emir|Taoiseach|Premier|Crown Prince|Pope)"
    r"\s+[A-Z]|\bSecretary Blinken|\bSecretary of State|\bthe President\b.*\b(?:travel|trip|visit|summit)"
)


def evaluate(coder: CoderLike, data: Path | None = None, *, longest: int = LONGEST, every: int = EVERY) -> Report:
    """Score visits found against the record, in documents of up to `longest` characters (0: of any length); of those
    that tell of no journey of the record every `every`-th is read.

    Figures: `recall` of the journeys told of, in all, on the halves of even and of odd rank in the record (rules are
    tuned on the even half), and by role; `precision` of the different visits coded whose traveller the record covers
    and whose days lie in its span. A coded visit is of the record when traveller and both countries are right and its
    days meet those of the stay, a day's slack allowed; it counts for recall if they also lie within the whole journey
    ("in June" does not). Planned visits count as found.

    Raises:
        InputError: the record or the documents are missing or not in their format.
    """
    record = data or shared("gold", "us_travel", "dev.jsonl")
    corpus = shared("corpora", "wh_briefings_2021_2022.jsonl.gz")
    documents = sorted(
        (d for d in read_corpus(corpus) if not longest or len(d.text) <= longest),
        key=lambda d: (d.published or date.min, d.id),
    )
    rows = read_record(record)
    first, last = documents[0].published or date.min, documents[-1].published or date.max
    inside = [row for row in rows if first <= row.first and row.last <= last]
    lines = {document.id: lines_of(document) for document in documents}
    told = [(row, near) for row in inside if (near := _telling(row, documents, lines))]
    chosen = choose(documents, lines, {document.id for _, near in told for document in near}, every)
    coded = [visit for document in chosen for event in coder.code(document).events for visit in visits([event])]
    covered = {v: None for v in coded if first <= v.first and v.last <= last and _is_covered(v, rows)}
    false = [visit for visit in covered if not any(is_same(row, visit) for row in rows)]
    results = [
        (row, next((v for v in coded if is_same(row, v) and is_dated(row, v)), None), near) for row, near in told
    ]
    halves = [[one for one in results if inside.index(one[0]) % 2 == odd] for odd in (0, 1)]
    recall = _recall(results)
    precision = Counts(len(covered) - len(false), len(covered), 0).precision
    return Report(
        name="us_travel" if longest else "us_travel_all",
        data=str(record),
        sha256=digest(record, corpus),
        items=len(results),
        figures={
            "recall": recall,
            "recall.even": _recall(halves[0]),
            "recall.odd": _recall(halves[1]),
            **{f"recall.{role}": _recall([one for one in results if one[0].role == role]) for role in ROLES},
            "precision": precision,
            "f1": 2 * recall * precision / (recall + precision) if recall + precision else 0.0,
            "documents": len(chosen),
            "visits": len(covered),
        },
        misses=(
            *(f"missing {row} (in {', '.join(d.id for d in near)})" for row, visit, near in results if visit is None),
            *(f"not in the record: {visit}" for visit in false),
        ),
        predictions=tuple(_prediction(*result) for result in results),
        note=f"a sample: documents of up to {longest:,} characters" if longest else "",
    )


_Result = tuple[Journey, Journey | None, Sequence[Document]]


def _recall(results: Sequence[_Result]) -> float:
    return Counts(sum(visit is not None for _, visit, _ in results), 0, len(results)).recall


def _prediction(row: Journey, visit: Journey | None, near: Sequence[Document]) -> dict[str, Any]:
    return {
        "id": f"{row.person}|{row.host}|{row.first}",
        "wanted": str(row),
        "got": str(visit) if visit else None,
        "confidence": None,
        "right": visit is not None,
        "documents": [document.id for document in near],
    }


def read_corpus(path: Path) -> Iterator[Document]:
    """The documents of the corpus, as the program reads them.

    Raises:
        InputError: it cannot be read, or a row of it is no document.
    """

    def fail(fault: InputError) -> None:
        raise fault

    return read_paths([str(path)], ReadOptions(), on_error=fail, on_note=lambda _: None)


def choose(
    documents: Iterable[Document], lines: Mapping[str, Sequence[Line]], telling: set[str], every: int
) -> list[Document]:
    """The documents to read: those in `telling`, and every n-th of the others with a sentence of a leader's contact."""
    rest = [d.id for d in documents if d.id not in telling and any(_LEADER.search(x.text) for x in lines[d.id])]
    wanted = telling | set(rest[::every])
    return [document for document in documents if document.id in wanted]


def _telling(row: Journey, documents: Iterable[Document], lines: Mapping[str, Sequence[Line]]) -> list[Document]:
    return [document for document in documents if tells(row, document, lines[document.id])]


def visits(events: Iterable[Event]) -> Iterator[Journey]:
    """Every stay abroad in the events, one for each traveller and host country; an event without days gives none.

    The visitors of a visit stay with its recipients and at its place; who consults in person is where that takes place.
    """
    for event in events:
        days = event.date
        if event.status not in FOUND or event.type == "REJECT" or not (days and days.start and days.end):
            # A refusal has happened, the visit that is refused has not.
            continue
        hosts = {event.place.country} if event.place else set()
        people = event.actors
        if event.mode == "visit":
            hosts |= {who.actor.country for who in event.recipients}
        elif "CONSULT" in (event.type, event.act) and event.mode != "phone":
            people += event.recipients
        else:
            continue
        for who in people:
            home = who.actor.country
            for host in sorted(h for h in hosts if h and home and h != home):
                yield Journey(who.actor.name, who.actor.level or "", host, home or "", days.start, days.end)


def is_same(row: Journey, visit: Journey) -> bool:
    """Whether a coded visit is of a journey of the record, its days known well enough or not."""
    stays = visit.first - SLACK <= row.last and row.first <= visit.last + SLACK
    there = (row.host, row.home) == (visit.host, visit.home)
    return stays and there and any(same_person(form, visit.person) for form in row.forms)


def is_dated(row: Journey, visit: Journey) -> bool:
    """Whether the days of a coded visit lie within the journey, countries visited before and after included."""
    return row.tour[0] - SLACK <= visit.first and visit.last <= row.tour[1] + SLACK


def _is_covered(visit: Journey, rows: Iterable[Journey]) -> bool:
    """Whether the record would have a visit: a foreign leader's to the United States, or one by its own travellers."""
    if visit.host == HOME:
        return visit.role == "leader"
    return visit.home == HOME and any(
        row.home == HOME and any(same_person(form, visit.person) for form in row.forms) for row in rows
    )

"""Writes records.md: the wire format, field by field, with an example made by the records themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pages import DOCS, code, run, table

from detente.exchange.flat import COLUMNS
from detente.exchange.plover import to_plover
from detente.records import Actor, DateRange, Document, Event, Participant, Place, Span, Statement

PAGE = DOCS / "records.md"

SPAN: Final = {
    "start": ("integer", "First character, counted from 0 in the text as it was given"),
    "end": ("integer", "The character after the last one"),
    "text": ("text", "What stands there: `text[start:end]`, always"),
}
PARTICIPANT: Final = {
    "id": ("text", "Canonical: `USA`, `person:antony-blinken`, `org:NATO`, `USA:foreign ministry`"),
    "name": ("text", "The name in full"),
    "country": ("text?", "ISO 3166-1 alpha-3; `XKX` for Kosovo; null for what belongs to no state"),
    "sectors": (
        "list of text",
        "PLOVER's codes, most fitting first; see the [codebook](codebook.md#sectors-of-actors)",
    ),
    "office": ("text?", "The office held on the day of the document"),
    "level": ("text?", "One of the [levels](codebook.md#levels-of-actors)"),
    "role": ("text?", "`party` (holds office), `spokesperson`, `observer` (analyst, think tank), `media`, `unnamed`"),
    **{name: (kind, meaning) for name, (kind, meaning) in SPAN.items()},
}
DATE: Final = {
    "start": ("date?", "First day, ISO 8601; null where open"),
    "end": ("date?", "Last day, included; null where open"),
    "basis": ("text", "How it was found; one of the [bases](codebook.md#date-bases)"),
    "text": ("text?", "The expression in the text, null if there is none"),
}
PLACE: Final = {
    "name": ("text", "Name in GeoNames"),
    "country": ("text?", "ISO 3166-1 alpha-3"),
    "admin1": ("text?", "First-level division"),
    "lat": ("number?", "Degrees north, WGS 84"),
    "lon": ("number?", "Degrees east, WGS 84"),
    "geonames_id": ("integer?", "Id in GeoNames, null for what GeoNames' list of towns lacks"),
}
COMMON: Final = {
    "record": ("text", "`event` or `statement`"),
    "id": (
        "text",
        "`ev-` or `st-` and 16 hexadecimal digits, made of the content: the same text coded by the same version has the same id",
    ),
    "document": ("text", "Id that the input gave, or else one made of the content"),
    "sentence": ("integer", "Number of the sentence, from 0"),
}
LAST: Final = {
    "confidence": ("number", "How likely the record is right, from 0 to 1"),
    "coder": ("text", "Version that made the record"),
    "why": ("field → text", "The reason of each field's value, what `detente explain` prints"),
}
EVENT: Final[dict[str, tuple[str, str]]] = {
    **COMMON,
    "type": ("text", "One of the [sixteen types](codebook.md#event-types)"),
    "mode": ("text?", "One of the type's [modes](codebook.md#modes)"),
    "contexts": ("list of text", "Any of the [contexts](codebook.md#contexts)"),
    "status": ("text", "One of the [eight](codebook.md#status)"),
    "actors": ("list of participants", "Who did it; everyone, if `reciprocal`"),
    "recipients": ("list of participants", "To whom; empty if `reciprocal`, or if nobody is named"),
    "reciprocal": ("true or false", "Whether they did it to each other, or together"),
    "date": ("date range?", "When"),
    "place": ("place?", "Where"),
    "said_by": ("participant?", "Who vouches for it; null: the reporter"),
    "evidence": ("span", "The clause that tells it"),
    "trigger": ("span", "The word that gave the type"),
    "cameo": ("text?", "CAMEO code, after the [crosswalk](codebook.md#cameo-crosswalk)"),
    "quad": ("scheme, class", "Quad class, and the scheme that it follows (`plover`)"),
    "score": ("number?", "From −10 (conflict) to 10 (cooperation), PLOVER's"),
    **LAST,
    "act": ("text", "The type that the words name, where `type` is AGREE because the cooperation is still to come"),
    "also": ("list of spans", "Where else the document tells of the same event"),
}
STATEMENT: Final[dict[str, tuple[str, str]]] = {
    **COMMON,
    "speaker": ("participant?", "Who says it"),
    "side": ("text?", "Country that the speaker speaks for; null for observers and media"),
    "addressee": ("participant?", "To whom"),
    "via": ("participant?", "Who reports the words (a ministry's account, an agency); null: the reporter"),
    "form": ("text", "`direct`, `indirect` or `mixed`"),
    "cue": ("span?", "The word that reports: *said*, *according to*"),
    "content": ("span", "What is said"),
    "issues": ("list of text", "What it is about"),
    "tone": ("number", "From −1 to 1"),
    "forecast": ("true or false", "Whether it is a prediction"),
    "date": ("date range?", "When it was said"),
    **LAST,
}

INTRODUCTION = """\
`detente code` makes two kinds of record: **events** (who did what to whom) and **statements** (who said what). The names of
the fields are fixed; new ones may be added. A question mark behind a kind of value says that it may be null. Absent lists are
empty, not null.

In every span `document.text[start:end] == text`, in characters of the text as it was given, typographic quotes, non-breaking
spaces and all."""

FORMATS = """\
`jsonl`
:   One JSON object a line, as above, UTF-8. `detente explain` reads it.

`parquet`
:   The same columns, nested as structs, in one schema for events and statements: what a kind of record does not have is
    null. Dates are ISO 8601 text. `why` is a map. `detente explain` reads it.

`csv`
:   One flat row a record. Nested fields become columns with a dot. The values of several actors stand in one cell in order,
    with `;` between them, so that the first of `actors.id` belongs to the first of `actors.country`; the sectors of one actor
    are joined by `|`. A separator inside a value becomes a comma.

`plover`
:   Events as PLOVER JSON, one object a line, with the field names of the PLOVER manual; statements are left out and counted.
    PLOVER's auxiliary modes (historical, future, hypothetical, negation) are added to `context`, so that nobody takes a planned
    event for a fact.

`table`
:   To be read on a terminal. It shortens long words and leaves fields out."""


def example() -> tuple[Event, Statement]:
    """Records of a made-up report, spans and all."""
    text = "On Friday Paris recalled its ambassador to Canberra. “Trust is broken,” Foreign Minister Jean-Yves Le Drian said."
    document = Document(text, id="example-1", published=date(2021, 9, 20))

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(document.id, start, start + len(words), words)

    france = Actor("FRA", "France", "FRA", ("GOV",), role="party")
    australia = Actor("AUS", "Australia", "AUS", ("GOV",), role="party")
    minister = Actor(
        "person:jean-yves-le-drian",
        "Jean-Yves Le Drian",
        "FRA",
        ("GOV",),
        "Foreign Minister",
        "foreign minister",
        "party",
    )
    day = DateRange(date(2021, 9, 17), date(2021, 9, 17), "relative", "Friday")
    event = Event(
        document=document.id,
        sentence=0,
        type="SANCTION",
        mode="withdraw",
        contexts=("diplomatic",),
        status="happened",
        actors=(Participant(france, span("Paris")),),
        recipients=(Participant(australia, span("Canberra")),),
        reciprocal=False,
        date=day,
        place=None,
        said_by=None,
        evidence=span("On Friday Paris recalled its ambassador to Canberra"),
        trigger=span("recalled"),
        cameo="161",
        quad="material conflict",
        quad_scheme="plover",
        score=-6.0,
        confidence=0.8,
        coder="detente-0.1.0/rules",
        why=(("type", "verb:recall+envoy"), ("status", "past tense")),
        act="SANCTION",
    )
    statement = Statement(
        document=document.id,
        sentence=1,
        speaker=Participant(minister, span("Foreign Minister Jean-Yves Le Drian")),
        side="FRA",
        addressee=None,
        via=None,
        form="direct",
        cue=span("said"),
        content=span("Trust is broken"),
        issues=(),
        tone=-0.6,
        forecast=False,
        date=DateRange(date(2021, 9, 20), date(2021, 9, 20), "publication"),
        confidence=0.8,
        coder="detente-0.1.0/rules",
    )
    return event, statement


def paths(data: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The names of all fields of a wire object, nested ones with a dot; lists by their first item."""
    for name, value in data.items():
        yield before + name
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, Mapping) and name != "why":
            yield from paths(inner, f"{before}{name}.")


def page() -> str:
    """The whole page."""
    event, statement = example()
    place = Place("Canberra", "AUS", "Australian Capital Territory", -35.28346, 149.12807, 2172517)
    return (
        "\n\n".join(
            [
                "<!-- Written by docs/build_records.py: change that. -->",
                "# Records",
                INTRODUCTION,
                "## Event",
                _fields(EVENT),
                "## Statement",
                _fields(STATEMENT),
                "## What stands inside",
                "### Participant",
                _fields(PARTICIPANT),
                "### Span",
                _fields(SPAN),
                "### Date range",
                _fields(DATE),
                "### Place",
                _fields(PLACE),
                _json(place.to_dict()),
                "## An example",
                "A line of JSON each, broken here for the eye:",
                _json(event.to_dict()),
                _json(statement.to_dict()),
                "## Formats",
                FORMATS,
                "The columns of a CSV file, in order:",
                ", ".join(code(column) for column in COLUMNS),
                "The event above in PLOVER JSON:",
                _json(to_plover(event)),
            ]
        )
        + "\n"
    )


def _fields(fields: Mapping[str, tuple[str, str]]) -> str:
    return table(("Field", "Value", "Meaning"), ((code(name), kind, text) for name, (kind, text) in fields.items()))


def _json(data: Mapping[str, Any]) -> str:
    return "```json\n" + json.dumps(data, ensure_ascii=False, indent=2) + "\n```"


if __name__ == "__main__":
    run(PAGE, page)

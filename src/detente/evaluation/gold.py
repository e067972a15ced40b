"""Articles marked by hand: the format of `seed/gold.json` and of `examples/*.gold.json`, as records.

Field by field as the file's own `how_to_read` says. `status` may be one value or a list of values that count; a side
may be null, one participant or a list; `optional` events and statements count neither as missed nor as false. `date`
null: none is marked, and whatever is coded is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.evaluation.data import day, read_json, read_text, require
from detente.records import Document


@dataclass(frozen=True, slots=True)
class GoldParty:
    """A participant: a country, or an organisation under any of several names; and the person, where it matters."""

    country: str | None
    orgs: tuple[str, ...] = ()
    person: str | None = None

    def __str__(self) -> str:
        return "/".join(part for part in (self.country or "|".join(self.orgs), self.person) if part)


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event to be found. `evidence` are the character ranges one of which the evidence must overlap."""

    id: str
    types: tuple[str, ...]
    mode: str | None
    actors: tuple[GoldParty, ...]
    recipients: tuple[GoldParty, ...]
    reciprocal: bool
    statuses: tuple[str, ...]
    first: date
    last: date
    place: str | None
    said_by: str | None
    evidence: tuple[tuple[int, int], ...]
    phrase: str
    optional: bool = False

    def __str__(self) -> str:
        arrow = " ↔ " if self.reciprocal else " → "
        sides = (
            " & ".join(map(str, side)) or "?" for side in (self.actors, self.recipients) if side or not self.reciprocal
        )
        when = str(self.first) if self.first == self.last else f"{self.first}…{self.last}"
        return f"{'|'.join(self.types)} {arrow.join(sides)} {'|'.join(self.statuses)} {when}"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement to be found; `content` are the character ranges where its words stand. `speaker`
    "": nobody is named."""

    id: str
    speaker: str
    side: str | None
    addressee: str | None
    via: str | None
    form: str | None
    tone: str | None
    content: tuple[tuple[int, int], ...]
    phrase: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldContact:
    """A contact for which events must give the material: who, when (first and last day), where, how, whether."""

    participants: tuple[str, ...]
    first: date
    last: date
    place: str | None
    mode: str | None
    statuses: tuple[str, ...]

    def __str__(self) -> str:
        where = f" in {self.place}" if self.place else ""
        return f"{' – '.join(self.participants)} {self.first}…{self.last}{where} {'|'.join(self.statuses)}"


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article with its gold, and the two files they are in.

    `must_not` rules are kept as the file has them; see `marked.violations`.
    """

    name: str
    files: tuple[Path, Path]
    document: Document
    events: tuple[GoldEvent, ...]
    must_not: tuple[Mapping[str, Any], ...]
    statements: tuple[GoldStatement, ...]
    contacts: tuple[GoldContact, ...]


def read_marked(path: Path) -> MarkedArticle:
    """The marked article whose gold file is `path`; the text lies beside it under the name in `article`.

    Raises:
        InputError: a file is missing, a field is missing, or marked words do not stand in the text.
    """
    gold = read_json(path)
    require(gold, ("article", "published", "events"), path, "top level")
    text = read_text(path.parent / gold["article"])
    document = Document(
        text=text,
        id=Path(gold["article"]).stem,
        published=day(gold["published"], path, "published"),
        publisher=gold.get("publisher"),
        issuer=gold.get("issuer"),
        kind=gold.get("kind", "news"),
    )
    return MarkedArticle(
        name=document.id,
        files=(path, path.parent / gold["article"]),
        document=document,
        events=tuple(_event(row, text, path) for row in gold["events"]),
        must_not=tuple(gold.get("must_not", ())),
        statements=tuple(_statement(row, text, path) for row in gold.get("statements", ())),
        contacts=tuple(_contact(row, path) for row in gold.get("contacts", ())),
    )


def _event(row: Mapping[str, Any], text: str, path: Path) -> GoldEvent:
    where = f"event {row.get('id', '?')}"
    require(row, ("id", "type", "status", "date", "evidence"), path, where)
    first, last = (day(value, path, where) for value in row["date"] or (date.min.isoformat(), date.max.isoformat()))
    return GoldEvent(
        id=row["id"],
        types=tuple(row["type"]),
        mode=row.get("mode"),
        actors=_side(row.get("actor")),
        recipients=_side(row.get("recipient")),
        reciprocal=row.get("reciprocal", False),
        statuses=_several(row["status"]),
        first=first,
        last=last,
        place=(row.get("place") or {}).get("name"),
        said_by=row.get("said_by"),
        evidence=_occurrences(row["evidence"], text, path, where),
        phrase=row["evidence"],
        optional=row.get("optional", False),
    )


def _statement(row: Mapping[str, Any], text: str, path: Path) -> GoldStatement:
    where = f"statement {row.get('id', '?')}"
    require(row, ("id", "speaker", "content"), path, where)
    return GoldStatement(
        id=row["id"],
        speaker=row["speaker"],
        side=row.get("side"),
        addressee=row.get("addressee"),
        via=row.get("via"),
        form=row.get("form"),
        tone=row.get("tone"),
        content=_occurrences(row["content"], text, path, where),
        phrase=row["content"],
        optional=row.get("optional", False),
    )


def _contact(row: Mapping[str, Any], path: Path) -> GoldContact:
    require(row, ("participants", "date", "status"), path, "contact")
    first, last = _period(row["date"], path)
    return GoldContact(
        tuple(row["participants"]), first, last, row.get("place"), row.get("mode"), _several(row["status"])
    )


def _period(value: str, path: Path) -> tuple[date, date]:
    """First and last day of "2023", "2023-02" or "2023-02-05"."""
    first = day(value + "-01-01"[len(value) - 4 :], path, "contact")
    if len(value) == 4:
        return first, date(first.year, 12, 31)
    if len(value) == 7:
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, date.fromordinal(after.toordinal() - 1)
    return first, first


def _side(value: Any) -> tuple[GoldParty, ...]:
    rows = [] if value is None else value if isinstance(value, list) else [value]
    return tuple(GoldParty(row.get("country"), tuple(row.get("org", ())), row.get("person")) for row in rows)


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _occurrences(phrase: str, text: str, path: Path, where: str) -> tuple[tuple[int, int], ...]:
    """Where the phrase stands; any white space in one matches any in the other."""
    pattern = r"\s+".join(re.escape(word) for word in phrase.split())
    found = tuple(match.span() for match in re.finditer(pattern, text)) if pattern else ()
    if not found:
        raise InputError(str(path), f"these words do not stand in the text: {phrase!r}", where=where)
    return found

"""The nouns of détente: what a text is turned into.

All are frozen, made of plain values, and go to a plain dict and back (`to_dict`, `from_dict`). The ids are derived
from the content, so the same text coded twice by the same coder gives the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from detente.errors import RecordError

STATUSES: Final = (
    "happened",
    "ongoing",
    "planned",
    "possible",
    "hypothetical",
    "denied",
    "cancelled",
    "historical",
)
KINDS: Final = ("news", "readout", "statement", "transcript")
DATE_BASES: Final = ("explicit", "relative", "inherited", "publication")
FORMS: Final = ("direct", "indirect", "mixed")
LEVELS: Final = (
    "leader",
    "deputy leader",
    "foreign minister",
    "defence minister",
    "economic minister",
    "security adviser",
    "minister",
    "deputy minister",
    "ambassador",
    "military",
    "parliament",
    "official",
    "party",
    "organisation",
)


def make_id(prefix: str, *parts: object) -> str:
    """A stable id: `prefix-` and 16 hex digits of the SHA-256 of the parts."""
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a transcript: who speaks (as printed; empty if unknown) and the offsets of what is said."""

    speaker: str
    start: int
    end: int
    interpreted: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One text. Offsets of every record refer to `text` exactly as stored here.

    `title` is what the source gives as title; it may or may not stand in `text` too. `issuer` names the actor whose
    readout or statement this is. `kind` is one of `KINDS`. `turns` are the speaker turns of a transcript, in order.
    """

    text: str
    id: str = ""
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    kind: str = "news"
    issuer: str | None = None
    turns: tuple[Turn, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", make_id("doc", self.published, self.publisher, self.title, self.text))


@dataclass(frozen=True, slots=True)
class Span:
    """Character offsets into the text of a document; `text` is what stands there, always."""

    document: str
    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_dict(cls, document: str, data: Mapping[str, Any]) -> Span:
        return cls(document, data["start"], data["end"], data["text"])


@dataclass(frozen=True, slots=True)
class Actor:
    """Who. `id` is canonical ("USA", "person:antony-blinken", "org:NATO", "USA:foreign ministry").

    `country` is ISO 3166-1 alpha-3 (XKX for Kosovo), None for what has none. `sectors` are PLOVER codes (GOV, MIL, …).
    `office` and `level` are those held on the document's date; `level` is one of `LEVELS`. `role` tells apart who
    speaks for a state: `party` (holds office), `spokesperson`, `observer` (analyst, think tank), `media`, `unnamed`.
    """

    id: str
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    level: str | None = None
    role: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "country": self.country,
            "sectors": list(self.sectors),
            "office": self.office,
            "level": self.level,
            "role": self.role,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Actor:
        return cls(
            data["id"],
            data["name"],
            data["country"],
            tuple(data["sectors"]),
            data["office"],
            data["level"],
            data["role"],
        )


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor as mentioned at one place of the text."""

    actor: Actor
    span: Span

    def to_dict(self) -> dict[str, Any]:
        span = self.span
        return {**self.actor.to_dict(), "text": span.text, "start": span.start, "end": span.end}

    @classmethod
    def from_dict(cls, document: str, data: Mapping[str, Any]) -> Participant:
        return cls(Actor.from_dict(data), Span.from_dict(document, data))


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, both included; None where open. `basis` (one of `DATE_BASES`) says how it was found.

    `text` is the expression in the text, None where there is none.
    """

    start: date | None
    end: date | None
    basis: str
    text: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "basis": self.basis,
            "text": self.text,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DateRange:
        start, end = data["start"], data["end"]
        return cls(
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end) if end else None,
            data["basis"],
            data["text"],
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where: GeoNames name and id, ISO alpha-3 country, first-level division, WGS84 degrees. None where unknown."""

    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("name", "country", "admin1", "lat", "lon", "geonames_id")}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Place:
        return cls(data["name"], data["country"], data["admin1"], data["lat"], data["lon"], data["geonames_id"])


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. Field by field as in the wire format of the design, `why` added.

    `type`, `mode` and `contexts` are PLOVER names (upper case for the type). Reciprocal events put everyone in
    `actors`. `said_by` is who vouches for it (None: the reporter). `evidence` is the clause, `trigger` the word that
    gave the type. `quad` is the quad class under `quad_scheme`. `confidence` is a probability. `why` maps a field to
    its reason. `act` is the type that the words name, where `type` follows PLOVER's rule that cooperation still to come
    is AGREE. `also` are further places of the document that tell of the same event.
    """

    document: str
    sentence: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    reciprocal: bool
    date: DateRange | None
    place: Place | None
    said_by: Participant | None
    evidence: Span
    trigger: Span
    cameo: str | None
    quad: str
    quad_scheme: str
    score: float | None
    confidence: float
    coder: str
    why: tuple[tuple[str, str], ...] = ()
    act: str = ""
    also: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        who = "|".join(p.actor.id for p in self.actors) + ">" + "|".join(p.actor.id for p in self.recipients)
        place = (self.trigger.start, self.trigger.end, self.evidence.start)
        return make_id("ev", self.document, *place, self.type, who, self.coder)

    def to_dict(self) -> dict[str, Any]:
        return {
            "record": "event",
            "id": self.id,
            "document": self.document,
            "sentence": self.sentence,
            "type": self.type,
            "mode": self.mode,
            "contexts": list(self.contexts),
            "status": self.status,
            "actors": [p.to_dict() for p in self.actors],
            "recipients": [p.to_dict() for p in self.recipients],
            "reciprocal": self.reciprocal,
            "date": self.date.to_dict() if self.date else None,
            "place": self.place.to_dict() if self.place else None,
            "said_by": self.said_by.to_dict() if self.said_by else None,
            "evidence": self.evidence.to_dict(),
            "trigger": self.trigger.to_dict(),
            "cameo": self.cameo,
            "quad": {"scheme": self.quad_scheme, "class": self.quad},
            "score": self.score,
            "confidence": self.confidence,
            "coder": self.coder,
            "why": dict(self.why),
            "act": self.act,
            "also": [span.to_dict() for span in self.also],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Event:
        doc = data["document"]
        return cls(
            document=doc,
            sentence=data["sentence"],
            type=data["type"],
            mode=data["mode"],
            contexts=tuple(data["contexts"]),
            status=data["status"],
            actors=tuple(Participant.from_dict(doc, p) for p in data["actors"]),
            recipients=tuple(Participant.from_dict(doc, p) for p in data["recipients"]),
            reciprocal=data["reciprocal"],
            date=DateRange.from_dict(data["date"]) if data["date"] else None,
            place=Place.from_dict(data["place"]) if data["place"] else None,
            said_by=Participant.from_dict(doc, data["said_by"]) if data["said_by"] else None,
            evidence=Span.from_dict(doc, data["evidence"]),
            trigger=Span.from_dict(doc, data["trigger"]),
            cameo=data["cameo"],
            quad=data["quad"]["class"],
            quad_scheme=data["quad"]["scheme"],
            score=data["score"],
            confidence=data["confidence"],
            coder=data["coder"],
            # Not in files of other writers: the wire format of the design does not ask for them.
            why=tuple((data.get("why") or {}).items()),
            act=data.get("act") or "",
            also=tuple(Span.from_dict(doc, span) for span in data.get("also") or ()),
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what. One record a sentence of content; the pieces of one quotation share `cue`.

    `side` is the country the speaker speaks for, None for observers, media and the like. `via` is who reports the
    words (a ministry's account, an agency), None if the reporter. `form` is one of `FORMS`; `tone` runs from -1 to 1.
    `forecast` marks a prediction.
    """

    document: str
    sentence: int
    speaker: Participant | None
    side: str | None
    addressee: Participant | None
    via: Participant | None
    form: str
    cue: Span | None
    content: Span
    issues: tuple[str, ...]
    tone: float
    forecast: bool
    date: DateRange | None
    confidence: float
    coder: str
    why: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        who = self.speaker.actor.id if self.speaker else ""
        return make_id("st", self.document, self.content.start, self.content.end, who, self.coder)

    def to_dict(self) -> dict[str, Any]:
        return {
            "record": "statement",
            "id": self.id,
            "document": self.document,
            "sentence": self.sentence,
            "speaker": self.speaker.to_dict() if self.speaker else None,
            "side": self.side,
            "addressee": self.addressee.to_dict() if self.addressee else None,
            "via": self.via.to_dict() if self.via else None,
            "form": self.form,
            "cue": self.cue.to_dict() if self.cue else None,
            "content": self.content.to_dict(),
            "issues": list(self.issues),
            "tone": self.tone,
            "forecast": self.forecast,
            "date": self.date.to_dict() if self.date else None,
            "confidence": self.confidence,
            "coder": self.coder,
            "why": dict(self.why),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Statement:
        doc = data["document"]

        def who(key: str) -> Participant | None:
            return Participant.from_dict(doc, data[key]) if data[key] else None

        return cls(
            document=doc,
            sentence=data["sentence"],
            speaker=who("speaker"),
            side=data["side"],
            addressee=who("addressee"),
            via=who("via"),
            form=data["form"],
            cue=Span.from_dict(doc, data["cue"]) if data["cue"] else None,
            content=Span.from_dict(doc, data["content"]),
            issues=tuple(data["issues"]),
            tone=data["tone"],
            forecast=data["forecast"],
            date=DateRange.from_dict(data["date"]) if data["date"] else None,
            confidence=data["confidence"],
            coder=data["coder"],
            why=tuple((data.get("why") or {}).items()),
        )


@dataclass(frozen=True, slots=True)
class Signal:
    """A graded formula of diplomatic language that a government used (`lexicon/data/ladder.tsv`).

    `government` is ISO 3166-1 alpha-3, or the id of an organisation ("EU", "UNSC"); `towards` the other side, None
    where none is named. `scale`, `rung` and `label` are those of the table; within a scale a higher rung is graver (of
    talks: cooler). `speaker` is who says it for the government, None for the paper itself. `formula` are the words,
    `evidence` their sentence.
    """

    document: str
    sentence: int
    government: str
    towards: str | None
    issues: tuple[str, ...]
    scale: str
    rung: int
    label: str
    speaker: Participant | None
    formula: Span
    evidence: Span
    date: DateRange | None
    coder: str

    @property
    def id(self) -> str:
        place = (self.formula.start, self.formula.end)
        return make_id("sg", self.document, *place, self.government, self.scale, self.coder)

    def to_dict(self) -> dict[str, Any]:
        return {
            "record": "signal",
            "id": self.id,
            "document": self.document,
            "sentence": self.sentence,
            "government": self.government,
            "towards": self.towards,
            "issues": list(self.issues),
            "scale": self.scale,
            "rung": self.rung,
            "label": self.label,
            "speaker": self.speaker.to_dict() if self.speaker else None,
            "formula": self.formula.to_dict(),
            "evidence": self.evidence.to_dict(),
            "date": self.date.to_dict() if self.date else None,
            "coder": self.coder,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Signal:
        doc = data["document"]
        return cls(
            document=doc,
            sentence=data["sentence"],
            government=data["government"],
            towards=data["towards"],
            issues=tuple(data["issues"]),
            scale=data["scale"],
            rung=data["rung"],
            label=data["label"],
            speaker=Participant.from_dict(doc, data["speaker"]) if data["speaker"] else None,
            formula=Span.from_dict(doc, data["formula"]),
            evidence=Span.from_dict(doc, data["evidence"]),
            date=DateRange.from_dict(data["date"]) if data["date"] else None,
            coder=data["coder"],
        )


Record = Event | Statement


def in_text_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Sorted by where their evidence stands."""
    return tuple(sorted(records, key=_where))


def _where(record: Record) -> tuple[int, int]:
    span = record.evidence if isinstance(record, Event) else record.content
    return span.start, span.end


def record_from_dict(data: Mapping[str, Any]) -> Record:
    """The record that a wire object holds.

    Raises:
        RecordError: the object is not a record, or a field is missing or of the wrong kind.
    """
    try:
        kind = data["record"]
        if kind == "event":
            return Event.from_dict(data)
        if kind == "statement":
            return Statement.from_dict(data)
    except KeyError as fault:
        raise RecordError(f"not a well-formed record: no field {fault.args[0]!r} (an older version's file?)") from fault
    except (TypeError, ValueError, AttributeError) as fault:
        raise RecordError(f"not a well-formed record: a field of the wrong kind: {fault}") from fault
    raise RecordError(f"unknown record kind {kind!r} (event or statement)")

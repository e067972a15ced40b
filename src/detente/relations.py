"""The nouns of the ledger: what many records, of many documents, come to.

A dyad is two countries (ISO 3166-1 alpha-3) in the order of the alphabet. Everything here is frozen, made of plain
values, and goes to a plain dict (`to_dict`); ids are derived from the content.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from detente.records import Actor, Event, Place, Statement

# Statuses of what took place, or takes place; all others only might.
DONE: Final = ("happened", "ongoing", "historical")
CHANNELS: Final = (
    "leader",
    "foreign minister",
    "security adviser",
    "defence",
    "economic",
    "climate",
    "ambassador",
    "working group",
    "parliament",
    "party",
    "business",
    "official",
)
CONTACT_MODES: Final = (
    "visit",
    "hosted",
    "third country",
    "multilateral margin",
    "phone",
    "video",
    "letter",
    "meeting",
)
COMMITMENT_KINDS: Final = ("promise", "invitation", "agreement", "meeting", "threat")
CONFIRMATIONS: Final = ("confirmed", "silent", "denied")
COMMITMENT_STATES: Final = ("open", "kept", "lapsed", "contradicted", "superseded")
CHANNEL_STATES: Final = ("open", "quiet", "suspended")

Dyad = tuple[str, str]


def dyad_of(one: str, other: str) -> Dyad:
    """The two countries in the order of the alphabet."""
    return (one, other) if one <= other else (other, one)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


class _Plain:
    """Can become a plain dict: dates as ISO 8601, tuples as lists."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = _plain(self)
        return plain


@dataclass(frozen=True, slots=True)
class Source(_Plain):
    """The head of a filed document. `issuer` is the country (ISO alpha-3) whose own account it is, None for reporters;
    `reprint_of` the id of the document that this one reprints, if it does."""

    document: str
    published: date | None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    kind: str = "news"
    issuer: str | None = None
    reprint_of: str | None = None

    @property
    def side(self) -> str | None:
        """The country whose own account this is (a readout or statement), None for reporters."""
        return self.issuer


@dataclass(frozen=True, slots=True)
class Report(_Plain):
    """An event as one document tells it."""

    event: Event
    source: Source


@dataclass(frozen=True, slots=True)
class Telling(_Plain):
    """A statement as one document tells it."""

    statement: Statement
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict(_Plain):
    """A field that reports tell differently: each value with the ids of the events that say so."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Episode(_Plain):
    """The same event told by several sentences or documents, in one dyad.

    `reports` are the ids of the events merged, `documents` those of the documents that tell it (reprints too), both in
    the order of reporting. `realised` tells what took place from what was only planned, possible, denied or cancelled;
    the two are never merged. `start` and `end` are the days best attested, both included; `basis` says by what (as in
    `DateRange`), and `dated` whether the words give them. `first_report` and `last_report` are days of publication.
    `confidence` is the probability that at least one of its independent documents is right.
    """

    id: str
    dyad: Dyad
    type: str
    act: str
    mode: str | None
    status: str
    realised: bool
    reciprocal: bool
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    start: date | None
    end: date | None
    place: Place | None
    issues: tuple[str, ...]
    words: str
    reports: tuple[str, ...]
    documents: tuple[str, ...]
    first_report: date | None
    last_report: date | None
    confidence: float
    conflicts: tuple[Conflict, ...] = ()
    basis: str | None = None

    @property
    def dated(self) -> bool:
        """Whether the words give the days, else they are those of the paper or of an earlier sentence."""
        return self.basis in ("explicit", "relative")

    @property
    def people(self) -> tuple[Actor, ...]:
        """Everyone on both sides."""
        return self.actors + self.recipients

    def of(self, country: str) -> tuple[Actor, ...]:
        """Those of one country."""
        return tuple(actor for actor in self.people if actor.country == country)


@dataclass(frozen=True, slots=True)
class Contact(_Plain):
    """A consultation that took place. `readouts` are (country, document id) of each side's own account."""

    id: str
    dyad: Dyad
    episode: str
    participants: tuple[Actor, ...]
    channel: str
    mode: str
    start: date | None
    end: date | None
    place: Place | None
    readouts: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Settlement(_Plain):
    """What settled a commitment: the day, why (one line for a reader), the ids of the records (episodes, events,
    statements) that show it, and how sure that is (0 to 1).

    `silent` is None where the records tell what became of it. Where nothing does, it is the number of documents on the
    dyad that came out after the due date and do not tell that it was done; `records` are then those of the
    undertaking, and one of the last of these documents.
    """

    on: date | None
    why: str
    records: tuple[str, ...]
    confidence: float
    silent: int | None = None


@dataclass(frozen=True, slots=True)
class Commitment(_Plain):
    """Who undertook what, towards whom, due when.

    `kind` is one of `COMMITMENT_KINDS`; `words` is the clause that says it; `reports` are the ids of the events that
    tell it, `tellings` those of the statements; `episode` is empty where only statements do. `claimed_by` are the
    countries whose own account or officials say so, empty if reporters only.
    `confirmation` says what the other side's own words make of it, `confirmed_by` are the ids of the records that show
    that. `meets` tells whether what is undertaken is to meet, visit or talk. `state` is one of
    `COMMITMENT_STATES`, as of the day for which it was computed; `settled` is None while open.
    """

    id: str
    dyad: Dyad
    kind: str
    by: tuple[Actor, ...]
    towards: tuple[Actor, ...]
    words: str
    issues: tuple[str, ...]
    made: date | None
    due_start: date | None
    due_end: date | None
    episode: str
    reports: tuple[str, ...]
    documents: tuple[str, ...]
    claimed_by: tuple[str, ...]
    confirmation: str
    confirmed_by: tuple[str, ...]
    state: str
    settled: Settlement | None
    confidence: float
    tellings: tuple[str, ...] = ()
    meets: bool = False


@dataclass(frozen=True, slots=True)
class Channel(_Plain):
    """A dyad at a level, as of a day: one of `CHANNELS`, working groups with their issue ("working group: climate").

    `interval` is the median number of days between contacts (None below three), `overdue` that more than twice as many
    have passed. `next` is the id of the commitment to meet next, with its day. `state` is one of `CHANNEL_STATES`;
    a suspension and its end name the records that say so, and whose words they are.
    """

    dyad: Dyad
    name: str
    contacts: tuple[str, ...]
    last: date | None
    interval: float | None
    overdue: bool
    next: str | None
    next_on: date | None
    state: str
    since: date | None = None
    by: str | None = None
    suspended_by: tuple[str, ...] = ()
    suspended_on: date | None = None
    resumed_by: tuple[str, ...] = ()
    resumed_on: date | None = None


def dyads_of(event: Event) -> frozenset[Dyad]:
    """The dyads an event is in: every actor's country with every recipient's, or, where it is reciprocal, with every
    other actor's. One country alone is no dyad."""
    return frozenset(_pairs(event))


def _pairs(event: Event) -> Iterator[Dyad]:
    actors = [p.actor.country for p in event.actors]
    others = actors if event.reciprocal and not event.recipients else [p.actor.country for p in event.recipients]
    for one in actors:
        for other in others:
            if one and other and one != other:
                yield dyad_of(one, other)

"""The items of a dossier as rows: for the shell's queries, for files, for pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from detente.analysis import desk
from detente.analysis.brief_words import said_on
from detente.analysis.dossier import Dossier
from detente.errors import OptionError
from detente.records import STATUSES, Actor
from detente.relations import (
    CHANNEL_STATES,
    COMMITMENT_STATES,
    Channel,
    Commitment,
    Contact,
    Episode,
    Report,
    Telling,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One row. `cells` are texts by the names of the columns; days as ISO 8601, values of a list parted by "; ".

    `wire` is the whole record as a plain dict. `sides` are the countries that act or speak.
    """

    wire: Mapping[str, Any]
    cells: Mapping[str, str]
    status: str = ""
    sides: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One row before it is made: what it is chosen and counted by. `id` of a channel is its name."""

    id: str
    make: Callable[[], Item]
    status: str = ""
    sides: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of item: which rows there are, its columns, the statuses it may have, whether it has issues and sides."""

    rows: Callable[[Dossier], Iterator[Found]]
    columns: tuple[str, ...]
    statuses: tuple[str, ...] = ()
    issues: bool = True
    sided: bool = True


def found_of(noun: str, dossier: Dossier) -> list[Found]:
    """What of a kind (a key of `NOUNS`) there is in the days asked about, the latest first.

    Raises:
        OptionError: there is no such kind.
    """
    if noun not in NOUNS:
        raise OptionError(f"{noun!r} is nothing that can be listed ({', '.join(NOUNS)})")
    return list(NOUNS[noun].rows(dossier))


def items_of(noun: str, dossier: Dossier) -> list[Item]:
    """The same as rows, all of them made.

    Raises:
        OptionError: there is no such kind.
    """
    return [one.make() for one in found_of(noun, dossier)]


def _contacts(dossier: Dossier) -> Iterator[Found]:
    issues = {episode.id: episode.issues for episode in dossier.episodes}
    fit = [c for c in dossier.contacts if dossier.within(c.start, c.end)]
    for contact in sorted(fit, key=lambda c: (c.start or date.min, c.id), reverse=True):
        about = issues.get(contact.episode, ())
        yield Found(contact.id, partial(_contact, contact, about), issues=about)


def _contact(contact: Contact, issues: tuple[str, ...]) -> Item:
    cells = {
        "start": _day(contact.start),
        "end": _day(contact.end),
        "participants": _people(contact.participants),
        "channel": contact.channel,
        "mode": contact.mode,
        "place": contact.place.name if contact.place else "",
        "documents": _list(contact.documents),
        "confidence": f"{contact.confidence:.2f}",
        "id": contact.id,
    }
    return Item(contact.to_dict(), cells, issues=issues)


def _channels(dossier: Dossier) -> Iterator[Found]:
    for channel in dossier.channels:
        yield Found(channel.name, partial(_channel, channel), channel.state)


def _channel(channel: Channel) -> Item:
    cells = {
        "channel": channel.name,
        "contacts": str(len(channel.contacts)),
        "last": _day(channel.last),
        "interval": f"{channel.interval:.0f}" if channel.interval else "",
        "overdue": "yes" if channel.overdue else "no",
        "next": _day(channel.next_on),
        "state": channel.state,
        "since": _day(channel.since),
        "suspended by": channel.by or "",
        "suspended on": _day(channel.suspended_on),
        "resumed on": _day(channel.resumed_on),
    }
    return Item(channel.to_dict(), cells, channel.state)


def _statements(dossier: Dossier) -> Iterator[Found]:
    dated = [(said_on(t), t) for t in dossier.tellings if t.statement.side in dossier.dyad]
    fit = [(when, t.statement.id, t) for when, t in dated if dossier.within(when, when)]
    for when, id, telling in sorted(fit, key=lambda one: one[:2], reverse=True):
        said = telling.statement
        yield Found(id, partial(_statement, when, id, telling), sides=(said.side or "",), issues=said.issues)


def _statement(when: date | None, id: str, telling: Telling) -> Item:
    statement = telling.statement
    cells = {
        "date": _day(when),
        "side": statement.side or "",
        "speaker": desk.full_name(statement.speaker.actor) if statement.speaker else "",
        "issues": _list(statement.issues),
        "tone": f"{statement.tone:+.2f}",
        "words": " ".join(statement.content.text.split()),
        "documents": statement.document,
        "confidence": f"{statement.confidence:.2f}",
        "id": id,
    }
    wire = {**statement.to_dict(), "source": telling.source.to_dict()}
    return Item(wire, cells, sides=(statement.side or "",), issues=statement.issues)


def _commitments(dossier: Dossier) -> Iterator[Found]:
    def concerns(days: Iterable[date | None]) -> bool:
        return any(dossier.within(when, when) for when in days)

    fit = [c for c in dossier.commitments if concerns((c.made, c.settled.on if c.settled else None, c.due_end))]
    for one in sorted(fit, key=lambda c: (c.made or date.min, c.id), reverse=True):
        yield Found(one.id, partial(_commitment, one), one.state, _countries(one.by), one.issues)


def _commitment(commitment: Commitment) -> Item:
    settled = commitment.settled
    cells = {
        "made": _day(commitment.made),
        "kind": commitment.kind,
        "by": _people(commitment.by),
        "towards": _people(commitment.towards),
        "words": " ".join(commitment.words.split()),
        "due": " to ".join(dict.fromkeys(filter(None, (_day(commitment.due_start), _day(commitment.due_end))))),
        "claimed by": _list(commitment.claimed_by),
        "other side": commitment.confirmation,
        "state": commitment.state,
        "settled on": _day(settled.on) if settled else "",
        "why": settled.why if settled else "",
        "documents": _list(commitment.documents),
        "confidence": f"{commitment.confidence:.2f}",
        "id": commitment.id,
    }
    sides = _countries(commitment.by)
    return Item(commitment.to_dict(), cells, commitment.state, sides, commitment.issues)


def _episodes(dossier: Dossier) -> Iterator[Found]:
    fit = [e for e in dossier.episodes if dossier.within(e.start or e.first_report, e.end or e.last_report)]
    for one in sorted(fit, key=lambda e: (e.start or e.first_report or date.min, e.id), reverse=True):
        yield Found(one.id, partial(_episode, one), one.status, _countries(one.actors), one.issues)


def _episode(episode: Episode) -> Item:
    cells = {
        "start": _day(episode.start),
        "end": _day(episode.end),
        "status": episode.status,
        "type": episode.type,
        "mode": episode.mode or "",
        "actors": _people(episode.actors),
        "recipients": _people(episode.recipients),
        "place": episode.place.name if episode.place else "",
        "words": " ".join(episode.words.split()),
        "reports": str(len(episode.reports)),
        "documents": _list(episode.documents),
        "confidence": f"{episode.confidence:.2f}",
        "id": episode.id,
    }
    return Item(episode.to_dict(), cells, episode.status, _countries(episode.actors), episode.issues)


def _events(dossier: Dossier) -> Iterator[Found]:
    def days(event_date: Any, published: date | None) -> tuple[date | None, date | None]:
        return (event_date.start, event_date.end) if event_date else (published, published)

    reports = [(days(r.event.date, r.source.published), id, r) for id, r in dossier.reports.items()]
    fit = [one for one in reports if dossier.within(*one[0])]
    about: dict[str, tuple[str, ...]] = {}
    for episode in dossier.episodes:
        for id in episode.reports:
            about[id] = (*about.get(id, ()), *episode.issues)
    for span, id, report in sorted(fit, key=lambda one: (one[0][0] or date.min, one[1]), reverse=True):
        event, issues = report.event, about.get(id, ())
        sides = _countries(p.actor for p in event.actors)
        yield Found(id, partial(_event, span, id, report, issues), event.status, sides, issues)


def _event(span: tuple[date | None, date | None], id: str, report: Report, issues: tuple[str, ...]) -> Item:
    event = report.event
    cells = {
        "start": _day(span[0]),
        "end": _day(span[1]),
        "status": event.status,
        "type": event.type,
        "mode": event.mode or "",
        "actors": _people(p.actor for p in event.actors),
        "recipients": _people(p.actor for p in event.recipients),
        "place": event.place.name if event.place else "",
        "words": " ".join(event.evidence.text.split()),
        "documents": event.document,
        "confidence": f"{event.confidence:.2f}",
        "id": id,
    }
    wire = {**event.to_dict(), "source": report.source.to_dict()}
    return Item(wire, cells, event.status, _countries(p.actor for p in event.actors), issues)


def _day(when: date | None) -> str:
    return when.isoformat() if when else ""


def _list(values: Iterable[str]) -> str:
    return "; ".join(values)


def _people(actors: Iterable[Actor]) -> str:
    return _list(f"{actor.name} [{actor.country}]" if actor.country else actor.name for actor in actors)


def _countries(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.country for actor in actors if actor.country))


NOUNS: Final[dict[str, Noun]] = {
    "contacts": Noun(
        _contacts,
        ("start", "end", "participants", "channel", "mode", "place", "documents", "confidence", "id"),
        sided=False,
    ),
    "channels": Noun(
        _channels,
        (
            *("channel", "contacts", "last", "interval", "overdue", "next", "state", "since"),
            *("suspended by", "suspended on", "resumed on"),
        ),
        CHANNEL_STATES,
        issues=False,
        sided=False,
    ),
    "statements": Noun(
        _statements, ("date", "side", "speaker", "issues", "tone", "words", "documents", "confidence", "id")
    ),
    "commitments": Noun(
        _commitments,
        (
            *(
                "made",
                "kind",
                "by",
                "towards",
                "words",
                "due",
                "claimed by",
                "other side",
                "state",
                "settled on",
                "why",
            ),
            *("documents", "confidence", "id"),
        ),
        COMMITMENT_STATES,
    ),
    "episodes": Noun(
        _episodes,
        (
            *("start", "end", "status", "type", "mode", "actors", "recipients", "place", "words", "reports"),
            *("documents", "confidence", "id"),
        ),
        STATUSES,
    ),
    "events": Noun(
        _events,
        (
            *("start", "end", "status", "type", "mode", "actors", "recipients", "place", "words"),
            *("documents", "confidence", "id"),
        ),
        STATUSES,
    ),
}

"""What the records of a dyad come to: episodes, contacts, commitments and channels, computed and kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from detente.ledger import lookups
from detente.ledger.channels import build_channels
from detente.ledger.commitments import commitment_of, group_claims, in_order, meetings_of
from detente.ledger.confirmations import Spoken
from detente.ledger.contacts import build_contacts
from detente.ledger.database import reading, writing
from detente.ledger.episodes import build_episodes
from detente.ledger.filing import insert
from detente.ledger.outcome import Known
from detente.ledger.settlement import settle_claims
from detente.ledger.undertakings import claims
from detente.lexicon import load_lexicon
from detente.records import Actor
from detente.relations import Channel, Commitment, Contact, Dyad, Episode, Report, Source, Telling


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything that follows from the records of one dyad, as of a day."""

    dyad: Dyad
    as_of: date
    episodes: tuple[Episode, ...]
    contacts: tuple[Contact, ...]
    commitments: tuple[Commitment, ...]
    channels: tuple[Channel, ...]


def derive(
    dyad: Dyad, reports: Sequence[Report], tellings: Sequence[Telling], sources: Mapping[str, Source], as_of: date
) -> Derived:
    """Merge the reports of a dyad and follow up what they come to. Uses nothing that was published after `as_of`,
    which is left to the caller."""
    episodes = with_reprints(build_episodes(dyad, reports), sources)
    contacts = build_contacts(dyad, episodes, sources)
    by_id = {report.event.id: report for report in reports}
    found = claims(dyad, episodes, by_id, tellings)
    spoken = Spoken(by_id, tellings)
    made = [commitment_of(dyad, group, spoken, sources) for group in group_claims(found, meetings_of(episodes))]
    known = Known.up_to(as_of, episodes, by_id, tellings)
    told = [
        claim for claim in found if claim.published <= as_of and (not claim.is_event or claim.record in known.records)
    ]
    commitments = settle_claims(in_order(made), told, known, as_of, load_lexicon())
    channels = build_channels(dyad, contacts, episodes, commitments, as_of)
    return Derived(dyad, as_of, episodes, contacts, commitments, channels)


def with_reprints(episodes: Iterable[Episode], sources: Mapping[str, Source]) -> tuple[Episode, ...]:
    """The episodes, each with the reprints of its documents among its documents."""
    copies: dict[str, list[str]] = {}
    for source in sources.values():
        if source.reprint_of:
            copies.setdefault(source.reprint_of, []).append(source.document)
    return tuple(
        replace(episode, documents=tuple(dict.fromkeys(_joined(episode.documents, copies)))) for episode in episodes
    )


def _joined(documents: Iterable[str], copies: Mapping[str, list[str]]) -> Iterable[str]:
    listed = list(documents)
    return [*listed, *(copy for document in listed for copy in copies.get(document, ()))]


def refresh(path: Path) -> int:
    """Compute anew the dyads that records were filed for since the last time, each in a transaction of its own.

    Returns:
        How many there were.

    Raises:
        LedgerError: the ledger cannot be opened.
    """
    with reading(path) as connection:
        stale = connection.execute("SELECT DISTINCT first, second FROM stale ORDER BY ALL").fetchall()
        as_of = lookups.latest_day(connection)
    for first, second in stale:
        dyad = (first, second)
        with reading(path) as connection:
            given = (lookups.reports(connection, dyad), lookups.tellings(connection, dyad))
            heads = lookups.sources(connection, dyad)
        derived = derive(dyad, *given, heads, as_of or date.max)
        with writing(path) as connection:
            _store(connection, derived)
    return len(stale)


def _store(connection: duckdb.DuckDBPyConnection, derived: Derived) -> None:
    dyad, as_of = derived.dyad, derived.as_of
    for table in ("episodes", "contacts", "commitments", "channels", "stale"):
        connection.execute(f"DELETE FROM {table} WHERE first = ? AND second = ?", list(dyad))
    insert(connection, "episodes", [_episode_row(dyad, episode) for episode in derived.episodes])
    insert(connection, "contacts", [_contact_row(dyad, contact) for contact in derived.contacts])
    insert(connection, "commitments", [_commitment_row(dyad, as_of, one) for one in derived.commitments])
    insert(connection, "channels", [_channel_row(dyad, as_of, channel) for channel in derived.channels])


def _names(actors: Iterable[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _json(noun: Episode | Contact | Commitment | Channel) -> str:
    return json.dumps(noun.to_dict(), ensure_ascii=False, separators=(",", ":"))


def _episode_row(dyad: Dyad, e: Episode) -> tuple[object, ...]:
    return (
        *(e.id, *dyad, e.type, e.act, e.mode, e.status, e.realised, e.reciprocal, _names(e.actors)),
        *(_names(e.recipients), e.start, e.end, e.place.name if e.place else None, list(e.issues), list(e.reports)),
        *(list(e.documents), e.first_report, e.last_report, e.confidence, e.words, _json(e)),
    )


def _contact_row(dyad: Dyad, c: Contact) -> tuple[object, ...]:
    place = c.place.name if c.place else None
    who = _names(c.participants)
    return (
        c.id,
        *dyad,
        c.episode,
        c.channel,
        c.mode,
        who,
        c.start,
        c.end,
        place,
        list(c.documents),
        c.confidence,
        _json(c),
    )


def _commitment_row(dyad: Dyad, as_of: date, c: Commitment) -> tuple[object, ...]:
    on, why, by = (c.settled.on, c.settled.why, list(c.settled.records)) if c.settled else (None, None, [])
    return (
        *(c.id, *dyad, as_of, c.kind, _names(c.by), _names(c.towards), c.made, c.due_start, c.due_end),
        *(list(c.claimed_by), c.confirmation, c.state, on, why, by, list(c.documents), c.confidence, c.words, _json(c)),
    )


def _channel_row(dyad: Dyad, as_of: date, c: Channel) -> tuple[object, ...]:
    counts = (len(c.contacts), c.last, c.interval, c.overdue, c.next_on)
    return (*dyad, as_of, c.name, *counts, c.state, c.since, c.by, _json(c))

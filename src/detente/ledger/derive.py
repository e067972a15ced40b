"""What the records of a dyad come to: episodes, contacts, commitments and channels, computed and kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

import duckdb

from detente.ledger import lookups
from detente.ledger.bearing import Heard
from detente.ledger.channels import build_channels
from detente.ledger.commitments import commitment_of, group_claims, in_order, meetings_of
from detente.ledger.confirmations import Spoken
from detente.ledger.contacts import build_contacts
from detente.ledger.database import reading, writing
from detente.ledger.episodes import build_episodes, with_reprints
from detente.ledger.filing import insert
from detente.ledger.filing import replace as replace_rows
from detente.ledger.near import Patch, derive_near, turns
from detente.ledger.outcome import Known, day_of
from detente.ledger.settlement import settle_claims
from detente.ledger.undertakings import claims
from detente.ledger.wake import day_of_episode, wakes_on
from detente.lexicon import load_lexicon
from detente.records import Actor
from detente.relations import Channel, Commitment, Contact, Dyad, Episode, Report, Source, Telling

# From so many reports on a dyad is not derived anew from all of them when a few documents more are filed, and from as
# many more for each ten of these.
LEAST_NEAR: Final = 500
# Reports of the dyads that are computed between two openings of the ledger: it takes a second or so to write them.
_AT_ONCE: Final = 1000


_Given: TypeAlias = tuple[Dyad, list[Report], Heard, dict[str, Source]]


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
    dyad: Dyad,
    reports: Sequence[Report],
    tellings: Sequence[Telling] | Heard,
    sources: Mapping[str, Source],
    as_of: date,
) -> Derived:
    """Merge the reports of a dyad and follow up what they come to. Uses nothing that was published after `as_of`,
    which is left to the caller.

    The same statements give the same, whether they are sorted by what they bear on (`Heard`) or not.
    """
    heard = tellings if isinstance(tellings, Heard) else Heard.of(tellings)
    episodes = with_reprints(build_episodes(dyad, reports), sources)
    contacts = build_contacts(dyad, episodes, sources)
    by_id = {report.event.id: report for report in reports}
    found = claims(dyad, episodes, by_id, heard.undertaking)
    spoken = Spoken(by_id, heard.answering)
    made = [commitment_of(dyad, group, spoken, sources) for group in group_claims(found, meetings_of(episodes))]
    known = Known.up_to(as_of, episodes, by_id, {id(t): t for t in (*heard.telling, *heard.answering)}.values())
    told = [
        claim for claim in found if claim.published <= as_of and (not claim.is_event or claim.record in known.records)
    ]
    commitments = settle_claims(in_order(made), told, known, as_of, load_lexicon())
    channels = build_channels(dyad, contacts, episodes, commitments, as_of)
    return Derived(dyad, as_of, episodes, contacts, commitments, channels)


def refresh(path: Path, *, least: int = LEAST_NEAR) -> int:
    """Compute anew the dyads that records were filed for since the last time, and those for which days have passed
    that change something (`wake`); some together in a transaction. Of a dyad with `least` reports or more (see
    `LEAST_NEAR`) only what the new documents can bear on is read, if nothing else has changed in it (`near`): the rows
    are the same.

    Returns:
        How many there were.

    Raises:
        LedgerError: the ledger cannot be opened.
    """
    with reading(path) as connection:
        as_of = lookups.latest_day(connection) or date.max
        stale = lookups.stale(connection, as_of)
    for some in _shares(stale):
        with reading(path) as connection:
            found = [_changes(connection, one, as_of, least) for one in some]
        # Derived with no connection held: others may read and write meanwhile.
        made = [one if isinstance(one, Patch) else (derive(*one, as_of), one[1]) for one in found]
        with writing(path) as connection:
            for one in made:
                if isinstance(one, Patch):
                    _patch(connection, one)
                else:
                    _store(connection, *one)
    return len(stale)


def _changes(connection: duckdb.DuckDBPyConnection, one: lookups.Stale, as_of: date, least: int) -> Patch | _Given:
    """What changes of a dyad, or all that it is derived of."""
    dyad = one.dyad
    documents = one.documents
    few = documents is not None and one.reports >= least * (1 + len(documents) // 10)
    if documents is not None and few and one.derived_on and one.derived_on <= as_of:
        patch = derive_near(connection, dyad, documents, one.derived_on, as_of, load_lexicon())
        if patch is not None:
            return patch
    given = lookups.reports(connection, dyad), lookups.heard(connection, dyad), lookups.sources(connection, dyad)
    return dyad, *given


def _shares(stale: Sequence[lookups.Stale]) -> Iterator[list[lookups.Stale]]:
    """Dyads in the shares that are worked on together."""
    share: list[lookups.Stale] = []
    reports = 0
    for one in stale:
        if share and reports + one.reports > _AT_ONCE:
            yield share
            share, reports = [], 0
        share.append(one)
        reports += one.reports
    if share:
        yield share


def _store(connection: duckdb.DuckDBPyConnection, derived: Derived, reports: Sequence[Report]) -> None:
    dyad, as_of = derived.dyad, derived.as_of
    replace_rows(connection, "episodes", dyad, [_episode_row(dyad, episode) for episode in derived.episodes])
    replace_rows(connection, "contacts", dyad, [_contact_row(dyad, contact) for contact in derived.contacts])
    replace_rows(connection, "commitments", dyad, [_commitment_row(dyad, as_of, one) for one in derived.commitments])
    connection.execute("DELETE FROM turning WHERE first = ? AND second = ?", list(dyad))
    insert(connection, "turning", [(*dyad, episode.id) for episode in derived.episodes if turns(episode)])
    days = [*map(day_of_episode, derived.episodes), *map(day_of, reports)]
    wake = wakes_on(derived.contacts, derived.commitments, derived.channels, days, as_of, load_lexicon())
    _finish(connection, dyad, as_of, derived.channels, wake, bool(reports))


def _patch(connection: duckdb.DuckDBPyConnection, patch: Patch) -> None:
    dyad, as_of = patch.dyad, patch.as_of
    rows = {
        "episodes": [_episode_row(dyad, episode) for episode in patch.episodes],
        "contacts": [_contact_row(dyad, contact) for contact in patch.contacts],
        "commitments": [_commitment_row(dyad, as_of, one) for one in patch.commitments],
    }
    for table, fresh in rows.items():
        replace_rows(connection, table, dyad, fresh, patch.gone[table])
    moved = [*patch.gone["episodes"], *(episode.id for episode in patch.episodes)]
    connection.execute(
        "DELETE FROM turning WHERE first = ? AND second = ? AND list_contains(?::VARCHAR[], episode)", [*dyad, moved]
    )
    insert(connection, "turning", [(*dyad, episode.id) for episode in patch.episodes if turns(episode)])
    _finish(connection, dyad, as_of, patch.channels, patch.wake, True)


def _finish(
    connection: duckdb.DuckDBPyConnection,
    dyad: Dyad,
    as_of: date,
    channels: Iterable[Channel],
    wake: date | None,
    is_told: bool,
) -> None:
    """Write the channels of a dyad, and that it is up to date (nothing, where no report tells of it any more)."""
    for table in ("channels", "derived", "stale"):
        connection.execute(f"DELETE FROM {table} WHERE first = ? AND second = ?", list(dyad))
    insert(connection, "channels", [_channel_row(dyad, as_of, channel) for channel in channels])
    if is_told:
        insert(connection, "derived", [(*dyad, as_of, wake)])


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

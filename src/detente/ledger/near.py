"""What changes of a dyad when some documents are filed, without reading the rest of what is filed of it.

    derive_near(connection, dyad, documents, was, as_of) -> Patch | None

Every step gives the rows that `derive` gives of the whole dyad: episodes (`near_episodes`), contacts (`near_contacts`),
commitments (`near_commitments`) are found again where what is new can bear on them, and the board of channels is folded
over the contacts as kept. None: only the whole can tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

from detente.ledger.channels import build_channels, resumes, suspends
from detente.ledger.meetings import GRACES
from detente.ledger.near_commitments import MEETS, UNSETTLED, remade
from detente.ledger.near_contacts import retold
from detente.ledger.near_episodes import rebuilt
from detente.ledger.nearby import Nearby
from detente.ledger.wake import day_of_episode, wakes_on
from detente.lexicon import Lexicon
from detente.relations import Channel, Commitment, Contact, Dyad, Episode

_TURNING: Final = "id IN (SELECT episode FROM turning WHERE first = $first AND second = $second)"
# What the board or the days to come may have to do with.
_PENDING: Final = f"""{UNSETTLED}
  AND (due_start >= $since OR due_end >= $since OR kind IN ('meeting', 'invitation') OR {MEETS})"""


@dataclass(frozen=True, slots=True)
class Patch:
    """Ids of rows to take out, the rows to put in, all channels, and the day on which something changes by itself."""

    dyad: Dyad
    as_of: date
    gone: dict[str, tuple[str, ...]]
    episodes: tuple[Episode, ...]
    contacts: tuple[Contact, ...]
    commitments: tuple[Commitment, ...]
    channels: tuple[Channel, ...]
    wake: date | None


def derive_near(
    connection: duckdb.DuckDBPyConnection,
    dyad: Dyad,
    documents: Iterable[str],
    was: date,
    as_of: date,
    holders: Lexicon,
) -> Patch | None:
    """What changes of a dyad, derived as of `was`, because these documents were filed and the last day of the ledger is
    now `as_of`; None where that cannot be told from what is near to them."""
    near = Nearby(connection, dyad)
    # What was told ahead has come to pass.
    changed = {*documents, *near.days_between(was, as_of)}
    change = rebuilt(near, changed)
    if change is None:
        return None
    contacts = retold(near, change)
    commitments = remade(near, changed, change, was, as_of, holders)
    kept = near.contacts()
    met = [*(c for c in kept if c.episode not in contacts.episodes), *contacts.fresh]
    moved = {e.id for e in change.gone}
    turning = [e for e in near.episodes(_TURNING, {}) if e.id not in moved]
    turning += [e for e in change.fresh if turns(e)]
    settled = {c.id for c in commitments.gone}
    pending = [c for c in near.commitments(_PENDING, {"since": as_of - max(GRACES)}) if c.id not in settled]
    pending += commitments.fresh
    channels = build_channels(dyad, met, turning, pending, as_of)
    coming = near.episodes("coalesce(start_date, first_report) > $as_of", {"as_of": as_of})
    days = [near.first_after(as_of), *map(day_of_episode, (*(e for e in coming if e.id not in moved), *change.fresh))]
    gone = {
        "episodes": tuple(e.id for e in change.gone),
        "contacts": tuple(c.id for c in kept if c.episode in contacts.episodes),
        "commitments": tuple(settled),
    }
    wake = wakes_on(met, pending, channels, days, as_of, holders)
    return Patch(dyad, as_of, gone, change.fresh, contacts.fresh, commitments.fresh, channels, wake)


def turns(episode: Episode) -> bool:
    """Whether the words of an episode close a channel or open one."""
    return suspends(episode) is not None or resumes(episode) is not None

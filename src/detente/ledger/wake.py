"""When what is derived of a dyad would change by the passing of days alone.

    wakes_on(contacts, commitments, channels, days, as_of, holders) -> date | None

The day given may be too early, when nothing has changed yet: then the dyad is looked at once too often. It is never too
late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from detente.coding.dates.calendar import shift
from detente.ledger.channels import QUIET
from detente.ledger.departures import left_office
from detente.ledger.meetings import GRACES
from detente.lexicon import Lexicon
from detente.relations import Channel, Commitment, Contact, Episode


def wakes_on(
    contacts: Iterable[Contact],
    commitments: Iterable[Commitment],
    channels: Iterable[Channel],
    days: Iterable[date | None],
    as_of: date,
    holders: Lexicon,
) -> date | None:
    """The first day after `as_of` on which one of these may change though nothing is filed; None if none will. `days`
    are those of the reports and of the episodes (`day_of_episode`)."""
    found: Iterable[date | None] = chain(
        # What is dated ahead comes to pass.
        (contact.start for contact in contacts),
        days,
        chain.from_iterable(_of_channel(channel) for channel in channels),
        chain.from_iterable(_of_commitment(commitment, holders) for commitment in commitments),
    )
    return min((day for day in found if day is not None and day > as_of), default=None)


def day_of_episode(episode: Episode) -> date | None:
    """The day on which an episode came or comes to pass, or was first told."""
    return episode.start or episode.first_report


def _of_channel(channel: Channel) -> Iterator[date]:
    """It falls quiet, or is overdue."""
    if channel.last is not None:
        yield shift(channel.last, QUIET.days + 1, "D")
        if channel.interval is not None:
            yield shift(channel.last, int(2 * channel.interval) + 1, "D")


def _of_commitment(commitment: Commitment, holders: Lexicon) -> Iterator[date]:
    """It is no more to come, or no more in time, or one of those who were to meet leaves office."""
    if commitment.settled is not None and commitment.settled.silent is None:
        return
    for due in filter(None, (commitment.due_start, commitment.due_end)):
        yield shift(due, 1, "D")
        yield from (shift(due, grace.days + 1, "D") for grace in GRACES)
    if commitment.made is not None and commitment.meets:
        for actor in (*commitment.by, *commitment.towards):
            left = left_office(actor, commitment.made, holders)
            if left is not None:
                yield left

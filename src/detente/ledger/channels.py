"""The channel board: at each level of a dyad, when they last met, how often they do, and who closed it.

A channel is suspended by an act (a government suspends, cancels, cuts off) whose words name it (`channels.tsv`), or by
a government's own word that it will; it is open again by an act or agreement to resume, or by a later contact in it
that is more than an encounter at a gathering of many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Final, TypeVar

from detente.ledger.contact_channel import contact_channel
from detente.ledger.episode_profile import NARROW, is_person
from detente.lexicon.channels import channel_acts, channel_named, in_order, is_working_group
from detente.relations import CHANNELS, Channel, Commitment, Contact, Dyad, Episode

# Meetings this near to each other are one occasion.
_OCCASION: Final = timedelta(days=3)
# A channel is quiet after a year without contact, where its usual interval is not known.
QUIET: Final = timedelta(days=365)
_THEMSELVES: Final = re.compile(r"\b(?:meet|visit|speak)\b", re.IGNORECASE)
_SUSPENDING: Final = frozenset({"SANCTION", "REJECT"})
_RESUMING: Final = frozenset({"AGREE", "SUPPORT", "COOPERATE", "CONSULT", "CONCEDE", "RETREAT"})
Thing = TypeVar("Thing")


def build_channels(
    dyad: Dyad,
    contacts: Iterable[Contact],
    episodes: Iterable[Episode],
    commitments: Iterable[Commitment],
    as_of: date,
) -> tuple[Channel, ...]:
    """The board as of a day, in the order of `CHANNELS`: those with a contact, a suspension or a planned meeting.

    What is dated later than `as_of` is left out, so the board of any past day can be had.
    """
    met = [c for c in contacts if c.start is None or c.start <= as_of]
    known = [e for e in episodes if (day := _day(e)) is not None and day <= as_of]
    planned = [c for c in commitments if _is_next(c, as_of)]
    held = _by_channel((c.channel, c) for c in met)
    coming = _by_channel((_channel_of(dyad, c), c) for c in planned)
    closing = _by_channel((suspends(e), e) for e in known)
    opening = _by_channel((resumes(e), e) for e in known)
    # All channels, with the working groups of every issue after those of none.
    spoken = (name for name in {*held, *coming, *closing} if is_working_group(name))
    rows = (
        _channel(
            dyad, name, held.get(name, ()), closing.get(name, ()), opening.get(name, ()), coming.get(name, ()), as_of
        )
        for name in in_order({*CHANNELS, *spoken})
    )
    return tuple(row for row in rows if row is not None)


def _by_channel(things: Iterable[tuple[str | None, Thing]]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for name, thing in things:
        if name is not None:
            found.setdefault(name, []).append(thing)
    return found


def _channel(
    dyad: Dyad,
    name: str,
    contacts: Sequence[Contact],
    closing: Sequence[Episode],
    opening: Sequence[Episode],
    planned: Sequence[Commitment],
    as_of: date,
) -> Channel | None:
    own = sorted(contacts, key=lambda c: (c.start or date.min, c.id))
    coming = sorted(planned, key=lambda c: (c.due_start or c.due_end or date.max, c.id))
    closed, opened = _turns(own, closing, opening)
    if not own and not coming and not closed:
        return None
    last = max((c.end or c.start for c in own if c.start), default=None)
    interval = usual_interval(own)
    overdue = last is not None and interval is not None and (as_of - last).days > 2 * interval
    quiet = overdue or last is None or as_of - last > QUIET
    suspended_on = min((d for e in closed if (d := _day(e))), default=None)
    resumed_on = min((_day(one) or date.max for one in opened), default=None)
    state = "suspended" if closed and not opened else "quiet" if quiet else "open"
    since = {"suspended": suspended_on, "open": resumed_on}.get(state, last)
    return Channel(
        dyad=dyad,
        name=name,
        contacts=tuple(c.id for c in own),
        last=last,
        interval=interval,
        overdue=overdue,
        next=coming[0].id if coming else None,
        next_on=(coming[0].due_start or coming[0].due_end) if coming else None,
        state=state,
        since=since,
        by=_doer(closed[0], dyad) if closed else None,
        suspended_by=tuple(e.id for e in closed),
        suspended_on=suspended_on,
        resumed_by=tuple(one.id for one in opened),
        resumed_on=resumed_on,
    )


def usual_interval(contacts: Iterable[Contact]) -> float | None:
    """Median days between occasions (contacts within three days are one), None below three occasions."""
    occasions: list[date] = []
    for day in sorted(c.start for c in contacts if c.start):
        if not occasions or day - occasions[-1] > _OCCASION:
            occasions.append(day)
    if len(occasions) < 3:
        return None
    return float(median((b - a).days for a, b in pairwise(occasions)))


def _turns(
    contacts: Sequence[Contact], suspending: Iterable[Episode], resuming: Iterable[Episode]
) -> tuple[list[Episode], list[Episode | Contact]]:
    """The episodes of the last suspension, and what ended it (none if it goes on)."""
    closing = sorted(suspending, key=_when)
    if not closing:
        return [], []
    opening: list[Episode | Contact] = [*resuming, *(c for c in contacts if c.start and _reopens(c))]
    opening.sort(key=_when)
    closed: list[Episode] = []
    for episode in (e for e in closing if not _vague(e)):
        # A later word about it without a day of its own tells of the same suspension, unless many tell it.
        again = not episode.dated and len(episode.documents) == 1
        if closed and not again and any(_when(closed[-1])[0] < _when(one)[0] < _when(episode)[0] for one in opening):
            closed = []
        closed.append(episode)
    closed = closed or [e for e in closing if _vague(e)][:1]
    if not closed:
        return [], []
    began = _when(closed[0])[0]
    after = [one for one in opening if _when(one)[0] > began]
    first = _when(after[0])[0] if after else None
    return [e for e in closed if first is None or _when(e)[0] <= first], [o for o in after if _when(o)[0] == first]


def _vague(episode: Episode) -> bool:
    """Whether it only says that the channel was closed some day in a month or year."""
    return episode.start is not None and episode.end is not None and (episode.end - episode.start).days >= NARROW


def _reopens(contact: Contact) -> bool:
    """Whether a contact shows that its channel works again: somebody met somebody, and not in passing."""
    named = {actor.country for actor in contact.participants if is_person(actor)}
    return named >= set(contact.dyad) and contact.mode not in ("multilateral margin", "letter")


def suspends(episode: Episode) -> str | None:
    """The channel that an episode closes, by its words, None if none.

    Done, or announced by those who do it.
    """
    done = episode.act in _SUSPENDING and (episode.realised or episode.status == "planned")
    if not done and episode.status != "cancelled":
        return None
    return channel_named(episode.words) if "suspend" in channel_acts(episode.words) else None


def resumes(episode: Episode) -> str | None:
    """The channel that an episode opens again, by its words, None if none."""
    if not episode.realised or episode.act not in _RESUMING or "resume" not in channel_acts(episode.words):
        return None
    return channel_named(episode.words)


def _is_next(commitment: Commitment, as_of: date) -> bool:
    due = commitment.due_end or commitment.due_start
    made = commitment.made is None or commitment.made <= as_of
    coming = due is None or due >= as_of
    meets = commitment.kind in ("meeting", "invitation") or (commitment.kind == "agreement" and commitment.meets)
    return meets and commitment.state == "open" and made and coming


def _channel_of(dyad: Dyad, planned: Commitment) -> str | None:
    """The channel of a meeting to come. Who agrees to hold talks may leave them to others: then the words say whose
    they are, or nobody knows."""
    if planned.kind == "agreement" and not _THEMSELVES.search(planned.words):
        return channel_named(planned.words)
    return contact_channel(dyad, (*planned.by, *planned.towards), planned.words)


def _doer(episode: Episode, dyad: Dyad) -> str | None:
    return next((actor.country for actor in episode.actors if actor.country in dyad), None)


def _day(one: Episode | Contact) -> date | None:
    if isinstance(one, Contact):
        return one.start
    return one.start or one.first_report


def _when(one: Episode | Contact) -> tuple[date, str]:
    return _day(one) or date.max, one.id

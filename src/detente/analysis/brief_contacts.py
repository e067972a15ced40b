"""Contacts that took place, and the board of channels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_frame import FLOOR, Frame, cell, records_of
from detente.analysis.brief_model import Line, Row, Section
from detente.analysis.brief_promises import is_fit as is_promise
from detente.records import Actor, Event
from detente.relations import Channel, Contact

# A contact of which no more is known than that it fell in some quarter is none that a desk would list.
_VAGUEST_DAYS: Final = 31
_CAP: Final = 12
_DEFINITE: Final = re.compile(r"\b(?:the|their|its|his|her|that|this)(?: [\w-]+)? $", re.IGNORECASE)


def contacts_in_brief(frame: Frame) -> tuple[Contact, ...]:
    """The contacts of the period fit for a brief, the latest first: sure enough, dated, named, none told by another."""
    dossier = frame.dossier
    fit = [c for c in dossier.contacts if dossier.within(c.start, c.end) and is_fit(c) and not _is_rumour(frame, c)]
    distinct = [c for c in fit if not any(_covers(other, c) for other in fit if other is not c)]
    return tuple(sorted(distinct, key=lambda c: (c.start or date.min, c.end or date.min, c.id), reverse=True))


def is_fit(contact: Contact) -> bool:
    """Whether somebody is named on one side at least and the days are known well enough."""
    if contact.confidence < FLOOR or contact.start is None or contact.end is None:
        return False
    if (contact.end - contact.start).days > _VAGUEST_DAYS:
        return False
    sides = [[a for a in contact.participants if a.country == country] for country in contact.dyad]
    known = [actor for side in sides for actor in side if desk.detail(actor) > 0]
    # An ambassador who comes to his post meets nobody by that.
    alone = all(actor.level == "ambassador" for actor in known) and len({a.country for a in known}) == 1
    return all(sides) and bool(known) and not alone


def _is_rumour(frame: Frame, contact: Contact) -> bool:
    """Whether reporters only ask about it, or it is told in passing, later: dated by the paper only, while somebody had
    left office already or the words point back to it ("after the meeting of the two presidents")."""
    episode = frame.citer.episodes.get(contact.episode)
    ids = episode.reports if episode else ()
    if frame.only_asked(ids):
        return True
    events = [frame.dossier.reports[number].event for number in ids if number in frame.dossier.reports]
    if any(event.date and event.date.basis not in ("publication", "inherited") for event in events):
        return False
    left = any((actor.office or "").startswith("former ") for actor in contact.participants)
    return left or (bool(events) and all(_refers(frame, event) for event in events))


def _refers(frame: Frame, event: Event) -> bool:
    """Whether an undated noun with an article tells it: "the meeting", "their last talks"."""
    if event.date and event.date.basis != "publication":
        return False
    text = frame.dossier.texts.get(event.document, "")
    return bool(_DEFINITE.search(text[max(0, event.trigger.start - 30) : event.trigger.start]))


def _covers(one: Contact, other: Contact) -> bool:
    """Whether `one` tells all that `other` tells: days that overlap, the same persons or more.

    People who meet do not telephone each other on the same day; where reports say so, the more documents decide.
    """
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    if one.end < other.start or other.end < one.start:
        return False
    if not all(_named_in(one, other, country) for country in one.dyad):
        return False
    if _size(one) == _size(other):
        return (len(one.documents), one.confidence, one.id) > (len(other.documents), other.confidence, other.id)
    return _size(one) > _size(other)


def _named_in(one: Contact, other: Contact, country: str) -> bool:
    """Whether everyone whom `other` names of a country is among those of `one`; bare countries are in any."""
    there = {a.id for a in other.participants if a.country == country and desk.detail(a) > 0}
    return there <= {a.id for a in one.participants if a.country == country}


def _size(contact: Contact) -> int:
    return sum(desk.detail(actor) for actor in contact.participants)


def height(contact: Contact) -> tuple[int, int, int]:
    """For ordering: the highest contact first, by the lower of its two sides' ranks."""
    ranks = sorted(
        min((desk.rank(a) for a in contact.participants if a.country == country), default=99)
        for country in contact.dyad
    )
    return (ranks[1], ranks[0], -_size(contact))


def described(frame: Frame, contact: Contact) -> str:
    """Antony Blinken (Secretary of State) and Qin Gang (Foreign Minister), visit in Beijing."""
    sides = [_side(contact.participants, country) or frame.name(country) for country in _guest_first(frame, contact)]
    return f"{desk.listed(sides)}: {desk.how(contact)}"


def _guest_first(frame: Frame, contact: Contact) -> Sequence[str]:
    host = contact.place.country if contact.place else None
    return sorted(frame.dossier.dyad, key=lambda country: country == host)


def _side(participants: Iterable[Actor], country: str, limit: int = 3) -> str:
    """Who is named of a country, nobody where it is only the country itself."""
    return desk.named((a for a in participants if a.country == country and desk.detail(a) > 0), limit)


def contacts_section(frame: Frame) -> Section:
    """One row a contact: when, who of each side, how and where."""
    one, other = (frame.name(country) for country in frame.dossier.dyad)
    columns = (("When", 3), (one, 5), (other, 5), ("How, where, channel", 5))
    empty = "No contact is filed for these days."
    make = partial(_contact_row, frame)
    return frame.section("contacts", "Contacts", columns, contacts_in_brief(frame), make, _CAP, "contacts", empty)


def _contact_row(frame: Frame, contact: Contact) -> Row:
    third = [a for a in contact.participants if a.country and a.country not in contact.dyad and desk.detail(a) > 1]
    way = [Line(desk.capital(desk.how(contact)), notes_of(frame, contact))]
    if contact.channel != "official":
        way.append(Line(contact.channel, style="dim"))
    if third:
        way.append(Line("with " + desk.named(third, 2), style="dim"))
    sides = (cell(_side(contact.participants, c, 4) or frame.name(c)) for c in frame.dossier.dyad)
    return Row((cell(desk.days(contact.start, contact.end)), *sides, tuple(way)), contact.id)


def notes_of(frame: Frame, contact: Contact) -> tuple[str, ...]:
    """The notes that bear a contact out."""
    return frame.citer.records([contact.episode])


def channels_section(frame: Frame) -> Section:
    """One row a channel: last contact, rhythm, next, state."""
    shown = [channel for channel in frame.dossier.channels if _on_board(channel)]
    columns = (("Channel", 3), ("Last contact", 4), ("Usual interval", 3), ("Next planned", 3), ("State", 5))
    empty = "No channel has had a contact yet."
    make = partial(_channel_row, frame)
    return frame.section("channels", "Channels", columns, shown, make, len(shown), "channels", empty)


def _on_board(channel: Channel) -> bool:
    """A channel that was ever used, closed or arranged; "official" is what is left over, and no channel."""
    return channel.name != "official" and bool(channel.contacts or channel.suspended_by or channel.next)


def _channel_row(frame: Frame, channel: Channel) -> Row:
    ago = (frame.dossier.as_of - channel.last).days if channel.last else None
    last = [Line(desk.day(channel.last), _last_notes(frame, channel))] if channel.last else [Line("none filed")]
    if ago is not None:
        last.append(Line(f"{desk.counted(ago, 'day')} ago" if ago else "today", style="dim"))
    rhythm = f"every {desk.counted(round(channel.interval), 'day')}" if channel.interval else "too few to say"
    following = _next_day(frame, channel)
    next_notes = _commitment_notes(frame, channel.next) if channel.next and following != "none" else ()
    return Row(
        (
            cell(desk.capital(channel.name), style="strong"),
            tuple(last),
            cell(rhythm, style="" if channel.interval else "dim"),
            cell(following, next_notes, style="dim" if following == "none" else ""),
            tuple(_state(frame, channel)),
        )
    )


def _next_day(frame: Frame, channel: Channel) -> str:
    """The day or days; of what may begin any day only by when."""
    found = [c for c in frame.dossier.commitments if c.id == channel.next and is_promise(frame, c)]
    if not found:
        return "none"
    ends = [c.due_end for c in found if c.due_end]
    if channel.next_on and channel.next_on >= frame.dossier.as_of:
        return desk.days(channel.next_on, ends[0] if ends else channel.next_on)
    return f"by {desk.day(ends[0])}" if ends else "day not known"


def _state(frame: Frame, channel: Channel) -> list[Line]:
    lines = []
    if channel.state == "suspended":
        lines.append(Line(_closed(frame, channel, "Suspended"), frame.citer.records(channel.suspended_by), "bad"))
    else:
        overdue = ", overdue" if channel.overdue else ""
        style = "bad" if overdue else "good" if channel.state == "open" else "open"
        lines.append(Line(f"{desk.capital(channel.state)}{overdue}", style=style))
        if channel.suspended_by:
            lines.append(
                Line(_closed(frame, channel, "was suspended"), frame.citer.records(channel.suspended_by), "dim")
            )
    if channel.resumed_by:
        when = _turned(frame, channel.resumed_by, channel.resumed_on)
        lines.append(Line(f"resumed{when}", frame.citer.records(channel.resumed_by), "dim"))
    return lines


def _closed(frame: Frame, channel: Channel, verb: str) -> str:
    when = _turned(frame, channel.suspended_by, channel.suspended_on)
    return f"{verb}{when}" + (f", by {frame.the(channel.by)}" if channel.by else "")


def _turned(frame: Frame, records: Sequence[str], known: date | None) -> str:
    """The day of a turn, as exactly as the records of it give it; with a blank before it."""
    episodes = [frame.citer.episodes[number] for number in records if number in frame.citer.episodes]
    spans = [(e.start, e.end) for e in episodes if e.start and e.end]
    if not spans:
        return f" {desk.day(known)}" if known else ""
    start, end = min(spans, key=lambda span: (span[1] - span[0], span))
    return f" {desk.days(start, end)}"


def _last_notes(frame: Frame, channel: Channel) -> tuple[str, ...]:
    latest = [c for c in frame.dossier.contacts if c.id in channel.contacts and c.start == channel.last]
    latest = latest or [c for c in frame.dossier.contacts if c.id in channel.contacts and c.end == channel.last]
    return frame.citer.records([contact.episode for contact in latest], 2)


def _commitment_notes(frame: Frame, number: str) -> tuple[str, ...]:
    found = [c for c in frame.dossier.commitments if c.id == number]
    return frame.citer.records([record for commitment in found for record in records_of(commitment)], 2)

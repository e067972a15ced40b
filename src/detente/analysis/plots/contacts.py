"""Contacts by channel on a time line: what was held, what is planned, what was called off, when a channel was shut.

contacts_plot(path: Path, dossier: Dossier) -> Plot
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa

from detente.analysis import desk
from detente.analysis.brief_contacts import contacts_in_brief
from detente.analysis.brief_frame import Frame, frame_of
from detente.analysis.dossier import Dossier
from detente.analysis.plots.contacts_draw import CALL, DUE, HELD, LETTER, OFF, PLANNED, SHUT, Mark, draw
from detente.analysis.plots.model import Plot
from detente.analysis.plots.sources import dossier_note, period
from detente.analysis.plots.words import shown
from detente.errors import OptionError
from detente.ledger.contact_channel import contact_channel
from detente.records import Actor
from detente.relations import Channel, Commitment

_BY_MODE: Final = {"phone": CALL, "video": CALL, "letter": LETTER}
# Nothing planned further ahead than this stretches the time line.
_AHEAD: Final = timedelta(days=400)
_SCHEMA: Final = pa.schema(
    [
        ("channel", pa.string()),
        ("what", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("who", pa.string()),
        ("place", pa.string()),
        ("documents", pa.int32()),
        ("confidence", pa.float64()),
        ("id", pa.string()),
    ]
)


def contacts_plot(path: Path, dossier: Dossier) -> Plot:
    """The contacts of the period as the brief has them, with what is planned, called off and suspended.

    Raises:
        OptionError: nothing of the kind is filed for these days.
    """
    frame = frame_of(dossier)
    marks = [*_held(frame), *_plans(frame)]
    shut = list(_shut(frame))
    if not marks and not shut:
        raise OptionError(f"{path}: no contact, plan or suspension is filed for {period(dossier)}; nothing to plot")
    marks.sort(key=lambda m: (m.start, m.id))
    one, other = (frame.the(country) for country in dossier.dyad)
    undated = sum(1 for c in _coming(frame) if _due(c) is None)
    left = f" {desk.counted(undated, 'plan')} without a day {'is' if undated == 1 else 'are'} left out." * bool(undated)
    return Plot(
        kind="contacts",
        title=f"Contacts between {one} and {other}",
        subtitle=f"By channel, {period(dossier)}, as known on {desk.day(dossier.as_of)}",
        notes=(
            "A thin line is the time within which it took place, where the day is not known. The channel is that of "
            f"the lower-ranking side.{left}",
            dossier_note(path, dossier),
        ),
        rows=pa.Table.from_pylist(
            [{name: getattr(mark, name) for name in _SCHEMA.names} for mark in (*marks, *shut)], _SCHEMA
        ),
        draw=partial(draw, marks, shut, dossier),
    )


def _held(frame: Frame) -> Iterable[Mark]:
    for contact in contacts_in_brief(frame):
        if contact.start is None:
            continue
        sides = [desk.named(a for a in contact.participants if a.country == c) for c in frame.dossier.dyad]
        yield Mark(
            channel=contact.channel,
            what=_BY_MODE.get(contact.mode, HELD),
            start=contact.start,
            end=contact.end or contact.start,
            who=shown(desk.listed(sides), 160),
            place=shown(contact.place.name, 40) if contact.place else "",
            documents=len(contact.documents),
            confidence=round(contact.confidence, 3),
            id=contact.id,
            short=_short(frame, contact.participants),
        )


def _short(frame: Frame, people: Sequence[Actor]) -> str:
    """The name of the highest of each side."""
    best = [
        desk.best_named([a for a in people if a.country == c and desk.detail(a) > 0], 1) for c in frame.dossier.dyad
    ]
    return ", ".join(actor.name for found, _ in best for actor in found)


def _coming(frame: Frame) -> list[Commitment]:
    """Meetings planned and invitations that did not come to a contact (what came to one is shown by that), made or due
    in the period."""
    return [
        c
        for c in frame.dossier.commitments
        if c.kind in ("meeting", "invitation")
        and c.state in ("open", "lapsed", "contradicted")
        and (frame.dossier.within(c.made, c.made) or frame.dossier.within(_due(c), _due(c)))
    ]


def _due(commitment: Commitment) -> date | None:
    """The day to draw it at: that of its end where it was called off, else the day due."""
    settled = commitment.settled.on if commitment.settled else None
    due = commitment.due_end or commitment.due_start
    return settled or due if commitment.state == "contradicted" else due or settled


def _plans(frame: Frame) -> Iterable[Mark]:
    said = {"open": PLANNED, "lapsed": DUE, "contradicted": OFF}
    for commitment in _coming(frame):
        day = _due(commitment)
        if day is None or not frame.dossier.since <= day <= frame.dossier.as_of + _AHEAD:
            continue
        people = (*commitment.by, *commitment.towards)
        off = commitment.settled is not None and commitment.settled.why.startswith(("declined", "called off"))
        yield Mark(
            channel=contact_channel(commitment.dyad, people, commitment.words),
            what=OFF if off else said[commitment.state],
            start=day,
            end=day,
            who=shown(desk.named(people), 160),
            place="",
            documents=len(commitment.documents),
            confidence=round(commitment.confidence, 3),
            id=commitment.id,
            short=_short(frame, people),
        )


def _shut(frame: Frame) -> Iterable[Mark]:
    for channel in frame.dossier.channels:
        if channel.suspended_on is None or not frame.dossier.within(channel.suspended_on, channel.resumed_on):
            continue
        by = f"by {frame.the(channel.by)}" if channel.by else ""
        yield Mark(
            channel.name, SHUT, channel.suspended_on, channel.resumed_on, by, "", _tellers(frame, channel), None, ""
        )


def _tellers(frame: Frame, channel: Channel) -> int:
    told = {d for e in frame.dossier.episodes if e.id in channel.suspended_by for d in e.documents}
    return len(told)

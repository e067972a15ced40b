"""The headline, and what changed in the period: the few things to know if nothing else is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_contacts import contacts_in_brief, described, height, notes_of
from detente.analysis.brief_deeds import deed_style, deeds_in_brief, score
from detente.analysis.brief_frame import FLOOR, Frame, cell
from detente.analysis.brief_ladder import news
from detente.analysis.brief_model import Cell, Line, Point, Row, Section
from detente.analysis.brief_promises import is_specific, parties, promises_in_brief, verdict_of
from detente.analysis.chart import signed

_PROMISES, _CONTACTS, _DEEDS, _RUNGS = 4, 3, 3, 2
_KIND_RANK: Final = ("agreement", "promise", "invitation", "threat", "meeting")
# Weaker deeds than these (by PLOVER score) are in the list of deeds, and no news of the day.
_GRAVE: Final = 4.5


def headline(frame: Frame, points: tuple[Point, ...]) -> tuple[Line, ...]:
    """The state of the relation in figures: how many contacts, the highest, where the index stands."""
    contacts = contacts_in_brief(frame)
    since = desk.day(frame.dossier.since)
    lines = [Line(f"No contact is filed since {since}.")]
    if contacts:
        top = min(contacts, key=lambda c: (height(c), -(c.start or date.min).toordinal()))
        said = f"{desk.counted(len(contacts), 'contact')} since {since}; the highest: {described(frame, top)}, "
        lines = [Line(said + desk.days(top.start, top.end) + ".", notes_of(frame, top))]
    return (*lines, *_index(points))


def _index(points: tuple[Point, ...]) -> Iterator[Line]:
    known = [point for point in points if point.low is not None]
    if not known:
        return
    last = known[-1]
    band = f"(90 % band {signed(last.low)} to {signed(last.high)})"
    text = f"Net cooperation {signed(last.value)} in {month_name(last.month)} {band}"
    if len(known) > 1:
        before = known[-2]
        text += f", after {signed(before.value)} in {month_name(before.month)}"
    yield Line(f"{text}, on a scale from −10 to 10.")


def month_name(month: str) -> str:
    """November 2023, of 2023-11."""
    return desk.day(date.fromisoformat(f"{month}-01")).partition(" ")[2]


def changes_section(frame: Frame) -> Section:
    """The highest contacts, channels closed and opened, promises settled, the gravest deeds and words; in the order of
    time."""
    found = [*_channels(frame), *_promises(frame), *_contacts(frame), *_deeds(frame), *_ladder(frame)]
    rows = [row for _, row in sorted(found, key=lambda item: item[0])]
    columns = (("When", 3), ("What", 15))
    empty = "Nothing is filed for these days."
    return frame.section("changes", "What changed", columns, rows, lambda row: row, len(rows), "episodes", empty)


def _row(when: date, lines: Cell, shown: str = "", record: str = "") -> tuple[date, Row]:
    return when, Row((cell(shown or desk.day(when)), lines), record)


def _contacts(frame: Frame) -> Iterator[tuple[date, Row]]:
    for contact in sorted(contacts_in_brief(frame), key=height)[:_CONTACTS]:
        line = Line(described(frame, contact), notes_of(frame, contact))
        if contact.start:
            yield _row(contact.start, (line,), desk.days(contact.start, contact.end), contact.id)


def _channels(frame: Frame) -> Iterator[tuple[date, Row]]:
    dossier = frame.dossier
    for channel in dossier.channels:
        if channel.suspended_by and channel.suspended_on and dossier.within(channel.suspended_on, channel.suspended_on):
            by = f" by {frame.the(channel.by)}" if channel.by else ""
            line = Line(f"Channel suspended{by}: {channel.name}", frame.citer.records(channel.suspended_by), "bad")
            yield _row(channel.suspended_on, (line,))
        if channel.resumed_by and channel.resumed_on and dossier.within(channel.resumed_on, channel.resumed_on):
            line = Line(f"Channel resumed: {channel.name}", frame.citer.records(channel.resumed_by), "good")
            yield _row(channel.resumed_on, (line,))


def _promises(frame: Frame) -> Iterator[tuple[date, Row]]:
    known = []
    for commitment in promises_in_brief(frame):
        settled = commitment.settled
        # That nothing tells of it is no event of any day.
        if settled and settled.on and settled.silent is None and frame.dossier.within(settled.on, settled.on):
            order = (not is_specific(commitment), _KIND_RANK.index(commitment.kind), -settled.confidence)
            known.append((order, settled.on, commitment, settled))
    for _, on, commitment, settled in sorted(known, key=lambda item: (item[0], item[1], item[2].id))[:_PROMISES]:
        word, style = verdict_of(commitment)
        kind = desk.capital(desk.UNDERTAKINGS[commitment.kind])
        verdict = Line(f"{kind} {word}: {parties(frame, commitment)}", frame.citer.records(settled.records), style)
        yield _row(on, (verdict, Line(frame.promise(commitment), style="quote")), record=commitment.id)


def _ladder(frame: Frame) -> Iterator[tuple[date, Row]]:
    for when, head, words in islice(news(frame), _RUNGS):
        yield _row(when, (head, words))


def _deeds(frame: Frame) -> Iterator[tuple[date, Row]]:
    grave = [e for e in deeds_in_brief(frame) if abs(score(e)) >= _GRAVE and e.confidence >= FLOOR]
    for episode in grave[:_DEEDS]:
        what = desk.capital(desk.deed(episode.type, episode.mode))
        head = Line(f"{what}: {frame.direction(episode)}", style=deed_style(episode))
        quote = Line(frame.words(episode.reports, episode.words), frame.citer.events(episode.reports), "quote")
        if episode.start:
            yield _row(episode.start, (head, quote), desk.days(episode.start, episode.end), episode.id)

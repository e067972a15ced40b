"""Where accounts differ: what only one side's account tells, what the other denies, details told differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_assurances import lone_assurances
from detente.analysis.brief_frame import FLOOR, Frame, records_of
from detente.analysis.brief_model import Line, Row, Section
from detente.analysis.brief_promises import distinct_promises, is_fit
from detente.records import Event
from detente.relations import Commitment, Conflict, Episode, Source

_CAP: Final = 6
_EACH: Final = 4
# Two accounts of one occasion appear within so many days.
_NEAR: Final = timedelta(days=3)
# One day apart is the time zone.
_DAYS_APART: Final = 2


@dataclass(frozen=True, slots=True)
class _Alone:
    """Something that only one side says: the day, whose account, the line that shows it, its weight and its record."""

    when: date
    claimant: str
    line: Line
    weight: int
    other: tuple[Line, ...]


def disputes_section(frame: Frame) -> Section:
    """One row a dispute: what about, and what each account says."""
    rows = [*_told_alone(frame), *_conflicts(frame)]
    columns = (("Whose account", 4), ("What it says", 14))
    about = "What one side's account tells and the other's does not; details that sources tell differently."
    empty = "No accounts are known to differ."
    return frame.section("disputes", "Disputes between accounts", columns, rows, _CAP, "commitments", empty, about)


def _told_alone(frame: Frame) -> Iterator[Row]:
    groups: dict[tuple[date, str], list[_Alone]] = defaultdict(list)
    for alone in (*_claims(frame), *_assurances(frame)):
        groups[alone.when, alone.claimant].append(alone)
    for (when, claimant), found in sorted(groups.items(), reverse=True):
        found.sort(key=lambda alone: -alone.weight)
        heads = (Line(f"{frame.name(claimant)} alone", style="strong"), Line(desk.day(when), style="dim"))
        lines = [line for alone in found[:_EACH] for line in (alone.line, *alone.other)]
        if len(found) > _EACH:
            lines.append(Line(f"and {len(found) - _EACH} more", style="dim"))
        other = next(country for country in frame.dossier.dyad if country != claimant)
        accounts = accounts_near(frame, other, when)
        if accounts:
            title = accounts[0].title or "untitled"
            whose = desk.capital(desk.possessive(frame.the(other)))
            lines.append(Line(f"{whose} account does not: “{title}”", style="dim"))
        yield Row((heads, tuple(lines)))


def accounts_near(frame: Frame, country: str, when: date) -> list[Source]:
    """A side's own readouts and statements of about that day, readouts first, the nearest first."""
    own = [s for s in frame.dossier.sources.values() if s.side == country and s.published and not s.reprint_of]
    near = [s for s in own if s.published and abs(s.published - when) <= _NEAR]
    return sorted(near, key=lambda s: (s.kind != "readout", abs((s.published or when) - when), s.document))


def _claims(frame: Frame) -> Iterator[_Alone]:
    """Undertakings of which one side tells and the other, in its own account, does not, or which it denies."""
    for commitment in distinct_promises(frame.dossier.commitments):
        made, claimed = commitment.made, [c for c in commitment.claimed_by if c in frame.dossier.dyad]
        if commitment.confirmation == "confirmed" or len(claimed) != 1 or not is_fit(frame, commitment):
            continue
        bound = {actor.country for actor in commitment.by} - set(claimed)
        if made is None or not frame.dossier.within(made, made) or not bound:
            continue
        other = next(country for country in frame.dossier.dyad if country != claimed[0])
        denied = commitment.confirmation == "denied"
        if not denied and not accounts_near(frame, other, made):
            continue
        # What the other alone is said to have undertaken weighs more than what both agreed.
        weight = 3 if denied else 2 if _only(commitment, other) else 1
        line = Line(frame.promise(commitment), frame.citer.records(records_of(commitment)), "quote")
        no = Line(f"{desk.capital(frame.the(other))} denies it", frame.citer.records(commitment.confirmed_by), "bad")
        yield _Alone(made, claimed[0], line, weight, (no,) if denied else ())


def _only(commitment: Commitment, country: str) -> bool:
    return {actor.country for actor in commitment.by} == {country}


def _assurances(frame: Frame) -> Iterator[_Alone]:
    for telling, claimant in lone_assurances(frame):
        when = telling.source.published
        if when is None or not accounts_near(frame, telling.statement.side or "", when):
            continue
        who = telling.statement.speaker
        name = who.actor.name if who else frame.name(telling.statement.side or "")
        content = telling.statement.content
        words = frame.words([telling.statement.id], content.text)
        line = Line(f"{name}: {words}", (frame.citer.cite(content),), "quote")
        yield _Alone(when, claimant, line, 2, ())


def _conflicts(frame: Frame) -> Iterator[Row]:
    for episode in frame.dossier.episodes:
        if not episode.realised or not frame.dossier.within(episode.start, episode.end) or episode.confidence < FLOOR:
            continue
        for conflict in episode.conflicts:
            if (conflict.field == "start" and _days_differ(conflict)) or (
                conflict.field == "place" and _places_differ(frame, conflict)
            ):
                yield _conflict(frame, episode, conflict)


def _days_differ(conflict: Conflict) -> bool:
    days = sorted(date.fromisoformat(value) for value, _ in conflict.values)
    return (days[-1] - days[0]).days >= _DAYS_APART


def _places_differ(frame: Frame, conflict: Conflict) -> bool:
    """Whether the places lie in different countries: an estate, its town and the city near by are one place."""
    events = [_event(frame, ids) for _, ids in conflict.values]
    return len({event.place.country for event in events if event and event.place}) > 1


def _event(frame: Frame, ids: Sequence[str]) -> Event | None:
    return next((frame.dossier.reports[number].event for number in ids if number in frame.dossier.reports), None)


def _conflict(frame: Frame, episode: Episode, conflict: Conflict) -> Row:
    field = "Day" if conflict.field == "start" else "Place"
    kind = desk.KINDS.get(episode.type, episode.type.lower())
    told = (f"{field} told differently", f"{frame.direction(episode)}: {kind}, {desk.days(episode.start, episode.end)}")
    lines = tuple(Line(_shown(conflict.field, value), frame.citer.events(ids, 2)) for value, ids in conflict.values)
    return Row(((Line(told[0], style="strong"), Line(told[1], style="dim")), lines), episode.id)


def _shown(field: str, value: str) -> str:
    return desk.day(date.fromisoformat(value)) if field == "start" else value

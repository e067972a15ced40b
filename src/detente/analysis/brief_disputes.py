"""Where accounts differ: what only one side's account tells, what the other denies, details told differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_assurances import lone_assurances
from detente.analysis.brief_frame import FLOOR, Frame, records_of
from detente.analysis.brief_model import Line, Row, Section
from detente.analysis.brief_promises import distinct_promises, is_demand, is_fit
from detente.records import Event
from detente.relations import Commitment, Conflict, Episode

_CAP: Final = 6
_EACH: Final = 4
# One day apart is the time zone.
_DAYS_APART: Final = 2


@dataclass(frozen=True, slots=True)
class _Alone:
    """Something that only one side says: the day, whose account, its weight, the records that tell it, its words, and
    the records of a denial."""

    when: date
    claimant: str
    weight: int
    records: tuple[str, ...]
    words: str
    denials: tuple[str, ...] = ()


_Group = tuple[date, str, list[_Alone]]
_Dispute = _Group | tuple[Episode, Conflict]


def disputes_section(frame: Frame) -> Section:
    """One row a dispute: what about, and what each account says."""
    groups: dict[tuple[date, str], list[_Alone]] = defaultdict(list)
    for alone in (*_claims(frame), *_assurances(frame)):
        groups[alone.when, alone.claimant].append(alone)
    told: list[_Group] = [(when, claimant, found) for (when, claimant), found in groups.items()]
    # Those with what binds the other side alone come first.
    told.sort(key=lambda group: (-max(a.weight for a in group[2]), -group[0].toordinal(), group[1]))
    columns = (("Whose account", 4), ("What it says", 14))
    about = "What one side's account tells and the other's does not; details that sources tell differently."
    empty, items = "No accounts are known to differ.", [*told, *_conflicts(frame)]
    make = partial(_dispute_row, frame)
    return frame.section(
        "disputes", "Disputes between accounts", columns, items, make, _CAP, "commitments", empty, about
    )


def _dispute_row(frame: Frame, dispute: _Dispute) -> Row:
    return _conflict_row(frame, *dispute) if len(dispute) == 2 else _alone_row(frame, *dispute)


def _alone_row(frame: Frame, when: date, claimant: str, found: list[_Alone]) -> Row:
    other = next(country for country in frame.dossier.dyad if country != claimant)
    heads = (Line(f"{frame.name(claimant)} alone", style="strong"), Line(desk.day(when), style="dim"))
    found = _distinct(sorted(found, key=lambda alone: -alone.weight))
    lines = []
    for alone in found[:_EACH]:
        lines.append(Line(alone.words, frame.citer.records(alone.records), "quote"))
        if alone.denials:
            no = f"{desk.capital(frame.the(other))} denies it"
            lines.append(Line(no, frame.citer.records(alone.denials), "bad"))
    if len(found) > _EACH:
        lines.append(Line(f"and {len(found) - _EACH} more", style="dim"))
    accounts = frame.accounts_near(other, when)
    if accounts:
        whose = desk.capital(desk.possessive(frame.the(other)))
        lines.append(Line(f"{whose} account does not: “{accounts[0].title or 'untitled'}”", style="dim"))
    return Row((heads, tuple(lines)))


def _distinct(found: Iterable[_Alone]) -> list[_Alone]:
    """Each quotation once, with whose words they are if that is said."""
    kept: dict[str, _Alone] = {}
    for alone in found:
        words = alone.words[alone.words.index("“") :]
        if words not in kept or len(alone.words) > len(kept[words].words):
            kept[words] = alone
    return list(kept.values())


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
        if not denied and not frame.accounts_near(other, made):
            continue
        # What the other alone is said to have undertaken weighs more than what both agreed.
        weight = 3 if denied else 2 if _only(commitment, other) else 1
        denials = commitment.confirmed_by if denied else ()
        yield _Alone(made, claimed[0], weight, records_of(commitment), frame.promise(commitment), denials)


def _only(commitment: Commitment, country: str) -> bool:
    return {actor.country for actor in commitment.by} == {country}


def _assurances(frame: Frame) -> Iterator[_Alone]:
    for telling, claimant in lone_assurances(frame):
        when, statement = telling.source.published, telling.statement
        if when is not None and statement.side and frame.accounts_near(statement.side, when):
            name = statement.speaker.actor.name if statement.speaker else frame.name(statement.side)
            words = frame.words([statement.id], statement.content.text)
            if not is_demand(words):
                yield _Alone(when, claimant, 2, (statement.id,), f"{name}: {words}")


def _conflicts(frame: Frame) -> Iterator[tuple[Episode, Conflict]]:
    for episode in frame.dossier.episodes:
        if not episode.realised or not frame.dossier.within(episode.start, episode.end) or episode.confidence < FLOOR:
            continue
        yield from ((episode, conflict) for conflict in episode.conflicts if _matters(frame, conflict))


def _matters(frame: Frame, conflict: Conflict) -> bool:
    if conflict.field == "start":
        return _days_differ(conflict)
    return conflict.field == "place" and _places_differ(frame, conflict)


def _days_differ(conflict: Conflict) -> bool:
    days = sorted(date.fromisoformat(value) for value, _ in conflict.values)
    return (days[-1] - days[0]).days >= _DAYS_APART


def _places_differ(frame: Frame, conflict: Conflict) -> bool:
    """Whether the places lie in different countries: an estate, its town and the city near by are one place."""
    events = [_event(frame, ids) for _, ids in conflict.values]
    return len({event.place.country for event in events if event and event.place}) > 1


def _event(frame: Frame, ids: Sequence[str]) -> Event | None:
    return next((frame.dossier.reports[number].event for number in ids if number in frame.dossier.reports), None)


def _conflict_row(frame: Frame, episode: Episode, conflict: Conflict) -> Row:
    field = "Day" if conflict.field == "start" else "Place"
    kind = desk.KINDS.get(episode.type, episode.type.lower())
    told = (f"{field} told differently", f"{frame.direction(episode)}: {kind}, {desk.days(episode.start, episode.end)}")
    lines = tuple(Line(_shown(conflict.field, value), frame.citer.events(ids, 2)) for value, ids in conflict.values)
    return Row(((Line(told[0], style="strong"), Line(told[1], style="dim")), lines), episode.id)


def _shown(field: str, value: str) -> str:
    return desk.day(date.fromisoformat(value)) if field == "start" else value

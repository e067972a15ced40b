"""Where accounts differ: details told differently, claims that the other side does not bear out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_frame import FLOOR, Frame, quoted
from detente.analysis.brief_model import Line, Row, Section
from detente.relations import Commitment, Conflict, Episode

_CAP: Final = 10
_FIELDS: Final = {"start": "day", "end": "last day", "date": "day", "place": "place", "status": "whether it took place"}


def disputes_section(frame: Frame) -> Section:
    """One row a dispute: what about, and what each account says."""
    rows = [*_claims(frame), *_conflicts(frame)]
    columns = (("What about", 6), ("What is said", 12))
    about = (
        "Claims about the other side that its own account does not bear out, and details that sources tell differently."
    )
    empty = "No accounts are known to differ."
    return frame.section("disputes", "Disputes between accounts", columns, rows, _CAP, "episodes", empty, about)


def _claims(frame: Frame) -> Iterator[Row]:
    """What one side says the other undertook, where the other denies it or leaves it unsaid in its own account."""
    for commitment in frame.dossier.commitments:
        claimant = _claimant(frame, commitment)
        if claimant is None or commitment.confidence < FLOOR or not _recent(frame, commitment.made):
            continue
        other = next(country for country in frame.dossier.dyad if country != claimant)
        notes = frame.citer.events(commitment.reports)
        said = [
            Line(f"{desk.capital(frame.the(claimant))} says so", style="strong"),
            Line(quoted(commitment.words), notes, "quote"),
        ]
        if commitment.confirmation == "denied":
            said.append(
                Line(
                    f"{desk.capital(frame.the(other))} denies it",
                    frame.citer.records(commitment.confirmed_by, 2),
                    "bad",
                )
            )
        else:
            said.append(Line(f"{desk.capital(frame.the(other))}'s own words do not mention it", style="dim"))
        what = f"{commitment.kind.capitalize()} of {desk.listed([frame.the(c) for c in _countries(frame, commitment)])}"
        when = Line(desk.day(commitment.made), style="dim") if commitment.made else Line("undated", style="dim")
        yield Row(((Line(what, style="strong"), when), tuple(said)), commitment.id)


def _countries(frame: Frame, commitment: Commitment) -> list[str]:
    have = {actor.country for actor in commitment.by}
    return [country for country in frame.dossier.dyad if country in have]


def _claimant(frame: Frame, commitment: Commitment) -> str | None:
    """The one side that says the other undertook something which the other does not confirm."""
    if commitment.confirmation == "confirmed" or len(commitment.claimed_by) != 1:
        return None
    claimant = commitment.claimed_by[0]
    others = set(_countries(frame, commitment)) - {claimant}
    return claimant if claimant in frame.dossier.dyad and others else None


def _conflicts(frame: Frame) -> Iterator[Row]:
    for episode in frame.dossier.episodes:
        if not episode.realised or not frame.dossier.within(episode.start, episode.end) or episode.confidence < FLOOR:
            continue
        for conflict in episode.conflicts:
            if conflict.field in _FIELDS and len(conflict.values) > 1:
                yield _conflict(frame, episode, conflict)


def _conflict(frame: Frame, episode: Episode, conflict: Conflict) -> Row:
    about = f"{desk.capital(_FIELDS[conflict.field])} of: {desk.KINDS.get(episode.type, episode.type.lower())}"
    what = (
        Line(about, style="strong"),
        Line(f"{frame.direction(episode)}, {desk.days(episode.start, episode.end)}", style="dim"),
    )
    lines = tuple(Line(_shown(value), frame.citer.events(events, 2)) for value, events in conflict.values)
    return Row((what, lines), episode.id)


def _shown(value: str) -> str:
    """A day as a desk writes it, anything else as it is."""
    try:
        return desk.day(date.fromisoformat(value))
    except ValueError:
        return value


def _recent(frame: Frame, made: date | None) -> bool:
    return made is not None and frame.dossier.within(made, made)

"""Graded language: the highest rungs of the ladder that each side reached, and where it climbed or stepped down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_frame import Frame, cell, quoted
from detente.analysis.brief_model import Line, Row, Section
from detente.analysis.ladder import CLIMB, Move, climbs, day_of

_CAP: Final = 6
# Lower rungs take note and regret; no desk is told of them.
_LOWEST: Final = 5
# To say that a formula was not used for a year there must be documents from most of that year.
_MEMORY: Final = timedelta(days=365)
_HALF: Final = timedelta(days=180)


def moves_in_brief(frame: Frame) -> tuple[Move, ...]:
    """The moves of the two sides towards each other or nobody named, each rung once, the gravest first."""
    dossier = frame.dossier
    found: dict[tuple[str, str, int], Move] = {}
    for move in climbs(dossier.signals, since=dossier.since, until=dossier.until):
        if move.government in dossier.dyad and move.scale != "talks" and move.rung >= _LOWEST:
            found.setdefault((move.government, move.scale, move.rung), move)
    return tuple(found.values())


def remembers(frame: Frame) -> bool:
    """Whether enough is filed of the year before to say what was not used in it."""
    since = frame.dossier.since
    days = [s.published for s in frame.dossier.sources.values() if s.published]
    return any(since - _MEMORY <= when <= since - _HALF for when in days)


def said(frame: Frame, move: Move) -> str:
    """China: firmly opposes."""
    return f"{frame.name(move.government)}: {move.label}"


def change(frame: Frame, move: Move) -> str:
    """Up from rung 5 to 8; rung 8, nothing as grave filed in the year before; rung 8."""
    if move.before is not None:
        return f"{'up' if move.direction == CLIMB else 'down'} from rung {move.before} to {move.rung}"
    return f"rung {move.rung}, none filed in the year before" if remembers(frame) else f"rung {move.rung}"


def news(frame: Frame) -> Iterator[tuple[date, Line, Line]]:
    """Climbs and steps down that can be told from what was before: the day, what, and the words."""
    for move in moves_in_brief(frame):
        when = day_of(move.signals[-1])
        if when is not None and (move.before is not None or remembers(frame)):
            style = "bad" if move.direction == CLIMB else "good"
            yield when, Line(f"{said(frame, move)} ({change(frame, move)})", style=style), _words(frame, move)


def ladder_section(frame: Frame) -> Section:
    """One row a move."""
    columns = (("When", 3), ("Which rung", 6), ("In the words of the source", 9))
    about = "Formulas that governments grade their displeasure and warnings by; a higher rung is graver."
    empty = "No graded formula of weight is filed for these days."
    make, moves = partial(_move_row, frame), moves_in_brief(frame)
    return frame.section("ladder", "Graded language", columns, moves, make, _CAP, "statements", empty, about)


def _move_row(frame: Frame, move: Move) -> Row:
    when = day_of(move.signals[-1])
    what = (Line(said(frame, move), style="strong"), Line(f"{move.scale}, {change(frame, move)}", style="dim"))
    return Row((cell(desk.day(when) if when else ""), what, (_words(frame, move),)), move.signals[-1].id)


def _words(frame: Frame, move: Move) -> Line:
    signal = move.signals[-1]
    return Line(quoted(signal.evidence.text), (frame.citer.cite(signal.formula),), "quote")

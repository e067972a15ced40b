"""Promises and their fate; the next dates."""

from __future__ import annotations

from datetime import date
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_frame import FLOOR, Frame, cell, quoted
from detente.analysis.brief_model import Line, Row, Section
from detente.relations import Commitment

_CAP: Final = 14
_DATES_CAP: Final = 8


def promises_in_brief(frame: Frame) -> tuple[Commitment, ...]:
    """Commitments made or settled in the period, and those still open: settled ones first, the latest first."""
    dossier = frame.dossier

    def concerns(commitment: Commitment) -> bool:
        settled = commitment.settled.on if commitment.settled else None
        if commitment.made is not None and commitment.made > dossier.until:
            return False
        return commitment.state == "open" or any(
            when is not None and dossier.since <= when <= dossier.until for when in (commitment.made, settled)
        )

    def key(commitment: Commitment) -> tuple[bool, int, str]:
        when = commitment.settled.on if commitment.settled and commitment.settled.on else commitment.made or date.min
        return (commitment.state == "open", -when.toordinal(), commitment.id)

    fit = [c for c in dossier.commitments if c.confidence >= FLOOR and concerns(c)]
    return tuple(sorted(fit, key=key))


def parties(frame: Frame, commitment: Commitment) -> str:
    """United States → China; United States and China where both undertake it."""
    one, other = frame.sides(commitment.by), frame.sides(commitment.towards)
    return f"{one} → {other}" if one and other and one != other else one or other


def promises_section(frame: Frame) -> Section:
    """One row a commitment: who undertook what, when and by when, what the other side says, what became of it."""
    rows = []
    for commitment in promises_in_brief(frame):
        citer = frame.citer
        said = (
            Line(f"{parties(frame, commitment)}: {commitment.kind}", style="strong"),
            Line(quoted(commitment.words), citer.events(commitment.reports), "quote"),
        )
        when = [Line(desk.day(commitment.made) if commitment.made else "undated")]
        if commitment.due_end or commitment.due_start:
            when.append(Line("due " + desk.days(commitment.due_start, commitment.due_end), style="dim"))
        rows.append(Row((tuple(when), said, _confirmation(frame, commitment), fate(frame, commitment)), commitment.id))
    columns = (("Made, due", 4), ("Undertaking", 8), ("The other side", 4), ("What became of it", 7))
    empty = "No promise, invitation or agreement is filed for these days."
    return frame.section("promises", "Promises and their fate", columns, rows, _CAP, "commitments", empty)


def _confirmation(frame: Frame, commitment: Commitment) -> tuple[Line, ...]:
    notes = frame.citer.records(commitment.confirmed_by, 2)
    if commitment.confirmation == "silent":
        claimed = desk.listed([frame.name(country) for country in commitment.claimed_by])
        return (Line("not mentioned", style="dim"), *((Line(f"said by {claimed}", style="dim"),) if claimed else ()))
    return cell(
        desk.capital(commitment.confirmation), notes, "good" if commitment.confirmation == "confirmed" else "bad"
    )


def fate(frame: Frame, commitment: Commitment) -> tuple[Line, ...]:
    """The state in a word, and why, with the evidence."""
    word, style = desk.STATES[commitment.state]
    settled = commitment.settled
    if settled is None:
        late = commitment.due_end is not None and commitment.due_end < frame.dossier.as_of
        return (Line("Open, past its day" if late else "Open", style="bad" if late else style),)
    when = f", {desk.day(settled.on)}" if settled.on else ""
    return (Line(f"{desk.capital(word)}{when}", style=style), Line(settled.why, frame.citer.records(settled.records)))


def dates_section(frame: Frame) -> Section:
    """What is to come after the day of the brief, the next first: commitments with a day, and planned meetings."""
    dossier = frame.dossier
    today = dossier.as_of
    found: dict[str, tuple[date, Row]] = {}
    for commitment in dossier.commitments:
        start, end = commitment.due_start or commitment.due_end, commitment.due_end or commitment.due_start
        if commitment.state != "open" or commitment.confidence < FLOOR or not start or not end or end < today:
            continue
        notes = frame.citer.events(commitment.reports)
        words = (Line(f"{parties(frame, commitment)}: {commitment.kind}", style="strong"),)
        row = Row(
            (cell(desk.days(start, end)), (*words, Line(quoted(commitment.words), notes, "quote"))), commitment.id
        )
        found[commitment.episode] = (start, row)
    for episode in dossier.episodes:
        if episode.status != "planned" or not episode.start or episode.start < today or episode.id in found:
            continue
        if episode.confidence < FLOOR or episode.act != "CONSULT":
            continue
        notes = frame.citer.events(episode.reports)
        lines = (Line(f"{frame.direction(episode)}: planned meeting", style="strong"),)
        row = Row(
            (cell(desk.days(episode.start, episode.end)), (*lines, Line(quoted(episode.words), notes, "quote"))),
            episode.id,
        )
        found[episode.id] = (episode.start, row)
    rows = [row for _, row in sorted(found.values(), key=lambda item: (item[0], item[1].record))]
    columns = (("When", 3), ("What is due or planned", 15))
    return frame.section("dates", "Next dates", columns, rows, _DATES_CAP, "commitments", "No date to come is filed.")

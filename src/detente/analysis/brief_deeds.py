"""Deeds: what one government did to or with the other, beyond meeting and speaking."""

from __future__ import annotations

from math import log
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_frame import FLOOR, Frame, cell
from detente.analysis.brief_model import Line, Row, Section
from detente.ontology import load_ontology
from detente.records import Actor
from detente.relations import Episode

# Meetings and agreements have sections of their own; blame, demands and praise are words, shown by issue.
_NOT_DEEDS: Final = frozenset({"CONSULT", "AGREE", "ACCUSE", "REQUEST", "SUPPORT"})
_STATE: Final = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_CAP: Final = 10


def deeds_in_brief(frame: Frame) -> tuple[Episode, ...]:
    """The deeds of the period, the weightiest first: the further from indifference on PLOVER's scale and the more
    documents tell it."""
    dossier = frame.dossier
    promised = {commitment.episode for commitment in dossier.commitments}
    fit = [e for e in dossier.episodes if dossier.within(e.start, e.end) and e.id not in promised and _is_fit(frame, e)]
    return tuple(sorted(fit, key=lambda episode: (-weight(episode), episode.id)))


def weight(episode: Episode) -> float:
    """How much a deed weighs: |score| times confidence, more by half with every doubling of the documents."""
    return abs(score(episode)) * episode.confidence * (1 + 0.5 * log(max(1, len(episode.documents)), 2))


def score(episode: Episode) -> float:
    """The PLOVER score of the episode's type and mode, from -10 to 10."""
    return load_ontology().score(episode.type, episode.mode)


def _is_fit(frame: Frame, episode: Episode) -> bool:
    if not episode.realised or episode.type in _NOT_DEEDS or episode.confidence < FLOOR:
        return False
    if score(episode) > 0 and _only_claimed(frame, episode):
        return False
    if episode.reciprocal or not episode.recipients:
        return len({a.country for a in episode.people if governs(a)} & set(episode.dyad)) == 2
    ours = {a.country for a in episode.actors if governs(a)} & set(episode.dyad)
    theirs = {a.country for a in episode.recipients} & set(episode.dyad)
    return bool(ours) and bool(theirs - ours)


def deed_style(episode: Episode) -> str:
    """Good or bad for the relation."""
    return "bad" if score(episode) < 0 else "good"


def _only_claimed(frame: Frame, episode: Episode) -> bool:
    """Whether nobody but those who would have done it says so: "we are working together" is a word, no deed."""
    sayers = [frame.dossier.reports[r].event.said_by for r in episode.reports if r in frame.dossier.reports]
    return all(sayer is not None and sayer.actor.country in frame.dossier.dyad for sayer in sayers)


def governs(actor: Actor) -> bool:
    """Whether the actor is a state or acts for one."""
    return actor.country is not None and (actor.id == actor.country or bool(_STATE & set(actor.sectors)))


def deeds_section(frame: Frame) -> Section:
    """One row a deed."""
    rows = []
    for episode in deeds_in_brief(frame):
        kind = desk.KINDS[episode.type] + (f" ({episode.mode.replace('-', ' ')})" if episode.mode else "")
        what = (
            Line(frame.direction(episode), style="strong"),
            Line(kind, style=deed_style(episode)),
        )
        words = cell(frame.words(episode.reports, episode.words), frame.citer.events(episode.reports), "quote")
        rows.append(Row((cell(desk.days(episode.start, episode.end)), what, words), episode.id))
    columns = (("When", 3), ("Who to whom, and what", 5), ("In the words of the source", 10))
    about = "What was done, government to government, the weightiest first."
    empty = "No deed between the two governments is filed for these days."
    return frame.section("deeds", "Deeds", columns, rows, _CAP, "episodes", empty, about)

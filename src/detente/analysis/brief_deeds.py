"""Deeds: what one government did to or with the other, beyond meeting and speaking."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from math import log
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_frame import FLOOR, Frame, cell
from detente.analysis.brief_model import Line, Row, Section
from detente.ontology import load_ontology
from detente.records import Actor
from detente.relations import Episode, Report

# Meetings and agreements have sections of their own; blame, demands, threats and praise are words, shown by issue.
_NOT_DEEDS: Final = frozenset({"CONSULT", "AGREE", "ACCUSE", "REQUEST", "SUPPORT", "THREATEN"})
_STATE: Final = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_CAP: Final = 8
# Whoever says "we" is no reporter.
_FIRST_PERSON: Final = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b")
_WIDE: Final = timedelta(days=7)
_SPEAKER: Final = "speaker"


def deeds_in_brief(frame: Frame) -> tuple[Episode, ...]:
    """The deeds of the period, the weightiest first: the further from indifference on PLOVER's scale and the more
    documents tell it."""
    dossier = frame.dossier
    promised = {commitment.episode for commitment in dossier.commitments}
    fit = [e for e in dossier.episodes if dossier.within(e.start, e.end) and e.id not in promised and _is_fit(frame, e)]
    distinct = [e for e in fit if not any(_is_in_short(e, other) for other in fit)]
    return tuple(sorted(distinct, key=lambda episode: (-weight(episode), episode.id)))


def _is_in_short(episode: Episode, other: Episode) -> bool:
    """Whether "in June he refused" tells in passing what `other` tells with its day."""
    if (episode.type, episode.mode) != (other.type, other.mode) or not (episode.start and episode.end and other.start):
        return False
    if {a.country for a in episode.actors} != {a.country for a in other.actors}:
        return False
    wide, narrow = episode.end - episode.start, (other.end or other.start) - other.start
    return wide > _WIDE >= narrow and episode.start - _WIDE <= other.start <= episode.end + _WIDE


def weight(episode: Episode) -> float:
    """How much a deed weighs: |score| times confidence, more by half with every doubling of the documents."""
    return abs(score(episode)) * episode.confidence * (1 + 0.5 * log(max(1, len(episode.documents)), 2))


def score(episode: Episode) -> float:
    """The PLOVER score of the episode's type and mode, from -10 to 10."""
    return load_ontology().score(episode.type, episode.mode)


def _is_fit(frame: Frame, episode: Episode) -> bool:
    if not episode.realised or episode.type in _NOT_DEEDS or episode.confidence < FLOOR:
        return False
    # A force of no kind that the words name is a figure of speech; of refusals only that of a meeting is more than
    # words; cooperation that "goes on" is how things are, and no deed.
    named = episode.mode is not None or episode.type != "ASSAULT"
    refused = episode.type != "REJECT" or episode.mode == "meet"
    done = episode.status == "happened" or (episode.status == "ongoing" and score(episode) < 0)
    if not (named and refused and done) or _only_claimed(frame, episode) or frame.only_asked(episode.reports):
        return False
    if frame.points_back(episode.reports, episode.words):
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
    """Whether nobody but an interested party says so: of a good deed those who would have done it ("we are working
    together" is a word), of a bad one those whom it would have hit ("they attack us" is one too)."""
    reports = [frame.dossier.reports[r] for r in episode.reports if r in frame.dossier.reports]
    voices = {voice for report in reports for voice in _voices(frame, report)}
    doers = {actor.country for actor in episode.actors}
    interested = {_SPEAKER, *frame.dossier.dyad} - (set() if score(episode) > 0 else doers)
    return bool(voices) and voices <= interested


def _voices(frame: Frame, report: Report) -> set[str | None]:
    """The countries that vouch for it: whoever is said to say so, else the side whose account it is."""
    event = report.event
    if event.said_by is not None:
        return {event.said_by.actor.country}
    if _FIRST_PERSON.search(event.evidence.text):
        return {_SPEAKER}
    told = {t.statement.side for t in frame.tellings_at(event.document, event.sentence)}
    return told or {report.source.side}


def governs(actor: Actor) -> bool:
    """Whether the actor is a state or acts for one."""
    return actor.country is not None and (actor.id == actor.country or bool(_STATE & set(actor.sectors)))


def deeds_section(frame: Frame) -> Section:
    """One row a deed."""
    columns = (("When", 3), ("Who to whom, and what", 5), ("In the words of the source", 10))
    about = "What was done, government to government, the weightiest first."
    empty = "No deed between the two governments is filed for these days."
    make = partial(_deed_row, frame)
    return frame.section("deeds", "Deeds", columns, deeds_in_brief(frame), make, _CAP, "episodes", empty, about)


def _deed_row(frame: Frame, episode: Episode) -> Row:
    kind = Line(desk.deed(episode.type, episode.mode), style=deed_style(episode))
    words = cell(frame.words(episode.reports, episode.words), frame.citer.events(episode.reports), "quote")
    what = (Line(frame.direction(episode), style="strong"), kind)
    return Row((cell(desk.days(episode.start, episode.end)), what, words), episode.id)

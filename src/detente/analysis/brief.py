"""The brief: the state of a relation on a page or two, each line with the sentences that bear it out."""

from __future__ import annotations

from detente.analysis import desk
from detente.analysis.brief_changes import changes_section, headline
from detente.analysis.brief_contacts import channels_section, contacts_section
from detente.analysis.brief_deeds import deeds_section
from detente.analysis.brief_disputes import disputes_section
from detente.analysis.brief_frame import frame_of
from detente.analysis.brief_ladder import ladder_section
from detente.analysis.brief_model import Brief
from detente.analysis.brief_promises import dates_section, promises_section
from detente.analysis.brief_series import ABOUT, series
from detente.analysis.brief_words import words_section
from detente.analysis.dossier import Dossier


def make_brief(dossier: Dossier) -> Brief:
    """The brief of a dossier. Pure: the same dossier gives the same brief."""
    frame = frame_of(dossier)
    points = series(dossier)
    one, other = (frame.name(country) for country in dossier.dyad)
    # In the order of reading, so that the notes are numbered so.
    top = headline(frame, points)
    sections = (
        changes_section(frame),
        channels_section(frame),
        contacts_section(frame),
        promises_section(frame),
        dates_section(frame),
        deeds_section(frame),
        words_section(frame),
        ladder_section(frame),
        disputes_section(frame),
    )
    return Brief(
        dyad=dossier.dyad,
        sides=(one, other),
        title=f"{one} and {other}",
        period=f"{desk.days(dossier.since, dossier.until)}, as known on {desk.day(dossier.as_of)}",
        headline=top,
        sections=sections,
        series=points,
        series_about=ABOUT,
        references=frame.citer.references(),
    )

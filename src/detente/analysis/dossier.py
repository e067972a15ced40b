"""What is known of one dyad as of a day: the input of the brief and of the queries, filled from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from detente.records import Signal
from detente.relations import Channel, Commitment, Contact, Dyad, Episode, Report, Source, Telling


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is filed of a dyad up to `as_of`; `since` and `until` (both included) are the days asked about.

    `dyad` stands in the order in which the sides are to be shown. What lies before `since` is there too: it tells what
    is new. `reports` are by event id, `sources` and `texts` (the stored texts, to which the spans of the records point)
    by document id. A text may be missing; then evidence is quoted without its sentence. `signals` are the graded
    formulas of diplomatic language.
    """

    dyad: Dyad
    as_of: date
    since: date
    until: date
    episodes: tuple[Episode, ...] = ()
    contacts: tuple[Contact, ...] = ()
    channels: tuple[Channel, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    reports: Mapping[str, Report] = field(default_factory=dict)
    tellings: tuple[Telling, ...] = ()
    signals: tuple[Signal, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    def within(self, start: date | None, end: date | None) -> bool:
        """Whether any of these days (None: open) is among those asked about. Without a day at all: no."""
        if start is None and end is None:
            return False
        return (start or date.min) <= self.until and (end or date.max) >= self.since

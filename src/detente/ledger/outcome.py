"""What is known on a day, and what could settle a commitment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.by_day import ByDay
from detente.ledger.claim import Claim
from detente.ledger.episode_fold import fold
from detente.relations import DONE, Commitment, Episode, Report, Telling

# Days after an undertaking, or after it was due, within which is looked for what became of it: what comes later has
# other causes.
HORIZON: Final = 550
_PAST_PERFECT: Final = re.compile(r"\bhad\b")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that settles a commitment: the state it comes to, the day, why, the records that show it, how sure.

    `silent` marks what holds only as long as nothing else is known: it rests on so many documents that are silent.
    """

    state: str
    on: date
    why: str
    records: tuple[str, ...]
    confidence: float
    silent: int | None = None


Filed = tuple[str, Report, Episode]


@dataclass(frozen=True)
class Known:
    """What had been published, and had happened, by a day: reports with their episodes as then known, in the order of
    their days, and tellings in that of publication."""

    reports: tuple[Filed, ...]
    tellings: tuple[Telling, ...]

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Each episode once, in the order of its first report here."""
        return tuple({episode.id: episode for _, _, episode in self.reports}.values())

    @cached_property
    def records(self) -> frozenset[str]:
        """Ids of the reports."""
        return frozenset(record for record, _, _ in self.reports)

    @cached_property
    def talks(self) -> ByDay[Filed]:
        """Reports of consultations that took place, by the first day of their episodes."""
        return ByDay(
            (episode.start, (record, report, episode))
            for record, report, episode in self.reports
            if episode.realised and episode.type == "CONSULT" and episode.start
        )

    @cached_property
    def refusals(self) -> ByDay[Filed]:
        """Reports of meetings refused or called off, by their days."""
        return ByDay(
            (day_of(report), (record, report, episode))
            for record, report, episode in self.reports
            if not (episode.realised and episode.type == "CONSULT") and is_refusal(report)
        )

    @cached_property
    def published(self) -> ByDay[tuple[str, str, Report]]:
        """Reports by the day of publication, with their ids and those of their texts (of reprints: the original)."""
        return ByDay(
            (report.source.published, (report.source.reprint_of or report.source.document, record, report))
            for record, report, _ in self.reports
            if report.source.published
        )

    @cached_property
    def said(self) -> ByDay[Telling]:
        """Tellings by the day of publication."""
        return ByDay((t.source.published, t) for t in self.tellings if t.source.published)

    def since(self, day: date) -> tuple[tuple[date, str], ...]:
        """The texts that were published after a day, and within `HORIZON` of it, in order: when, and the first record
        of each."""
        first: dict[str, tuple[date, str]] = {}
        for text, record, report in self.published.within(shift(day, 1, "D"), shift(day, HORIZON, "D")):
            assert report.source.published
            told = report.source.published, record
            first[text] = min(first.get(text, told), told)
        return tuple(sorted(first.values()))

    @classmethod
    def up_to(
        cls, day: date, episodes: Iterable[Episode], reports: Mapping[str, Report], tellings: Iterable[Telling]
    ) -> Known:
        kept: list[Filed] = []
        for episode in episodes:
            then = {r: reports[r] for r in episode.reports if r in reports and _known(reports[r], day)}
            if then:
                seen = episode if len(then) == len(episode.reports) else fold(episode.dyad, list(then.values()))
                kept.extend((record, report, seen) for record, report in then.items())
        said = (t for t in tellings if t.source.published and t.source.published <= day)
        return cls(tuple(sorted(kept, key=lambda item: (day_of(item[1]), item[0]))), tuple(sorted(said, key=_position)))


def _position(telling: Telling) -> tuple[date, str, int, int]:
    content = telling.statement.content
    return telling.source.published or date.max, content.document, content.start, content.end


def is_refusal(report: Report) -> bool:
    """Whether a report is of a meeting that a party refuses, puts off or calls off, now and not in the past retold."""
    event = report.event
    refused = event.type == "REJECT" and event.mode == "meet" and event.status == "happened"
    cancelled = event.act == "CONSULT" and event.status == "cancelled"
    return (refused or cancelled) and not _PAST_PERFECT.search(event.evidence.text)


def day_of(report: Report) -> date:
    """The day of a report's event: its first day, else that of publication."""
    when = report.event.date
    return (when.start or when.end if when else None) or report.source.published or date.max


def _known(report: Report, day: date) -> bool:
    published = report.source.published
    done = report.event.status in DONE
    return published is not None and published <= day and (not done or day_of(report) <= day)


def is_later(commitment: Commitment, claims: Sequence[Claim], published: date | None, day: date) -> bool:
    """Whether something happened after a commitment was made and was published after it was first told."""
    told = min((claim.published for claim in claims), default=None)
    made = commitment.made
    return made is not None and told is not None and published is not None and published > told and day > made

"""What is known on a day, and what could settle a commitment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.ledger.claim import Claim
from detente.ledger.episode_fold import fold
from detente.relations import DONE, Commitment, Dyad, Episode, Report, Telling


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


@dataclass(frozen=True, slots=True)
class Known:
    """What had been published, and had happened, by a day: reports with their episodes as then known, and tellings."""

    reports: tuple[tuple[str, Report, Episode], ...]
    tellings: tuple[Telling, ...]

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Each episode once, in the order of its first report here."""
        return tuple({episode.id: episode for _, _, episode in self.reports}.values())

    def since(self, dyad: Dyad, day: date) -> tuple[tuple[date, str], ...]:
        """The documents on a dyad that were published after a day, in order: when, and the first record of each."""
        first: dict[str, tuple[date, str]] = {}
        for record, report, episode in self.reports:
            published = report.source.published
            if episode.dyad == dyad and published is not None and published > day:
                source = report.source
                told = first.setdefault(source.reprint_of or source.document, (published, record))
                first[source.reprint_of or source.document] = min(told, (published, record))
        return tuple(sorted(first.values()))

    @classmethod
    def up_to(
        cls, day: date, episodes: Iterable[Episode], reports: Mapping[str, Report], tellings: Iterable[Telling]
    ) -> Known:
        kept: list[tuple[str, Report, Episode]] = []
        for episode in episodes:
            then = {r: reports[r] for r in episode.reports if r in reports and _known(reports[r], day)}
            if then:
                seen = fold(episode.dyad, list(then.values()))
                kept.extend((record, report, seen) for record, report in then.items())
        return cls(
            tuple(sorted(kept, key=lambda item: (day_of(item[1]), item[0]))),
            tuple(
                sorted(
                    (t for t in tellings if t.source.published and t.source.published <= day),
                    key=lambda t: (t.source.published, t.statement.id),
                )
            ),
        )


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

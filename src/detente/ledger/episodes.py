"""Episodes: the reports of one dyad, sorted by the event that they tell.

Reports are taken in the order of publication (the fullest of a day first), and each joins the episode whose reports it
is most like, if none of them contradicts it (complete link), or opens a new one. So the order in which they are given
makes no difference, and later reports leave what is there as it is. A report is only compared with those of its kind in
the same days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.episode_fold import fold
from detente.ledger.episode_match import ENOUGH, LAG, REPRINT, SLACK, likeness, looks_back, may_be_same
from detente.ledger.episode_profile import Profile, profile_of
from detente.relations import Dyad, Episode, Report, Source

# Wordings of an episode that a report is compared with; for what contradicts, it is all its facts.
_COMPARED: Final = 12
_Key = tuple[str, ...]


@dataclass(slots=True)
class _Cluster:
    members: list[Profile] = field(default_factory=list)
    kinds: dict[object, Profile] = field(default_factory=dict)
    wordings: dict[object, Profile] = field(default_factory=dict)
    tells: set[str] = field(default_factory=set)

    def add(self, profile: Profile) -> None:
        self.members.append(profile)
        self.tells.add(profile.tells)
        if not self.looks_back(profile):
            self.kinds.setdefault(_facts(profile), profile)
        if len(self.wordings) < _COMPARED:
            # What many copy counts once.
            self.wordings.setdefault((_facts(profile), profile.stems), profile)

    def looks_back(self, profile: Profile) -> bool:
        """Whether it speaks of the event long after, without a day of its own."""
        return any(looks_back(profile, kind) for kind in self.kinds.values())

    def score(self, profile: Profile) -> float:
        """How like the members, 0 if one of them contradicts or it is not like enough."""
        if profile.tells in self.tells:
            return REPRINT
        back = self.looks_back(profile)
        if not all(may_be_same(profile, kind, dated=not back) for kind in self.kinds.values()):
            return 0.0
        likes = [likeness(profile, member) for member in self.wordings.values()]
        best = max(likes)
        # The best link must hold, and on the whole the others must not speak against it.
        return best if best >= ENOUGH and sum(likes) / len(likes) >= 0.6 * ENOUGH else 0.0


def build_episodes(dyad: Dyad, reports: Iterable[Report]) -> tuple[Episode, ...]:
    """The episodes that the reports tell, in the order of their days.

    Every report is in exactly one. All reports concern the dyad; the same report given twice counts once.
    """
    unique = {report.event.id: report for report in reports}
    profiles = sorted((profile_of(dyad, report) for report in unique.values()), key=_order)
    episodes = [fold(dyad, [p.report for p in cluster.members]) for cluster in _clusters(profiles)]
    return tuple(sorted(episodes, key=lambda e: (e.start or e.first_report or date.max, e.id)))


def with_reprints(episodes: Iterable[Episode], sources: Mapping[str, Source]) -> tuple[Episode, ...]:
    """The episodes, each with the reprints of its documents among its documents."""
    copies: dict[str, list[str]] = {}
    for source in sources.values():
        if source.reprint_of:
            copies.setdefault(source.reprint_of, []).append(source.document)
    return tuple(
        replace(episode, documents=tuple(dict.fromkeys(_with_copies(episode.documents, copies))))
        for episode in episodes
    )


def _with_copies(documents: Iterable[str], copies: Mapping[str, list[str]]) -> Iterable[str]:
    listed = list(documents)
    return [*listed, *(copy for document in listed for copy in copies.get(document, ()))]


def _order(profile: Profile) -> tuple[object, ...]:
    event = profile.report.event
    fullness = 2 * profile.named + 2 * profile.hard + (profile.place is not None) - profile.wide
    return (profile.published or date.max, -fullness, event.document, event.trigger.start, event.id)


def _facts(profile: Profile) -> object:
    """All that `may_be_same` looks at: what holds for one report holds for its likes."""
    people = tuple((c, profile.persons[c], profile.domains[c]) for c in sorted(profile.persons))
    days = profile.first, profile.last, profile.hard, profile.published if profile.group != "done" else None
    return people, days, profile.third, profile.towards, profile.place, profile.mode


def _clusters(profiles: Iterable[Profile]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    index: dict[_Key, dict[int, None]] = defaultdict(dict)
    for profile in profiles:
        found = dict.fromkeys(number for key in _sought(profile) for number in index.get(key, ()))
        scored = [(score, -number) for number in found if (score := clusters[number].score(profile)) > 0]
        if scored:
            number = -max(scored)[1]
        else:
            number = len(clusters)
            clusters.append(_Cluster())
        clusters[number].add(profile)
        for key in _filed(profile):
            index[key][number] = None
    return clusters


def _filed(profile: Profile) -> Iterator[_Key]:
    """Where a report can be found: under its days, under their months for those that only say the month, and with each
    person under their years for those that say no more."""
    kind = profile.family, profile.group
    yield (*kind, "text", profile.tells)
    yield from _town(profile)
    if profile.first is None:
        return
    wide = "wide" if profile.wide else "month"
    yield from ((*kind, wide, month) for month in _months(profile))
    yield from ((*kind, wide, year, who) for year in _years(profile) for who in _known_by(profile))
    if not profile.wide:
        yield from ((*kind, "day", str(day)) for day in _near(profile))


def _sought(profile: Profile) -> Iterator[_Key]:
    kind = profile.family, profile.group
    yield (*kind, "text", profile.tells)
    yield from _town(profile)
    if profile.first is None:
        return
    where = ("month", "wide") if profile.wide else ("wide",)
    yield from ((*kind, place, month) for month in _months(profile) for place in where)
    yield from ((*kind, place, year, who) for year in _years(profile) for who in _known_by(profile) for place in where)
    if not profile.wide:
        yield from ((*kind, "day", str(day)) for day in _near(profile))


def _known_by(profile: Profile) -> list[str]:
    """What a report that gives but a year may still be known by: persons, or the channel that is closed."""
    people = sorted(person for persons in profile.persons.values() for person in persons)
    return [*people, *([profile.channel] if profile.channel else [])]


def _years(profile: Profile) -> list[str]:
    assert profile.first and profile.last
    return [str(year) for year in range(profile.first.year, min(profile.last.year, profile.first.year + 2) + 1)]


def _town(profile: Profile) -> Iterator[_Key]:
    """Meetings are also spoken of by their town, or the third country."""
    if profile.family == "CONSULT" and profile.place is not None:
        people = sorted(person for persons in profile.persons.values() for person in persons)
        country = None if profile.place[0] in profile.persons else profile.place[0]
        for place in filter(None, (profile.place[1], country)):
            yield from ((profile.family, profile.group, "town", place, person) for person in people)


def _near(profile: Profile) -> Iterator[date]:
    """The days of a report and those around on which another of the same event may lie."""
    assert profile.first and profile.last
    start, end = shift(profile.first, -SLACK, "D"), shift(profile.last, LAG, "D")
    for number in range((end - start).days + 1):
        yield start + timedelta(number)


def _months(profile: Profile) -> list[str]:
    """The months of its days, none for a range of more than three."""
    assert profile.first and profile.last
    if (profile.last - profile.first).days > 93:
        return []
    days = range(profile.first.toordinal(), profile.last.toordinal() + 1)
    return list(dict.fromkeys(f"{date.fromordinal(day):%Y-%m}" for day in days))

"""Which reports must be merged again when some are new, and into which episodes.

    rebuilt(near, documents) -> Rebuilt | None          None: only the whole dyad can tell

`build_episodes` takes reports one by one, and each joins an episode only if it scores with it. So one report bears on
another only along links (`_linked`): the same sentence; nothing that contradicts, and enough likeness; one looks back
on the other. Reports that no chain of links joins to a new one are merged as before, whatever the new one does; those
that are so joined (a few, as days bound all links but the first) are merged again, alone, and come to the episodes that
they would come to among all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.episode_match import ENOUGH, LAG, REMEMBERED, SLACK, likeness, looks_back, may_be_same
from detente.ledger.episode_profile import Profile, profile_of
from detente.ledger.episodes import build_episodes, with_reprints
from detente.ledger.nearby import Days, Nearby
from detente.relations import Episode

# Days that may lie between two reports of which one bears on the other: more where one may look back.
_NEAR: Final = LAG + SLACK
_BACK: Final = REMEMBERED + _NEAR


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Episodes as kept that are no more as they were, and those in their place."""

    gone: tuple[Episode, ...]
    fresh: tuple[Episode, ...]


def rebuilt(near: Nearby, documents: Iterable[str]) -> Rebuilt | None:
    """The episodes that change because these documents were filed."""
    inside = _joined(near, documents)
    if inside is None:
        return None
    old = near.episodes("list_has_any(reports, $ids::VARCHAR[])", {"ids": sorted(inside)})
    if not inside.issuperset(id for episode in old for id in episode.reports):
        # Something else has changed, too.
        return None
    built = build_episodes(near.dyad, (near.reports[id] for id in inside))
    fresh = with_reprints(built, near.sources(d for episode in built for d in episode.documents))
    before, after = {e.id: e for e in old}, {e.id: e for e in fresh}
    return Rebuilt(tuple(e for e in old if after.get(e.id) != e), tuple(e for e in fresh if before.get(e.id) != e))


def _joined(near: Nearby, documents: Iterable[str]) -> set[str] | None:
    """Ids of the reports of these documents, and of all that chains of links join to them; None if one has no day."""
    profiles: dict[str, Profile] = {}
    near.load(documents)
    inside = {report.event.id for report in near.of(documents)}
    near.load_undated()
    while True:
        near.load_roots({near.reports[id].event.document for id in inside})
        for id in near.reports:
            if id not in profiles:
                profiles[id] = profile_of(near.dyad, near.reports[id])
        if any(profiles[id].first is None for id in inside):
            return None
        grown, beside = _spread(inside, profiles)
        days = [_stretch(profiles[id]) for id in sorted(grown | beside)]
        more = near.load_days(days) | near.load_roots({near.reports[id].event.document for id in grown})
        if not more and grown == inside:
            return inside
        inside = grown


def _stretch(profile: Profile) -> Days:
    """The days near which a report may have links."""
    assert profile.first and profile.last
    before, after = _NEAR, _NEAR
    if _may_look_back(profile):
        before, after = (before, _BACK) if profile.hard else (_BACK, after)
    return shift(profile.first, -before, "D"), shift(profile.last, after, "D")


def _may_look_back(profile: Profile) -> bool:
    """Whether it may look back on another, or another (where it has a day of its own) on it."""
    return profile.family == "CONSULT" and profile.group == "done" and profile.place is not None


def _spread(inside: set[str], profiles: dict[str, Profile]) -> tuple[set[str], set[str]]:
    """The reports that links join to these, among those read; and others whose days and facts fit, which must be known
    to be looked back on or not."""
    kinds: dict[tuple[str, str], list[str]] = {}
    tells: dict[str, list[str]] = {}
    for id, one in profiles.items():
        kinds.setdefault((one.family, one.group), []).append(id)
        tells.setdefault(one.tells, []).append(id)
    found, waiting, beside = set(inside), sorted(inside), set[str]()
    while waiting:
        one = profiles[waiting.pop()]
        own = one.report.event.id
        alike = kinds[one.family, one.group]
        for id in {*tells[one.tells], *alike} - found - {own}:
            other = profiles[id]
            if one.tells == other.tells or looks_back(one, other) or looks_back(other, one):
                joined = True
            elif not may_be_same(one, other):
                continue
            else:
                if other.first is not None and _may_look_back(other):
                    beside.add(id)
                joined = likeness(one, other) >= ENOUGH or any(
                    looks_back(profiles[third], firm) for firm in (one, other) for third in alike
                )
            if joined:
                found.add(id)
                waiting.append(id)
    return found, beside

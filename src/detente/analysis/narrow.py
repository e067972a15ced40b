"""A part of a dossier: only what is about one issue, of one side, through one channel, of people of one level.

`narrow(dossier, filters) -> Dossier`; `nouns_with(filters)` says what kinds of item a filter can be asked of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from detente.analysis.dossier import Dossier
from detente.errors import OptionError
from detente.lexicon.channels import is_working_group, level_of
from detente.lexicon.issues import issue_names
from detente.records import LEVELS, Actor
from detente.relations import CHANNELS

# What a filter can be asked of: a contact has no side, a promise no channel. Signals go with the statements.
_ASKED_OF: Final = {
    "issue": frozenset({"contacts", "statements", "commitments", "episodes", "events"}),
    "side": frozenset({"statements", "commitments", "episodes", "events"}),
    "channel": frozenset({"contacts", "channels"}),
    "level": frozenset({"contacts", "statements", "commitments", "episodes", "events"}),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """None keeps all. `issue` is one of `issue_names()`, `side` a country of the dyad, `channel` one of `CHANNELS` or
    a working group with its issue,
    `level` one of `LEVELS`: somebody of that level takes part, speaks, or undertakes it."""

    issue: str | None = None
    side: str | None = None
    channel: str | None = None
    level: str | None = None

    def given(self) -> tuple[str, ...]:
        """The names of those that are given."""
        return tuple(name for name in _ASKED_OF if getattr(self, name) is not None)


def nouns_with(filters: Filters) -> frozenset[str]:
    """The kinds of item (keys of `listing.NOUNS`) that have every property asked for."""
    nouns = frozenset.union(*_ASKED_OF.values())
    return nouns.intersection(*(_ASKED_OF[name] for name in filters.given()))


def narrow(dossier: Dossier, filters: Filters) -> Dossier:
    """The dossier without what the filters leave out. What has no such property is left out as well.

    Raises:
        OptionError: a value is not known.
    """
    if not filters.given():
        return dossier
    _expect("issue", filters.issue, issue_names())
    _expect("side", filters.side, dossier.dyad)
    if not is_working_group(filters.channel):
        _expect("channel", filters.channel, CHANNELS)
    _expect("level", filters.level, LEVELS)
    nouns = nouns_with(filters)
    issues = {episode.id: episode.issues for episode in dossier.episodes}
    episodes = [e for e in dossier.episodes if _fits(filters, e.issues, e.actors, e.people)]
    kept = {id for episode in episodes for id in episode.reports}
    contacts = [
        c
        for c in dossier.contacts
        if _through(c.channel, filters)
        and _fits(replace(filters, side=None), issues.get(c.episode, ()), (), c.participants)
    ]
    commitments = [c for c in dossier.commitments if _fits(filters, c.issues, c.by, (*c.by, *c.towards))]
    tellings = []
    for telling in dossier.tellings:
        said = telling.statement
        speaker = (said.speaker.actor,) if said.speaker else ()
        if filters.side in (None, said.side) and _fits(replace(filters, side=None), said.issues, (), speaker):
            tellings.append(telling)
    signals = []
    for signal in dossier.signals:
        voice = (signal.speaker.actor,) if signal.speaker else ()
        if filters.side in (None, signal.government) and _fits(replace(filters, side=None), signal.issues, (), voice):
            signals.append(signal)
    return replace(
        dossier,
        episodes=tuple(episodes) if "episodes" in nouns else (),
        contacts=tuple(contacts) if "contacts" in nouns else (),
        channels=tuple(c for c in dossier.channels if _through(c.name, filters)) if "channels" in nouns else (),
        commitments=tuple(commitments) if "commitments" in nouns else (),
        reports={id: r for id, r in dossier.reports.items() if id in kept} if "events" in nouns else {},
        tellings=tuple(tellings) if "statements" in nouns else (),
        signals=tuple(signals) if "statements" in nouns else (),
    )


def _fits(filters: Filters, issues: Iterable[str], acting: Iterable[Actor], people: Iterable[Actor]) -> bool:
    if filters.issue is not None and filters.issue not in issues:
        return False
    if filters.side is not None and filters.side not in {actor.country for actor in acting}:
        return False
    return filters.level is None or filters.level in {actor.level for actor in people}


def _through(channel: str, filters: Filters) -> bool:
    """Whether it is the channel asked for; "working group" asks for those of every issue."""
    return filters.channel in (None, channel, level_of(channel))


def _expect(name: str, value: str | None, known: Iterable[str]) -> None:
    if value is not None and value not in known:
        raise OptionError(f"{name} {value!r} is not known ({', '.join(known)})")

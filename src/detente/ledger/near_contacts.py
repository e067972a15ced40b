"""Which contacts must be told again when some episodes have changed, and what they are then.

    retold(near, change) -> Retold

What a contact comes to depends on those of the same journey, and of the same week and people (`_joined`), and on what
only looks back on it (`contact_recall`). The latter bears on one contact, and on no other that looks back. So there are
told again: the contacts that such links join to one that has changed; those that somebody may look back on who may also
look back on one of these; and with them, for the choice alone, whatever else these may look back on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger import kept
from detente.ledger.contact_recall import WEEKS, Told, is_firm, is_in, is_news, named, same_people, span
from detente.ledger.contact_tidy import JOURNEY
from detente.ledger.contacts import of_told, told_in
from detente.ledger.near_episodes import Rebuilt
from detente.ledger.nearby import Days, Nearby
from detente.relations import Contact, Dyad, Episode, Source

_TALKS: Final = "realised AND type = 'CONSULT' AND act = 'CONSULT'"
_APART: Final = WEEKS + 2


@dataclass(frozen=True, slots=True)
class Retold:
    """Contacts anew, and the ids of the episodes whose contacts as kept they replace."""

    episodes: frozenset[str]
    fresh: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    """A contact as told, before or after the change; `back`: it only looks back on another."""

    told: Told
    back: bool
    fresh: bool

    @property
    def days(self) -> Days:
        contact = self.told.contact
        assert contact.start and contact.end
        return contact.start, contact.end


def retold(near: Nearby, change: Rebuilt) -> Retold:
    """The contacts that change because these episodes have."""
    gone, fresh = _talks(change.gone), _talks(change.fresh)
    if not gone and not fresh:
        return Retold(frozenset(), ())
    apart = {e.id for e in (*change.gone, *change.fresh)}
    days = [(e.start, e.end or e.start) for e in (*gone, *fresh) if e.start]
    while True:
        stretches = [(shift(a, -_APART, "D"), shift(b, _APART, "D")) for a, b in days]
        clean = [e for e in near.episodes_in(stretches, _TALKS) if e.id not in apart]
        sources = near.sources(d for e in (*clean, *gone, *fresh) for d in e.documents)
        nodes = [*_nodes(near.dyad, clean, sources, fresh=True), *_nodes(near.dyad, fresh, sources, fresh=True)]
        old = _nodes(near.dyad, gone, sources, fresh=False)
        told, needed = _reach(near.dyad, [*nodes, *old], [n for n in (*nodes, *old) if n.told.episode.id in apart])
        reach = [n.days for n in needed]
        if all(any(a <= c and d <= b for a, b in days) for c, d in reach):
            break
        days = [*days, *reach]
    run = sorted((n.told for n in needed if n.fresh), key=lambda one: kept.by_day(one.episode))
    made = of_told(near.dyad, run, sources)
    episodes = frozenset(n.told.episode.id for n in told) | apart
    return Retold(episodes, tuple(c for c in made if c.episode in episodes))


def _talks(episodes: Iterable[Episode]) -> list[Episode]:
    return [e for e in episodes if e.realised and e.type == e.act == "CONSULT"]


def _nodes(dyad: Dyad, episodes: Sequence[Episode], sources: Mapping[str, Source], *, fresh: bool) -> list[_Node]:
    return [
        _Node(told, not is_firm(told.episode) and not is_news(dyad, told.episode, sources), fresh)
        for told in told_in(dyad, episodes, sources)
    ]


def _reach(dyad: Dyad, nodes: Sequence[_Node], changed: Sequence[_Node]) -> tuple[list[_Node], list[_Node]]:
    """Those that must be told again, and those that must be known for it."""
    standing, back = [n for n in nodes if not n.back], [n for n in nodes if n.back]
    first = _joined(dyad, [n for n in changed if not n.back], standing)
    looking = [r for r in back if r in changed or any(_may_mean(dyad, r, n) for n in first)]
    second = _joined(dyad, [*first, *_meant(dyad, looking, standing)], standing)
    others = [r for r in back if any(_may_mean(dyad, r, n) for n in second)]
    third = _joined(dyad, [*second, *_meant(dyad, others, standing)], standing)
    return second, [*third, *others, *looking]


def _meant(dyad: Dyad, looking: Sequence[_Node], standing: Sequence[_Node]) -> list[_Node]:
    return [n for n in standing if any(_may_mean(dyad, r, n) for r in looking)]


def _may_mean(dyad: Dyad, back: _Node, node: _Node) -> bool:
    """Whether one that looks back may look back on another: `with_recalled` looks at its place besides."""
    one, other = back.told.contact, node.told.contact
    return is_in(other, *span(back.told.episode, fresh=False)) and same_people(dyad, one, other, all_of=False)


def _joined(dyad: Dyad, seeds: Sequence[_Node], nodes: Sequence[_Node]) -> list[_Node]:
    """These and all that chains of links join to them."""
    found = {id(n): n for n in seeds}
    waiting = list(found.values())
    while waiting:
        one = waiting.pop()
        for other in nodes:
            if id(other) not in found and (_bears(dyad, one, other) or _bears(dyad, other, one)):
                found[id(other)] = other
                waiting.append(other)
    return list(found.values())


def _bears(dyad: Dyad, one: _Node, other: _Node) -> bool:
    """Whether one may be the same as the other, or they may be of one journey."""
    mine, theirs = one.told.contact, other.told.contact
    own = named(dyad, mine)
    if own & named(dyad, theirs) and _apart(one.days, other.days) <= JOURNEY:
        return True
    firm = is_firm(one.told.episode)
    if firm and own:
        return False
    return is_in(theirs, *span(one.told.episode, fresh=True)) and same_people(dyad, mine, theirs, all_of=False)


def _apart(one: Days, other: Days) -> timedelta:
    return max(other[0] - one[1], one[0] - other[1], timedelta(0))

"""Through which channel people of two governments meet.

Each side counts by its highest person, and the lower of the two decides: a foreign minister received by a president is
on a foreign minister's errand. Between equals the narrower office decides (a security adviser with a foreign minister
is the security advisers' channel). Who has no name and no rank is placed by the words (`channels.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from detente.ledger.episode_profile import domain
from detente.lexicon.channels import channel_named, is_working_group
from detente.records import Actor
from detente.relations import Dyad

# Level of the higher of a side's people: rank (1 is highest) and channel.
LEVEL_CHANNELS: Final = {
    "leader": (1, "leader"),
    "deputy leader": (2, "leader"),
    "security adviser": (3, "security adviser"),
    "defence minister": (3, "defence"),
    "economic minister": (3, "economic"),
    "foreign minister": (3, "foreign minister"),
    "minister": (4, "official"),
    "parliament": (4, "parliament"),
    "deputy minister": (5, "official"),
    "military": (5, "defence"),
    "ambassador": (6, "ambassador"),
    "party": (7, "party"),
    "official": (7, "official"),
}
_BUSINESS: Final = (8, "business")
# Between equals, the narrower office.
_NARROW: Final = ("security adviser", "defence", "economic", "climate", "parliament", "foreign minister", "official")
_BY_DOMAIN: Final = {"defence": "defence", "economic": "economic", "parliament": "parliament", "business": "business"}
_ECONOMIC_OFFICE: Final = re.compile(r"\b(treasury|finance|commerce|trade|central bank|economy)\b", re.IGNORECASE)

# The envoys that states send each other over the climate, and ministers of the environment.
_CLIMATE_OFFICE: Final = re.compile(r"\b(climate|environment)\b", re.IGNORECASE)


def contact_channel(dyad: Dyad, people: Sequence[Actor], words: str = "") -> str:
    """The channel that people of two countries meet in by rank, `words` helping where nobody has one."""
    named = channel_named(words)
    if named is not None and is_working_group(named):
        return named
    sides = [best for country in dyad if (best := _highest(a for a in people if a.country == country)) is not None]
    if not sides:
        return named or "official"
    rank = max(rank for rank, _ in sides)
    channels = [channel for at, channel in sides if at == rank]
    channel = min(channels, key=lambda c: _NARROW.index(c) if c in _NARROW else -1)
    return named if channel == "official" and named else channel


def _highest(people: Iterable[Actor]) -> tuple[int, str] | None:
    """Rank and channel of the highest of a side, None if nobody has a rank."""
    return min((at for actor in people if (at := _rank(actor)) is not None), default=None)


def _rank(actor: Actor) -> tuple[int, str] | None:
    work = domain(actor)
    if work == "business":
        return _BUSINESS
    if actor.level is None or actor.level not in LEVEL_CHANNELS:
        return (7, _BY_DOMAIN[work]) if work in _BY_DOMAIN else None
    rank, channel = LEVEL_CHANNELS[actor.level]
    if channel == "official" and work in _BY_DOMAIN:
        channel = _BY_DOMAIN[work]
    elif channel == "official" and _ECONOMIC_OFFICE.search(actor.office or ""):
        channel = "economic"
    elif channel == "official" and _CLIMATE_OFFICE.search(actor.office or ""):
        channel = "climate"
    return rank, channel

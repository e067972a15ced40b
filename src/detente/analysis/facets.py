"""What a dossier can be narrowed to: how many items there are of each issue, channel, level and state.

`facets(dossier) -> Facets`, counted over the same items as `listing` gives.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from detente.analysis.dossier import Dossier
from detente.analysis.listing import NOUNS, found_of
from detente.lexicon.channels import in_order
from detente.records import LEVELS
from detente.relations import COMMITMENT_STATES


@dataclass(frozen=True, slots=True)
class Facets:
    """`issues` with the statements of each side on them, in the order of the dyad, the most spoken of first; `channels`
    and `levels` with their contacts, `states` with their commitments; `nouns` with all items of a kind."""

    issues: tuple[tuple[str, int, int], ...]
    channels: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    nouns: tuple[tuple[str, int], ...]


def facets(dossier: Dossier) -> Facets:
    """Counts of the days asked about."""
    items = {noun: found_of(noun, dossier) for noun in NOUNS}
    said: list[Counter[str]] = [Counter(), Counter()]
    for item in items["statements"]:
        for number, country in enumerate(dossier.dyad):
            if country in item.sides:
                said[number].update(item.issues)
    issues = sorted({*said[0], *said[1]}, key=lambda issue: (-said[0][issue] - said[1][issue], issue))
    contacts = [c for c in dossier.contacts if dossier.within(c.start, c.end)]
    channels = Counter(contact.channel for contact in contacts)
    levels = Counter(level for c in contacts for level in {a.level for a in c.participants if a.level})
    states = Counter(item.status for item in items["commitments"])
    return Facets(
        issues=tuple((issue, said[0][issue], said[1][issue]) for issue in issues),
        channels=tuple((name, channels[name]) for name in in_order(channels)),
        levels=tuple((name, levels[name]) for name in LEVELS if levels[name]),
        states=tuple((name, states[name]) for name in COMMITMENT_STATES if states[name]),
        nouns=tuple((noun, len(found)) for noun, found in items.items()),
    )

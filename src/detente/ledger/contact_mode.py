"""How the two sides of a contact met.

A gathering of many beats the place; then come telephone, video, letter; then the place: in one of the two countries it
is a visit of the other's people or, where they are at post there, "hosted"; elsewhere "third country"; "meeting" where
nothing is known.
"""

from __future__ import annotations

import re
from typing import Final

from detente.records import Actor
from detente.relations import Dyad, Episode

_VIDEO: Final = re.compile(r"\b(video\w*|virtual\w*|teleconference|online|by secure link)\b", re.IGNORECASE)
_LETTER: Final = re.compile(r"\b(letters?|wrote to|messages?|cables?)\b", re.IGNORECASE)
_MARGIN: Final = re.compile(
    r"\b(on the (?:sidelines?|margins?)|sidelines? of|margins? of|G-?7|G-?20|APEC|ASEAN|East Asia Summit|BRICS"
    r"|General Assembly|Security Conference|Shangri-La Dialogue|World Economic Forum|Davos)\b"
)
# What only those do who sit together.
_FACE_TO_FACE: Final = re.compile(
    r"\b(met|meet|meets|meeting|summit|visit\w*|received?|receives|host\w*|in person|face to face|dined|luncheon)\b",
    re.IGNORECASE,
)
_BY_WIRE: Final = re.compile(r"\b(tele)?phoned?\b|\bcall(s|ed)?\b|\btelephon\w+|\bsecure line\b", re.IGNORECASE)


def by_wire(words: str) -> bool:
    """Whether the words speak of a telephone or a screen."""
    return bool(_BY_WIRE.search(words) or _VIDEO.search(words))


def face_to_face(words: str) -> bool:
    """Whether the words speak of what only those do who sit together."""
    return bool(_FACE_TO_FACE.search(words))


def contact_mode(dyad: Dyad, episode: Episode) -> str:
    """How they met."""
    modes = {episode.mode, *(value for c in episode.conflicts if c.field == "mode" for value, _ in c.values)}
    words = episode.words
    wire = by_wire(words)
    together = face_to_face(words) or (episode.place is not None and not wire)
    if (episode.mode == "phone" and (wire or not together)) or (modes == {None} and _VIDEO.search(words)):
        return "video" if _VIDEO.search(words) else "phone"
    if modes <= {None, "phone"} and _LETTER.search(words) and not together:
        return "letter"
    if "multilateral" in modes or _MARGIN.search(words):
        return "multilateral margin"
    where = episode.place.country if episode.place else None
    if where in dyad:
        return "visit" if _guests(dyad, episode, where) else "hosted"
    if where is not None:
        return "third country"
    return "visit" if episode.mode == "visit" else "meeting"


def _guests(dyad: Dyad, episode: Episode, host: str | None) -> tuple[Actor, ...]:
    """Those of the other country; an ambassador to the host is at home there."""
    (other,) = (country for country in dyad if country != host)
    return tuple(actor for actor in episode.of(other) if actor.level != "ambassador")

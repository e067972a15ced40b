"""Contacts: the consultations of a dyad that took place, with channel and mode.

- **Channel.** Each side counts by its highest person, and the lower of the two decides: a foreign minister received by
  a president is on a foreign minister's errand. Between equals the narrower office decides (a security adviser with a
  foreign minister is the security advisers' channel). Who has no name and no rank is placed by the words.
- **Mode.** A gathering of many beats the place; then come telephone, video, letter; then the place: in one of the two
  countries it is a visit of the other's people ("visit", the visitors first among the participants; an ambassador at
  post visits nobody), elsewhere "third country"; "meeting" where nothing is known. A dyad has no first person, so
  "hosted" is left to whoever shows it from one side.
- **A visit as a whole** ("visited China", nobody named on the other side) is no contact beside the visitor's meetings
  on the same days: its documents go to the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from detente.ledger.episode_profile import domain, is_person
from detente.lexicon.channels import channel_named
from detente.records import Actor, make_id
from detente.relations import Contact, Dyad, Episode, Source

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
_NARROW: Final = ("security adviser", "defence", "economic", "parliament", "foreign minister", "official")
_BY_DOMAIN: Final = {"defence": "defence", "economic": "economic", "parliament": "parliament", "business": "business"}
_ECONOMIC_OFFICE: Final = re.compile(r"\b(treasury|finance|commerce|trade|central bank|economy)\b", re.IGNORECASE)

_VIDEO: Final = re.compile(r"\b(video\w*|virtual\w*|teleconference|online|by secure link)\b", re.IGNORECASE)
_LETTER: Final = re.compile(r"\b(letters?|wrote to|messages?|cables?)\b", re.IGNORECASE)
_MARGIN: Final = re.compile(
    r"\b(on the (?:sidelines?|margins?)|sidelines? of|margins? of|G-?7|G-?20|APEC|ASEAN|East Asia Summit|BRICS"
    r"|General Assembly|Security Conference|Shangri-La Dialogue|World Economic Forum|Davos)\b"
)
# Meetings lie within a visit, give or take a day; a visit dated by the paper was in the days before.
_SLACK, _NEWS = timedelta(days=1), timedelta(days=3)


def build_contacts(dyad: Dyad, episodes: Iterable[Episode], sources: Mapping[str, Source]) -> tuple[Contact, ...]:
    """The contacts of the dyad, in the order of their days.

    Args:
        episodes: those of the dyad, of any kind; only realised consultations with both countries present count.
        sources: the head of each document, by its id; a document without one counts as nobody's own account.
    """
    made = [
        _contact(dyad, episode, sources)
        for episode in episodes
        if episode.act == "CONSULT" and episode.realised and all(episode.of(country) for country in dyad)
    ]
    contacts = _fold_visits(dyad, made)
    return tuple(sorted(contacts, key=lambda c: (c.start or date.max, c.id)))


def _contact(dyad: Dyad, episode: Episode, sources: Mapping[str, Source]) -> Contact:
    mode = contact_mode(dyad, episode)
    return Contact(
        id=make_id("ct", episode.id),
        dyad=dyad,
        episode=episode.id,
        participants=_visitors_first(dyad, episode) if mode == "visit" else episode.people,
        channel=contact_channel(dyad, episode.people, episode.words),
        mode=mode,
        start=episode.start,
        end=episode.end or episode.start,
        place=None if mode in ("phone", "video", "letter") else episode.place,
        readouts=_readouts(dyad, episode.documents, sources),
        documents=episode.documents,
        confidence=episode.confidence,
    )


def contact_channel(dyad: Dyad, people: Sequence[Actor], words: str = "") -> str:
    """The channel that people of two countries meet in (rule in the head of this module)."""
    named = channel_named(words)
    if named == "working group":
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
    return rank, channel


def contact_mode(dyad: Dyad, episode: Episode) -> str:
    """How they met (rule in the head of this module)."""
    modes = {episode.mode, *(value for c in episode.conflicts if c.field == "mode" for value, _ in c.values)}
    words = episode.words
    if episode.mode == "phone" or (modes == {None} and (_VIDEO.search(words) or _LETTER.search(words))):
        return "video" if _VIDEO.search(words) else "letter" if _LETTER.search(words) else "phone"
    if "multilateral" in modes or _MARGIN.search(words):
        return "multilateral margin"
    where = episode.place.country if episode.place else None
    if where in dyad:
        return "visit" if _guests(dyad, episode, where) else "meeting"
    if where is not None:
        return "third country"
    return "visit" if episode.mode == "visit" else "meeting"


def _guests(dyad: Dyad, episode: Episode, host: str | None) -> tuple[Actor, ...]:
    """Those of the other country; an ambassador to the host is at home there."""
    (other,) = (country for country in dyad if country != host)
    return tuple(actor for actor in episode.of(other) if actor.level != "ambassador")


def _visitors_first(dyad: Dyad, episode: Episode) -> tuple[Actor, ...]:
    where = episode.place.country if episode.place else None
    if where not in dyad:
        return episode.people
    return tuple(sorted(episode.people, key=lambda actor: actor.country == where))


def _readouts(dyad: Dyad, documents: Iterable[str], sources: Mapping[str, Source]) -> tuple[tuple[str, str], ...]:
    """(country, document) of each side's own account."""
    found = [(sources[d].side, d) for d in documents if d in sources]
    return tuple((side, document) for side, document in found if side is not None and side in dyad)


def _fold_visits(dyad: Dyad, contacts: Sequence[Contact]) -> list[Contact]:
    """Visits as a whole go into the first meeting of the same traveller on the same days, where there is one."""
    kept = {contact.id: contact for contact in contacts}
    order = sorted(contacts, key=lambda c: (c.start or date.max, c.id))
    for visit in order:
        travellers = _only_travellers(dyad, visit)
        if not travellers:
            continue
        within = [
            c for c in order if c.id in kept and c is not visit and _is_within(dyad, kept[c.id], visit, travellers)
        ]
        if within:
            first = kept[within[0].id]
            del kept[visit.id]
            kept[first.id] = replace(
                first,
                documents=tuple(dict.fromkeys((*first.documents, *visit.documents))),
                readouts=tuple(dict.fromkeys((*first.readouts, *visit.readouts))),
                place=first.place or visit.place,
            )
    return list(kept.values())


def _only_travellers(dyad: Dyad, contact: Contact) -> frozenset[str]:
    """The persons of a visit whose other side is nobody but the state, else none."""
    if contact.mode not in ("visit", "meeting"):
        return frozenset()
    sides = [[a for a in contact.participants if a.country == country] for country in dyad]
    definite = [[a for a in side if a.id not in (a.country, f"{a.country}:GOV")] for side in sides]
    if all(definite) or not any(definite):
        return frozenset()
    return frozenset(a.id for side in definite for a in side if is_person(a))


def _is_within(dyad: Dyad, meeting: Contact, visit: Contact, travellers: frozenset[str]) -> bool:
    people = {actor.id for actor in meeting.participants}
    if not people & travellers or _only_travellers(dyad, meeting) or meeting.mode in ("phone", "video", "letter"):
        return False
    if visit.place and meeting.place and visit.place.country != meeting.place.country:
        return False
    if not (visit.start and visit.end and meeting.start and meeting.end):
        return False
    return visit.start - _NEWS <= meeting.end and meeting.start <= visit.end + _SLACK

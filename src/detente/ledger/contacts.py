"""Contacts: the consultations of a dyad that took place, with channel and mode.

- **Channel.** Each side counts by its highest person, and the lower of the two decides: a foreign minister received by
  a president is on a foreign minister's errand. Between equals the narrower office decides (a security adviser with a
  foreign minister is the security advisers' channel). Who has no name and no rank is placed by the words.
- **Mode.** A gathering of many beats the place; then come telephone, video, letter; then the place: in one of the two
  countries it is a visit of the other's people ("visit", the visitors first among the participants) or, where they are
  at post there, "hosted"; elsewhere "third country"; "meeting" where nothing is known. A dyad has no first person: who
  travelled is told by the order of the participants.
- **Summaries.** A visit as a whole ("visited China", nobody named on the other side) is no contact beside the visitor's
  meetings on the same days: its documents go to the first of them. A list ("met the premier, the foreign minister and
  the trade minister") is a contact with each, the same as is told of each alone.
- **Mentions.** Talks of nobody with a name count where a verb holds them ("held", "convened"), or where they have a day
  and a place or channel; else they are a subject of talk. What is asked is no contact, nor what is only looked back at
  without a day ("after the meeting of the two").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from detente.ledger.episode_profile import NARROW, domain, is_person
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
# Who receives visitors in an own right, and is not beside somebody else at the table.
_PRINCIPALS: Final = frozenset(
    {"leader", "deputy leader", "foreign minister", "defence minister", "economic minister", "security adviser"}
    | {"minister", "parliament", "party"}
)
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
# What only those do who sit together.
_FACE_TO_FACE: Final = re.compile(
    r"\b(met|meet|meets|meeting|summit|visit\w*|received?|receives|host\w*|in person|face to face|dined|luncheon)\b",
    re.IGNORECASE,
)
_BY_WIRE: Final = re.compile(r"\b(tele)?phoned?\b|\bcall(s|ed)?\b|\btelephon\w+|\bsecure line\b", re.IGNORECASE)
_HELD: Final = re.compile(
    r"\b(met|meets|held|holds|holding|spoke|speaks|talked|visited|visits|conducted|convened|attended|resumed|began"
    r"|opened|concluded|ended|finished|wrapped up|hosted|hosts|welcomed|travelled|traveled|arrived|sat down|took place"
    r"|takes place|chaired|co-chaired|called|discussed)\b",
    re.IGNORECASE,
)
# "took questions on the trade talks": they are what was asked about.
_ASKED: Final = re.compile(r"\?|\bquestions?\b[^.]{0,40}\b(on|about|regarding|concerning)\b", re.IGNORECASE)
# What these are followed by is no news, unless it has a day.
_BACK: Final = re.compile(
    r"\b(since|after|following|before|ahead of|building on|went on from|goes back to|reached|as agreed|in line with"
    r"|implement\w*|act on|consensus|understandings?|recent|during (?:his|her|their|the)|regarding|about)\b[^.]*"
    r"\b(meetings?|meet|summit|talks|calls?|conversation|encounter|dialogue)\b",
    re.IGNORECASE,
)
# What was some day in a longer time is no contact that anybody could put on a list.
_LONGEST: Final = 93
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
        if episode.act == episode.type == "CONSULT" and episode.realised and _took_place(dyad, episode)
    ]
    contacts = _fold_visits(dyad, _split_lists(dyad, made))
    return tuple(sorted(contacts, key=lambda c: (c.start or date.max, c.id)))


def _took_place(dyad: Dyad, episode: Episode) -> bool:
    """Whether both countries were there, and a reader would call it a contact and not a mention of one."""
    if not all(episode.of(country) for country in dyad) or episode.start is None or _ASKED.search(episode.words):
        return False
    if _takes_up_post(dyad, episode):
        return False
    days = (episode.end - episode.start).days if episode.end else 0
    if days > _LONGEST:
        return False
    dated = episode.start != episode.first_report
    held = bool(_HELD.search(episode.words))
    if any(is_person(actor) for country in dyad for actor in episode.of(country)):
        return dated or held or not _BACK.search(episode.words)
    if days >= NARROW:
        return False
    return held or (dated and (episode.place is not None or channel_named(episode.words) is not None))


def _takes_up_post(dyad: Dyad, episode: Episode) -> bool:
    """An ambassador who comes to the country is no visitor."""
    definite = [a for country in dyad for a in episode.of(country) if a.id not in (country, f"{country}:GOV")]
    return bool(definite) and len({a.country for a in definite}) == 1 and all(a.level == "ambassador" for a in definite)


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
    wire = bool(_BY_WIRE.search(words) or _VIDEO.search(words))
    together = bool(_FACE_TO_FACE.search(words)) or (episode.place is not None and not wire)
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
            first = within[0].id
            kept[first] = _with_documents(kept[first], kept.pop(visit.id))
    return list(kept.values())


def _split_lists(dyad: Dyad, contacts: Sequence[Contact]) -> list[Contact]:
    """A list of principals whom one person of the other side met, as a contact with each."""
    kept = {contact.id: contact for contact in contacts}
    order = sorted(contacts, key=lambda c: (c.start or date.max, c.id))
    for listed in order:
        sides = [[a for a in listed.participants if a.country == country and is_person(a)] for country in dyad]
        one, many = sorted(sides, key=len)
        principals = [actor for actor in many if actor.level in _PRINCIPALS]
        if len(one) != 1 or not _received_apart(principals):
            continue
        del kept[listed.id]
        for actor in principals:
            pair = {one[0].id, actor.id}
            alone = (c for c in order if c.id in kept and _persons(dyad, c) == pair and _same_days(listed, c))
            found = next(alone, None)
            if found is not None:
                kept[found.id] = _with_documents(kept[found.id], listed)
                continue
            people = tuple(a for a in listed.participants if a.id in pair)
            name = make_id("ct", listed.episode, actor.id)
            kept[name] = replace(listed, id=name, participants=people, channel=contact_channel(dyad, people))
    return list(kept.values())


def _received_apart(people: Sequence[Actor]) -> bool:
    """Whether several met somebody one by one: a leader receives alone, three ministers seldom sit at one table. Two
    ministers do ("talks with the treasury secretary and the trade representative")."""
    leaders = any(actor.level in ("leader", "deputy leader") for actor in people)
    return len(people) >= (2 if leaders else 3)


def _persons(dyad: Dyad, contact: Contact) -> set[str]:
    return {actor.id for actor in contact.participants if actor.country in dyad and is_person(actor)}


def _same_days(one: Contact, other: Contact) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return other.start - _SLACK <= one.end + _NEWS and one.start - _NEWS <= other.end + _SLACK


def _with_documents(contact: Contact, other: Contact) -> Contact:
    """The contact, told by the documents of the other too."""
    return replace(
        contact,
        documents=tuple(dict.fromkeys((*contact.documents, *other.documents))),
        readouts=tuple(dict.fromkeys((*contact.readouts, *other.readouts))),
        place=contact.place or other.place,
    )


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

"""Contacts: the consultations of a dyad that took place, with channel and mode.

`contact_channel` and `contact_mode` say through what and how they met, `contact_tidy` keeps apart what a journey holds.
Of a visit the visitors come first among the participants: a dyad has no first person.

Talks of nobody with a name count where a verb holds them ("held", "convened"), or where they have a day and a place or
channel; else they are a subject of talk. What is asked is no contact; what is only looked back on is none of its own
(`contact_recall`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from detente.ledger.contact_channel import contact_channel
from detente.ledger.contact_mode import contact_mode
from detente.ledger.contact_recall import Told, with_recalled
from detente.ledger.contact_tidy import tidy
from detente.ledger.episode_profile import NARROW, is_person
from detente.lexicon.channels import channel_named
from detente.records import Actor, make_id
from detente.relations import Contact, Dyad, Episode, Source

_HELD: Final = re.compile(
    r"\b(met|meets|held|holds|holding|spoke|speaks|talked|visited|visits|conducted|convened|attended|resumed|began"
    r"|opened|concluded|ended|finished|wrapped up|hosted|hosts|welcomed|travelled|traveled|arrived|sat down|took place"
    r"|takes place|chaired|co-chaired|called|discussed)\b",
    re.IGNORECASE,
)
# "took questions on the trade talks": they are what was asked about.
_ASKED: Final = re.compile(r"\?|\bquestions?\b[^.]{0,40}\b(on|about|regarding|concerning)\b", re.IGNORECASE)
# "released a readout on the talks": its day is not theirs.
_TEXT: Final = re.compile(
    r"\b(readouts?|statements?|press releases?|reports?)\b[^.]{0,20}\b(on|of|about|regarding)\b", re.IGNORECASE
)
# What was some day in a longer time is no contact that anybody could put on a list.
_LONGEST: Final = 93


def build_contacts(dyad: Dyad, episodes: Iterable[Episode], sources: Mapping[str, Source]) -> tuple[Contact, ...]:
    """The contacts of the dyad, in the order of their days.

    Args:
        episodes: those of the dyad, of any kind; only realised consultations with both countries present count.
        sources: the head of each document, by its id; a document without one counts as nobody's own account.
    """
    return of_told(dyad, told_in(dyad, episodes, sources), sources)


def told_in(dyad: Dyad, episodes: Iterable[Episode], sources: Mapping[str, Source]) -> list[Told]:
    """What of these episodes may be a contact, each as it is told."""
    return [
        Told(_contact(dyad, episode, sources), episode)
        for episode in episodes
        if episode.act == episode.type == "CONSULT" and episode.realised and _took_place(dyad, episode)
    ]


def of_told(dyad: Dyad, told: Sequence[Told], sources: Mapping[str, Source]) -> tuple[Contact, ...]:
    """The contacts that these come to, in the order of their days."""
    return tuple(sorted(tidy(dyad, with_recalled(dyad, told, sources)), key=lambda c: (c.start or date.max, c.id)))


def _took_place(dyad: Dyad, episode: Episode) -> bool:
    """Whether both countries were there, and a reader would call it a contact and not a mention of one."""
    if not all(episode.of(country) for country in dyad) or episode.start is None or _ASKED.search(episode.words):
        return False
    if _takes_up_post(dyad, episode):
        return False
    days = (episode.end - episode.start).days if episode.end else 0
    if days > _LONGEST:
        return False
    if any(is_person(actor) for country in dyad for actor in episode.of(country)):
        return True
    if days >= NARROW or _TEXT.search(episode.words):
        return False
    return bool(_HELD.search(episode.words)) or (
        episode.dated and (episode.place is not None or channel_named(episode.words) is not None)
    )


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


def _visitors_first(dyad: Dyad, episode: Episode) -> tuple[Actor, ...]:
    where = episode.place.country if episode.place else None
    if where not in dyad:
        return episode.people
    return tuple(sorted(episode.people, key=lambda actor: actor.country == where))


def _readouts(dyad: Dyad, documents: Iterable[str], sources: Mapping[str, Source]) -> tuple[tuple[str, str], ...]:
    """(country, document) of each side's own account."""
    found = [(sources[d].side, d) for d in documents if d in sources]
    return tuple((side, document) for side, document in found if side is not None and side in dyad)

"""Contacts that are looked back on, and those that they are.

"The presidents spoke recently", "three calls this year", "since the talks in Geneva" have no day of their own, and the
day of the paper is not that of the meeting. What is told so joins a contact known from the weeks before; without one
it tells no contact. It is news all the same in a plain past tense: in one side's own account, in the account of a day
with somebody named, or where it says who met whom and where or by what wire.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.contact_mode import by_wire, face_to_face
from detente.ledger.contact_tidy import with_documents
from detente.ledger.episode_profile import is_person
from detente.lexicon.channels import level_of
from detente.relations import Contact, Dyad, Episode, Source

# What some contact of an unknown day is spoken of like.
_BACK: Final = re.compile(
    r"\b(recent(?:ly)?|earlier this|this year|previous(?:ly)?|several|multiple|many times|twice|on \w+ occasions"
    r"|(?:two|three|four|five|six) (?:\w+ )?(?:phone |telephone )?(?:calls|conversations|meetings|rounds)"
    r"|always|often|regularly|whenever|when (?:he|she|they|we|the two)|if (?:he|she|they|we)|last time"
    r"|(?:since|(?<!said )(?<!reporters )after|following|before|ahead of|building on|in line with|regarding|about"
    r"|during (?:his|her|their|the)) (?:[\w'’-]+ ){0,4}"
    r"(?:meetings?|meet|summit|talks|calls?|conversations?|consultations|encounter|dialogue)"
    r"|(?:reached|implement\w*|consensus|understandings?)\b[^.]*\b(?:meetings?|summit|talks|calls?|conversations?))\b",
    re.IGNORECASE,
)
# "has spoken to him", "have held multiple calls": some day till now.
_PERFECT: Final = re.compile(
    r"\b(?:ha(?:s|ve)|'ve)(?: \w+ly| also| maintained \w+ and)? (?:met|spoken|talked|held|had|visited|discussed)\b",
    re.IGNORECASE,
)
# "They talk on the phone", "talks are being held": what goes on has no day either.
_PRESENT: Final = re.compile(
    r"\b(?:(?:they|we|you|presidents|leaders|sides|he|she) (?:speaks?|talks?|meets?)|(?:am|is|are|'m|'re) \w+ing)\b",
    re.IGNORECASE,
)
# But who is somewhere is there that day.
_HERE: Final = re.compile(r"(?:\b(?:is|are)|'s|'re) (?:\w+ )?(?:in|visiting|on a visit|travell?ing)\b", re.IGNORECASE)
# Talk in general, unless a verb holds it.
_GENERAL: Final = re.compile(
    r"\b(negotiations?|dialogues?|exchanges|consultations?|contacts|communications?|press conference|briefing)\b",
    re.IGNORECASE,
)
_MEETING: Final = re.compile(
    r"\b(met|spoke|talked|visited|travell?ed|arrived|received|hosted|welcomed|held|convened|called|phoned|discussed"
    r"|had an?|meetings?|summit|talks?|calls?|conversation|been \w+ing)\b",
    re.IGNORECASE,
)
# For how many days a contact is looked back on, and by how much a day that the words do not give may miss it.
WEEKS: Final = 60
_SLACK: Final = 7
# A week is no day.
_VAGUE: Final = timedelta(days=5)
_OWN: Final = ("readout", "statement")
_REMOTE: Final = ("phone", "video", "letter")


@dataclass(frozen=True, slots=True)
class Told:
    """A contact as its episode tells it."""

    contact: Contact
    episode: Episode


def with_recalled(dyad: Dyad, told: Sequence[Told], sources: Mapping[str, Source]) -> list[Contact]:
    """The contacts that are news, with the documents of those that only look back on them.

    Dated ones with somebody named stand; dated ones of nobody, and undated news, join one of the same days if they fit;
    all others join the latest of the weeks before that fits, or are left out.
    """
    firm = [t for t in told if is_firm(t.episode)]
    soft = [(t, is_news(dyad, t.episode, sources)) for t in told if not is_firm(t.episode)]
    news, recalled = [t for t, new in soft if new], [t for t, new in soft if not new]
    fresh, back = {t.episode.id for t in news}, {t.episode.id for t in recalled}
    known = {t.contact.id: t.contact for t in firm}
    for one in (*(t for t in firm if not named(dyad, t.contact)), *news, *recalled):
        first, last = span(one.episode, fresh=one.episode.id in fresh)
        others = [c for c in known.values() if c.id != one.contact.id and is_in(c, first, last)]
        whole = one.episode.id in fresh
        found = [c for c in others if same_people(dyad, one.contact, c, all_of=whole) and _fits(dyad, one, c)]
        if found:
            known.pop(one.contact.id, None)
            latest = max(found, key=lambda c: (bool(named(dyad, c)), c.start or date.min, c.id))
            # Who looks back gives no account of it.
            told_by = replace(one.contact, readouts=(), place=None) if one.episode.id in back else one.contact
            known[latest.id] = with_documents(latest, told_by)
        elif one.episode.id in fresh:
            known[one.contact.id] = one.contact
    return list(known.values())


def is_firm(episode: Episode) -> bool:
    return episode.dated and not _is_vague(episode)


def _is_vague(episode: Episode) -> bool:
    return episode.start is not None and episode.end is not None and episode.end - episode.start >= _VAGUE


def is_news(dyad: Dyad, episode: Episode, sources: Mapping[str, Source]) -> bool:
    """Whether a contact without a day of its own is told as what happened then."""
    if episode.dated:
        return True
    words = episode.words
    sides = [any(is_person(actor) for actor in episode.of(country)) for country in dyad]
    if any(sides) and episode.mode == "visit" and _HERE.search(words):
        return True
    if _BACK.search(words) or _PERFECT.search(words) or _PRESENT.search(words):
        return False
    if _GENERAL.search(words) and not _MEETING.search(words):
        return False
    own = any(sources[d].side in dyad and sources[d].kind in _OWN for d in episode.documents if d in sources)
    where = episode.place is not None or by_wire(words)
    return own or (any(sides) and episode.basis == "inherited") or (all(sides) and where)


def span(episode: Episode, *, fresh: bool) -> tuple[date, date]:
    """From when to when that was which it may be."""
    start, end = episode.start or date.max, episode.end or episode.start or date.max
    if is_firm(episode):
        return start, end
    if episode.dated:
        return shift(start, -_SLACK, "D"), shift(end, _SLACK, "D")
    return (shift(start, -_SLACK, "D"), shift(end, _SLACK, "D")) if fresh else (shift(start, -WEEKS, "D"), end)


def is_in(contact: Contact, first: date, last: date) -> bool:
    return contact.start is not None and contact.end is not None and first <= contact.end and contact.start <= last


def named(dyad: Dyad, contact: Contact) -> frozenset[str]:
    return frozenset(a.id for a in contact.participants if a.country in dyad and is_person(a))


def same_people(dyad: Dyad, one: Contact, known: Contact, *, all_of: bool) -> bool:
    """Whether those whom `one` names of either side were there (one of them, or all); who names nobody says as little
    as the channel."""
    for country in dyad:
        here, there = ({a.id for a in c.participants if a.country == country and is_person(a)} for c in (one, known))
        if here and not (here <= there if all_of else here & there):
            return False
    return bool(named(dyad, one)) or level_of(one.channel) == level_of(known.channel)


def _fits(dyad: Dyad, one: Told, known: Contact) -> bool:
    """Whether place and way do not speak against it; whoever meets on a day does not telephone too."""
    start = one.episode.start
    if start is not None and is_in(known, start, start) and len(named(dyad, one.contact)) > 1:
        return True
    place = one.episode.place
    if place and known.place and place.country != known.place.country:
        return False
    wire, together = by_wire(one.episode.words), face_to_face(one.episode.words)
    return wire == together or wire == (known.mode in _REMOTE)

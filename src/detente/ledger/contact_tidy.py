"""Contacts of one journey put in order: none counted twice, each with its place.

A visit as a whole ("visited China", nobody named on the other side) is no contact beside the visitor's meetings on the
same days: its documents go to the first of them. A list ("met the premier, the foreign minister and the trade
minister") is a contact with each, the same as is told of each alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Final

from detente.ledger.contact_channel import contact_channel
from detente.ledger.episode_profile import is_person
from detente.records import Actor, make_id
from detente.relations import Contact, Dyad

# Who receives visitors in an own right, and is not beside somebody else at the table.
_PRINCIPALS: Final = frozenset(
    {"leader", "deputy leader", "foreign minister", "defence minister", "economic minister", "security adviser"}
    | {"minister", "parliament", "party"}
)
# Meetings lie within a visit, give or take a day; a visit dated by the paper was in the days before.
_SLACK, _NEWS = timedelta(days=1), timedelta(days=3)
# Contacts of one journey lie within so many days of each other.
JOURNEY: Final = _SLACK + _NEWS


def tidy(dyad: Dyad, contacts: Sequence[Contact]) -> list[Contact]:
    """The contacts with places lent, lists split and visits folded into their meetings."""
    return _fold_visits(dyad, _split_lists(dyad, _lend_places(dyad, contacts)))


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
            kept[first] = with_documents(kept[first], kept.pop(visit.id))
    return list(kept.values())


def _lend_places(dyad: Dyad, contacts: Sequence[Contact]) -> list[Contact]:
    """Whoever is on a visit meets people there, where nothing else is told."""
    visits = [c for c in contacts if c.mode == "visit" and c.place is not None]
    lent = []
    for contact in contacts:
        if contact.mode == "meeting" and contact.place is None:
            own = _persons(dyad, contact)
            here = (v for v in visits if own & _visitors(v) and _same_days(contact, v))
            place = next((visit.place for visit in here), None)
            if place is not None:
                people = tuple(sorted(contact.participants, key=partial(_at_home, place.country)))
                contact = replace(contact, mode="visit", place=place, participants=people)
        lent.append(contact)
    return lent


def _at_home(country: str | None, actor: Actor) -> bool:
    return actor.country == country


def _visitors(visit: Contact) -> set[str]:
    host = visit.place.country if visit.place else None
    return {actor.id for actor in visit.participants if actor.country != host and is_person(actor)}


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
                kept[found.id] = with_documents(kept[found.id], listed)
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
    return other.start - one.end <= JOURNEY and one.start - other.end <= JOURNEY


def with_documents(contact: Contact, other: Contact) -> Contact:
    """The contact, told by the documents of the other too."""
    return replace(
        contact,
        documents=tuple(dict.fromkeys((*contact.documents, *other.documents))),
        readouts=tuple(dict.fromkeys((*contact.readouts, *other.readouts))),
        place=contact.place if contact.mode in ("phone", "video", "letter") else contact.place or other.place,
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
    return visit.start - meeting.end <= _NEWS and meeting.start - visit.end <= _SLACK

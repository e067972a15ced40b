"""Persons named without their country, counterparts, and "the Chinese diplomat"."""

from __future__ import annotations

from dataclasses import replace

from detente.coding.analysis import Mention
from detente.coding.coref_country import current_country, place_at
from detente.coding.coref_state import SUBJECTS, Discourse, is_person
from detente.coding.mentions_actor import holder_actor
from detente.lexicon.load import slug
from detente.records import Actor

UNIQUE = frozenset(
    {"leader", "deputy leader", "foreign minister", "defence minister", "economic minister", "security adviser"}
)

_DIPLOMATS = frozenset({"foreign minister", "security adviser", "ambassador", "deputy minister", "official"})


def described(mention: Mention, talk: Discourse) -> Mention:
    """ "The Chinese diplomat" is the one of that country and rank named just before, if there is one."""
    actor = mention.actors[0]
    if len(mention.actors) > 1 or mention.number > 1 or actor.role != "unnamed" or actor.country is None:
        return mention
    if talk.doc[mention.start].lower_ != "the" or "most" in talk.doc[mention.start : mention.end].text.split():
        return mention
    for other in talk.back(mention.start, 3):
        one = other.actors[0]
        same = len(other.actors) == 1 and one.country == actor.country and one.id.startswith("person:")
        if same and one.level in _DIPLOMATS:
            return replace(mention, actors=(one,), gender=other.gender, why=f"{mention.why}: named before")
    return mention


def named(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> Mention:
    """A person named with a title but no country takes the issuer's, or the one the text is about; a counterpart named
    takes the office of the other."""
    actor = mention.actors[0]
    if not actor.id.startswith("person:"):
        return mention
    before = talk.latest.get(actor.id)
    if actor.country is None and before is not None and before.actors[0].country:
        known = next(one for one in before.actors if one.id == actor.id)
        return replace(mention, actors=(known,))
    if mention.why == "counterpart by name" and actor.level is None:
        index = mention.start - 1
        owner = by_token.get(index) if index >= 0 and talk.doc[index].tag_ == "PRP$" else talk.owner_ending(index)
        if owner is not None and owner.actors and owner.actors[0].level:
            peer = owner.actors[0]
            filled = replace(actor, office=peer.office, level=peer.level, sectors=peer.sectors, role="party")
            return replace(mention, actors=(filled,), why="counterpart by name: same office")
        return mention
    if actor.country or actor.role != "party" or actor.level in (None, "organisation") or "IGO" in actor.sectors:
        return mention
    if actor.level == "ambassador":
        host = _host(mention, talk, by_token)
        codes = [code for code, _ in talk.countries.most_common() if host is not None and code != host]
        return (
            replace(mention, actors=(replace(actor, country=codes[0]),), why=f"{mention.why}: the host's other side")
            if codes
            else mention
        )
    fellow = _listed_before(mention, talk)
    if fellow is not None and not _other_holder(actor, fellow, talk):
        return replace(mention, actors=(replace(actor, country=fellow),), why=f"{mention.why}: of the list")
    facing = _facing(mention, talk, by_token)
    others = next((code for code, _ in talk.countries.most_common() if code not in facing), None) if facing else None
    for code in (
        _seat_of_body(mention, talk),
        _leading_place(mention, talk),
        talk.issuer,
        current_country(mention, talk),
        others,
    ):
        if code is not None and code not in facing and not _other_holder(actor, code, talk):
            return replace(mention, actors=(replace(actor, country=code),), why=f"{mention.why}: country spoken of")
    return mention


# Bodies of a state that its capital tells whose they are.
_BODIES = frozenset({"ministry", "government", "parliament", "cabinet", "presidency"})


def _seat_of_body(mention: Mention, talk: Discourse) -> str | None:
    """ "Ms Li, head of a department at the foreign ministry in Beijing": where the body sits."""
    for index in range(mention.start, min(mention.end, len(talk.doc) - 2)):
        if talk.doc[index].lower_ in _BODIES and talk.doc[index + 1].lower_ == "in":
            return place_at(index + 2, talk)
    return None


def _listed_before(mention: Mention, talk: Discourse) -> str | None:
    """ "Peruvian Transport Minister A and Health Minister B": the country of the one named before in a list."""
    before = talk.past[-1] if talk.past else None
    if before is None or len(before.actors) != 1 or not is_person(before.actors[0]):
        return None
    between = [talk.doc[index].lower_ for index in range(before.end, mention.start)]
    joined = bool(between) and set(between) <= {",", ";", "and", "&"}
    return before.actors[0].country if joined and talk.doc[mention.root].dep_ not in SUBJECTS else None


# What a state does to the ambassador of another.
_RECEIVES = frozenset(
    {"summon", "call", "expel", "receive", "protest", "convoke", "accredit", "hand", "invite", "demarche", "tell"}
)


def _facing(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> set[str]:
    """The countries of those whom the one mentioned summons, expels or receives."""
    token = talk.doc[mention.root]
    verb = token.head.head if token.head.dep_ == "agent" else token.head
    if verb.lemma_ not in _RECEIVES:
        return set()
    wanted = ("nsubjpass",) if token.head.dep_ == "agent" else ("dobj",) if token.dep_ == "nsubj" else ()
    others = [by_token[child.i] for child in verb.children if child.dep_ in wanted and child.i in by_token]
    return {actor.country for other in others for actor in other.actors if actor.country}


def _host(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> str | None:
    """The country whose minister or ministry summons or receives an ambassador."""
    token = talk.doc[mention.root]
    verb = token.head
    if verb.dep_ in ("agent", "prep"):
        verb = verb.head
    if verb.lemma_ not in _RECEIVES:
        return None
    if token.dep_ in ("dobj", "dative"):
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is None and verb.dep_ == "conj":
            subject = next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
        node = subject
    elif token.dep_ == "nsubjpass":
        by = next((child for child in verb.children if child.dep_ == "agent"), None)
        node = next(iter(by.children), None) if by is not None else None
    else:
        node = None
    host = by_token.get(node.i) if node is not None else None
    if host is not None and host.actors and host.actors[0].country:
        return host.actors[0].country
    return talk.issuer


def _other_holder(actor: Actor, code: str, talk: Discourse) -> bool:
    """Whether the lexicon knows somebody else in that office of that country on the day."""
    if actor.level not in UNIQUE:
        return False
    found = talk.lexicon.holders_on(code, (actor.office or actor.level).lower(), talk.day)
    found = found or (talk.lexicon.holders_on(code, actor.level, talk.day) if actor.level != "leader" else ())
    return any(f"person:{slug(holder.name)}" != actor.id for holder in found)


def _leading_place(mention: Mention, talk: Discourse) -> str | None:
    """ "In London, the foreign secretary …": the place that opens the sentence."""
    sentence = talk.analysis.sentence_at(mention.start)
    if talk.doc[sentence.start].lower_ != "in":
        return None
    return place_at(sentence.start + 1, talk)


def counterpart(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> Mention:
    """ "His Chinese counterpart": who holds, in that country, the office of the one it is counterpart of."""
    index = mention.start - 1
    owner: Mention | None = None
    if index >= 0 and talk.doc[index].tag_ == "PRP$":
        owner = by_token.get(index)
    elif index >= 0 and talk.doc[index].tag_ == "POS":
        owner = talk.owner_ending(index)
    if owner is None:
        owner = next((m for m in talk.back(mention.start, 1) if m.actors and is_person(m.actors[0])), None)
    if owner is None or not owner.actors:
        return mention
    person = owner.actors[0]
    code = mention.countries[0] if mention.countries else None
    if code is None:
        for other in talk.back(mention.start, 2):
            for actor in other.actors:
                if is_person(actor) and actor.country not in (None, person.country) and actor.level == person.level:
                    return replace(mention, actors=(actor,), gender=other.gender, why="counterpart: named before")
        return mention
    country = talk.lexicon.countries[code]
    if person.level is None or person.office is None:
        return replace(
            mention,
            actors=(Actor(f"{code}:counterpart", f"{country.adjective} counterpart", code, ("GOV",), role="party"),),
            why="counterpart: office unknown",
        )
    for actor, other in talk.known():
        if actor.country == code and is_person(actor) and actor.level == person.level:
            return replace(mention, actors=(actor,), gender=other.gender, why="counterpart: named before")
    holders = talk.lexicon.holders_on(code, person.level, talk.day)
    exact = tuple(h for h in holders if h.office == person.level)
    holders = exact or holders
    if person.level == "leader":
        top = talk.lexicon.leader(code, talk.day)
        same = [h for h in holders if h.title.lower() == (person.office or "").lower()]
        holder = same[0] if same else top
    else:
        holder = holders[0] if len({h.name for h in holders}) == 1 else None
    if holder is not None:
        return replace(
            mention,
            actors=(holder_actor(holder, talk.day),),
            gender=holder.gender,
            why="counterpart: holder on the day",
        )
    title = person.level if person.level in UNIQUE and person.level != "leader" else person.office
    actor = Actor(
        f"{code}:{person.level}",
        f"{country.adjective} {title}",
        code,
        person.sectors,
        title,
        person.level,
        "party",
    )
    return replace(mention, actors=(actor,), why="counterpart: same office")

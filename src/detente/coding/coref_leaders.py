"""Plural titles: "the leaders of the three countries", "the army chiefs of Peru and Chile, A and B"."""

from __future__ import annotations

from dataclasses import replace

from detente.coding.analysis import Mention
from detente.coding.coref_nominals import office_holder, office_of, office_of_body
from detente.coding.coref_state import Discourse
from detente.records import Actor

_MOST = 6


def leaders_of_groups(talk: Discourse, done: list[Mention]) -> list[Mention]:
    """ "The leaders of the three countries": a plural title takes the states of the group named after it."""
    for number, mention in enumerate(done[:-1]):
        following = done[number + 1]
        if mention.why != "title" or mention.actors or mention.number < 2 or not following.actors:
            continue
        between = [talk.doc[index].lower_ for index in range(mention.end, following.start)]
        if between == ["of"]:
            actors = tuple(
                replaced for actor in following.actors if (replaced := _leader_of(actor, talk, mention)) is not None
            )
            done[number] = replace(mention, actors=actors, why="title: of the states named")
    return _named_in_order(talk, done)


def _leader_of(actor: Actor, talk: Discourse, mention: Mention) -> Actor | None:
    if actor.country:
        return office_holder(mention, talk, actor.country)
    body = talk.lexicon.organisations.get(actor.id.removeprefix("org:"))
    return office_of_body(mention, talk, body) if body is not None else None


def _named_in_order(talk: Discourse, done: list[Mention]) -> list[Mention]:
    """Names after a plural title, as many as the states it speaks of, hold that office in these states in order."""
    told: dict[str, Actor] = {}
    for number, mention in enumerate(done):
        office = office_of(mention, talk) if mention.why.startswith("title") and mention.number > 1 else None
        if office is None:
            continue
        rest = done[number + 1 : number + 1 + _MOST]
        owners, end = mention.actors, mention.end
        if rest and talk.doc[rest[0].start - 1].lower_ == "of" and len(rest[0].actors) > 1:
            owners, end = rest[0].actors, rest[0].end
        codes = list(dict.fromkeys(actor.country for actor in owners if actor.country))
        people = _apposed(talk, rest, end)
        if len(codes) < 2 or len(people) != len(codes):
            continue
        for code, person in zip(codes, people, strict=True):
            if person.country is None or person.level is None:
                title = office.office
                told[person.id] = replace(
                    person,
                    country=person.country or code,
                    office=title,
                    level=office.level,
                    sectors=office.sectors,
                    role="party",
                )
        done[number] = replace(mention, actors=tuple(told.get(person.id, person) for person in people))
    if not told:
        return done
    return [replace(mention, actors=tuple(told.get(actor.id, actor) for actor in mention.actors)) for mention in done]


def _apposed(talk: Discourse, rest: list[Mention], end: int) -> list[Actor]:
    """The persons listed right after a comma at `end`: ", A and B"."""
    people: list[Actor] = []
    for mention in rest:
        if mention.start < end:
            continue
        between = [talk.doc[index].lower_ for index in range(end, mention.start)]
        links = ([","],) if not people else ([","], ["and"], [",", "and"])
        if between not in links or len(mention.actors) != 1 or not mention.actors[0].id.startswith("person:"):
            break
        people.append(mention.actors[0])
        end = mention.end
    return people

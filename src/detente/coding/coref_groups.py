"""Nouns that point back at several ("both sides", "the two leaders") or at a state or body ("the country", "the bloc")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from detente.coding.analysis import Mention
from detente.coding.coref_state import Discourse, clause_subject, is_person
from detente.coding.mentions_actor import country_actor
from detente.records import Actor

_MINISTERS = frozenset({"foreign minister", "defence minister", "economic minister", "minister", "deputy minister"})
_LEADERS = frozenset({"leader"})
_LEVELS: dict[str, frozenset[str]] = {
    "leaders": _LEADERS, "presidents": _LEADERS, "premiers": _LEADERS, "chancellors": _LEADERS,
    "ministers": _MINISTERS, "envoys": frozenset({"official", "ambassador"}),
    "ambassadors": frozenset({"ambassador"}), "generals": frozenset({"military"}),
}  # fmt: skip
_OTHERS = frozenset({"allies", "neighbours", "neighbors", "rivals", "partners", "adversaries", "foes"})
_MONARCHIES = frozenset({"kingdom", "emirate", "sultanate"})
_WINDOW = 4


def group(mention: Mention, talk: Discourse) -> Mention:
    """Who a plural that points back stands for."""
    refers = mention.why.partition(":")[2]
    noun = talk.doc[mention.end - 1].lower_
    count = max(mention.number, 2)
    exclude = _subject_country(mention, talk) if noun in _OTHERS else None
    if refers == "person" or noun in ("duo", "pair", "two", "trio"):
        people = _people(mention, talk, count, _LEVELS.get(noun))
        if len(people) == count:
            return replace(mention, actors=tuple(people), why=f"{mention.why}: latest persons")
        if refers == "person" and noun in ("leaders", "ministers", "presidents"):
            states = _states(mention, talk, count, None)
            if len(states) == count:
                return replace(mention, actors=tuple(states), why=f"{mention.why}: states of the talk")
            return mention
    states = _states(mention, talk, count, exclude)
    if len(states) == count:
        return replace(mention, actors=tuple(states), why=f"{mention.why}: states most spoken of")
    if refers == "any":
        people = _people(mention, talk, count, None)
        if len(people) == count:
            return replace(mention, actors=tuple(people), why=f"{mention.why}: latest persons")
        bodies = _bodies(mention, talk, count)
        if len(bodies) == count:
            return replace(mention, actors=tuple(bodies), why=f"{mention.why}: latest bodies")
    return mention


def _subject_country(mention: Mention, talk: Discourse) -> str | None:
    subject = clause_subject(talk.doc, talk.doc[mention.root])
    if subject is None or subject.i == mention.root:
        return None
    for other in reversed(talk.past[-30:]):
        if other.root == subject.i and other.actors:
            return other.actors[0].country
    return None


def _people(mention: Mention, talk: Discourse, count: int, levels: frozenset[str] | None) -> list[Actor]:
    """The latest distinct persons, one a country if the text allows, of the level the noun asks for."""
    pool: dict[str, Actor] = {}
    for other in talk.back(mention.start, _WINDOW):
        if other.number > 1 and other.kind != "group":
            continue
        for actor in other.actors:
            if is_person(actor) and actor.role not in ("observer", "media", "spokesperson"):
                pool.setdefault(actor.id, actor)
    people = list(pool.values())
    if levels is not None:
        fitting = [actor for actor in people if actor.level in levels]
        if len(fitting) >= count or (fitting and levels is _LEADERS):
            people = fitting
    chosen: list[Actor] = []
    for actor in people:
        if len(chosen) < count and all(actor.country != other.country for other in chosen):
            chosen.append(actor)
    if len(chosen) < count and levels is None:
        chosen.extend([actor for actor in people if actor not in chosen][: count - len(chosen)])
    return list(reversed(chosen))


def _states(mention: Mention, talk: Discourse, count: int, exclude: str | None) -> list[Actor]:
    """The states most spoken of so far, out of those named or acting in the sentences just before."""
    near: list[str] = []
    for other in talk.back(mention.start, _WINDOW):
        if other.why in ("country as place",):
            continue
        for actor in other.actors:
            if actor.country and actor.role not in ("observer", "media") and actor.country not in near:
                near.append(actor.country)
    near = [code for code in near if code != exclude]
    ranked = sorted(near, key=lambda code: (-talk.countries[code], near.index(code)))
    if len(ranked) < count:
        everywhere = [code for code, _ in talk.countries.most_common() if code not in ranked and code != exclude]
        ranked.extend(everywhere[: count - len(ranked)])
    return [country_actor(talk.lexicon.countries[code]) for code in ranked[:count]]


def _bodies(mention: Mention, talk: Discourse, count: int) -> list[Actor]:
    found: dict[str, Actor] = {}
    for other in talk.back(mention.start, _WINDOW):
        for actor in other.actors:
            if actor.role == "party":
                found.setdefault(actor.id, actor)
    return list(found.values())[:count]


def definite(mention: Mention, talk: Discourse) -> Mention:
    """ "The country", "the kingdom", "the bloc", "the alliance", "the diplomat"."""
    refers = mention.why.partition(":")[2]
    noun = talk.doc[mention.end - 1].lower_
    if refers == "state":
        found = _state_named(mention, talk, noun)
        if found is not None:
            return replace(mention, actors=(found,), why=f"{mention.why}: country named last")
        return mention
    if refers == "organisation":
        wanted = _ORGANISATIONS.get(noun, _any_body)
        for other in talk.back(mention.start, _WINDOW):
            if len(other.actors) == 1 and other.kind != "pronoun" and wanted(other.actors[0]):
                return replace(mention, actors=other.actors, why=f"{mention.why}: body named last")
        return mention
    if refers == "person":
        levels = {"diplomat": {"foreign minister", "ambassador", "official"}}.get(noun)
        gender = {"man": "m", "woman": "f"}.get(noun)
        for other in talk.back(mention.start, 2):
            if len(other.actors) != 1 or not is_person(other.actors[0]) or other.number > 1:
                continue
            if (levels and other.actors[0].level not in levels) or (gender and other.gender not in (None, gender)):
                continue
            return replace(mention, actors=other.actors, gender=other.gender, why=f"{mention.why}: person named last")
    return mention


def _state_named(mention: Mention, talk: Discourse, noun: str) -> Actor | None:
    for other in talk.back(mention.start, _WINDOW):
        codes = other.countries or tuple(
            actor.country for actor in other.actors if actor.country and actor.id == actor.country
        )
        for code in reversed(codes):
            if noun in _MONARCHIES and not talk.lexicon.holders_on(code, "monarch", talk.day):
                continue
            if noun in ("neighbour", "neighbor", "ally", "rival", "adversary") and code == _subject_country(
                mention, talk
            ):
                continue
            return country_actor(talk.lexicon.countries[code])
    return None


def _any_body(actor: Actor) -> bool:
    return (
        actor.id.startswith(("org:", "group:", "party:", "company:", "outlet:"))
        or (":" in actor.id
        and ("ministry" in actor.id))
    )


_ORGANISATIONS: dict[str, Callable[[Actor], bool]] = {
    "bloc": lambda actor: actor.id.startswith("org:") and "IGO" in actor.sectors,
    "union": lambda actor: actor.id in ("org:EU", "org:AU", "org:EAEU"),
    "alliance": lambda actor: actor.id.startswith("org:") and "IGO" in actor.sectors,
    "grouping": lambda actor: actor.id.startswith("org:"),
    "company": lambda actor: "BUS" in actor.sectors,
    "party": lambda actor: "PTY" in actor.sectors,
    "court": lambda actor: "JUD" in actor.sectors,
    "ministry": lambda actor: actor.id.endswith("ministry"),
    "agency": lambda actor: actor.id.startswith(("org:", "outlet:")),
}

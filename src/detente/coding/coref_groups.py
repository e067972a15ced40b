"""Nouns that point back at several ("both sides"), or at a state or body ("the country", "the bloc")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from detente.coding.analysis import Mention
from detente.coding.coref_meetings import parties
from detente.coding.coref_state import Discourse, clause_subject, is_person
from detente.coding.mentions_actor import country_actor, holder_actor, organisation_actor
from detente.records import Actor

_MINISTERS = frozenset({"foreign minister", "defence minister", "economic minister", "minister", "deputy minister"})
_LEADERS = frozenset({"leader"})
_LEVELS: dict[str, frozenset[str]] = {
    "leaders": _LEADERS, "presidents": _LEADERS, "premiers": _LEADERS, "chancellors": _LEADERS,
    "ministers": _MINISTERS, "envoys": frozenset({"official", "ambassador"}),
    "ambassadors": frozenset({"ambassador"}), "generals": frozenset({"military"}),
}  # fmt: skip
_OTHERS = frozenset({"allies", "neighbours", "neighbors", "rivals", "partners", "adversaries", "foes"})
_FELLOWS = frozenset({"neighbour", "neighbor", "ally", "rival", "adversary"})
_MONARCHIES = frozenset({"kingdom", "emirate", "sultanate"})
_WINDOW = 4
# How many sentences back a meeting may lie that "the two presidents" take up; readouts and reports are short.
_REACH = 12
# Titles may take up the only two of that office of the whole report.
_FAR = 40
_NUMBERS = frozenset({"duo", "pair", "two", "trio", "three", "four"})
_COUNTS = frozenset({"both", "two", "three", "four"})


def group(mention: Mention, talk: Discourse) -> Mention:
    """Who a plural that points back stands for."""
    refers = mention.why.partition(":")[2]
    if refers == "other":
        subject = clause_subject(talk.doc[mention.root])
        for other in reversed(talk.past[-30:]):
            if subject is not None and other.root == subject.i and len(other.actors) > 1:
                return replace(mention, actors=other.actors, why=f"{mention.why}: of those in the subject")
        return mention
    noun = talk.doc[mention.end - 1].lower_
    if noun in ("state", "government") and mention.number > 1:
        # "The two heads of state".
        noun = "leaders"
    count = max(mention.number, 2)
    if refers == "person" and not {talk.doc[i].lower_ for i in range(mention.start, mention.end)} & _COUNTS:
        return _plural_before(mention, talk, noun)
    if count > 2:
        members = _members(mention, talk, count)
        if members:
            return replace(mention, actors=tuple(members), why=f"{mention.why}: members of the body named")
    exclude = _subject_country(mention, talk) if noun in _OTHERS else None
    if refers == "person" or noun in _NUMBERS:
        met = _met(mention, talk, count, _LEVELS.get(noun))
        if met:
            return replace(mention, actors=tuple(met), why=f"{mention.why}: those who met")
        people = _people(mention, talk, count, _LEVELS.get(noun))
        if len(people) < count and noun in _LEVELS:
            people = _people(mention, talk, count, _LEVELS[noun], _FAR)
        # "The four leaders" of whom somebody talks may be anybody's: of parties, of firms.
        guessed = count == 2 or talk.analysis.document.kind != "transcript"
        leaders = _heads(mention, talk, count) if guessed and _LEVELS.get(noun) is _LEADERS else []
        if leaders and any(actor.level != "leader" for actor in people):
            # "Since the two presidents met", in a report on their ministers.
            return replace(mention, actors=tuple(leaders), why=f"{mention.why}: leaders of the states of the talk")
        if len(people) == count:
            return replace(mention, actors=tuple(people), why=f"{mention.why}: latest persons")
        if refers == "person":
            states = states_in_focus(mention, talk, count) if noun == "leaders" and guessed else []
            if len(states) == count:
                return replace(mention, actors=tuple(states), why=f"{mention.why}: states of the talk")
            return mention
    states = states_in_focus(mention, talk, count, exclude)
    if len(states) == count:
        if noun in ("armies", "militaries"):
            states = [
                replace(s, id=f"{s.id}:MIL", name=f"{s.name} military", sectors=("MIL",), level="military")
                for s in states
            ]
        return replace(mention, actors=tuple(states), why=f"{mention.why}: states most spoken of")
    if refers == "any":
        people = _people(mention, talk, count, None)
        if len(people) == count:
            return replace(mention, actors=tuple(people), why=f"{mention.why}: latest persons")
        bodies = _bodies(mention, talk, count)
        if len(bodies) == count:
            return replace(mention, actors=tuple(bodies), why=f"{mention.why}: latest bodies")
    return mention


def _heads(mention: Mention, talk: Discourse, count: int) -> list[Actor]:
    """The leaders, on the day, of the states that the text is about."""
    day = talk.analysis.document.published
    codes = [state.country for state in states_in_focus(mention, talk, count) if state.country]
    holders = [talk.lexicon.leader(code, day) for code in codes]
    found = [holder_actor(holder, day) for holder in holders if holder is not None]
    return found if len(found) == count else []


def _met(mention: Mention, talk: Discourse, count: int, levels: frozenset[str] | None) -> list[Actor]:
    """The latest so many persons who met (0: however many), all of the office that the noun asks for."""
    barred = talk.fellow_subject(talk.doc[mention.root])
    here = talk.analysis.sentence_at(mention.start).start
    # "A urged B to do so when the two met": the only two of the sentence come first.
    beside: dict[str, Actor] = {}
    for other in talk.back(mention.start, 0):
        for actor in other.actors:
            if is_person(actor) and other.start >= here and actor.role != "observer":
                beside.setdefault(actor.id, actor)
    found = [list(reversed(beside.values()))] if len(beside) == count else []
    for actors in (*found, *parties(talk, mention.start, _REACH)):
        fitting = [
            actor
            for actor in actors
            if is_person(actor) and actor.id not in barred and (levels is None or actor.level in levels)
        ]
        if len(fitting) == count or (not count and len(fitting) > 1):
            return fitting
    return []


def _plural_before(mention: Mention, talk: Discourse, noun: str) -> Mention:
    """ "The ministers": those of whom the text spoke in the plural, else the last two persons of that level."""
    for other in talk.back(mention.start, 12):
        if (
            other.number > 1
            and other.kind in ("nominal", "group")
            and other.actors
            and (
                talk.doc[other.start : other.end].text.lower().rstrip().endswith(noun)
                or noun in talk.doc[other.start : other.end].text.lower().split()
            )
        ):
            return replace(mention, actors=other.actors, why=f"{mention.why}: those named before")
    levels = _LEVELS.get(noun)
    met = _met(mention, talk, 0, levels) if levels else []
    if met:
        return replace(mention, actors=tuple(met), why=f"{mention.why}: those who met")
    people = _people(mention, talk, 2, levels) if levels else []
    if levels and len(people) == 2 and all(actor.level in levels for actor in people):
        return replace(mention, actors=tuple(people), why=f"{mention.why}: latest persons")
    return mention


def _members(mention: Mention, talk: Discourse, count: int) -> list[Actor]:
    """The members of a body just named that has as many as the text says ("the three countries" of a pact)."""
    for other in talk.back(mention.start, 12):
        for actor in other.actors:
            body = talk.lexicon.organisations.get(actor.id.removeprefix("org:"))
            if body is not None and len(body.members) == count:
                return [country_actor(talk.lexicon.countries[code]) for code in body.members]
    return []


def _subject_country(mention: Mention, talk: Discourse) -> str | None:
    if talk.doc[mention.root].dep_ not in ("dobj", "pobj", "dative"):
        return None
    subject = clause_subject(talk.doc[mention.root])
    if subject is None or subject.i == mention.root:
        return None
    for other in reversed(talk.past[-30:]):
        if other.root == subject.i and other.actors:
            return other.actors[0].country
    return None


def _people(
    mention: Mention, talk: Discourse, count: int, levels: frozenset[str] | None, reach: int = _WINDOW
) -> list[Actor]:
    """The latest distinct persons, one a country if the text allows, of the level the noun asks for."""
    pool: dict[str, Actor] = {}
    barred = talk.fellow_subject(talk.doc[mention.root])
    for other in talk.back(mention.start, reach):
        if other.number > 1 and other.kind != "group":
            continue
        for actor in other.actors:
            if is_person(actor) and actor.id not in barred and actor.role not in ("observer", "media", "spokesperson"):
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


def states_in_focus(mention: Mention, talk: Discourse, count: int, exclude: str | None = None) -> list[Actor]:
    """The states most spoken of so far, out of those named or acting in the sentences just before."""
    joined = _joined_states(mention, talk, count, exclude)
    if not joined and exclude is None and talk.analysis.document.kind == "readout":
        joined = _of_the_readout(mention, talk, count)
    if joined:
        return [country_actor(talk.lexicon.countries[code]) for code in joined]
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


def _of_the_readout(mention: Mention, talk: Discourse, count: int) -> list[str]:
    """A readout tells of one meeting: "the two countries" are theirs who met, not those talked about."""
    for actors in parties(talk, mention.start, _FAR):
        codes = list(dict.fromkeys(actor.country for actor in actors))
        named = [code for code in codes if code is not None]
        if len(named) == len(codes) == count:
            return named
    return []


def _joined_states(mention: Mention, talk: Discourse, count: int, exclude: str | None) -> list[str]:
    """States joined by "and" just before, if they are as many as the text says."""
    for other in talk.back(mention.start, 1):
        head = talk.doc[other.root]
        if head.dep_ != "conj" or other.kind == "pronoun":
            continue
        roots = {head.i, *(token.i for token in head.conjuncts)}
        members = [m for m in talk.back(mention.start, 1) if m.root in roots and len(m.actors) == 1]
        codes = list(dict.fromkeys(m.actors[0].country for m in reversed(members)))
        named = [code for code in codes if code is not None and code != exclude]
        if len(named) == count == len(codes) and all(_is_state(m) for m in members):
            return named
    return []


def _is_state(mention: Mention) -> bool:
    """Whether a mention is a state itself, and not an adjective of some other noun."""
    return mention.actors[0].id == mention.actors[0].country and mention.why != "demonym"


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
                body = talk.lexicon.organisations.get(other.actors[0].id.removeprefix("org:").partition(":")[0])
                actors = (organisation_actor(body),) if body is not None else other.actors
                return replace(mention, actors=actors, why=f"{mention.why}: body named last")
        return mention
    if refers == "person":
        levels = {"diplomat": {"foreign minister", "ambassador", "official"}}.get(noun)
        gender = {"man": "m", "woman": "f"}.get(noun)
        token = talk.doc[mention.root]
        subject = clause_subject(token) if token.dep_ in ("dobj", "pobj") else None
        for other in talk.back(mention.start, 2):
            if subject is not None and other.start <= subject.i < other.end:
                # "Lind saw the visitor": she is not the one she saw.
                continue
            if len(other.actors) != 1 or not is_person(other.actors[0]) or other.number > 1:
                continue
            if (levels and other.actors[0].level not in levels) or (gender and other.gender not in (None, gender)):
                continue
            return replace(mention, actors=other.actors, gender=other.gender, why=f"{mention.why}: person named last")
    return mention


def _state_named(mention: Mention, talk: Discourse, noun: str) -> Actor | None:
    here = talk.analysis.sentence_at(mention.start).index
    other_than = _subject_country(mention, talk) if noun in _FELLOWS or _is_abroad(mention, talk) else None
    ranked: dict[str, float] = {}
    for number, other in enumerate(talk.back(mention.start, _WINDOW)):
        joined = talk.doc[other.root].dep_ == "conj" or bool(talk.doc[other.root].conjuncts)
        codes = other.countries or tuple(actor.country for actor in other.actors if actor.country)
        for code in reversed(codes):
            if code == other_than or (noun in _MONARCHIES and not talk.lexicon.holders_on(code, "monarch", talk.day)):
                continue
            if other.countries and not joined and talk.analysis.sentence_at(other.start).index == here:
                return country_actor(talk.lexicon.countries[code])
            # Further back the country most spoken of wins over the one named last; lists of allies count little.
            ranked.setdefault(code, (0.2 if joined else 1.0) * talk.countries[code] - 0.1 * number)
    if not ranked:
        return None
    return country_actor(talk.lexicon.countries[max(ranked, key=lambda code: ranked[code])])


def _is_abroad(mention: Mention, talk: Discourse) -> bool:
    """Whether a state does something in or to "the country", which then is another."""
    token = talk.doc[mention.root]
    if token.dep_ != "pobj" or token.head.lower_ not in ("in", "into", "to", "from", "inside"):
        return False
    subject = clause_subject(token)
    return any(
        subject is not None and other.root == subject.i and len(other.actors) == 1 and _is_state(other)
        for other in reversed(talk.past[-30:])
    )


def _any_body(actor: Actor) -> bool:
    return actor.id.startswith(("org:", "group:", "party:", "company:", "outlet:")) or (
        ":" in actor.id and ("ministry" in actor.id)
    )


_ORGANISATIONS: dict[str, Callable[[Actor], bool]] = {
    "bloc": lambda actor: actor.id.startswith("org:") and "IGO" in actor.sectors and "MIL" not in actor.sectors,
    "union": lambda actor: actor.id in ("org:EU", "org:AU", "org:EAEU"),
    "alliance": lambda actor: actor.id.startswith("org:") and "MIL" in actor.sectors,
    "grouping": lambda actor: actor.id.startswith("org:"),
    "company": lambda actor: "BUS" in actor.sectors,
    "party": lambda actor: "PTY" in actor.sectors,
    "court": lambda actor: "JUD" in actor.sectors,
    "ministry": lambda actor: actor.id.endswith("ministry"),
    "agency": lambda actor: actor.id.startswith(("org:", "outlet:")),
}

"""Who fills the slots of an event word: from tokens of the parse to the actors mentioned there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention, PlaceMention, beginning
from detente.coding.clauses import (
    agents,
    complements,
    coordinated,
    direct_object,
    grammatical_subject,
    indirect_object,
    is_passive,
    prepositions,
)
from detente.coding.mentions_actor import country_actor
from detente.coding.mentions_titles import WHY as HEAD_OF_A_BODY
from detente.lexicon import load_lexicon

# Nouns that only measure or gather what stands behind their "of": "a series of strikes", "dozens of missiles".
MEASURES = frozenset(
    """
    series number round package range set wave dozen hundred thousand lot pair couple batch tranche raft string
    host spate flurry amount level kind type form sort piece part bit total billion million handful group majority
    case act member act campaign
    """.split()
)
# Inside an object noun phrase the party is looked for on these, in this order: "Russia's invasion of Ukraine".
_INSIDE = ("by", "of", "against", "from", "in", "on", "with", "to", "between", "among", "at", "inside", "near")
_JOINTS = frozenset({",", ";", "and", "&"})
_NO_PARTY = frozenset({"media", "observer"})
# Types and modes whose recipient may be any person, also one without a country or office, and onlookers.
ANYONE = frozenset({"COERCE", "ASSAULT", "RETREAT", "expel", "convict", "asylum"})
# Words for whom a deed is aimed at.
# Before these stands why or when it was done.
_REASONS = frozenset({"over", "after", "following", "since", "despite", "because", "amid", "during"})
_AIMED = frozenset({"to", "on", "upon", "against", "with", "toward", "towards"})
_LEADING = frozenset({"lead", "head", "chair"})
# No place name has as many tokens.
_LONGEST_PLACE = 40
# Tokens from the title of a person to the surname.
_LONGEST_TITLE = 15
# Tokens between brackets that add to a name: an abbreviation, a party and its place.
_LONGEST_BRACKET = 8


def is_party(mention: Mention) -> bool:
    """Whether a mention can take part in an event: someone with a country or a sector who is no onlooker."""
    return any(actor.role not in _NO_PARTY and (actor.country or actor.sectors) for actor in mention.actors)


def is_person(mention: Mention) -> bool:
    """Whether a mention names a person, onlooker or not: anyone can be arrested, freed or killed."""
    return any(actor.id.startswith("person:") for actor in mention.actors)


def _as_victim(mention: Mention) -> Mention:
    """The mention with onlookers of a country ("a Chilean journalist") as parties: they are when it is done to them."""
    if mention.kind == "name" or is_person(mention) or is_party(mention):
        return mention
    return replace(mention, actors=tuple(replace(a, role="party") if a.country else a for a in mention.actors))


def parties(analysis: Analysis, tokens: Iterable[Token], *, inside: bool = True, anyone: bool = False) -> list[Mention]:
    """The parties that tokens name, each with what is coordinated to it; failing that those inside the noun phrase.

    `anyone` takes every person with a name or nationality for a party.
    """
    found: list[Mention] = []
    for first in tokens:
        for token in coordinated(first):
            if any(mention.start <= token.i < mention.end for mention in found):
                # "Member and Director of the Office, X": a second title of the same person.
                continue
            measured = _measured(analysis, token)
            who = parties(analysis, measured, inside=False, anyone=anyone) if measured else []
            if who:
                found.extend(who)
                continue
            mention = _own(analysis, token)
            named = _we_who(analysis, token, mention) or _of_states(analysis, token)
            if named:
                found.extend(named)
                continue
            if mention is not None:
                mention = _as_victim(mention) if anyone else mention
                if is_party(mention) or (anyone and is_person(mention)):
                    found.append(mention)
                    found.extend(_rest_of_list(analysis, mention))
                    found.extend(_joined_inside(analysis, mention))
                    found.extend(_leading(analysis, token))
                    found.extend(_listed(analysis, token, mention))
            elif inside and token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "VERB"):
                found.extend(_inside(analysis, token))
    return _unique(found)


def _we_who(analysis: Analysis, token: Token, mention: Mention | None) -> list[Mention]:
    """ "We, the presidents of X and Y, met": those who say "we" are named."""
    if mention is None or token.lower_ not in ("we", "us") or mention.kind != "pronoun":
        return []
    return parties(analysis, [child for child in token.children if child.dep_ == "appos"], inside=False)


def _of_states(analysis: Analysis, token: Token) -> list[Mention]:
    """ "Diplomats from both countries", "negotiators from X and Y": the states whose they are."""
    mention = analysis.mention_at(token.i)
    if mention is None or mention.kind != "nominal" or token.tag_ != "NNS":
        return []
    if len({actor.country for actor in mention.actors}) > 1:
        return []
    for preposition, inner in prepositions(token):
        if preposition in ("of", "from") and inner.i >= mention.end:
            owners = [m for t in coordinated(inner) if (m := analysis.mention_at(t.i)) and _is_state(m)]
            if len({actor.country for m in owners for actor in m.actors}) > 1:
                return owners
    return []


def _listed(analysis: Analysis, token: Token, mention: Mention) -> list[Mention]:
    """The states after the first of a list: of "A, B and C" the parser makes an A that is "B and C"."""
    if not _is_state(mention):
        return []
    besides = [c for c in token.children if c.dep_ == "appos" and (m := analysis.mention_at(c.i)) and _is_state(m)]
    return parties(analysis, besides, inside=False) if besides else []


def _is_state(mention: Mention) -> bool:
    return any(actor.id == actor.country for actor in mention.actors)


def _leading(analysis: Analysis, group: Token) -> list[Mention]:
    """Who is at the head of a delegation: "a Chilean delegation, led by Ms Soto"."""
    leading = [c for c in group.children if c.dep_ == "acl" and c.lemma_ in _LEADING and is_passive(c)]
    return parties(analysis, [who for verb in leading for who in agents(verb)], inside=False) if leading else []


def _name_ending(analysis: Analysis, token: Token) -> list[Mention]:
    """The name of a state of which this is the last word."""
    return [
        mention
        for mention in beginning(analysis.mentions, token.i - _LONGEST_PLACE, token.i + 1)
        if mention.end == token.i + 1 and is_party(mention) and any(a.id == a.country for a in mention.actors)
    ]


def _joined_inside(analysis: Analysis, mention: Mention) -> list[Mention]:
    """What the parser joins to a word inside the name of a state: "the Republic of the Congo and Iran"."""
    joined = [
        child
        for token in analysis.doc[mention.start : mention.end]
        if token.i != mention.root and any(actor.id == actor.country for actor in mention.actors)
        for child in token.children
        if child.dep_ == "conj" and child.i >= mention.end
    ]
    return parties(analysis, joined, inside=False) if joined else []


def _rest_of_list(analysis: Analysis, last: Mention) -> list[Mention]:
    """Persons that go on a list after one: "President A of X, Prime Minister B of Y and C".

    The parser often hangs the next of them on the country before it.
    """
    found: list[Mention] = []
    while is_person(last):
        after = start = _past_addition(analysis, last.end)
        while start < len(analysis.doc) and start - after < 3 and analysis.doc[start].lower_ in _JOINTS:
            start += 1
        mention = analysis.mention_from(start) if start > after else None
        if mention is None or not is_person(mention) or analysis.doc[mention.root].dep_ in ("nsubj", "nsubjpass"):
            break
        found.append(mention)
        last = mention
    return found if found and _closes(analysis, found[-1]) else []


def _past_addition(analysis: Analysis, end: int) -> int:
    """Where the list goes on behind a name, past "of Y" and past brackets: "President A of the Z Republic (ZR), …"."""
    doc = analysis.doc
    country = analysis.mention_from(end + 1) if end < len(doc) and doc[end].lower_ == "of" else None
    if country is not None:
        end = country.end
    if end < len(doc) and doc[end].text == "(":
        closing = next((i for i in range(end + 1, min(end + _LONGEST_BRACKET, len(doc))) if doc[i].text == ")"), None)
        return end if closing is None else closing + 1
    return end


def _closes(analysis: Analysis, last: Mention) -> bool:
    """Whether "and" stands before the last of a list."""
    return any(token.lower_ in ("and", "&") for token in analysis.doc[max(0, last.start - 3) : last.start])


def _own(analysis: Analysis, token: Token) -> Mention | None:
    mention = analysis.mention_at(token.i) or _two_heads(analysis, token)
    # The head of a body is not the state that the body's name tells: "the president of the French federation".
    return mention if mention is None or mention.actors or mention.why == HEAD_OF_A_BODY else None


def _two_heads(analysis: Analysis, token: Token) -> Mention | None:
    """A name of which the parser makes two: "Adviser to the President Lee met", with both of them as subjects."""
    for mention in beginning(analysis.mentions, token.i - _LONGEST_TITLE, token.i):
        root = analysis.doc[mention.root]
        if token.i < mention.end and mention.kind == "name" and (root.head, root.dep_) == (token.head, token.dep_):
            return mention
    return None


def _measured(analysis: Analysis, token: Token) -> list[Token]:
    """What a measure noun that is no mention itself measures: "part of X and Y"."""
    if token.lemma_.lower() not in MEASURES or analysis.mention_at(token.i) is not None:
        return []
    return [inner for preposition, inner in prepositions(token) if preposition == "of"]


def _inside(analysis: Analysis, noun: Token) -> list[Mention]:
    named = [
        m for child in noun.children if child.dep_ == "appos" and (m := analysis.mention_at(child.i)) and is_party(m)
    ]
    if named:
        return named
    for child in noun.children:
        if child.dep_ == "poss":
            owners = [m for t in coordinated(child) if (m := analysis.mention_at(t.i)) and is_party(m)]
            if owners:
                return owners
            deeper = _inside(analysis, child)
            if deeper:
                return deeper
    modifiers = [
        m
        for child in noun.children
        if child.dep_ in ("compound", "amod", "nmod")
        for token in (*coordinated(child), *(t for t in child.children if t.dep_ in ("compound", "amod", "nmod")))
        if (m := analysis.mention_at(token.i)) and is_party(m)
    ]
    if modifiers:
        return modifiers
    hanging = list(prepositions(noun))
    for wanted in _INSIDE:
        for preposition, inner in hanging:
            if preposition == wanted:
                found = parties(analysis, [inner])
                if found:
                    return found
    return []


def fill(
    analysis: Analysis,
    slots: Iterable[str],
    verb: Token,
    own: Iterable[Mention] = (),
    *,
    anyone: bool = False,
    within: Iterable[Token] = (),
) -> tuple[list[Mention], str]:
    """The parties in the first slot of a verb that has any, and that slot's name ("" if none has).

    `own` are the parties on the verb's own side: a slot that holds only them counts as empty. `within` are nouns that
    make up the predicate together with the verb ("went on strike"): what hangs on them counts too.
    """
    mine = {actor.id for mention in own for actor in mention.actors}
    obj = direct_object(verb)
    hanging = [*prepositions(verb), *_displaced(analysis, verb)]
    hanging.extend(pair for noun in within for pair in prepositions(noun))
    nouns = coordinated(obj) if obj is not None else []
    for token in nouns:
        hanging.extend(prepositions(token))
        for preposition, inner in list(prepositions(token)):
            if preposition == "of":
                hanging.extend(prepositions(inner))
    hanging = [pair for pair in hanging if not _answers(pair[1])]
    for slot in slots:
        found = _slot(analysis, slot, verb, obj, hanging, anyone)
        # Several on both sides ("fired at each other") are kept: it is what they do to each other.
        other = [m for m in found if len(m.actors) > 1 or not {actor.id for actor in m.actors} <= mine]
        if other:
            return other, slot
    return [], ""


def _answers(inner: Token) -> bool:
    """ "cancelled talks in reply to a visit to X": what is answered tells why, not towards whom."""
    preposition = inner.head
    before = preposition.nbor(-1).lower_ if inner.dep_ == "pobj" and preposition.i > 0 else ""
    return preposition.lower_ == "to" and before in ("reply", "response", "reaction", "answer", "retaliation")


def _displaced(analysis: Analysis, verb: Token) -> Iterator[tuple[str, Token]]:
    """In the passive: what was the object of a preposition ("X was called upon"), and what the parser hangs on the
    name of a state as agent, which takes no modifier ("was shared by Norway with X")."""
    if not is_passive(verb):
        return
    subject = grammatical_subject(verb)
    for child in verb.children:
        stranded = child.dep_ in ("prep", "prt") and not any(c.dep_ in ("pobj", "pcomp") for c in child.children)
        if stranded and subject is not None:
            yield child.lower_, subject
    for agent in agents(verb):
        yield from _after_name(analysis, agent)


def _after_name(analysis: Analysis, token: Token) -> Iterator[tuple[str, Token]]:
    mention = analysis.mention_at(token.i)
    if mention is not None and any(actor.id == actor.country for actor in mention.actors):
        yield from prepositions(token)


def _after_doer(analysis: Analysis, token: Token) -> Iterator[tuple[str, Token]]:
    """What the parser hangs on the doer of a noun behind "by": "a visit by the president to X", "a protest by students
    against X". Places and origins stay the doer's own."""
    yield from _after_name(analysis, token)
    mention = analysis.mention_at(token.i)
    if mention is not None and not any(actor.id == actor.country for actor in mention.actors):
        yield from (
            (word, inner) for word, inner in prepositions(token) if word in _AIMED and inner.left_edge.i >= mention.end
        )


def _slot(
    analysis: Analysis, slot: str, verb: Token, obj: Token | None, hanging: list[tuple[str, Token]], anyone: bool
) -> list[Mention]:
    if slot == "obj":
        return parties(analysis, [obj], anyone=anyone) if obj is not None else []
    if slot == "with~":
        # "spoke on the margins of the summit with X": the parser hangs "with" on the nearest noun.
        return parties(analysis, _anywhere(verb, "with"))
    if slot.endswith("!"):
        # Only what hangs on the verb itself: "discussed the strike with Japan", not "discussed ties with Japan".
        own = [inner for preposition, inner in prepositions(verb) if preposition == slot[:-1]]
        return parties(analysis, own)
    if slot == "iobj":
        indirect = indirect_object(verb)
        return parties(analysis, [indirect]) if indirect is not None else []
    if slot == "clause":
        return parties(analysis, _clause_subjects(verb), inside=True)
    if slot == "for-clause":
        return parties(analysis, _for_subjects(verb))
    if slot == "if":
        return parties(analysis, _condition_subjects(verb))
    if slot == "as.to":
        roles = [inner for preposition, inner in hanging if preposition == "as"]
        return parties(analysis, [inner for role in roles for p, inner in prepositions(role) if p == "to"])
    if slot == "under":
        # "Broke off talks over her visit to Taiwan": why it was done is not towards whom.
        told = (inner for preposition, inner in hanging if preposition not in _REASONS)
        below = [t for top in (obj, *told) if top is not None for t in top.subtree if not gives_reason(t, top)]
        return [m for m in parties(analysis, below, inside=False) if any(a.country for a in m.actors)]
    if slot.endswith("@place"):
        wanted = slot.removesuffix("@place")
        if wanted == "obj":
            return by_place(analysis, obj.subtree) if obj is not None else []
        tokens = [t for preposition, inner in hanging if preposition == wanted for t in inner.subtree]
        return by_place(analysis, tokens)
    if slot == "targeting":
        inner = [child for child in verb.children if child.lower_ == "targeting"]
        return [m for child in inner if (o := direct_object(child)) is not None for m in parties(analysis, [o])]
    return _unique(m for preposition, inner in hanging if preposition == slot for m in parties(analysis, [inner]))


def gives_reason(token: Token, top: Token) -> bool:
    """Whether a token stands in a phrase below `top` that says why or when: "over her visit to X"."""
    while token.i not in (top.i, token.head.i):
        if token.dep_ == "prep" and token.lower_ in _REASONS:
            return True
        token = token.head
    return False


def _anywhere(verb: Token, wanted: str) -> list[Token]:
    """Objects of a preposition anywhere in the verb's own clause."""
    found: list[Token] = []
    stack = [child for child in verb.children if child.i > verb.i]
    while stack:
        token = stack.pop(0)
        if token.pos_ in ("VERB", "AUX"):
            continue
        if token.lower_ == wanted and token.dep_ == "prep":
            found.extend(child for child in token.children if child.dep_ == "pobj")
        stack.extend(token.children)
    return found


def by_place(analysis: Analysis, tokens: Iterable[Token]) -> list[Mention]:
    """The states in which places lie: "shipped supplies to the port of Mersin" is aid to Turkey."""
    found = []
    for token in tokens:
        place = place_at(analysis, token.i)
        if place is not None and place.place.country in load_lexicon().countries:
            country = place.place.country
            actor = country_actor(load_lexicon().countries[country])
            found.append(
                Mention(
                    place.start, place.end, token.i, "name", actors=(actor,), countries=(country,), why="host by place"
                )
            )
    return _unique(found)


def place_at(analysis: Analysis, token: int) -> PlaceMention | None:
    """The place name that holds a token."""
    return next((p for p in beginning(analysis.places, token - _LONGEST_PLACE, token + 1) if token < p.end), None)


def _clause_subjects(verb: Token) -> Iterator[Token]:
    for inner in complements(verb):
        for child in inner.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                yield child
        # "it is for Russia to stop", "the need for Russia to stop"
        if inner.dep_ in ("ccomp", "advcl") and not any(c.dep_ in ("nsubj", "nsubjpass") for c in inner.children):
            subject = grammatical_subject(inner)
            if subject is not None and subject != grammatical_subject(verb):
                yield subject


def _condition_subjects(verb: Token) -> Iterator[Token]:
    """Whoever must do something, or not, for the deed to be done: "will respond if X attacks", "should X attack"."""
    for clause in (child for child in verb.children if child.dep_ == "advcl"):
        inverted = any(child.lower_ == "should" and child.dep_ == "aux" for child in clause.children)
        if inverted or any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in clause.children):
            yield from agents(clause)


def _for_subjects(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in ("advcl", "ccomp", "xcomp") and any(
            t.lower_ == "for" and t.i < child.i for t in child.children
        ):
            yield from (t for t in child.children if t.dep_ == "nsubj")
        if child.dep_ == "prep" and child.lower_ == "for":
            for inner in child.children:
                if inner.dep_ == "pcomp":
                    yield from (t for t in inner.children if t.dep_ in ("nsubj", "nsubjpass"))


def noun_slots(
    analysis: Analysis, slots: Iterable[str], noun: Token, *, anyone: bool = False
) -> dict[str, list[Mention]]:
    """The parties on an event noun by slot: prepositions, `poss` (possessor), `mod` (demonym or compound before).

    Where nothing hangs on the noun itself by a preposition, that on its "of" object counts, and on the name of the
    state behind its "by": "the extradition of a smuggler to X", "the sale by X to Y".
    """
    slots = tuple(slots)
    hanging = list(prepositions(noun))
    deeper = [pair for word, inner in hanging if word == "of" for t in coordinated(inner) for pair in prepositions(t)]
    # "to X by Y": the name of a state takes no "by" of its own.
    deeper += [pair for _, inner in (*hanging, *deeper) for pair in _after_name(analysis, inner) if pair[0] == "by"]
    deeper += [pair for word, inner in (*hanging, *deeper) if word == "by" for pair in _after_doer(analysis, inner)]
    found: dict[str, list[Mention]] = {}
    for slot in ("poss", "mod", *slots):
        if slot == "poss":
            tokens = [child for child in noun.children if child.dep_ == "poss"]
        elif slot == "mod":
            tokens = [
                child for child in noun.children if child.dep_ in ("compound", "amod", "nmod") and child.i < noun.i
            ]
            tokens += [first for token in tokens for first in _hyphened(token)]
        elif slot == "for-clause":
            tokens = list(_for_subjects(noun))
        else:
            tokens = [inner for preposition, inner in hanging if preposition == slot]
            if not tokens and slot != "of":
                tokens = [inner for preposition, inner in deeper if preposition == slot]
        outside = slot in ("mod", "poss")
        who = parties(analysis, tokens, inside=not outside, anyone=anyone and not outside and slot != "by")
        if slot == "poss":
            who = _unique(m for owner in tokens for m in (*_joined(analysis, owner), *who))
            # "the Republic of the Congo's sale": the parser gives the last word of the name as owner.
            who = who or [m for owner in tokens for m in _name_ending(analysis, owner)]
        if slot == "mod" and not who:
            who = [
                m
                for m in analysis.mentions_in(noun.left_edge.i, noun.i)
                if m.root < noun.i
                and is_party(m)
                and analysis.doc[m.root].dep_ != "poss"
                and analysis.doc[m.root].head in (noun, *tokens)
            ]
        if who:
            found[slot] = who
    doers = found.get("by", [])
    if doers and all(preposition != "by" for preposition, _ in hanging) and set(found.get("of", [])) <= set(doers):
        # "the rejection of an offer from X by Y": the parser hangs Y on the offer, and it is no longer the offer's.
        found.pop("of", None)
        others = [m for word, inner in deeper if word != "by" for m in parties(analysis, [inner]) if m not in doers]
        if "of" in slots and others:
            found["of"] = others
    return found


def _hyphened(second: Token) -> list[Token]:
    """ "US-China talks": the first of two states, which the parser hangs on the second."""
    return [
        c
        for c in second.children
        if c.dep_ in ("compound", "amod", "nmod") and c.i + 1 < len(c.doc) and c.nbor(1).text == "-"
    ]


def _joined(analysis: Analysis, owner: Token) -> list[Mention]:
    """ "Xi and President Biden's meeting": the parser hangs Xi on Biden as a modifier, yet the two own it together."""
    if not any(child.lower_ == "and" for child in owner.subtree if child.i < owner.i):
        return []
    head = analysis.mention_at(owner.i)
    first = owner.left_edge.i
    return [m for m in analysis.mentions_in(first, head.start if head else owner.i) if is_party(m)]


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    seen: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        seen.setdefault((mention.start, mention.end), mention)
    return list(seen.values())

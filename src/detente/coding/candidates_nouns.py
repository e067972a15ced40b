"""Candidates that nouns name: talks, visits, strikes, sanctions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import ANYONE, is_party, noun_slots, parties
from detente.coding.candidate import Candidate, mutual, several
from detente.coding.candidates_verbs import just_before
from detente.coding.clauses import agents, prepositions
from detente.coding.forums import members
from detente.coding.idioms import only_spoken_of
from detente.coding.journeys import hosts_by_place
from detente.coding.mentions_actor import country_actor
from detente.coding.nominals import derived_rule
from detente.lexicon import load_lexicon
from detente.lexicon.triggers import NounRule, Triggers

# Types (and their mode) of what a state does with its own troops, weapons, aid, ministers, ambassador.
_MOVES = {"MOBILIZE": "", "AID": "", "RETREAT": "withdraw", "CONSULT": "visit", "SANCTION": "withdraw"}
# Nouns of words, whose "of" says what is offered, threatened or asked for.
_WORDS = frozenset({"AGREE", "THREATEN", "REQUEST"})
_HAVING = frozenset({"have", "hold", "conduct"})
_HAPPENING = frozenset({"begin", "start", "resume", "continue", "happen", "occur", "restart"})
# "flights between the two doubled": there is more of what they do together (codebook, COOPERATE: "expand").
_GROWING = frozenset({"rise", "increase", "double", "triple", "grow", "expand", "reopen"})
_DEFINITE = frozenset({"the", "these", "this", "their"})
# What is said of a meeting that took place: "the talks were candid", "the meeting lasted an hour".
_TELLING = frozenset(
    {"be", "last", "focus", "cover", "touch", "centre", "center", "follow", "mark", "continue", "take"}
)
_EFFECT = frozenset(
    [("take", "place"), ("take", "effect"), ("take", "hold"), ("enter", "force"), ("come", "force"), ("come", "effect")]
)
_FOUNDING = frozenset({"establishment", "creation", "foundation", "institution", "formation"})
# A government's account of a contact is of the state that it names this many times as often as the next.
_MOST = 2
# "entered talks", "took part in a summit": the noun stands behind a preposition of these.
_LEADING_INTO = frozenset({"enter", "engage", "attend", "join", "embark", "go", "take", "participate", "spend", "sit"})
_TO_COME = frozenset({"planned", "upcoming", "forthcoming", "scheduled"})
_TOPIC_VERBS = frozenset({"discuss", "debate", "review", "raise", "address", "consider"})


def from_noun(analysis: Analysis, noun: Token, triggers: Triggers) -> list[Candidate]:
    rule, _ = _rule(analysis, noun, triggers)
    if rule is None or noun.dep_ in ("compound", "nmod"):
        return []
    if _is_topic(noun) or _is_offered(analysis, noun, triggers):
        return []
    both = _undertaking_both(analysis, noun) if rule.type == "AGREE" else []
    if both:
        return [mutual(_candidate(noun, rule, both, [], "between"))]
    support = _support(noun, rule, triggers)
    if support is not None and only_spoken_of(support[0]):
        return []
    slots = noun_slots(analysis, (*rule.slots, "by"), noun, anyone=rule.type in ANYONE or rule.mode in ANYONE)
    by = slots.pop("by", [])
    if rule.needs == "verbal" and (support is None or support[1] not in ("do", "cancel", "plan")):
        return []
    told = rule.needs == "modified" and "between" in slots
    if rule.needs in ("modified", "had") and not told and not _is_had(support, slots):
        return []
    if rule.needs == "by-people" and not support:
        return []
    subject = []
    if support is not None and support[2] == "agent" and support[0].lemma_.lower() not in _TOPIC_VERBS:
        doers = agents(support[0])
        subject = parties(analysis, doers)
        if rule.type == "CONSULT" and not subject:
            subject = members(analysis, doers, triggers)
    if support is not None:
        for preposition, inner in prepositions(support[0]):
            if preposition in rule.slots and preposition not in slots:
                who = parties(analysis, [inner])
                if who:
                    slots[preposition] = who
    undergoer = parties(analysis, agents(support[0])) if support is not None and support[2] == "recipient" else []
    owners = (
        _sharing_owners(analysis, noun)
        + slots.pop("poss", [])
        + [m for m in slots.pop("mod", []) if rule.shape == "recip" or not slots.get("poss")]
    )
    if owners and not any(preposition == "by" for preposition, _ in prepositions(noun)):
        # "X's rejection of a proposal by Y"
        by = []
    taken = next(((slot, slots[slot]) for slot in rule.slots if slots.get(slot)), ("", []))
    slot, others = taken
    if rule.type == "CONSULT" and rule.mode == "visit" and not others:
        tokens = [inner for preposition, inner in prepositions(noun) if preposition in ("to", "in")]
        others, slot = hosts_by_place(analysis, tokens), "dest"
    actors = by or owners or subject
    if not actors and slot != "of" and rule.type in _MOVES and _MOVES[rule.type] in ("", rule.mode):
        # "the withdrawal of X troops from Y": whose they are is who does it.
        actors = parties(analysis, [inner for preposition, inner in prepositions(noun) if preposition == "of"])
    if subject and owners and rule.shape == "dir" and support is not None and support[1] == "do" and not others:
        # "Iran faces"/"the EU extended Russia sanctions": the modifier is whom it is about.
        actors, others = subject, owners
    if rule.shape == "recip":
        if slot == "between" and support is not None and support[0].tag_ == "VBG" and several(tuple(others)):
            # "stressed concluding the talks between X and Y": whoever stresses it is no party to them.
            subject = []
        everyone = [*subject, *owners, *by, *others]
        if not everyone and support is not None and _is_to_be(support[0]):
            everyone = _the_two(analysis, noun)
        if everyone and everyone == others and slot == "with":
            everyone = [*_who_had(analysis, noun), *others]
        base = _candidate(noun, rule, everyone, [], slot)
        if not everyone and rule.type == "CONSULT" and _takes_up(noun):
            return [base]
        return [mutual(base)] if everyone else []
    if not others and undergoer:
        others, slot = undergoer, "undergoer"
    if not actors or not others:
        return []
    return [_candidate(noun, rule, actors, others, slot)]


def _is_had(support: tuple[Token, str, str] | None, slots: dict[str, list[Mention]]) -> bool:
    """ "had an informal contact with X", "the two had an exchange of views": one that took place."""
    if support is None or support[0].lemma_.lower() not in _HAVING:
        return False
    return bool(slots.get("with")) or support[2] == "agent"


def _undertaking_both(analysis: Analysis, noun: Token) -> list[Mention]:
    """ "a commitment to expand trade between the two": those between whom it is to be done undertake it."""
    for deed in noun.children:
        if deed.dep_ in ("acl", "xcomp") and any(child.tag_ == "TO" for child in deed.children):
            for token in deed.subtree:
                if token.lower_ in ("between", "among") and token.dep_ == "prep":
                    found = parties(analysis, [child for child in token.children if child.dep_ == "pobj"], inside=False)
                    if several(tuple(found)):
                        return found
    return []


def _is_offered(analysis: Analysis, noun: Token, triggers: Triggers) -> bool:
    """Whether the noun only says what another names: "an offer of a loan", "the lifting of sanctions", "the creation
    of the talks"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    above = noun.head.head
    if above.lemma_.lower() in _FOUNDING:
        return True
    rule, derived = _rule(analysis, above, triggers)
    return rule is not None and (derived or rule.type in _WORDS) and bool(from_noun(analysis, above, triggers))


def _is_topic(noun: Token) -> bool:
    """Whether the noun is only spoken of: "discussed the visit", "raised the strikes". Of a "planned visit" it is told
    that there is to be one."""
    if any(child.lower_ in _TO_COME for child in noun.lefts):
        return False
    token = noun
    while token.dep_ in ("dobj", "pobj", "prep", "conj", "appos", "pcomp") and token.head.i != token.i:
        token = token.head
        if token.pos_ == "VERB":
            return token.lemma_.lower() in _TOPIC_VERBS
    return False


def _is_to_be(verb: Token) -> bool:
    """ "will be held", "are to be held": said of a thing to come, without a doer."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    infinitive = verb.dep_ == "xcomp" and verb.head.lemma_ == "be"
    passive = any(child.dep_ == "auxpass" for child in helpers) or infinitive
    return passive and (infinitive or any(child.lower_ in ("will", "shall", "to") for child in helpers))


def _the_two(analysis: Analysis, noun: Token) -> list[Mention]:
    """Who is to meet, where a government's account of a contact does not say: it and the state it tells of most."""
    home = analysis.issuer
    if analysis.document.kind not in ("readout", "statement") or home is None:
        return []
    told = [
        m for m in analysis.mentions if m.start < noun.i and is_party(m) and len({a.country for a in m.actors}) == 1
    ]
    counts = Counter(m.actors[0].country for m in told if m.actors[0].country not in (None, home))
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _MOST * ranked[1][1]):
        return []
    found = []
    for country in (home, ranked[0][0]):
        latest = [m for m in told if m.actors[0].country == country][-1:]
        # Whoever of it is named last, the state is meant.
        found += [replace(m, actors=(country_actor(load_lexicon().countries[country]),)) for m in latest if country]
    return found if several(tuple(found)) else []


def _sharing_owners(analysis: Analysis, noun: Token) -> list[Mention]:
    """ "Xi and Biden's meeting": parsed as Xi and a meeting of Biden's, yet the meeting is both of theirs."""
    if noun.dep_ != "conj" or not any(child.dep_ == "poss" for child in noun.children):
        return []
    owner = analysis.mention_at(noun.head.i)
    between = analysis.doc[
        noun.head.right_edge.i if noun.head.right_edge.i < noun.i else noun.head.i : noun.left_edge.i
    ]
    joined = all(token.pos_ in ("CCONJ", "PUNCT") or token.i == noun.head.i for token in between)
    return [owner] if owner is not None and is_party(owner) and joined else []


def _candidate(noun: Token, rule: NounRule, actors: list[Mention], others: list[Mention], slot: str) -> Candidate:
    return Candidate(
        noun.i, rule.name, rule.type, rule.type, rule.mode, rule.contexts, tuple(actors), tuple(others), False, 0.9,
        slot,
    )  # fmt: skip


def _who_had(analysis: Analysis, noun: Token) -> list[Mention]:
    """ "X said after a meeting with Y": X, where a person of rank."""
    above = noun.head
    if noun.dep_ == "dobj" and above.lemma_ in ("tell", "address"):
        # "told a joint press conference with Y"
        return _of_rank(parties(analysis, agents(above), inside=False))
    if (
        noun.dep_ != "pobj"
        or above.lower_ not in ("after", "following", "during", "at", "in", "on")
        or above.head.pos_ != "VERB"
    ):
        return []
    verb = above.head
    return _of_rank(parties(analysis, agents(verb), inside=False) or just_before(analysis, verb))


def _of_rank(who: list[Mention]) -> list[Mention]:
    return [mention for mention in who if any(actor.level and actor.country for actor in mention.actors)]


def _takes_up(noun: Token) -> bool:
    """Whether the noun takes up talks told before: "the talks were candid", "the meeting lasted two hours"."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or verb.tag_ not in ("VBD", "VBZ", "VBN"):
        return False
    plain = {child.lower_ for child in noun.children if child.i < noun.i} <= _DEFINITE
    alone = all(child.i < noun.i or child.dep_ == "punct" for child in noun.children)
    told = any(child.dep_ in ("acomp", "attr") for child in verb.children) if verb.lemma_ == "be" else True
    definite = any(child.lower_ in _DEFINITE for child in noun.children)
    return (
        plain
        and alone
        and definite
        and told
        and verb.lemma_ in _TELLING
        and not any(
            child.dep_ in ("neg", "aux") and child.lower_ not in ("was", "were", "had", "has", "have", "been")
            for child in verb.children
        )
    )


def _takes_place(verb: Token) -> bool:
    """Whether the verb says of its subject that it happens: "the cooperation began", "the truce came into force"."""
    lemma = verb.lemma_.lower()
    objects = [child.lemma_.lower() for child in verb.children if child.dep_ == "dobj"]
    if lemma in _HAPPENING:
        return not objects
    inner = [token.lemma_.lower() for preposition, token in prepositions(verb) if preposition == "into"]
    return any((lemma, word) in _EFFECT for word in (*objects, *inner))


def _rule(analysis: Analysis, noun: Token, triggers: Triggers) -> tuple[NounRule | None, bool]:
    """The row a noun goes by, and whether it is one of the verb it is made from and of what the verb is done to."""
    derived = derived_rule(analysis, noun, triggers)
    if derived is not None:
        return derived, True
    return _noun_rule(noun, triggers), False


def _noun_rule(noun: Token, triggers: Triggers) -> NounRule | None:
    for rule in triggers.nouns.get(noun.lemma_.lower(), ()):
        before = {word for child in noun.children if child.i < noun.i for word in (child.lemma_.lower(), child.lower_)}
        if all(word in before for word in rule.words):
            return rule
    return None


def _support(noun: Token, rule: NounRule, triggers: Triggers) -> tuple[Token, str, str] | None:
    """The support verb that an event noun leans on, its effect, and what its subject is: "held talks"."""
    top = noun
    while top.dep_ == "conj" or (top.dep_ == "pobj" and top.head.lower_ == "of"):
        top = top.head if top.dep_ == "conj" else top.head.head
    verb = top.head
    if top.dep_ == "pobj" and verb.pos_ == "ADP":
        carried = verb.head.lemma_ == "be" and verb.lower_ in ("on", "in")
        verb = verb.head
        if verb.lower_ == "part" and verb.head.lemma_ == "take":
            verb = verb.head
        if not carried and verb.lemma_ not in _LEADING_INTO:
            return None
    elif top.dep_ not in ("dobj", "nsubjpass", "nsubj") and not (verb.dep_ in ("relcl", "acl") and verb.head == top):
        return None
    lower = next((child for child in verb.children if child.dep_ == "xcomp" and child.tag_ == "VBN"), None)
    if top.dep_ == "nsubj" and verb.lemma_ == "be" and lower is not None:
        # "Talks are to be held"
        verb = lower
    grows = rule.type == "COOPERATE" and verb.lemma_.lower() in _GROWING
    if grows and top.dep_ in ("nsubj", "nsubjpass"):
        return (verb, "do", "none")
    if top.dep_ == "nsubj" and verb is not lower:
        return (verb, "do", "none") if _takes_place(verb) else None
    entry = triggers.support.get(verb.lemma_.lower())
    return (verb, *entry) if entry else None

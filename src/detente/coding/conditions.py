"""Does a verb stand in the construction that a row of the trigger table asks for?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from detente.coding.analysis import Analysis
from detente.coding.arguments import MEASURES, is_party, parties
from detente.coding.clauses import (
    agents,
    complement,
    complements,
    coordinated,
    direct_object,
    is_passive,
    particle,
    prepositions,
)
from detente.lexicon.triggers import Triggers, VerbRule
from detente.records import Actor

_PEOPLE = frozenset(
    """
    protester protestor demonstrator people worker student thousand hundred dozen activist crowd farmer supporter
    resident citizen opponent union employee teacher nurse driver villager youth woman marcher picketer miner
    pensioner migrant refugee prisoner inmate
    """.split()
)
_MUST = frozenset({"must", "should", "ought", "shall"})
INTRUSION = frozenset(["airspace", "water", "strait", "border", "line", "zone", "territory", "waters", "frontier"])
# "a tariff war", "a verbal attack": no force is used.
_FORCE = frozenset({"war", "battle", "attack", "fight", "offensive", "warfare", "barrage", "salvo"})
_FIGURES = frozenset("trade tariff price bidding culture turf verbal scathing personal rhetorical media charm".split())
_RULES = frozenset({"rule", "order", "regulation", "decree"})
_HOMEWARD = frozenset({"home", "back", "packing", "away"})
_TRADE = frozenset({"export", "import", "sale", "shipment", "investment", "trade"})
_BLOODLESS = ("deal", "talks", "proposal", "ties")
_ABSTRACT = frozenset(
    """
    hope peace economy market currency confidence trust career bill contract record dream epidemic pandemic outbreak
    disease virus malaria ebola corruption crime fraud trafficking smuggling piracy poverty hunger famine inflation
    unemployment climate discrimination racism antisemitism disinformation misinformation propaganda fire wildfire
    right interest trust image reputation credibility prestige stability order security sovereignty unity dignity
    friendship cohesion solidarity democracy livelihood competitiveness growth prospect atmosphere goodwill
    feeling sentiment principle norm process effort
    """.split()
)
_HARMING = frozenset({"harm", "hurt", "damage"})
# Heads that say nothing of what they carry: "a mediation effort", "an aid package".
_CARRIERS = frozenset(
    """
    effort package campaign team operation programme program action measure wave shipment delivery convoy mission line
    """.split()
)
_PROBING = frozenset("investigate probe audit examine inspect investigation probe audit inquiry inspection".split())
# What lists are called whose entries are refused trade, entry or money.
_SHUT_OUT = frozenset(
    "entity sanction unreliable black trade control export denied restricted terror terrorism watch".split()
)
# The condition of rows of threats to strike back.
RETALIATION = "countermeasures"
# What is done in return for what another does.
_IN_RETURN = frozenset({"retaliatory", "reciprocal", "corresponding", "counter"})
_SHARPLY = frozenset("firmly resolutely forcefully harshly decisively strongly sharply severely".split())
_JAILING = frozenset("sentence jail imprison arrest detain hold incarcerate remand".split())
_HOLDING = _JAILING | {"capture", "seize", "abduct", "kidnap", "take"}
_OPPOSED = frozenset({"against", "on", "into"})
_FLEEING = frozenset("refugee migrant evacuee asylum displace displaced flee".split())
_CLOSING = frozenset("suspend close shut shutter cease stop halt disband dissolve".split())
_PREDICATES = frozenset({"oprd", "xcomp", "ccomp", "acomp", "attr", "appos"})
_PEACEFUL = frozenset({"economic", "trade", "financial", "commercial", "oil", "diplomatic"})
_AIMED = frozenset(["at", "on", "into", "against", "toward", "towards", "over", "in", "to"])
_TARGETED = _AIMED - {"in", "to"}
_SELF = frozenset({"i", "we", "it", "he", "she", "they"})
_CRIME = frozenset(
    """
    attack kill violate bomb invade steal hack interfere meddle plan support arm fund shell beat torture abduct kidnap
    massacre murder execute poison sabotage ram harass jam occupy smuggle block loot
    """.split()
)


def match_verb(analysis: Analysis, verb: Token, triggers: Triggers) -> VerbRule | None:
    """The first row of the table that fits a verb in its clause, None if none does."""
    return next(fitting_rows(analysis, verb, triggers), None)


def fitting_rows(analysis: Analysis, verb: Token, triggers: Triggers) -> Iterator[VerbRule]:
    """The rows of the table that fit a verb in its clause, in their order."""
    rules = triggers.verbs.get(verb.lemma_.lower(), ())
    particles = particle(verb) if rules else set()
    for rule in rules:
        if rule.particle and not set(rule.particle.split()) & particles:
            continue
        if rule.type == "ASSAULT" and (_bloodless(verb, triggers) or _harms_a_state(analysis, verb)):
            # "sinks the contract", "killed the deal": nobody is hurt.
            continue
        if not rule.condition or _holds(analysis, verb, rule, triggers):
            yield rule


def _bloodless(verb: Token, triggers: Triggers) -> bool:
    lemmas = object_lemmas(verb)
    return bool(lemmas & _ABSTRACT) or any(lemmas & triggers.classes[name] for name in _BLOODLESS)


def _harms_a_state(analysis: Analysis, verb: Token) -> bool:
    """ "The ruling hurt Chile": a state as such is hurt in what it wants, not in its flesh."""
    obj = direct_object(verb) if verb.lemma_.lower() in _HARMING else None
    mention = analysis.mention_at(obj.i) if obj is not None else None
    return mention is not None and bool(mention.actors) and all(a.id == a.country for a in mention.actors)


def object_lemmas(verb: Token) -> set[str]:
    """Lemmas of what the verb is done to, behind measures ("a series of strikes") and in coordination."""
    obj = direct_object(verb)
    return noun_lemmas(obj) if obj is not None else set()


def noun_lemmas(noun: Token) -> set[str]:
    """Lemmas of a noun, of those coordinated to it, and of what a measure noun measures."""
    found: set[str] = set()
    for token in coordinated(noun):
        lemma = token.lemma_.lower()
        if lemma in _FORCE and any(child.lower_ in _FIGURES for child in token.children):
            continue
        found.add(lemma)
        if lemma in _CARRIERS:
            found |= {child.lemma_.lower() for child in token.children if child.dep_ in ("compound", "amod")}
        if token.i > 1 and token.nbor(-1).text == "-":
            found.add(f"{token.nbor(-2).lower_}-{lemma}")
        if token.ent_type_ == "MONEY":
            found.add("money")
        if lemma in MEASURES or token.pos_ == "NUM" or (token.ent_type_ in ("MONEY", "QUANTITY", "CARDINAL")):
            for preposition, inner in prepositions(token):
                if preposition in ("of", "in", "worth"):
                    found |= noun_lemmas(inner)
    return found


def must_clause(verb: Token) -> Token | None:
    """The complement that says what someone must do: "told him that he needed to choose"."""
    for inner in complements(verb):
        if any(child.lower_ in _MUST for child in inner.children if child.dep_ == "aux"):
            return inner
        if inner.lemma_ in ("need", "have") and any(child.dep_ == "xcomp" for child in inner.children):
            return inner
    return None


def _holds(analysis: Analysis, verb: Token, rule: VerbRule, triggers: Triggers) -> bool:
    return any(_one(analysis, verb, part, triggers) for part in rule.condition.split("|"))


def _one(analysis: Analysis, verb: Token, condition: str, triggers: Triggers) -> bool:
    special = SPECIAL.get(condition)
    if special is not None:
        return special(analysis, verb, triggers)
    if condition == "@captive" and (obj := direct_object(verb)) is not None and is_held(analysis, obj):
        return True
    if condition == "@diplomat" and _envoy(analysis, verb):
        return True
    if condition.startswith("@"):
        return bool(object_lemmas(verb) & triggers.classes[condition[1:]])
    lemmas = object_lemmas(verb)
    if condition in lemmas:
        return True
    return any(
        (child.dep_ in ("prep", "acomp", "oprd", "advmod", "prt") and child.lemma_.lower() == condition)
        or (child.dep_ == "prep" and any(pobj.lemma_.lower() == condition for pobj in child.children))
        for child in verb.children
    )


def _class(name: str, verb: Token, triggers: Triggers) -> bool:
    return bool(object_lemmas(verb) & triggers.classes[name])


def _none(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    return direct_object(verb) is None


def _visitor(analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    obj = direct_object(verb)
    mention = analysis.mention_at(obj.i) if obj is not None else None
    if verb.lemma_ == "call" and any(c.dep_ in _PREDICATES and c.pos_ in ("NOUN", "ADJ") for c in verb.children):
        # "called him a liar": nobody rang.
        return False
    return mention is not None and any(actor.id.startswith("person:") or actor.level for actor in mention.actors)


def _visitor_here(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "It's a pleasure to have the prime minister here"."""
    return _visitor(analysis, verb, triggers) and any(child.lower_ == "here" for child in verb.children)


def _guest(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """Someone a state receives: an office holder, a government, its delegation; not refugees or troops."""
    obj = direct_object(verb)
    found = parties(analysis, [obj]) if obj is not None and not object_lemmas(verb) & triggers.classes["talks"] else []
    return any("GOV" in a.sectors or a.level or a.id.startswith("person:") for m in found for a in m.actors)


def _target(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    obj = direct_object(verb)
    lemmas = object_lemmas(verb)
    if obj is None or lemmas & (triggers.classes["deal"] | triggers.classes["talks"]):
        return False
    return obj.lower_ == "what" or bool(parties(analysis, [obj])) or bool(lemmas & triggers.classes["territory"])


def _deed(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return not _visitor(analysis, verb, triggers) and direct_object(verb) is not None


def _people(verb: Token) -> bool:
    who = agents(verb)
    return any(token.lemma_.lower() in _PEOPLE or noun_lemmas(token) & _PEOPLE for token in who)


def _by_people(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    return _people(verb)


def _none_by_people(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    return direct_object(verb) is None and _people(verb)


def _by_state(analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    return not _people(verb) and any(is_party(mention) for mention in parties(analysis, agents(verb)))


def _from_deal(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    if verb.lemma_ == "leave" and "out" in particle(verb):
        # "was left out of the agreement": others did not let it in.
        return False
    return any(
        preposition in ("from", "of") and noun_lemmas(inner) & triggers.classes["deal"]
        for preposition, inner in prepositions(verb)
    )


def _retaliation(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    return bool(object_lemmas(verb) & {"retaliation", "revenge", "response", "vengeance", "consequence"})


def _crime_clause(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    inner = complement(verb)
    if inner is None or inner.lemma_.lower() not in _CRIME:
        return False
    # "said that it supports the plan": of himself nobody tells a crime.
    return not any(child.dep_ == "nsubj" and child.lower_ in _SELF for child in inner.children)


def _clause(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    return complement(verb) is not None


def _to_clause(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    inner = complement(verb)
    return (
        inner is not None and inner.dep_ in ("xcomp", "ccomp") and any(child.tag_ == "TO" for child in inner.children)
    )


def _must_clause(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    return must_clause(verb) is not None


def _obj_to_clause(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    inner = complement(verb)
    if inner is None or not any(child.tag_ == "TO" for child in inner.children):
        return False
    if is_passive(verb) and not agents(verb):
        # "is expected to": a forecast, and nobody asks.
        return False
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in inner.children) or (
        direct_object(verb) is not None and _to_clause(analysis, verb, triggers)
    )


def _others_may(analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "let Chilean carriers fly", "allowed inspectors from Peru to enter": what others may do is in a clause."""
    inner = complement(verb)
    # "let him know": he is told; "punished it for allowing X to": a reason, told in passing.
    if inner is None or inner.pos_ != "VERB" or inner.lemma_ in ("know", "understand") or verb.dep_ == "pcomp":
        return False
    subjects = [child for child in inner.children if child.dep_ in ("nsubj", "nsubjpass")]
    return bool(parties(analysis, subjects))


def _with_sanctions(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return _with_class(verb, triggers.classes["sanction"])


def _with_class(verb: Token, words: frozenset[str]) -> bool:
    """ "provided X with funds": what is given stands behind "with"."""
    return any(preposition == "with" and noun_lemmas(inner) & words for preposition, inner in prepositions(verb))


def _with_aid(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return _with_class(verb, triggers.classes["aid"])


def _with_arms(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return _with_class(verb, triggers.classes["arms"])


def _addressee(analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """A party is the object, and nothing is said of it: not "called Norway an ally"."""
    obj = direct_object(verb)
    mention = analysis.mention_at(obj.i) if obj is not None else None
    return (
        mention is not None
        and is_party(mention)
        and not any(c.dep_ in _PREDICATES and c.pos_ != "ADV" for c in verb.children)
    )


def _blockade(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """A blockade by force; an economic one is a sanction."""
    obj = direct_object(verb)
    return (
        obj is not None
        and obj.lemma_.lower() in ("blockade", "siege")
        and not any(child.lower_ in _PEACEFUL for child in obj.children)
    )


def _projectile_at(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    obj = direct_object(verb)
    if obj is None or not _class("projectile", verb, triggers):
        return False
    hanging = {preposition for preposition, _ in prepositions(verb)}
    # The parser may hang the target on the missiles.
    return bool(hanging & _AIMED or {preposition for preposition, _ in prepositions(obj)} & _TARGETED)


def _projectile(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return _class("projectile", verb, triggers)


def _captive_swap(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return _class("captive", verb, triggers) and verb.lemma_.lower() in ("swap", "exchange", "trade")


def _intrusion(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    lemmas = object_lemmas(verb) | {
        lemma
        for preposition, inner in prepositions(verb)
        if preposition in ("into", "through", "in")
        for lemma in noun_lemmas(inner)
    }
    return bool(lemmas & INTRUSION)


def _envoy(analysis: Analysis, verb: Token) -> bool:
    obj = direct_object(verb)
    mention = analysis.mention_at(obj.i) if obj is not None else None
    return mention is not None and any(actor.level == "ambassador" for actor in mention.actors)


def is_held(analysis: Analysis, noun: Token) -> bool:
    """Whether a noun is of people who can be held and freed: a person, or some of a country ("a Peruvian reporter")."""
    mention = analysis.mention_at(noun.i)
    if mention is not None and any(actor.id.startswith("person:") for actor in mention.actors):
        return True
    some = mention is not None and mention.kind == "nominal" and noun.pos_ == "NOUN"
    if some and mention is not None and any(a.country and a.id != a.country and not _rules(a) for a in mention.actors):
        return True
    return noun.ent_type_ == "PERSON" or noun.lower_ in ("him", "her", "them")


def holders(noun: Token) -> list[Token]:
    """Whoever is said to hold people: "soldiers held by X since May", who may be freed without a word of by whom."""
    held = (child for child in noun.children if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in _HOLDING)
    return [token for verb in held if is_passive(verb) for token in agents(verb)]


def _rules(actor: Actor) -> bool:
    """Whether an actor is a government or a body of one."""
    return actor.id.endswith(":GOV") or actor.id.startswith("org:")


def _person_for(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    obj = direct_object(verb)
    held = (obj is not None and is_held(analysis, obj)) or _class("captive", verb, triggers)
    return held and any(preposition == "for" for preposition, _ in prepositions(verb))


def _on_person(analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "called on the president": one pays a call on persons, and calls on states to do something."""
    for preposition, inner in prepositions(verb):
        mention = analysis.mention_at(inner.i) if preposition in ("on", "upon") else None
        if mention is not None and any(actor.id.startswith("person:") or actor.level for actor in mention.actors):
            return True
    return False


def _emissary_abroad(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "sent a delegation to Oslo": not "sent the ambassador home"."""
    obj = direct_object(verb)
    if obj is None or not _class("emissary", verb, triggers):
        return False
    return not any(child.lower_ in _HOMEWARD for at in (verb, obj) for child in at.children)


def _in_envoy(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "called in the ambassador"."""
    for preposition, inner in prepositions(verb):
        mention = analysis.mention_at(inner.i) if preposition == "in" else None
        if mention is not None and any(actor.level == "ambassador" for actor in mention.actors):
            return True
    return "in" in particle(verb) and _class("diplomat", verb, triggers)


def _on_to(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    inner = complement(verb)
    infinitive = inner is not None and any(child.tag_ == "TO" for child in inner.children)
    return infinitive and _on_party(analysis, verb, triggers)


def _on_party(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "called on the government"; not "called the minister on Monday"."""
    obj = direct_object(verb)
    # In "called on X to de-escalate tensions" the parser may hang the tensions on the verb.
    end = obj.i if obj is not None and not is_passive(verb) else len(verb.doc)
    return any(
        child.lower_ in ("on", "upon")
        and child.i < end
        and not any(inner.ent_type_ in ("DATE", "TIME") for inner in child.children)
        for child in verb.children
    )


def _to_probe(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "sent a team to investigate", "sent a team to launch an audit"; the parser may hang the purpose on any noun."""
    return any(
        token.tag_ == "VB"
        and any(child.tag_ == "TO" for child in token.children)
        and bool(_PROBING & {token.lemma_.lower(), *object_lemmas(token)})
        for token in verb.subtree
        if token.i > verb.i
    )


def _for_sanctions(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "called for sanctions against the junta": of the junta nothing is asked, it is opposed (CAMEO 113)."""
    against = triggers.classes["sanction"] | triggers.classes["inquiry"]
    return any(
        preposition == "for" and noun_lemmas(inner) & against and {p for p, _ in prepositions(inner)} & _OPPOSED
        for preposition, inner in prepositions(verb)
    )


def _to_refugees(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "opened its border to refugees"."""
    obj = direct_object(verb)
    to = [inner for at in (verb, obj) if at is not None for p, inner in prepositions(at) if p in ("to", "for")]
    return any(_FLEEING & {word.lemma_.lower() for word in token.subtree} for token in to)


def _to_close(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "ordered the newspaper to suspend publication", "ordered the charity shut"."""
    return any(
        child.lemma_.lower() in _CLOSING and not object_lemmas(child) & (triggers.classes["attack"] | {"war"})
        for child in complements(verb)
    )


def _to_be_jailed(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "ordered the minister jailed": what an authority orders to be done it does."""
    obj = direct_object(verb)
    # The parser may take the participle for a past tense, or hang it on the noun.
    inner = [*complements(verb), *([child for child in obj.children if child.dep_ == "acl"] if obj is not None else [])]
    return any(child.tag_ in ("VBN", "VBD") and child.lemma_.lower() in _JAILING for child in inner)


def _peacekeeping(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "peacekeepers arrived", "troops deployed on a peacekeeping mission"."""
    near = [
        token for token in (*agents(verb), direct_object(verb), *(inner for _, inner in prepositions(verb))) if token
    ]
    words = {word.lemma_.lower() for token in near for word in (token, *token.lefts)}
    return bool(words & triggers.classes["peacekeeper"])


def _jailed(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "convicted and sentenced": a conviction with a prison sentence (codebook, COERCE)."""
    return any(token.lemma_.lower() in _JAILING for token in coordinated(verb)[1:])


def _truce(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "violated the ceasefire", "violated the ceasefire agreement"."""
    obj = direct_object(verb)
    return obj is not None and any(t.lemma_.lower() in triggers.classes["ceasefire"] for t in (obj, *obj.lefts))


def _state_of(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "declared a state of emergency"."""
    obj = direct_object(verb)
    return (
        obj is not None
        and obj.lemma_.lower() == "state"
        and any(p == "of" and inner.lemma_.lower() in ("emergency", "siege") for p, inner in prepositions(obj))
    )


def _with_demand(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return _with_class(verb, triggers.classes["demand"] | {"order", "requirement", "ultimatum", "ruling"})


def _expected_in(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "is expected in Colombo": a journey without a verb of motion."""
    return is_passive(verb) and complement(verb) is None and any(p in ("in", "at") for p, _ in prepositions(verb))


def _to_leave(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    inner = complement(verb)
    return inner is not None and inner.lemma_ in ("leave", "depart") and any(c.tag_ == "TO" for c in inner.children)


def _from_list(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    lists = {"list", "roster", "register"}
    return any(p in ("from", "off", "of") and noun_lemmas(inner) & lists for p, inner in prepositions(verb))


def _blacklists(verb: Token, wanted: Collection[str]) -> bool:
    """Whether a preposition of the verb or its object leads to a list of those who are shut out."""
    obj = direct_object(verb)
    lists = (
        inner
        for at in (verb, obj)
        if at is not None
        for preposition, inner in prepositions(at)
        if preposition in wanted
    )
    return any(
        inner.lemma_.lower() == "blacklist"
        or (inner.lemma_.lower() == "list" and bool(_SHUT_OUT & {word.lemma_.lower() for word in inner.subtree}))
        for inner in lists
    )


def _to_blacklist(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "added six firms to its unreliable entity list"."""
    return _blacklists(verb, ("to", "on", "onto"))


def _from_blacklist(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "struck the institute from its trade blacklist"."""
    return _blacklists(verb, ("from", "off"))


def _negative(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """Whether the predicate speaks ill of the object: "called the step reckless"."""
    said = ("oprd", "acomp", "amod", "attr", "conj")
    words = [child for child in verb.subtree if child.i > verb.i and child.dep_ in said]
    return any({word.lemma_.lower(), word.lower_} & triggers.classes["ill"] for word in words)


def _says_ill(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    """ "said the actions were unjustified": the predicate of what is said speaks ill of its subject."""
    return any(
        child.lemma_.lower() in triggers.classes["ill"]
        for inner in complements(verb)
        if inner.lemma_ == "be"
        for child in inner.children
        if child.dep_ in ("acomp", "attr")
    )


def _transitive(analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """Something is handed over; "returned Cuba to the list" hands nothing over."""
    obj = direct_object(verb)
    return obj is not None and analysis.mention_at(obj.i) is None


def _hunger_strike(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    obj = direct_object(verb)
    return obj is not None and obj.lemma_.lower() == "strike" and any(c.lower_ == "hunger" for c in obj.children)


def _reach_deal(_analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    inner = complement(verb)
    return inner is not None and bool(object_lemmas(inner) & triggers.classes["deal"])


def _countermeasures(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "reserves the right to respond", "will take resolute countermeasures", "would respond in kind if"."""
    obj = direct_object(verb)
    if verb.lemma_ == "reserve":
        return (
            obj is not None
            and obj.lemma_ == "right"
            and any(child.dep_ in ("acl", "relcl", "prep") for child in obj.children)
        )
    ahead = any(child.dep_ == "aux" and child.lower_ in ("will", "would", "shall") for child in verb.children)
    if verb.lemma_ == "respond":
        return ahead and (
            any(p in ("with", "in") and _strikes_back(inner) for p, inner in prepositions(verb))
            or any(child.lower_ in _SHARPLY for child in verb.children if child.dep_ == "advmod")
        )
    return ahead and obj is not None and _strikes_back(obj)


def _strikes_back(noun: Token) -> bool:
    """ "countermeasures", "retaliatory measures", "in kind"."""
    lemma = noun.lemma_.lower()
    before = {word.lemma_.lower() for word in noun.lefts}
    counter = "-" in before and "counter" in before
    return lemma in ("countermeasure", "retaliation", "kind") or (
        lemma in ("measure", "step", "action", "tariff") and (counter or bool(before & _IN_RETURN))
    )


def _each_other(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "saw each other in Bali": those who did are in the subject."""
    obj = direct_object(verb)
    return obj is not None and obj.lower_ in ("other", "another", "each")


def _with_party(analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "raised the border with the minister", "spent an evening with him": not "with care"."""
    told = (analysis.mention_at(inner.i) for preposition, inner in prepositions(verb) if preposition == "with")
    return direct_object(verb) is not None and any(mention is not None and is_party(mention) for mention in told)


def _hours_with(analysis: Analysis, verb: Token, triggers: Triggers) -> bool:
    return _class("hours", verb, triggers) and _with_party(analysis, verb, triggers)


def _trade_rule(_analysis: Analysis, verb: Token, _triggers: Triggers) -> bool:
    """ "released new rules on the export of chips to Peru"."""
    obj = direct_object(verb)
    if obj is None or not noun_lemmas(obj) & _RULES:
        return False
    return any(word in ("on", "for") and noun_lemmas(inner) & _TRADE for word, inner in prepositions(obj))


SPECIAL = {
    RETALIATION: _countermeasures,
    "each-other": _each_other,
    "@trade-rule": _trade_rule,
    "with-party": _with_party,
    "hours-with": _hours_with,
    "@transitive": _transitive,
    "says-ill": _says_ill,
    "@to-leave": _to_leave,
    "@negative": _negative,
    "from-list": _from_list,
    "from-blacklist": _from_blacklist,
    "to-blacklist": _to_blacklist,
    "@person-for": _person_for,
    "@on-to": _on_to,
    "@on-party": _on_party,
    "@to-probe": _to_probe,
    "@for-sanctions": _for_sanctions,
    "@to-refugees": _to_refugees,
    "@to-close": _to_close,
    "@jailed": _jailed,
    "@to-be-jailed": _to_be_jailed,
    "@peacekeeping": _peacekeeping,
    "@truce": _truce,
    "@state-of": _state_of,
    "@with-demand": _with_demand,
    "@on-person": _on_person,
    "@in-envoy": _in_envoy,
    "@emissary-abroad": _emissary_abroad,
    "@expected-in": _expected_in,
    "hunger-strike": _hunger_strike,
    "reach-deal": _reach_deal,
    "none": _none,
    "@visitor": _visitor,
    "@visitor-here": _visitor_here,
    "@guest": _guest,
    "@target": _target,
    "@deed": _deed,
    "@by-people": _by_people,
    "none-by-people": _none_by_people,
    "@concern-by-state": _by_state,
    "from-deal": _from_deal,
    "@retaliation": _retaliation,
    "clause-crime": _crime_clause,
    "clause": _clause,
    "to-clause": _to_clause,
    "must-clause": _must_clause,
    "obj-to-clause": _obj_to_clause,
    "@others-may": _others_may,
    "obj-with-sanctions": _with_sanctions,
    "with-aid": _with_aid,
    "with-arms": _with_arms,
    "@addressee": _addressee,
    "@blockade": _blockade,
    "@projectile-at": _projectile_at,
    "@projectile-test": _projectile,
    "@captive-swap": _captive_swap,
    "@intrusion": _intrusion,
}

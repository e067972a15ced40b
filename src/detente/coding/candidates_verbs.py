"""Candidates that verbs name, and the adjectives that commit like verbs."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention, beginning
from detente.coding.arguments import ANYONE, by_place, fill, is_party, parties
from detente.coding.candidate import Candidate, shape_sides
from detente.coding.clauses import (
    agents,
    complement,
    coordinated,
    direct_object,
    grammatical_subject,
    is_epithet,
    is_passive,
    prepositions,
    with_coordinated,
)
from detente.coding.conditions import holders, match_verb, must_clause, noun_lemmas
from detente.coding.forums import members
from detente.coding.gaps import by_day
from detente.coding.idioms import is_turn_of_phrase
from detente.coding.journeys import destination, envoy_of
from detente.coding.settle import WITHHELD
from detente.lexicon.triggers import Triggers, VerbRule

# What the act in a complement makes of the verb that governs it.
_CONFLICT_TO_THREAT = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "SANCTION": "relations",
    "COERCE": "restrict",
    "REJECT": None,
    "PROTEST": "relations",
}
_ENDING = frozenset(
    """
    stop halt cease end withdraw release free lift refrain abandon avoid drop suspend leave respect abide comply
    return allow de-escalate deescalate disarm pull quit
    """.split()
)
# Where a deed is done tells whom it is done to, when nothing nearer does; so do those named inside its object.
_FALLBACK = {
    "AID": ("to@place", "into@place", "in@place", "under"),
    "COERCE": ("obj@place",),
    "ASSAULT": ("obj@place", "in@place", "on@place", "at@place", "under"),
    "MOBILIZE": ("in@place", "near@place", "off@place", "to@place"),
    "SANCTION": ("under",),
}
_MEANS = {
    "MOBILIZE": ("@troops", "@troops|@arms", "@projectile-test"),
    "RETREAT": ("@troops",),
    "AID": ("@aid", "@arms", "@peacekeeper"),
    "ASSAULT": ("@projectile-at",),
}
_PLANS = frozenset({"agree", "consent", "undertake", "offer", "propose", "suggest"})
# Tokens of the longest mention looked for.
_LONGEST = 40
_ANY_SLOT = ("to", "with", "against", "for", "on", "obj", "iobj", "from", "toward", "towards")
_GOVERNING = frozenset({"AGREE", "REJECT", "THREATEN", "REQUEST", "ACCUSE"})


def from_verb(analysis: Analysis, verb: Token, triggers: Triggers, consumed: set[int]) -> list[Candidate]:
    """The candidates that a verb names, one a coordinated promise; adds to `consumed` the tokens it takes up."""
    rule = match_verb(analysis, verb, triggers)
    if rule is None or is_epithet(verb) or is_turn_of_phrase(analysis, verb, rule):
        return []
    # Those who meet are named themselves: "where their borders meet" is no meeting of theirs.
    # But "the Peru-Chile working group met" is.
    subjects = agents(verb)
    joint = any(token.lemma_.lower() in triggers.classes["forum"] for token in subjects)
    actors = parties(analysis, subjects, inside=rule.type != "CONSULT" or joint)
    if joint and not actors and rule.type == "CONSULT":
        actors = members(analysis, subjects, triggers)
    envoy = envoy_of(verb) if rule.mode == "visit" else None
    if envoy is not None:
        actors = parties(analysis, [envoy], inside=False)
    if rule.condition == "@expected-in":
        subject = grammatical_subject(verb)
        actors = parties(analysis, [subject]) if subject is not None else []
    elif not actors and verb.tag_ in ("VBD", "VBZ", "VBP") and not _has_subject(verb):
        actors = just_before(analysis, verb)
    if rule.shape == "recip" and len(actors) == 1:
        actors = [*_torn_off(analysis, actors[0]), *actors]
    obj = direct_object(verb)
    if not actors and obj is not None and is_passive(verb) and _own_means(rule):
        # "X troops were deployed": whose they are is who does it.
        actors = parties(analysis, [obj])
    if not actors and obj is not None and is_passive(verb) and rule.type == "RETREAT":
        actors = parties(analysis, holders(obj), inside=False)
    if not actors and is_passive(verb) and _breaks_off(rule) and obj is not None:
        # Not of goods that are "restricted": talks and ties, which are the issuer's own too.
        own = noun_lemmas(obj) & (triggers.classes["talks"] | triggers.classes["ties"])
        actors = _issuer(analysis, verb) if own else []
    if not actors and rule.shape == "swap" and rule.mode == "visit":
        # "It is an honor to welcome the king to Oslo": the host is where he is welcome.
        places = [inner for preposition, inner in prepositions(verb) if preposition in ("to", "at", "in")]
        actors = by_place(analysis, places)
    found, slot = _recipients(analysis, verb, rule, actors)
    if _breaks_off(rule):
        found = _but_own(found, actors)
    inner = (must_clause(verb) or complement(verb)) if rule.type in _GOVERNING else None
    kind, mode, contexts = rule.type, rule.mode, rule.contexts
    inner_rule = match_verb(analysis, inner, triggers) if inner is not None and inner.pos_ in ("VERB", "AUX") else None
    if inner is not None and inner_rule is None and verb.lemma_.lower() == "vow":
        # A vow may be of anything: "vows not to lose".
        return []
    if inner_rule is not None and inner_rule.type in _CONFLICT_TO_THREAT and verb.lemma_.lower() in _PLANS:
        # "agreed to prepare curbs": a plan, not a threat; the plan is coded where it stands.
        return []
    if inner is not None and inner.pos_ in ("VERB", "AUX"):
        kind, mode = _governed(kind, mode, inner, inner_rule)
        if inner_rule is not None:
            contexts = contexts + tuple(c for c in inner_rule.contexts if c not in contexts)
        if kind != "ACCUSE" and (not found or (slot == "clause" and kind != "REQUEST")):
            deeper, deeper_slot = fill(analysis, (inner_rule and inner_rule.slots) or _ANY_SLOT, inner, actors)
            if deeper:
                found, slot = deeper, f"complement.{deeper_slot}"
        consumed.update(child.i for child in inner.children if child.dep_ == "dobj" and kind != "ACCUSE")
        if kind != "ACCUSE" or inner.dep_ in ("pcomp", "xcomp"):
            consumed.update(token.i for token in with_coordinated(inner))
    if obj is not None and _names_object(rule, obj):
        consumed.update(token.i for token in coordinated(obj))
    if not actors and not found:
        return []
    base = Candidate(
        verb.i, rule.name, kind, kind, mode, contexts, tuple(actors), tuple(found), False,
        1.0 if actors and found else 0.5, slot, inner.i if inner is not None else None,
    )  # fmt: skip
    base, others = by_day(analysis, verb, rule, base)
    shaped = shape_sides(base, rule.shape, verb)
    if "dest" in rule.slots and not found:
        # Who goes together does not meet each other by that.
        shaped = replace(shaped, reciprocal=False)
    if inner is not None and kind == "AGREE" and len(with_coordinated(inner)) > 1:
        return [replace(shaped, complement=part.i) for part in with_coordinated(inner)]
    return [shaped, *others]


def _own_means(rule: VerbRule) -> bool:
    """Whether the row is of what a state does with what is its own: its troops, weapons, aid, its ambassador."""
    # Talks belong to both.
    withdraws = (rule.type, rule.mode) == ("SANCTION", "withdraw") and "@talks" not in rule.condition
    return withdraws or rule.condition in _MEANS.get(rule.type, ())


def _breaks_off(rule: VerbRule) -> bool:
    """Whether the row is of talks or ties that one side breaks off."""
    return rule.type in ("SANCTION", "REJECT") and ("@talks" in rule.condition or "@ties" in rule.condition)


def _but_own(found: list[Mention], actors: list[Mention]) -> list[Mention]:
    """Of "the two countries" whose talks one breaks off, the other."""
    own = {actor.country for mention in actors for actor in mention.actors}
    others = [replace(m, actors=tuple(a for a in m.actors if a.country not in own)) for m in found]
    return [mention for mention in others if mention.actors] or found


def _issuer(analysis: Analysis, verb: Token) -> list[Mention]:
    """ "The talks are suspended", in a government's own statement: by that government."""
    if analysis.document.kind not in ("statement", "readout") or analysis.issuer is None:
        return []
    own = (
        mention
        for mention in beginning(analysis.mentions, 0, verb.i)
        if is_party(mention) and {actor.id for actor in mention.actors} == {analysis.issuer}
    )
    return list(own)[-1:]


def _names_object(rule: VerbRule, obj: Token) -> bool:
    """Whether the row asks for this object, which then names no event of its own ("dropped the complaint")."""
    if rule.condition.startswith("@"):
        return rule.condition not in ("@visitor", "@by-people", "@addressee")
    return bool(noun_lemmas(obj) & set(rule.condition.split("|")))


def _has_subject(verb: Token) -> bool:
    """Whether a finite verb has a subject; that of a main or content clause must be its own, not one up the tree."""
    subject = grammatical_subject(verb)
    return subject is not None and (verb.dep_ not in ("ccomp", "ROOT") or any(c == subject for c in verb.children))


def just_before(analysis: Analysis, verb: Token) -> list[Mention]:
    """The party that ends right before a finite verb for which the parser found no subject."""
    index = verb.i - 1
    start = analysis.sentence_at(verb.i).start
    while index > start and (analysis.doc[index].pos_ in ("ADV", "PUNCT", "AUX") or _bracketed(analysis, index)):
        index -= 1
    found: list[Mention] = []
    for mention in reversed(analysis.mentions_in(start, index + 1)):
        if mention.end != index + 1 or not is_party(mention):
            continue
        # "Presidents X and Y met": go on to what is joined to it on the left; in "at the invitation of X, Y visited" no
        # "and" joins them.
        found.insert(0, mention)
        index = mention.start - 1
        joints = set()
        while index > start and analysis.doc[index].lower_ in ("and", ","):
            joints.add(analysis.doc[index].lower_)
            index -= 1
        if "and" not in joints and (not joints or len(found) == 1):
            break
    return found


def _torn_off(analysis: Analysis, second: Mention) -> list[Mention]:
    """ "A and B met": A, where the parser makes a sentence of its own of it."""
    before = second.start - 2
    if before < 0 or analysis.doc[second.start - 1].lower_ != "and":
        return []
    first = next(
        (m for m in reversed(analysis.mentions_in(max(before - _LONGEST, 0), before + 1)) if m.end == before + 1), None
    )
    if first is None or not is_party(first) or analysis.sentence_at(first.start) != analysis.sentence_at(second.start):
        return []
    governed = any(token.pos_ in ("VERB", "AUX", "ADP") for token in analysis.doc[first.root].ancestors)
    return [] if governed else [first]


def _bracketed(analysis: Analysis, index: int) -> bool:
    return analysis.doc[index - 1].text == "(" and index + 1 < len(analysis.doc) and analysis.doc[index + 1].text == ")"


def _recipients(analysis: Analysis, verb: Token, rule: VerbRule, own: list[Mention]) -> tuple[list[Mention], str]:
    if "dest" in rule.slots or "obj!dest" in rule.slots:
        return destination(analysis, verb, passive="obj!dest" in rule.slots)
    named = rule.condition.split("|")
    return fill(
        analysis,
        (*rule.slots, *_FALLBACK.get(rule.type, ())),
        verb,
        own,
        anyone=rule.type in ANYONE or rule.mode in ANYONE,
        within=[inner for _, inner in prepositions(verb) if inner.lemma_.lower() in named],
    )


def _governed(kind: str, mode: str | None, inner: Token, rule: VerbRule | None) -> tuple[str, str | None]:
    """Type and mode of a verb of commitment, refusal, threat or request, given what it governs."""
    act = rule.type if rule else None
    if kind == "AGREE" and act in _CONFLICT_TO_THREAT:
        return "THREATEN", _CONFLICT_TO_THREAT[act]
    if kind == "THREATEN" and act in _CONFLICT_TO_THREAT:
        return kind, _CONFLICT_TO_THREAT[act]
    if kind in ("REJECT", "REQUEST"):
        if act in WITHHELD:
            return kind, WITHHELD[act]
        if inner.lemma_.lower() in _ENDING:
            return kind, "yield"
        return kind, mode or "change"
    return kind, mode


def willing(analysis: Analysis, adjective: Token, triggers: Triggers, consumed: set[int]) -> list[Candidate]:
    """ "is ready to meet": the adjective commits the subject."""
    inner = next((child for child in adjective.children if child.dep_ == "xcomp"), None)
    if inner is None or adjective.head.pos_ not in ("AUX", "VERB"):
        return []
    rule = match_verb(analysis, inner, triggers)
    actors = parties(analysis, agents(adjective.head))
    if rule is None or not actors or rule.type in _CONFLICT_TO_THREAT:
        return []
    found, slot = fill(analysis, rule.slots, inner)
    consumed.add(inner.i)
    if not found:
        return []
    return [
        Candidate(
            adjective.i, f"adjective:{adjective.lemma_.lower()}", "AGREE", "AGREE", None, rule.contexts, tuple(actors),
            tuple(found), False, 0.8, slot, inner.i,
        )
    ]  # fmt: skip


def due(analysis: Analysis, adjective: Token) -> list[Candidate]:
    """ "is due in Tehran on Sunday": a journey to come."""
    if adjective.head.pos_ not in ("AUX", "VERB"):
        return []
    hosts, slot = destination(analysis, adjective)
    actors = parties(analysis, agents(adjective.head))
    if not hosts or not actors:
        return []
    return [
        Candidate(
            adjective.i, "adjective:due", "AGREE", "CONSULT", "visit", (), tuple(actors), tuple(hosts), False, 0.8, slot
        )
    ]

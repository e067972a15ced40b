"""Candidate events: a trigger, its type, and who stands on which side, before status, date and place are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import by_place, fill, is_party, noun_slots, parties
from detente.coding.clauses import (
    agents,
    complement,
    coordinated,
    direct_object,
    grammatical_subject,
    is_passive,
    prepositions,
    with_coordinated,
)
from detente.coding.conditions import match_verb, must_clause, object_lemmas
from detente.lexicon.triggers import NounRule, Triggers, VerbRule

# What the act in a complement makes of the verb that governs it.
_CONFLICT_TO_THREAT = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "SANCTION": "relations",
    "COERCE": "restrict",
    "REJECT": None,
    "PROTEST": "relations",
}
_ACT_TO_MODE = {
    "CONSULT": "meet",
    "AGREE": "assist",
    "SUPPORT": "assist",
    "AID": "assist",
    "COOPERATE": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
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
_PLANS = frozenset({"agree", "consent", "undertake", "offer", "propose", "suggest"})
# Types whose recipient may be any person named, without a country or office.
_ANYONE = frozenset({"COERCE", "ASSAULT", "RETREAT"})
_ANY_SLOT = ("to", "with", "against", "for", "on", "obj", "iobj", "from", "toward", "towards")
_GOVERNING = frozenset({"AGREE", "REJECT", "THREATEN", "REQUEST", "ACCUSE"})


_DIRECTED = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "COERCE", "AID", "SUPPORT"})
_ANSWERS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SUPPORT", "SANCTION"})
_WORDS = frozenset(
    """
    comment remark statement word speech claim allegation accusation criticism threat warning charge view argument
    characterisation characterization suggestion
    """.split()
)
# Types that a report may give without saying against whom (codebook: requires recipient, no).
_ALONE = frozenset({"REJECT", "THREATEN", "MOBILIZE", "PROTEST"})
_STEPS = frozenset({"step", "move", "decision", "action", "measure", "act", "response"})
_DEEDS = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE"})
# What several do without naming another they do with each other: "both leaders promised".
_TOGETHER_AS_GROUP = frozenset({"ASSAULT", "RETREAT", "CONCEDE"})
_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """`trigger` and `complement` are token indexes; `act` is the type that the words name; `explicit` how well the
    sides
    are founded (1: both stand in slots of the trigger)."""

    trigger: int
    rule: str
    type: str
    act: str
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    reciprocal: bool
    explicit: float
    slot: str
    complement: int | None = None
    phase: str = ""
    lead: int = 0
    swapped: bool = False


def find_candidates(analysis: Analysis, triggers: Triggers, *, strict: bool = True) -> tuple[Candidate, ...]:
    """All candidate events of a document, in order of their triggers. Linear in the number of tokens.

    `strict` keeps those with two sound sides only.
    """
    found: list[Candidate] = []
    consumed: set[int] = set()
    tokens = [token for sentence in analysis.sentences for token in analysis.doc[sentence.start : sentence.end]]
    for token in tokens:
        if token.i in consumed:
            continue
        if token.pos_ == "VERB" or token.tag_ in ("VBD", "VBN", "VBG", "VBZ", "VBP"):
            found.extend(_from_verb(analysis, token, triggers, consumed))
        elif token.pos_ == "ADJ" and token.lemma_.lower() in ("ready", "willing", "prepared"):
            found.extend(_willing(analysis, token, triggers, consumed))
        elif token.pos_ == "ADJ" and token.lower_ == "due":
            found.extend(_due(analysis, token))
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN") and token.i not in consumed:
            found.extend(_from_noun(analysis, token, triggers))
    found.sort(key=lambda c: c.trigger)
    completed: list[Candidate] = []
    for candidate in found:
        completed.append(_complete(analysis, candidate, completed, triggers))
    return tuple(c for c in completed if not strict or _sound(c))


def _from_verb(analysis: Analysis, verb: Token, triggers: Triggers, consumed: set[int]) -> list[Candidate]:
    rule = match_verb(analysis, verb, triggers)
    if rule is None:
        return []
    # Those who meet are named themselves: "where their borders meet" is no meeting of theirs.
    actors = parties(analysis, agents(verb), inside=rule.type != "CONSULT")
    if rule.condition == "@expected-in":
        subject = grammatical_subject(verb)
        actors = parties(analysis, [subject]) if subject is not None else []
    elif not actors and verb.tag_ in ("VBD", "VBZ", "VBP") and grammatical_subject(verb) is None:
        actors = _just_before(analysis, verb)
    found, slot = _recipients(analysis, verb, rule, actors)
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
    obj = direct_object(verb)
    if obj is not None and rule.condition.startswith("@") and rule.condition not in ("@visitor", "@by-people"):
        consumed.update(token.i for token in coordinated(obj))
    if not actors and not found:
        return []
    base = Candidate(
        verb.i, rule.name, kind, kind, mode, contexts, tuple(actors), tuple(found), False,
        1.0 if actors and found else 0.5, slot, inner.i if inner is not None else None,
    )  # fmt: skip
    shaped = _shape(base, rule.shape, verb)
    if inner is not None and kind == "AGREE" and len(with_coordinated(inner)) > 1:
        return [
            candidate if part == inner else replace(candidate, complement=part.i)
            for candidate in shaped
            for part in with_coordinated(inner)
        ]
    return shaped


def _complete(analysis: Analysis, candidate: Candidate, earlier: list[Candidate], triggers: Triggers) -> Candidate:
    """Find the recipient that the clause leaves out.

    It is that of the predicate it is coordinated with, or whoever did or said what it answers ("condemned the raid").
    """
    if candidate.recipients or candidate.reciprocal or not candidate.actors:
        return candidate
    verb = analysis.doc[candidate.trigger]
    own = {actor.country or actor.id for mention in candidate.actors for actor in mention.actors}

    def others(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(m for m in mentions if not {a.country or a.id for a in m.actors} & own)

    if verb.dep_ == "conj":
        partner = next((c for c in reversed(earlier) if c.trigger == verb.head.i), None)
        if partner is not None and others(partner.recipients) and partner.type in _DIRECTED:
            return replace(candidate, recipients=others(partner.recipients), slot="coordination", explicit=0.6)
    if candidate.type not in _ANSWERS:
        return candidate
    lemmas = object_lemmas(verb) if verb.pos_ == "VERB" else set()
    if lemmas & _WORDS:
        speaker = _last_speaker(analysis, candidate.trigger, own)
        if speaker is not None:
            return replace(candidate, recipients=(speaker,), slot="answers words", explicit=0.6)
    acts = {rule.type for lemma in lemmas for rule in triggers.nouns.get(lemma, ())} & _DEEDS
    if lemmas & _STEPS:
        acts |= _DEEDS
    for deed in reversed(earlier):
        if deed.act in acts and others(deed.actors):
            return replace(candidate, recipients=others(deed.actors), slot="answers a deed", explicit=0.6)
    return candidate


def _last_speaker(analysis: Analysis, before: int, own: set[str]) -> Mention | None:
    for attribution in reversed(analysis.attributions):
        if attribution.source_root is None or attribution.source_root >= before:
            continue
        mention = analysis.mention_at(attribution.source_root)
        if mention is not None and is_party(mention) and not {a.country or a.id for a in mention.actors} & own:
            return mention
    return None


def _just_before(analysis: Analysis, verb: Token) -> list[Mention]:
    """The party that ends right before a finite verb for which the parser found no subject."""
    index = verb.i - 1
    start = analysis.sentence_at(verb.i).start
    while index > start and (analysis.doc[index].pos_ in ("ADV", "PUNCT", "AUX") or _bracketed(analysis, index)):
        index -= 1
    return [m for m in analysis.mentions if m.end == index + 1 and is_party(m)][:1]


def _bracketed(analysis: Analysis, index: int) -> bool:
    return analysis.doc[index - 1].text == "(" and index + 1 < len(analysis.doc) and analysis.doc[index + 1].text == ")"


def _recipients(analysis: Analysis, verb: Token, rule: VerbRule, own: list[Mention]) -> tuple[list[Mention], str]:
    if "dest" in rule.slots or "obj!dest" in rule.slots:
        return _destination(analysis, verb)
    slots = tuple(slot for slot in rule.slots if slot not in ("x", "recip", "and"))
    return fill(analysis, (*slots, *_FALLBACK.get(rule.type, ())), verb, own, anyone=rule.type in _ANYONE)


def _destination(analysis: Analysis, verb: Token) -> tuple[list[Mention], str]:
    """The host of a journey: the person or country visited, or the country of the place gone to."""
    obj = direct_object(verb)
    if obj is not None and not is_passive(verb):
        hosts = parties(analysis, [obj]) or _hosts_by_place(analysis, coordinated(obj))
        if hosts:
            return _met_there(analysis, verb, hosts), "obj"
    for wanted in ("to", "in", "into", "for", "at"):
        tokens = [t for preposition, inner in prepositions(verb) if preposition == wanted for t in coordinated(inner)]
        hosts = _hosts_by_place(analysis, tokens) or (
            parties(analysis, tokens, inside=False) if wanted != "for" else []
        )
        if hosts:
            return _met_there(analysis, verb, hosts), wanted
    return [], ""


def _met_there(analysis: Analysis, verb: Token, hosts: list[Mention]) -> list[Mention]:
    """ "travelled to Moscow for talks with Putin": the host is he, not just his country."""
    countries = {actor.country for host in hosts for actor in host.actors}
    for preposition, inner in prepositions(verb):
        if preposition in ("for", "on"):
            for deeper, who in prepositions(inner):
                met = parties(analysis, [who]) if deeper == "with" else []
                if met and {actor.country for m in met for actor in m.actors} == countries:
                    return met
    return hosts


def _hosts_by_place(analysis: Analysis, tokens: Iterable[Token]) -> list[Mention]:
    found: list[Mention] = []
    for token in tokens:
        mention = analysis.mention_at(token.i)
        found.extend([mention] if mention is not None and is_party(mention) else by_place(analysis, [token]))
    return found


def _governed(kind: str, mode: str | None, inner: Token, rule: VerbRule | None) -> tuple[str, str | None]:
    """Type and mode of a verb of commitment, refusal, threat or request, given what it governs."""
    act = rule.type if rule else None
    if kind == "AGREE" and act in _CONFLICT_TO_THREAT:
        return "THREATEN", _CONFLICT_TO_THREAT[act]
    if kind == "THREATEN" and act in _CONFLICT_TO_THREAT:
        return kind, _CONFLICT_TO_THREAT[act]
    if kind in ("REJECT", "REQUEST"):
        if act in _ACT_TO_MODE:
            return kind, _ACT_TO_MODE[act]
        if inner.lemma_.lower() in _ENDING:
            return kind, "yield"
        return kind, mode or "change"
    return kind, mode


def _shape(base: Candidate, shape: str, verb: Token) -> list[Candidate]:
    if shape == "swap":
        return [replace(base, actors=base.recipients, recipients=base.actors, swapped=True)]
    if shape == "exercise":
        if (base.recipients and base.slot == "with") or _several(base.actors):
            return [_mutual(replace(base, type="COOPERATE", act="COOPERATE", mode=None))]
        return [base]
    if shape == "recip":
        if base.slot in ("to", "clause", "iobj", "for", "on") and base.type not in ("CONSULT", "COOPERATE"):
            # "X and Y agreed that neither would attack": the agreement is between them.
            among = base.slot == "clause" and _several(base.actors)
            return [_mutual(replace(base, recipients=())) if among else base]
        return [_mutual(base)]
    actors = {actor.id for mention in base.actors for actor in mention.actors}
    others = {actor.id for mention in base.recipients for actor in mention.actors}
    group = any(mention.kind == "group" for mention in base.actors)
    together = base.type in _TOGETHER or _each_other(verb) or (group and base.type in _TOGETHER_AS_GROUP)
    return [_mutual(base)] if (not others and together) or (others and others <= actors) else [base]


def _each_other(verb: Token) -> bool:
    return any(
        token.lower_ in ("other", "another") and token.i - verb.i <= 4 for token in verb.subtree if token.i > verb.i
    )


def _several(mentions: tuple[Mention, ...]) -> bool:
    return len({actor.country or actor.id for mention in mentions for actor in mention.actors}) > 1


def _mutual(base: Candidate) -> Candidate:
    """Everyone becomes an actor when both sides do the same to each other."""
    known = {actor.id for mention in base.actors for actor in mention.actors}
    if not base.actors:
        return base
    others = tuple(m for m in base.recipients if not {a.id for a in m.actors} <= known)
    everyone = (*base.actors, *others)
    if not _several(everyone):
        return base
    return replace(base, actors=everyone, recipients=(), reciprocal=True, explicit=1.0, lead=len(base.actors))


def _willing(analysis: Analysis, adjective: Token, triggers: Triggers, consumed: set[int]) -> list[Candidate]:
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


def _due(analysis: Analysis, adjective: Token) -> list[Candidate]:
    """ "is due in Tehran on Sunday": a journey to come."""
    if adjective.head.pos_ not in ("AUX", "VERB"):
        return []
    hosts, slot = _destination(analysis, adjective)
    actors = parties(analysis, agents(adjective.head))
    if not hosts or not actors:
        return []
    return [
        Candidate(
            adjective.i, "adjective:due", "AGREE", "CONSULT", "visit", (), tuple(actors), tuple(hosts), False, 0.8, slot
        )
    ]


def _from_noun(analysis: Analysis, noun: Token, triggers: Triggers) -> list[Candidate]:
    rule = _noun_rule(noun, triggers)
    if rule is None or noun.dep_ in ("compound", "nmod"):
        return []
    support = _support(noun, triggers)
    slots = noun_slots(analysis, rule.slots, noun)
    if rule.needs == "verbal" and (support is None or support[1] not in ("do", "cancel", "plan")):
        return []
    if rule.needs == "modified" and "between" not in slots:
        return []
    if rule.needs == "by-people" and not support:
        return []
    subject = parties(analysis, agents(support[0])) if support is not None and support[2] == "agent" else []
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
    by = parties(analysis, [inner for preposition, inner in prepositions(noun) if preposition == "by"])
    taken = next(((slot, slots[slot]) for slot in rule.slots if slots.get(slot)), ("", []))
    slot, others = taken
    if rule.type == "CONSULT" and rule.mode == "visit" and not others:
        tokens = [inner for preposition, inner in prepositions(noun) if preposition in ("to", "in")]
        others, slot = _hosts_by_place(analysis, tokens), "dest"
    actors = by or owners or subject
    if subject and owners and rule.shape == "dir" and support is not None and support[1] == "do" and not others:
        # "Iran faces"/"the EU extended Russia sanctions": the modifier is whom it is about.
        actors, others = subject, owners
    if rule.shape == "recip":
        everyone = [*subject, *owners, *by, *others]
        base = _candidate(noun, rule, everyone, [], slot, support)
        return [_mutual(base)] if everyone else []
    if not others and undergoer:
        others, slot = undergoer, "undergoer"
    if not actors or not others:
        return []
    return [_candidate(noun, rule, actors, others, slot, support)]


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


def _candidate(
    noun: Token, rule: NounRule, actors: list[Mention], others: list[Mention], slot: str,
    support: tuple[Token, str, str] | None,
) -> Candidate:  # fmt: skip
    return Candidate(
        noun.i, rule.name, rule.type, rule.type, rule.mode, rule.contexts, tuple(actors), tuple(others), False, 0.9,
        slot, phase=support[1] if support else "",
    )  # fmt: skip


def _noun_rule(noun: Token, triggers: Triggers) -> NounRule | None:
    for rule in triggers.nouns.get(noun.lemma_.lower(), ()):
        before = [child.lemma_.lower() for child in noun.children if child.i < noun.i]
        if all(word in before for word in rule.words):
            return rule
    return None


def _support(noun: Token, triggers: Triggers) -> tuple[Token, str, str] | None:
    """The support verb that an event noun leans on, its effect, and what its subject is: "held talks"."""
    top = noun
    while top.dep_ == "conj" or (top.dep_ == "pobj" and top.head.lower_ == "of"):
        top = top.head if top.dep_ == "conj" else top.head.head
    verb = top.head
    if top.dep_ == "pobj" and verb.pos_ == "ADP":
        verb = verb.head
        if verb.lemma_ not in ("enter", "engage", "attend", "join", "embark", "go", "take"):
            return None
    elif top.dep_ not in ("dobj", "nsubjpass", "nsubj") and not (verb.dep_ in ("relcl", "acl") and verb.head == top):
        return None
    if top.dep_ == "nsubj":
        return None
    entry = triggers.support.get(verb.lemma_.lower())
    return (verb, *entry) if entry else None


def _sound(candidate: Candidate) -> bool:
    """Both sides are there and are not the same."""
    actors = {actor.id for mention in candidate.actors for actor in mention.actors}
    recipients = {actor.id for mention in candidate.recipients for actor in mention.actors}
    if candidate.reciprocal:
        return _several(candidate.actors)
    if not recipients:
        return bool(actors) and candidate.type in _ALONE and candidate.explicit >= 0.5
    return bool(actors) and not actors & recipients

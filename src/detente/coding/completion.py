"""Sides that a clause leaves out and its neighbours tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import by_place, is_party
from detente.coding.candidate import Candidate, mutual, several
from detente.coding.clauses import direct_object, is_passive, prepositions
from detente.coding.conditions import noun_lemmas, object_lemmas
from detente.coding.mentions_actor import country_actor
from detente.lexicon import load_lexicon
from detente.lexicon.triggers import Triggers

_DIRECTED = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "COERCE", "AID", "SUPPORT"})
_ANSWERS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SUPPORT", "SANCTION"})
_WORDS = frozenset(
    """
    comment remark statement word speech claim allegation accusation criticism threat warning charge view argument
    characterisation characterization suggestion complaint assertion
    """.split()
)
_STEPS = frozenset({"step", "move", "decision", "action", "measure", "act", "response"})
_DEEDS = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE"})


# Displeasure of which it is clear in a story of two states whom it is shown.
_SHOWN = frozenset(
    """
    protest representation demarche démarche dissatisfaction displeasure objection complaint indignation anger
    outrage opposition
    """.split()
)
# A story is of two states when both are named often, the second clearly more often than any third (set on
# examples/check: F1 .68 to .70, examples/ unchanged).
_OFTEN, _CLEARLY = 3, 1.5


def principals(analysis: Analysis) -> tuple[str, str] | None:
    """The two states that a text is about, None if it is about one or about several, as talk is."""
    if analysis.document.kind == "transcript":
        return None
    named = Counter(
        country
        for mention in analysis.mentions
        for country in {actor.country for actor in mention.actors if actor.role not in ("media", "observer")}
        if country
    )
    ranked = named.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < _OFTEN:
        return None
    if len(ranked) == 3 and ranked[1][1] < _CLEARLY * ranked[2][1]:
        return None
    return ranked[0][0], ranked[1][0]


def of_readout(analysis: Analysis, found: Sequence[Candidate]) -> tuple[str, str] | None:
    """The two states of the contact that a readout tells of first, None if it is of several."""
    if analysis.document.kind != "readout" or analysis.issuer is None:
        return None
    for candidate in found:
        sides = (*candidate.actors, *candidate.recipients)
        met = {actor.country for mention in sides for actor in mention.actors}
        if candidate.act == "CONSULT" and several(sides):
            others = [country for country in met if country and country != analysis.issuer]
            return (analysis.issuer, others[0]) if len(met) == 2 and len(others) == 1 else None
    return None


def complete(
    analysis: Analysis,
    candidate: Candidate,
    earlier: list[Candidate],
    triggers: Triggers,
    pair: tuple[str, str] | None = None,
) -> Candidate:
    """Find the recipient that the clause leaves out.

    It is that of the predicate it is coordinated with; or whoever did or said what it answers ("condemned the
    raid"); or, in a story of two states (`pair`), the other of them. Talks taken up again ("the talks were candid")
    are those of whoever met before, and the doer of "was urged" in a story of two states is the other of them.
    """
    if not candidate.actors and not candidate.recipients:
        return _taken_up(candidate, earlier)
    found = _by_context(analysis, candidate, earlier, triggers)
    if found is candidate and pair is not None:
        return _other_of_pair(analysis, candidate, triggers, pair)
    return found


def _taken_up(candidate: Candidate, earlier: list[Candidate]) -> Candidate:
    """ "The talks were candid": those of the last meeting told."""
    met = next(
        (one for one in reversed(earlier) if one.act == "CONSULT" and several((*one.actors, *one.recipients))), None
    )
    if met is None:
        return candidate
    return replace(
        candidate, actors=met.actors, recipients=met.recipients, reciprocal=met.reciprocal, lead=met.lead,
        mode=met.mode, slot="taken up", explicit=0.5,
    )  # fmt: skip


def _other_of_pair(analysis: Analysis, candidate: Candidate, triggers: Triggers, pair: tuple[str, str]) -> Candidate:
    if (candidate.actors and candidate.recipients) or candidate.reciprocal:
        return candidate
    own = {actor.country for mention in (*candidate.actors, *candidate.recipients) for actor in mention.actors}
    others = [country for country in pair if country not in own]
    if len(others) != 1 or not own <= set(pair):
        return candidate
    if candidate.act == "CONSULT":
        hosts = _hosts(analysis, candidate, others[0])
        done = mutual(replace(candidate, recipients=hosts, slot="host of the talks", explicit=0.5))
        return done if hosts else candidate
    if candidate.actors:
        if not candidate.rule.startswith("verb") or not _answers_the_other(analysis, candidate, triggers):
            return candidate
    elif not _by_the_other(analysis, candidate):
        return candidate
    told = [
        mention
        for mention in reversed(analysis.mentions)
        if mention.start < candidate.trigger
        and is_party(mention)
        and {a.country for a in mention.actors} == set(others)
    ]
    if not told:
        return candidate
    # Where only some of its people or bodies are named the state is meant.
    state = country_actor(load_lexicon().countries[others[0]])
    other = next((m for m in told if _governs(m)), replace(told[0], actors=(state,)))
    if not candidate.actors:
        return replace(candidate, actors=(other,), slot="other side of the story", explicit=0.5)
    return replace(candidate, recipients=(other,), slot="other side of the story", explicit=0.5)


def _governs(mention: Mention) -> bool:
    """Whether a mention is of a state or its government as a whole."""
    return all(actor.id in (actor.country, f"{actor.country}:GOV") for actor in mention.actors)


def _hosts(analysis: Analysis, candidate: Candidate, other: str) -> tuple[Mention, ...]:
    """The other state where one held talks there: "ended two days of talks in Lima"."""
    if candidate.mode not in (None, "visit"):
        return ()
    trigger = analysis.doc[candidate.trigger]
    tops = [trigger, *trigger.ancestors][:3]
    where = [inner for top in tops for preposition, inner in prepositions(top) if preposition in ("in", "at")]
    return tuple(m for m in by_place(analysis, where) if m.countries == (other,))[:1]


def _by_the_other(analysis: Analysis, candidate: Candidate) -> bool:
    """Whether a passive without a doer tells of words to one side: "was urged to", "protests were lodged with"."""
    verb = analysis.doc[candidate.trigger]
    named = any(child.dep_ == "agent" or child.lower_ == "by" for child in verb.children)
    if verb.pos_ != "VERB" or not is_passive(verb) or named:
        return False
    if candidate.type == "ACCUSE":
        return "@concern" in candidate.rule
    return candidate.type == "REQUEST" or verb.lemma_ == "invite"


def _answers_the_other(analysis: Analysis, candidate: Candidate, triggers: Triggers) -> bool:
    """Whether the act is by its nature one between the two: a refusal of something asked, a sanction, a demand."""
    verb = analysis.doc[candidate.trigger]
    lemmas = object_lemmas(verb)
    if candidate.type == "SANCTION":
        return "@" in candidate.rule
    if candidate.type == "REQUEST":
        called_for = analysis.document.kind == "readout" and "for" in {word for word, _ in prepositions(verb)}
        return verb.lemma_ == "demand" or called_for
    if candidate.type == "REJECT":
        # Talks called off were talks of the two.
        return bool(lemmas & (_WORDS | triggers.classes["demand"] | triggers.classes["accusation"])) or (
            "@talks" in candidate.rule and bool(lemmas & triggers.classes["talks"])
        )
    if candidate.type == "AGREE":
        # "has not agreed to it"
        return verb.lemma_ == "agree" and any(child.dep_ == "neg" for child in verb.children)
    return candidate.type == "ACCUSE" and (bool(lemmas & (_WORDS | _STEPS | _SHOWN)) or _protests(verb, triggers))


def _protests(verb: Token, triggers: Triggers) -> bool:
    """ "strongly protests", "is concerned about the tariffs": against what only the other can have done."""
    if verb.lemma_ == "protest":
        return True
    about = {lemma for word, inner in prepositions(verb) for lemma in noun_lemmas(inner) if word in ("about", "over")}
    obj = direct_object(verb)
    if obj is not None:
        about |= {m for word, inner in prepositions(obj) for m in noun_lemmas(inner) if word in ("about", "over")}
    return bool(about & triggers.classes["sanction"])


def _by_context(analysis: Analysis, candidate: Candidate, earlier: list[Candidate], triggers: Triggers) -> Candidate:
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
    if candidate.type not in _ANSWERS or analysis.document.kind == "transcript":
        # What is said next in talk answers a question.
        return candidate
    lemmas = object_lemmas(verb) if verb.pos_ == "VERB" else set()
    if not lemmas & _WORDS:
        lemmas |= _words_answered(verb)
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


def _words_answered(verb: Token) -> set[str]:
    """ "X said that …, a charge that Y rejected": the relative clause answers what was said before it."""
    noun = verb.head
    apposed = verb.dep_ in ("relcl", "acl") and noun.lemma_.lower() in _WORDS and noun.i > noun.sent.start + 1
    told = apposed and noun.nbor(-1).lower_ in ("a", "an") and noun.nbor(-2).text in (",", "–", "—", "-")
    return {noun.lemma_.lower()} if told and direct_object(verb) in (None, noun) else set()


def _last_speaker(analysis: Analysis, before: int, own: set[str]) -> Mention | None:
    for attribution in reversed(analysis.attributions):
        if attribution.source_root is None or attribution.source_root >= before:
            continue
        mention = analysis.mention_at(attribution.source_root)
        if mention is not None and is_party(mention) and not {a.country or a.id for a in mention.actors} & own:
            return mention
    return None

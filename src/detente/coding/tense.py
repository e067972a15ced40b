"""Tense, modality and negation of a clause, read off the dependency parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODALS = {
    "'ll": "will", "wo": "will", "will": "will", "shall": "shall", "would": "would", "'d": "would",
    "may": "may", "might": "might", "can": "can", "ca": "can", "could": "could", "should": "should",
    "must": "must", "ought": "should",
}  # fmt: skip
_AUXILIARIES = frozenset({"aux", "auxpass"})
_NEGATIVE = frozenset({"not", "n't", "never", "neither", "no longer", "hardly", "scarcely"})


@dataclass(frozen=True, slots=True)
class Tense:
    """How a verb group stands: `time` is past, present, future, infinitive, participle or none (no verb).

    `modal` is the normalised modal ("will", "might"), `perfect` have + participle, `progressive` be + -ing,
    `past_aux` whether the first auxiliary is in the past ("was set", "had met", "would").
    """

    time: str
    modal: str | None = None
    perfect: bool = False
    progressive: bool = False
    passive: bool = False
    negated: bool = False
    past_aux: bool = False
    going_to: bool = False

    @property
    def future(self) -> bool:
        return self.time == "future"


def predicate_of(token: Token) -> Token | None:
    """The nearest verb at or above a token (never an auxiliary), within its sentence; None in a verbless one."""
    while True:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in _AUXILIARIES:
            return token
        head = token.head
        if head.i == token.i:
            return None
        token = head


def auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, in order; the infinitive's "to" is among them."""
    return [child for child in verb.lefts if child.dep_ in _AUXILIARIES]


def is_negated(token: Token) -> bool:
    """Whether "not", "never" and the like stand directly on a token."""
    return any(
        child.dep_ == "neg" or (child.lower_ in _NEGATIVE and child.dep_ in ("advmod", "preconj"))
        for child in token.children
    )


def tense_of(verb: Token) -> Tense:
    """The tense of a verb from its own form and its auxiliaries; a bare conjunct takes those of the first conjunct."""
    helpers = auxiliaries(verb)
    tag = verb.tag_
    if not helpers and verb.dep_ == "conj" and tag in ("VB", "VBN", "VBG"):
        first = verb.head
        if first.pos_ in ("VERB", "AUX") and (tag == first.tag_ or {tag, first.tag_} == {"VBN", "VBD"}):
            helpers = auxiliaries(first)
    modal = None
    perfect = progressive = passive = past_aux = infinitive = False
    present_aux = False
    for helper in helpers:
        form, lemma = helper.lower_, helper.lemma_
        if helper.tag_ == "TO" or form == "to":
            infinitive = True
        elif helper.tag_ == "MD" or (form in _MODALS and lemma not in ("have", "be")):
            modal = modal or _MODALS.get(form, form)
        elif lemma == "have" or form in ("'ve", "had"):
            perfect = perfect or tag in ("VBN", "VBD") or any(h.lower_ == "been" for h in helpers)
            past_aux = past_aux or form in ("had", "'d")
            present_aux = present_aux or form not in ("had", "'d", "having")
        elif lemma == "be" or helper.dep_ == "auxpass" or form in ("'s", "'re", "'m"):
            progressive = progressive or tag == "VBG" or form == "being"
            passive = passive or (tag in ("VBN", "VBD") and helper.dep_ == "auxpass")
            past_aux = past_aux or form in ("was", "were")
            present_aux = present_aux or form in ("is", "are", "am", "'s", "'re", "'m")
        elif lemma == "do":
            past_aux = past_aux or form == "did"
            present_aux = present_aux or form != "did"
        elif lemma == "get":
            passive = True
            past_aux = past_aux or form == "got"
    negated = is_negated(verb)
    going_to = False
    if infinitive and verb.dep_ == "xcomp" and verb.head.lower_ in ("going", "gon"):
        going_to = True
        negated = negated or is_negated(verb.head)
    if modal in ("will", "shall") or going_to:
        time = "future"
    elif modal:
        time = "modal"
    elif infinitive:
        time = "infinitive"
    elif past_aux or (tag == "VBD" and not present_aux):
        time = "past"
    elif present_aux or tag in ("VBZ", "VBP"):
        time = "present"
    elif tag in ("VBG", "VBN"):
        time = "participle"
    else:
        time = "infinitive" if tag == "VB" else "none"
    return Tense(time, modal, perfect, progressive, passive, negated, past_aux, going_to)

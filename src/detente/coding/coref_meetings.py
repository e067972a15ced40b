"""Who met whom: the pair that "the two presidents" or "they" take up after a meeting or a call."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.coding.analysis import Mention
from detente.coding.coref_state import SUBJECTS, Discourse, is_person
from detente.records import Actor

_MEETS = frozenset(
    {"meet", "host", "receive", "welcome", "greet", "telephone", "phone", "call", "visit", "see", "join", "confer",
     "speak", "talk", "convene", "sit", "engage", "hold", "have", "conduct", "participate", "consult"}
)  # fmt: skip
# Verbs whose direct object is the other side; of the rest the other side stands after "with".
_TAKES_OBJECT = frozenset(
    {"meet", "host", "receive", "welcome", "greet", "telephone", "phone", "call", "visit", "see", "join", "engage",
     "consult"}
)  # fmt: skip
_TALKS = frozenset({"call", "meeting", "talk", "conversation", "summit", "discussion", "consultation", "dialogue"})


def parties(talk: Discourse, at: int, reach: int) -> Iterator[list[Actor]]:
    """Those who met or spoke with each other before the token `at`, the latest meeting first; two or more, each one
    person or one state or body. In a readout whose first sentence names but one side the issuer's leader is not added.
    """
    doc, sentences = talk.doc, talk.analysis.sentences
    here = talk.analysis.sentence_at(at).index
    roots = {mention.root: mention for mention in talk.back(at, reach)}
    for index in range(here, max(here - reach, 0) - 1, -1):
        for position in range(min(sentences[index].end, at) - 1, sentences[index].start - 1, -1):
            token = doc[position]
            if token.pos_ in ("VERB", "AUX") and token.lemma_ in _MEETS:
                found = _of_verb(token, roots)
            elif token.lower_ == "between" and token.head.lemma_.lower() in _TALKS:
                found = _objects_of(token, roots)
            else:
                continue
            actors = _distinct(found)
            if len(actors) > 1:
                yield actors


def _of_verb(verb: Token, roots: dict[int, Mention]) -> list[Mention]:
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if subject is None and verb.dep_ == "conj":
        subject = next((child for child in verb.head.children if child.dep_ in SUBJECTS), None)
    if subject is None:
        return []
    found = _with_conjuncts(subject, roots)
    if not found:
        return []
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and verb.lemma_ in _TAKES_OBJECT:
            found += _with_conjuncts(child, roots)
        if child.dep_ == "dobj" and child.lemma_.lower() in _TALKS:
            for inner in child.children:
                if inner.lower_ in ("with", "between"):
                    found += _objects_of(inner, roots)
        elif child.dep_ == "prep" and child.lower_ in ("with", "to"):
            found += _objects_of(child, roots)
    return found


def _objects_of(preposition: Token, roots: dict[int, Mention]) -> list[Mention]:
    return [
        mention for child in preposition.children if child.dep_ == "pobj" for mention in _with_conjuncts(child, roots)
    ]


def _with_conjuncts(token: Token, roots: dict[int, Mention]) -> list[Mention]:
    return [roots[other.i] for other in (token, *token.conjuncts) if other.i in roots and roots[other.i].actors]


def _distinct(mentions: list[Mention]) -> list[Actor]:
    found: dict[str, Actor] = {}
    for mention in mentions:
        for actor in mention.actors:
            if actor.role not in ("observer", "media", "unnamed", "spokesperson"):
                found.setdefault(actor.id, actor)
    kinds = {is_person(actor) for actor in found.values()}
    return list(found.values()) if len(kinds) == 1 else []

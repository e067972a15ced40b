"""On which tokens a date of an event may hang, nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from detente.coding.tense import predicate_of, tense_of

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEECH = frozenset(
    {
        "say",
        "tell",
        "announce",
        "report",
        "state",
        "claim",
        "confirm",
        "add",
        "note",
        "write",
        "tweet",
        "declare",
        "reveal",
        "deny",
    }
)
_HEARSAY = frozenset({"talk", "report", "rumor", "rumour", "speculation", "word", "chatter", "suggestion", "news"})
_LIGHT_NOUN_DEPS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "attr", "obj"})
_MEASURES = frozenset({"day", "week", "month", "year", "decade", "hour", "series", "round", "number", "set"})


def places_of(token: Token, *, ahead: bool) -> Iterator[tuple[Token, bool]]:
    """Tokens on which a date of this event may hang, nearest first, and whether that date would be inherited."""
    seen: set[int] = set()

    def fresh(place: Token) -> bool:
        if place.i in seen:
            return False
        seen.add(place.i)
        return True

    if fresh(token):
        yield token, False
    when = _when(token)
    if when is not None and fresh(when):
        yield when, True
    nominal = token.pos_ in ("NOUN", "PROPN")
    verb = token
    if nominal:
        # "talks in Beijing on Sunday": the date may hang on the place.
        for child in token.children:
            if child.dep_ == "prep":
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.pos_ == "PROPN" and fresh(inner):
                        yield inner, False
        above = token
        steps = 0
        while above.dep_ in ("pobj", "prep", "conj", "compound", "appos", "poss", "amod", "nmod") and steps < 6:
            above = above.head
            steps += 1
            if above.lemma_ in _HEARSAY and above.head.lemma_ == "be":
                # "There was talk on Sunday of a visit": the day of the talk.
                return
            if (
                above.pos_ in ("NOUN", "PROPN")
                and above.dep_ != "ROOT"
                and token.dep_ in ("compound", "conj", "appos")
                and fresh(above)
            ):
                yield above, False
            if above.pos_ == "NOUN" and above.lemma_ in _MEASURES and fresh(above):
                yield above, False
        found = predicate_of(token.head) if token.head.i != token.i else None
        if found is None:
            return
        verb = found
        if token.dep_ in _LIGHT_NOUN_DEPS and fresh(verb):
            yield verb, verb.lemma_ in SPEECH
    else:
        for child in token.children:
            if child.dep_ in ("dobj", "prep", "attr", "oprd", "dative", "agent", "advmod"):
                if child.dep_ == "dobj" and fresh(child):
                    yield child, False
                for inner in child.children:
                    if inner.dep_ == "prep" and inner.lower_ in ("at", "during", "in"):
                        inner = next((c for c in inner.children if c.dep_ == "pobj"), inner)
                    if inner.dep_ == "pobj" and inner.pos_ in ("PROPN", "NOUN", "PRON") and fresh(inner):
                        yield inner, False
    yield from _around(verb, fresh, ahead)


def _when(token: Token) -> Token | None:
    """In "their meeting in Bali last year, when they promised …": what stands before "when", if the clause is opened
    by it."""
    verb = predicate_of(token)
    if verb is None:
        return None
    opener = next((c for c in verb.lefts if c.lower_ == "when"), None)
    if opener is None or opener.i < 2 or opener.i == verb.sent.start:
        return None
    before = opener.nbor(-1)
    return before.nbor(-1) if before.is_punct else before


def _around(verb: Token, fresh: Callable[[Token], bool], ahead: bool) -> Iterator[tuple[Token, bool]]:
    """Participle clauses and coordinated verbs beside a verb, then the clauses and nouns above it."""
    for child in verb.children:
        if child.pos_ not in ("VERB", "AUX"):
            continue
        if child.dep_ == "xcomp":
            # "urged him to leave when they met": the parser hangs the clause on either verb.
            clauses = [c for c in child.children if c.dep_ == "advcl"]
        else:
            clauses = [child] if child.dep_ == "advcl" else []
        for clause in clauses:
            if any(c.lower_ == "when" for c in clause.lefts) and simple_past(clause) != ahead and fresh(clause):
                yield clause, True
        if ahead:
            continue
        if child.dep_ == "advcl" and child.tag_ == "VBG":
            if not any(c.dep_ in ("mark", "prep") for c in child.lefts) and fresh(child):
                yield child, False
        elif child.dep_ == "conj" and child.tag_ == verb.tag_:
            own_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
            if not own_subject and fresh(child):
                yield child, True
    current = verb
    for _ in range(8):
        head = current.head
        if head.i == current.i:
            return
        link = current.dep_
        if link in ("ccomp", "xcomp") and ahead:
            # "said on Sunday that he will visit": the day of the words is not the day of the visit.
            if link == "xcomp" and head.lemma_ in ("set", "schedule", "due", "expect", "plan", "slate") and fresh(head):
                yield head, False
            return
        if link in ("advcl",) and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in current.lefts):
            return
        if head.pos_ in ("VERB", "AUX", "NOUN", "PROPN") and fresh(head):
            yield head, link not in ("conj", "xcomp", "pcomp", "aux")
        if link == "relcl" or (link == "acl" and head.pos_ in ("NOUN", "PROPN")):
            noun = head
            while noun.dep_ in ("pobj", "prep", "npadvmod", "conj", "appos", "compound") and noun.head.i != noun.i:
                noun = noun.head
                if noun.pos_ in ("NOUN", "PROPN") and fresh(noun):
                    yield noun, True
            if noun.pos_ == "VERB" and any(c.lower_ == "where" for c in current.lefts) and fresh(noun):
                # "will travel to Oslo on Friday, where he will meet the king"
                yield noun, True
            return
        current = head


def simple_past(verb: Token) -> bool:
    tense = tense_of(verb)
    return tense.time == "past" and not tense.perfect

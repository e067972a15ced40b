"""Reading a clause off the dependency parse: who is its subject, its object, what hangs on which preposition.

Labels are those of spaCy's English pipelines (ClearNLP style). All functions take and return spaCy tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Verbs whose object is the subject of the infinitive after it (Rosenbaum 1967: object control).
_OBJECT_CONTROL = frozenset(
    """
    urge ask tell order force allow persuade convince press push compel enable help invite permit encourage
    authorize authorise require lead get cause want expect command instruct direct warn implore beg appeal call
    accuse blame suspect prevent stop bar ban keep block dissuade discourage deter condemn criticize criticise
    """.split()
)

# Of these the infinitive is never a purpose, also where the parser hangs it as one: "led X on Friday to call".
_MADE_TO = frozenset({"lead", "force", "urge", "ask", "tell", "order", "press", "persuade", "allow", "cause"})
# "Biden, Jr. spoke": the parser takes the suffix for a second subject.
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Behind these another deed may be named: "freed after an attack by rebels".
_OTHER_TIME = frozenset("after before during since following amid despite until over because".split())
_PHRASES = frozenset({"prep", "prt", "dobj", "obj", "pobj", "dative"})
# "with regard to X": about X, not with X.
_ABOUT = frozenset({"regard", "regards", "respect", "reference"})
_OF_OBJECT = frozenset({"of", "for", "from", "against", "to", "into"})


def coordinated(token: Token) -> list[Token]:
    """The token and what is coordinated to it on its right, in order: "France, Germany and Italy"."""
    found = [*_before_and(token), token]
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i:
            found.extend(coordinated(child))
    return found


def _before_and(token: Token) -> list[Token]:
    """The first of two names with titles where the parser hangs it on the second: "Premier Lind and Minister Berg"."""
    return [
        child
        for child in token.children
        if child.dep_ == "nmod" and child.ent_type_ == token.ent_type_ == "PERSON"
        and any(c.dep_ == "cc" and c.lower_ == "and" and child.i < c.i < token.i for c in child.children)
    ]  # fmt: skip


def is_passive(verb: Token) -> bool:
    """Whether the clause is passive: "was attacked", "talks held in Geneva"."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "csubjpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VBN":
        return not _own_subject(verb) and not _has_object(verb) and is_passive(verb.head)
    return verb.tag_ == "VBN" and any(child.dep_ == "agent" for child in verb.children)


def particle(verb: Token) -> set[str]:
    """Particles and short adverbs that may belong to the verb: "called off", "pull out"."""
    return {
        child.lower_
        for child in verb.children
        if child.dep_ in ("prt", "advmod", "prep")
        and child.i > verb.i
        and child.i - verb.i <= 3 + (child.dep_ == "prt") * 6
    }


def direct_object(verb: Token) -> Token | None:
    """What the verb is done to: its object, or its subject in the passive."""
    if is_passive(verb):
        return _kept_object(verb) or grammatical_subject(verb)
    for child in verb.children:
        if child.dep_ in ("dobj", "obj"):
            return _relative_head(child, verb)
    own = _own_subject(verb)
    if verb.dep_ == "relcl" and own is not None and own.lower_ not in _RELATIVE:
        # "the sanctions the EU imposed": the object is the noun the clause belongs to.
        return verb.head
    return None


def _kept_object(verb: Token) -> Token | None:
    """What a passive of a verb with two objects keeps: "was granted asylum"."""
    return next((child for child in verb.children if child.dep_ in ("dobj", "obj") and child.i > verb.i), None)


def indirect_object(verb: Token) -> Token | None:
    """ "gave Ukraine tanks", "Ukraine was given tanks": Ukraine."""
    if is_passive(verb):
        return grammatical_subject(verb) if _kept_object(verb) is not None else None
    return next((child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"), None)


def agents(verb: Token) -> list[Token]:
    """Who does it: the logical subject, through passives, coordination, control, relative and participial clauses."""
    if is_passive(verb):
        return next((found for found in map(_named_by, (verb, *_last_phrases(verb))) if found), [])
    subject = grammatical_subject(verb)
    return coordinated(subject) if subject is not None else []


def _named_by(token: Token) -> list[Token]:
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return [token for pobj in child.children if pobj.dep_ == "pobj" for token in coordinated(pobj)]
    return []


def _last_phrases(verb: Token) -> Iterator[Token]:
    """Where the parser may hang the "by" of a passive: on a preposition of the verb ("called upon by"), on the noun
    before it ("was offered a loan for a railway by", "was provided with funds by")."""
    stack = [child for child in verb.children if child.i > verb.i]
    while stack:
        token = stack.pop(0)
        if token.dep_ in _PHRASES and token.lower_ not in _OTHER_TIME:
            yield token
            stack.extend(token.children)


def grammatical_subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject by grammar (that of the passive too), found up the tree where the verb has none of its own."""
    own = _own_subject(verb)
    if own is not None:
        return _relative_head(own, verb)
    if depth > 8:
        return None
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "conj":
        if verb.tag_ in _FINITE:
            # A finite verb is never coordinated with an infinitive or a participle; the parser sometimes says so.
            while head.tag_ not in _FINITE and head.head != head and not _has_auxiliary(head):
                head = head.head
        if head.pos_ in ("VERB", "AUX"):
            return grammatical_subject(head, depth + 1)
        return None
    if verb.dep_ == "acl":
        if verb.tag_ in ("VBG", "VBN"):
            return head
        return _controller_of_noun(head, depth)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp"):
        return _controller(verb, head, depth)
    if verb.dep_ == "relcl":
        return head
    return None


def _has_auxiliary(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass") and child.tag_ != "TO" for child in verb.children)


def _controller(verb: Token, head: Token, depth: int) -> Token | None:
    of_object = True
    if verb.dep_ == "pcomp" and head.pos_ in ("ADP", "SCONJ"):
        # "accused X of doing" is about the object, "met X before leaving" about the subject.
        of_object = head.lower_ in _OF_OBJECT
        if head.lower_ == "by" and head.head.lemma_ in ("say", "add", "tell"):
            # "By firing on a ship X broke the law, Y said": nobody says by firing, and the parser lost the main clause.
            clause = next((t for t in verb.subtree if t.dep_ == "relcl" and _own_subject(t) is not None), None)
            return _own_subject(clause) if clause is not None else None
        head = head.head
    if head.pos_ in ("NOUN", "PROPN"):
        return _controller_of_noun(head, depth)
    if head.pos_ == "ADJ" and head.head != head:
        own = _own_subject(head)
        return own if own is not None else grammatical_subject(head.head, depth + 1)
    if head.pos_ not in ("VERB", "AUX"):
        return None
    if (
        of_object
        and (verb.dep_ in ("xcomp", "ccomp", "pcomp") or (verb.dep_ == "advcl" and head.lemma_ in _MADE_TO))
        and head.lemma_ in _OBJECT_CONTROL
        and not is_passive(head)
    ):
        for child in head.children:
            if child.dep_ in ("dobj", "dative") and child.i < verb.i and child.pos_ != "ADP":
                return child
    return grammatical_subject(head, depth + 1)


def _controller_of_noun(noun: Token, depth: int) -> Token | None:
    """The possessor ("Iran's plan to build"), or the subject of the verb that takes the noun ("made an offer to")."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    if noun.dep_ in ("dobj", "pobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        return grammatical_subject(noun.head, depth + 1)
    return None


def _own_subject(verb: Token) -> Token | None:
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS and child.lower_ not in _SUFFIXES]
    return subjects[-1] if subjects else None


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "obj") for child in verb.children)


def _relative_head(token: Token, verb: Token) -> Token:
    """The noun behind a relative pronoun, the token itself otherwise."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.dep_ != "relcl" and clause.head != clause:
        clause = clause.head
    # Behind "a claim" the tagger takes "that" for a conjunction; no conjunction is an object.
    relative = token.tag_ in ("WP", "WDT") or (token.tag_ == "IN" and token.dep_ == "dobj")
    if token.lower_ in _RELATIVE and relative and clause.dep_ in ("relcl", "acl"):
        return clause.head
    return token


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, its object) hanging on a token; "including" and the like are no prepositions here."""
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
            yield from _objects(child)
        elif child.dep_ == "advcl" and any(mark.dep_ == "mark" and mark.lower_ == "with" for mark in child.children):
            # "spoke with X to offer …" is parsed as if X were to offer.
            yield from (("with", inner) for inner in child.children if inner.dep_ == "nsubj")
        elif child.dep_ in ("prt", "advmod"):
            for grandchild in child.children:
                if grandchild.dep_ == "prep":
                    yield from _objects(grandchild)


def is_epithet(token: Token) -> bool:
    """ "Talks with visiting Foreign Minister X": a participle that the parser takes for a verb with an object."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    bare = after is not None and after.pos_ in ("PROPN", "ADJ", "NOUN")
    return token.lower_ == "visiting" and token.dep_ == "pcomp" and token.head.lower_ != "by" and bare


def _objects(preposition: Token) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ == "pcomp":
            if is_epithet(child):
                yield from ((preposition.lower_, guest) for guest in child.children if guest.dep_ == "dobj")
                continue
            # "with X to discuss": what the parser takes for the subject of the infinitive is the object of "with".
            subject = _own_subject(child)
            yield preposition.lower_, child if subject is None else subject
        elif child.dep_ == "pobj":
            if child.lower_ not in _ABOUT:
                yield preposition.lower_, child
        elif child.dep_ == "prep":
            # "out of Syria", "up against Iran": the inner preposition counts.
            yield from _objects(child)
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from _objects(child)


def complements(verb: Token) -> list[Token]:
    """The complement and what is coordinated to it: "said that …, and that …"."""
    first = complement(verb)
    return with_coordinated(first) if first is not None else []


def with_coordinated(verb: Token) -> list[Token]:
    """A verb and those coordinated to it. A finite verb that the parser hangs on an infinitive is none of them."""
    finite = verb.tag_ in _FINITE or _has_auxiliary(verb)
    return [
        verb,
        *(t for t in coordinated(verb)[1:] if t.pos_ in ("VERB", "AUX") and (finite or t.tag_ not in _FINITE)),
    ]


def complement(verb: Token) -> Token | None:
    """The head of the clause that the verb takes: "agreed to meet", "said that X fled", "called for X to stop"."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and child.i > verb.i:
            return child
    for child in verb.children:
        if child.dep_ == "advcl" and child.i > verb.i and _is_infinitive(child):
            return child
        if child.dep_ == "prep":
            for grandchild in child.children:
                if grandchild.dep_ == "pcomp" and grandchild.pos_ == "VERB":
                    return grandchild
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i:
            for grandchild in child.children:
                if grandchild.dep_ in ("acl", "relcl") and _is_infinitive(grandchild):
                    return grandchild
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.tag_ == "TO" for child in verb.children)


def clause_head(token: Token) -> Token:
    """The verb of the smallest clause that holds the token (the token itself if it is a verb)."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token

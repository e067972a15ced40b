"""Turns of phrase in which a verb does not name the event that it names elsewhere."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from detente.coding.analysis import Analysis
from detente.coding.clauses import direct_object, is_passive, prepositions
from detente.lexicon.triggers import VerbRule

_SPOKEN_TO: Final = frozenset({"you", "yourself", "yourselves"})
_LISTENED: Final = frozenset({"to"})
_TURNING: Final = frozenset({"go", "come", "turn", "move", "get", "jump", "head", "return"})
_TENSED: Final = frozenset({"VBZ", "VBD", "VBP"})
_TELL_OF: Final = frozenset({"speak", "talk", "dream", "think", "hear"})
_SPEAK: Final = frozenset({"speak", "talk"})
# One meets these without meeting anybody.
_GOALS: Final = frozenset(
    """
    goal target deadline need standard requirement challenge moment threshold criterion criteria obligation
    expectation quota timeline milestone objective test benchmark condition commitment responsibility end mark
    """.split()
)


def is_turn_of_phrase(analysis: Analysis, verb: Token, rule: VerbRule) -> bool:
    """Whether the verb stands in a construction that takes the event out of it, whatever the sides."""
    return (
        _to_the_listener(analysis, verb)
        or _is_auxiliary(verb)
        or _goes_on(verb)
        or _hands_over(analysis, verb)
        or (rule.type == "CONSULT" and (_of_a_thing(analysis, verb) or _only_seen(analysis, verb) or _called_out(verb)))
        or (rule.type == "CONSULT" and _halfway(verb))
        or (rule.type == "THREATEN" and _of_a_danger(verb))
        or (rule.type == "AID" and (_helps_along(verb) or _takes_part(verb)))
        or only_spoken_of(verb)
        or (rule.type == "ASSAULT" and _for_a_cause(verb))
        or (rule.type == "AGREE" and _claims(verb))
        or (rule.type == "REQUEST" and _only_asks(verb))
    )


def _takes_part(verb: Token) -> bool:
    """ "took part in the talks": the parser hangs "in" on "took", and nobody is taken in."""
    return verb.lemma_ == "take" and any(child.dep_ == "dobj" and child.lower_ == "part" for child in verb.children)


def only_spoken_of(verb: Token) -> bool:
    """ "spoke of signing a treaty", "talked about the harvest and reaching a deal": a topic, no deed."""
    if verb.tag_ == "VBG" and verb.dep_ == "conj" and verb.head.tag_ in _TENSED and verb.head.lemma_ in _TELL_OF:
        # No participle is coordinated with a finite verb; the parser tore it off "about the harvest".
        return any(preposition in ("of", "about") for preposition, _ in prepositions(verb.head))
    top = verb
    while top.dep_ in ("conj", "pobj") and top.tag_ in ("VBG", "NN", "NNS") and top.head != top:
        top = top.head
    above = top.head if top.dep_ in ("pcomp", "pobj") else top
    return (
        verb.tag_ == "VBG"
        and above.dep_ == "prep"
        and above.lower_ in ("of", "about")
        and above.head.lemma_ in _TELL_OF
    )


def _halfway(verb: Token) -> bool:
    """ "meet us halfway": yields a little; nobody meets."""
    return any(
        child.lower_ in ("halfway", "half-way") or (child.lower_ == "way" and child.nbor(-1).lower_ == "half")
        for child in verb.children
        if child.i > verb.i
    )


def _to_the_listener(analysis: Analysis, verb: Token) -> bool:
    """ "Thank you for …", "I will warn you": whoever listens, who is nobody known."""
    obj = direct_object(verb)
    told = [child for child in verb.children if child.dep_ in ("dobj", "dative", "iobj")]
    told += [obj] if obj is not None else []
    told += [inner for preposition, inner in prepositions(verb) if preposition == "to"]
    return any(
        token.lower_ in _SPOKEN_TO and ((mention := analysis.mention_at(token.i)) is None or not mention.actors)
        for token in told
    )


def _is_auxiliary(verb: Token) -> bool:
    """ "is going to": the future, no journey."""
    return verb.lower_ in ("going", "gon") and any(
        child.dep_ == "xcomp" and any(one.tag_ == "TO" for one in child.children) for child in verb.children
    )


def _goes_on(verb: Token) -> bool:
    """ "go on resolving issues": no journey."""
    return verb.lemma_ == "go" and any(
        child.lower_ == "on" and (child.dep_ == "prt" or any(inner.dep_ == "pcomp" for inner in child.children))
        for child in verb.children
    )


def _of_a_thing(analysis: Analysis, verb: Token) -> bool:
    """ "meet its goals", "speak to the senator's schedule"."""
    obj = direct_object(verb)
    if obj is not None and not is_passive(verb) and obj.lemma_.lower() in _GOALS:
        return True
    if verb.lemma_ not in _SPEAK:
        return False
    heard = [inner for preposition, inner in prepositions(verb) if preposition in _LISTENED]
    named = [inner for preposition, inner in prepositions(verb) if preposition == "with"]
    return bool(heard) and all(_is_thing(analysis, token) for token in (*heard, *named))


def _is_thing(analysis: Analysis, token: Token) -> bool:
    return token.pos_ in ("NOUN", "PRON") and token.ent_type_ != "PERSON" and analysis.mention_at(token.i) is None


def _only_seen(analysis: Analysis, verb: Token) -> bool:
    """ "sees the president as a partner", "are seeing soldiers there"."""
    if verb.lemma_ != "see":
        return False
    if any(child.dep_ == "prep" and child.lower_ == "as" for child in verb.children):
        return True
    obj = direct_object(verb)
    if obj is not None and obj.lower_ in ("other", "another"):
        return False
    mention = analysis.mention_at(obj.i) if obj is not None else None
    return mention is not None and not any(a.id.startswith("person:") or a.office for a in mention.actors)


def _hands_over(analysis: Analysis, verb: Token) -> bool:
    """ "I'll go back to Alex": in a briefing whoever speaks gives the floor to somebody and goes nowhere."""
    if analysis.document.kind != "transcript" or verb.lemma_ not in _TURNING:
        return False
    ours = any(child.dep_ == "nsubj" and child.lower_ in ("i", "we", "you") for child in verb.lefts)
    there = [inner for preposition, inner in prepositions(verb) if preposition == "to"]
    return ours and bool(there) and all(analysis.mention_at(token.i) is None for token in there)


def _called_out(verb: Token) -> bool:
    """ "will call it out"."""
    return verb.lemma_ == "call" and any(
        child.dep_ in ("prt", "advmod") and child.lower_ == "out" for child in verb.children
    )


def _of_a_danger(verb: Token) -> bool:
    """ "warned of storms", "warned about inflation", with nobody warned: a forecast and no threat."""
    hanging = {child.lower_ for child in verb.children if child.dep_ == "prep"}
    return (
        verb.lemma_ in ("warn", "caution", "alert") and bool(hanging & {"of", "about"}) and direct_object(verb) is None
    )


def _helps_along(verb: Token) -> bool:
    """ "will help improve the climate": what helps is a means, and nobody is helped."""
    if verb.lemma_ != "help" or is_passive(verb):
        return False
    inner = next((child for child in verb.children if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i), None)
    return (
        inner is not None
        and not any(child.dep_ in ("dobj", "dative") and child.i < inner.i for child in verb.children)
        and not any(child.dep_ == "nsubj" for child in inner.children)
    )


def _for_a_cause(verb: Token) -> bool:
    """ "will fight for the bill": against nobody who is named."""
    hanging = {child.lower_ for child in verb.children if child.dep_ == "prep"}
    return (
        verb.lemma_ in ("fight", "battle")
        and "for" in hanging
        and not hanging & {"with", "against"}
        and direct_object(verb) is None
    )


def _claims(verb: Token) -> bool:
    """ "suggested that the road was closed": a claim; a proposal has no tense ("suggested that they meet")."""
    inner = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), None)
    if verb.lemma_ != "suggest" or inner is None:
        return False
    helpers = {child.tag_ for child in inner.children if child.dep_ in ("aux", "auxpass")}
    return bool(({inner.tag_} | helpers) & _TENSED) and "MD" not in helpers


def _only_asks(verb: Token) -> bool:
    """ "asked whether the road was closed": a question, and nothing is asked for."""
    inner = next((child for child in verb.children if child.dep_ in ("ccomp", "advcl") and child.i > verb.i), None)
    return (
        verb.lemma_ == "ask"
        and inner is not None
        and any(child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in inner.children)
        and not any(child.dep_ in ("xcomp", "prep") and child.lower_ != "on" for child in verb.children)
    )

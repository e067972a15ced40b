"""Infinitives and participles: read by what governs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.status.links import clause_construction, cue_for
from detente.coding.status.nouns import after_preposition
from detente.coding.status.reading import GUESS, LIKELY, REAL, SURE, UNREAL, StatusReading, compose
from detente.coding.status.words import CHOICES, PERFORMATIVES
from detente.coding.tense import auxiliaries, tense_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.coding.status.nouns import Read


_JOYS = frozenset(
    {"honored", "honoured", "honor", "honour", "pleased", "pleasure", "delighted", "glad", "privilege", "proud"}
)


def nonfinite_status(read: Read, verb: Token, negated: bool, headline: bool, depth: int) -> StatusReading:
    """Infinitives and participles: by their governor."""
    head = verb.head
    construction = clause_construction(verb)
    if verb.dep_ == "ROOT" or head.i == verb.i:
        return _root_form(verb, headline)
    if verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and head.tag_ == "VB" and not auxiliaries(verb):
        return StatusReading("happened", "past form", LIKELY)
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return read(head, depth + 1).because("coordinated")
    above = read(head, depth + 1)
    if construction is not None:
        cue = cue_for(head, construction)
        if cue is None and verb.dep_ == "pcomp":
            reading = after_preposition(read, verb, head, "ing", depth)
            undone = negated and reading.status in REAL | {"planned", "possible"}
            return StatusReading("denied", "negated", LIKELY) if undone else reading
        if construction == "to" and (_performs(verb, head) or _receives(verb, head)):
            return StatusReading("happened", "said by saying so", LIKELY)
        if construction == "to" and any(c.lower_ == "yet" for c in head.children) and head.lemma_ in ("have", "be"):
            return StatusReading("denied", "'yet to'", SURE)
        if cue is not None:
            if construction == "to" and (found := _undone(head, verb)) is not None:
                return found
            found = compose(cue, above, StatusReading("happened", "non-finite", GUESS))
            if negated:
                return (
                    StatusReading("denied", f"negated; {found.why}", LIKELY)
                    if found.status in REAL | {"planned"}
                    else found
                )
            return found
    if negated:
        return StatusReading("denied", "negated", LIKELY)
    if construction == "to" and any(h.lemma_ == "have" for h in auxiliaries(verb)) and head.lemma_ != "be":
        return above.because("perfect infinitive")
    if construction == "to":
        return _bare_infinitive(verb, head, above)
    if verb.tag_ == "VBG" and verb.dep_ == "advcl":
        return (
            above.because("participle clause")
            if above.status != "denied"
            else StatusReading("happened", "participle clause", GUESS)
        )
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return _reduced_relative(verb, head, above)
    if verb.dep_ == "pcomp":
        return after_preposition(read, verb, head, "ing", depth)
    return above.because(f"goes with '{head.text}'")


def _root_form(verb: Token, headline: bool) -> StatusReading:
    if any(c.tag_ == "TO" for c in auxiliaries(verb)):
        return StatusReading("planned", "infinitive standing for the future", LIKELY)
    if verb.tag_ in ("VBN", "VBG") or headline:
        return StatusReading("happened", "headline or note style", LIKELY)
    if verb.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts):
        return StatusReading("hypothetical", "imperative", LIKELY)
    return StatusReading("happened", "no tense", GUESS)


def _bare_infinitive(verb: Token, head: Token, above: StatusReading) -> StatusReading:
    """A purpose or a use ("met to discuss", "a contract to supply"): what is not yet done."""
    if head.lemma_ == "be" or (head.pos_ == "AUX" and verb.dep_ == "xcomp"):
        past = tense_of(head).time == "past"
        if past and (found := _undone(head, verb)) is not None:
            return found
        return StatusReading("planned", "'is to'", LIKELY) if above.status != "denied" else above
    if above.status in UNREAL:
        return above.because("purpose")
    if above.status in ("possible", "hypothetical"):
        return StatusReading(above.status, f"purpose; {above.why}", GUESS)
    if head.lower_ == "enough":
        return above.because("'enough to'")
    if above.status in REAL and head.lemma_ not in CHOICES and _is_superlative(head) and not _own_agent(verb):
        return above.because("'the first to'")
    return StatusReading("planned", "purpose", GUESS)


def _reduced_relative(verb: Token, head: Token, above: StatusReading) -> StatusReading:
    if cue_for(verb, "np") is not None and verb.tag_ == "VBN":
        # "talks scheduled for May": the scheduling is done.
        return StatusReading("happened", "participle", LIKELY)
    if head.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "appos", "ROOT") and above.status in (
        "planned",
        "possible",
        "hypothetical",
    ):
        return (
            above.because(f"describes '{head.text}'")
            if verb.tag_ == "VBG"
            else StatusReading("happened", "participle", GUESS)
        )
    if verb.tag_ == "VBG":
        return StatusReading("ongoing" if above.status == "ongoing" else "happened", "participle", GUESS)
    return StatusReading("happened", "participle", LIKELY)


def _undone(head: Token, verb: Token) -> StatusReading | None:
    """ "was originally set to visit until …", "was to have met", "had planned to": a plan that came to nothing."""
    group = head
    if head.pos_ == "ADJ" or (head.lower_ in ("due", "set") and head.head.lemma_ == "be"):
        group = head.head
    tense = tense_of(group)
    if not (tense.past_aux or tense.time == "past"):
        return None
    words = {c.lower_ for t in (group, head, verb) for c in t.children}
    if words & {"originally", "initially", "previously"} and not tense.negated:
        return StatusReading("cancelled", "a former plan", LIKELY)
    passive = tense.passive or group.lemma_ == "be" or head.pos_ == "ADJ"
    if passive and words & {"until"}:
        return StatusReading("cancelled", "a plan that held 'until'", LIKELY)
    if any(h.lemma_ == "have" for h in auxiliaries(verb)) and group.lemma_ == "be":
        return StatusReading("cancelled", "'was to have'", LIKELY)
    if (
        tense.perfect
        and tense.past_aux
        and head.lemma_ in ("plan", "intend", "hope", "want", "expect", "schedule", "mean", "aim")
    ):
        return StatusReading("cancelled", f"'had {head.text} to'", GUESS)
    if passive:
        for t in (group, verb):
            for c in t.children:
                cue = cue_for(c, "np") if c.dep_ == "conj" else None
                if cue is not None and cue.status == "cancelled":
                    return StatusReading("cancelled", f"'{c.text}' after", LIKELY)
    return None


def _receives(verb: Token, head: Token) -> bool:
    """ "is honored to welcome …", "It is a pleasure to have …": the host says so when the guest is there."""
    joy = head if head.lemma_.lower() in _JOYS else next((c for c in head.children if c.lemma_.lower() in _JOYS), None)
    return joy is not None and verb.lemma_ in ("welcome", "have", "host", "receive")


def _performs(verb: Token, head: Token) -> bool:
    speaker = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in head.lefts)
    return speaker and head.lemma_ in ("like", "want", "wish") and verb.lemma_ in PERFORMATIVES


def _is_superlative(noun: Token) -> bool:
    return any(
        t.tag_ in ("JJS", "RBS") or t.lower_ in ("first", "last", "second", "third", "only", "latest")
        for child in noun.lefts
        for t in (child, *child.lefts)
    )


def _own_agent(verb: Token) -> bool:
    """ "for X to do": the infinitive has a subject of its own."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts)

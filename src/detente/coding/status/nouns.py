"""Event nouns, and whatever stands after a preposition: by modifiers, by what governs them, by definiteness."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from detente.coding.status.links import cue_for, modifier_cue, participle_cue, preposition_cue
from detente.coding.status.reading import GUESS, LIKELY, REAL, SURE, UNREAL, StatusReading, compose
from detente.coding.status.verbs import has_no
from detente.coding.status.words import CAUSES, DEFINITE, ENDINGS, PARTS, REFUSALS, SPEECH_ACTS, TOPICS

if TYPE_CHECKING:
    from spacy.tokens import Token

    Read = Callable[[Token, int], StatusReading]


# What a meeting is before it takes place.
_CHANCES = frozenset({"opportunity", "chance"})


def after_preposition(read: Read, token: Token, preposition: Token, construction: str, depth: int) -> StatusReading:
    """What stands after a preposition: by head and preposition, by the preposition, else by the head."""
    head = preposition.head
    if (
        preposition.dep_ not in ("prep", "agent", "pcomp", "advmod", "mark", "advcl", "dative", "prt")
        or head.i == preposition.i
    ):
        return StatusReading("happened", "stands alone", GUESS)
    name = "to_np" if preposition.lower_ == "to" else preposition.lower_
    if (head.lower_, preposition.lower_) in CAUSES:
        return StatusReading("happened", f"after '{head.text} {preposition.text}'", LIKELY)
    cue = cue_for(head, name)
    above = read(head, depth + 1)
    if cue is not None:
        return compose(cue, above, StatusReading("happened", "nominal", GUESS))
    if preposition.lower_ in ("instead", "rather") or (
        preposition.lower_ in ("of", "than") and head.lower_ in ("instead", "rather")
    ):
        return StatusReading("denied", f"'{head.text} {preposition.text}'", LIKELY)
    if head.lower_ in ("case", "event") and preposition.lower_ == "of":
        return StatusReading("hypothetical", f"'in {head.text} of'", LIKELY)
    cue = preposition_cue(preposition, construction)
    if cue is not None and cue.positive == "-":
        return StatusReading("denied", f"after '{preposition.text}'", LIKELY)
    if cue is not None and cue.status == "hypothetical":
        return StatusReading("hypothetical", f"after '{preposition.text}'", LIKELY)
    if cue is not None and cue.positive == "+":
        if (
            above.status == "planned"
            and not _definite(token)
            and preposition.lower_ in ("after", "following", "during")
        ):
            return StatusReading("planned", f"after '{preposition.text}' ({above.status})", GUESS)
        # "Since the presidents met in Bali" recalls what lies behind.
        known = "historical" if preposition.lower_ == "since" else "happened"
        return StatusReading(known, f"after '{preposition.text}'", LIKELY)
    if head.lemma_ in PARTS and preposition.lower_ == "of":
        return above.because(f"'{head.text} of'")
    agent = preposition.dep_ == "prep" and head.head.dep_ == "agent"
    wanted = construction == "np" and above.status in ("planned", "possible")
    if preposition.lower_ == "for" and wanted and (head.pos_ in ("VERB", "AUX") or agent):
        return StatusReading("happened", f"reason after '{head.text} for'", GUESS)
    if head.pos_ in ("VERB", "AUX") and preposition.lower_ in TOPICS:
        return _argument(token, above, head)
    if head.pos_ in ("NOUN", "PROPN") and above.status in ("planned", "possible", "hypothetical") and _definite(token):
        return StatusReading("happened", "definite", GUESS)
    return above.because(f"goes with '{head.text}'")


def noun_status(read: Read, noun: Token, depth: int) -> StatusReading:
    if has_no(noun):
        return StatusReading("denied", "'no'", SURE)
    if any(c.lower_ == "any" and c.dep_ == "det" for c in noun.lefts):
        governed = _governed(read, noun, depth)
        if governed.status in ("planned", "possible", "hypothetical"):
            return StatusReading("hypothetical", "'any'", LIKELY)
        return governed
    after = participle_cue(noun)
    if after is not None and after.positive in ("o", "-"):
        governed = _governed(read, noun, depth)
        if governed.status in UNREAL:
            return governed
        happened = StatusReading("happened", "participle", LIKELY)
        return compose(after, happened, StatusReading("happened", "nominal", GUESS))
    found = modifier_cue(noun)
    if found is not None and found[1] in ("next", "last", "coming") and noun.lemma_ in PARTS:
        found = None
    if found is not None:
        cue, word = found
        if cue.positive != "+":
            governed = _governed(read, noun, depth)
            if cue.status == "planned" and governed.status in UNREAL:
                return governed
            if (
                cue.status == "planned"
                and word in ("next", "coming", "future", "expected", "pending")
                and governed.status in REAL
            ):
                return StatusReading("planned", f"'{word}'", LIKELY)
            return StatusReading(cue.status, f"'{word}'", LIKELY)
    return _governed(read, noun, depth)


def _governed(read: Read, noun: Token, depth: int) -> StatusReading:
    head, link = noun.head, noun.dep_
    if head.i == noun.i:
        return StatusReading("happened", "no verb", GUESS)
    if link in ("compound", "poss", "nmod", "amod", "nummod"):
        for construction in ("of", "for", "to"):
            if (cue := cue_for(head, construction)) is not None and head.pos_ == "NOUN" and link != "poss":
                return compose(cue, read(head, depth + 1), StatusReading("happened", "nominal", GUESS))
        above = read(head, depth + 1)
        return (
            above.because(f"part of '{head.text}'") if link != "poss" else StatusReading("happened", "possessor", GUESS)
        )
    if link in ("conj", "appos"):
        return read(head, depth + 1).because("coordinated" if link == "conj" else "in apposition")
    if link in ("pobj", "pcomp"):
        return after_preposition(read, noun, head, "np", depth)
    if head.pos_ in ("VERB", "AUX"):
        return _of_verb(read, noun, head, link, depth)
    return StatusReading("happened", "nominal", GUESS)


def _of_verb(read: Read, noun: Token, verb: Token, link: str, depth: int) -> StatusReading:
    above = read(verb, depth + 1)
    if (
        link == "nsubj"
        and verb.tag_ in ("VBZ", "VBP")
        and any(child.dep_ == "attr" and child.lemma_ in _CHANCES for child in verb.children)
    ):
        return StatusReading("planned", "a chance is still to come", GUESS)
    nominal = StatusReading("happened", "nominal", GUESS)
    construction = "np" if link in ("dobj", "nsubjpass", "attr", "oprd", "obj") else "subj"
    cue = cue_for(verb, construction)
    if (
        construction == "subj"
        and cue is None
        and verb.dep_ in ("ccomp", "xcomp")
        and (over := cue_for(verb.head, "np")) is not None
    ):
        # "expects talks to resume"
        cue = over if over.positive == "+" else None
    if link == "nsubjpass" and cue is None:
        return _argument(noun, above, verb)
    if cue is not None and verb.lemma_ in ENDINGS and above.status not in REAL | UNREAL:
        return StatusReading("ongoing", f"to be ended by '{verb.text}'", LIKELY)
    if cue is not None and cue.positive == "-" and noun.lemma_ in SPEECH_ACTS and verb.lemma_ in REFUSALS:
        return StatusReading("happened", f"'{verb.text}' answers it", LIKELY)
    if cue is not None:
        return compose(cue, above, nominal)
    if link == "attr" and verb.lemma_ == "be" and above.status not in REAL:
        # "It would be the first trip": what something would be is no more real than that it is.
        return above.because("said with 'be'")
    if link == "nsubjpass" or construction == "np":
        return _argument(noun, above, verb)
    raised = _raised(read, noun, verb, depth)
    if raised is not None:
        return raised
    if above.status in ("planned", "possible") and link in ("nsubj", "csubj"):
        return above.because(f"subject of '{verb.text}'")
    if verb.lemma_ == "be" and above.status in ("denied", "planned", "possible", "hypothetical"):
        return above.because("with 'be'")
    return StatusReading("happened", f"subject of '{verb.text}'", LIKELY)


def _raised(read: Read, noun: Token, verb: Token, depth: int) -> StatusReading | None:
    """ "The talks are expected to begin", "is due to start": the subject shares the fate of the infinitive."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "acomp") and child.pos_ in ("VERB", "ADJ", "AUX") and child.i > noun.i:
            lower = next((c for c in child.children if c.dep_ == "xcomp"), child) if child.pos_ == "ADJ" else child
            to_be_done = verb.lemma_ == "be" and lower.tag_ == "VBN"
            if to_be_done or cue_for(lower, "subj") is not None:
                return read(lower, depth + 1).because(f"subject of '{lower.text}'")
    return None


def _argument(noun: Token, above: StatusReading, verb: Token) -> StatusReading:
    """The object of a verb that is no cue: a known event under a verb not yet real, a new one shares the verb's
    status."""
    if above.status in REAL:
        return StatusReading("happened", f"object of '{verb.text}'", LIKELY)
    # "It would be the first visit since": what it would be is no more real than that.
    if _definite(noun) and not (verb.lemma_ == "be" and noun.dep_ == "attr"):
        return StatusReading("happened", "definite", GUESS)
    return above.because(f"object of '{verb.text}'")


def _definite(noun: Token) -> bool:
    return any((c.dep_ in ("det", "poss") and (c.lower_ in DEFINITE or c.dep_ == "poss")) for c in noun.lefts)

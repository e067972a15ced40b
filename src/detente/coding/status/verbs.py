"""What a verb's own clause says about it: tense, aspect, modals, negation, conditions, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.coding.status.links import clause_construction
from detente.coding.status.reading import GUESS, LIKELY, SURE, StatusReading
from detente.coding.tense import Tense, predicate_of, tense_of
from detente.lexicon import cues
from detente.lexicon.status_cues import status_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO: Final = frozenset({"no", "neither", "nobody", "none", "nothing", "nor", "zero"})
_CONDITIONAL: Final = frozenset({"if", "unless", "lest"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
# Words before a question in the same sentence: the label of the turn, "And"; and words that invert a statement.
_OPENING: Final = 2
_INVERTING: Final = frozenset({"nor", "neither", "never", "so", "only", "not", "seldom", "rarely"})
_OBJECTS: Final = frozenset({"dobj", "attr", "oprd"})


def own_status(verb: Token, tense: Tense, *, headline: bool) -> StatusReading:
    """The status by a finite verb's own form. Infinitives and participles are read by what governs them."""
    negated = tense.negated or _no_argument(verb)
    if _condition(verb):
        return StatusReading("hypothetical", "in a condition", SURE)
    if _question(verb):
        return StatusReading("possible", "asked", LIKELY)
    hedge = _adverb(verb)
    if tense.modal:
        return _modal(verb, tense, negated)
    if tense.time == "future":
        if negated:
            return StatusReading("denied", "negated future")
        if _has_condition(verb):
            return StatusReading("hypothetical", "depends on a condition")
        return hedge or StatusReading("planned", "future", SURE)
    if negated:
        return StatusReading("denied", "negated", SURE)
    if hedge is not None:
        return hedge
    if tense.time == "past":
        if not tense.perfect and _under_would(verb):
            return StatusReading("planned", "backshifted future", LIKELY)
        return StatusReading("happened", "past tense", SURE)
    if tense.time == "present":
        return _present(verb, tense, headline=headline)
    return StatusReading("happened", "no tense", GUESS)


def _modal(verb: Token, tense: Tense, negated: bool) -> StatusReading:
    modal = tense.modal
    if modal in ("will", "shall"):
        if negated:
            return StatusReading("denied", "negated future", LIKELY)
        if _has_condition(verb):
            return StatusReading("hypothetical", "depends on a condition")
        return _adverb(verb) or StatusReading("planned", f"'{modal}'", SURE)
    if modal == "would":
        if tense.perfect:
            return StatusReading("hypothetical", "'would have'")
        if _has_condition(verb):
            return StatusReading("hypothetical", "depends on a condition")
        if negated:
            return StatusReading("denied", "negated 'would'", LIKELY)
        if _reported(verb):
            return _adverb(verb) or StatusReading("planned", "'would' in reported speech", LIKELY)
        return StatusReading("possible", "'would'", GUESS)
    if modal in ("may", "might"):
        return StatusReading("possible", f"'{modal}'", SURE)
    if modal in ("can", "could"):
        if negated:
            return StatusReading("denied", f"negated '{modal}'", LIKELY)
        return StatusReading("possible", f"'{modal}'", SURE)
    return StatusReading("hypothetical", f"'{modal}'", LIKELY)


def _present(verb: Token, tense: Tense, *, headline: bool) -> StatusReading:
    if tense.progressive:
        return StatusReading("ongoing", "present progressive", SURE)
    if tense.perfect:
        return StatusReading("happened", "present perfect", SURE)
    if tense.passive and verb.lemma_ == "expect" and not any(c.dep_ in ("xcomp", "ccomp") for c in verb.children):
        return StatusReading("planned", "'expected' somewhere", LIKELY)
    if tense.passive:
        return StatusReading("ongoing", "present passive", LIKELY)
    if headline:
        return StatusReading("happened", "headline present", LIKELY)
    if _under_future(verb):
        return StatusReading("planned", "present tense in a clause about the future", LIKELY)
    cue = cues.verbs().get(verb.lemma_)
    if cue is not None and cue.speech:
        return StatusReading("happened", "present tense of a speech verb", LIKELY)
    return StatusReading("ongoing", "present tense", LIKELY)


def _no_argument(verb: Token) -> bool:
    """ "No talks were held", "held no talks", "nobody came"."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS or child.dep_ in _OBJECTS:
            if child.lower_ in _NO or has_no(child):
                return True
        elif child.dep_ in ("preconj", "cc") and child.i < verb.i and child.lower_ in ("neither", "nor"):
            return True
    if verb.dep_ == "conj":
        first = verb.head
        if any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in first.children) and not any(
            c.dep_ in _SUBJECTS or c.dep_ == "aux" for c in verb.children
        ):
            return any(c.dep_ == "neg" for c in first.children)
    return False


def has_no(noun: Token) -> bool:
    """ "no talks", "neither meeting", "no such plan"."""
    return any(c.dep_ in ("det", "neg", "nummod", "preconj") and c.lower_ in _NO for c in noun.lefts)


def _condition(verb: Token) -> bool:
    """Inside "if …", "if and when …", "unless …", "should X …" (inversion)."""
    when = next((child for child in verb.lefts if child.lower_ == "when"), None)
    if when is not None and verb.doc[max(when.i - 2, 0) : when.i].text.lower() == "if and":
        # The parser hangs the "if" elsewhere.
        return True
    if verb.dep_ in ("advcl", "ROOT", "conj", "pcomp"):
        for child in verb.lefts:
            if child.dep_ == "mark" and child.lower_ in _CONDITIONAL:
                return clause_construction(verb) != "wh"
            if child.dep_ == "aux" and child.lower_ == "should" and verb.dep_ == "advcl":
                subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
                if subject is not None and child.i < subject.i:
                    return True
    if verb.dep_ == "conj" and verb.head.dep_ == "advcl" and not any(c.dep_ in _SUBJECTS for c in verb.children):
        return _condition(verb.head)
    return any(c.dep_ == "mark" and c.lower_ in ("provided", "providing", "assuming", "supposing") for c in verb.lefts)


def _has_condition(verb: Token) -> bool:
    return any(
        child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CONDITIONAL for c in child.lefts)
        for child in verb.children
    )


def is_asked(token: Token) -> bool:
    """Whether a word belongs to what a yes-or-no question asks; what its adverbial and relative clauses tell is not
    asked."""
    while True:
        if token.pos_ in ("VERB", "AUX") and (_question(token) or _inverted(token)):
            return True
        if token.head == token or token.dep_ in ("advcl", "relcl", "acl"):
            return False
        token = token.head


def _inverted(verb: Token) -> bool:
    """ "…, but did he ask?", "Did he go and—": the auxiliary before the subject, as questions have it."""
    helper = next((child for child in verb.lefts if child.dep_ in ("aux", "auxpass")), None)
    # The label "Q" may be taken for a subject too.
    subject = next((child for child in reversed(list(verb.lefts)) if child.dep_ in _SUBJECTS), None)
    if verb.lemma_ == "be" and helper is None and any(child.dep_ in _SUBJECTS for child in verb.rights):
        # "Was there …?", "Is the minister …?"
        return any(token.text == "?" for token in verb.sent)
    if helper is None or subject is None or subject.i < helper.i or verb.dep_ not in ("ROOT", "conj", "ccomp"):
        return False
    if any(child.tag_ in ("WRB", "WP", "WDT") for child in verb.lefts):
        return False
    before = verb.doc[verb.sent.start : helper.i]
    opens = len(before) <= _OPENING and not any(token.lower_ in _INVERTING for token in before)
    return opens or any(token.text == "?" for token in verb.sent)


def _question(verb: Token) -> bool:
    """A direct question whose main verb this is: "Will he go?"; not "Why did he go?", which takes the going for
    granted."""
    if verb.dep_ != "ROOT":
        return False
    last = verb.sent[-1]
    if last.is_space and len(verb.sent) > 1:
        last = verb.sent[-2]
    if last.text != "?":
        return False
    return not any(c.tag_ in ("WRB", "WP", "WDT") for c in verb.lefts)


def _adverb(verb: Token) -> StatusReading | None:
    table = status_cues()
    for child in verb.children:
        if child.dep_ == "advmod" and (cue := table.get((child.lower_, "adv", "mod"))) is not None:
            return StatusReading(cue.status, f"'{child.lower_}'", LIKELY)
    return None


def _reported(verb: Token) -> bool:
    """Backshifted "will": "said it would visit", also inside a clause of such a clause."""
    current = verb
    for _ in range(5):
        head = current.head
        if head.i == current.i:
            # "The talks would resume, he said": the speech verb may come after as a parenthesis.
            return any(c.dep_ in ("parataxis", "ccomp") and c.lemma_ in cues.verbs() for c in current.children)
        if current.dep_ in ("ccomp", "acl", "relcl", "dep", "xcomp") and (
            head.lemma_ in cues.verbs() or _said(current, head)
        ):
            return tense_of(head).time != "future"
        current = head
    return False


def _said(clause: Token, noun: Token) -> bool:
    """ "in a memo that he would …": a clause with its own subject that tells what a noun says."""
    return noun.pos_ == "NOUN" and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.lefts)


def _under_would(verb: Token) -> bool:
    """ "would be replaced before the tour started": the past form is a backshifted present."""
    if verb.dep_ != "advcl" or not any(
        c.lower_ in ("before", "until", "once", "till") and c.dep_ == "mark" for c in verb.lefts
    ):
        return False
    above = predicate_of(verb.head)
    return above is not None and tense_of(above).modal == "would" and not tense_of(above).perfect


def _under_future(verb: Token) -> bool:
    """ "when he visits", "before they meet" under a clause about the future."""
    if verb.dep_ == "conj" and verb.head.dep_ == "advcl":
        return _under_future(verb.head)
    openers = {c.lower_ for c in verb.lefts if c.dep_ in ("mark", "advmod")}
    # "an issue when he visits": the parser hangs the clause on the noun.
    hangs = verb.dep_ == "advcl" or (verb.dep_ == "relcl" and "when" in openers)
    if not hangs or not openers & {"when", "before", "after", "until", "once", "till", "as"}:
        return False
    above = predicate_of(verb.head)
    if above is None:
        return False
    tense = tense_of(above)
    if above.lower_ == "going" and any(c.dep_ == "xcomp" and tense_of(c).going_to for c in above.children):
        return True
    if tense.time == "infinitive" and openers & {"when", "once", "until", "till"}:
        # "something to watch when he visits"
        return True
    return tense.future or tense.modal is not None

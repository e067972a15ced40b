"""The status of an event trigger: its own form, then every cue on the way up to the root of the sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis
from detente.coding.dates import date_for
from detente.coding.status.links import clause_construction, cue_for
from detente.coding.status.nonfinite import nonfinite_status
from detente.coding.status.nouns import noun_status
from detente.coding.status.reading import GUESS, LIKELY, REAL, SURE, UNREAL, StatusReading, calibrated, compose
from detente.coding.status.verbs import own_status
from detente.coding.tense import predicate_of, tense_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# An event this long before publication is background, not news.
_BACKGROUND = timedelta(days=90)
_DEEP: Final = 12


def status_of(analysis: Analysis, token_index: int) -> StatusReading:
    """The status of the event whose trigger is a token (a verb, or a noun such as "talks" or "strike").

    The event's days (`date_for`) decide between happened and historical (over before the 90 days up to publication) and
    between happened and planned (a day after publication).
    """
    reading = _Reader(analysis).read(analysis.doc[token_index], 0)
    return calibrated(_by_date(analysis, token_index, reading))


def _by_date(analysis: Analysis, token_index: int, reading: StatusReading) -> StatusReading:
    published = analysis.document.published
    if published is None or reading.status in UNREAL or reading.status in ("hypothetical", "possible"):
        return reading
    if not analysis.dates:
        return reading
    dates = date_for(analysis, token_index, reading.status)
    if dates.basis == "publication":
        return reading
    if reading.status == "planned":
        return reading
    # Days that begin with the telling go beyond it only where the words look ahead ("later this month").
    ahead = dates.start is not None and max(dates.start, dates.end or dates.start) > published <= dates.start
    if ahead and not _finite_past(analysis, token_index):
        return StatusReading("planned", f"dated after publication; {reading.why}", LIKELY)
    if dates.end is not None:
        begun = dates.start or dates.end
        # Days subtracted from days: at the ends of the calendar nothing can overflow.
        if published - dates.end > _BACKGROUND or (dates.end < published and published - begun > _BACKGROUND):
            return StatusReading("historical", f"dated well before publication; {reading.why}", SURE)
    return reading


def _finite_past(analysis: Analysis, token_index: int) -> bool:
    token = analysis.doc[token_index]
    return token.pos_ in ("VERB", "AUX") and tense_of(token).time == "past"


class _Reader:
    """Reads tokens of one document; keeps nothing but the document."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis

    def read(self, token: Token, depth: int) -> StatusReading:
        if depth > _DEEP:
            return StatusReading("happened", "too deep", GUESS)
        if token.pos_ in ("VERB", "AUX") or (
            token.pos_ == "ADJ" and token.dep_ in ("acl", "advcl", "ccomp", "ROOT", "relcl")
        ):
            return self._verb(token, depth)
        if token.pos_ == "ADJ":
            return self._adjective(token, depth)
        return noun_status(self.read, token, depth)

    def _verb(self, verb: Token, depth: int) -> StatusReading:
        if verb.dep_ in ("amod", "compound", "nmod") and verb.head.i != verb.i:
            return self.read(verb.head, depth + 1)
        if verb.dep_ in ("aux", "auxpass"):
            return self._verb(verb.head, depth + 1)
        tense = tense_of(verb)
        headline = self._headline(verb)
        own = own_status(verb, tense, headline=headline)
        if tense.time in ("infinitive", "participle") and own.status in REAL | {"denied"}:
            return nonfinite_status(self.read, verb, tense.negated, headline, depth)
        verb = _first_conjunct(verb.head if tense.going_to else verb)
        construction = clause_construction(verb)
        if construction == "wh" and verb.dep_ == "advcl":
            return StatusReading("possible", "'if' or 'whether' after a word of doubt", SURE)
        if construction is not None:
            cue = cue_for(verb.head, construction)
            if cue is not None and (verb.head.i < verb.i or construction != "that"):
                return compose(cue, self.read(verb.head, depth + 1), own)
            if construction == "that" and verb.tag_ == "VB" and tense.modal is None and verb.head.i < verb.i:
                return StatusReading("hypothetical", "subjunctive", LIKELY)
        return own

    def _adjective(self, token: Token, depth: int) -> StatusReading:
        """A predicate adjective shares the status of its verb ("is willing"); "is due in Oslo" is planned."""
        if token.lower_ in ("due", "expected", "scheduled") and token.dep_ in ("acomp", "oprd", "xcomp", "amod", "acl"):
            above = self.read(token.head, depth + 1)
            return StatusReading("planned", f"'{token.lower_}'", LIKELY) if above.status in REAL else above
        verb = predicate_of(token.head) if token.head.i != token.i else None
        if verb is None:
            return StatusReading("ongoing", "adjective", GUESS)
        return self.read(verb, depth + 1)

    def _headline(self, token: Token) -> bool:
        if not self.analysis.sentences:
            return False
        return self.analysis.sentence_at(token.i).zone in ("headline", "deck")


def _first_conjunct(verb: Token) -> Token:
    """What a coordinated verb hangs on is what the first conjunct hangs on."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and verb.head.i < verb.i:
        if verb.tag_ in ("VBD", "VBZ", "VBP") and verb.head.tag_ in ("VB", "VBG"):
            break  # a finite verb is no conjunct of an infinitive, whatever the parser says
        verb = verb.head
    return verb

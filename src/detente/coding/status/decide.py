"""The status of an event trigger: its own form, then every cue on the way up to the root of the sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis
from detente.coding.dates import date_for
from detente.coding.status.links import clause_construction, cue_for, modifier_cue, participle_cue, preposition_cue
from detente.coding.status.reading import GUESS, LIKELY, REAL, SURE, UNREAL, StatusReading, compose
from detente.coding.status.verbs import has_no, own_status
from detente.coding.tense import auxiliaries, predicate_of, tense_of
from detente.records import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Token

# An event this long before publication is background, not news.
_BACKGROUND = timedelta(days=90)
_DEEP: Final = 12
# What is refused is what these ask or say, not that they were made: "rejected the offer", "denied the allegations".
_SPEECH_ACTS: Final = frozenset(
    {"proposal", "offer", "request", "call", "demand", "claim", "accusation", "allegation", "suggestion", "plan",
    "report", "charge",
     "criticism", "idea", "invitation", "warning", "appeal", "statement", "ultimatum", "bid", "petition", "threat",
     "complaint"}
)  # fmt: skip
# What one wants to end goes on: "urged them to halt the strikes".
_ENDINGS: Final = frozenset({"stop", "halt", "cease", "end", "quit", "suspend", "freeze", "discontinue"})
_REFUSALS: Final = frozenset(
    {"reject", "refuse", "decline", "deny", "dispute", "refute", "rule", "block", "dismiss", "stop"}
)
_DEFINITE: Final = frozenset(
    {"the", "this", "that", "these", "those", "its", "their", "his", "her", "my", "our", "your", "both"}
)


def status_of(analysis: Analysis, token_index: int, dates: DateRange | None = None) -> StatusReading:
    """The status of the event whose trigger is a token (a verb, or a noun such as "talks" or "strike").

    `dates` are the event's days if the caller has them; else they are looked up by `date_for`. They decide between
    happened and historical (over before the 90 days up to publication) and between happened and planned (a day after
    publication).
    """
    reading = _Reader(analysis).read(analysis.doc[token_index], 0)
    return _by_date(analysis, token_index, reading, dates)


def _by_date(analysis: Analysis, token_index: int, reading: StatusReading, dates: DateRange | None) -> StatusReading:
    published = analysis.document.published
    if published is None or reading.status in UNREAL or reading.status in ("hypothetical", "possible"):
        return reading
    if dates is None:
        if not analysis.dates:
            return reading
        dates = date_for(analysis, token_index, reading.status)
    if dates.basis == "publication":
        return reading
    if reading.status == "planned":
        return reading
    if dates.start is not None and dates.start > published and not _finite_past(analysis, token_index):
        return StatusReading("planned", f"dated after publication; {reading.why}", LIKELY)
    if dates.end is not None:
        begun = dates.start or dates.end
        if dates.end < published - _BACKGROUND or (dates.end < published and begun < published - _BACKGROUND):
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
        return self._noun(token, depth)

    # Verbs

    def _verb(self, verb: Token, depth: int) -> StatusReading:
        if verb.dep_ in ("amod", "compound", "nmod") and verb.head.i != verb.i:
            return self.read(verb.head, depth + 1)
        if verb.dep_ in ("aux", "auxpass"):
            return self._verb(verb.head, depth + 1)
        tense = tense_of(verb)
        headline = self._headline(verb)
        own = own_status(verb, tense, headline=headline)
        if tense.time in ("infinitive", "participle") and own.status in REAL | {"denied"}:
            return self._nonfinite(verb, tense.negated, headline, depth)
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

    def _nonfinite(self, verb: Token, negated: bool, headline: bool, depth: int) -> StatusReading:
        """Infinitives and participles: by their governor."""
        head = verb.head
        construction = clause_construction(verb)
        if verb.dep_ == "ROOT" or head.i == verb.i:
            return self._root_form(verb, headline)
        if verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and head.tag_ == "VB" and not auxiliaries(verb):
            return StatusReading("happened", "past form", LIKELY)
        if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
            return self.read(head, depth + 1).because("coordinated")
        above = self.read(head, depth + 1)
        if construction is not None:
            cue = cue_for(head, construction)
            if cue is None and verb.dep_ == "pcomp":
                return self._after_preposition(verb, head, "ing", depth)
            if construction == "to" and any(c.lower_ == "yet" for c in head.children) and head.lemma_ in ("have", "be"):
                return StatusReading("denied", "'yet to'", SURE)
            if cue is not None:
                if construction == "to" and (found := self._undone(head, verb)) is not None:
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
            return self._bare_infinitive(verb, head, above)
        if verb.tag_ == "VBG" and verb.dep_ == "advcl":
            return (
                above.because("participle clause")
                if above.status != "denied"
                else StatusReading("happened", "participle clause", GUESS)
            )
        if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
            return self._reduced_relative(verb, head, above)
        if verb.dep_ == "pcomp":
            return self._after_preposition(verb, head, "ing", depth)
        return above.because(f"goes with '{head.text}'")

    def _root_form(self, verb: Token, headline: bool) -> StatusReading:
        if any(c.tag_ == "TO" for c in auxiliaries(verb)):
            return StatusReading("planned", "infinitive standing for the future", LIKELY)
        if verb.tag_ in ("VBN", "VBG") or headline:
            return StatusReading("happened", "headline or note style", LIKELY)
        if verb.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts):
            return StatusReading("hypothetical", "imperative", LIKELY)
        return StatusReading("happened", "no tense", GUESS)

    def _bare_infinitive(self, verb: Token, head: Token, above: StatusReading) -> StatusReading:
        """A purpose or a use ("met to discuss", "a contract to supply"): what is not yet done."""
        if head.lemma_ == "be" or (head.pos_ == "AUX" and verb.dep_ == "xcomp"):
            past = tense_of(head).time == "past"
            if past and (found := self._undone(head, verb)) is not None:
                return found
            return StatusReading("planned", "'is to'", LIKELY) if above.status != "denied" else above
        if above.status in UNREAL:
            return above.because("purpose")
        if above.status in ("possible", "hypothetical"):
            return StatusReading(above.status, f"purpose; {above.why}", GUESS)
        if head.lower_ == "enough":
            return above.because("'enough to'")
        if above.status in REAL and head.lemma_ not in _CHOICES and _is_superlative(head) and not _own_agent(verb):
            return above.because("'the first to'")
        return StatusReading("planned", "purpose", GUESS)

    def _reduced_relative(self, verb: Token, head: Token, above: StatusReading) -> StatusReading:
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

    def _undone(self, head: Token, verb: Token) -> StatusReading | None:
        """ "was originally set to visit until …", "was to have met", "had planned to": a plan of the past that came
        to nothing."""
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
                    if c.dep_ == "conj" and cue_for(c, "np") is not None and cue_for(c, "np").status == "cancelled":  # type: ignore[union-attr]
                        return StatusReading("cancelled", f"'{c.text}' after", LIKELY)
        return None

    def _after_preposition(self, token: Token, preposition: Token, construction: str, depth: int) -> StatusReading:
        """What stands after a preposition: by head and preposition, by the preposition, else by the head."""
        head = preposition.head
        if (
            preposition.dep_ not in ("prep", "agent", "pcomp", "advmod", "mark", "advcl", "dative", "prt")
            or head.i == preposition.i
        ):
            return StatusReading("happened", "stands alone", GUESS)
        name = "to_np" if preposition.lower_ == "to" else preposition.lower_
        cue = cue_for(head, name)
        above = self.read(head, depth + 1)
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
            return StatusReading("happened", f"after '{preposition.text}'", LIKELY)
        if head.pos_ in ("VERB", "AUX") and preposition.lower_ in (
            "about",
            "over",
            "on",
            "against",
            "from",
            "with",
            "at",
            "by",
            "of",
        ):
            return self._argument(token, above, head)
        if (
            head.pos_ in ("NOUN", "PROPN")
            and above.status in ("planned", "possible", "hypothetical")
            and _definite(token)
        ):
            return StatusReading("happened", "definite", GUESS)
        return above.because(f"goes with '{head.text}'")

    # Nouns

    def _noun(self, noun: Token, depth: int) -> StatusReading:
        if has_no(noun):
            return StatusReading("denied", "'no'", SURE)
        if any(c.lower_ == "any" and c.dep_ == "det" for c in noun.lefts):
            governed = self._governed(noun, depth)
            if governed.status in ("planned", "possible", "hypothetical"):
                return StatusReading("hypothetical", "'any'", LIKELY)
            return governed
        after = participle_cue(noun)
        if after is not None and after.positive in ("o", "-"):
            governed = self._governed(noun, depth)
            if governed.status in UNREAL:
                return governed
            happened = StatusReading("happened", "participle", LIKELY)
            return compose(after, happened, StatusReading("happened", "nominal", GUESS))
        found = modifier_cue(noun)
        if found is not None:
            cue, word = found
            if cue.positive != "+":
                governed = self._governed(noun, depth)
                if cue.status == "planned" and governed.status in UNREAL:
                    return governed
                if (
                    cue.status == "planned"
                    and word in ("next", "coming", "future", "expected", "pending")
                    and governed.status in REAL
                ):
                    return StatusReading("planned", f"'{word}'", LIKELY)
                return StatusReading(cue.status, f"'{word}'", LIKELY)
        return self._governed(noun, depth)

    def _governed(self, noun: Token, depth: int) -> StatusReading:
        head, link = noun.head, noun.dep_
        if head.i == noun.i:
            return StatusReading("happened", "no verb", GUESS)
        if link in ("compound", "poss", "nmod", "amod", "nummod"):
            for construction in ("of", "for", "to"):
                if (cue := cue_for(head, construction)) is not None and head.pos_ == "NOUN" and link != "poss":
                    return compose(cue, self.read(head, depth + 1), StatusReading("happened", "nominal", GUESS))
            above = self.read(head, depth + 1)
            return (
                above.because(f"part of '{head.text}'")
                if link != "poss"
                else StatusReading("happened", "possessor", GUESS)
            )
        if link in ("conj", "appos"):
            return self.read(head, depth + 1).because("coordinated" if link == "conj" else "in apposition")
        if link in ("pobj", "pcomp"):
            return self._after_preposition(noun, head, "np", depth)
        if head.pos_ in ("VERB", "AUX"):
            return self._of_verb(noun, head, link, depth)
        return StatusReading("happened", "nominal", GUESS)

    def _of_verb(self, noun: Token, verb: Token, link: str, depth: int) -> StatusReading:
        above = self.read(verb, depth + 1)
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
            return self._argument(noun, above, verb)
        if cue is not None and verb.lemma_ in _ENDINGS and above.status not in REAL | UNREAL:
            return StatusReading("ongoing", f"to be ended by '{verb.text}'", LIKELY)
        if cue is not None and cue.positive == "-" and noun.lemma_ in _SPEECH_ACTS and verb.lemma_ in _REFUSALS:
            return StatusReading("happened", f"'{verb.text}' answers it", LIKELY)
        if cue is not None:
            return compose(cue, above, nominal)
        if link == "nsubjpass" or construction == "np":
            return self._argument(noun, above, verb)
        raised = self._raised(noun, verb, depth)
        if raised is not None:
            return raised
        if above.status in ("planned", "possible") and link in ("nsubj", "csubj"):
            return above.because(f"subject of '{verb.text}'")
        if verb.lemma_ == "be" and above.status in ("denied", "planned", "possible", "hypothetical"):
            return above.because("with 'be'")
        return StatusReading("happened", f"subject of '{verb.text}'", LIKELY)

    def _raised(self, noun: Token, verb: Token, depth: int) -> StatusReading | None:
        """ "The talks are expected to begin", "is due to start": the subject shares the fate of the infinitive."""
        for child in verb.children:
            if child.dep_ in ("xcomp", "acomp") and child.pos_ in ("VERB", "ADJ", "AUX") and child.i > noun.i:
                lower = next((c for c in child.children if c.dep_ == "xcomp"), child) if child.pos_ == "ADJ" else child
                if cue_for(lower, "subj") is not None:
                    return self.read(lower, depth + 1).because(f"subject of '{lower.text}'")
        return None

    def _argument(self, noun: Token, above: StatusReading, verb: Token) -> StatusReading:
        """The object of a verb that is no cue: a known event under a verb not yet real, a new one shares the verb's
        status."""
        if above.status in REAL:
            return StatusReading("happened", f"object of '{verb.text}'", LIKELY)
        if _definite(noun):
            return StatusReading("happened", "definite", GUESS)
        return above.because(f"object of '{verb.text}'")

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


# Words of amount: what they measure shares their fate ("a series of strikes").
_PARTS: Final = frozenset(
    {"half", "part", "series", "round", "number", "majority", "rest", "wave", "set", "string", "spate", "third",
    "quarter", "most", "all",
     "some", "any", "many", "each", "one", "more", "kind", "type", "sort", "form", "lot", "couple", "hour", "day",
     "week", "month",
     "dozen", "hundred", "thousand", "period", "act", "campaign", "phase", "stage"}
)  # fmt: skip
# "the best place to see": a superlative of choice, not of deeds ("the first country to recognise …").
_CHOICES: Final = frozenset(
    {"place", "time", "way", "thing", "idea", "option", "choice", "chance", "moment", "step", "reason", "bet"}
)


def _is_superlative(noun: Token) -> bool:
    return any(
        t.tag_ in ("JJS", "RBS") or t.lower_ in ("first", "last", "second", "third", "only", "latest")
        for child in noun.lefts
        for t in (child, *child.lefts)
    )


def _own_agent(verb: Token) -> bool:
    """ "for X to do": the infinitive has a subject of its own."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts)


def _first_conjunct(verb: Token) -> Token:
    """What a coordinated verb hangs on is what the first conjunct hangs on."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and verb.head.i < verb.i:
        if verb.tag_ in ("VBD", "VBZ", "VBP") and verb.head.tag_ in ("VB", "VBG"):
            break  # a finite verb is no conjunct of an infinitive, whatever the parser says
        verb = verb.head
    return verb


def _definite(noun: Token) -> bool:
    return any((c.dep_ in ("det", "poss") and (c.lower_ in _DEFINITE or c.dep_ == "poss")) for c in noun.lefts)

"""Does the clause around a time expression look ahead or back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.dates.context import FUTURE, NEAREST, PAST, PRESENT
from detente.coding.tense import predicate_of, tense_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.coding.analysis import Analysis

# Words that schedule: what depends on them lies ahead of the clause's own time.
SCHEDULING = frozenset(
    {"schedule", "set", "plan", "due", "expect", "slate", "slated", "intend", "hope", "prepare", "arrange", "likely",
    "poise",
     "want", "aim", "agree", "promise", "pledge", "vow", "propose", "invite", "urge", "call", "ask", "delay",
     "postpone",
     "reschedule", "ready", "about", "going", "go", "bind", "bound", "supposed", "suppose", "mean", "threaten",
     "wish",
     "decide", "seek", "project", "predict", "forecast", "anticipate", "book", "target", "tell", "order", "warn"}
)  # fmt: skip
_AHEAD_WORDS = frozenset(
    {"until", "till", "by", "ahead", "upcoming", "planned", "scheduled", "forthcoming", "expected", "future", "due"}
)
_AHEAD_MODALS = frozenset({"will", "shall", "may", "might", "should", "can", "must"})
_UNSURE_MODALS = frozenset({"would", "could"})


def direction_of(analysis: Analysis, start: int, end: int) -> int:
    """FUTURE, PAST, PRESENT, or NEAREST (scheduled, seen from the past) for the tokens [start, end)."""
    doc = analysis.doc
    root = next((t for t in doc[start:end] if t.head.i == t.i or not start <= t.head.i < end), doc[start])
    before = doc[start - 1] if start else None
    awaited = _ahead_of(root)
    if awaited is None:
        awaited = _aimed_at(root)
    if awaited is not None:
        return awaited
    noun = _noun_above(root)
    if noun is not None and any(c.lower_ in _AHEAD_WORDS for c in noun.lefts):
        return FUTURE
    if before is not None and before.lower_ == "for" and root.head.i == before.i:
        mover = before.head
        if mover.lemma_ in SCHEDULING:
            return NEAREST if tense_of(mover).past_aux else FUTURE
    scheduled = _scheduling_adjective(root)
    if scheduled is not None:
        return NEAREST if tense_of(scheduled).time == "past" else FUTURE
    verb = predicate_of(root)
    if verb is None:
        return FUTURE if before is not None and before.lower_ in _AHEAD_WORDS else PRESENT
    return _of_verb(verb, until=before is not None and before.lower_ in ("until", "till", "by", "before"))


def _scheduling_adjective(root: Token) -> Token | None:
    """The "be" of "is due in Oslo on Sunday", if the expression hangs on such an adjective."""
    token = root
    for _ in range(5):
        token = token.head
        if (
            token.pos_ in ("ADJ", "VERB")
            and token.lower_ in ("due", "ready", "set", "expected", "scheduled")
            and token.head.lemma_ == "be"
        ):
            return token.head
        if token.pos_ in ("VERB", "AUX") or token.head.i == token.i:
            return None
    return None


def _ahead_of(root: Token) -> int | None:
    """ "ahead of Friday's summit", "before Sunday's vote": the noun is still to come, seen from the clause."""
    noun = root.head
    if root.dep_ not in ("poss", "compound", "nmod", "nummod") or noun.dep_ != "pobj":
        return None
    preposition = noun.head
    if preposition.lower_ == "of" and preposition.i and preposition.nbor(-1).lower_ == "ahead":
        return FUTURE
    return NEAREST if preposition.lower_ == "before" else None


def _aimed_at(root: Token) -> int | None:
    """ "working towards a meeting in November": what one works towards is still to come, seen from the clause."""
    token = root
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
        if any(c.lower_ in ("towards", "toward") and c.dep_ == "prep" for c in (token, *token.children)):
            verb = token.head if token.dep_ == "prep" else token
            tense = tense_of(verb)
            return NEAREST if tense.past_aux or tense.time == "past" else FUTURE
    return None


def _noun_above(root: Token) -> Token | None:
    head = root.head
    if root.dep_ == "pobj" and head.pos_ in ("ADP", "SCONJ"):
        head = head.head
    return head if head.pos_ in ("NOUN", "PROPN") and head.i != root.i else None


def _of_verb(verb: Token, *, until: bool, depth: int = 0) -> int:
    looks = verb.head.head if verb.dep_ == "pcomp" else verb
    if looks.lemma_ == "look" and any(c.lower_ == "forward" for c in looks.children):
        # "looks forward to welcoming her on Friday", "looked forward", as readouts have it.
        return FUTURE
    tense = tense_of(verb)
    if tense.time == "future" or tense.modal in _AHEAD_MODALS:
        return PAST if tense.perfect and tense.modal not in ("will", "shall") else FUTURE
    if tense.modal in _UNSURE_MODALS:
        if tense.perfect:
            return PAST
        return FUTURE
    if tense.time == "infinitive":
        head = verb.head
        if verb.dep_ == "ROOT" or head.i == verb.i:
            return FUTURE
        if verb.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl") and head.lemma_.lower() in SCHEDULING:
            if _scheduled_in_past(head):
                return NEAREST
            return FUTURE
        if head.lemma_ == "be" and verb.dep_ in ("xcomp", "ccomp"):
            return NEAREST if tense_of(head).time == "past" else FUTURE
        if verb.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN"):
            return FUTURE
        if depth < 4 and head.pos_ in ("VERB", "AUX"):
            return _of_verb(head, until=until, depth=depth + 1)
        return PRESENT
    if (
        verb.lemma_ in ("schedule", "set", "slate", "plan", "postpone", "delay", "reschedule", "expect", "due")
        and tense.passive
    ):
        return NEAREST if tense.past_aux and not until else FUTURE
    if tense.time == "past" or tense.perfect:
        if until and tense.perfect and not tense.past_aux:
            return FUTURE
        return PAST
    if tense.time == "participle" and verb.dep_ != "ROOT" and depth < 4:
        head = verb.head
        if verb.tag_ == "VBN" and verb.dep_ == "acl":
            return FUTURE if verb.lemma_ in SCHEDULING else PAST
        above = head if head.pos_ in ("VERB", "AUX") else predicate_of(head)
        if above is not None and above.i != verb.i:
            return _of_verb(above, until=until, depth=depth + 1)
    if tense.time == "present" and (tense.progressive or until):
        return FUTURE
    if verb.lemma_ == "be" and tense.time == "present" and any(c.lower_ == "due" for c in verb.children):
        # "is due in Oslo on Friday", the day hung on the verb.
        return FUTURE
    if tense.time == "participle" and verb.dep_ == "ROOT":
        return PAST if verb.tag_ == "VBN" else PRESENT
    return _simple_present(verb)


def _scheduled_in_past(head: Token) -> bool:
    tense = tense_of(head)
    if head.pos_ in ("ADJ", "ADV") or head.lower_ in ("due", "likely", "about"):
        above = head.head
        return above.lemma_ == "be" and tense_of(above).time == "past"
    return tense.past_aux and (tense.passive or tense.perfect or tense.progressive)


_TRAVELS = frozenset(
    {"arrive", "leave", "depart", "open", "begin", "start", "convene", "kick", "end", "expire", "resume", "travel",
    "head",
     "take", "mark", "fall", "come", "meet", "host", "fly", "visit"}
)  # fmt: skip


def _simple_present(verb: Token) -> int:
    """ "The summit opens on Friday" looks ahead; other simple presents do not say."""
    return FUTURE if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in _TRAVELS else PRESENT

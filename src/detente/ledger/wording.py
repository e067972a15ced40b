"""Which words undertake something: kinds of undertaking by the words of a clause or of a statement's content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from detente.ledger.passages import read_passage
from detente.lexicon.deeds import undertaking_terms

_CONDITION: Final = re.compile(
    r"\b(?:if|unless|in case|as long as|or else|or face)\b|^\W*should\b|\breserve[sd]? the right\b", re.IGNORECASE
)
# Deeds that are no threat: "will lift its sanctions if" promises.
_KIND_DEEDS: Final = frozenset({"lift", "resume", "open", "allow", "release", "give back", "sign"})
# How a statement's content undertakes: who, a verb of what is to come, and the deed.
_WHO: Final = r"^\W*(?P<who>[^.;:]{0,70}?)\s*\b"
_FORWARD: Final = r"looks? forward to|looking forward to|looked forward to"
_INTENT: Final = re.compile(
    _WHO + r"(?P<verb>(?:(?:is|are|was|were|would be|will be) )?(?:ready|willing|prepared|planning) to"
    r"|(?:plan|intend|hope|expect|agree|promise|pledge|vow)(?:s|d|ed)? to|" + _FORWARD + r"|will|would|shall)"
    r"(?! (?:not|never|like|be|have|remain)\b)\s+(?P<deed>.+)",
    re.IGNORECASE | re.DOTALL,
)
# What a side says it will keep from: "does not seek", "would not provide", "has no intention to".
_ABSTAINS: Final = re.compile(
    _WHO + r"(?:(?:does|do|did) not (?:seek|support|intend|want|plan|aim|pursue)|(?:will|would|shall) not"
    r"|(?:is|are|was|were) not (?:seeking|looking|trying|aiming)|ha(?:s|d|ve) no (?:intention|plans?)"
    r"|(?:with)?out (?:seeking|intending))\b(?P<deed>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NEGATED: Final = re.compile(r"^\W*(?:(?:that )?(?:\w+ ){0,4})?(?:not|never|no)\b", re.IGNORECASE)
_WELCOME: Final = re.compile(
    r"\b(?:(?:would|will|will be glad to|would be glad to) welcome (?:an? (?:early )?(?:visit|trip) by|.{1,80}? to\b)"
    r"|(?:" + _FORWARD + r") (?:welcoming|hosting|receiving)\b|^\W*(?:to )?(?:welcoming|hosting|receiving) )",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"^\W*to (?P<deed>.+)", re.DOTALL)
_SELF: Final = re.compile(r"\b(?:he|she|it|they|we|i|both|two|sides|leaders|presidents|ministers)\b", re.IGNORECASE)
# A complement that says how things are, not what will be done: "agreed that", "agreed on the importance of".
_STATES: Final = re.compile(
    r"^\W*(?:that|with|about|(?:on|upon) the (?:need|importance|value|significance))\b", re.IGNORECASE
)
_MODAL: Final = re.compile(r"\b(?:will|would|shall|should)\b", re.IGNORECASE)
# What those who undertake to meet undertake to do; the deed's first words decide.
_MEETING: Final = re.compile(
    r"^\W*(?:to )?(?:(?:keep|continue|go on|resume|start|begin|arrange|schedule|organi[sz]e|have|hold|pay|make|maintain"
    r"|stay|remain)\s+(?:to |on |in )?(?:[\w-]+\s+){0,4}?)?(?:meet|meeting|meetings|visit|visits|talk|talks|talking|travel"
    r"|travell?ing|speak|host|receive|welcome|summit|dialogue|consultations?|communication|communicate|communicating"
    r"|contact|contacts|touch|trip|go|come|interactions?|engagement|exchange of views)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What words undertake: kind, the words of the deed, whether it is to meet, or not to do something."""

    kind: str
    said: str
    meets: bool = False
    abstains: bool = False


def cue_kind(text: str) -> str | None:
    """The kind of undertaking that a word of undertaking makes (`undertakings.tsv`), None if it is none."""
    words = re.findall(r"\w+", text.lower())
    found = next(iter(undertaking_terms().find(words, words)), None)
    return found.value if found else None


def is_meeting(said: str) -> bool:
    """Whether the deed's first words are of meeting, visiting or talking."""
    return bool(_MEETING.match(said))


def is_threat(text: str) -> bool:
    """Whether words of harm stand beside a condition, or a right to answer is reserved."""
    if not _CONDITION.search(text) or read_passage(text).deeds & _KIND_DEEDS:
        return False
    words = re.findall(r"\w+", text.lower())
    return any(found.value == "threat" for found in undertaking_terms().find(words, words))


def of_complement(kind: str, said: str) -> Wording | None:
    """What the complement of "agree", "promise" and the like undertakes; None where nothing could be seen done."""
    if _STATES.match(said) and not (said.strip().lower().startswith("that") and _MODAL.search(said)):
        # "assured X that it does not seek war" promises all the same.
        return Wording(kind, said, abstains=True) if kind == "promise" and _ABSTAINS.match(said) else None
    if _NEGATED.match(said):
        return Wording(kind, said, abstains=True)
    if is_meeting(said):
        return Wording(kind, said, meets=True)
    passage = read_passage(said)
    return Wording(kind, said) if passage.words and (passage.deeds or kind == "promise") else None


def of_statement(text: str, cue: str, side: str) -> Wording | None:
    """What the content of one side's statement undertakes, after the word that reports it; None if nothing."""
    if is_threat(text):
        return Wording("threat", text)
    if _WELCOME.search(text):
        return Wording("invitation", text, meets=True)
    bare = _BARE.match(text)
    kind = cue_kind(cue)
    if bare and kind in ("agreement", "promise"):
        return of_complement(kind, bare["deed"])
    for pattern in (_ABSTAINS, _INTENT):
        found = pattern.match(text)
        if found and _is_own(found["who"], side):
            return _intended(found, kind)
    return None


def _is_own(who: str, side: str) -> bool:
    """Whether the subject is the side that speaks, or both."""
    named = read_passage(who).countries
    return not named - {side} and bool(named or _SELF.search(who))


def _intended(found: re.Match[str], cue: str | None) -> Wording | None:
    said = found["deed"]
    if found.re is _ABSTAINS:
        return Wording("promise", said, abstains=True)
    verb = found["verb"].lower()
    kind = "agreement" if verb.startswith("agree") or cue == "agreement" else "promise"
    if is_meeting(said):
        return Wording("meeting" if kind == "promise" else kind, said, meets=True)
    if verb.startswith(("hope", "expect", "look")):
        return None
    passage = read_passage(said)
    return Wording(kind, said) if passage.deeds and passage.words else None

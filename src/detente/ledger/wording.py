"""Which words undertake something: kinds of undertaking by the words of a clause or of a statement's content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.ledger.passages import read_passage
from detente.lexicon.deeds import undertaking_terms

_CONDITION: Final = re.compile(
    r"\b(?:if|unless|in case|as long as|or else|or face)\b|\bshould (?=(?:the )?(?-i:[A-Z]))|^\W*should\b"
    r"|\breserve[sd]? the right\b",
    re.IGNORECASE,
)
# Deeds that are no threat: "will lift its sanctions if" promises.
_KIND_DEEDS: Final = frozenset({"lift", "resume", "open", "allow", "release", "give back", "sign"})
# Where one of the clauses of a statement ends and the next begins: "…, that it does not", "… and will not".
_JOINT: Final = re.compile(
    r"[,;]? (?:and )?that (?=\w)|; |,? and to (?=\w+ing\b)"
    r"|,? and (?=(?:does|do|did|is|are|was|were|has|have|had|will|would) (?:not|no) )"
)
_TALKS_ON: Final = re.compile(r"\b(?:talks|consultations|dialogues?|groups?|meetings?|discussions?) on\b")
_TOPICS: Final = re.compile(r"(?:, and|,| and) on (?=\w)")
# "agreed on Wednesday to reopen"
_WHEN_FIRST: Final = re.compile(r"^\W*(?:on|in|at|late|last|earlier) (?:[\w'’]+ ){1,4}?(?=to \w)")
_LISTED: Final = re.compile(r",? and (?=to \w)|, (?=to \w)")
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
    # Refusals of the moment bind nobody: "would not accept such lectures", "would not call it a deal".
    r"(?! (?:only|just|help|accept|be|tolerate|allow|permit|recogni[sz]e|comment|yield|sit|stand|waver|hesitate"
    r"|give|say|call|describe|characteri[sz]e|speculate|think|know|personally|go into|succeed|work|prevail|happen)\b)"
    r"|(?:is|are|was|were) not (?:seeking|looking|trying|aiming|planning|considering)"
    r"|ha(?:s|d|ve) no (?:intention|plans?)"
    r"|(?:with)?out (?:seeking|intending))\b(?P<deed>.+)",
    re.IGNORECASE | re.DOTALL,
)
# "asked what it would do if"
_ASKS: Final = re.compile(r"^\W*(?:what|how|why|when|where|who|whether|if)\b", re.IGNORECASE)
_NEGATED: Final = re.compile(r"^\W*(?:(?:that )?(?:\w+ ){0,4})?(?:not|never|no)\b", re.IGNORECASE)
_WELCOME: Final = re.compile(
    r"\b(?:(?:would|will|will be glad to|would be glad to) welcome (?:an? (?:early )?(?:visit|trip) by|.{1,80}? to\b)"
    r"|(?:" + _FORWARD + r") (?:welcoming|hosting|receiving)\b|^\W*(?:to )?(?:welcoming|hosting|receiving) )",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"^\W*to (?P<deed>.+)", re.DOTALL)
_SELF: Final = re.compile(r"\b(?:he|she|it|they|we|i|both|two|sides|leaders|presidents|ministers)\b", re.IGNORECASE)
_SPEAKER: Final = re.compile(r"\b(?:we|i|both|two|sides|leaders|presidents|ministers)\b", re.IGNORECASE)
# Characters in which a clause names its subject.
_SUBJECT: Final = 40
# A complement that says how things are, not what will be done: "agreed that", "agreed on the importance of".
_STATES: Final = re.compile(
    r"^\W*(?:that|with|about|(?:on|upon) the (?:need|importance|value|significance))\b", re.IGNORECASE
)
# "offered a brief remark on", "gave his word of thanks": something said is nothing to come.
_SAID: Final = re.compile(
    r"^\W*(?:an? |the |his |her |their |its )?(?:[\w-]+ ){0,2}?(?:remarks?|comments?|views?|opinions?"
    r"|explanations?|details?|assessments?|condolences|congratulations|thanks|apolog(?:y|ies)|criticism|praise|greetings|sympath(?:y|ies))\b",
    re.IGNORECASE,
)
_MODAL: Final = re.compile(r"\b(?:will|would|shall|should)\b", re.IGNORECASE)
# What those who undertake to meet undertake to do; the deed's first words decide.
_MEETING: Final = re.compile(
    r"^\W*(?:to )?(?:(?:keep|continue|go on|resume|reopen|restore|start|begin|arrange|schedule|organi[sz]e|have|hold"
    r"|pay|make|maintain|stay|remain|work|prepare|plan|aim),?\s+(?:to |on |in |for |towards? )?(?:[\w-]+,?\s+){0,8}?)?"
    r"(?:meet|meetings?|visits?|talks?|talking|travel|travell?ing|speak|host|receive|welcome|summit|dialogue"
    r"|consultations?|communications?|communicate|communicating|contacts?|touch|trip|go|come|interactions?|engagement"
    r"|exchange of views|calls?|hotline|lines?|channels?)\b",
    re.IGNORECASE,
)


_STRIVES: Final = re.compile(
    r"^\W*(?:to )?(?:(?:continue|go on|keep) (?:to )?)?(?:work|explor|discuss|consider|stud|seek|look into|strive|push"
    r"|negotiat|try|aim|examin|talk about|prepar)",
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


def strives(said: str) -> bool:
    """Whether what is undertaken is to work towards something, explore or discuss it; to decide it keeps that."""
    return bool(_STRIVES.match(said))


def welcomes(text: str) -> bool:
    """Whether words welcome a visit to come: "would welcome a visit by", "look forward to hosting"."""
    return bool(_WELCOME.search(text))


def is_meeting(said: str) -> bool:
    """Whether the deed's first words are of meeting, visiting or talking."""
    return bool(_MEETING.match(said))


def is_threat(text: str) -> bool:
    """Whether words of harm stand beside a condition, or a right to answer is reserved."""
    if not _CONDITION.search(text) or read_passage(text).deeds & _KIND_DEEDS:
        return False
    return bool(_kinds(text) & {"threat", "harm"})


def is_harm(said: str) -> bool:
    """Whether the deed's words are of retaliation or punishment: a promise of it is a threat."""
    return "harm" in _kinds(said) and not read_passage(said).deeds & _KIND_DEEDS


def _kinds(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {found.value for found in undertaking_terms().find(words, words)}


def parts_of(said: str) -> list[str]:
    """The members of a list of deeds: "to set up a group, to hold talks and to resume calls"."""
    return [topic for part in _LISTED.split(said) if part.strip(" ,.") for topic in by_topic(part)]


def by_topic(said: str) -> list[str]:
    """Talks "on trade, on the border and on visas" are three; the first keeps the words of the deed."""
    talks = _TALKS_ON.search(said)
    cuts = [found.start() for found in _TOPICS.finditer(said, talks.end())] if talks else []
    return [said[start:end] for start, end in zip([0, *cuts], [*cuts, len(said)], strict=True)]


def of_complement(kind: str, said: str) -> Wording | None:
    """What the complement of "agree", "promise" and the like undertakes; None where nothing could be seen done."""
    said = _WHEN_FIRST.sub("", said)
    if _STATES.match(said) and not (said.strip().lower().startswith("that") and _MODAL.search(said)):
        # "assured X that it does not seek war" promises all the same.
        return Wording(kind, said, abstains=True) if kind == "promise" and _ABSTAINS.match(said) else None
    if _SAID.match(said):
        return None
    if _NEGATED.match(said):
        return Wording(kind, said, abstains=True)
    if is_meeting(said):
        return Wording(kind, said, meets=True)
    passage = read_passage(said)
    return Wording(kind, said) if passage.words and (passage.deeds or kind == "promise") else None


def of_statement(text: str, cue: str, side: str, form: str = "indirect") -> Iterator[tuple[int, str, Wording]]:
    """What the content of one side's statement undertakes, after the word that reports it. In a `direct` one "they" and
    "he" are others.

    Yields, clause by clause, where it begins in the content, its words, and what they undertake. A threat is taken
    whole, with its condition.
    """
    if is_threat(text):
        yield 0, text, Wording("threat", text)
        return
    begin = 0
    joint = _LISTED if _BARE.match(text) else _JOINT
    for cut in (*joint.finditer(text), None):
        clause = text[begin : cut.start() if cut else None]
        wording = _of_clause(clause, cue, side, text[:begin], form == "direct")
        if wording is not None:
            yield begin, clause, wording
        begin = cut.end() if cut else begin


def _of_clause(text: str, cue: str, side: str, before: str, direct: bool) -> Wording | None:
    if _ASKS.match(text):
        return None
    if welcomes(text):
        return Wording("invitation", text, meets=True)
    bare = _BARE.match(text)
    kind = cue_kind(cue)
    if bare and kind in ("agreement", "promise"):
        return of_complement(kind, bare["deed"])
    for pattern in (_ABSTAINS, _INTENT):
        found = pattern.match(text)
        if found and _is_own(found["who"], side, before, direct):
            return _intended(found, kind)
    return None


def _is_own(who: str, side: str, before: str, direct: bool) -> bool:
    """Whether the subject is the side that speaks, or both; where there is none, that of the clause before."""
    if not who.strip(" ,"):
        return not before.strip() or _is_own(before[:_SUBJECT], side, "", direct)
    named = read_passage(who).countries
    return not named - {side} and bool(named or (_SPEAKER if direct else _SELF).search(who))


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
    if kind == "promise" and is_harm(said):
        return Wording("threat", said)
    passage = read_passage(said)
    return Wording(kind, said) if passage.deeds and passage.words else None

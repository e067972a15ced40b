"""Signals: graded formulas that a government uses of another or of an issue, read in context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.coding.attribution_frames import lemma_of
from detente.coding.clauses import agents
from detente.coding.dates import date_for
from detente.coding.issues import issues_of
from detente.coding.ladder_match import Match, encounter_of, find_matches
from detente.coding.ladder_towards import first_of, towards_of
from detente.coding.ladder_voice import Voice, power_of, voices_at
from detente.coding.speakers import TurnSpeakers
from detente.coding.status import status_of
from detente.coding.tense import is_negated, predicate_of, tense_of
from detente.lexicon.ladder import FELT
from detente.records import Participant, Signal

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.coding.analysis import Analysis
    from detente.lexicon import Lexicon

# Verbs by which a feeling named by a noun is uttered: "voiced deep concern", "lodged a protest".
_CARRIERS: Final = frozenset(
    "express voice lodge make convey register raise file deliver issue state reiterate underscore emphasize emphasise "
    "reaffirm stress repeat declare communicate send submit announce".split()
)
# Verbs with which a feeling goes along: "noted with regret", "views with grave concern".
_REGARDING: Final = frozenset("note learn view watch follow receive observe see hear regard take read".split())
_HELD: Final = frozenset({"happened", "ongoing", "historical"})
_ASSERTED: Final = _HELD | {"planned"}
_ASKING: Final = frozenset("call urge ask demand want need appeal request encourage expect hope require press".split())
# "the commencement of frank talks": there were none.
_TO_COME: Final = frozenset("commencement start resumption need importance possibility prospect lack absence".split())


def find_signals(analysis: Analysis, lexicon: Lexicon, coder: str) -> tuple[Signal, ...]:
    """The formulas of the ladder that governments say or feel in a text, in order; at one place the fullest formula.

    Left out: what is denied or only supposed, the other side's feelings as told by an adversary or an observer, and
    formulas that name neither another side nor an issue.
    """
    best: dict[tuple[int, str, str], tuple[tuple[int, bool, int], Signal]] = {}
    turns = TurnSpeakers(analysis, lexicon)
    for match in find_matches(analysis):
        signal = _signal(analysis, match, turns, coder)
        if signal is None:
            continue
        key = (_anchor(analysis.doc[match.head], match.rung.form), signal.government, signal.scale)
        # The fuller formula; then the government's own row; then the graver rung (of talks: the warmer).
        step = -match.rung.rung if match.rung.scale == "talks" else match.rung.rung
        rank = (match.rung.size, match.rung.governments != ("*",), step)
        if key not in best or best[key][0] < rank:
            best[key] = (rank, signal)
    found = [signal for _, signal in sorted(best.values(), key=lambda one: one[0], reverse=True)]
    kept: list[Signal] = []
    for signal in found:
        if not any(_overlap(signal, other) for other in kept):
            kept.append(signal)
    return tuple(sorted(kept, key=lambda one: (one.formula.start, one.formula.end)))


def _overlap(one: Signal, other: Signal) -> bool:
    same = (one.government, one.scale) == (other.government, other.scale)
    return same and one.formula.start < other.formula.end and other.formula.start < one.formula.end


def _anchor(head: Token, form: str) -> int:
    """The token that overlapping formulas share: for adjectives of one meeting its noun."""
    noun = encounter_of(head) if form == "talks" else None
    return head.i if noun is None else noun.i


def _signal(analysis: Analysis, match: Match, turns: TurnSpeakers, coder: str) -> Signal | None:
    head, form = analysis.doc[match.head], match.rung.form
    verb = _governor(head, form)
    if verb is None or not _asserted(analysis, match, verb):
        return None
    voices = voices_at(analysis, match.head, {verb.i, *match.tokens}, turns)
    if voices is None:
        return None
    found = _government(analysis, match, verb, voices)
    if found is None:
        return None
    government, speaker = found
    sentence = analysis.sentence_at(match.head)
    issues, _ = issues_of(analysis, *analysis.subtree(verb))
    if not match.rung.holds_for(government, issues):
        return None
    towards = towards_of(analysis, match, verb, government, voices)
    addressed = form == "talks" or (form in FELT and match.rung.scale == "warning")
    if towards is None and (addressed or not issues):
        return None
    return Signal(
        document=analysis.document.id,
        sentence=sentence.index,
        government=government,
        towards=towards,
        issues=issues,
        scale=match.rung.scale,
        rung=match.rung.rung,
        label=match.rung.label,
        speaker=speaker,
        formula=analysis.span(match.tokens[0], match.tokens[-1] + 1),
        evidence=analysis.span(sentence.start, sentence.end),
        date=date_for(analysis, match.head, None),
        coder=coder,
    )


def _governor(head: Token, form: str) -> Token | None:
    """The verb whose subject has the feeling or does the thing; the word itself where there is none."""
    if form == "noun":
        top = head
        while top.dep_ == "conj" and top.head.pos_ == "NOUN":
            top = top.head
        before = head.i - 1
        while before >= 0 and head.doc[before].pos_ == "ADJ":
            before -= 1
        if before >= 0 and head.doc[before].lower_ == "with":
            # By place: in "noted with concern Iran's tests" the parser makes one noun phrase of all after "with".
            verb = head.doc[before].head
            return verb if lemma_of(verb) in _REGARDING else None
        return top.head if top.dep_ in ("dobj", "nsubjpass") and lemma_of(top.head) in _CARRIERS else None
    if form == "adj":
        top = head
        while top.dep_ == "conj" and top.head.pos_ in ("ADJ", "VERB"):
            top = top.head
        return top.head if top.dep_ in ("acomp", "attr", "oprd") else head
    return head


def _asserted(analysis: Analysis, match: Match, verb: Token) -> bool:
    """Whether the formula is used in earnest: not negated, asked or (of feelings) only supposed."""
    head, form = analysis.doc[match.head], match.rung.form
    if any(kid.lower_ == "no" for kid in head.lefts):
        return False
    if form in FELT:
        return tense_of(verb).modal != "would" and status_of(analysis, verb.i).status in _ASSERTED
    negative = any(word & {"not", "n't", "never"} for word in match.rung.before)
    predicate = predicate_of(head)
    if form == "talks":
        noun = encounter_of(head)
        if noun is None or lemma_of(noun.head.head) in _TO_COME or status_of(analysis, noun.i).status not in _HELD:
            return False
    if predicate is not None:
        if not negative and is_negated(predicate):
            return False
        if form == "vow" and (tense_of(predicate).time == "past" or tense_of(predicate).perfect):
            # What was taken is a measure, no longer a warning.
            return False
    return analysis.doc[analysis.sentence_at(match.head).end - 1].text != "?"


def _government(
    analysis: Analysis, match: Match, verb: Token, voices: list[Voice]
) -> tuple[str, Participant | None] | None:
    """The government whose formula it is, and who says it for it; None where an adversary tells it or nobody does."""
    form = match.rung.form
    inner = next((voice for voice in voices if voice.power is not None), None)
    speaking = inner.power if inner is not None else analysis.issuer
    government, who = speaking, None
    if form == "vow" and lemma_of(first_of(verb).head) in _ASKING:
        return None  # "calls on both to take measures"
    if form in FELT | {"vow", "warn"}:
        myself, who = _subject(analysis, verb)
        owner = power_of(who.actor, who.span.text) if who is not None else None
        if form == "warn":
            if (myself and agents(verb)) or (owner is not None and owner == speaking):
                return None
            who = None
        elif not myself:
            # A subject that is nobody known, or a private person's feeling.
            if owner is None or (form == "vow" and owner != speaking):
                return None
            government = owner
    if government is None:
        return None
    # Told by another government, it is that one's account.
    if any(voice.power not in (None, government) for voice in voices):
        return None
    said = next((voice for voice in voices if voice.power == government), None)
    if analysis.issuer not in (None, government) and not (said is not None and said.direct):
        return None
    return government, said.speaker if said is not None else who


def _subject(analysis: Analysis, verb: Token) -> tuple[bool, Participant | None]:
    """The logical subject: whether it is the speaker ("we", "our side", none at all), and who it is if known."""
    found = agents(verb)
    if not found:
        return True, None
    if verb.dep_ == "pcomp" and any(kid.dep_ == "dobj" for kid in verb.head.head.children):
        # "supports Cuba in opposing": Cuba does.
        return False, None
    for token in found:
        mention = analysis.mention_at(token.i)
        if mention is not None and mention.actors:
            return False, Participant(mention.actors[0], analysis.span(mention.start, mention.end))
    first = found[0]
    return first.lower_ in ("we", "i", "us") or any(kid.lower_ == "our" for kid in first.lefts), None

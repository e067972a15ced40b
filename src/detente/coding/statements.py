"""Statements: who said what to whom about what, in which tone; one record a sentence of content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis, Attribution
from detente.coding.attribution import cue_of
from detente.coding.attribution_frames import lemma_of
from detente.coding.dates import date_for
from detente.coding.issues import issues_of
from detente.coding.quotes import find_quotes
from detente.coding.speakers import TurnSpeakers, side_of, speakers_of
from detente.coding.tone import tone_of
from detente.lexicon.cues import Cue, verbs
from detente.records import Participant, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.lexicon import Lexicon

_FORECAST_CUES: Final = frozenset({"predict", "forecast", "expect", "project", "anticipate", "estimate"})
_AHEAD: Final = frozenset({"will", "wo", "'ll", "would", "could", "may", "might", "shall", "likely", "unlikely"})
_LIKELY: Final = frozenset({"likely", "unlikely", "probably", "probable", "inevitable", "expected", "bound"})
_CHANCE: Final = frozenset(
    {"chance", "chances", "prospect", "prospects", "likelihood", "odds", "outlook", "probability"}
)
# A sentence of a transcript shorter than this says "Thank you" or "Next question".
_TURN_WORDS: Final = 5
# "asked to comment", "declined to say": nothing was said.
_UNDONE: Final = frozenset(
    "want plan hope decline refuse ask expect intend seek try need urge promise fail threaten vow pledge agree able "
    "wish like prepare order tell invite call require allow likely ready willing unwilling reluctant".split()
)
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ASKING: Final = frozenset({"urge", "ask", "want", "think"})
_JUDGING: Final = frozenset({"judge", "describe", "claim"})
# Verbs whose bare noun phrase is the message: "stressed the need for calm".
_STRESSING: Final = frozenset(
    "stress emphasise emphasize underline underscore highlight reiterate express voice convey cite reaffirm".split()
)
_PHRASE_WORDS: Final = 3
# An inner attribution that fills this share of a piece makes the outer one its reporter only.
_FILLS: Final = 0.6


def make_statements(analysis: Analysis, lexicon: Lexicon, coder: str) -> tuple[Statement, ...]:
    """The statements of a text, in the order of their content.

    Speech and writing by parties, spokespersons, observers and media, each sentence (and each of two conjoined
    "that" clauses) a record of its own. Beliefs and wishes that nobody is said to have uttered are left out.
    """
    made: dict[str, Statement] = {}
    speakers = [speakers_of(analysis, attribution) for attribution in analysis.attributions]
    inner = _inner(analysis, speakers)
    within = _within(analysis)
    quoted = _quoted(analysis)
    turns = TurnSpeakers(analysis, lexicon)
    for number, attribution in enumerate(analysis.attributions):
        if attribution.cue is None:
            statements = _turn_statements(analysis, attribution, within.get(number, []), speakers, quoted, turns, coder)
        else:
            statements = _reported(analysis, number, attribution, speakers, inner, coder)
        for statement in statements:
            made.setdefault(statement.id, statement)
    return tuple(sorted(made.values(), key=lambda s: (s.content.start, s.content.end)))


def _inner(analysis: Analysis, speakers: list[tuple[tuple[Participant, ...], str]]) -> dict[int, list[tuple[int, int]]]:
    """By attribution: the ranges (cue and content) of attributions inside it that make statements themselves."""
    found: dict[int, list[tuple[int, int]]] = {}
    for number, attribution in enumerate(analysis.attributions):
        if attribution.via is None or attribution.cue is None or not speakers[number][0]:
            continue
        cue = cue_of(analysis, attribution)
        if cue is None or not cue.speech:
            continue
        start = min(attribution.cue[0], attribution.content[0][0])
        end = max(attribution.cue[1], attribution.content[-1][1])
        found.setdefault(attribution.via, []).append((start, end))
    return found


def _within(analysis: Analysis) -> dict[int, list[int]]:
    """By attribution: those whose `via` it is."""
    found: dict[int, list[int]] = {}
    for number, attribution in enumerate(analysis.attributions):
        if attribution.via is not None:
            found.setdefault(attribution.via, []).append(number)
    return found


def _reported(
    analysis: Analysis,
    number: int,
    attribution: Attribution,
    speakers: list[tuple[tuple[Participant, ...], str]],
    inner: dict[int, list[tuple[int, int]]],
    coder: str,
) -> Iterator[Statement]:
    cue = cue_of(analysis, attribution)
    people, found_by = speakers[number]
    if cue is None or attribution.cue is None or not people or not _is_speech(cue, people[0]):
        return
    head = cue_head(analysis, attribution.cue, cue)
    if not uttered(analysis.doc[head]):
        return
    # A name and a colon: what follows is spoken as in a transcript.
    spoken = cue.lemma == ":"
    if spoken and people[0].actor.role == "media":
        return
    via = None
    if attribution.via is not None and speakers[attribution.via][0]:
        outer = cue_of(analysis, analysis.attributions[attribution.via])
        if outer is not None and (outer.speech or outer.kind == "show"):
            via = speakers[attribution.via][0][0]
            via = None if via.actor.id == people[0].actor.id else via
    addressee = _addressee(analysis, attribution, people)
    cue_span = analysis.span(*attribution.cue)
    date = date_for(analysis, head, None)
    cue_tone, cue_terms = tone_of(analysis, *attribution.cue)
    for start, end in _pieces(analysis, attribution):
        if _filled(inner.get(number, []), start, end) or (spoken and not _tells(analysis, start, end)):
            continue
        if not _says_something(analysis, start, end, cue, cue_tone):
            continue
        issues, issue_why = issues_of(analysis, start, end)
        tone, tone_why = tone_of(analysis, start, end)
        if cue_tone:
            # "blamed", "praised": the cue itself judges.
            tone, tone_why = max(-1.0, min(1.0, round(tone / 2 + cue_tone, 2))), f"{tone_why}; cue: {cue_terms}"
        for person in people:
            yield Statement(
                document=analysis.document.id,
                sentence=analysis.sentence_at(start).index,
                speaker=person,
                side=side_of(person.actor),
                addressee=addressee,
                via=via,
                form=_form(attribution, analysis, start, end),
                cue=cue_span,
                content=analysis.span(start, end),
                issues=issues,
                tone=tone,
                forecast=_forecast(analysis, start, end, cue, person.actor.role),
                date=date,
                confidence=_confidence(attribution, person, cue),
                coder=coder,
                why=(
                    ("cue", f"{cue.lemma}: {cue.kind}"),
                    ("speaker", found_by),
                    ("issues", issue_why),
                    ("tone", tone_why),
                ),
            )


def _is_speech(cue: Cue, speaker: Participant) -> bool:
    """Speech and writing; of findings ("the readout showed") those of somebody who can speak."""
    if cue.speech:
        return True
    return cue.kind == "show" and speaker.actor.role in ("party", "spokesperson", "observer", "media")


def cue_head(analysis: Analysis, cue_range: tuple[int, int], cue: Cue) -> int:
    """The token of the cue word itself."""
    for i in range(*cue_range):
        if analysis.doc[i].lemma_.lower() == cue.lemma:
            return i
    return cue_range[0]


def _addressee(analysis: Analysis, attribution: Attribution, people: tuple[Participant, ...]) -> Participant | None:
    if attribution.addressee_root is None:
        return None
    mention = analysis.mention_at(attribution.addressee_root)
    if mention is None or not mention.actors or mention.actors[0].id == people[0].actor.id:
        return None
    return Participant(mention.actors[0], analysis.span(mention.start, mention.end))


def _pieces(analysis: Analysis, attribution: Attribution) -> Iterator[tuple[int, int]]:
    """Content cut at sentence ends and before a second "that" clause, without marks and "that" at the edges."""
    doc = analysis.doc
    for start, end in attribution.content:
        cut = start
        for i in range(start, end):
            new_sentence = i > start and doc[i].is_sent_start
            second = i > start + 1 and doc[i].lower_ == "that" and doc[i].tag_ == "IN" and _coordinated(analysis, i)
            if new_sentence or second:
                yield from _trim(analysis, cut, i)
                cut = i
        yield from _trim(analysis, cut, end)


def _coordinated(analysis: Analysis, index: int) -> bool:
    """Whether "and" or "but" stands before a "that" ("that X and that Y")."""
    return analysis.doc[index - 1].lower_ in {"and", "but", "or"}


def _trim(analysis: Analysis, start: int, end: int) -> Iterator[tuple[int, int]]:
    doc = analysis.doc
    while start < end and (doc[start].is_space or _leads(analysis, start)):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].lower_ in {"and", "but", ",", ";", "-", "—", "–"}):
        end -= 1
    if any(token.is_alpha for token in doc[start:end]):
        yield start, end


def _leads(analysis: Analysis, index: int) -> bool:
    """Marks and joints before a piece; an "And" that opens a sentence and a "that" that is a pronoun stay."""
    token = analysis.doc[index]
    if token.lower_ == "that":
        return token.tag_ == "IN"
    if token.lower_ in {"and", "but"}:
        return not token.is_sent_start
    return token.text in {",", ":", ";", "-", "—", "–"}


def uttered(cue: Token) -> bool:
    """Whether the words were said: not denied, not only wished, asked for or possible."""
    kids = list(cue.lefts)
    if any(kid.dep_ == "neg" or kid.tag_ == "MD" or kid.lower_ in {"if", "unless", "whether"} for kid in kids):
        return False
    if lemma_of(cue) in {"decline", "refuse"} and any(
        kid.dep_ == "xcomp" and lemma_of(kid) in verbs() for kid in cue.rights
    ):
        return False
    infinitive = cue.tag_ == "VB" and any(kid.lower_ == "to" for kid in kids)
    return not (infinitive and cue.dep_ in {"xcomp", "ccomp"} and lemma_of(cue.head) in _UNDONE)


def _says_something(analysis: Analysis, start: int, end: int, cue: Cue, cue_tone: float) -> bool:
    """Whether a reported piece tells what was said, and not only what was spoken of or asked for.

    Words in quotation marks, whole clauses, and what is denied or condemned do; "urged him to resign" is a request,
    "welcomed the talks" a courtesy.
    """
    piece = analysis.doc[start:end]
    if any(token.text in {'"', "''"} for token in piece) or any(token.tag_ in _FINITE for token in piece):
        return True
    if cue.kind in _ASKING:
        return False
    words = sum(token.is_alpha for token in piece)
    if cue.lemma in _STRESSING:
        return words >= _PHRASE_WORDS
    if cue.kind == "deny" or (cue.kind == "judge" and cue_tone < 0):
        return True
    if cue.kind in _JUDGING:
        judged = any(token.lower_ == "as" for token in piece) and any(token.pos_ == "ADJ" for token in piece)
        return judged or any(token.tag_ == "VBG" for token in piece)
    return any(token.tag_ in {"VB", "VBG"} for token in piece)


def _filled(inner: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether what others say inside the piece is nearly all of it."""
    covered = sum(max(0, min(end, last) - max(start, first)) for first, last in inner)
    return covered >= _FILLS * (end - start)


def _form(attribution: Attribution, analysis: Analysis, start: int, end: int) -> str:
    """The form of a piece: that of the attribution, unless the piece of a mixed one has no quotation mark in it."""
    if attribution.cue is not None and analysis.doc[attribution.cue[0]].text == ":":
        return "direct"
    if attribution.form != "mixed":
        return attribution.form
    has_mark = any(analysis.doc[i].text in {'"', "''", "'"} for i in range(start, end))
    return "mixed" if has_mark else "indirect"


def _forecast(analysis: Analysis, start: int, end: int, cue: Cue, role: str | None) -> bool:
    """A prediction: of an outsider anything set in the future or weighed by its chances; of a party only the latter,
    for its own "will" is a promise."""
    if cue.lemma in _FORECAST_CUES:
        return True
    words = {token.lower_ for token in analysis.doc[start:end]}
    if words & (_LIKELY | _CHANCE):
        return True
    return role in ("observer", "media") and bool(words & _AHEAD)


def _confidence(attribution: Attribution, speaker: Participant, cue: Cue) -> float:
    """A rule-given degree, not yet calibrated: how sure speech and speaker are."""
    degree = 0.9 if attribution.form == "direct" else 0.85 if cue.kind in {"say", "tell", "write"} else 0.7
    return round(degree - (0.2 if speaker.actor.role == "unnamed" else 0.0), 2)


def _quoted(analysis: Analysis) -> list[tuple[int, int]]:
    """The ranges of passages quoted inside the turns of a transcript; a turn that opens with one is itself printed in
    quotation marks."""
    if not analysis.document.turns:
        return []
    speech = [quote for quote in find_quotes(analysis) if quote.kind == "speech"]
    opened = {analysis.surface.from_stored(turn.start) for turn in analysis.document.turns}
    own = {analysis.sentence_at(quote.start).turn for quote in speech if analysis.doc[quote.start].idx in opened}
    return [(quote.start, quote.end) for quote in speech if analysis.sentence_at(quote.start).turn not in own]


def _turn_statements(
    analysis: Analysis,
    attribution: Attribution,
    within: list[int],
    speakers: list[tuple[tuple[Participant, ...], str]],
    quoted: list[tuple[int, int]],
    turns: TurnSpeakers,
    coder: str,
) -> Iterator[Statement]:
    """What is said in one turn of a transcript; questions of the press are not statements of anybody, and what is
    quoted in an answer is said by another unless the speaker quotes himself (in one of the attributions `within`)."""
    speaker, found_by = turns.of_attribution(attribution)
    if speaker is None or speaker.actor.role == "media":
        return
    himself = [
        piece
        for number in within
        if any(who.actor.id == speaker.actor.id for who in speakers[number][0])
        for piece in analysis.attributions[number].content
    ]
    first, last = attribution.content[0][0], attribution.content[-1][1]
    inside = quoted[bisect_left(quoted, (first,)) : bisect_left(quoted, (last,))]
    others = [one for one in inside if not _filled(himself, *one)]
    for start, end in _pieces(analysis, attribution):
        if not _tells(analysis, start, end) or _filled(others, start, end):
            continue
        issues, issue_why = issues_of(analysis, start, end)
        tone, tone_why = tone_of(analysis, start, end)
        yield Statement(
            document=analysis.document.id,
            sentence=analysis.sentence_at(start).index,
            speaker=speaker,
            side=side_of(speaker.actor),
            addressee=None,
            via=None,
            form="direct",
            cue=speaker.span,
            content=analysis.span(start, end),
            issues=issues,
            tone=tone,
            forecast=bool({t.lower_ for t in analysis.doc[start:end]} & (_LIKELY | _CHANCE)),
            date=date_for(analysis, analysis.doc[start:end].root.i, None),
            confidence=0.9,
            coder=coder,
            why=(("cue", "turn"), ("speaker", found_by), ("issues", issue_why), ("tone", tone_why)),
        )


def _tells(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a spoken sentence says something: long enough, and no question."""
    words = sum(token.is_alpha for token in analysis.doc[start:end])
    return words >= _TURN_WORDS and analysis.doc[end - 1].text != "?"

"""What the rules make of a sentence with a marked source and target: the word that relates them, and its type.

The pair is known to stand in some relation, so the rules ask less of a word than they do in a document; and types are
those that the published pairs file an event under (`filing.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.candidate import Candidate
from detente.coding.candidates import find_candidates
from detente.coding.clauses import agents, direct_object, grammatical_subject, particle
from detente.coding.conditions import RETALIATION, match_verb
from detente.coding.parse import analyse
from detente.coding.question import EMBARGO, Question
from detente.coding.settle import settle
from detente.coding.status import status_of
from detente.lexicon.triggers import NounRule, Triggers, VerbRule
from detente.records import Actor, Document

# Types that are weighed together: the forms of giving way, and with COERCE the imposed sanctions (CAMEO 163), which the
# crosswalk of PLOVER and the pairs that the model learned from file there.
_GROUPS: Final = {"CONCEDE": "YIELD", "RETREAT": "YIELD", EMBARGO: "COERCE"}

# Rows that ask for something else than an object: without it the verb says nothing.
_NO_OBJECT = frozenset({RETALIATION, "alongside"})
_SELF: Final = frozenset({"he", "she", "it", "they", "we", "i"})
_FUTURE: Final = frozenset({"will", "wo", "would", "shall", "'ll"})


def group_of(kind: str) -> str:
    """The group that a type is weighed in; most types are their own."""
    return _GROUPS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class PairReading:
    """What the rules make of a marked pair: type, the character range of the trigger, and how many of the two sides
    stand in its slots (0: the word alone decides)."""

    type: str
    trigger: tuple[int, int]
    sides: int


def read_pair(
    sentence: str, source: str, target: str, triggers: Triggers, pipeline: str | None = None
) -> tuple[PairReading | None, Question]:
    """The rules' reading of what `source` does to `target` (both as they stand in the sentence), None if no word of
    the sentence names an event; and the question for the model.
    """
    analysis = analyse(Document(sentence), pipeline)
    marked: dict[str, Mention] = {}
    # The longer first: "Niger" is not sought inside "the ambassador of Niger".
    for name, text in sorted((("source", source), ("target", target)), key=lambda pair: -len(pair[1])):
        mention = _marked(analysis, name, text, marked.values())
        if mention is not None:
            marked[name] = mention
    speaker = marked.get("source")
    told = _speaking_of_himself(analysis, speaker) if speaker is not None else []
    analysis.mentions = tuple(sorted((*marked.values(), *told), key=lambda mention: mention.start))
    reading = _read(analysis, triggers)
    ranges = {name: _range(analysis, mention.start, mention.end) for name, mention in marked.items()}
    trigger = reading.trigger if reading else None
    return reading, Question(sentence, ranges.get("source"), ranges.get("target"), trigger)


def _read(analysis: Analysis, triggers: Triggers) -> PairReading | None:
    candidates = find_candidates(analysis, triggers, strict=False)
    best = max(candidates, key=lambda c: _fit(analysis, c), default=None)
    sides = _fit(analysis, best)[0] if best is not None else 0
    loose = _loose_between(analysis, triggers) if sides < 2 else None
    if loose is not None:
        return loose
    if best is not None:
        told = _purpose(analysis, best, candidates) or best
        kind = _typed(analysis, told.trigger, told.type, told.mode, told.contexts, triggers)
        return PairReading(kind, _range(analysis, best.trigger, best.trigger + 1), max(1, sides))
    found = _by_word(analysis, triggers)
    return PairReading(found[0], _range(analysis, found[1], found[1] + 1), 0) if found else None


def _loose_between(analysis: Analysis, triggers: Triggers) -> PairReading | None:
    """A verb whose agent is the source and whose object is the target, though no row fits the object."""
    for token in analysis.doc:
        obj = direct_object(token) if token.pos_ == "VERB" else None
        row = _loose(analysis, token, triggers) if obj is not None else None
        if row is None or obj is None or _marks(analysis, [obj]) != {"target"}:
            continue
        if "source" in _marks(analysis, agents(token)):
            kind = _typed(analysis, token.i, row.type, row.mode, row.contexts, triggers)
            return PairReading(kind, _range(analysis, token.i, token.i + 1), 2)
    return None


def _marks(analysis: Analysis, tokens: Iterable[Token]) -> set[str]:
    found = (analysis.mention_at(token.i) for token in tokens)
    return {actor.id for mention in found if mention is not None for actor in mention.actors}


def _purpose(analysis: Analysis, best: Candidate, candidates: Iterable[Candidate]) -> Candidate | None:
    """What a contact was for, if that names another event: "called the minister to congratulate him" (codebook: a
    summons is coded by its content)."""
    if best.type != "CONSULT":
        return None
    for candidate in candidates:
        token = analysis.doc[candidate.trigger]
        if token.head.i == best.trigger and token.dep_ in ("advcl", "xcomp") and token.tag_ == "VB":
            return candidate
    return None


def _range(analysis: Analysis, start: int, end: int) -> tuple[int, int]:
    span = analysis.span(start, end)
    return span.start, span.end


def _marked(analysis: Analysis, name: str, text: str, others: Iterable[Mention]) -> Mention | None:
    """The first place where a party stands as a whole word and not inside the other one, if there is one."""
    if not text.strip():
        return None
    taken = list(others)
    for found in re.finditer(rf"(?<!\w){re.escape(text.strip())}(?!\w)", analysis.document.text):
        start = analysis.surface.from_stored(found.start())
        end = analysis.surface.from_stored(found.end())
        span = analysis.doc.char_span(start, end, alignment_mode="expand")
        if span is not None and not any(span.start < one.end and one.start < span.end for one in taken):
            actor = Actor(name, text, name, ("GOV",))
            return Mention(span.start, span.end, span.root.i, "name", actors=(actor,), why="marked")
    return None


def _speaking_of_himself(analysis: Analysis, speaker: Mention) -> list[Mention]:
    """The pronouns by which the source is meant in what it says: "the rebels said they would free the nurse"."""
    found = []
    for token in analysis.doc:
        if token.dep_ not in ("nsubj", "nsubjpass") or token.lower_ not in _SELF:
            continue
        verb = token.head
        while verb.dep_ == "conj":
            verb = verb.head
        own = grammatical_subject(verb.head) if verb.dep_ == "ccomp" else None
        if own is not None and speaker.start <= own.i < speaker.end:
            found.append(Mention(token.i, token.i + 1, token.i, "pronoun", actors=speaker.actors, why="speaker"))
    return found


def _fit(analysis: Analysis, candidate: Candidate) -> tuple[int, int]:
    """How many of the two sides stand where they were marked, then the trigger nearest to the root first."""
    actors = {actor.id for mention in candidate.actors for actor in mention.actors}
    others = {actor.id for mention in candidate.recipients for actor in mention.actors}
    depth = len(list(analysis.doc[candidate.trigger].ancestors))
    if candidate.reciprocal and {"source", "target"} <= actors:
        return 2, -depth
    return ("source" in actors) + ("target" in others), -depth


def _typed(
    analysis: Analysis, trigger: int, kind: str, mode: str | None, contexts: Sequence[str], triggers: Triggers
) -> str:
    """The type as settled by tense and negation, and as the published pairs file it."""
    token, reading = analysis.doc[trigger], status_of(analysis, trigger)
    if kind == "AID" and token.dep_ in ("advcl", "acl", "relcl") and token.tag_ == "VB":
        # "sent doctors to help the islanders": what is done for a purpose is done.
        reading = replace(reading, status="happened")
    kind = settle(token, kind, mode, reading)[0]
    times = {"", "future"} if _is_future(token) else {"", reading.status}
    for row in triggers.filings:
        if (
            row.type == kind
            and row.mode in ("", mode)
            and row.when in times
            and (not row.contexts or row.contexts in contexts)
            and (not row.verbs or token.lemma_.lower() in row.verbs)
        ):
            return row.filed
    return kind


def _is_future(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in _FUTURE for child in verb.children)


def _by_word(analysis: Analysis, triggers: Triggers) -> tuple[str, int] | None:
    """The reading of the word that names an event nearest to the marked parties in the tree, of two the verb."""
    heads = [analysis.doc[mention.root] for mention in analysis.mentions]
    found: list[tuple[int, int, str]] = []
    for token in analysis.doc:
        row: VerbRule | NounRule | None = None
        if token.pos_ == "VERB":
            row = match_verb(analysis, token, triggers) or _loose(analysis, token, triggers)
        elif token.pos_ == "NOUN":
            row = next((noun for noun in triggers.nouns.get(token.lemma_.lower(), ()) if not noun.words), None)
        if row is not None:
            kind = _typed(analysis, token.i, row.type, row.mode, row.contexts, triggers)
            found.append((sum(_steps(token, head) for head in heads) + (token.pos_ != "VERB"), token.i, kind))
    if not found:
        return None
    _, trigger, kind = min(found)
    return kind, trigger


def _loose(analysis: Analysis, verb: Token, triggers: Triggers) -> VerbRule | None:
    """A row of a verb though no row fits its object, for the pair is taken to stand in some relation.

    The one for people where a marked party is the object ("released two followers of the leader"), or the first if
    all are of one type.
    """
    particles = particle(verb)
    rows = [
        row
        for row in triggers.verbs.get(verb.lemma_.lower(), ())
        if (not row.particle or set(row.particle.split()) & particles) and row.condition not in _NO_OBJECT
    ]
    obj = direct_object(verb)
    if obj is not None and analysis.mention_at(obj.i) is not None:
        rows = [row for row in rows if "@captive" in row.condition] or rows
    return rows[0] if len({group_of(row.type) for row in rows}) == 1 else None


def _steps(one: Token, other: Token) -> int:
    """How many edges of the tree lie between two tokens; many if they stand in different sentences."""
    up = {token.i: steps for steps, token in enumerate((one, *one.ancestors))}
    for steps, token in enumerate((other, *other.ancestors)):
        if token.i in up:
            return steps + up[token.i]
    return len(one.doc)

"""Attributions that a cue verb governs: its subject is the source, its complements are the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from detente.lexicon import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_RELATIVES: Final = frozenset({"who", "which", "that", "whom"})
# Links by which a verb without a subject of its own takes that of the word above it.
_INHERIT: Final = frozenset({"conj", "advcl", "xcomp", "pcomp", "ccomp", "prep", "dep", "aux", "parataxis", "acl"})
_MAX_CLIMB = 12
# The parser's lemmatizer takes "hoping" and "hoped" for "hop"; news has no hopping.
_LEMMA: Final = {"hop": "hope", "retweete": "retweet", "criticis": "criticise", "tweete": "tweet"}
_EDGE: Final = frozenset(",;:.-–—")


@dataclass(slots=True)
class Draft:
    """An attribution in the making; `content` holds token ranges [start, end)."""

    head: int
    kind: str
    source: tuple[int, int] | None
    source_root: int | None
    cue: tuple[int, int] | None
    content: list[tuple[int, int]] = field(default_factory=list)
    addressee_root: int | None = None
    speech: bool = True


def lemma_of(token: Token) -> str:
    """The lemma in lower case, known slips of the lemmatizer mended."""
    lemma = token.lemma_.lower()
    return _LEMMA.get(lemma, lemma)


def ranges(indexes: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers as [start, end)."""
    found: list[tuple[int, int]] = []
    for index in sorted(indexes):
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The range without stops, dashes and spaces at its edges (a stop inside closing quotation marks stays)."""
    while start < end and (doc[start].text[0] in _EDGE or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text[0] in _EDGE or doc[end - 1].is_space):
        end -= 1
    return (start, end) if end > start else None


def subtree_content(doc: Doc, tops: Iterable[Token], without: Token | None = None) -> list[tuple[int, int]]:
    """Trimmed ranges of the words under `tops`, less those under `without`."""
    excluded = {token.i for token in without.subtree} if without is not None else set()
    indexes = {token.i for top in tops for token in top.subtree} - excluded
    kept = [trimmed(doc, start, end) for start, end in ranges(indexes)]
    return [piece for piece in kept if piece is not None and any(t.is_alpha or t.like_num for t in doc[slice(*piece)])]


def subject_of(verb: Token) -> Token | None:
    """The head of the logical subject: own, relative antecedent, or inherited; the agent of a passive.

    None for an expletive or where there is none.
    """
    current = verb
    for _ in range(_MAX_CLIMB):
        kids = list(current.children)
        if any(kid.dep_ == "expl" for kid in kids):
            return None
        subject = next((kid for kid in kids if kid.dep_ in SUBJECTS), None)
        if subject is not None:
            if subject.dep_ == "nsubjpass" and current is verb:
                return _agent(current)
            if subject.lower_ in _RELATIVES and current.dep_ == "relcl":
                return current.head
            return subject if subject.dep_ in {"nsubj", "nsubjpass"} else None
        if current is verb and any(kid.dep_ == "auxpass" for kid in kids) and current.dep_ != "conj":
            return _agent(current)
        if current.dep_ == "acl" or (current.dep_ == "relcl" and current.head.pos_ in {"NOUN", "PROPN", "PRON"}):
            return _agent(verb) if verb.tag_ == "VBN" and current is verb else current.head
        if current.dep_ not in _INHERIT or current.head is current:
            return None
        current = current.head
    return None


def _agent(verb: Token) -> Token | None:
    for kid in verb.children:
        if kid.dep_ == "agent":
            return next((grand for grand in kid.children if grand.dep_ == "pobj"), None)
    return None


def source_span(token: Token, verb: Token | None = None) -> tuple[int, int]:
    """The noun phrase of a source: its subtree as far as the cue does not lie in it, edge commas left out."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    if verb is not None and start <= verb.i < end:
        if verb.i > token.i:
            end = verb.i
            for kid in token.rights:
                if kid.left_edge.i <= verb.i <= kid.right_edge.i:
                    end = kid.left_edge.i
        else:
            start = verb.i + 1
    piece = trimmed(token.doc, start, end)
    return piece if piece is not None else (token.i, token.i + 1)


def cue_span(verb: Token, *extra: Token) -> tuple[int, int]:
    """The verb with its auxiliaries, negation, adverbs and particle that stand next to it, and `extra` words if near."""
    start, end = verb.i, verb.i + 1
    near = {kid.i for kid in verb.children if kid.dep_ in {"aux", "auxpass", "neg", "advmod", "prt"}}
    near.update(token.i for token in extra)
    doc = verb.doc
    while start - 1 in near and doc[start - 1].lower_ not in {"when", "how", "why", "where"}:
        start -= 1
    while end in near and doc[end].dep_ != "advmod":
        end += 1
    return start, end


def verb_drafts(doc: Doc) -> Iterator[Draft]:
    """The attributions of every cue verb of the table that has content in one of its frames."""
    table = cues.verbs()
    for token in doc:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        cue = table.get(lemma_of(token))
        if cue is None or cue.kind == "light":
            continue
        draft = _verb_draft(doc, token, cue)
        if draft is not None:
            yield draft


def _verb_draft(doc: Doc, verb: Token, cue: cues.Cue) -> Draft | None:
    kids = list(verb.children)
    frames = cue.frames
    objects = [kid for kid in kids if kid.dep_ in {"dobj", "dative"}]
    passive = any(kid.dep_ in {"nsubjpass", "auxpass"} for kid in kids)
    content: list[tuple[int, int]] = []
    extra: list[Token] = []
    clause_taken = False
    for kid in kids:
        if kid.dep_ == "ccomp" and "that" in frames | _quote_only(frames):
            content += subtree_content(doc, _reported_clause(kid, objects, frames))
            clause_taken = True
        elif kid.dep_ in {"xcomp", "advcl"} and _infinitive(kid) and "to" in frames and kid.dep_ == "xcomp":
            content += subtree_content(doc, [kid])
        elif kid.dep_ in {"xcomp", "ccomp"} and _infinitive(kid) and "np_to" in frames and (objects or passive):
            content += subtree_content(doc, [kid] if "@np" in frames else [*objects, kid])
        elif kid.dep_ == "xcomp" and kid.tag_ == "VBG" and "ing" in frames:
            content += subtree_content(doc, [kid])
        elif kid.dep_ in {"oprd", "xcomp", "acomp"} and "oprd" in frames and not _infinitive(kid):
            content += subtree_content(doc, [*objects, kid])
        elif kid.dep_ == "prep":
            content += _prepositional(doc, kid, frames, objects, passive, extra)
    if not clause_taken:
        content += _parenthetical(doc, verb, frames)
    if not content and "np" in frames and objects and ("@np" not in frames or cue.kind in {"tell", "urge"}):
        content += [] if "@np" in frames and cue.kind == "tell" else subtree_content(doc, objects)
    if passive:
        content += _passive(doc, verb, kids, frames, bool(content))
    if not content and "quote" not in frames:
        return None
    subject = subject_of(verb)
    addressee = _addressee(verb, cue, kids, objects, passive, bool(content))
    if subject is not None and subject.lower_ in {"it", "there"} and cue.kind == "seem":
        subject = None
    source = source_span(subject, verb) if subject is not None else None
    if source is not None:
        content = _without(content, source) if any(_overlap(piece, source) for piece in content) else content
    cue_range = cue_span(verb, *extra)
    content = _without(sorted(set(content)), cue_range)
    draft = Draft(verb.i, cue.kind, source, subject.i if subject is not None else None, cue_range, content)
    draft.addressee_root, draft.speech = addressee, cue.speech
    return draft


def _quote_only(frames: frozenset[str]) -> frozenset[str]:
    """Verbs that take quotations take them as the parser's clausal complement as well."""
    return frozenset({"that"}) if "quote" in frames else frozenset()


def _reported_clause(clause: Token, objects: list[Token], frames: frozenset[str]) -> list[Token]:
    """A small clause ("called him a liar") has its noun inside the clause; other objects stay outside."""
    return [*objects, clause] if objects and "@np" not in frames and "np" in frames and "oprd" in frames else [clause]


def _infinitive(token: Token) -> bool:
    return any(kid.dep_ == "aux" and kid.lower_ == "to" for kid in token.lefts)


def _prepositional(
    doc: Doc, prep: Token, frames: frozenset[str], objects: list[Token], passive: bool, extra: list[Token]
) -> list[tuple[int, int]]:
    word = prep.lower_
    if (objects or passive) and f"np_{word}" in frames:
        if word == "to" and not objects:
            return []
        return subtree_content(doc, [*([] if "@np" in frames else objects), prep])
    if not objects and (word in frames or (word == "to" and "to_np" in frames)) and word not in {"np", "that"}:
        if word == "to" and "to_np" not in frames:
            return []
        inner = list(prep.children)
        if inner:
            extra.append(prep)
            return subtree_content(doc, inner)
    return []


def _parenthetical(doc: Doc, verb: Token, frames: frozenset[str]) -> list[tuple[int, int]]:
    """The clause around a cue put in between or after it: "The plan, he said, is dead"."""
    if not frames & {"that", "quote"} or verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep"}:
        return []
    head = verb.head
    if verb.dep_ == "parataxis":
        return subtree_content(doc, [head], without=verb)
    # A finite "he said" hung to the clause it reports: no complement, no marker, set off by commas.
    commas = doc[verb.left_edge.i - 1].text in {",", "-", "—", "–", '"'} if verb.left_edge.i else False
    marked = any(kid.dep_ in {"mark", "advmod"} and kid.i < verb.i for kid in verb.children)
    has_subject = any(kid.dep_ == "nsubj" for kid in verb.children)
    if verb.dep_ in {"ccomp", "dep"} and commas and has_subject and not marked and head.pos_ in {"VERB", "AUX"}:
        return subtree_content(doc, [head], without=verb)
    if verb.dep_ == "advcl" and any(k.dep_ == "mark" and k.lower_ == "as" for k in verb.children) and has_subject:
        return subtree_content(doc, [head], without=verb)
    return []


def _passive(
    doc: Doc, verb: Token, kids: list[Token], frames: frozenset[str], filled: bool
) -> list[tuple[int, int]]:
    subject = next((kid for kid in kids if kid.dep_ == "nsubjpass"), None)
    if subject is None:
        return []
    infinitive = next((kid for kid in kids if kid.dep_ == "xcomp" and _infinitive(kid)), None)
    if infinitive is not None and "pass_to" in frames:
        return subtree_content(doc, [subject, infinitive])
    by_as = next((kid for kid in kids if kid.dep_ == "prep" and kid.lower_ == "as"), None)
    if by_as is not None and frames & {"pass_as", "np_as"}:
        return subtree_content(doc, [subject, by_as])
    named = next((kid for kid in kids if kid.dep_ in {"oprd", "acomp"}), None)
    if named is not None and frames & {"pass_oprd", "oprd"}:
        return subtree_content(doc, [subject, named])
    if "@np" not in frames and ("pass" in frames or (filled and any(f.startswith("np_") for f in frames))):
        return subtree_content(doc, [subject])
    return []


def _addressee(
    verb: Token, cue: cues.Cue, kids: list[Token], objects: list[Token], passive: bool, filled: bool
) -> int | None:
    if passive and "@np" in cue.frames:
        return next((kid.i for kid in kids if kid.dep_ == "nsubjpass"), None)
    if "@np" in cue.frames and objects:
        return objects[0].i
    for kid in kids:
        if kid.dep_ == "dative" and kid.pos_ == "ADP" or (kid.dep_ == "prep" and kid.lower_ == "to" and filled):
            return next((grand.i for grand in kid.children if grand.dep_ == "pobj"), None)
    # "in a call with X", "at a meeting with X", "in an interview with X"
    for kid in kids:
        if kid.dep_ == "prep" and kid.lower_ in {"in", "during", "at", "on"}:
            for noun in kid.children:
                for prep in noun.children:
                    if prep.dep_ == "prep" and prep.lower_ in {"with", "to"}:
                        return next((grand.i for grand in prep.children if grand.dep_ == "pobj"), None)
    return None


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _without(content: list[tuple[int, int]], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """The content less a range."""
    found: list[tuple[int, int]] = []
    for start, end in content:
        if not _overlap((start, end), hole):
            found.append((start, end))
            continue
        if start < hole[0]:
            found.append((start, hole[0]))
        if hole[1] < end:
            found.append((hole[1], end))
    return found

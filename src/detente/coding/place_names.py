"""Find the place names of a text: by the gazetteer, checked against the parse and the names of persons and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.coding.place_senses import Name
from detente.lexicon.places import KINDS, Gazetteer, key_of, place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from detente.coding.analysis import Analysis, Mention

_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_OTHER_LABELS: Final = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "NORP", "LANGUAGE", "EVENT", "LAW"}
)
_JOINING: Final = frozenset(
    {"of", "the", "de", "la", "del", "al", "el", "on", "upon", "du", "le", "and", "-", "'", "'s"}
)
LOCATIVE: Final = frozenset(
    {"in", "at", "near", "inside", "outside", "around", "across", "throughout", "into", "from", "to", "through",
     "toward", "towards", "off", "via", "within", "beyond", "along", "on", "over", "between"}
)  # fmt: skip
# Words that lie before a place's name without being another name; alone they are no names.
_DIRECTIONS: Final = place_words("directions")
_TITLES: Final = place_words("titles")
# Common nouns for kinds of place: after a name they belong to it, before it ("the town of") they announce it.
_PLACE_NOUNS: Final = place_words("place nouns")
# Words that show a body to be one of, or serving, the place it is named after ("Geneva police", "U.S. Senate").
_PUBLIC_NOUNS: Final = place_words("public nouns")
# Who or what a name in front belongs to a place ("a Leeds woman", "Ohio voters").
_LOCAL_NOUNS: Final = place_words("local nouns")
# Buildings whose names stand for those who govern from them.
_SEATS: Final = place_words("seats")
# Common nouns that some hamlet bears as its name: never a place on their own.
_COMMON: Final = _DIRECTIONS | _PLACE_NOUNS | _PUBLIC_NOUNS | place_words("common")
_DASHES: Final = frozenset({"—", "–", "-", "--", "---", ":"})
# Bodies of states whose names are those of a region only after "in", "to", "from".
_BODIES: Final = frozenset({"eu", "european union", "eurozone", "soviet union"})
_LISTS: Final = frozenset({",", "and", "or", "&", "/"})
_FIRM: Final = re.compile(r"\s*(?:,|\()\s*")
_LOOSE: Final = re.compile(r"\s*,?\s+(?:in|of|on|near|outside)\s+(?:the\s+)?(?:\w+\s)?")
_OWNED: Final = re.compile(r"\s*['’]s\s+(?:\w+\s)?")
_COUNTRY, _DIVISION, _DISTRICT, _TOWN = (KINDS.index(kind) for kind in ("country", "division", "district", "town"))
# Kinds of place that print abbreviates ("UAE", "EU", "DMZ").
_WIDE: Final = frozenset(KINDS.index(kind) for kind in ("country", "division", "continent", "region"))
# A town of this size is believed without a locative word or the parser's word for it.
_KNOWN_PEOPLE: Final = 100_000
# One of this size is believed even where the parser takes it for a person.
_GREAT_PEOPLE: Final = 300_000
_LONGEST: Final = 6
_DATELINE: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A place name: token range [start, end). `known` is false where only the parser calls it a place.

    `hint` marks a name inside that of a body ("Ohio State University"): no place, but it tells where the text is at
    home.
    """

    start: int
    end: int
    known: bool = True
    hint: bool = False


@dataclass(slots=True)
class _Match:
    """A listed name in the text, with what decides whether it is a place there."""

    start: int
    end: int
    key: str
    senses: list[tuple[int, bool]]
    great: bool
    abbreviates: bool
    entity: Span | None


_ACTS_OF_PERSONS: Final = frozenset(
    """
    visit trip journey tour stopover arrival departure remark comment speech tweet interview resignation
    """.split()
)


def find_names(analysis: Analysis, gazetteer: Gazetteer, mentions: Sequence[Mention] = ()) -> list[Found]:
    """All place names and hints, in order, none overlapping."""
    doc = analysis.doc
    people = _people(doc, mentions)
    matches = _matches(doc, gazetteer)
    lower = frozenset(token.text for token in doc if token.text.islower())
    found: list[Found] = []
    # A name taken once on good grounds is taken wherever nothing speaks against it: hence two passes.
    taken: frozenset[str] = frozenset()
    for _ in range(2):
        found, at = [], 0
        keys = set()
        for number, match in enumerate(matches):
            if match.start < at:
                continue
            verdict = _verdict(doc, match, matches, number, gazetteer, people, found, taken, lower)
            if verdict:
                found.append(Found(match.start, match.end))
                at = match.end
                if verdict > 1:
                    keys.add(match.key)
        taken = frozenset(keys)
    found += _hints(matches, found)
    return sorted([*found, *_unlisted(doc, found, people)], key=lambda name: name.start)


def _hints(matches: Sequence[_Match], found: Sequence[Found]) -> list[Found]:
    """Well-known places inside the names of bodies."""
    used = {i for name in found for i in range(name.start, name.end)}
    hints, at = [], 0
    for match in matches:
        inside = match.entity is not None and match.entity.label_ in ("ORG", "FAC")
        if inside and match.great and match.start >= at and match.key not in _COMMON and match.start not in used:
            hints.append(Found(match.start, match.end, hint=True))
            at = match.end
    return hints


def _matches(doc: Doc, gazetteer: Gazetteer) -> list[_Match]:
    """The longest listed name at each capitalised token."""
    text = doc.text
    entities: dict[int, Span] = {i: ent for ent in doc.ents for i in range(ent.start, ent.end)}
    starts = [token.idx for token in doc]
    words = [token.text for token in doc]
    found = []
    for start, word in enumerate(words):
        if not word[0].isupper():
            continue
        for end in range(min(start + _LONGEST, len(words)), start, -1):
            last = words[end - 1]
            if not last[0].isupper() or not _joined(words, start, end):
                continue
            key = key_of(text[starts[start] : starts[end - 1] + len(last)])
            senses = gazetteer.find_key(key)
            if senses:
                entity = next((entities[i] for i in range(start, end) if i in entities), None)
                kinds = {int(gazetteer.kind[row]) for row, _ in senses}
                wide = bool(kinds & _WIDE)
                found.append(_Match(start, end, key, senses, _is_great(senses, gazetteer), wide, entity))
                break
    return found


def _joined(words: Sequence[str], start: int, end: int) -> bool:
    """Nothing but capitalised words and the small words of names stands inside."""
    return all(words[i][0].isupper() or words[i].lower() in _JOINING for i in range(start + 1, end - 1))


def _is_great(senses: list[tuple[int, bool]], gazetteer: Gazetteer) -> bool:
    """One of the senses is a place that news names without saying what it is."""
    for row, other in senses:
        kind = gazetteer.kind[row]
        if kind == _TOWN and gazetteer.people[row] >= _KNOWN_PEOPLE:
            return True
        if kind != _TOWN and not (kind == _DISTRICT and other):
            return True
    return False


def _people(doc: Doc, mentions: Sequence[Mention]) -> frozenset[str]:
    """Surnames of the persons named in full."""
    names = {ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1 and ent[-1].text[0].isupper()}
    for mention in mentions:
        if mention.kind == "name" and any(actor.id.startswith("person:") for actor in mention.actors):
            names.add(doc[mention.end - 1].text)
    return frozenset(names)


def _verdict(
    doc: Doc,
    match: _Match,
    matches: Sequence[_Match],
    number: int,
    gazetteer: Gazetteer,
    people: frozenset[str],
    found: Sequence[Found],
    taken: frozenset[str],
    lower: frozenset[str],
) -> int:
    """0: no place here; 1: a place; 2: so surely that its other mentions are places too."""
    start, end, entity = match.start, match.end, match.entity
    text = doc[start:end].text
    label = entity.label_ if entity is not None else ""
    exact = entity is not None and entity.start >= start - 1 and entity.end <= end
    after_comma = bool(found) and start - found[-1].end == 1 and doc[start - 1].text == ","
    if _is_code(text, match.senses, gazetteer):
        return int(after_comma)
    common = all(word in _COMMON for word in match.key.split()) and not _is_seat(match, gazetteer)
    if common or (len(text) <= 3 and not text.isupper() and not after_comma):
        return 0
    if is_dateline(doc, start, end):
        return 2
    if text.isupper() and text.replace(".", "").isalpha() and len(text) <= 5 and not match.abbreviates:
        return 0
    if end - start == 1 and doc[start].pos_ != "PROPN" and label not in _PLACE_LABELS:
        return 0
    if not match.great and _is_owner_of_act(doc, end) and not _is_chief(match, gazetteer):
        return 0
    held = _is_held(doc, match, matches, number, gazetteer)
    if held and label not in ("DATE", "NORP"):
        return 2
    if after_comma and any(gazetteer.kind[row] in (_COUNTRY, _DIVISION) for row, _ in match.senses):
        return 2
    locative = _is_locative(doc, start)
    if match.key in _BODIES:
        return int(locative)
    if (
        not match.great
        and not _announced(doc, start)
        and (match.key in lower or (match.key.startswith("st ") and end < len(doc) and doc[end].text == "'s"))
    ):
        # A word that the text also writes small, or the feast of a saint.
        return 0
    if label in ("GPE", "LOC") or (label == "FAC" and exact):
        return 0 if text in people and not locative and not match.great else 2
    if label in _OTHER_LABELS:
        return 0
    if label == "ORG" and not exact:
        return int(_is_public_body(doc, match))
    if label in ("PERSON", "FAC", "WORK_OF_ART", "PRODUCT") and not exact:
        return 0
    if _in_longer_name(doc, start, end, found):
        return 0
    if _announced(doc, start):
        return 2
    if label == "PERSON":
        if text in people:
            return int(locative)
        return int(locative or match.key in taken or _in_list(doc, start, found) or _is_chief(match, gazetteer))
    if text in people and not locative:
        return 0
    if locative or match.great or match.key in taken or _in_list(doc, start, found):
        return 1
    return int(end < len(doc) and doc[end].lower_ in _LOCAL_NOUNS and doc[end - 1].dep_ in ("compound", "nmod"))


def _is_owner_of_act(doc: Doc, end: int) -> bool:
    """Whether "'s visit", "'s remarks" follow: what persons do, and villages do not."""
    if end >= len(doc) or doc[end].tag_ != "POS" or doc[end].head.i + 1 != end:
        return False
    owned = doc[end].head.head
    return owned.i > end and owned.lemma_.lower() in _ACTS_OF_PERSONS


def is_dateline(doc: Doc, start: int, end: int) -> bool:
    """A name in capitals opens a line, and a dash or colon follows ("GENEVA —", "BEIRUT:", "PARIS, May 4 (AFP) -")."""
    opens = doc[start].is_sent_start or start == 0 or doc[start - 1].is_space
    if not opens or not doc[start:end].text.isupper() or end >= len(doc):
        return False
    if doc[end].text in _DASHES:
        return True
    return doc[end].text in (",", "(") and any(token.text in _DASHES for token in doc[end : end + _DATELINE])


def _is_seat(match: _Match, gazetteer: Gazetteer) -> bool:
    """A building that governs, though its name is of common words ("White House")."""
    return any(gazetteer.name(row) in _SEATS for row, _ in match.senses)


def _is_chief(match: _Match, gazetteer: Gazetteer) -> bool:
    """A country, a division, a capital or a great city by its own name."""
    return any(
        not other
        and (
            gazetteer.kind[row] in (_COUNTRY, _DIVISION)
            or gazetteer.capital[row]
            or (gazetteer.kind[row] == _TOWN and gazetteer.people[row] >= _GREAT_PEOPLE)
        )
        for row, other in match.senses
    )


def _is_code(text: str, senses: list[tuple[int, bool]], gazetteer: Gazetteer) -> bool:
    """A short form that stands for a division only after a town ("TX", "Ore.", "Ill")."""
    bare = text.replace(".", "").replace(" ", "")
    if len(bare) > 4 or (bare.isupper() and "." in text):
        return False
    return any(other and gazetteer.kind[row] == _DIVISION for row, other in senses) and not any(
        gazetteer.kind[row] == _COUNTRY or not other for row, other in senses if gazetteer.people[row] > _KNOWN_PEOPLE
    )


def _is_held(doc: Doc, match: _Match, matches: Sequence[_Match], number: int, gazetteer: Gazetteer) -> bool:
    """A comma and the name of a country or division that holds such a place follow ("Jackson, Miss.")."""
    if match.end >= len(doc) or doc[match.end].text not in (",", "("):
        return False
    after = next((m for m in matches[number + 1 : number + 4] if m.start == match.end + 1), None)
    if after is None:
        return False
    rows = {row for row, _ in after.senses if gazetteer.kind[row] in (_COUNTRY, _DIVISION)}
    countries = {int(gazetteer.country[row]) for row in rows if gazetteer.kind[row] == _COUNTRY}
    return any(
        row not in rows and (int(gazetteer.division[row]) in rows or int(gazetteer.country[row]) in countries)
        for row, _ in match.senses
    )


def _is_locative(doc: Doc, start: int) -> bool:
    """A preposition of place stands before, perhaps with the article or a direction between."""
    at = start - 1
    while at >= 0 and (doc[at].lower_ in _DIRECTIONS or doc[at].lower_ == "the"):
        at -= 1
    return at >= 0 and doc[at].lower_ in LOCATIVE and doc[at].pos_ in ("ADP", "SCONJ", "ADV")


def _announced(doc: Doc, start: int) -> bool:
    """A common noun for a kind of place stands before: "the town of X", "the region X"; or a person is "of X"."""
    at = start - 1
    if at >= 1 and doc[at].lower_ == "of":
        return doc[at - 1].lower_ in _PLACE_NOUNS or doc[at - 1].ent_type_ == "PERSON"
    return at >= 0 and doc[at].lower_ in _PLACE_NOUNS and doc[at].text[0].islower()


def _is_public_body(doc: Doc, match: _Match) -> bool:
    """The name opens that of a body that is the place's own: "Geneva Police Department", "U.S. Senate"."""
    entity = match.entity
    if entity is None or entity.end == match.end:
        return False
    if any(doc[i].text[0].isupper() for i in range(entity.start, match.start)):
        return False
    if match.key.endswith(" county"):
        return True
    return any(doc[i].lower_ in _PUBLIC_NOUNS for i in range(match.end, entity.end))


def _in_list(doc: Doc, start: int, found: Sequence[Found]) -> bool:
    """Only a comma or "and" stands between this and the place name before."""
    if not found or not 0 < start - found[-1].end <= 2:
        return False
    return all(doc[i].lower_ in _LISTS for i in range(found[-1].end, start))


def _in_longer_name(doc: Doc, start: int, end: int, found: Sequence[Found]) -> bool:
    """The name is part of a longer one: of a person, a body, a newspaper."""
    if end < len(doc):
        after = doc[end]
        joined = bool(doc[end - 1].whitespace_) or after.text == "-"
        inside = doc[end - 1].dep_ in ("compound", "nmod", "amod")
        if joined and inside and after.pos_ == "PROPN" and after.text[0].isupper():
            return after.lower_ not in _PLACE_NOUNS and after.lower_ not in _PUBLIC_NOUNS
    if start > 0:
        before = doc[start - 1]
        word = before.lower_.rstrip(".")
        if word in _TITLES and before.text[0].isupper():
            return True
        listed = bool(found) and found[-1].end == start
        if before.pos_ == "PROPN" and before.text[0].isupper() and before.whitespace_ and not listed:
            return word not in _DIRECTIONS and before.dep_ in ("compound", "nmod")
    return False


def _unlisted(doc: Doc, found: Sequence[Found], people: frozenset[str]) -> Iterator[Found]:
    """What the parser calls a place though no list has it."""
    taken = {i for name in found for i in range(name.start, name.end)}
    for ent in doc.ents:
        if ent.label_ not in _PLACE_LABELS or taken & set(range(ent.start, ent.end)):
            continue
        start = ent.start
        while start < ent.end and (doc[start].lower_ in ("the", "a") or not doc[start].text[0].isalnum()):
            start += 1
        if start == ent.end:
            continue
        text = doc[start : ent.end].text
        if not text[0].isupper() or text in people or len(text) < 4 or "\n" in text or text.lower() in _COMMON:
            continue
        if _is_owner_of_act(doc, ent.end):
            continue
        if _is_locative(doc, ent.start) or _announced(doc, start) or (ent.label_ == "LOC" and text.count(" ")):
            yield Found(start, ent.end, known=False)


def linked(text: str, spans: Sequence[tuple[int, int]]) -> list[Name]:
    """The names at these character ranges (in order), each with the one that holds it: "X, Y", "X in Y", "Y's X"."""
    names = []
    for at, (start, end) in enumerate(spans):
        holder, firm = None, True
        if at + 1 < len(spans):
            gap = text[end : spans[at + 1][0]]
            if _FIRM.fullmatch(gap):
                holder = at + 1
            elif _LOOSE.fullmatch(gap):
                holder, firm = at + 1, False
        if holder is None and at and _OWNED.fullmatch(text[spans[at - 1][1] : start]):
            holder, firm = at - 1, False
        names.append(Name(text[start:end], holder, firm))
    return names


__all__ = ["LOCATIVE", "Found", "find_names", "is_dateline", "linked"]

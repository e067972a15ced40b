"""Find the place names of a text: by the gazetteer, checked against the parse and the names of persons and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.coding.place_senses import Name
from detente.lexicon.places import KINDS, Gazetteer, key_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from detente.coding.analysis import Analysis, Mention

_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_OTHER_LABELS: Final = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "NORP", "LANGUAGE", "EVENT", "LAW"}
)
_JOINING: Final = frozenset({"of", "the", "de", "la", "del", "al", "el", "on", "upon", "du", "le", "and", "-", "'", "'s"})
LOCATIVE: Final = frozenset(
    {"in", "at", "near", "inside", "outside", "around", "across", "throughout", "into", "from", "to", "through",
     "toward", "towards", "off", "via", "within", "outside", "beyond", "along", "on", "over", "north", "south", "east",
     "west", "between"}
)  # fmt: skip
# Words that make part of a place's name or lie before one; a name after them is still a place.
_DIRECTIONS: Final = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower", "greater",
     "downtown", "old", "new", "inner", "outer", "northeast", "northwest", "southeast", "southwest", "mid", "rural",
     "southwestern", "southeastern", "northwestern", "northeastern", "mainland", "metropolitan", "nearby"}
)  # fmt: skip
_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "judge", "justice", "officer", "sgt", "lt", "capt", "rev",
     "president", "senator", "sen", "rep", "gov", "governor", "mayor", "coach", "chief", "sheriff", "captain", "prince",
     "princess", "king", "queen", "pope", "professor", "prof", "detective", "deputy", "col", "gen", "general", "colonel",
     "maj", "major", "sergeant", "lieutenant", "minister", "chancellor", "secretary"}
)  # fmt: skip
# Common nouns that a place's name may end in although the gazetteer lists it without them.
_GENERIC_AFTER: Final = frozenset(
    {"county", "province", "state", "oblast", "region", "district", "township", "parish", "prefecture", "governorate",
     "city", "island", "islands", "peninsula", "valley", "town", "village", "municipality", "territory", "republic"}
)  # fmt: skip
_FIRM: Final = re.compile(r"\s*(?:,|\()\s*")
_LOOSE: Final = re.compile(r"\s*,?\s+(?:in|of|on|near|outside)\s+(?:the\s+)?(?:\w+\s)?")
_OWNED: Final = re.compile(r"\s*['’]s\s+(?:\w+\s)?")
_TOWN: Final = KINDS.index("town")
# A town of this size is believed without a locative word or the parser's word for it.
_KNOWN_PEOPLE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Found:
    """A place name: token range [start, end). `known` is false where only the parser calls it a place."""

    start: int
    end: int
    known: bool = True


def find_names(analysis: Analysis, gazetteer: Gazetteer, mentions: Sequence[Mention] = ()) -> list[Found]:
    """All place names, in order, none overlapping."""
    doc = analysis.doc
    people = _people(doc, mentions)
    found: list[Found] = []
    at = 0
    for start, end in _matches(doc, gazetteer):
        if start < at:
            continue
        if _is_place(doc, start, end, gazetteer, people, found):
            found.append(Found(start, end))
            at = end
    return sorted([*found, *_unlisted(doc, found, people)], key=lambda name: name.start)


def _matches(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """The longest listed name at each capitalised token; the caller passes over those inside one it has taken."""
    for token in doc:
        if not token.text[0].isupper():
            continue
        for end in range(min(token.i + 6, len(doc)), token.i, -1):
            last = doc[end - 1].text
            if not last[0].isupper():
                continue
            if not _joined(doc, token.i, end):
                continue
            text = doc.text[token.idx : doc[end - 1].idx + len(last)]
            if gazetteer.find(text):
                yield token.i, end
                break


def _joined(doc: Doc, start: int, end: int) -> bool:
    """Nothing but capitalised words and the small words of names stands inside."""
    return all(doc[i].text[0].isupper() or doc[i].lower_ in _JOINING for i in range(start + 1, end - 1))


def _people(doc: Doc, mentions: Sequence[Mention]) -> frozenset[str]:
    """Surnames of the persons named in full."""
    names = {
        ent[-1].text
        for ent in doc.ents
        if ent.label_ == "PERSON" and len(ent) > 1 and ent[-1].text[0].isupper()
    }
    for mention in mentions:
        if mention.kind == "name" and any(actor.id.startswith("person:") for actor in mention.actors):
            names.add(doc[mention.end - 1].text)
    return frozenset(names)


def _is_place(
    doc: Doc, start: int, end: int, gazetteer: Gazetteer, people: frozenset[str], found: list[Found]
) -> bool:
    span = doc[start:end]
    text = span.text
    senses = gazetteer.find(text)
    kinds = {int(gazetteer.kind[row]) for row, _ in senses}
    after_comma = bool(found) and start - found[-1].end == 1 and doc[start - 1].text == ","
    if _is_code(text, senses, gazetteer):
        return after_comma
    if len(text) <= 3 and not text.isupper() and not after_comma:
        return False
    entity = _entity(doc, start, end)
    label = entity.label_ if entity is not None else ""
    exact = entity is not None and entity.start >= start - 1 and entity.end <= end
    great = any(gazetteer.people[row] >= _KNOWN_PEOPLE or gazetteer.kind[row] != _TOWN for row, _ in senses)
    locative = _is_locative(doc, start)
    if len(span) == 1 and span[0].pos_ not in ("PROPN", "NOUN", "ADJ", "X") and label not in _PLACE_LABELS:
        return False
    if label in _PLACE_LABELS and (exact or entity is not None and label != "FAC"):
        return not (text in people and not locative and not great)
    if after_comma and kinds & {0, 1}:
        return True
    if label in _OTHER_LABELS:
        return False
    if _in_longer_name(doc, start, end, found):
        return False
    if label in ("PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC"):
        if not exact:
            return False
        return locative or (great and label == "ORG" and 0 in kinds)
    if text in people:
        return False
    return locative or great


def _entity(doc: Doc, start: int, end: int) -> Span | None:
    """The named entity that overlaps a token range (the first, if several)."""
    for i in range(start, end):
        if doc[i].ent_type_:
            first = last = i
            while first > 0 and doc[first].ent_iob_ == "I":
                first -= 1
            while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
                last += 1
            span: Span = doc[first : last + 1]
            span = doc.char_span(span.start_char, span.end_char, label=doc[i].ent_type_) or span
            return span
    return None


def _is_code(text: str, senses: list[tuple[int, bool]], gazetteer: Gazetteer) -> bool:
    """A short form that stands for a division only after a town ("TX", "Ore.", "Ill")."""
    bare = text.replace(".", "").replace(" ", "")
    if len(bare) > 4 or (bare.isupper() and "." in text):
        return False
    division = KINDS.index("division")
    return any(other and gazetteer.kind[row] == division for row, other in senses) and not any(
        gazetteer.kind[row] == 0 or not other for row, other in senses if gazetteer.people[row] > _KNOWN_PEOPLE
    )


def _is_locative(doc: Doc, start: int) -> bool:
    """A preposition of place stands before, perhaps with the article or a direction between."""
    at = start - 1
    while at >= 0 and (doc[at].lower_ in _DIRECTIONS or doc[at].lower_ in ("the", "of")):
        at -= 1
    return at >= 0 and doc[at].lower_ in LOCATIVE and doc[at].pos_ in ("ADP", "SCONJ", "ADV")


def _in_longer_name(doc: Doc, start: int, end: int, found: list[Found]) -> bool:
    """The name is part of a longer one: of a person, a body, a newspaper."""
    if end < len(doc):
        after: Token = doc[end]
        joined = doc[end - 1].whitespace_ or after.text == "-"
        if joined and after.pos_ == "PROPN" and after.text[0].isupper() and doc[end - 1].dep_ in ("compound", "nmod", "amod"):
            return after.lower_ not in _GENERIC_AFTER
    if start > 0:
        before: Token = doc[start - 1]
        word = before.lower_.rstrip(".")
        if word in _TITLES and before.text[0].isupper():
            return True
        taken = bool(found) and found[-1].end == start
        if before.pos_ == "PROPN" and before.text[0].isupper() and before.whitespace_ and not taken:
            return word not in _DIRECTIONS and before.dep_ in ("compound", "nmod")
    return False


def _unlisted(doc: Doc, found: list[Found], people: frozenset[str]) -> Iterator[Found]:
    """What the parser calls a place though no list has it."""
    taken = {i for name in found for i in range(name.start, name.end)}
    for ent in doc.ents:
        if ent.label_ not in _PLACE_LABELS or taken & set(range(ent.start, ent.end)):
            continue
        start = ent.start
        while start < ent.end and (doc[start].lower_ in ("the", "a") or not doc[start].text[0].isalnum()):
            start += 1
        text = doc[start : ent.end].text
        if start == ent.end or not text[0].isupper() or text in people or len(text) < 4 or "\n" in text:
            continue
        if _is_locative(doc, ent.start):
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


__all__ = ["LOCATIVE", "Found", "find_names", "key_of", "linked"]

"""Where names of persons stand: those of the lexicon, the recogniser's, and capitalised words beside a title."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from detente.coding.mentions_hits import Hits
from detente.coding.mentions_phrase import HONORIFICS

_PARTICLES = frozenset(
    {"al", "el", "bin", "bint", "ibn", "de", "da", "do", "dos", "del", "della", "di", "van", "von", "der", "den",
     "la", "le", "abu", "ben", "ter", "ten", "du", "-", "'", "y", "e", "ul", "ur", "ud"}
)  # fmt: skip

# What ministers are in charge of; capitalised behind "Minister of" these are no part of the name that follows.
_FIELDS = frozenset(
    """
    affairs agriculture antiquities arts aviation change civil climate commerce communication communications
    construction cooperation culture defence defense development digital digitalisation digitalization diaspora
    disability ecology economic economy education emergency employment energy enterprise enterprises environment
    environmental equality family families finance fisheries food foreign foreigners forestry gender health heritage
    higher home homeland housing immigration industries industry information infrastructure innovation insurance
    integration interior internal international investment investments justice labor labour lands local marine
    maritime media migration mines mineral mining natural nature oil petroleum planning pensions ports power
    promotion protection public railways regional religious research resources rural science security services
    shipping social solidarity space sport sports supply sustainable technology telecommunications territorial
    territories tourism trade transformation transition transport transportation urban veterans water welfare women
    works youth
    """.split()
)
_FIELD_JOINTS = frozenset({"of", "for", "the", "and", "&", ","})


def name_spans(doc: Doc, hits: Hits, barred: set[int]) -> list[tuple[int, int]]:
    """Token ranges of persons' names: those of the lexicon, the recogniser's, and capitalised words after a title,
    none over the barred tokens."""
    found: list[tuple[int, int]] = [(hit.start, _extended(doc, hits, hit.end)) for hit in hits.all if hit.of("person")]
    taken = barred | {index for start, end in found for index in range(start, end)}
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            found.extend(_clean(doc, hits, ent.start, ent.end, taken))
    for hit in hits.all:
        if hit.of("office", "agent") and hit.end < len(doc):
            start = _past_field(doc, hit.end)
            if doc[start].text == "," and start + 1 < len(doc):
                start += 1
            while start < len(doc) and doc[start].lower_ in HONORIFICS:
                start += 1
            if start < len(doc) and start not in taken:
                end = _proper_run(doc, hits, start)
                office = hit.of("office")
                if office is not None and office.plural and doc[start].ent_type_ != "PERSON":
                    continue
                least = 2 if doc[start - 1].text == "," else 1
                if not hit.of("office") and not doc[hit.start].is_lower and doc[start].ent_type_ != "PERSON":
                    # "Executive Order", "National Security": a capitalised role noun may open another name.
                    continue
                if end - start >= least:
                    found.extend(_clean(doc, hits, start, end, taken))
            found.extend(_described(doc, hits, hit.start, taken))
    return sorted(found)


def _past_field(doc: Doc, start: int) -> int:
    """Behind a title the token past "of Culture and Tourism", where the name begins."""
    index, field = start, False
    while index < len(doc) and doc[index].lower_ in _FIELDS | _FIELD_JOINTS:
        field = doc[index].lower_ in _FIELDS and doc[index].text.istitle()
        index += 1
    return index if field and index < len(doc) and doc[start].lower_ in ("of", "for") else start


def _described(doc: Doc, hits: Hits, start: int, taken: set[int]) -> Iterator[tuple[int, int]]:
    """A capitalised name before a comma and a description: "Anna Lind, a Swedish aid worker"."""
    index = start - 1
    while index > 0 and start - index < 6 and (doc[index].pos_ in ("DET", "ADJ", "NOUN") or hits.at(index) is not None):
        index -= 1
    if index < 2 or doc[index].text != "," or (index + 1 == start and hits.at(start - 1) is None):
        return
    if doc[index + 1].pos_ != "DET":
        return
    first = index
    while first > 0 and index - first < 4 and doc[first - 1].pos_ == "PROPN":
        if hits.at(first - 1) is not None and not _only_short(hits, first - 1):
            break
        first -= 1
    if index - first >= 2 and not any(i in taken for i in range(first, index)):
        yield from _clean(doc, hits, first, index, taken)


def _clean(doc: Doc, hits: Hits, start: int, end: int, taken: set[int]) -> Iterator[tuple[int, int]]:
    while start < end and (
        doc[start].lower_ in HONORIFICS
        or doc[start].is_punct
        or (start > 0 and doc[start].lower_ in _FIELDS and doc[start - 1].lower_ in _FIELD_JOINTS)
        or (hits.at(start) is not None and not _only_short(hits, start))
        or (not doc[start].text[:1].isupper() and doc[start].lower_ not in _PARTICLES)
    ):
        start += 1
    while 0 < start < end and start - 1 not in taken and is_given_name(doc, hits, start - 1):
        # The recogniser may begin "Lorna Berger" at the surname that the tables have.
        start -= 1
    stop = start
    while stop < end and not (doc[stop].tag_ == "POS" or (doc[stop].is_punct and doc[stop].text not in "-'.")):
        if doc[stop].is_space or (hits.at(stop) is not None and not _only_short(hits, stop)):
            break
        stop += 1
    while stop > start and not doc[stop - 1].text[:1].isupper():
        stop -= 1
    while stop < len(doc) and stop > start and stop not in taken:
        if _hyphenated(doc, stop):
            # The recogniser may end "Cho Sei-young" at the hyphen.
            stop += 2
        elif _continues(doc, hits, stop) or (doc[stop].pos_ == "PROPN" and _only_short(hits, stop)):
            # "Andry Nirina Rajoelina": the recogniser may end before a surname of the tables.
            stop += 1
        else:
            break
    if stop <= start or any(index in taken for index in range(start, stop)):
        return
    if any(char.isdigit() for char in doc[start:stop].text) or (
        doc[start].is_upper and len(doc[start]) > 3 and stop - start == 1
    ):
        return
    taken.update(range(start, stop))
    yield start, stop


def is_given_name(doc: Doc, hits: Hits, index: int) -> bool:
    """Whether a capitalised word that says nothing else opens the name that goes on behind it: "Lorna" Berger."""
    token = doc[index]
    return (
        token.dep_ == "compound"
        and token.head.i == index + 1
        and token.pos_ == "PROPN"
        and token.is_alpha
        and token.text.istitle()
        and token.lower_ not in HONORIFICS
        and token.lower_ not in _FIELDS
        and hits.at(index) is None
    )


def _extended(doc: Doc, hits: Hits, end: int) -> int:
    """Where a known name really ends: "Salman bin Abdulaziz" may go on with "al-Saud"."""
    last = end
    while last < len(doc) and last - end < 6:
        token = doc[last]
        if doc[last - 1].tag_ == "POS" or (hits.at(last) is not None and not _only_short(hits, last)):
            break
        if _continues(doc, hits, last) or (
            token.text[:1].isupper() and last > end and doc[last - 1].lower_ in _PARTICLES
        ):
            last += 1
            continue
        follows = doc[last + 1] if last + 1 < len(doc) else None
        hyphen = token.text == "-" and doc[last - 1].lower_ in ("al", "el")
        if (token.lower_ in _PARTICLES and token.text != "'" and follows is not None and not token.is_punct) or hyphen:
            joins = follows is not None and (follows.text == "-" or follows.lower_ in _PARTICLES)
            if joins or (follows is not None and follows.text[:1].isupper()):
                last += 1
                continue
        break
    while last > end and not doc[last - 1].text[:1].isupper():
        last -= 1
    return last


def _continues(doc: Doc, hits: Hits, index: int) -> bool:
    """A capitalised word right after a name that the recogniser cut short."""
    token = doc[index]
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.is_alpha and hits.at(index) is None


def _hyphenated(doc: Doc, index: int) -> bool:
    """The hyphen inside a given name of two syllables, "Sei-young", or after an article, "Al-Sabah"."""
    if index + 1 >= len(doc) or doc[index].text != "-" or doc[index].whitespace_ or doc[index - 1].whitespace_:
        return False
    article = doc[index - 1].lower_ in ("al", "el")
    return doc[index + 1].is_alpha and (doc[index + 1].is_lower or article) and doc[index - 1].text[:1].isupper()


def _only_short(hits: Hits, index: int) -> bool:
    hit = hits.at(index)
    return hit is not None and all(entry.kind == "short" for entry in hit.entries)


def _proper_run(doc: Doc, hits: Hits, start: int) -> int:
    end = start
    while end < len(doc) and end - start < 6:
        token = doc[end]
        proper = (
            token.pos_ == "PROPN"
            and token.text[:1].isupper()
            and (token.is_alpha or "." in token.text or "-" in token.text)
        )
        particle = end > start and token.lower_ in _PARTICLES and end + 1 < len(doc) and doc[end + 1].text[:1].isupper()
        if not (proper or particle) or (hits.at(end) is not None and not _only_short(hits, end)):
            break
        end += 1
    return end

"""Where the words of the lexicon stand in a text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Doc

from detente.coding.analysis import Analysis
from detente.lexicon.entries import Country, Entry
from detente.lexicon.lexicon import Lexicon
from detente.lexicon.phrases import pieces_of

_NOUNS = frozenset({"NOUN", "PROPN"})
# Signs that "Georgia" is the American state: other American states are named and nothing Georgian is.
_GEORGIA = frozenset({"tbilisi", "georgian", "georgians", "abkhazia", "ossetia", "batumi", "caucasus"})
_DATELINE_TOKENS = 12
_LANDMARKS = frozenset("Lake Fort Port Mount Cape Camp Lac".split())
# What stands before a hyphen and is no part of a name.
_PREFIXES = frozenset(
    """
    al el ul ur as ash ad an ar at az bin ben ibn abu post pre pro anti ex non mid then former vice late trans inter
    self un re co semi quasi neo sub ultra
    """.split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of the lexicon found at the tokens [start, end), with all it may stand for."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def of(self, *kinds: str) -> Entry | None:
        """The first entry of one of the kinds, in the order of the kinds."""
        for kind in kinds:
            for entry in self.entries:
                if entry.kind == kind:
                    return entry
        return None


class Hits:
    """The hits of a text in order, and by token; two share a token only where it joins them ("U.S.-Egypt")."""

    def __init__(self, found: list[Hit], length: int) -> None:
        self.all = found
        self._at: list[Hit | None] = [None] * length
        for hit in found:
            for index in range(hit.start, hit.end):
                self._at[index] = hit

    def without(self, tokens: set[int]) -> Hits:
        """The hits that touch none of the tokens."""
        if not tokens:
            return self
        return Hits([hit for hit in self.all if tokens.isdisjoint(range(hit.start, hit.end))], len(self._at))

    def at(self, token: int) -> Hit | None:
        """The hit that covers a token."""
        return self._at[token] if 0 <= token < len(self._at) else None

    def starting(self, token: int) -> Hit | None:
        hit = self.at(token)
        return hit if hit and hit.start == token else None

    def ending(self, token: int) -> Hit | None:
        """The hit whose last token is this one."""
        hit = self.at(token)
        return hit if hit and hit.end == token + 1 else None


def find_hits(analysis: Analysis, lexicon: Lexicon) -> Hits:
    """Longest matches from left to right over the surface text, by word pieces, so that the tokeniser's cuts do not
    matter; doubtful names and names inside datelines are settled here."""
    doc = analysis.doc
    pieces = pieces_of(analysis.surface.text)
    words = [piece[0] for piece in pieces]
    lower = [word.lower() for word in words]
    token_of = _token_of_piece(analysis, pieces)
    index, phrases = 0, lexicon.phrases
    raw: list[tuple[int, int, tuple[Entry, ...]]] = []
    while index < len(pieces):
        length, entries = phrases.at(words, lower, index)
        if length:
            first, last = token_of[index], token_of[index + length - 1]
            if first is not None and last is not None and _aligned(analysis, pieces, index, length, first, last):
                raw.append((first, last + 1, entries))
                index += length
                continue
        index += 1
    named: set[str | None] = {
        entry.country for _, _, entries in raw for entry in entries if not entry.doubtful and entry.country
    }
    seen = set(lower)
    datelines = _datelines(analysis)
    found: list[Hit] = []
    covered = {index for start, end, _ in raw for index in range(start, end)}
    for start, end, entries in raw:
        if start in datelines:
            continue
        if part_of_name(doc, start, end, covered):
            entries = tuple(entry for entry in entries if entry.kind not in ("person", "short"))
        kept = _plausible(analysis, start, end, entries, named, seen)
        if kept:
            found.append(Hit(start, end, kept))
    return Hits(found, len(doc))


def part_of_name(doc: Doc, start: int, end: int, known: Collection[int] = ()) -> bool:
    """Whether tokens are one half of a hyphenated name ("Jean-Pierre"), of a company's ("Johnson & Johnson") or of a
    place's ("Lake Charles").

    The other half is a capitalised word that is no name of its own (not in `known`), no prefix ("Post-Putin") and no
    article ("Al-Sisi").
    """
    before, after = start - 1, end
    if before >= 0 and doc[before].text in _LANDMARKS and doc[start].text[:1].isupper():
        return True
    if before > 0 and doc[before].text == "-" and _tied(doc, before) and _names(doc, before - 1, known):
        return True
    if after + 1 < len(doc) and doc[after].text == "-" and _tied(doc, after) and _names(doc, after + 1, known):
        return True
    amp = before if before > 0 and doc[before].text == "&" else after if after < len(doc) else -1
    return (
        amp > 0
        and doc[amp].text == "&"
        and amp + 1 < len(doc)
        and all(doc[i].text[:1].isupper() for i in (amp - 1, amp + 1))
    )


def _tied(doc: Doc, hyphen: int) -> bool:
    return not doc[hyphen].whitespace_ and not doc[hyphen - 1].whitespace_


def _names(doc: Doc, index: int, known: Collection[int]) -> bool:
    token = doc[index]
    return token.is_alpha and token.text[:1].isupper() and index not in known and token.lower_ not in _PREFIXES


def _token_of_piece(analysis: Analysis, pieces: list[tuple[str, int, int]]) -> list[int | None]:
    owner: list[int | None] = []
    token, doc = 0, analysis.doc
    ends = [tok.idx + len(tok) for tok in doc]
    for _, start, _ in pieces:
        while token < len(ends) and ends[token] <= start:
            token += 1
        owner.append(token if token < len(ends) else None)
    return owner


def _aligned(
    analysis: Analysis, pieces: list[tuple[str, int, int]], index: int, length: int, first: int, last: int
) -> bool:
    """The match begins and ends where tokens do, or at a hyphen or slash inside a token."""
    text = analysis.surface.text
    start, end = pieces[index][1], pieces[index + length - 1][2]
    head, tail = analysis.doc[first], analysis.doc[last]
    begins = start == head.idx or text[start - 1] in "-/–("
    stop = tail.idx + len(tail)
    return begins and (end == stop or text[end] in "-/–)." or text[end:stop] in ("'s", "s'"))


def _plausible(
    analysis: Analysis, start: int, end: int, entries: tuple[Entry, ...], named: set[str | None], seen: set[str]
) -> tuple[Entry, ...]:
    doc = analysis.doc
    last = doc[end - 1]
    kept: list[Entry] = []
    states = [entry for entry in entries if isinstance(entry.payload, Country) and entry.kind != "subnational"]
    sure = [entry for entry in states if not entry.doubtful]
    for entry in entries:
        if entry.kind in ("agent", "anaphor", "office") and not entry.cased:
            counts = last.tag_ in ("CD", "DT") and entry.kind == "anaphor"
            if end - start == 1 and last.pos_ not in _NOUNS and not counts:
                continue
        elif entry.doubtful and sure:
            # Two states share the name: the second is meant when the text knows it and not the first.
            if entry.country not in named or any(other.country in _elsewhere(named, entries) for other in sure):
                continue
        elif (entry.kind == "country" and entry.country == "GEO" and _american_georgia(named, seen)) or (
            entry.kind in ("country", "capital") and _is_personal(analysis, start, end)
        ):
            continue
        kept.append(entry)
    if any(entry.doubtful for entry in kept):
        kept = [entry for entry in kept if entry.doubtful or entry not in sure]
    return tuple(kept)


def _elsewhere(named: set[str | None], entries: tuple[Entry, ...]) -> set[str | None]:
    """Countries that the text names by another word than this form."""
    here = {entry.country for entry in entries if not entry.doubtful}
    return named - here


def _american_georgia(named: set[str | None], seen: set[str]) -> bool:
    from_there = seen & _GEORGIA
    american = {"atlanta", "savannah", "florida", "alabama", "carolina", "arizona", "senator", "sen", "michigan"}
    return not from_there and bool(seen & american) and "USA" in named | {"USA"}


def _is_personal(analysis: Analysis, start: int, end: int) -> bool:
    """A country's name as part of a person's, as Jordan, Chad or Israel may be: the recogniser's person is longer and
    the other part is no title."""
    doc = analysis.doc
    if any(doc[i].ent_type_ != "PERSON" for i in range(start, end)):
        return False
    after = doc[end] if end < len(doc) else None
    before = doc[start - 1] if start else None
    follows = after is not None and after.ent_type_ == "PERSON" and after.ent_iob_ == "I"
    follows = follows and after is not None and after.pos_ == "PROPN" and after.text[:1].isupper()
    leads = before is not None and before.ent_type_ == "PERSON" and doc[start].ent_iob_ == "I"
    return follows or (leads and before is not None and before.pos_ == "PROPN")


def _datelines(analysis: Analysis) -> set[int]:
    """Tokens of datelines ("GENEVA, June 3 (Agency) —"): capitals at the start of a paragraph up to a dash."""
    found: set[int] = set()
    doc = analysis.doc
    paragraph = -1
    for sentence in analysis.sentences:
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        first = doc[sentence.start]
        if not (first.text.isupper() and len(first.text) > 2 and first.is_alpha):
            continue
        for index in range(sentence.start, min(sentence.start + _DATELINE_TOKENS, len(doc) - 1)):
            token = doc[index]
            if token.text in ("—", "–", "--", "-") and (token.whitespace_ or doc[index - 1].whitespace_):
                found.update(range(sentence.start, index + 1))
                break
    return found

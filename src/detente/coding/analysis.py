"""What the steps of coding hand to each other.

Every step is a pure function that takes the `Analysis` made so far and returns its own findings; `Coder` puts them
together. Inside coding, positions are token indexes of `Analysis.doc` (spaCy) or character offsets of the surface
text; `Analysis.span` turns them into `Span`s of the stored text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from detente.records import Actor, Document, Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from detente.coding.surface import Surface


@dataclass(frozen=True, slots=True)
class Sentence:
    """Token range [start, end); `zone` is headline, deck or body; `paragraph` counts from 0; `turn` indexes
    `Document.turns`."""

    index: int
    start: int
    end: int
    zone: str
    paragraph: int
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor mentioned: token range [start, end), head token `root`.

    `kind` is name, nominal ("the US secretary of state"), group ("both sides", "the duo"), pronoun.
    `number` is 1 or 2 (plural); `gender` m, f, n or None. `actors` is who it refers to after coreference, empty if
    unknown; a group may have several. `countries` are those named in the mention itself. `why` says which rule found
    it.
    """

    start: int
    end: int
    root: int
    kind: str
    number: int = 1
    gender: str | None = None
    actors: tuple[Actor, ...] = ()
    countries: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression: token range [start, end); `first` and `last` day (None: open or unknown).

    `basis` as in `DateRange`. `value` is the TIMEX3 value (ISO 8601: "2023-06-19", "2022", "P3D", "PAST_REF"), `timex`
    its type (DATE, TIME, DURATION, SET). `direction` -1 past, 1 future, 0 not said by the expression itself.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    basis: str
    value: str
    timex: str = "DATE"
    direction: int = 0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name: token range [start, end) and what it was resolved to.

    `stands_for_government` is true when a capital or country is an actor there ("Beijing claims") and no place.
    """

    start: int
    end: int
    place: Place
    stands_for_government: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as tokens: ranges [start, end) of source and cue (None if absent) and of the content's pieces.

    `form` is direct, indirect or mixed. `source_root` is the head token of the source. `via` is an attribution around
    it (index into `Analysis.attributions`), as in "The ministry said Wang told …".
    """

    source: tuple[int, int] | None
    source_root: int | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    form: str
    addressee_root: int | None = None
    via: int | None = None
    why: str = ""


_Found = TypeVar("_Found", Mention, DateMention, PlaceMention)


def beginning(found: tuple[_Found, ...], start: int, end: int) -> tuple[_Found, ...]:
    """Those of a step's findings, which are in the order of the text, that begin inside the tokens [start, end)."""
    low = bisect_left(found, start, key=lambda one: one.start)
    return found[low : bisect_left(found, end, low, key=lambda one: one.start)]


@dataclass(slots=True)
class Analysis:
    """A document, its parse, and what the steps found, in the order of `Coder.code`; `issuer` is the country whose
    readout, statement or briefing it is, if it is one."""

    document: Document
    surface: Surface
    doc: Doc
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    issuer: str | None = None
    _sentence_of: tuple[int, ...] = field(default=())
    _mention_at: dict[int, Mention] | None = None
    _mention_from: dict[int, Mention] | None = None
    _attributions_at: dict[int, list[int]] | None = None

    def span(self, start: int, end: int) -> Span:
        """The stored text under the tokens [start, end); white space at its edges is left out.

        Raises:
            IndexError: the range is empty or outside the document.
        """
        while end - 1 > start and self.doc[end - 1].is_space:
            end -= 1
        while start < end - 1 and self.doc[start].is_space:
            start += 1
        last = self.doc[end - 1]
        return self.char_span(self.doc[start].idx, last.idx + len(last))

    def char_span(self, start: int, end: int) -> Span:
        """The stored text under the surface characters [start, end)."""
        first, last = self.surface.to_stored(start, end)
        return Span(self.document.id, first, last, self.document.text[first:last])

    def sentence_at(self, token: int) -> Sentence:
        """The sentence that holds a token."""
        if not self._sentence_of:
            owner = [0] * len(self.doc)
            for sentence in self.sentences:
                for index in range(sentence.start, sentence.end):
                    owner[index] = sentence.index
            self._sentence_of = tuple(owner)
        return self.sentences[self._sentence_of[token]]

    def mention_at(self, token: int) -> Mention | None:
        """The mention whose head is this token (the longest, if several)."""
        if self._mention_at is None:
            self._mention_at = {}
            for mention in sorted(self.mentions, key=lambda m: m.end - m.start):
                self._mention_at[mention.root] = mention
        return self._mention_at.get(token)

    def mention_from(self, token: int) -> Mention | None:
        """The mention that begins at this token (the longest, if several)."""
        if self._mention_from is None:
            self._mention_from = {}
            for mention in sorted(self.mentions, key=lambda m: m.end - m.start):
                self._mention_from[mention.start] = mention
        return self._mention_from.get(token)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions wholly inside the tokens [start, end), in order."""
        return [m for m in beginning(self.mentions, start, end) if m.end <= end]

    def attributions_at(self, token: int) -> list[int]:
        """The attributions whose content holds a token (indexes into `attributions`), in order."""
        if self._attributions_at is None:
            self._attributions_at = {}
            for number, attribution in enumerate(self.attributions):
                for at in {at for piece in attribution.content for at in range(*piece)}:
                    self._attributions_at.setdefault(at, []).append(number)
        return self._attributions_at.get(token, [])

    def subtree(self, token: Token) -> tuple[int, int]:
        """Token range [start, end) that a token and all below it cover."""
        return token.left_edge.i, token.right_edge.i + 1

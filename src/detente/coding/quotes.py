"""Quoted passages: where they start and end, and whether they are speech, part of a sentence, or mere words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.coding.analysis import Analysis

# Double marks are `"`; some wire archives print two apostrophes. Singles count when they stand at a word's edge.
_MARK: Final = re.compile(r"\"|(?<!')''(?!')|'")
_OPENING, _CLOSING = frozenset("“„‟«‘‚‛"), frozenset("”»’")
_ELISION: Final = re.compile(r"'(?:em|til|till|tis|twas|cause|cuz|bout|round|n|\d0s|\d\d)\b", re.IGNORECASE)
_BEFORE_OPEN = frozenset(" \n\t([{—–-/\"'")
_STOPS = frozenset(".,?!;:—")
_SCARE_WORDS = 3
_NAMING = frozenset({"called", "dubbed", "known", "titled", "entitled", "named", "nicknamed"})


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens [start, end) of a quoted passage, marks included; of nested quotes the outermost.

    `kind` is `speech` (a clause or more), `partial` (a piece of a reported sentence) or `scare` (words at arm's length,
    names and titles). `continues` is true when it carries on a quotation left open at the end of the paragraph before.
    `closed` is false when its end is the end of the paragraph.
    """

    start: int
    end: int
    kind: str
    continues: bool = False
    closed: bool = True


@dataclass(slots=True)
class _Range:
    start: int
    end: int
    continues: bool
    closed: bool


def find_quotes(analysis: Analysis) -> tuple[Quote, ...]:
    """The quoted passages of a text in order, none inside another. Linear in the length of the text."""
    doc = analysis.doc
    if not len(doc):
        return ()
    starts = [token.idx for token in doc]
    verbs = _first_verbs(analysis)
    found: list[Quote] = []
    for piece in _ranges(analysis):
        first = bisect_right(starts, piece.start) - 1
        last = bisect_left(starts, piece.end)
        if found and first < found[-1].end:
            first = found[-1].end
        if last > first:
            kind = _kind(analysis, first, last, verbs)
            found.append(Quote(first, last, kind, piece.continues, piece.closed))
    return tuple(found)


def _ranges(analysis: Analysis) -> Iterator[_Range]:
    """Surface character ranges of the outermost quotes, paragraph by paragraph."""
    text = analysis.surface.text
    paragraphs = [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text) if found.group().strip()]
    left_open = False
    for number, (start, end) in enumerate(paragraphs):
        following = (
            text[paragraphs[number + 1][0] : paragraphs[number + 1][0] + 4].lstrip()
            if number + 1 < len(paragraphs)
            else ""
        )
        goes_on = following.startswith(('"', "''"))
        doubles, singles = _marks(analysis, start, end)
        inside = list(_pair(doubles, start, end, left_open, goes_on))
        left_open = bool(inside) and not inside[-1].closed
        yield from _merged(inside, _single_pairs(analysis, singles, inside))


def _marks(analysis: Analysis, start: int, end: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int]]]:
    """Double marks as (offset, length, direction); single marks as (offset, direction).

    Direction 1 opens, -1 closes, 0 may do either.
    """
    text, stored = analysis.surface.text, analysis.document.text
    doubles: list[tuple[int, int, int]] = []
    singles: list[tuple[int, int]] = []
    for found in _MARK.finditer(text, start, end):
        at, length = found.start(), len(found.group())
        before = text[at - 1] if at > start else " "
        after = text[at + length] if at + length < end else " "
        origin = stored[analysis.surface.to_stored(at, at + 1)[0]]
        opens = before in _BEFORE_OPEN and not after.isspace()
        closes = not before.isspace() and (not after.isalnum() or before in _STOPS)
        if found.group() == "'":
            if _ELISION.match(text, at) and origin not in "‘‛‚":
                continue
            if origin in _OPENING or (opens and after.isalnum()):
                singles.append((at, 1))
            elif closes:
                singles.append((at, -1))
            continue
        if origin in _OPENING:
            direction = 1
        elif origin in _CLOSING and origin != "’":
            direction = -1
        else:
            direction = 1 if opens and not closes else -1 if closes and not opens else 0
        doubles.append((at, length, direction))
    return doubles, singles


def _pair(marks: list[tuple[int, int, int]], start: int, end: int, left_open: bool, goes_on: bool) -> Iterator[_Range]:
    """Match double marks. A mark of either direction closes what is open and opens otherwise."""
    depth, opened, continues = 0, start, False
    for at, length, direction in marks:
        if depth == 0:
            if direction >= 0:
                depth, opened, continues = 1, at, left_open and at - start < 2
        elif direction > 0:
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield _Range(opened, at + length, continues, True)
    # An unmatched mark is a slip, unless the next paragraph opens with a mark: then the speaker goes on.
    if depth and goes_on:
        yield _Range(opened, end, continues, False)


def _single_pairs(analysis: Analysis, marks: list[tuple[int, int]], inside: list[_Range]) -> Iterator[_Range]:
    """Match single marks outside double quotes; a plural's apostrophe closes only if nothing better does."""
    text = analysis.surface.text
    covered = 0
    opened: int | None = None
    doubtful: int | None = None
    for at, direction in marks:
        while covered < len(inside) and inside[covered].end <= at:
            covered += 1
        if covered < len(inside) and inside[covered].start <= at:
            continue
        if direction > 0:
            if opened is not None and doubtful is not None:
                yield _Range(opened, doubtful + 1, False, True)
            opened, doubtful = at, None
        elif opened is not None:
            if text[at - 1] in "sS" and text[at + 1 : at + 2] == " ":
                doubtful = at
            else:
                yield _Range(opened, at + 1, False, True)
                opened, doubtful = None, None
    if opened is not None and doubtful is not None:
        yield _Range(opened, doubtful + 1, False, True)


def _merged(doubles: list[_Range], singles: Iterator[_Range]) -> list[_Range]:
    """All ranges in order; a single pair that straddles a double one is dropped."""
    kept = sorted([*doubles, *singles], key=lambda piece: (piece.start, -piece.end))
    result: list[_Range] = []
    for piece in kept:
        if not result or piece.start >= result[-1].end:
            result.append(piece)
    return result


def _kind(analysis: Analysis, start: int, end: int, verbs: list[int]) -> str:
    doc = analysis.doc
    words = [token for token in doc[start:end] if not token.is_punct and not token.is_space]
    ends_inside = end - 2 > start and doc[end - 2].text in {".", ",", "?", "!", "..."}
    finite = any(token.dep_ in {"nsubj", "nsubjpass", "expl"} and start <= token.head.i < end for token in words)
    if finite and len(words) > 2:
        return "speech"
    if ends_inside and words and words[0].text[:1].isupper():
        return "speech"
    before = doc[start - 1].lower_ if start else ""
    if before in _NAMING or (before == "called" and doc[start - 2].lower_ == "so"):
        return "scare"
    titled = len(words) > 1 and all(word.text[:1].isupper() or len(word) < 4 for word in words)
    if titled and not ends_inside:
        return "scare"
    reported = verbs[analysis.sentence_at(start).index] < start
    return "scare" if len(words) < _SCARE_WORDS and not ends_inside and not reported else "partial"


def _first_verbs(analysis: Analysis) -> list[int]:
    """By sentence, its first verb other than a copula or auxiliary (the sentence's end if it has none)."""
    doc = analysis.doc
    return [next((i for i in range(s.start, s.end) if doc[i].pos_ == "VERB"), s.end) for s in analysis.sentences]

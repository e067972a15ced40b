"""How a question is put to the relation model: its actor, its recipient and the word of the event marked in the text.

The marks are typed punctuation ("@ Kenya @ has * recalled * # its envoy #"), after Zhou and Chen (2022), "An Improved
Baseline for Sentence-level Relation Extraction": no token is new to the encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from detente.coding.question import Question
from detente.coding.stand_ins import hide_countries

# Marks of the actor, the recipient and the trigger, in the order of `Marked.at`.
MARKS: Final = ("@", "#", "*")
# What stands round the marked words beyond this many characters is left out; of a text that is still longer than
# `_LONG`, what stands between marks that are far from each other too.
_AROUND, _NEAR, _LONG = 280, 100, 640
# Signs that are marks here, and halves of characters, which no tokenizer takes.
_PLAIN: Final = str.maketrans("@#*", "   ") | dict.fromkeys(range(0xD800, 0xE000), "?")


@dataclass(frozen=True, slots=True)
class Marked:
    """The text with its marks; `at` the offset of the opening mark of actor, recipient, trigger, -1 if unmarked."""

    text: str
    at: tuple[int, int, int]


def mark(question: Question) -> Marked:
    """Write the marks into the text, with stand-ins for the countries, and leave out what is far from all marks."""
    question = _elide(hide_countries(question))
    spans = (question.actor, question.recipient, question.trigger)
    first, last = _window(question.text, [span for span in spans if span])
    plain = question.text.translate(_PLAIN)
    cuts: list[tuple[int, int, int, int]] = []
    for number, span in enumerate(spans):
        if span:
            start, end = span
            # At one place closing marks come before opening ones, and the wider range opens first.
            cuts.append((start, 1, -end, number))
            cuts.append((end, 0, -start, number))
    parts: list[str] = []
    at, size, done = [-1, -1, -1], 0, first
    for where, opens, _, number in sorted(cuts):
        piece = plain[done:where]
        parts.append(piece)
        size += len(piece)
        if opens:
            at[number] = size
        sign = f"{MARKS[number]} " if opens else f" {MARKS[number]}"
        parts.append(sign)
        size += len(sign)
        done = where
    parts.append(plain[done:last])
    return Marked("".join(parts), (at[0], at[1], at[2]))


def token_places(marked: Marked, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the token that each opening mark is, of tokens with these character ranges; 0, the first token of
    all, where there is none."""
    starts = {start: number for number, (start, end) in enumerate(offsets) if end > start}
    return [starts.get(offset, 0) for offset in marked.at]


def _elide(question: Question) -> Question:
    """The question without what lies between far marks, " … " in its place."""
    spans = [span for span in (question.actor, question.recipient, question.trigger) if span]
    if not spans or max(end for _, end in spans) - min(start for start, _ in spans) <= _LONG:
        return question
    gaps: list[tuple[int, int]] = []
    reach = min(start for start, _ in spans)
    for start, end in sorted(spans):
        if start - reach > 2 * _NEAR + 3:
            gaps.append((reach + _NEAR, start - _NEAR))
        reach = max(reach, end)
    text = question.text
    for start, end in reversed(gaps):
        text = f"{text[:start]} … {text[end:]}"

    def moved(span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span is None:
            return None
        less = sum(end - start - 3 for start, end in gaps if end <= span[0])
        return span[0] - less, span[1] - less

    return Question(text, moved(question.actor), moved(question.recipient), moved(question.trigger))


def _window(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    if not spans:
        return 0, min(len(text), 2 * _AROUND)
    first = max(0, min(start for start, _ in spans) - _AROUND)
    last = min(len(text), max(end for _, end in spans) + _AROUND)
    if first:
        first = text.find(" ", first, first + 40) + 1 or first
    return first, last

"""The text as the parser should see it, with a way back to the offsets of the text as stored.

Curly quotes become straight, non-breaking and exotic spaces become spaces, soft hyphens and zero-width marks vanish,
ligatures are spelled out, line breaks inside a hard-wrapped paragraph become spaces, and false starts of speech, as
transcripts have them ("Kenya- — Kenyatta", "on May — on May 3"), are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_ONE_TO_ONE = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
        "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u3000": " ", "\t": " ",
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "\u2015": "—", "\r": " ",
        "\x0c": "\n", "\u2028": "\n",
        "\u2029": "\n", "\x0b": "\n",
        # Halves of two-part characters: no parser takes them.
        **{chr(half): "\ufffd" for half in range(0xD800, 0xE000)},
    }
)  # fmt: skip
_GONE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\x00")
_SPELLED = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "…": "..."}
_CHANGES_LENGTH = re.compile("[" + "".join(_GONE) + "".join(_SPELLED) + "]")
# "Joseph R. Biden, Jr., spoke": the suffix and its commas make the parser lose the subject.
_SUFFIX = re.compile(r"(?<=[a-z])(,? (?:Jr|Sr)\.(?:,(?= [a-z]))?)(?=[ ’'][a-z])")
# A word broken off, or up to four words said again after a dash.
_FALSE_START = re.compile(r"\b[A-Za-z]+-[ ]?[—–][ ]?(?=\w)|\b((?:[\w’']+ ){0,3}[\w’']+)[ ]?— ?(?=\1\b)")
# Long runs of punctuation say nothing, and the tokeniser's time grows with the square of their length.
_NOISE = re.compile(r"[^\w\s]{32,}")
# Emoji and the mark of a hashtag, as posts of ministries and embassies have them: "⚠️#China urges".
_POST_MARKS = re.compile("[\u203c\u2049\u2600-\u27bf\ufe0e\ufe0f\U0001f000-\U0001faff]|(?<![\\w&])#(?=[A-Za-z])")
_SINGLE_BREAK = re.compile(r"(?<=\S)[ ]*\n(?=[ ]*\S)")
_ENDS_LINE = frozenset(".!?:;\"')]")
# A paragraph counts as hard-wrapped when its lines, but the last, are this long: typewriter and e-mail widths.
_WRAP_WIDTHS = range(50, 101)


@dataclass(frozen=True, slots=True)
class Surface:
    """`text` for the parser; `starts[i]` is the stored offset of its i-th character, None when they are the same."""

    text: str
    starts: tuple[int, ...] | None
    stored_length: int

    def to_stored(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the stored text of the surface range [start, end), end not before start."""
        if self.starts is None:
            return start, end
        first = self.starts[start] if start < len(self.starts) else self.stored_length
        if end <= start:
            return first, first
        last = self.starts[end - 1]
        # A ligature's letters share one stored character: the end is one past it.
        return first, last + 1

    def from_stored(self, offset: int) -> int:
        """The surface offset of the character that holds stored `offset` (or follows it, if that one vanished)."""
        if self.starts is None:
            return offset
        index = bisect_right(self.starts, offset - 1)
        return min(index, len(self.text))


def surface_of(text: str) -> Surface:
    """Make the surface of a stored text."""
    dropped = {offset for found in _SUFFIX.finditer(text) for offset in range(*found.span(1))}
    dropped |= {offset for found in _FALSE_START.finditer(text) for offset in range(*found.span())}
    if dropped or _CHANGES_LENGTH.search(text):
        pieces: list[str] = []
        starts: list[int] = []
        for offset, char in enumerate(text):
            if char in _GONE or offset in dropped:
                continue
            piece = _SPELLED.get(char, char)
            pieces.append(piece)
            starts.extend([offset] * len(piece))
        surface, origin = "".join(pieces), tuple(starts)
    else:
        surface, origin = text, None
    surface = _NOISE.sub(lambda run: " " * len(run.group()), surface.translate(_ONE_TO_ONE))
    surface = _POST_MARKS.sub(" ", surface)
    return Surface(_unwrap(surface), origin, len(text))


def _unwrap(text: str) -> str:
    """Replace the line breaks inside hard-wrapped paragraphs by spaces (same length)."""
    if not _SINGLE_BREAK.search(text):
        return text
    paragraphs = re.split(r"(\n[ ]*\n\s*)", text)
    return "".join(_unwrap_paragraph(piece) if index % 2 == 0 else piece for index, piece in enumerate(paragraphs))


def _unwrap_paragraph(paragraph: str) -> str:
    lines = paragraph.split("\n")
    body = [line.rstrip() for line in lines[:-1] if line.strip()]
    wrapped = [line for line in body if len(line) in _WRAP_WIDTHS and line[-1] not in _ENDS_LINE]
    if len(lines) < 2 or not body or len(wrapped) * 2 < len(body):
        return paragraph
    return _SINGLE_BREAK.sub(lambda found: found.group().replace("\n", " "), paragraph)

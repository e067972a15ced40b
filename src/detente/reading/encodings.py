"""Bytes to text: byte order mark, UTF-8, then a guess that has to be plausible."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from detente.errors import InputError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Signs that cp1252 adds to English text: quotes, dashes, currency, section signs and the like.
_SIGNS: Final = frozenset("‘’“”–—…•€£¥©®°§«»·½¼¾²³™\xa0\xad")
# A multi-byte UTF-8 character; three in a text that is not UTF-8 throughout mean a damaged UTF-8 text.
_UTF8_CHARACTER: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Share of the characters outside ASCII above which the text is not a Western language in cp1252 (French has 4 %).
_WESTERN: Final = 0.2
# Share of bytes outside ASCII below which it is English with a few broken bytes (Polish and Czech have 7 % and more).
_FOREIGN: Final = 0.05
# charset-normalizer's measures in per cent. Random bytes reach a coherence of 0, Russian and Chinese prose 30 and more.
_COHERENT: Final = 20


def encoding_of(data: bytes, *, whole: bool = True) -> str | None:
    """The encoding of the bytes (not `whole`: the beginning of a file); None if nothing explains them."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if _decodes(data, "utf-8", whole):
        return "utf-8"
    if len(_UTF8_CHARACTER.findall(data)) >= 3 and len(_bad_places(data)) < 3:
        return None
    if _decodes(data, "cp1252", whole) and _is_western(data.decode("cp1252")):
        return "cp1252"
    if sum(byte > 0x7F for byte in data) < _FOREIGN * len(data):
        return None
    best = from_bytes(data[:65_536]).best()
    if best is None or best.percent_coherence < _COHERENT or best.encoding.startswith("utf"):
        return None
    return best.encoding if _decodes(data, best.encoding, whole) else None


def decode(name: str, data: bytes) -> tuple[str, str]:
    """The text of a whole file and its encoding.

    Raises:
        InputError: no encoding explains the bytes.
    """
    encoding = encoding_of(data)
    if encoding is None:
        raise _not_text(name, data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as fault:
        raise InputError(
            name, f"is marked as {encoding} and is not: byte {fault.start + 1:,}", right="save it as UTF-8"
        ) from fault


def _not_text(name: str, data: bytes) -> InputError:
    place = _bad_places(data)
    line = data.count(b"\n", 0, place[0]) + 1
    return InputError(
        name,
        f"invalid UTF-8 at byte {place[0] + 1:,}, and no other encoding explains it",
        where=f"line {line}",
        right="save it as UTF-8",
    )


def _decodes(data: bytes, encoding: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _bad_places(data: bytes) -> list[int]:
    """Offsets of the first bytes (three at most) that are not UTF-8."""
    places: list[int] = []
    start = 0
    while start < len(data) and len(places) < 3:
        try:
            data[start:].decode("utf-8")
            break
        except UnicodeDecodeError as fault:
            places.append(start + fault.start)
            start += fault.end
    return places


def _is_western(text: str) -> bool:
    """Whether the characters outside ASCII are letters inside words, or common signs, and few."""
    foreign = [place for place, char in enumerate(text) if char > "\x7f"]
    odd = sum(not _plausible(text, place) for place in foreign)
    return len(foreign) <= _WESTERN * len(text) and odd <= 0.1 * len(foreign)


def _plausible(text: str, place: int) -> bool:
    char = text[place]
    if char in _SIGNS:
        return True
    before = text[place - 1] if place else " "
    after = text[place + 1 : place + 2] or " "
    if not char.isalpha() or char == "ÿ" or not (before.isalpha() or after.isalpha()):
        return False
    return not (char.isupper() and before.islower())

"""Finding forms of words in running text: an index by first word, longest match."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from detente.lexicon.entries import Entry

PIECE = re.compile(r"\w+|[^\w\s]")
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})
# An abbreviation this short must stand exactly as in the table even in a line of capitals ("US" against "us").
_SHORT = 3


def fold(text: str) -> str:
    """Text without accents, so that "Élysée" and "Elysee" are the same; case is kept."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def pieces_of(text: str) -> list[tuple[str, int, int]]:
    """The words and marks of a text, folded, with their offsets [start, end)."""
    return [(fold(found.group()), found.start(), found.end()) for found in PIECE.finditer(text)]


class PhraseIndex:
    """Forms of words and their entries; several entries may share a form."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
        self._lengths: dict[str, list[int]] = {}

    def add(self, entry: Entry) -> None:
        """File an entry under its form."""
        written = tuple(PIECE.findall(fold(entry.form)))
        key = tuple(piece.lower() for piece in written)
        if not key:
            return
        self._entries[key].append((written, entry))
        lengths = self._lengths.setdefault(key[0], [])
        if len(key) not in lengths:
            lengths.append(len(key))
            lengths.sort(reverse=True)

    def at(self, words: list[str], lower: list[str], index: int) -> tuple[int, tuple[Entry, ...]]:
        """Length and entries of the longest form that begins at `index` (0 and none if there is none)."""
        for length in self._lengths.get(lower[index], ()):
            if index + length > len(lower):
                continue
            filed = self._entries.get(tuple(lower[index : index + length]))
            if not filed:
                continue
            seen = words[index : index + length]
            entries = tuple(entry for written, entry in filed if not entry.cased or _same_case(seen, written))
            if entries:
                return length, entries
        return 0, ()

    def forms(self, form: str) -> tuple[Entry, ...]:
        """All entries of one form, whatever its case."""
        key = tuple(piece.lower() for piece in PIECE.findall(fold(form)))
        return tuple(entry for _, entry in self._entries.get(key, ()))

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return (entry for filed in self._entries.values() for _, entry in filed)


def _same_case(seen: list[str], written: tuple[str, ...]) -> bool:
    """As in the table, with a capital more at the start of a sentence, or all in capitals if long enough."""
    if all(one == other or one == other[:1].upper() + other[1:] for one, other in zip(seen, written, strict=True)):
        return True
    total = sum(len(piece) for piece in written)
    return total > _SHORT and all(one == other.upper() for one, other in zip(seen, written, strict=True))


_IRREGULAR = {"man": "men", "woman": "women", "person": "people", "child": "children", "chief": "chiefs"}
_SAME = frozenset(
    {"police", "media", "military", "press", "people", "forces", "personnel", "troops", "services", "public"}
)


def plural_of(noun: str) -> str:
    """The regular plural of a title or noun; the head is the word before "of", "to", "for", "in", or the last one."""
    words = noun.split(" ")
    at = len(words) - 1
    for index, word in enumerate(words):
        if index and word in ("of", "to", "for", "in", "without", "with", "familiar"):
            at = index - 1
            break
    words[at] = _plural_word(words[at])
    return " ".join(words)


def _plural_word(word: str) -> str:
    lower = word.lower()
    for singular, plural in _IRREGULAR.items():
        if lower.endswith(singular):
            return word[: len(word) - len(singular)] + plural
    if lower in _SAME or word.endswith("."):
        return word
    if lower.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"

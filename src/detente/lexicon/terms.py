"""Tables of terms looked up in running text, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A term found at words [start, end)."""

    start: int
    end: int
    term: str
    value: Value


class Terms(Generic[Value]):
    """Terms of one or more words; a word ending in `*` stands for all words that begin so.

    A term's word matches a word of the text by its form or by its lemma, both in lower case.
    """

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        # By first letter: every word of a text is looked up.
        self._by_prefix: dict[str, list[tuple[str, tuple[str, ...], Value]]] = {}

    def add(self, term: str, value: Value) -> None:
        """Add a term; words are parted by spaces or hyphens."""
        words = tuple(term.lower().replace("-", " ").split())
        if words[0].endswith("*"):
            self._by_prefix.setdefault(words[0][0], []).append((words[0][:-1], words, value))
        else:
            self._by_first.setdefault(words[0], []).append((words, value))

    def find(self, forms: Sequence[str], lemmas: Sequence[str]) -> Iterator[Found[Value]]:
        """All terms in the text, at each place the longest, no two overlapping. Hyphens must be left out."""
        at = 0
        while at < len(forms):
            best: Found[Value] | None = None
            for words, value in self._candidates(forms[at], lemmas[at]):
                end = at + len(words)
                if end > len(forms) or (best is not None and end <= best.end):
                    continue
                if all(_fits(word, forms[at + n], lemmas[at + n]) for n, word in enumerate(words)):
                    best = Found(at, end, " ".join(words), value)
            if best is None:
                at += 1
            else:
                yield best
                at = best.end

    def _candidates(self, form: str, lemma: str) -> Iterator[tuple[tuple[str, ...], Value]]:
        yield from self._by_first.get(form, ())
        if lemma != form:
            yield from self._by_first.get(lemma, ())
        for prefix, words, value in self._by_prefix.get(form[:1], ()):
            if form.startswith(prefix):
                yield words, value


def _fits(word: str, form: str, lemma: str) -> bool:
    return form.startswith(word[:-1]) if word.endswith("*") else word in (form, lemma)

"""Near-duplicates: a text that another one reprints, with some words changed, a paragraph cut or a new headline.

MinHash with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, ch. 3)
finds who may be alike; the texts themselves decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from datasketch import MinHash

# 20 bands of 6: two texts that share 80 % of their shingles meet with a probability of .997, 50 % with .27.
BANDS: Final = 20
_ROWS: Final = 6
_SEED: Final = 1
# Shingles hashed at once: of a long text all at once take a gigabyte.
_AT_ONCE: Final = 10_000
_WORDS: Final = 5
# Shared shingles by which the shorter text is a copy of the longer. Readouts of the same office share their formulas:
# of 2,205 pairs of White House readouts (each with the five before it, gold/readout_contacts) the most alike share .54.
LEAST: Final = 0.7
# A line of few words is no text that one would reprint.
_SHORTEST: Final = 20
_WORD: Final = re.compile(r"\w+")


def shingles(text: str) -> frozenset[str]:
    """Runs of five words, lower case, without punctuation; empty for a text of less than 20 words."""
    words = _WORD.findall(text.lower())
    if len(words) < _SHORTEST:
        return frozenset()
    return frozenset(" ".join(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1))


def bands(text: str) -> tuple[int, ...]:
    """One 63-bit number a band; two texts that agree in any of them may be alike. Empty where `shingles` is."""
    parts = list(shingles(text))
    if not parts:
        return ()
    sketch = MinHash(num_perm=BANDS * _ROWS, seed=_SEED)
    for at in range(0, len(parts), _AT_ONCE):
        sketch.update_batch([part.encode() for part in parts[at : at + _AT_ONCE]])
    rows = sketch.hashvalues.reshape(BANDS, _ROWS)
    return tuple(hash_of(row.tolist()) for row in rows)


def hash_of(values: Iterable[int]) -> int:
    """FNV-1a over the bytes of the numbers, its upper 63 bits: the same on every machine."""
    found = 0xCBF29CE484222325
    for value in values:
        for byte in int(value).to_bytes(8, "little"):
            found = ((found ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return found >> 1


def is_reprint(text: str, of: str) -> bool:
    """Whether one text reprints the other: seven tenths of the shingles of the shorter stand in the longer, and the
    longer is not a collection of many texts."""
    one, other = shingles(text), shingles(of)
    small, large = sorted((one, other), key=len)
    return bool(small) and len(small & large) >= LEAST * len(small) and len(large) <= 2 * len(small)


def repeats(sentence: str, of: str) -> bool:
    """Whether a sentence stands in a text, but for case, spaces and punctuation. `of` is a text from `flat`."""
    return flat(sentence) in of


def flat(text: str) -> str:
    """The words of a text, lower case, parted by single spaces."""
    return f" {' '.join(_WORD.findall(text.lower()))} "

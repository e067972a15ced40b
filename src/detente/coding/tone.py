"""The tone of a passage from -1 (hostile) to 1 (friendly), by the lexicon's valence terms."""

from __future__ import annotations

from math import sqrt
from typing import Final

from detente.coding.analysis import Analysis
from detente.coding.issues import words_of
from detente.lexicon.tone import tone_terms

# A modifier reaches this many words ahead, as far as the next term: "does not at all threaten".
_REACH: Final = 4


def tone_of(analysis: Analysis, start: int, end: int) -> tuple[float, str]:
    """Tone of the tokens [start, end), rounded to two digits, and the terms that made it.

    The weights of the terms, turned or scaled by the modifiers before them, are added and divided by the square root of
    their number: two like terms count more than one, yet not twice.
    """
    forms, lemmas, _ = words_of(analysis, start, end)
    total, count = 0.0, 0
    factor, since = 1.0, 0
    reasons: list[str] = []
    for found in tone_terms().find(forms, lemmas):
        if found.start - since > _REACH:
            factor = 1.0
        if found.value.kind != "term":
            factor *= found.value.weight
            since = found.end
            continue
        weight = max(-1.0, min(1.0, found.value.weight * factor))
        total += weight
        count += 1
        reasons.append(f"{found.term} {weight:+.2f}")
        factor = 1.0
    if not count:
        return 0.0, "no tone term"
    return round(max(-1.0, min(1.0, total / sqrt(count))), 2), ", ".join(reasons)

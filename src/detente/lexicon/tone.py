"""The valence of diplomatic language (`data/tone.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from detente.errors import TableError
from detente.lexicon.terms import Terms

KINDS: Final = frozenset({"term", "negation", "intensifier", "diminisher"})


@dataclass(frozen=True, slots=True)
class Valence:
    """Weight from -1 to 1 of a term; for the other kinds the factor on the term that follows."""

    kind: str
    weight: float


@cache
def tone_terms() -> Terms[Valence]:
    """The terms of the table.

    Raises:
        TableError: a row is not well formed.
    """
    terms: Terms[Valence] = Terms()
    text = files("detente.lexicon").joinpath("data", "tone.tsv").read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != 4 or cells[1] not in KINDS:
            raise TableError(f"tone.tsv: line {number}: wanted term, kind ({', '.join(sorted(KINDS))}), weight, why")
        try:
            weight = float(cells[2])
        except ValueError:
            raise TableError(f"tone.tsv: line {number}: weight {cells[2]!r} is not a number") from None
        if cells[1] == "term" and not -1 <= weight <= 1:
            raise TableError(f"tone.tsv: line {number}: weight {weight} is not between -1 and 1")
        for term in cells[0].split("|"):
            terms.add(term.strip(), Valence(cells[1], weight))
    return terms

"""The valence of diplomatic language (`data/tone.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.errors import TableError
from detente.lexicon.tables import data_folder, read_table, split
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
    columns = ("term", "kind", "weight")
    for row in read_table(data_folder() / "tone.tsv", columns, columns):
        kind = row["kind"]
        if kind not in KINDS:
            raise TableError(f"{row['']}: unknown kind {kind!r} (one of {', '.join(sorted(KINDS))})")
        try:
            weight = float(row["weight"])
        except ValueError:
            raise TableError(f"{row['']}: weight {row['weight']!r} is not a number") from None
        if kind == "term" and not -1 <= weight <= 1:
            raise TableError(f"{row['']}: weight {weight} is not between -1 and 1")
        for term in split(row["term"]):
            terms.add(term, Valence(kind, weight))
    return terms

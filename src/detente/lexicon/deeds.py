"""Kinds of deed that are undertaken and done, and words that undertake (`data/deeds.tsv`, `data/undertakings.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.errors import TableError
from detente.lexicon.tables import data_folder, read_table, split
from detente.lexicon.terms import Terms


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of deed, the kinds that fulfil it (itself among them), and those that go against it."""

    name: str
    done_by: frozenset[str]
    undone_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deeds:
    """The table: kinds by name, and the words that show them."""

    kinds: dict[str, Deed]
    terms: Terms[str]


@cache
def load_deeds() -> Deeds:
    """Read `deeds.tsv` once.

    Raises:
        TableError: a row is not well formed, or names a kind of deed that has no row.
    """
    rows = read_table(
        data_folder() / "deeds.tsv", ("deed", "words", "done_by", "undone_by", "source"), ("deed", "words")
    )
    kinds: dict[str, Deed] = {}
    terms: Terms[str] = Terms()
    names = {row["deed"] for row in rows}
    for row in rows:
        done, undone = split(row["done_by"]), split(row["undone_by"])
        unknown = {*done, *undone} - names
        if unknown:
            raise TableError(f"{row['']}: no such deed: {', '.join(sorted(unknown))}")
        kinds[row["deed"]] = Deed(row["deed"], frozenset(done) | {row["deed"]}, frozenset(undone))
        for word in split(row["words"]):
            terms.add(word, row["deed"])
    return Deeds(kinds, terms)


@cache
def undertaking_terms() -> Terms[str]:
    """The words of `undertakings.tsv`, each with the kind of undertaking it makes.

    Raises:
        TableError: a row is not well formed.
    """
    terms: Terms[str] = Terms()
    for row in read_table(data_folder() / "undertakings.tsv", ("kind", "words", "source"), ("kind", "words")):
        for word in split(row["words"]):
            terms.add(word, row["kind"])
    return terms

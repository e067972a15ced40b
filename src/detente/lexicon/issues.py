"""What relations between states are about: issues and the terms that show them (`data/issues.tsv`)."""

from __future__ import annotations

from functools import cache
from typing import Final

from detente.lexicon.tables import Row, data_folder, read_table, split
from detente.lexicon.terms import Terms

# The issue of talk about the relation itself, named when nothing narrower is.
DEFAULT: Final = "bilateral relations"


@cache
def issue_terms() -> Terms[str]:
    """The terms of the table, each with its issue.

    Raises:
        TableError: a row is not well formed.
    """
    terms: Terms[str] = Terms()
    for row in _rows():
        for pattern in split(row["patterns"]):
            terms.add(pattern, row["issue"])
    return terms


@cache
def issue_names() -> tuple[str, ...]:
    """All issues, in the order of the table.

    Raises:
        TableError: a row is not well formed.
    """
    return tuple(dict.fromkeys(row["issue"] for row in _rows()))


def _rows() -> list[Row]:
    columns = ("issue", "patterns", "source")
    return read_table(data_folder() / "issues.tsv", columns, columns[:2])

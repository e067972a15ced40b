"""What relations between states are about: issues and the terms that show them (`data/issues.tsv`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from detente.errors import TableError
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
    text = files("detente.lexicon").joinpath("data", "issues.tsv").read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != 3 or not cells[0] or not cells[1].strip():
            raise TableError(f"issues.tsv: line {number}: wanted issue, patterns (parted by |) and source")
        for pattern in cells[1].split("|"):
            if not pattern.strip():
                raise TableError(f"issues.tsv: line {number}: an empty pattern")
            terms.add(pattern.strip(), cells[0])
    return terms

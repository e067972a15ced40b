"""The ladder of diplomatic language: formulas, their rungs and sources (`data/ladder.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.errors import TableError
from detente.lexicon.tables import Row, data_folder, read_table, split

SCALES: Final = ("protest", "warning", "talks")
FORMS: Final = ("verb", "adj", "noun", "vow", "warn", "voice", "talks")
# Forms of what is felt; the others are said.
FELT: Final = frozenset({"verb", "adj", "noun"})
ANY: Final = "*"
# Stands in a pattern for the "to" of an infinitive, which is another word than the preposition.
INFINITIVE: Final = "to_"

# The alternatives for one word of a pattern.
Word = frozenset[str]


@dataclass(frozen=True, slots=True)
class Rung:
    """One formula of one row: the alternatives for its head, and for the words before and after it, in order.

    `governments` and `issue` may be `ANY`; `scale` is one of `SCALES`, `form` one of `FORMS` (the table's head says
    what they mean).
    """

    governments: tuple[str, ...]
    issue: str
    scale: str
    rung: int
    label: str
    form: str
    head: Word
    before: tuple[Word, ...]
    after: tuple[Word, ...]
    source: str

    @property
    def size(self) -> int:
        """How much the formula says, of two at one place: a modifier ("gravely") says more than a preposition."""
        return 1 + 2 * len(self.before) + len(self.after)

    def holds_for(self, government: str, issues: tuple[str, ...]) -> bool:
        """Whether the row is meant for a government's words on these issues."""
        own = self.governments == (ANY,) or government in self.governments
        return own and (self.issue == ANY or self.issue in issues)


@cache
def rungs() -> dict[str, tuple[Rung, ...]]:
    """The formulas of the table by each word that may be their head.

    Raises:
        TableError: a row is not well formed.
    """
    columns = ("government", "issue", "scale", "rung", "label", "form", "pattern", "source")
    issues = {row["issue"] for row in read_table(data_folder() / "issues.tsv", ("issue",))}
    found: dict[str, tuple[Rung, ...]] = {}
    for row in read_table(data_folder() / "ladder.tsv", columns, columns):
        if row["issue"] not in issues | {ANY}:
            raise TableError(f"{row['']}: unknown issue {row['issue']!r} (* or one of issues.tsv)")
        for pattern in split(row["pattern"]):
            rung = _rung(row, pattern)
            for word in rung.head:
                found[word] = (*found.get(word, ()), rung)
    return found


def _rung(row: Row, pattern: str) -> Rung:
    place = row[""]
    for column, allowed in (("scale", SCALES), ("form", FORMS)):
        if row[column] not in allowed:
            raise TableError(f"{place}: unknown {column} {row[column]!r} (one of {', '.join(allowed)})")
    if not row["rung"].isdecimal():
        raise TableError(f"{place}: rung {row['rung']!r} is not a whole number")
    words = pattern.lower().split()
    heads = [number for number, word in enumerate(words) if word.startswith("^")]
    if len(heads) != 1:
        raise TableError(f"{place}: the pattern {pattern!r} needs one head, marked by ^")
    parts = [frozenset(word.removeprefix("^").split("/")) for word in words]
    at = heads[0]
    return Rung(
        governments=split(row["government"]),
        issue=row["issue"],
        scale=row["scale"],
        rung=int(row["rung"]),
        label=row["label"],
        form=row["form"],
        head=parts[at],
        before=tuple(parts[:at]),
        after=tuple(parts[at + 1 :]),
        source=row["source"],
    )

"""Words that decide whether what depends on them happened (`data/status_cues.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.errors import TableError
from detente.lexicon.tables import data_folder, read_table
from detente.records import STATUSES

PARTS: Final = frozenset({"verb", "noun", "adj", "adv", "prep"})
_SIGNS: Final = frozenset("+-o=a")


@dataclass(frozen=True, slots=True)
class StatusCue:
    """What a word does to an event that depends on it.

    `positive` and `negative` are the signs of its signature (Nairn, Condoravdi & Karttunen 2006) where the word holds
    and where it is negated: `+` the event happened, `-` it did not, `o` open, `=` its own form decides, `a` it was done
    if the word is past (actuality entailment, Bhatt 1999). `status` is what an open (or negative) event is then taken
    to be, empty if the sign says all.
    """

    lemma: str
    part: str
    construction: str
    positive: str
    negative: str
    status: str


@cache
def status_cues() -> dict[tuple[str, str, str], StatusCue]:
    """The table by (lemma, part of speech, construction).

    Raises:
        TableError: a row is not well formed or given twice.
    """
    columns = ("lemma", "pos", "construction", "signature", "status")
    found: dict[tuple[str, str, str], StatusCue] = {}
    for row in read_table(data_folder() / "status_cues.tsv", columns, columns[:4]):
        place = row[""]
        lemma, part, construction, signature, status = (row[column] for column in columns)
        if part not in PARTS:
            raise TableError(f"{place}: unknown part of speech {part!r} (one of {', '.join(sorted(PARTS))})")
        signs = signature.split("/")
        if len(signs) != 2 or not set(signs) <= _SIGNS:
            raise TableError(f"{place}: signature {signature!r} is not like +/- (signs + - o = a)")
        if status and status not in STATUSES:
            raise TableError(f"{place}: unknown status {status!r} (one of {', '.join(STATUSES)})")
        if not status and signs[0] in ("o", "a"):
            raise TableError(f"{place}: an open signature needs a status")
        key = (lemma, part, construction)
        if key in found:
            raise TableError(f"{place}: {lemma} ({part}, {construction}) is given twice")
        found[key] = StatusCue(lemma, part, construction, signs[0], signs[1], status)
    return found

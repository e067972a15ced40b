"""Words that report speech and thought: verbs, nouns, adjectives, set phrases (`data/cue_*.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.errors import TableError
from detente.lexicon.tables import Row, data_folder, read_table

# Classes whose cues are words spoken or written, as against thought, wish and appearance.
SPEECH: Final = frozenset(
    {"say", "write", "answer", "tell", "ask", "claim", "concede", "confirm", "announce", "deny", "warn", "urge",
     "promise", "threaten", "agree", "judge", "describe", "refer"}
)  # fmt: skip
OTHER: Final = frozenset({"show", "think", "want", "seem", "light"})
VERB_FRAMES: Final = frozenset(
    {"that", "quote", "to", "ing", "np", "oprd", "about", "of", "for", "on", "at", "against", "with", "to_np",
     "np_as", "np_for", "np_of", "np_to", "np_with", "np_about", "np_on", "np_against",
     "pass", "pass_to", "pass_as", "pass_oprd", "@np", "light"}
)  # fmt: skip
NOMINAL_FRAMES: Final = frozenset({"that", "to", "quote", "about", "of", "for", "on", "at", "against", "with"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that reports speech or thought, and what it takes. `factive`: what it reports is taken as true."""

    lemma: str
    kind: str
    frames: frozenset[str]
    factive: bool = False

    @property
    def speech(self) -> bool:
        return self.kind in SPEECH


def _table(name: str, *columns: str) -> list[Row]:
    return read_table(data_folder() / name, columns, columns)


def _cue(row: Row, allowed: frozenset[str]) -> Cue:
    place, kind = row[""], row["class"]
    if kind not in SPEECH | OTHER:
        raise TableError(f"{place}: unknown class {kind!r} (one of {', '.join(sorted(SPEECH | OTHER))})")
    wanted = frozenset(row["frames"].split())
    if wrong := wanted - allowed:
        raise TableError(f"{place}: unknown frame {min(wrong)!r} (one of {', '.join(sorted(allowed))})")
    return Cue(row["lemma"], kind, wanted, row.get("factive") == "yes")


@cache
def verbs() -> dict[str, Cue]:
    """Cue verbs by lemma.

    Raises:
        TableError: a row is not well formed.
    """
    return {row["lemma"]: _cue(row, VERB_FRAMES) for row in _table("cue_verbs.tsv", "lemma", "class")}


@cache
def nominals() -> dict[tuple[str, str], Cue]:
    """Cue nouns and adjectives by (lemma, `noun` or `adj`).

    Raises:
        TableError: a row is not well formed.
    """
    rows = _table("cue_nominals.tsv", "lemma", "pos", "class")
    return {(row["lemma"], row["pos"]): _cue(row, NOMINAL_FRAMES) for row in rows}


@cache
def phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Set phrases before a source, as words and class: (("according", "to"), "say").

    Raises:
        TableError: a row is not well formed.
    """
    found = []
    for row in _table("cue_phrases.tsv", "phrase", "class"):
        words = tuple(row["phrase"].split())
        if len(words) < 2 or words[-1] != "{}" or row["class"] not in SPEECH | OTHER:
            raise TableError(f"{row['']}: a phrase ends with {{}} and has a known class")
        found.append((words[:-1], row["class"]))
    return tuple(found)

"""Words that report speech and thought: verbs, nouns, adjectives, set phrases (`data/cue_*.tsv`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from detente.errors import TableError

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


def _rows(name: str, columns: int) -> Iterator[tuple[str, list[str]]]:
    """Rows of a table as (place, cells), the header and comments left out."""
    text = files("detente.lexicon").joinpath("data", name).read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != columns:
            raise TableError(f"{name}: line {number}: {len(cells)} columns, {columns} wanted")
        yield f"{name}: line {number}", cells


def _cue(place: str, lemma: str, kind: str, frames: str, allowed: frozenset[str], factive: bool = False) -> Cue:
    if kind not in SPEECH | OTHER:
        raise TableError(f"{place}: unknown class {kind!r} (one of {', '.join(sorted(SPEECH | OTHER))})")
    wanted = frozenset(frames.split())
    if wrong := wanted - allowed:
        raise TableError(f"{place}: unknown frame {min(wrong)!r} (one of {', '.join(sorted(allowed))})")
    return Cue(lemma, kind, wanted, factive)


@cache
def verbs() -> dict[str, Cue]:
    """Cue verbs by lemma.

    Raises:
        TableError: a row is not well formed.
    """
    return {
        cells[0]: _cue(place, cells[0], cells[1], cells[2], VERB_FRAMES, cells[3] == "yes")
        for place, cells in _rows("cue_verbs.tsv", 5)
    }


@cache
def nominals() -> dict[tuple[str, str], Cue]:
    """Cue nouns and adjectives by (lemma, `noun` or `adj`).

    Raises:
        TableError: a row is not well formed.
    """
    return {
        (cells[0], cells[1]): _cue(place, cells[0], cells[2], cells[3], NOMINAL_FRAMES)
        for place, cells in _rows("cue_nominals.tsv", 5)
    }


@cache
def phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Set phrases before a source, as words and class: (("according", "to"), "say").

    Raises:
        TableError: a row is not well formed.
    """
    found = []
    for place, cells in _rows("cue_phrases.tsv", 3):
        words = tuple(cells[0].split())
        if len(words) < 2 or words[-1] != "{}" or cells[1] not in SPEECH | OTHER:
            raise TableError(f"{place}: a phrase ends with {{}} and has a known class")
        found.append((words[:-1], cells[1]))
    return tuple(found)

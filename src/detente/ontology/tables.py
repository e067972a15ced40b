"""The ontology tables and their loader.

Source: PLOVER codebook (2021 draft 0.8) and the CAMEO2PLOVER crosswalk, Open Event Data Alliance, CC BY-SA 4.0; Goldstein
scores after Goldstein (1992) as published for CAMEO. Definitions are our own words. Three known slips of the sources are
mended here: the score of ACCUSE (printed 3, its modes run from -2 to -3.5) is -3; modes of older drafts in the crosswalk
(ban, assassinate, massacre, cleansing) are the modes that replaced them; modes without a printed score take their type's.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from detente.errors import TableError

QUAD_SCHEME = "plover"
# Types that the published benchmarks count as one class.
YIELD = frozenset({"CONCEDE", "RETREAT"})
# Cooperative acts that PLOVER codes as AGREE when they are still to come.
FUTURE_IS_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER type; `score` on the conflict–cooperation scale from -10 to 10."""

    name: str
    quad: str
    score: float
    requires_recipient: bool
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """One mode of a type, with its own score."""

    type: str
    name: str
    score: float
    definition: str


@dataclass(frozen=True, slots=True)
class Context:
    """One context; `cues` are the lower-case words and phrases that suggest it."""

    name: str
    definition: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cameo:
    """One CAMEO code and the PLOVER type, mode and contexts it goes to; `goldstein` None where none is published."""

    code: str
    name: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float | None


@dataclass(frozen=True, slots=True)
class Ontology:
    """All tables, by name or code."""

    types: dict[str, EventType]
    modes: dict[tuple[str, str], Mode]
    contexts: dict[str, Context]
    cameo: dict[str, Cameo]

    def score(self, event_type: str, mode: str | None) -> float:
        """The PLOVER score of a type in a mode, that of the type if the mode is none of its own."""
        entry = self.modes.get((event_type, mode or ""))
        return entry.score if entry else self.types[event_type].score

    def quad(self, event_type: str) -> str:
        """The quad class of a type under PLOVER's own scheme."""
        return self.types[event_type].quad

    def cameo_code(self, event_type: str, mode: str | None, contexts: tuple[str, ...]) -> str | None:
        """The most specific CAMEO code that the crosswalk sends to this type, mode and one of the contexts.

        Without a match in context the shortest code with the mode, then the type's own; None if CAMEO has none.
        """
        of_type = [entry for entry in self.cameo.values() if entry.type == event_type]
        same_mode = [entry for entry in of_type if entry.mode == mode] or of_type
        fitting = [entry for entry in same_mode if entry.contexts and set(entry.contexts) <= set(contexts)]
        plain = [entry for entry in same_mode if not entry.contexts]
        chosen = fitting or plain or same_mode
        return min((entry.code for entry in chosen), key=lambda code: (len(code), code), default=None)


def _rows(name: str, columns: int) -> list[list[str]]:
    text = files("detente.ontology").joinpath("data", name).read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, 1):
        if len(row) != columns:
            raise TableError(f"{name}: line {number} has {len(row)} columns, {columns} are right")
    return rows[1:]


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """Read the tables once.

    Raises:
        TableError: a row has the wrong number of columns, or names an unknown type.
    """
    types = {
        name: EventType(name, quad, float(score), required == "yes", definition)
        for name, quad, score, required, definition in _rows("types.tsv", 5)
    }
    modes = {
        (kind, name): Mode(kind, name, float(score), definition)
        for kind, name, score, definition in _rows("modes.tsv", 4)
    }
    contexts = {
        name: Context(name, definition, tuple(cues.split("|")))
        for name, definition, cues in _rows("contexts.tsv", 3)
    }
    cameo = {
        code: Cameo(
            code,
            name,
            kind,
            mode or None,
            tuple(filter(None, listed.split(";"))),
            float(goldstein) if goldstein else None,
        )
        for code, name, kind, mode, listed, goldstein in _rows("cameo.tsv", 6)
    }
    unknown = {kind for kind, _ in modes} | {entry.type for entry in cameo.values()}
    if unknown - types.keys():
        raise TableError(f"unknown PLOVER types: {', '.join(sorted(unknown - types.keys()))}")
    return Ontology(types, modes, contexts, cameo)

"""The ontology tables and their loader.

Source: PLOVER codebook (2021 draft 0.8) and the CAMEO2PLOVER crosswalk, Open Event Data Alliance, CC BY-SA 4.0;
Goldstein scores after Goldstein (1992) as published for CAMEO. Definitions are our own words. Known slips of
the sources are mended here: the score of ACCUSE (printed 3, its modes run from -2 to -3.5) is -3; modes of
older drafts in the crosswalk (ban, assassinate, massacre, cleansing, ease) are the modes that replaced them, or
none; its context democracy is pro_democracy; modes without a printed score take their type's.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from detente.errors import TableError

QUAD_SCHEME = "plover"
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
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
    """All tables, by name or code; `sectors` are the codes of actors with what they mean."""

    types: dict[str, EventType]
    modes: dict[tuple[str, str], Mode]
    contexts: dict[str, Context]
    cameo: dict[str, Cameo]
    sectors: dict[str, str]

    def score(self, event_type: str, mode: str | None) -> float:
        """The PLOVER score of a type in a mode, that of the type if the mode is none of its own."""
        entry = self.modes.get((event_type, mode or ""))
        return entry.score if entry else self.types[event_type].score

    def quad(self, event_type: str) -> str:
        """The quad class of a type under PLOVER's own scheme."""
        return self.types[event_type].quad

    def cameo_code(self, event_type: str, mode: str | None, contexts: tuple[str, ...]) -> str | None:
        """The most specific CAMEO code that the crosswalk sends to this type and mode, all its contexts among these.

        Without a match in context the shortest code with the mode, then the type's own; None if CAMEO has none.
        """
        of_type = [entry for entry in self.cameo.values() if entry.type == event_type]
        same_mode = [entry for entry in of_type if entry.mode == mode] or of_type
        fitting = [entry for entry in same_mode if entry.contexts and set(entry.contexts) <= set(contexts)]
        plain = [entry for entry in same_mode if not entry.contexts]
        chosen = fitting or plain or same_mode
        best = min(chosen, key=lambda entry: (-len(entry.contexts), len(entry.code), entry.code), default=None)
        return best.code if best else None


def _rows(folder: Traversable, name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Each row with `file: line N`, for complaints."""
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    if tuple(lines[0].split("\t")) != columns:
        raise TableError(f"{name}: line 1: the columns are not {', '.join(columns)}")
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        cells = line.split("\t")
        where = f"{name}: line {number}"
        if len(cells) != len(columns):
            raise TableError(f"{where}: {len(cells)} cells where the header has {len(columns)}")
        yield where, cells


def _number(where: str, cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise TableError(f"{where}: {cell!r} is not a number") from None


def _one_of(where: str, cell: str, known: Container[str], what: str) -> str:
    if cell not in known:
        raise TableError(f"{where}: unknown {what} {cell!r}")
    return cell


def _new(where: str, key: object, table: Container[object]) -> None:
    if key in table:
        raise TableError(f"{where}: {key!r} stands here twice")


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """The tables of the package, read once.

    Raises:
        TableError: a table has a bad row; the message names file and line.
    """
    return read_ontology(files("detente.ontology") / "data")


def read_ontology(folder: Traversable) -> Ontology:
    """The tables in a folder.

    Raises:
        TableError: a row has the wrong number of cells, a score that is no number, a key that stood before, or names a
            type, mode, context or quad class that is not there; the message names file and line.
    """
    ontology = Ontology({}, {}, {}, {}, {})
    for where, (name, quad, score, required, definition) in _rows(
        folder, "types.tsv", ("type", "quad", "score", "requires_recipient", "definition")
    ):
        _new(where, name, ontology.types)
        _one_of(where, quad, QUADS, "quad class")
        needs = _one_of(where, required, ("yes", "no"), "answer") == "yes"
        ontology.types[name] = EventType(name, quad, _number(where, score), needs, definition)
    for where, (kind, name, score, definition) in _rows(folder, "modes.tsv", ("type", "mode", "score", "definition")):
        _new(where, (kind, name), ontology.modes)
        _one_of(where, kind, ontology.types, "type")
        ontology.modes[kind, name] = Mode(kind, name, _number(where, score), definition)
    for where, (name, definition, cues) in _rows(folder, "contexts.tsv", ("context", "definition", "cues")):
        _new(where, name, ontology.contexts)
        ontology.contexts[name] = Context(name, definition, tuple(cues.split("|")))
    for where, row in _rows(folder, "cameo.tsv", ("code", "name", "type", "mode", "contexts", "goldstein")):
        _new(where, row[0], ontology.cameo)
        ontology.cameo[row[0]] = _cameo(where, row, ontology)
    for where, (code, definition) in _rows(folder, "sectors.tsv", ("code", "definition")):
        _new(where, code, ontology.sectors)
        ontology.sectors[code] = definition
    return ontology


def _cameo(where: str, row: list[str], ontology: Ontology) -> Cameo:
    code, name, kind, mode, listed, goldstein = row
    _one_of(where, kind, ontology.types, "type")
    if mode and (kind, mode) not in ontology.modes:
        raise TableError(f"{where}: {kind} has no mode {mode!r}")
    contexts = tuple(filter(None, listed.split(";")))
    for context in contexts:
        _one_of(where, context, ontology.contexts, "context")
    return Cameo(code, name, kind, mode or None, contexts, _number(where, goldstein) if goldstein else None)

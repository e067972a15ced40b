"""Training examples: questions with what is known of their answers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.coding.question import DIRECTIONS, EMBARGO, NONE, Question, modes, types
from detente.errors import InputError
from detente.ontology import load_ontology
from detente.records import STATUSES

SENTENCES = Path(__file__).parent / "sentences"
# For a second stage: what a model of the others still takes for something else.
LATER = SENTENCES / "later"
COLUMNS = ("code", "mode", "status", "direction", "contexts", "sentence")


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its labels; what is None is unknown. `types` are the acceptable ones, as indexes of `types()`;
    `mode`, `direction`, `status` index `modes()`, `DIRECTIONS`, `STATUSES`; `contexts` are indexes of the ontology's.
    `others` are the ranges of words that are not the event between the two.
    """

    question: Question
    types: tuple[int, ...]
    mode: int | None = None
    direction: int | None = None
    status: int | None = None
    contexts: tuple[int, ...] | None = None
    group: str = ""
    others: tuple[tuple[int, int], ...] = ()


def contexts() -> tuple[str, ...]:
    """The contexts, in the order of the model's outputs."""
    return tuple(load_ontology().contexts)


def accepted(root: str) -> tuple[int, ...]:
    """The model's types that count as a class of the published pairs: YIELD is two, COERCE holds embargoes."""
    names = {"YIELD": ("CONCEDE", "RETREAT"), "COERCE": ("COERCE", EMBARGO)}.get(root, (root,))
    return tuple(types().index(name) for name in names)


def written(folder: Path = SENTENCES) -> list[Example]:
    """The project's own sentences.

    Raises:
        InputError: a row is not as `README.md` of the folder says; it names file and line.
    """
    found: dict[str, Example] = {}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise InputError(str(path), "wrong columns", where="line 1", right=", ".join(COLUMNS))
            for number, row in enumerate(reader, 2):
                try:
                    example = _written(row)
                except (KeyError, ValueError, TypeError) as error:
                    raise InputError(str(path), f"bad row: {error}", where=f"line {number}") from error
                found.setdefault(str(example.question), example)
    return list(found.values())


def _written(row: dict[str, str]) -> Example:
    ontology = load_ontology()
    if None in row:
        raise ValueError("more cells than columns")
    text, spans = unmark(row["sentence"])
    if set(spans) != {"s", "t", "e"}:
        raise ValueError(f"marks {sorted(spans)}, not e, s, t")
    code = row["code"]
    kind = NONE if code == "none" else EMBARGO if code == "163" else ontology.cameo[code].type
    plover = "SANCTION" if kind == EMBARGO else kind
    mode = row["mode"] or (None if kind in (NONE, EMBARGO) else ontology.cameo[code].mode)
    label = f"{plover}:{mode}" if mode else ""
    # What the crosswalk makes of 163 is a COERCE with the mode "restrict", which SANCTION does not have.
    if label not in modes() and kind != EMBARGO:
        raise ValueError(f"{plover} has no mode {mode!r}")
    names = contexts()
    listed = tuple(names.index(name) for name in row["contexts"].split(";") if name)
    return Example(
        Question(text, spans["s"], spans["t"], spans["e"]),
        (types().index(kind),),
        modes().index(label) if label in modes() else 0,
        DIRECTIONS.index(row["direction"]),
        STATUSES.index(row["status"]),
        listed,
        group=text,
    )


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its marks `<s>`, `<t>`, `<e>`, and the range that each held.

    Raises:
        ValueError: a mark is open, nested in itself, or twice there.
    """
    plain, at = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for match in re.finditer(r"<(/?)([ste])>", marked):
        plain += marked[at : match.start()]
        at = match.end()
        closing, tag = match.groups()
        if not closing:
            if tag in opened or tag in spans:
                raise ValueError(f"<{tag}> twice")
            opened[tag] = len(plain)
        elif tag not in opened:
            raise ValueError(f"</{tag}> without <{tag}>")
        else:
            spans[tag] = (opened.pop(tag), len(plain))
    if opened:
        raise ValueError(f"<{next(iter(opened))}> stays open")
    return plain + marked[at:], spans


def published(cache: Path) -> list[Example]:
    """The published pairs. The benchmark always marks the actor as the source."""
    mutual = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}
    return [
        Example(
            _question(row),
            accepted(row["type"]),
            direction=None if row["type"] in mutual else DIRECTIONS.index("forward"),
            group=row["group"],
        )
        for row in _rows(cache / "pairs.jsonl")
    ]


def marked(cache: Path) -> list[Example]:
    """Sentences of real documents whose answers a reader gave (`marked.tsv`)."""
    return [
        Example(
            _question(row),
            (types().index(row["type"]),),
            direction=DIRECTIONS.index(row["direction"]),
            status=STATUSES.index(row["status"]),
            group=row["text"],
        )
        for row in _rows(cache / "marked.jsonl")
    ]


def real(cache: Path) -> list[Example]:
    """Sentences of real documents, of which nothing is known."""
    return [Example(_question(row), (), group=row["text"]) for row in _rows(cache / "real.jsonl")]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _question(row: dict[str, Any]) -> Question:
    spans = (tuple(row[name]) if row[name] else None for name in ("actor", "recipient", "trigger"))
    return Question(row["text"], *spans)

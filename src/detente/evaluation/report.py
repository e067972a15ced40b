"""What every evaluation returns, and the interface of what is evaluated."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from detente.records import Document, Event, Statement

if TYPE_CHECKING:
    from detente.coding.analysis import Analysis

FIRST_COLUMNS = ("id", "wanted", "got", "confidence")


class Coded(Protocol):
    """What a coder makes of one document."""

    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def statements(self) -> tuple[Statement, ...]: ...
    @property
    def analysis(self) -> Analysis: ...


class CoderLike(Protocol):
    """Anything that codes a document; `detente.coding.Coder` does."""

    def code(self, document: Document, /) -> Coded: ...


@runtime_checkable
class Variable(Protocol):
    """A coder that can leave the rules' or the model's say on types out."""

    def using(self, relation: str) -> CoderLike:
        """The same coder with "rules", "model" or "both" deciding."""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one evaluation.

    `data` is the file or folder measured on, `sha256` its digest (see `data.digest`), `items` the number of gold items.
    `figures` are named numbers (shares lie in 0–1; a dotted name such as `f1.ACCUSE` is one class of a table). `misses`
    are lines for a reader. `predictions` has one row a gold item: `id`, `wanted`, `got`, `confidence` (None where the
    coder gives none), and whatever else helps. `note` says what a reader must know, such as "training data".
    """

    name: str
    data: str
    sha256: str
    items: int
    figures: Mapping[str, float]
    misses: tuple[str, ...] = ()
    predictions: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Everything but the predictions, as plain values."""
        return {
            "name": self.name,
            "data": self.data,
            "sha256": self.sha256,
            "items": self.items,
            "figures": dict(self.figures),
            "misses": list(self.misses),
            "note": self.note,
        }

    def to_json(self) -> str:
        """One JSON object, indented, without the predictions."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def write_predictions(self, path: Path) -> None:
        """Write the predictions as TSV (UTF-8, a header row), `id, wanted, got, confidence` first."""
        names = list(FIRST_COLUMNS)
        names += sorted({name for row in self.predictions for name in row} - set(names))
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter="\t", lineterminator="\n")
            writer.writerow(names)
            writer.writerows([_cell(row.get(name)) for name in names] for row in self.predictions)


def _cell(value: Any) -> str:
    """A value on one line: nothing for None, JSON for lists and tables, white space made single blanks."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return " ".join(text.split())


Evaluation = Callable[[CoderLike, Path | None], Report]

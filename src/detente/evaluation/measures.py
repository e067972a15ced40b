"""Measures that several evaluations share."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, how many the coder gave, how many there were. Shares of nothing are 0."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        total = self.given + self.wanted
        return 2 * self.right / total if total else 0.0

    def figures(self, prefix: str) -> dict[str, float]:
        """`prefix.precision`, `prefix.recall`, `prefix.f1`."""
        return {
            f"{prefix}.precision": self.precision,
            f"{prefix}.recall": self.recall,
            f"{prefix}.f1": self.f1,
        }


def per_class(wanted: Sequence[str], got: Sequence[str | None]) -> dict[str, Counts]:
    """Counts of every class that occurs in `wanted`; a None or unknown answer is given for no class."""
    table = {name: [0, 0, 0] for name in sorted(set(wanted))}
    for want, have in zip(wanted, got, strict=True):
        table[want][2] += 1
        if have in table:
            table[have][1] += 1
            table[have][0] += have == want
    return {name: Counts(*cells) for name, cells in table.items()}


def macro_f1(wanted: Sequence[str], got: Sequence[str | None]) -> float:
    """Mean F1 of the classes that occur in `wanted`; 0 for no items."""
    table = per_class(wanted, got)
    return sum(c.f1 for c in table.values()) / len(table) if table else 0.0


def accuracy(wanted: Sequence[Hashable], got: Sequence[Hashable]) -> float:
    """Share of equal pairs; 0 for no items."""
    return sum(a == b for a, b in zip(wanted, got, strict=True)) / len(wanted) if wanted else 0.0


def calibration_error(pairs: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error of (confidence, was right) pairs: Naeini, Cooper and Hauskrecht (AAAI 2015).

    Equal-width bins over 0–1; the mean distance of confidence and share right, weighted by the bin's size. 0 for none.
    """
    cells: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in pairs:
        cells.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    total = sum(len(cell) for cell in cells.values())
    gaps = (abs(sum(c for c, _ in cell) - sum(r for _, r in cell)) for cell in cells.values())
    return sum(gaps) / total if total else 0.0

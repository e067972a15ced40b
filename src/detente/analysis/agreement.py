"""How well coders agree who judged the same records without seeing each other's verdicts.

    alpha(units) -> float | None             Krippendorff's alpha of nominal values
    agreement(reviews, kind) -> Agreement    per field, over all records of a kind that two or more have judged
    contested(reviews) -> list               the records that they contradict each other in

Alpha is 1 - Do / De, observed and expected disagreement. With o(c, k) the coincidences of the values c and k (each pair
of values within a unit of m values counts 1 / (m - 1)), n(c) their sums and n that of all: Do = sum of o(c, k) over
c ≠ k divided by n, De = sum of n(c) n(k) over c ≠ k divided by n (n - 1). Krippendorff, K. (2011), Computing
Krippendorff's Alpha-Reliability, University of Pennsylvania, section on nominal data with missing values. Units with
fewer than two values do not count. 0 is chance, 1 is perfect; for firm conclusions he asks for .800, for tentative
ones .667 (Krippendorff 2004, Content Analysis, p. 241).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from detente.ledger.review_values import EVENTS, FIELDS
from detente.ledger.reviews import Review, by_record, settle, standing
from detente.records import Event

# Whether it is a record at all comes before what its fields say.
KEPT: Final = "kept"


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Of one field: in how many records two or more gave it a value, the share in which all of them are the same, and
    alpha (None: nothing to compare, or every value is the same, so that chance cannot be told)."""

    field: str
    records: int
    same: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class CoderCount:
    """Somebody who judges, and how many records he has judged."""

    name: str
    judged: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """`records` of a kind (`review_values.KINDS`) were judged by two or more of the `coders` (each with how many of
    them). `kept` is whether the record was kept or rejected; the other fields are compared where at least two kept
    it."""

    kind: str
    coders: tuple[CoderCount, ...]
    records: int
    fields: tuple[FieldAgreement, ...]
    contested: int
    adjudicated: int


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha of nominal values; a unit is the values that it was given. None where it is not defined: no
    unit has two values, or all values of all units are the same."""
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    sums = sum(pairable, Counter[Hashable]())
    n = sums.total()
    expected = n * n - sum(count * count for count in sums.values())
    if not expected:
        return None
    apart = 0.0
    for unit in pairable:
        m = unit.total()
        apart += (m * m - sum(count * count for count in unit.values())) / (m - 1)
    return 1 - (n - 1) * apart / expected


def agreement(reviews: Iterable[Review], kind: str = EVENTS) -> Agreement:
    """How far those agree who judged the same records of a kind; the latest verdict of each counts, adjudications do
    not."""
    told = by_record(one for one in reviews if one.anchor.kind == kind)
    judged = [standing(of) for of in told]
    double = [of for of in judged if len(of) > 1]
    values: dict[str, list[list[Hashable]]] = {KEPT: [[one.judged is not None for one in of] for of in double]}
    for place, name in enumerate(FIELDS[kind]):
        values[name] = [[one.judgement[place][1] for one in of if one.judged is not None] for of in double]
    if kind == EVENTS:
        values["quad"] = [[one.judged.quad for one in of if isinstance(one.judged, Event)] for of in double]
    coders = Counter(one.reviewer for of in double for one in of)
    states = Counter(settle(of).state for of in told if len(standing(of)) > 1)
    return Agreement(
        kind=kind,
        coders=tuple(CoderCount(name, number) for name, number in sorted(coders.items())),
        records=len(double),
        fields=tuple(_field(name, units) for name, units in values.items()),
        contested=states["contested"],
        adjudicated=states["adjudicated"],
    )


def _field(name: str, units: Sequence[Sequence[Hashable]]) -> FieldAgreement:
    pairable = [unit for unit in units if len(unit) > 1]
    same = sum(len(set(unit)) == 1 for unit in pairable)
    return FieldAgreement(name, len(pairable), same / len(pairable) if pairable else None, alpha(units))


def contested(reviews: Iterable[Review]) -> list[tuple[Review, ...]]:
    """The verdicts that contradict each other, record by record, in the order in which they were filed."""
    found = [settle(of) for of in by_record(reviews)]
    return [one.by for one in found if one.state == "contested"]

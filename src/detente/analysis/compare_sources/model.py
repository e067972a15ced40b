"""What a comparison of two sources comes to, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

MATCHES: Final = ("type", "quad")
RULE: Final = (
    "Events count once in each direction in which they go (what is mutual in both). Two of them match if they go the "
    "same way, have the same {match}, and their first days are at most {days} apart; each is matched once at most, so "
    "that as many as possible are. Events whose days are not known to a week are left out of the matching. By chance: "
    "the mean number of matches when the second source is moved by {draws} random numbers of days. Types, "
    "quad classes and scores of both are PLOVER's."
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one type or quad class (`all`: of every one): events of the first and of the second source, matches one to
    one, and events of each for which the other has any that fits. `chance` are the matches expected by chance (None:
    the days are too few to say), `above` the share of the matches beyond chance that could be had."""

    name: str
    one: int
    other: int
    matched: int
    found_one: int
    found_other: int
    chance: float | None = None
    above: float | None = None


@dataclass(frozen=True, slots=True)
class Correlation:
    """Of counts or mean scores over `n` periods in which both sources have a value: Pearson's and Spearman's, each
    with the ends of its 95 % interval; None where there are too few periods or nothing varies."""

    measure: str
    direction: str
    n: int
    pearson: float | None
    pearson_low: float | None
    pearson_high: float | None
    spearman: float | None
    spearman_low: float | None
    spearman_high: float | None


@dataclass(frozen=True, slots=True)
class Sample:
    """An event to read."""

    id: str
    start: date
    end: date
    direction: str
    type: str | None
    words: str | None
    publisher: str | None
    url: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class Only:
    """Events of a source for which the other has none that fits: how many, and some of them drawn at random."""

    source: str
    count: int
    sample: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class SourceComparison:
    """`left_out` are events of each source whose days are not known to a week. `rule` says how events are matched."""

    one: str
    other: str
    dyad: tuple[str, str]
    since: date
    until: date
    freq: str
    level: str
    match: str
    rule: str
    left_out: tuple[int, int]
    agreement: tuple[Agreement, ...]
    correlations: tuple[Correlation, ...]
    only: tuple[Only, Only]

    def to_dict(self) -> dict[str, Any]:
        """As plain values; days are `date`."""
        return asdict(self)

"""One row of event data, as the field trades it: one actor, one recipient, one code, one day.

Records of ours, and rows of other data sets, both come to this noun: a series, a panel or a comparison can be made of
either. What a format publishes beyond these fields is kept in `extra`, so that a row goes out as it came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

# The statuses of `detente.records.Event`; data sets that know of none publish what they take to have happened.
DATASETS: Final = ("detente", "gdelt", "icews", "polecat", "phoenix", "terrier", "acled", "plover")
CODE_SCHEMES: Final = ("cameo", "plover", "acled")
# Who counts protest as verbal (GDELT) and who as material (PLOVER, Phoenix).
QUAD_SCHEMES: Final = ("plover", "gdelt")
SCORE_SCHEMES: Final = ("plover", "goldstein")


@dataclass(frozen=True, slots=True)
class Party:
    """A side of a row. `country` is ISO 3166-1 alpha-3; `code` as published; `sectors` are PLOVER's."""

    name: str | None = None
    country: str | None = None
    code: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where. `country` is ISO 3166-1 alpha-3, degrees are WGS 84."""

    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """`code` and `code_scheme` are as published, `type`, `mode` and `contexts` PLOVER's by the crosswalk (None: it has
    none). `quad` and `score` go with the scheme that gave them. `document` is the id or address of the story,
    `reports` how many mentions it had, `extra` the other fields of the format, name and text as published."""

    dataset: str
    id: str
    start: date | None
    end: date | None
    actor: Party
    recipient: Party
    code: str
    code_scheme: str
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: str = "happened"
    quad: str | None = None
    quad_scheme: str | None = None
    score: float | None = None
    score_scheme: str | None = None
    place: RowPlace = RowPlace()
    document: str | None = None
    sentence: int | None = None
    publisher: str | None = None
    url: str | None = None
    text: str | None = None
    reports: int | None = None
    tone: float | None = None
    confidence: float | None = None
    extra: tuple[tuple[str, str], ...] = ()

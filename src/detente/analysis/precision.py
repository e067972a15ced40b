"""How often the coder is right, from a simple random sample that people have judged.

    wilson(right, n) -> (low, high)           interval of a share, 95 %
    precision(reviews, drawn, coder, places, whole, by, kind) -> Precision
    precisions(connection) -> list            of every sample of the ledger

Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA 22: 209-212.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scipy.stats import binomtest

from detente.ledger.corrections import reviews_of
from detente.ledger.review_queue import drawn as places_of
from detente.ledger.review_queue import parse_order, progress, samples
from detente.ledger.review_values import EVENTS, FIELDS, STATEMENTS
from detente.ledger.reviews import Review, by_record, settle, standing

# What must stand uncorrected for a record to be right, from the least to all of it.
LEVELS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    EVENTS: {
        "there is such an event": (),
        "type": ("type",),
        "type and both sides": ("type", "actors", "recipients"),
        "type, both sides and status": ("type", "actors", "recipients", "status"),
        "every field": FIELDS[EVENTS],
    },
    STATEMENTS: {
        "there is such a statement": (),
        "side": ("side",),
        "speaker and side": ("speaker", "side"),
        "speaker, side and issues": ("speaker", "side", "issues"),
        "every field": FIELDS[STATEMENTS],
    },
}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of the sample are right in this, with the 95 % interval of the share."""

    what: str
    right: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the sample `drawn` of a version of the coder's records of a kind, as one person judges it (`by`) or as was
    settled (None): `judged` are judged, by `reviewers`, out of a population of `whole` (None: the documents were coded
    anew since). `passed` records of the order come before the last one judged and are not judged; `contested` ones do
    not count either: with any of them the sample is no simple random one, and the figures are to be read with care."""

    kind: str
    drawn: str
    coder: str
    by: str | None
    reviewers: tuple[str, ...]
    judged: int
    whole: int | None
    passed: int | None
    contested: int
    shares: tuple[Share, ...]


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share of `n` (at least 1)."""
    found = binomtest(right, n).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)


def precision(
    reviews: Iterable[Review],
    drawn: str,
    coder: str,
    places: Mapping[int, int],
    whole: int,
    by: str | None = None,
    kind: str = EVENTS,
) -> Precision:
    """What reviews say of the coder.

    `reviews` are those of all records, of which those of a kind count; `places` says where in the order (from 1) each
    review stands that belongs to the sample and is about a record of the current coder, `whole` how many of these there
    are. `by`: only this person's verdicts; None: what was settled.
    """
    verdicts: list[Review] = []
    names: set[str] = set()
    put: list[int] = []
    open_ones = judged = 0
    for of in by_record(one for one in reviews if one.anchor.kind == kind):
        inside = [one for one in of if (one.drawn, one.coded.coder) == (drawn, coder)]
        mine = [one for one in standing(of) if by in (None, one.reviewer)]
        if not inside or not mine:
            continue
        judged += 1
        put += sorted({places[one.number] for one in inside if one.number in places})[:1]
        settled = settle(of if by is None else mine)
        if settled.decided:
            verdicts.append(settled.by[-1])
            names |= {one.reviewer for one in settled.by}
        else:
            open_ones += 1
    current = len(put) == judged
    return Precision(
        kind=kind,
        drawn=drawn,
        coder=coder,
        by=by,
        reviewers=tuple(sorted(names)),
        judged=len(verdicts),
        whole=whole if current else None,
        passed=max(put, default=0) - len(put) if current else None,
        contested=open_ones,
        shares=tuple(_share(what, fields, verdicts) for what, fields in LEVELS[kind].items()) if verdicts else (),
    )


def precisions(connection: Any) -> list[Precision]:
    """What reviews say of each sample of the ledger: what was settled, then, where several have judged, what each says.
    Takes a connection of `ledger.reading`."""
    told = reviews_of(connection)
    found = []
    for kind, drawn, coder in samples(connection):
        order = parse_order(drawn, kind)
        whole = progress(connection, "", order)[1]
        mine = [one for one in told if (one.anchor.kind, one.drawn, one.coded.coder) == (kind, drawn, coder)]
        inside = {one.reviewer for one in mine if not one.adjudicates}
        places = places_of(connection, order)
        people = sorted(inside) if len(inside) > 1 else []
        found += [precision(told, drawn, coder, places, whole, by, kind) for by in (None, *people)]
    return found


def _share(what: str, fields: tuple[str, ...], verdicts: list[Review]) -> Share:
    right = sum(one.judged is not None and not set(fields) & set(one.fields) for one in verdicts)
    low, high = wilson(right, len(verdicts))
    return Share(what, right, right / len(verdicts), low, high)

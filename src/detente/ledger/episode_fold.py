"""One episode of the reports that tell it: what is best attested, what is told differently, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import prod
from typing import Final, TypeVar

from detente.ledger.episode_profile import NARROW, domain, group_of, is_person, issues_in, kind_of
from detente.records import Actor, DateRange, Event, Participant, Place, make_id
from detente.relations import Conflict, Dyad, Episode, Report

# Nothing is surer than this, however many tell it.
SUREST: Final = 0.99
_BASES: Final = ("explicit", "relative", "inherited", "publication")
_SOFT: Final = frozenset({"inherited", "publication"})
_MONTH: Final = 31
Value = TypeVar("Value")
Told = list[tuple[Report, Value]]


def fold(dyad: Dyad, reports: Sequence[Report]) -> Episode:
    """The episode of reports of one event.

    The value shown of each field is the best attested: by an own account of a government before reporters, by a day in
    the words before the day of the paper, by most independent documents, by the earliest report. Its id is that of the
    earliest report, so reports of later days leave it as it is.
    """
    reports = sorted(reports, key=_position)
    lead = max(reports, key=_tells_best)
    actors, recipients, reciprocal = _sides(reports)
    days = _best(reports, lambda event: _day_range(event.date), lambda r: _vagueness(r.event.date))
    place = _best(reports, _where, lambda r: 0 if r.event.place and r.event.place.admin1 else 1)
    mode = _best(reports, lambda event: event.mode)
    kind = _best(reports, lambda event: (event.type, kind_of(event))) or (lead.event.type, lead.event.act)
    published = [r.source.published for r in reports if r.source.published]
    return Episode(
        id=make_id("ep", *dyad, reports[0].event.id),
        dyad=dyad,
        type=kind[0],
        act=kind[1],
        mode=mode,
        status=_best(reports, lambda event: event.status) or lead.event.status,
        realised=group_of(lead.event.status) == "done",
        reciprocal=reciprocal,
        actors=actors,
        recipients=recipients,
        start=days[0] if days else None,
        end=days[1] if days else None,
        place=place,
        issues=_issues(reports),
        words=" ".join(lead.event.evidence.text.split()),
        reports=tuple(r.event.id for r in reports),
        documents=tuple(dict.fromkeys(r.source.document for r in reports)),
        first_report=min(published, default=None),
        last_report=max(published, default=None),
        confidence=confidence(reports),
        conflicts=tuple(_conflicts(reports)),
        basis=min(
            (r.event.date.basis for r in reports if r.event.date and _day_range(r.event.date) == days),
            key=_BASES.index,
            default=None,
        ),
    )


def confidence(reports: Iterable[Report]) -> float:
    """The probability that at least one independent document is right: 1 - prod(1 - best of each), `SUREST` at most.

    A reprint and its original are one document.
    """
    best: dict[str, float] = {}
    for report in reports:
        root = report.source.reprint_of or report.source.document
        best[root] = max(best.get(root, 0.0), report.event.confidence)
    return round(min(SUREST, 1 - prod(1 - value for value in best.values())), 3)


def _position(report: Report) -> tuple[object, ...]:
    return (report.source.published or date.max, report.source.document, report.event.trigger.start, report.event.id)


def _tells_best(report: Report) -> tuple[object, ...]:
    """The most specific, then the surest, then the earliest."""
    event = report.event
    named = min(2, sum(is_person(p.actor) for p in (*event.actors, *event.recipients)))
    dated = event.date is not None and event.date.basis not in _SOFT
    size = len(event.evidence.text)
    # A clause of a few words tells little, one of a hundred too much.
    return (named + dated + (event.place is not None) + (30 <= size <= 300), event.confidence, -size, event.id)


def _best(
    reports: Sequence[Report],
    value_of: Callable[[Event], Value | None],
    weakness: Callable[[Report], int] = lambda _: 0,
) -> Value | None:
    """The best attested value, None if no report gives one. A weaker kind of value never beats a stronger one."""
    told: dict[Value, list[int]] = {}
    for number, report in enumerate(reports):
        value = value_of(report.event)
        if value is not None:
            told.setdefault(value, []).append(number)
    if not told:
        return None

    def rank(value: Value) -> tuple[object, ...]:
        tellers = [reports[number] for number in told[value]]
        own = any(r.source.issuer for r in tellers)
        documents = {r.source.reprint_of or r.source.document for r in tellers}
        return (min(weakness(r) for r in tellers), not own, -len(documents), told[value][0])

    return min(told, key=rank)


def _vagueness(told: DateRange | None) -> int:
    """A day in the words is best, then a month, the day of the paper (it may be long after), then a longer time."""
    if told is None:
        return 2 * len(_BASES) + 1
    days = (told.end - told.start).days if told.start and told.end else 0
    basis = 2 * _BASES.index(told.basis)
    month = 2 * _BASES.index("publication") - 1
    return basis if days < NARROW else month if days <= _MONTH and told.basis not in _SOFT else basis + 2 * len(_BASES)


def _where(event: Event) -> Place | None:
    """The place, but for seas and the like where a meeting is told of: it was about them."""
    lands = event.place is not None and event.place.country is not None
    return event.place if lands or kind_of(event) != "CONSULT" else None


def _day_range(told: DateRange | None) -> tuple[date | None, date | None] | None:
    return (told.start, told.end) if told else None


def _sides(reports: Sequence[Report]) -> tuple[tuple[Actor, ...], tuple[Actor, ...], bool]:
    """Everyone named, each on the side where most put them; states give way to those who act for them.

    Mutual where most say so: then everyone is an actor.
    """
    votes: dict[str, float] = {}
    seen: dict[str, Actor] = {}
    mutual = 0
    for report in reports:
        event = report.event
        mutual += 1 if event.reciprocal else -1
        for participants, side in ((event.actors, 1.0), (event.recipients, -1.0)):
            for participant in participants:
                actor = participant.actor
                known = seen.get(actor.id)
                seen[actor.id] = actor if known is None else _fuller(known, actor)
                # On a tie the first report decides.
                votes[actor.id] = votes.get(actor.id, side / 2) + (0 if event.reciprocal else side)
    everyone = [actor for actor in seen.values() if not _covered(actor, seen.values())]
    if mutual > 0 or not any(votes[a.id] < 0 for a in everyone):
        alone = all(votes[a.id] >= 0 for a in everyone) and not any(r.event.reciprocal for r in reports)
        return tuple(everyone), (), not alone
    return tuple(a for a in everyone if votes[a.id] >= 0), tuple(a for a in everyone if votes[a.id] < 0), False


def _fuller(one: Actor, other: Actor) -> Actor:
    return (
        other
        if (other.level is not None, other.office is not None) > (one.level is not None, one.office is not None)
        else one
    )


def _covered(actor: Actor, others: Iterable[Actor]) -> bool:
    """Whether somebody more definite of the same country and trade is there too."""
    if actor.country is None or is_person(actor):
        return False
    bare = actor.id in (actor.country, f"{actor.country}:GOV")
    for other in others:
        if other.id == actor.id or other.country != actor.country:
            continue
        if is_person(other) and (bare or domain(actor) in (None, domain(other)) or other.level == actor.level):
            return True
        if bare and (other.id not in (actor.country, f"{actor.country}:GOV") or len(other.id) > len(actor.id)):
            return True
    return False


def _issues(reports: Iterable[Report]) -> tuple[str, ...]:
    """Those of the clauses, the one named by most documents first."""
    told: dict[str, set[str]] = {}
    for report in reports:
        for issue in issues_in(report.event.evidence.text):
            told.setdefault(issue, set()).add(report.source.document)
    return tuple(sorted(told, key=lambda issue: -len(told[issue])))


def _conflicts(reports: Sequence[Report]) -> Iterable[Conflict]:
    """Fields that reports give differently; days only where the words give them, places only where towns differ."""
    views: tuple[tuple[str, Callable[[Event], str | None]], ...] = (
        ("start", _said_day),
        ("place", lambda event: _place(event.place)),
        ("mode", lambda event: event.mode),
        ("direction", _direction),
    )
    for name, view in views:
        told: dict[str, list[str]] = {}
        for report in reports:
            value = view(report.event)
            if value is not None:
                told.setdefault(value, []).append(report.event.id)
        if len(told) > 1:
            yield Conflict(name, tuple((value, tuple(ids)) for value, ids in told.items()))


def _said_day(event: Event) -> str | None:
    told = event.date
    if told is None or told.basis in _SOFT or told.start is None or told.start != told.end:
        return None
    return told.start.isoformat()


def _place(place: Place | None) -> str | None:
    return place.name if place and place.admin1 else None


def _direction(event: Event) -> str | None:
    """Who came to whom, or did it to whom, as countries."""
    if event.reciprocal or not event.recipients:
        return None
    return f"{_names(event.actors)} > {_names(event.recipients)}"


def _names(participants: Iterable[Participant]) -> str:
    return ", ".join(sorted({p.actor.country or p.actor.id for p in participants}))

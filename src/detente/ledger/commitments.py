"""Commitments: what was undertaken between two countries, each once, whoever tells it."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import prod
from typing import Final

from detente.ledger.claim import Claim
from detente.ledger.confirmations import Spoken, confirmation
from detente.ledger.passages import likeness
from detente.ledger.undertakings import claims
from detente.lexicon.issues import DEFAULT
from detente.records import Actor, make_id
from detente.relations import Commitment, Dyad, Episode, Report, Source, Telling

# Two tellings of one undertaking share this much of what it is about; in one episode, told as one event, half of it.
# Set on short stories of our own: at 0.4 agreements reached at one meeting ran together.
_ALIKE: Final = 0.6
_ALIKE_SAME_ISSUE: Final = 0.5
_ALIKE_IN_EPISODE: Final = 0.3
# A deed promised is told again within weeks ("in June they had agreed"); a meeting is hoped for, for months; what one
# keeps from is repeated for years.
_RETOLD: Final = timedelta(days=31)
_RETOLD_ABSTENTION: Final = timedelta(days=730)
_RETOLD_MEETING: Final = timedelta(days=120)
TOLD_AGAIN: Final = {"deed": _RETOLD, "abstention": _RETOLD_ABSTENTION, "meeting": _RETOLD_MEETING}
# An undertaking published this soon after it was given is news.
_NEWS: Final = timedelta(days=7)
_RANK: Final = {"agreement": 0, "invitation": 1, "promise": 2, "meeting": 3, "threat": 4}
# Days that a range of "in the coming months" may differ by when it is told again.
_SLACK: Final = timedelta(days=7)
# Characters; a longer clause holds more than the undertaking.
_LONG: Final = 160
# Nothing is surer than this, however many tell it.
_SUREST: Final = 0.99
# Day, persons and country of a meeting.
Met = tuple[date, frozenset[str], str | None]


def find_commitments(
    dyad: Dyad,
    episodes: Iterable[Episode],
    reports: Mapping[str, Report],
    tellings: Iterable[Telling],
    sources: Mapping[str, Source],
) -> tuple[Commitment, ...]:
    """The commitments of a dyad, all still open, in the order in which they were made.

    `reports` and `sources` go by the ids of events and documents. Tellings of the same undertaking become one: those
    that share an episode, or people, or what it is about, near each other in time; all their records are kept.
    """
    episodes, tellings = tuple(episodes), tuple(tellings)
    groups = group_claims(claims(dyad, episodes, reports, tellings), meetings_of(episodes))
    spoken = Spoken(reports, tellings)
    return in_order(commitment_of(dyad, group, spoken, sources) for group in groups)


def in_order(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Commitments in the order in which they were made."""
    return tuple(sorted(commitments, key=lambda c: (c.made or date.min, c.id)))


def meetings_of(episodes: Iterable[Episode]) -> tuple[Met, ...]:
    """Days, persons and countries of the consultations that took place, by day."""
    found = (
        (
            episode.start,
            frozenset(a.id for a in episode.people if a.id.startswith("person:")),
            episode.place.country if episode.place else None,
        )
        for episode in episodes
        if episode.realised and episode.act == "CONSULT" and episode.start
    )
    return tuple(sorted(found, key=lambda met: met[0]))


def group_claims(found: Sequence[Claim], met: Sequence[Met]) -> list[list[Claim]]:
    """Claims sorted by undertaking: each is linked to all it is the same as (single link, so order does not matter).

    `found` is in the order of documents and text, `met` that of days. Only claims of one document, or made within the
    days in which an undertaking of their sort is told again, are compared.
    """
    above = list(range(len(found)))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    for i, j in _near(found):
        if top(i) != top(j) and same(found[min(i, j)], found[max(i, j)], met):
            above[max(top(i), top(j))] = min(top(i), top(j))
    groups: dict[int, list[Claim]] = {}
    for number, claim in enumerate(found):
        groups.setdefault(top(number), []).append(claim)
    return list(groups.values())


def _near(found: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """The pairs of claims, by their numbers, that may be the same."""
    of_document: dict[str, list[int]] = {}
    of_sort: dict[str, deque[int]] = {}
    for number, claim in enumerate(found):
        others = of_document.setdefault(claim.document, [])
        yield from ((number, other) for other in others)
        others.append(number)
    for number in sorted(range(len(found)), key=lambda n: found[n].made):
        claim = found[number]
        for sort in sorts_of(claim):
            waiting = of_sort.setdefault(sort, deque())
            while waiting and claim.made - found[waiting[0]].made > TOLD_AGAIN[sort]:
                waiting.popleft()
            yield from ((number, other) for other in waiting)
            waiting.append(number)


def sorts_of(claim: Claim) -> tuple[str, ...]:
    """The sorts of undertaking that a claim may be one of, keys of `TOLD_AGAIN`."""
    deed = "abstention" if claim.abstains else "deed"
    # Where those named are not the ones to meet, talks may be a deed as any other.
    return ("meeting", deed) if claim.meets else (deed,)


def same(one: Claim, other: Claim, met: Sequence[Met]) -> bool:
    """Whether two claims, the first before the second in the order of documents and text, are of one undertaking."""
    if (one.meets != other.meets and (one.themselves or other.themselves)) or (one.kind == "threat") != (
        other.kind == "threat"
    ):
        return False
    if one.record == other.record:
        # Members of a list are agreed one by one.
        return False
    if one.document == other.document and one.start < other.end and other.start < one.end:
        return _is_part(one.said, other.said) and not (one.meets and other.meets and _others_meet(one, other))
    if one.meets and other.meets:
        return _same_meeting(one, other, met)
    if abs(one.made - other.made) > _window(one, other):
        return False
    if not (_countries(one.by) & _countries(other.by)) or one.abstains != other.abstains:
        return False
    deeds, others = one.passage.deeds, other.passage.deeds
    if not one.abstains and deeds and others and not deeds & others:
        return False
    return likeness(one.passage, other.passage) >= _needed(one, other)


def _window(one: Claim, other: Claim) -> timedelta:
    """How far apart two tellings of one undertaking may date it: what is news in both was agreed twice."""
    if one.abstains:
        return _RETOLD_ABSTENTION
    news = all(claim.published - claim.made <= _NEWS for claim in (one, other))
    return _NEWS if news else _RETOLD


def _needed(one: Claim, other: Claim) -> float:
    if one.episode and one.episode == other.episode:
        return _ALIKE_IN_EPISODE
    return _ALIKE_SAME_ISSUE if set(one.issues) & set(other.issues) - {DEFAULT} else _ALIKE


def _is_part(one: str, other: str) -> bool:
    short, long = sorted((text.strip(' .,"“”') for text in (one, other)), key=len)
    return short in long


def _others_meet(one: Claim, other: Claim) -> bool:
    """Whether two meetings are to be elsewhere, or of other people."""
    if one.host and other.host and one.host != other.host:
        return True
    countries = _countries((*one.by, *one.towards)) | _countries((*other.by, *other.towards))
    pairs = ((_persons(one, country), _persons(other, country)) for country in countries)
    return any(here and there and not here & there for here, there in pairs)


def _same_meeting(one: Claim, other: Claim, met: Sequence[Met]) -> bool:
    """Whether two tellings are of one meeting to come: the same people and place, days that fit, and no meeting of
    theirs between the two tellings."""
    if abs(one.made - other.made) > _RETOLD_MEETING:
        return False
    if _others_meet(one, other) or one.travellers != other.travellers:
        return False
    if one.themselves != other.themselves:
        return False
    people = one.people & other.people if one.themselves else frozenset[str]()
    if not people:
        near = abs(one.made - other.made) <= _RETOLD
        topics = bool(one.passage.words), bool(other.passage.words)
        if one.themselves or not near or one.due != other.due:
            return False
        if any(topics) and likeness(one.passage, other.passage) < _ALIKE:
            return False
    first, last = min(one.made, other.made), max(one.made, other.made)
    host = one.host or other.host
    between = met[bisect_right(met, first, key=_day) : bisect_right(met, last, key=_day)] if people else ()
    if any(people <= those and _may_be_in(host, where) for _, those, where in between):
        return False
    return _days_fit(one.due, other.due)


def _day(met: Met) -> date:
    return met[0]


def _may_be_in(host: str | None, where: str | None) -> bool:
    return host is None or where is None or host == where


def _days_fit(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    if one[1] is None or other[1] is None:
        return True
    first = max(one[0] or date.min, other[0] or date.min)
    return first - min(one[1], other[1]) <= _SLACK


def _persons(claim: Claim, country: str) -> frozenset[str]:
    return frozenset(a.id for a in (*claim.by, *claim.towards) if a.country == country and a.id.startswith("person:"))


def _countries(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(actor.country for actor in actors if actor.country)


def commitment_of(dyad: Dyad, group: Sequence[Claim], spoken: Spoken, sources: Mapping[str, Source]) -> Commitment:
    """The commitment that claims tell, given in the order of documents and text; still open."""
    best = min(group, key=_fullness)
    first = min(claim.made for claim in group)
    dues = sorted((c.due for c in group if c.due[1] is not None), key=lambda due: _width(due))
    due = dues[0] if dues else (None, None)
    voices = [claim.voice for claim in sorted(group, key=lambda c: (c.published, c.record)) if claim.voice]
    claimed = tuple(dict.fromkeys(voices))
    verdict, shown = confirmation(dyad, group, claimed, spoken)
    surest: dict[str, float] = {}
    for claim in group:
        # A reprint and its original are one document.
        source = sources.get(claim.document)
        root = (source.reprint_of if source else None) or claim.document
        surest[root] = max(surest.get(root, 0.0), claim.confidence)
    return Commitment(
        id=make_id("cm", *dyad, best.kind, best.record),
        dyad=dyad,
        kind=min((claim.kind for claim in group), key=_RANK.__getitem__),
        by=best.by,
        towards=best.towards,
        words=best.words,
        issues=tuple(sorted({issue for claim in group for issue in claim.issues})),
        made=first,
        due_start=due[0],
        due_end=due[1],
        episode=next((claim.episode for claim in (best, *group) if claim.episode), ""),
        reports=tuple(claim.record for claim in group if claim.is_event),
        documents=tuple(dict.fromkeys(claim.document for claim in group)),
        claimed_by=claimed,
        confirmation=verdict,
        confirmed_by=shown,
        state="open",
        settled=None,
        confidence=round(min(_SUREST, 1 - prod(1 - value for value in surest.values())), 3),
        tellings=tuple(claim.record for claim in group if not claim.is_event),
        meets=any(claim.meets for claim in group),
    )


def _fullness(claim: Claim) -> tuple[object, ...]:
    """For the telling that stands for all: an event before a statement, persons named, days given, the earliest."""
    named, dated, long = len(claim.people), claim.due[1] is not None, len(claim.words) > _LONG
    return (not claim.is_event, -named, long, not dated, claim.published, claim.record)


def _width(due: tuple[date | None, date | None]) -> tuple[int, date]:
    first, last = due
    assert last is not None
    return ((last - (first or date.min)).days, last)

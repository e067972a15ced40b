"""Whether those who were to meet have met, or called it off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from detente.ledger.claim import Claim
from detente.ledger.outcome import Known, Outcome, day_of, is_later
from detente.ledger.passages import cover, read_passage
from detente.records import Actor
from detente.relations import Commitment, Episode, Report

# A meeting with no date named that comes later than this is another one.
_HORIZON: Final = timedelta(days=400)
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=7)
# Where no person is named, the meeting must be about this share of what was to be talked about.
_TOPIC: Final = 0.5
_IN_PERSON: Final = re.compile(
    r"\b(?:visit\w*|travel\w*|trip|meet\w*|summit|host\w*|go|come|invit\w*|welcome)\b", re.IGNORECASE
)
_PAST_PERFECT: Final = re.compile(r"\bhad\b")


def meeting_outcomes(commitment: Commitment, claims: Sequence[Claim], known: Known) -> Iterator[Outcome]:
    """Meetings that keep it and refusals that contradict it.

    The confidence that a meeting keeps it is that of its episode times 0.4, and 0.2 more for each of these: the persons
    named on both sides were there; it was where it was to be; it was when it was to be (half of it where the
    undertaking does not say).
    """
    kept: dict[str, tuple[Episode, list[str]]] = {}
    for record, report, episode in known.reports:
        if not is_later(commitment, claims, report.source.published, day_of(report)):
            continue
        if episode.realised and episode.act == "CONSULT":
            if _keeps(commitment, claims, report, episode):
                kept.setdefault(episode.id, (episode, []))[1].append(record)
        elif _calls_off(commitment, claims, report, episode):
            day = day_of(report)
            why = f"called off: {' '.join(report.event.evidence.text.split())}"
            yield Outcome("contradicted", day, why, (record,), 0.8 * report.event.confidence)
    for episode, records in kept.values():
        assert episode.start is not None
        where = f" in {episode.place.name}" if episode.place else ""
        why = f"{_names(episode)} met{where} on {episode.start}"
        sure = _sureness(commitment, claims, episode) * episode.confidence
        yield Outcome("kept", episode.start, why, (episode.id, *records), sure)


def _keeps(commitment: Commitment, claims: Sequence[Claim], report: Report, episode: Episode) -> bool:
    start, made = episode.start, commitment.made
    if start is None or made is None or not made < start <= made + _HORIZON:
        return False
    if not _in_time(commitment, start):
        return False
    return any(_is_it(claim, report, episode) for claim in claims)


def _in_time(commitment: Commitment, start: date) -> bool:
    if commitment.due_end is None:
        return True
    first = commitment.due_start or date.min
    return (first <= date.min + _BEFORE or first - _BEFORE <= start) and start <= commitment.due_end + _AFTER


def _is_it(claim: Claim, report: Report, episode: Episode) -> bool:
    if episode.mode == "phone" and _IN_PERSON.search(claim.words):
        return False
    if claim.host and not _is_in(claim.host, episode):
        return False
    named = 0
    for country in {a.country for a in (*claim.by, *claim.towards) if a.country}:
        wanted = [a for a in (*claim.by, *claim.towards) if a.country == country and a.id.startswith("person:")]
        if wanted:
            named += 1
            if not any(_stands_for(a, b, a.id in claim.offices) for a in wanted for b in episode.of(country)):
                return False
    if named:
        return True
    # "to keep talking" is about nothing in particular: any talks will do.
    passage = read_passage(report.event.evidence.text)
    return not claim.passage.words or cover(claim.passage, passage) >= _TOPIC


def _stands_for(wanted: Actor, there: Actor, by_office: bool) -> bool:
    return wanted.id == there.id or (by_office and wanted.level is not None and wanted.level == there.level)


def _is_in(host: str, episode: Episode) -> bool:
    if episode.place is not None and episode.place.country:
        return episode.place.country == host
    return episode.mode == "visit" and any(a.country == host for a in episode.recipients)


def _sureness(commitment: Commitment, claims: Sequence[Claim], episode: Episode) -> float:
    sides = [{a.id for a in actors if a.id.startswith("person:")} for actors in map(episode.of, commitment.dyad)]
    people = any(claim.people and all(side & claim.people for side in sides) for claim in claims)
    hosts = {claim.host for claim in claims if claim.host}
    where = 0.5 if not hosts else float(any(_is_in(host, episode) for host in hosts))
    when = 0.5 if commitment.due_end is None else 1.0
    return 0.4 + 0.2 * people + 0.2 * where + 0.2 * when


def _names(episode: Episode) -> str:
    named = [a.name for a in episode.people if a.id.startswith("person:")] or [a.name for a in episode.people]
    return " and ".join(dict.fromkeys(named[:3]))


def _calls_off(commitment: Commitment, claims: Sequence[Claim], report: Report, episode: Episode) -> bool:
    """Whether a party cancels, puts off or refuses the meeting, and does so now rather than in the past retold."""
    event, made = report.event, commitment.made
    refused = event.type == "REJECT" and event.mode == "meet" and event.status == "happened"
    cancelled = event.act == "CONSULT" and event.status == "cancelled"
    if not (refused or cancelled) or _PAST_PERFECT.search(event.evidence.text):
        return False
    if made is None or episode.first_report is None or episode.first_report <= made:
        return False
    if commitment.due_end is not None and day_of(report) > commitment.due_end:
        return False
    doers = {p.actor.id for p in (*event.actors, *event.recipients) if p.actor.id.startswith("person:")}
    for claim in claims:
        if claim.people & doers and (not claim.host or event.place is None or event.place.country == claim.host):
            return True
    return False

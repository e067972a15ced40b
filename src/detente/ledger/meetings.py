"""Whether those who were to meet have met, or called it off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.claim import Claim
from detente.ledger.contact_channel import contact_channel
from detente.ledger.outcome import Known, Outcome, day_of, is_later
from detente.ledger.passages import cover, read_passage
from detente.lexicon.channels import channel_named, is_working_group, level_of
from detente.records import Actor
from detente.relations import Commitment, Episode, Report

# A meeting with no date named that comes later than this is another one.
_HORIZON: Final = 400
# "to keep talking" is not kept by the next talk of the same visit.
_NEXT: Final = timedelta(days=4)
# An episode whose days span more than this is known to have taken place only by its last day.
_VAGUE: Final = timedelta(days=7)
# One that is only told of a season or a year shows nothing.
_MONTH: Final = timedelta(days=31)
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=7)
# Who is named by post is not any of that channel ("calls between theater commanders").
_POSTS: Final = re.compile(r"\b(commander|envoy|expert|negotiator|coordinator)s?\b")
_SHOWN: Final = 3
_HARD: Final = ("explicit", "relative", "inherited")
# Where no person is named, the meeting must be about this share of what was to be talked about.
_TOPIC: Final = 0.5
_IN_PERSON: Final = re.compile(
    r"\b(?:visit\w*|travel\w*|trip|meet\w*|summit|host\w*|go|come|invit\w*|welcome)\b", re.IGNORECASE
)
_DECLINED: Final = re.compile(r"\b(?:declin|turn(?:s|ed)? down|refus|reject|spurn|rebuff)", re.IGNORECASE)
# Words of days that are only about: what is to be "in the coming weeks" may take months.
_ABOUT: Final = re.compile(r"\b(?:coming|ahead|near future|soon|over the next|next (?:few|several))\b", re.IGNORECASE)
_LATE: Final = timedelta(days=90)
# What `grace` may give.
GRACES: Final = (_AFTER, _LATE)


def meeting_outcomes(commitment: Commitment, claims: Sequence[Claim], known: Known) -> Iterator[Outcome]:
    """Meetings that keep it and refusals that contradict it.

    The confidence that a meeting keeps it is that of its episode times 0.4, and 0.2 more for each of these: the persons
    named on both sides were there; it was where it was to be; it was when it was to be (half of it where the
    undertaking does not say).
    """
    made = commitment.made
    if made is None:
        return
    days = shift(made, 1, "D"), shift(made, _HORIZON, "D")
    kept: dict[str, tuple[Episode, list[str]]] = {}
    places: dict[str, dict[str, None]] = {}
    hard = set()
    for record, report, episode in known.talks.within(*days):
        if not is_later(commitment, claims, report.source.published, day_of(report)):
            continue
        if _keeps(commitment, claims, report, episode):
            kept.setdefault(episode.id, (episode, []))[1].append(record)
            if report.event.date and report.event.date.basis in _HARD:
                hard.add(record)
            if report.event.place:
                places.setdefault(episode.id, {})[report.event.place.name] = None
    for record, report, episode in known.refusals.within(*days):
        later = is_later(commitment, claims, report.source.published, day_of(report))
        if later and _calls_off(commitment, claims, report, episode):
            yield _refusal(commitment, record, report)
    for claim in claims:
        if claim.kind == "invitation" and _DECLINED.search(claim.words):
            words = " ".join(claim.words.split())
            yield Outcome("lapsed", claim.published, f"declined: {words}", (claim.record,), claim.confidence)
    dated = {e.id for e, records in kept.values() if any(record in hard for record in records)}
    for episode, records in kept.values():
        # A report without a day of its own may look back ("the work begun at their meeting in X").
        if dated and episode.id not in dated:
            continue
        # Of accounts that date one meeting differently, the surest.
        rivals = [e for e, _ in kept.values() if _is_same_meeting(e, episode)]
        if max(rivals, key=lambda e: (e.confidence, e.id)) is episode:
            yield _held(commitment, claims, episode, records, tuple(places.get(episode.id, ())))


def _is_same_meeting(one: Episode, other: Episode) -> bool:
    shared = all(
        {a.id for a in one.of(country) if a.id.startswith("person:")} & {a.id for a in other.of(country)}
        for country in one.dyad
    )
    return one is other or (shared and abs(_day(one) - _day(other)) <= _VAGUE)


def _held(
    commitment: Commitment, claims: Sequence[Claim], episode: Episode, records: Sequence[str], places: Sequence[str]
) -> Outcome:
    day = _day(episode)
    # Accounts may name town or estate: both help who looks for it.
    where = f" in {' / '.join(places[:_SHOWN])}" if places else ""
    sure = _sureness(commitment, claims, episode) * episode.confidence
    return Outcome("kept", day, f"{_names(episode)} met{where} on {day}", (episode.id, *records), sure)


def _refusal(commitment: Commitment, record: str, report: Report) -> Outcome:
    """An invitation that the guest declines lapses; what a party calls off is contradicted."""
    event = report.event
    words = " ".join(event.evidence.text.split())
    guests = {actor.id for actor in commitment.towards}
    declined = commitment.kind == "invitation" and any(p.actor.id in guests for p in event.actors)
    state, verb = ("lapsed", "declined") if declined else ("contradicted", "called off")
    return Outcome(state, day_of(report), f"{verb}: {words}", (record,), 0.8 * event.confidence)


def _day(episode: Episode) -> date:
    """The first day of an episode, or the last where only the month or so is told."""
    assert episode.start is not None
    end = episode.end or episode.start
    return end if end - episode.start > _VAGUE else episode.start


def _keeps(commitment: Commitment, claims: Sequence[Claim], report: Report, episode: Episode) -> bool:
    start, made = episode.start, commitment.made
    if start is None or made is None or start <= made:
        return False
    if (episode.end or start) - start > _MONTH:
        return False
    if not _in_time(commitment, claims, start):
        return False
    if not any(claim.themselves for claim in claims) and start - made < _NEXT:
        return False
    # A telling that names those who are to meet says more than one that does not.
    named = [claim for claim in claims if claim.themselves]
    return any(_is_it(claim, report, episode) for claim in named or claims)


def is_vague(claims: Sequence[Claim]) -> bool:
    """Whether the days due are only about."""
    return any(_ABOUT.search(claim.words) for claim in claims)


def grace(claims: Sequence[Claim]) -> timedelta:
    """How long after the last day due a thing still counts as in time."""
    return _LATE if is_vague(claims) else _AFTER


def _in_time(commitment: Commitment, claims: Sequence[Claim], start: date) -> bool:
    if commitment.due_end is None:
        return True
    early = commitment.due_start is not None and commitment.due_start - start > _BEFORE
    return not early and start - commitment.due_end <= grace(claims)


def _is_it(claim: Claim, report: Report, episode: Episode) -> bool:
    if episode.mode == "phone" and episode.place is None and _IN_PERSON.search(claim.words):
        return False
    if claim.host and not _is_in(claim.host, episode):
        return False
    text = report.event.evidence.text
    channel = channel_named(claim.said)
    if channel and not claim.themselves:
        # Groups there are many: theirs must be on the same thing.
        same_topic = not is_working_group(channel) or cover(claim.passage, read_passage(text)) >= _TOPIC
        same_topic &= all(post in text.lower() for post in _POSTS.findall(claim.said.lower()))
        return same_topic and level_of(contact_channel(episode.dyad, episode.people, text)) == level_of(channel)
    named = 0
    for country in {a.country for a in (*claim.by, *claim.towards) if a.country}:
        wanted = [a for a in (*claim.by, *claim.towards) if a.country == country and a.id.startswith("person:")]
        if wanted and claim.themselves:
            named += 1
            if not any(_stands_for(a, b, a.id in claim.offices) for a in wanted for b in episode.of(country)):
                return False
    if named:
        return True
    # "to keep talking" is about nothing in particular: any talks will do.
    return not claim.passage.words or cover(claim.passage, read_passage(text)) >= _TOPIC


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
    names = list(dict.fromkeys(named))[:3]
    if len(names) == 1:
        others = [a.name for a in episode.people if a.name != names[0]]
        names += others[:1]
    return " and ".join(names)


def _calls_off(commitment: Commitment, claims: Sequence[Claim], report: Report, episode: Episode) -> bool:
    """Whether it is this meeting that a party cancels, puts off or refuses."""
    event, made = report.event, commitment.made
    if made is None or episode.first_report is None or episode.first_report <= made:
        return False
    if commitment.due_end is not None and day_of(report) > commitment.due_end:
        return False
    everyone = [p.actor for p in (*event.actors, *event.recipients)]
    return any(
        claim.people & {actor.id for actor in everyone}
        and all(_may_be(claim, everyone, country) for country in commitment.dyad)
        and (not claim.host or event.place is None or event.place.country == claim.host)
        for claim in claims
    )


def _may_be(claim: Claim, there: Sequence[Actor], country: str) -> bool:
    """Whether those of one country who are there can be those who are to meet; a bare state can be anybody."""
    wanted = [
        a for a in (*claim.by, *claim.towards) if a.country == country and (a.level or a.id.startswith("person:"))
    ]
    present = [a for a in there if a.country == country and a.id.startswith("person:")]
    if not wanted or not present:
        return True
    return any(_stands_for(a, b, not a.id.startswith("person:")) for a in wanted for b in present)

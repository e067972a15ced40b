"""One record for what a document tells several times, and the place and roles that one telling lends another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from detente.coding.analysis import Analysis
from detente.coding.clauses import coordinated, direct_object
from detente.lexicon.triggers import load_triggers
from detente.records import DateRange, Event, Participant

# Deeds are told again in other words; words said are new each time unless headline or deck announces them.
_RETOLD = frozenset({"CONSULT", "ASSAULT", "AID", "SANCTION", "RETREAT", "MOBILIZE", "COERCE", "COOPERATE", "PROTEST"})
_DONE = frozenset({"happened", "ongoing"})
_OPEN = frozenset({"planned", "possible"})
_WEAK = frozenset({"publication", "inherited"})
# Letters in which the forms of one verb agree.
_STEM = 5
# A visit of leaders or ministers seldom lasts longer; meetings within it share its place.
_VISIT_DAYS = 3
# What a report tells without a date is news: at most this old.
_RECENT_DAYS = 7


def merge(analysis: Analysis, events: Iterable[Event]) -> tuple[Event, ...]:
    """Fold the tellings of one event into the fullest of them, in the order of the text."""
    # With each cluster, one event of every wording in it: what holds for that one holds for its likes.
    clusters: list[tuple[list[Event], dict[Hashable, Event], set[int]]] = []
    for event in events:
        wording = _wording(analysis, event)
        for cluster, wordings, triggers in clusters:
            if event.trigger.start not in triggers and all(_same(analysis, event, e) for e in wordings.values()):
                cluster.append(event)
                wordings.setdefault(wording, event)
                triggers.add(event.trigger.start)
                break
        else:
            clusters.append(([event], {wording: event}, {event.trigger.start}))
    merged = [_host(_fold(analysis, cluster)) for cluster, _, _ in clusters]
    merged = [event for event in merged if not _says_cancelled_again(event, merged)]
    return tuple(sorted(_lend_places(merged), key=lambda event: event.trigger.start))


def _wording(analysis: Analysis, event: Event) -> Hashable:
    """All of an event that `_same` looks at, but for the place of its trigger."""
    who = tuple(p.actor for p in event.actors), tuple(p.actor for p in event.recipients), event.reciprocal
    what = event.act, event.type, event.mode, event.status, event.date, event.place
    thing = (event.trigger.text.lower()[:_STEM], _broken_off(analysis, event)) if event.act == "SANCTION" else ()
    return who, what, _announces(analysis, event), thing if thing and thing[1] else None


def _same(analysis: Analysis, one: Event, other: Event) -> bool:
    if (
        one.act != other.act
        or not _status_fits(one, other)
        or not _dates_fit(one.date, other.date, analysis.document.published)
    ):
        return False
    if one.trigger == other.trigger:
        return False
    retold = (one.act in _RETOLD and one.type == other.type) or one.act == "CONSULT"
    if not retold and not (_announces(analysis, one) or _announces(analysis, other)):
        return False
    if one.act == "CONSULT" and (one.mode == "phone") != (other.mode == "phone") and one.mode and other.mode:
        return False
    if one.place and other.place and one.place.country != other.place.country:
        return False
    return _sides_fit(one, other) and not _other_thing(analysis, one, other)


def _other_thing(analysis: Analysis, one: Event, other: Event) -> bool:
    """Whether each breaks off something of its own: "suspends legal assistance", "suspends the climate talks". A
    retelling would use another verb, or name the same thing."""
    if one.act != "SANCTION" or one.trigger.text.lower()[:_STEM] != other.trigger.text.lower()[:_STEM]:
        return False
    things = _broken_off(analysis, one), _broken_off(analysis, other)
    return all(things) and not things[0] & things[1]


def _broken_off(analysis: Analysis, event: Event) -> frozenset[str]:
    """Which talks, ties or aid an event's verb breaks off: the nouns and adjectives of its object without those that
    only say "talks" or "cooperation"; empty where it does no such thing, or does not say which."""
    sentence = analysis.sentences[event.sentence]
    at = analysis.surface.from_stored(event.trigger.start)
    token = next((token for token in analysis.doc[sentence.start : sentence.end] if token.idx == at), None)
    obj = direct_object(token) if token is not None and token.pos_ == "VERB" else None
    if obj is None or not {token.lemma_.lower() for token in coordinated(obj)} & _broken():
        return frozenset()
    words = {token.lemma_.lower() for token in obj.subtree if token.pos_ in ("NOUN", "PROPN", "ADJ")}
    names = {
        t.lemma_.lower()
        for m in analysis.mentions_in(obj.left_edge.i, obj.right_edge.i + 1)
        for t in analysis.doc[m.start : m.end]
    }
    return frozenset(words - _broken() - names)


def _broken() -> frozenset[str]:
    classes = load_triggers().classes
    return classes["talks"] | classes["ties"] | classes["aid"]


def _announces(analysis: Analysis, event: Event) -> bool:
    return analysis.sentences[event.sentence].zone != "body"


def _status_fits(one: Event, other: Event) -> bool:
    pair = {one.status, other.status}
    return len(pair) == 1 or pair <= _DONE or pair <= _OPEN


def _dates_fit(one: DateRange | None, other: DateRange | None, published: date | None) -> bool:
    """Dates that overlap, or one telling without a date of its own beside another of the last days or to come."""
    if one is None or other is None:
        return True
    if one.basis == "publication" or other.basis == "publication":
        dated = other if one.basis == "publication" else one
        recent = published is None or dated.end is None or published - dated.end <= timedelta(days=_RECENT_DAYS)
        return dated.basis == "publication" or recent
    first = max(one.start or date.min, other.start or date.min)
    last = min(one.end or date.max, other.end or date.max)
    return first <= last


def _countries(participants: Iterable[Participant]) -> set[str]:
    return {p.actor.country or p.actor.id for p in participants}


def _sides_fit(one: Event, other: Event) -> bool:
    everyone, others = (*one.actors, *one.recipients), (*other.actors, *other.recipients)
    if _countries(everyone) != _countries(others) and not _part_of(one, other) and not _part_of(other, one):
        return False
    if _named(everyone) != _named(others) and not _same_days(one.date, other.date):
        return False
    directed = not one.reciprocal and not other.reciprocal and one.act != "CONSULT"
    if directed and _countries(one.actors) != _countries(other.actors):
        return False
    for country in _countries(everyone):
        here = {p.actor.id for p in everyone if p.actor.country == country and p.actor.id.startswith("person:")}
        there = {p.actor.id for p in others if p.actor.country == country and p.actor.id.startswith("person:")}
        if here and there and not here & there:
            return False
        ranks, others_ranks = _ranks(everyone, country), _ranks(others, country)
        if ranks and others_ranks and not ranks & others_ranks:
            # "The ambassador will return", "the presidents will meet".
            return False
    return True


def _ranks(participants: Iterable[Participant], country: str) -> set[str]:
    """The ranks told of those who stand for a country, but for officials and delegations of whom no rank is told."""
    levels = {p.actor.level for p in participants if p.actor.country == country}
    return {level for level in levels if level is not None and level != "official"}


def _part_of(one: Event, other: Event) -> bool:
    """Whether one tells of a part of what the other tells: the same doers, fewer recipients."""
    return (
        one.act != "CONSULT"
        and _countries(one.actors) == _countries(other.actors)
        and bool(one.recipients)
        and _countries(one.recipients) <= _countries(other.recipients)
    )


def _named(participants: Iterable[Participant]) -> bool:
    return any(p.actor.id.startswith("person:") for p in participants)


def _same_days(one: DateRange | None, other: DateRange | None) -> bool:
    """A visit of a week and a meeting within it are two events; without days of its own a telling fits any."""
    if one is None or other is None or one.basis in _WEAK or other.basis in _WEAK:
        return True
    return (one.start, one.end) == (other.start, other.end)


def _fullness(analysis: Analysis, event: Event) -> tuple[int, int, int]:
    named = sum(p.actor.id.startswith("person:") for p in (*event.actors, *event.recipients))
    dated = event.date is not None and event.date.basis not in _WEAK
    body = analysis.sentences[event.sentence].zone == "body"
    # Who met whom is more than when and where, which the others lend.
    return (3 * named + dated + (event.place is not None) + body, body, -event.trigger.start)


def _fold(analysis: Analysis, cluster: list[Event]) -> Event:
    if len(cluster) == 1:
        return cluster[0]
    best = max(cluster, key=lambda event: _fullness(analysis, event))
    rest = [event for event in cluster if event is not best]
    dated = min((e.date for e in rest if e.date and e.date.basis not in _WEAK), key=_width, default=None)
    # Who met somewhere did not telephone: that telling is of another talk, whose parties were not named.
    modes = [e.mode for e in rest if e.mode and e.type == best.type and not (best.place and e.mode == "phone")]
    # Each further telling that agrees, up to three, takes a quarter off what doubt was left.
    doubt = (1 - best.confidence) * 0.75 ** min(len(rest), 3)
    return replace(
        best,
        actors=_by_name(best.actors, rest),
        recipients=_by_name(best.recipients, rest),
        date=replace(dated, basis="inherited") if dated is not None and _lends(dated, best.date) else best.date,
        place=best.place or next((event.place for event in rest if event.place), None),
        mode=best.mode or next(iter(modes), None),
        confidence=round(1 - doubt, 3),
        also=tuple(event.evidence for event in rest),
    )


def _width(days: DateRange) -> timedelta:
    return days.end - days.start if days.start and days.end else timedelta.max


def _lends(dated: DateRange, own: DateRange | None) -> bool:
    """Whether a telling's days stand in for those of the fullest one: it has none of its own, or got wider ones from
    another clause."""
    return own is not None and (own.basis == "publication" or (own.basis in _WEAK and _width(dated) < _width(own)))


def _by_name(side: tuple[Participant, ...], others: list[Event]) -> tuple[Participant, ...]:
    """A side with an official without a name replaced by the one of his country whom the other tellings name."""
    named = {p.actor.id: p for event in others for p in (*event.actors, *event.recipients) if _is_person(p)}
    out: dict[str, Participant] = {}
    for who in side:
        known = [p for p in named.values() if p.actor.country == who.actor.country]
        bare = who.actor.id == f"{who.actor.country}:official"
        for one in known if bare and known else [who]:
            out.setdefault(one.actor.id, one)
    return tuple(out.values())


def _is_person(participant: Participant) -> bool:
    return participant.actor.id.startswith("person:")


def _says_cancelled_again(event: Event, events: list[Event]) -> bool:
    """ "was due to travel but postponed the trip": the cancelled journey is already there."""
    if event.type != "REJECT" or event.mode != "meet" or event.recipients:
        return False
    own = {p.actor.id for p in event.actors}
    return any(
        e.status == "cancelled" and e.sentence == event.sentence and own & {p.actor.id for p in e.actors}
        for e in events
    )


def _host(event: Event) -> Event:
    """In a meeting in the country of some of those who meet, the others are its guests (codebook, CONSULT)."""
    if event.act != "CONSULT" or not event.reciprocal or event.place is None or event.mode not in (None, "visit"):
        return event
    guests = tuple(p for p in event.actors if p.actor.country != event.place.country)
    hosts = tuple(p for p in event.actors if p.actor.country == event.place.country)
    if not guests or not hosts:
        return event
    return replace(event, actors=guests, recipients=hosts, reciprocal=False, mode="visit")


def _lend_places(events: list[Event]) -> list[Event]:
    """Meetings of a visitor during a visit take the visit's place, and its roles of guest and host."""
    visits = [
        e for e in events if e.act == "CONSULT" and e.mode == "visit" and e.place and e.status in _DONE and e.recipients
    ]
    out = []
    for event in events:
        visit = next((v for v in visits if _within(event, v)), None) if event.act == "CONSULT" else None
        if visit is None:
            out.append(event)
            continue
        everyone = (*event.actors, *event.recipients)
        host_country = visit.place.country if visit.place else None
        guests = tuple(p for p in everyone if p.actor.country != host_country)
        hosts = tuple(p for p in everyone if p.actor.country == host_country)
        if guests and hosts:
            event = replace(event, actors=guests, recipients=hosts, reciprocal=False, mode="visit", place=visit.place)
        out.append(event)
    return out


def _within(event: Event, visit: Event) -> bool:
    if event is visit or event.place is not None or event.status not in _DONE or event.mode not in (None, "visit"):
        return False
    guests = {p.actor.id for p in visit.actors}
    everyone = {p.actor.id for p in (*event.actors, *event.recipients)}
    hosts = _countries(visit.recipients)
    if not guests & everyone or not hosts & _countries((*event.actors, *event.recipients)):
        return False
    if event.date is None or visit.date is None:
        return True
    if event.date.start is None or visit.date.start is None:
        # An open beginning with an end tells of some other time.
        return event.date.end is None and visit.date.end is None
    gap = abs((event.date.start - visit.date.start).days)
    return gap <= _VISIT_DAYS

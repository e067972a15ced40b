"""What of a report is looked at when it is asked whether another report tells the same event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from detente.coding.dates.calendar import shift
from detente.lexicon.channels import WORKING_GROUP, channel_acts, channel_named
from detente.lexicon.issues import DEFAULT, issue_terms
from detente.records import Actor, Event, Participant
from detente.relations import DONE, Dyad, Report

# Acts that one event is told by, now this and now that; an act that is in none stands for itself.
FAMILIES: Final = {
    "AGREE": "cooperate",
    "SUPPORT": "cooperate",
    "COOPERATE": "cooperate",
    "CONCEDE": "yield",
    "RETREAT": "yield",
    "REJECT": "refuse",
    "SANCTION": "refuse",
    "ASSAULT": "force",
    "COERCE": "force",
}
# Families whose events are words: many a day, told apart by what they are about, and their place says little.
VERBAL: Final = frozenset({"cooperate", "refuse", "ACCUSE", "REQUEST", "THREATEN", "yield"})
_OFF: Final = frozenset({"denied", "cancelled"})
_HARD: Final = frozenset({"explicit", "relative"})
_TRAVEL: Final = re.compile(
    r"(visit|travel|trip|tour|journey|fly|flew|flies|flying|arriv|land|head|went|go|goes|going|stop|depart|left|leav"
    r"|return|jet|touch|schedul|expect)\w*$"
)
_WIRE: Final = re.compile(r"\b(phone|telephone|call|video|virtual|by secure)", re.IGNORECASE)
# Days that a range may have and still tell when it was; longer ones only say that it lies within.
NARROW: Final = 8
_OPEN_END: Final = 31

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_STOP: Final = frozenset(
    "a an the and or but if of in on at to for from by with without about against into over under after before during "
    "between among as than then that this these those it its he his him she her they their them we our us i you your "
    "who whom whose which what when where why how is are was were be been being has have had do does did will would "
    "shall should can could may might must not no nor so such also more most very some any all both each other another "
    "there here up down out off again further only own same just s t said say says saying told tell added monday "
    "tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december today yesterday week month year day days one two first new mr ms u side sides country "
    "countries government governments president presidents leader leaders relation relations bilateral agree agreed "
    "commit committed pledge pledged promise promised".split()
)
_STEM: Final = 6


@dataclass(frozen=True, slots=True)
class Profile:
    """One report as the matcher sees it. Days `first` to `last` are those on which it may have been; `hard` says that
    the text gives them. `persons` and `domains` are sorted by country; `third` are those of neither. `towards` is the
    country of the dyad that does it to the other. `tells` is the same in a reprint and its original."""

    report: Report
    family: str
    group: str
    countries: tuple[str, ...]
    persons: dict[str, frozenset[str]]
    domains: dict[str, frozenset[str]]
    third: frozenset[str]
    towards: str | None
    first: date | None
    last: date | None
    hard: bool
    published: date | None
    place: tuple[str, str | None] | None
    mode: str | None
    channel: str | None
    stems: frozenset[str]
    issues: frozenset[str]
    tells: str

    @property
    def wide(self) -> bool:
        """Whether its days only say that it lies within them."""
        return self.first is not None and self.last is not None and (self.last - self.first).days >= NARROW

    @property
    def named(self) -> int:
        return sum(len(people) for people in self.persons.values())


def profile_of(dyad: Dyad, report: Report) -> Profile:
    """The profile of a report that concerns the dyad."""
    event = report.event
    everyone = (*event.actors, *event.recipients)
    first, last, hard = _days(report)
    act = kind_of(event)
    return Profile(
        report=report,
        family=_family(event, act),
        group=group_of(event.status),
        countries=tuple(c for c in dyad if any(p.actor.country == c for p in everyone)),
        persons={
            c: frozenset(p.actor.id for p in everyone if p.actor.country == c and is_person(p.actor)) for c in dyad
        },
        domains={
            c: frozenset(d for p in everyone if p.actor.country == c and (d := domain(p.actor)) is not None)
            for c in dyad
        },
        third=frozenset(p.actor.country or p.actor.id for p in everyone if p.actor.country not in dyad),
        towards=_direction(dyad, event),
        first=first,
        last=last,
        hard=hard,
        published=report.source.published,
        place=_place(event, act),
        # That those who "spoke" did so by telephone is a guess of the coder's.
        mode=event.mode if event.mode != "phone" or _WIRE.search(event.evidence.text) else None,
        channel=_closed(event.evidence.text) if act in ("REJECT", "SANCTION") else None,
        stems=stems(event.evidence.text, everyone),
        issues=frozenset(issues_in(event.evidence.text)) - {DEFAULT},
        tells=_tells(report),
    )


def kind_of(event: Event) -> str:
    """What kind of deed it is: the act that the words name, which is still to come where the type is AGREE; where the
    type is another ("would not meet" is REJECT), that."""
    return event.act if event.act and event.type in (event.act, "AGREE") else event.type


def group_of(status: str) -> str:
    """Done, open (it may come), or off (denied, called off): these are never merged."""
    return "done" if status in DONE else "off" if status in _OFF else "open"


def is_person(actor: Actor) -> bool:
    """Whether somebody with a name."""
    return actor.id.startswith("person:")


def domain(actor: Actor) -> str | None:
    """What the actor works at, for telling two of one country apart; None for the state itself and its leaders."""
    if actor.level in ("leader", "deputy leader") or actor.id in (actor.country, f"{actor.country}:GOV"):
        return None
    if "MIL" in actor.sectors or actor.level in ("defence minister", "military"):
        return "defence"
    if actor.level == "economic minister" or actor.id.endswith(
        (":finance ministry", ":trade ministry", ":central bank")
    ):
        return "economic"
    if actor.level == "parliament" or "LEG" in actor.sectors:
        return "parliament"
    if "BUS" in actor.sectors or "MNC" in actor.sectors:
        return "business"
    if actor.level in ("foreign minister", "ambassador") or actor.id.endswith((":foreign ministry", ":embassy")):
        return "diplomacy"
    return None


@lru_cache(maxsize=4096)
def issues_in(text: str) -> tuple[str, ...]:
    """The issues that the words name, the most named first."""
    forms = [word.lower() for word in _WORD.findall(text.replace("’s", "").replace("'s", ""))]
    lemmas = [form[:-1] if form.endswith("s") and len(form) > 3 else form for form in forms]
    counts: dict[str, int] = {}
    for found in issue_terms().find(forms, lemmas):
        counts[found.value] = counts.get(found.value, 0) + 1
    return tuple(sorted(counts, key=lambda issue: (issue == DEFAULT, -counts[issue], issue)))


def stems(text: str, people: Iterable[Participant] = ()) -> frozenset[str]:
    """The first six letters of each word that says something; names of those who take part are left out."""
    names = {word for p in people for word in _WORD.findall(f"{p.actor.name} {p.span.text}".lower())}
    return frozenset(
        word[:_STEM]
        for word in _WORD.findall(text.lower())
        if word not in names and word not in _STOP and len(word) > 1
    )


def _family(event: Event, act: str) -> str:
    """A visit as a whole is not one of the meetings within it."""
    if act != "CONSULT":
        return FAMILIES.get(act, act)
    bare = all(p.actor.id == p.actor.country or p.actor.id.endswith(":GOV") for p in event.recipients)
    travels = bool(event.recipients) and bare and _TRAVEL.match(event.trigger.text.lower())
    return "VISIT" if travels else "CONSULT"


def _direction(dyad: Dyad, event: Event) -> str | None:
    """The country of the dyad that does it, None if both do."""
    if event.reciprocal or not event.recipients:
        return None
    doers = {p.actor.country for p in event.actors} & set(dyad)
    others = {p.actor.country for p in event.recipients} & set(dyad)
    return doers.pop() if len(doers) == 1 and others and not others & doers else None


def _closed(text: str) -> str | None:
    """The channel that the words close, where that says which talks; working groups are many."""
    named = channel_named(text) if "suspend" in channel_acts(text) else None
    return named if named != WORKING_GROUP else None


def _tells(report: Report) -> str:
    """The sentence and the word in it, the same in a reprint and in its original."""
    event, source = report.event, report.source
    words = " ".join(event.evidence.text.split())
    before = " ".join(event.evidence.text[: max(0, event.trigger.start - event.evidence.start)].split())
    return f"{source.reprint_of or source.document}\n{words}\n{len(before)}"


def _place(event: Event, act: str) -> tuple[str, str | None] | None:
    """Country (or the name of what lies in none) and town. Nobody meets in a sea: there talk was of it."""
    place = event.place
    if place is None or (act == "CONSULT" and place.country is None):
        return None
    town = place.name if place.admin1 is not None and place.geonames_id is not None else None
    return place.country or place.name, town


def _days(report: Report) -> tuple[date | None, date | None, bool]:
    """First and last day on which it may have been, and whether the text gives them."""
    told, published = report.event.date, report.source.published
    if told is None or told.start is None:
        # "Before June" does not say when.
        return published, published, False
    start, end = told.start, told.end
    if end is None:
        # From that day on: only what is near is meant.
        return start, shift(start, _OPEN_END, "D"), told.basis in _HARD
    return start, max(start, end), told.basis in _HARD

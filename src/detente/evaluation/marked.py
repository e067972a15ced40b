"""How well one marked article was coded: events, what must not be there, statements, the material of contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from detente.evaluation.gold import GoldContact, GoldEvent, GoldStatement, MarkedArticle
from detente.evaluation.matching import (
    are_sides,
    best_pairs,
    content_shares,
    is_org,
    is_place,
    is_statement,
    meets_span,
    overlaps,
    same_person,
)
from detente.evaluation.measures import Counts
from detente.evaluation.report import Coded
from detente.records import Event, Participant, Statement

DONE = ("happened", "ongoing")
# Types that tell of a contact, by its status: an agreed meeting is AGREE, one called off may be REJECT.
CONTACT_TYPES = {"planned": ("CONSULT", "AGREE"), "possible": ("CONSULT", "AGREE", "REQUEST")}
CANCELLED_TYPES = ("CONSULT", "REJECT", "AGREE")


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """A gold event, the coded event paired with it (None: nothing near), and which of its fields are right.

    `elsewhere` says that an event with type, sides, status and date right was coded, but from another place.
    """

    gold: GoldEvent
    event: Event | None
    type: bool = False
    sides: bool = False
    countries: bool = False
    status: bool = False
    date: bool = False
    elsewhere: bool = False

    @property
    def right(self) -> bool:
        return self.type and self.sides and self.status

    @property
    def weight(self) -> float:
        """Worth of the pair in the assignment: whole matches first, those that count before the optional ones."""
        if self.right:
            return (50.0 if self.gold.optional else 100.0) + 10 * self.date
        return 0.1 + 4 * self.type + 3 * self.sides + self.countries + self.status + 0.5 * self.date

    @property
    def faults(self) -> str:
        """The fields that are wrong, for a reader."""
        if self.elsewhere:
            return "told elsewhere only"
        if self.event is None:
            return "not found"
        names = ("type", "sides", "status", "date")
        return ", ".join(name for name in names if not getattr(self, name)) or "right"


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """What was found of one article's gold.

    `repeats` counts coded events that tell a gold event again at another place of the text; they are neither right nor
    false. `extra` are the false ones. `statements` pairs each gold statement that is not optional with a coded one that
    is right, or None.
    """

    article: MarkedArticle
    events: tuple[EventOutcome, ...]
    extra: tuple[Event, ...]
    repeats: int
    violations: tuple[str, ...]
    statements: tuple[tuple[GoldStatement, Statement | None], ...]
    extra_statements: int
    contacts: tuple[tuple[GoldContact, bool], ...]
    calibration: tuple[tuple[float, bool], ...]

    @property
    def counted(self) -> list[EventOutcome]:
        return [outcome for outcome in self.events if not outcome.gold.optional]

    def counts(self, *fields: str) -> Counts:
        """Right, given and wanted events when the named fields of `EventOutcome` must be right."""
        paired = [o for o in self.counted if o.event is not None]
        right = sum(all(getattr(o, name) for name in fields) for o in paired)
        return Counts(right, len(self.extra) + sum(o.right for o in paired), len(self.counted))


def describe(event: Event) -> str:
    """An event on one line, as the gold's are."""
    arrow = " ↔ " if event.reciprocal else " → "
    sides = [" & ".join(p.actor.name for p in side) or "?" for side in (event.actors, event.recipients)]
    if event.reciprocal:
        sides = [p.actor.name for p in event.actors + event.recipients]
    when = f"{event.date.start}…{event.date.end}" if event.date else "no date"
    return f"{event.type} {arrow.join(sides)} {event.status} {when}"


def score(article: MarkedArticle, coded: Coded) -> ArticleScore:
    """Compare what a coder made of an article with its gold."""
    text = article.document.text
    events, statements = coded.events, coded.statements
    outcomes, extra, repeats = _pair(article.events, events)
    found = tuple((gold, _best_statement(gold, statements, text)) for gold in article.statements if not gold.optional)
    false = [got for got in statements if not any(is_statement(gold, got, text) for gold in article.statements)]
    right = {id(o.event) for o in outcomes if o.right}
    neutral = {id(o.event) for o in outcomes if o.gold.optional and o.right}
    wrong = {id(event) for event in extra}
    return ArticleScore(
        article=article,
        events=outcomes,
        extra=extra,
        repeats=repeats,
        violations=tuple(violations(article.must_not, events)),
        statements=found,
        extra_statements=len(false),
        contacts=tuple((gold, has_contact(gold, events)) for gold in article.contacts),
        calibration=tuple(
            (event.confidence, id(event) in right)
            for event in events
            if (id(event) in right and id(event) not in neutral) or id(event) in wrong
        ),
    )


def _outcome(gold: GoldEvent, event: Event) -> EventOutcome:
    return EventOutcome(
        gold,
        event,
        type=event.type in gold.types,
        sides=are_sides(gold, event),
        countries=are_sides(gold, event, persons=False),
        status=event.status in gold.statuses,
        date=overlaps(gold.first, gold.last, event.date),
    )


def _pair(
    golds: Sequence[GoldEvent], events: Sequence[Event]
) -> tuple[tuple[EventOutcome, ...], tuple[Event, ...], int]:
    """The best pairing of gold and coded events whose evidence meets; the false events; the number of repeats.

    A coded event that is not right where it stands is a repeat when type, sides, status and date are those of a gold
    event told elsewhere; it is left out of account when it is near an optional event of its type.
    """
    grid = [[_outcome(gold, event) for event in events] for gold in golds]
    near = [[meets_span(gold.evidence, event.evidence.start, event.evidence.end) for event in events] for gold in golds]
    pairs = dict(
        best_pairs([[o.weight * n for o, n in zip(r, s, strict=True)] for r, s in zip(grid, near, strict=True)])
    )
    settled = {j for i, j in pairs.items() if grid[i][j].right}
    extra, repeats, aside = [], 0, set()
    for j, event in enumerate(events):
        if j in settled:
            continue
        if any(row[j].right and row[j].date for row in grid):
            repeats += 1
            aside.add(j)
        elif any(row[j].gold.optional and row[j].type and near[i][j] for i, row in enumerate(grid)):
            aside.add(j)
        else:
            extra.append(event)
    rows = []
    for i, gold in enumerate(golds):
        row = grid[i][pairs[i]] if i in pairs and pairs[i] not in aside else EventOutcome(gold, None)
        told = not row.right and any(o.right and o.date and j in aside for j, o in enumerate(grid[i]))
        rows.append(replace(row, elsewhere=told))
    return tuple(rows), tuple(extra), repeats


def _best_statement(gold: GoldStatement, statements: Iterable[Statement], text: str) -> Statement | None:
    right = [got for got in statements if is_statement(gold, got, text)]
    return max(right, key=lambda got: sum(content_shares(gold, got, text)), default=None)


def violations(rules: Iterable[Mapping[str, Any]], events: Sequence[Event]) -> list[str]:
    """A line for each `must_not` rule that the events break.

    A rule with `contact_participants` allows at most `max_count` contacts of these persons (CONSULT that happened;
    those with overlapping dates are one); any other rule forbids an event that has all its fields.
    """
    broken = []
    for rule in rules:
        hits = [event for event in events if _breaks(rule, event)]
        if "contact_participants" in rule:
            if _separate(hits) > rule.get("max_count", 0):
                broken.append(f"{rule['why']}: {_separate(hits)} contacts")
        elif hits:
            broken.append(f"{rule['why']}: {describe(hits[0])} “{hits[0].evidence.text}”")
    return broken


def _breaks(rule: Mapping[str, Any], event: Event) -> bool:
    together = event.actors + event.recipients
    if "contact_participants" in rule:
        met = event.type == "CONSULT" and event.status in DONE
        return met and _within(rule, event) and _has_persons(rule["contact_participants"], together)
    actors, recipients = (together, together) if event.reciprocal else (event.actors, event.recipients)
    return (
        rule.get("type", event.type) == event.type
        and rule.get("mode", event.mode) == event.mode
        and rule.get("status", event.status) == event.status
        and _has(rule, "actor", actors)
        and _has(rule, "recipient", recipients)
        and _within(rule, event)
    )


def _has(rule: Mapping[str, Any], side: str, got: Sequence[Participant]) -> bool:
    country, org, person = (rule.get(f"{side}_{key}") for key in ("country", "org", "person"))
    return (
        (country is None or any(p.actor.country == country for p in got))
        and (org is None or any(is_org((org,), p.actor) for p in got))
        and (person is None or _has_persons((person,), got))
    )


def _has_persons(names: Iterable[str], got: Sequence[Participant]) -> bool:
    return all(any(same_person(name, p.actor.name) for p in got) for name in names)


def _within(rule: Mapping[str, Any], event: Event) -> bool:
    """Whether the event's dates lie inside the rule's, if it has any; an event without date is not inside."""
    if "date_within" not in rule:
        return True
    first, last = (date.fromisoformat(value) for value in rule["date_within"])
    got = event.date
    return got is not None and got.start is not None and got.end is not None and first <= got.start and got.end <= last


def _separate(events: Sequence[Event]) -> int:
    """How many contacts these are when those whose dates overlap are one; those without dates are one."""
    ranges = sorted(
        (e.date.start or date.min, e.date.end or date.max) if e.date else (date.min, date.max) for e in events
    )
    count, until = 0, None
    for start, end in ranges:
        if until is None or start > until:
            count, until = count + 1, end
        until = max(until, end)
    return count


def has_contact(gold: GoldContact, events: Sequence[Event]) -> bool:
    """Whether one event holds a contact's participants, date and status, and it or another such its place."""
    types = CANCELLED_TYPES if "cancelled" in gold.statuses else ("CONSULT", *CONTACT_TYPES.get(gold.statuses[0], ()))
    hits = [
        event
        for event in events
        if event.type in types
        and event.status in gold.statuses
        and overlaps(gold.first, gold.last, event.date)
        and _has_persons(gold.participants, event.actors + event.recipients)
    ]
    return bool(hits) and (gold.place is None or any(is_place(gold.place, event) for event in hits))

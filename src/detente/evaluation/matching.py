"""When a coded record and a gold record are the same thing, and the best pairing of many with many."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher

from detente.evaluation.gold import GoldEvent, GoldParty, GoldStatement
from detente.records import Actor, DateRange, Event, Participant, Statement

# A predicted range may be this much wider than the gold's before it says too little to be right.
DATE_SLACK_DAYS = 366
# Spellings of one name in Latin letters (Zelensky, Zelenskyy) are at least this alike; it was set by eye on such pairs.
SPELLING = 0.8
CONTENT_SHARE = 0.5


def words(text: str) -> tuple[str, ...]:
    """Lower-case words without accents, points and possessive endings: "U.N.’s" gives ("un",)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(re.findall(r"\w+", re.sub(r"['’]s\b|\.", "", plain)))


def same_person(one: str, other: str) -> bool:
    """Whether two names are of one person: the words of the shorter are in the longer.

    A word is in a name when it stands there, is spelt nearly so, or is the initial of one; at least one
    is more than an initial.
    """
    short, long = sorted((words(one), words(other)), key=len)
    if not any(_is_spelling(word, name) for word in short for name in long if min(len(word), len(name)) > 1):
        return False
    return all(any(_is_spelling(word, name) or _is_initial(word, name) for name in long) for word in short)


def _is_initial(word: str, name: str) -> bool:
    return 1 in (len(word), len(name)) and word[0] == name[0]


def _is_spelling(word: str, name: str) -> bool:
    return word == name or (min(len(word), len(name)) >= 5 and SequenceMatcher(None, word, name).ratio() >= SPELLING)


def is_org(names: Iterable[str], actor: Actor) -> bool:
    """Whether an actor goes by one of an organisation's names, alone or inside a longer one ("EU ministers")."""
    have = [words(actor.name), words(actor.id.rpartition(":")[2].replace("-", " "))]
    return any(_inside(words(name), parts) for name in names for parts in have)


def _inside(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1)) if part else False


def is_party(gold: GoldParty, who: Participant, *, persons: bool = True) -> bool:
    """Whether a participant is the gold one: on the country (else the organisation) and, where given, on the person."""
    actor = who.actor
    if gold.person and persons:
        return same_person(gold.person, actor.name) and gold.country in (None, actor.country)
    if gold.country:
        return actor.country == gold.country
    return is_org(gold.orgs, actor) or (gold.person is not None and same_person(gold.person, actor.name))


def is_side(gold: Sequence[GoldParty], got: Sequence[Participant], *, persons: bool = True) -> bool:
    """Whether a side is right: each gold participant is there, nobody else is. No gold, no comparison."""
    if not gold:
        return True
    found = all(any(is_party(party, who, persons=persons) for who in got) for party in gold)
    return found and all(any(is_party(party, who, persons=persons) for party in gold) for who in got)


def are_sides(gold: GoldEvent, event: Event, *, persons: bool = True) -> bool:
    """Whether both sides are right; those of a gold event that is reciprocal are one unordered set.

    So are those of a meeting coded as reciprocal, unless the gold has a visitor and a host: PLOVER puts everyone in the
    actors where there is no such difference.
    """
    meeting = "CONSULT" in gold.types and gold.mode != "visit"
    if gold.reciprocal or (event.reciprocal and meeting):
        return is_side(gold.actors + gold.recipients, event.actors + event.recipients, persons=persons)
    if event.reciprocal and gold.recipients:
        return False
    return is_side(gold.actors, event.actors, persons=persons) and is_side(
        gold.recipients, event.recipients, persons=persons
    )


def overlaps(first: date, last: date, got: DateRange | None) -> bool:
    """Whether a coded range meets the gold range [first, last] and is at most a year wider; if none is marked, yes."""
    if (first, last) == (date.min, date.max):
        return True
    if got is None or got.start is None or got.end is None:
        return False
    meets = got.start <= last and first <= got.end
    return meets and (got.end - got.start).days - (last - first).days <= DATE_SLACK_DAYS


def meets_span(ranges: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the character ranges shares a character with [start, end)."""
    return any(start < stop and begin < end for begin, stop in ranges)


def is_place(name: str, event: Event) -> bool:
    """Whether an event's place goes by this name, or its first-level division does."""
    place = event.place
    return place is not None and any(
        words(name) == words(have) for have in (place.name, place.admin1, place.country) if have
    )


def is_speaker(gold: GoldStatement, got: Statement) -> bool:
    """Whether the speaker is right: the person, or at least half the words of what the gold calls the speaker."""
    who = got.speaker
    if who is None or not gold.speaker:
        return who is None and not gold.speaker
    if same_person(gold.speaker, who.actor.name):
        return True
    want = words(gold.speaker)
    have = {*words(who.actor.name), *words(who.span.text)}
    return bool(want) and sum(word in have for word in want) >= len(want) / 2


def content_shares(gold: GoldStatement, got: Statement, text: str) -> tuple[float, float]:
    """Share of the gold's words that the coded content holds, and share of the content's words that are the gold's."""
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
    have = {t for t in tokens if got.content.start <= t[0] and t[1] <= got.content.end}
    best = (0.0, 0.0)
    for start, end in gold.content:
        want = {t for t in tokens if start <= t[0] and t[1] <= end}
        both = len(want & have)
        best = max(best, (both / len(want) if want else 0.0, both / len(have) if have else 0.0))
    return best


def is_statement(gold: GoldStatement, got: Statement, text: str) -> bool:
    """Whether speaker, side and at least half of the content's words are right."""
    return gold.side == got.side and is_speaker(gold, got) and content_shares(gold, got, text)[0] >= CONTENT_SHARE


def best_pairs(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of a one-to-one assignment with the greatest sum; pairs that score 0 are left out.

    Kuhn's method with potentials, in O(rows² · columns); `scores` are not negative and the rows are equally long.
    """
    rows = len(scores)
    columns = max(rows, len(scores[0])) if rows else 0
    cost = [[-score for score in row] + [0.0] * (columns - len(row)) for row in scores]
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], column = row, 0
        slack, back, used = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while owner[column]:
            used[column] = True
            here = owner[column]
            free = [c for c in range(1, columns + 1) if not used[c]]
            for c in free:
                gap = cost[here - 1][c - 1] - row_price[here] - column_price[c]
                if gap < slack[c]:
                    slack[c], back[c] = gap, column
            column = min(free, key=lambda c: slack[c])
            step = slack[column]
            for c in range(columns + 1):
                if used[c]:
                    row_price[owner[c]] += step
                    column_price[c] -= step
                else:
                    slack[c] -= step
        while column:
            owner[column] = owner[back[column]]
            column = back[column]
    pairs = ((owner[c] - 1, c - 1) for c in range(1, columns + 1) if owner[c])
    return sorted((r, c) for r, c in pairs if c < len(scores[r]) and scores[r][c] > 0)

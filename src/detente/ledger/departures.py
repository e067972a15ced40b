"""Who left office before what was undertaken with them could be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.claim import Claim
from detente.ledger.outcome import Known, Outcome
from detente.lexicon import Lexicon
from detente.lexicon.phrases import fold
from detente.records import Actor
from detente.relations import Commitment

# Who takes up another office within this time has moved, not left.
_MOVE: Final = timedelta(days=31)
# The tables give the day of most departures, of some only the month.
_SURE: Final = 0.9
LEFT: Final = re.compile(
    r"\b(?:removed|replaced|dismissed|ousted|sacked|fired|resign\w*|stepped down|left office"
    r"|lost (?:his|her) (?:office|post|job)|former|predecessor|succeeded|successor)\b",
    re.IGNORECASE,
)
_SHOWN: Final = 3
# Days after which a text that speaks of the predecessor tells nothing new.
NEWS: Final = 183


def departure(
    commitment: Commitment, claims: Sequence[Claim], known: Known, as_of: date, holders: Lexicon
) -> Outcome | None:
    """The first named party of a meeting or invitation to leave office before it was due; None if nobody did.

    Persons meant by their office alone ("the foreign ministers will meet") have successors, and do not count.
    """
    made = commitment.made
    if made is None:
        return None
    by_office = frozenset.intersection(*(claim.offices for claim in claims))
    left = []
    for actor in (*commitment.by, *commitment.towards):
        if actor.id.startswith("person:") and actor.id not in by_office:
            day = left_office(actor, made, holders)
            if day and made < day <= as_of and (commitment.due_end is None or day <= commitment.due_end):
                left.append((day, actor.name))
    if not left:
        return None
    day, name = min(left)
    shown = _telling(name, day, known)
    why = f"{name} left office on {day}" + ("" if shown else ", by the table of office holders")
    return Outcome("lapsed", day, why, shown, _SURE)


def _telling(name: str, day: date, known: Known) -> tuple[str, ...]:
    """The records of the half year from that day on whose words tell that the person left, at most three."""
    surnames = fold(name).split()
    days = day, shift(day, NEWS, "D")
    texts = [(record, report.event.evidence.text) for _, record, report in known.published.within(*days)]
    texts += [(t.statement.id, t.statement.content.text) for t in known.said.within(*days)]
    found = (record for record, text in texts if LEFT.search(text) and any(part in fold(text) for part in surnames))
    return tuple(islice(found, _SHOWN))


def left_office(actor: Actor, since: date, holders: Lexicon) -> date | None:
    """The day after `since` on which someone in office then left it for none; None if still there, or never there."""
    held = [h for h in holders.person(actor.name) if h.country == actor.country]
    end: date | None = None
    day = since
    while now := [h for h in held if h.on(day)]:
        if any(h.end is None for h in now):
            return None
        end = max(h.end for h in now if h.end)
        later = [h.start for h in held if h.start and end < h.start <= end + _MOVE]
        day = min(later) if later else end + timedelta(days=1)
        if not later and not any(h.on(day) for h in held):
            break
    return end

"""What the other side's own words make of an undertaking that one side claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.by_day import ByDay
from detente.ledger.claim import Claim
from detente.ledger.passages import Passage, cover, likeness, read_passage
from detente.relations import Dyad, Report, Telling

# A denial comes soon, and names at least half of what the undertaking is about.
SOON: Final = timedelta(days=30)
_ALIKE: Final = 0.5
# Accounts of one contact appear within days of each other.
NEAR: Final = timedelta(days=4)
DENIES: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|no such|not true|untrue|never (?:agreed|promised|accepted|committed)"
    r"|(?:has|had|have|did|does)(?: not|n['’]t) (?:agreed?|promised?|accept(?:ed)?|commit(?:ted)?)"
    r"|false|fabricat\w+"
    r"|(?:reject|dismiss)(?:s|es|ed)? (?:reports|claims|suggestions))\b",
    re.IGNORECASE,
)


class Spoken:
    """What is told of a dyad, by the day of publication: tellings in the order given, reports in that of their ids."""

    def __init__(self, reports: Mapping[str, Report], tellings: Iterable[Telling]) -> None:
        self.tellings = ByDay((t.source.published, t) for t in tellings if t.source.published)
        filed = sorted(reports.items(), key=lambda one: one[0])
        self.reports = ByDay((r.source.published, (record, r)) for record, r in filed if r.source.published)


def confirmation(
    dyad: Dyad, group: Sequence[Claim], claimed_by: Sequence[str], spoken: Spoken
) -> tuple[str, tuple[str, ...]]:
    """One of `CONFIRMATIONS` and the ids of the records that show it.

    The other side is the one that did not speak first; where only reporters tell it, either side. `confirmed`: its own
    account or its officials tell the same undertaking, or speak of the same deed in the same days. `denied`: within a
    month its words deny what this is about. Else `silent`, also where it has published nothing.
    """
    others = [country for country in dyad if not claimed_by or country != claimed_by[0]]
    telling = tuple(claim.record for claim in group if claimed_by and claim.voice in others)
    if telling:
        return "confirmed", telling
    denials = tuple(r for country in others for r in _denials(country, group, spoken))
    if denials:
        return "denied", denials
    echoes = tuple(r for country in others for r in _echoes(country, group, spoken)) if claimed_by else ()
    return ("confirmed", echoes) if echoes else ("silent", ())


def _echoes(country: str, group: Sequence[Claim], spoken: Spoken) -> list[str]:
    """What a country's own account or officials say, within days of the undertaking, of the same deed."""
    undertaken = [claim for claim in group if not claim.meets and not claim.abstains]
    if not undertaken:
        return []
    first = min(claim.published for claim in group)
    days = shift(first, -NEAR.days, "D"), shift(first, NEAR.days, "D")
    found = []
    for telling in spoken.tellings.within(*days):
        own = telling.source.side or telling.statement.side
        if own == country and _echo(telling.statement.content.text, undertaken):
            found.append(telling.statement.id)
    for record, report in spoken.reports.within(*days):
        if report.source.side == country and _echo(report.event.evidence.text, undertaken):
            found.append(record)
    return found


def _echo(text: str, undertaken: Sequence[Claim]) -> bool:
    return not DENIES.search(text) and any(_same_deed(read_passage(text), claim) for claim in undertaken)


def _same_deed(passage: Passage, claim: Claim) -> bool:
    return bool(passage.named & claim.passage.deeds) and cover(claim.passage, passage) >= _ALIKE


def _denials(country: str, group: Sequence[Claim], spoken: Spoken) -> list[str]:
    first = min(claim.made for claim in group)
    days = first, shift(first, SOON.days, "D")
    found: list[str] = []
    for telling in spoken.tellings.within(*days):
        statement = telling.statement
        if statement.side != country:
            continue
        text = f"{statement.cue.text if statement.cue else ''} {statement.content.text}"
        if DENIES.search(text) and _is_about(read_passage(statement.content.text), group):
            found.append(statement.id)
    for record, report in spoken.reports.within(*days):
        event, text = report.event, report.event.evidence.text
        own = event.type == "REJECT" and any(p.actor.country == country for p in event.actors)
        if own and (event.act == "AGREE" or DENIES.search(text)) and _is_about(read_passage(text), group):
            found.append(record)
    return found


def _is_about(passage: Passage, group: Sequence[Claim]) -> bool:
    return any(
        len(passage.words & claim.passage.words) >= min(2, len(claim.passage.words))
        and likeness(passage, claim.passage) >= _ALIKE
        for claim in group
        if claim.passage.words
    )

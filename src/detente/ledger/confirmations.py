"""What the other side's own words make of an undertaking that one side claims."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from detente.ledger.claim import Claim
from detente.ledger.passages import Passage, likeness, read_passage
from detente.relations import Dyad, Report, Telling

# A denial comes soon, and names at least half of what the undertaking is about.
_SOON: Final = timedelta(days=30)
_ALIKE: Final = 0.5
_DENIES: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|no such|not true|untrue|never (?:agreed|promised|accepted|committed)"
    r"|(?:has|had|have|did|does)(?: not|n['’]t) (?:agreed?|promised?|accept(?:ed)?|commit(?:ted)?)"
    r"|false|fabricat\w+"
    r"|(?:reject|dismiss)(?:s|es|ed)? (?:reports|claims|suggestions))\b",
    re.IGNORECASE,
)


def confirmation(
    dyad: Dyad,
    group: Sequence[Claim],
    claimed_by: Sequence[str],
    reports: Mapping[str, Report],
    tellings: Sequence[Telling],
) -> tuple[str, tuple[str, ...]]:
    """One of `CONFIRMATIONS` and the ids of the records that show it.

    The other side is the one that did not speak first; where only reporters tell it, either side. `confirmed`: its own
    account or its officials tell the same undertaking. `denied`: within a month its words deny what this is about.
    Else `silent`, also where it has published nothing.
    """
    others = [country for country in dyad if not claimed_by or country != claimed_by[0]]
    if claimed_by:
        telling = tuple(claim.record for claim in group if claim.voice in others)
        if telling:
            return "confirmed", telling
    denials = tuple(record for country in others for record in _denials(country, group, reports, tellings))
    return ("denied", denials) if denials else ("silent", ())


def _denials(
    country: str, group: Sequence[Claim], reports: Mapping[str, Report], tellings: Sequence[Telling]
) -> list[str]:
    first = min(claim.made for claim in group)
    found: list[str] = []
    for telling in tellings:
        statement, published = telling.statement, telling.source.published
        if statement.side != country or published is None or not first <= published <= first + _SOON:
            continue
        text = f"{statement.cue.text if statement.cue else ''} {statement.content.text}"
        if _DENIES.search(text) and _is_about(read_passage(statement.content.text), group):
            found.append(statement.id)
    for record, report in sorted(reports.items()):
        event, published = report.event, report.source.published
        own = event.type == "REJECT" and any(p.actor.country == country for p in event.actors)
        text = event.evidence.text
        soon = published is not None and first <= published <= first + _SOON
        if own and soon and (event.act == "AGREE" or _DENIES.search(text)) and _is_about(read_passage(text), group):
            found.append(record)
    return found


def _is_about(passage: Passage, group: Sequence[Claim]) -> bool:
    return any(
        len(passage.words & claim.passage.words) >= min(2, len(claim.passage.words))
        and likeness(passage, claim.passage) >= _ALIKE
        for claim in group
        if claim.passage.words
    )

"""What the other side's own words make of an undertaking that one side claims."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from detente.ledger.claim import Claim
from detente.ledger.passages import Passage, cover, likeness, read_passage
from detente.relations import Dyad, Report, Telling

# A denial comes soon, and names at least half of what the undertaking is about.
_SOON: Final = timedelta(days=30)
_ALIKE: Final = 0.5
# Accounts of one contact appear within days of each other.
_NEAR: Final = timedelta(days=4)
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
    account or its officials tell the same undertaking, or speak of the same deed in the same days. `denied`: within a
    month its words deny what this is about. Else `silent`, also where it has published nothing.
    """
    others = [country for country in dyad if not claimed_by or country != claimed_by[0]]
    telling = tuple(claim.record for claim in group if claimed_by and claim.voice in others)
    if telling:
        return "confirmed", telling
    denials = tuple(r for country in others for r in _denials(country, group, reports, tellings))
    if denials:
        return "denied", denials
    echoes = tuple(r for country in others for r in _echoes(country, group, reports, tellings)) if claimed_by else ()
    return ("confirmed", echoes) if echoes else ("silent", ())


def _echoes(
    country: str, group: Sequence[Claim], reports: Mapping[str, Report], tellings: Sequence[Telling]
) -> list[str]:
    """What a country's own account or officials say, within days of the undertaking, of the same deed."""
    first = min(claim.published for claim in group)
    said = [(t.statement.id, t.source, t.statement.side, t.statement.content.text) for t in tellings]
    said += [
        (r, report.source, report.source.side, report.event.evidence.text) for r, report in sorted(reports.items())
    ]
    found = []
    for record, source, side, text in said:
        own = source.side or side
        if own != country or source.published is None or abs(source.published - first) > _NEAR or _DENIES.search(text):
            continue
        passage = read_passage(text)
        if any(_same_deed(passage, claim) for claim in group if not claim.meets and not claim.abstains):
            found.append(record)
    return found


def _same_deed(passage: Passage, claim: Claim) -> bool:
    return bool(passage.named & claim.passage.deeds) and cover(claim.passage, passage) >= _ALIKE


def _denials(
    country: str, group: Sequence[Claim], reports: Mapping[str, Report], tellings: Sequence[Telling]
) -> list[str]:
    first = min(claim.made for claim in group)
    found: list[str] = []
    for telling in tellings:
        statement, published = telling.statement, telling.source.published
        if statement.side != country or published is None or not timedelta(0) <= published - first <= _SOON:
            continue
        text = f"{statement.cue.text if statement.cue else ''} {statement.content.text}"
        if _DENIES.search(text) and _is_about(read_passage(statement.content.text), group):
            found.append(statement.id)
    for record, report in sorted(reports.items()):
        event, published = report.event, report.source.published
        own = event.type == "REJECT" and any(p.actor.country == country for p in event.actors)
        text = event.evidence.text
        soon = published is not None and timedelta(0) <= published - first <= _SOON
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

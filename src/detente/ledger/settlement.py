"""What became of commitments: kept, lapsed, contradicted, superseded or still open, as of a day.

Precision comes first: where nothing shows clearly what became of it, a commitment stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.by_day import ByDay
from detente.ledger.claim import Claim
from detente.ledger.departures import departure
from detente.ledger.fulfilment import Item, decisions, deed_outcomes, deeds_told
from detente.ledger.meetings import grace, is_vague, meeting_outcomes
from detente.ledger.outcome import HORIZON, Known, Outcome
from detente.ledger.passages import likeness, read_passage
from detente.ledger.undertakings import claims
from detente.lexicon import Lexicon
from detente.relations import Commitment, Episode, Report, Settlement, Telling

# A later undertaking replaces one that shares this much of what it is about.
_SAME_THING: Final = 0.75
# That nobody reports a thing is weak evidence that it was not done.
_UNREPORTED: Final = 0.6
_REPLACED: Final = 0.7
# What is to go on never falls due.
_GOES_ON: Final = re.compile(r"\b(?:keep|continue|maintain|stay|remain|go on)\b", re.IGNORECASE)
# What is less sure settles nothing. Set by eye on short stories of our own.
_LEAST: Final = 0.3


@dataclass(frozen=True, slots=True)
class Case:
    commitment: Commitment
    claims: tuple[Claim, ...]


def settle(
    commitments: Iterable[Commitment],
    episodes: Iterable[Episode],
    reports: Mapping[str, Report],
    tellings: Iterable[Telling],
    as_of: date,
    holders: Lexicon,
) -> tuple[Commitment, ...]:
    """The commitments of a dyad made by a day, each with its state on that day and what settled it.

    Of all that could settle one, the earliest does. Nothing published or happening after `as_of` is used, and
    nothing published before the day after the commitment was first told. `holders` is the lexicon, for
    who left office when.
    """
    known = Known.up_to(as_of, episodes, reports, tellings)
    commitments = tuple(commitments)
    if not commitments:
        return ()
    found = claims(commitments[0].dyad, known.episodes, reports, known.tellings)
    return settle_claims(commitments, found, known, as_of, holders)


def settle_claims(
    commitments: Iterable[Commitment],
    found: Iterable[Claim],
    known: Known,
    as_of: date,
    holders: Lexicon,
    beside: Iterable[Commitment] = (),
) -> tuple[Commitment, ...]:
    """The same, of what is known and of the claims that it makes; `beside` are other commitments of the dyad, which may
    settle these."""
    by_record = _by_record(found)
    asked = [Case(c, tuple(_claims_of(c, by_record))) for c in commitments if c.made is None or c.made <= as_of]
    others = [Case(c, tuple(_claims_of(c, by_record))) for c in beside if c.made is None or c.made <= as_of]
    if not asked:
        return ()
    cases = sorted((*asked, *others), key=lambda case: (case.commitment.made or date.min, case.commitment.id))
    later = ByDay((case.commitment.made, case) for case in cases if case.commitment.made and case.claims)
    done = deeds_told(asked[0].commitment.dyad, known)
    return tuple(_settled(case, later, known, done, as_of, holders) for case in asked)


def find_overdue(
    commitments: Iterable[Commitment], found: Iterable[Claim], known: Known, as_of: date
) -> tuple[Commitment, ...]:
    """Commitments that nothing settles but, perhaps, that it is overdue, each with its state."""
    by_record = _by_record(found)
    cases = (Case(c, tuple(_claims_of(c, by_record))) for c in commitments)
    return tuple(_concluded(case, _overdue(case, known, as_of)) for case in cases)


def _by_record(found: Iterable[Claim]) -> dict[str, list[Claim]]:
    by_record: dict[str, list[Claim]] = {}
    for claim in found:
        by_record.setdefault(claim.record, []).append(claim)
    return by_record


def _claims_of(commitment: Commitment, by_record: Mapping[str, Sequence[Claim]]) -> Iterator[Claim]:
    """The claims that a commitment is made of; of several that one record makes, the one most like its words."""
    passage = read_passage(commitment.words)
    for record in (*commitment.reports, *commitment.tellings):
        made = by_record.get(record, ())
        if made:
            exact = [claim for claim in made if claim.words == commitment.words]
            yield exact[0] if exact else max(made, key=lambda c: (likeness(c.passage, passage), -c.start))


def _settled(
    case: Case, made: ByDay[Case], known: Known, done: ByDay[Item], as_of: date, holders: Lexicon
) -> Commitment:
    commitment = case.commitment
    if commitment.made is None or not case.claims:
        return replace(commitment, state="open", settled=None)
    meets = any(claim.meets for claim in case.claims)
    if meets:
        left = departure(commitment, case.claims, known, as_of, holders)
        found = [*meeting_outcomes(commitment, case.claims, known), *([left] if left else [])]
    else:
        found = list(deed_outcomes(commitment, case.claims, done))
    later = made.within(shift(commitment.made, 1, "D"), shift(commitment.made, HORIZON, "D"))
    found += decisions(commitment, case.claims, ((other.commitment, other.claims) for other in later))
    found += _replacements(case, later)
    found += _overdue(case, known, as_of)
    return _concluded(case, found)


def _concluded(case: Case, outcomes: Iterable[Outcome]) -> Commitment:
    commitment = case.commitment
    found = [outcome for outcome in outcomes if outcome.confidence >= _LEAST]
    if not found:
        return replace(commitment, state="open", settled=None)
    # What was done in time counts, though it be reported after the due date.
    best = min(found, key=lambda o: (o.silent is not None, o.on, -o.confidence, o.records))
    settled = Settlement(best.on, best.why, best.records or _told(case), round(best.confidence, 2), best.silent)
    return replace(commitment, state=best.state, settled=settled)


def _told(case: Case) -> tuple[str, ...]:
    """The record that tells of the undertaking with its due date, else the first that tells of it."""
    dated = [claim for claim in case.claims if claim.due[1] == case.commitment.due_end]
    return (min(dated or case.claims, key=lambda claim: (claim.published, claim.record)).record,)


def _overdue(case: Case, known: Known, as_of: date) -> list[Outcome]:
    due = case.commitment.due_end
    if any(_GOES_ON.search(claim.words) for claim in case.claims):
        return []
    # "In the coming weeks" names no day that could be missed.
    if due is None or as_of - due <= grace(case.claims) or is_vague(case.claims):
        return []
    silent = known.since(due)
    if not silent:
        # Nothing is known of the two since the due date: what became of it is not known either.
        return []
    last, record = silent[-1]
    count = f"the {len(silent)} documents filed" if len(silent) > 1 else "the one document filed"
    why = f"due by {due}; nothing in {count} on the two from after that day, the last of {last}, tells that it was done"
    return [Outcome("lapsed", due, why, (*_told(case), record), _UNREPORTED, silent=len(silent))]


def _replacements(case: Case, cases: Sequence[Case]) -> list[Outcome]:
    """Later undertakings on the same thing on other terms: another date, another figure."""
    mine = case.commitment
    found = []
    for other in cases:
        later = other.commitment
        assert later.made
        if mine.due_end and later.made > mine.due_end:
            continue
        if any(_replaces(new, old, later, mine) for new in other.claims for old in case.claims):
            why = f"replaced by a later undertaking of {later.made}: {' '.join(later.words.split())}"
            found.append(Outcome("superseded", later.made, why, later.reports + later.tellings, _REPLACED))
    return found


def _replaces(new: Claim, old: Claim, later: Commitment, earlier: Commitment) -> bool:
    if new.meets != old.meets or new.kind == "threat" or old.kind == "threat":
        return False
    disjoint = (
        later.due_start is not None
        and earlier.due_end is not None
        and later.due_end is not None
        and later.due_start > earlier.due_end
    )
    if new.meets:
        return disjoint and bool(old.people) and old.people == new.people and old.host == new.host
    countries = {a.country for a in new.by} & {a.country for a in old.by}
    figures = bool(new.passage.figures and old.passage.figures and new.passage.figures != old.passage.figures)
    same = likeness(new.passage, old.passage) >= _SAME_THING and bool(new.passage.deeds & old.passage.deeds)
    return bool(countries) and same and (figures or disjoint)

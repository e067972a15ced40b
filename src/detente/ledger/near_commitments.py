"""Which commitments must be looked at again when some documents are filed, and what they are then.

    remade(near, documents, change, was, as_of, holders) -> Remade

Claims are of one document, given the episodes of its reports, so only those of documents that have changed, or whose
episodes have, are new. What they are linked to is put together again (`_regrouped`), and what others say near to them
is heard again (`_heard_near`). A state is found again where a record or an undertaking has changed in the days in which
the rules look for what became of it (`_unsettled`), or where a due date has passed in silence (`_waiting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.claim import Claim
from detente.ledger.commitments import (
    TOLD_AGAIN,
    Met,
    commitment_of,
    group_claims,
    in_order,
    meetings_of,
    same,
    sorts_of,
)
from detente.ledger.confirmations import NEAR, SOON, Spoken
from detente.ledger.departures import NEWS, left_office
from detente.ledger.fulfilment import may_settle
from detente.ledger.meetings import GRACES
from detente.ledger.near_episodes import Rebuilt
from detente.ledger.nearby import Days, Nearby, merged
from detente.ledger.outcome import HORIZON, Known, day_of
from detente.ledger.settlement import find_overdue, settle_claims
from detente.ledger.undertakings import claims
from detente.ledger.undertakings import in_order as claims_in_order
from detente.lexicon import Lexicon
from detente.relations import Commitment, Episode

_MEETING: Final = TOLD_AGAIN["meeting"]
_TALKS: Final = "realised AND (act = 'CONSULT' OR type = 'CONSULT')"

# Nothing has settled it but, perhaps, that nobody told of it when it was due; it is to meet.
UNSETTLED: Final = """(state = 'open' OR state = 'lapsed' AND NOT contains(record, '"silent":null'))"""
MEETS: Final = """contains(record, '"meets":true')"""
_BORNE_ON: Final = f"""EXISTS (SELECT 1 FROM (SELECT unnest($days::DATE[]) AS day) d
  WHERE made_on < d.day AND made_on >= d.day - {HORIZON}
    AND ({UNSETTLED} OR settled_on >= d.day OR state = 'kept'))"""


@dataclass(frozen=True, slots=True)
class Remade:
    """Commitments as kept that are looked at again, and those in their place."""

    gone: tuple[Commitment, ...]
    fresh: tuple[Commitment, ...]


def remade(near: Nearby, documents: Iterable[str], change: Rebuilt, was: date, as_of: date, holders: Lexicon) -> Remade:
    """The commitments that change because these documents were filed, and so these episodes changed, and because the
    days from `was` to `as_of` have passed."""
    return _Remaking(near, set(documents), change, was, as_of, holders).result()


class _Remaking:
    def __init__(
        self, near: Nearby, documents: set[str], change: Rebuilt, was: date, as_of: date, holders: Lexicon
    ) -> None:
        self.near, self.documents, self.change = near, documents, change
        self.was, self.as_of, self.holders = was, as_of, holders
        near.load(documents)
        changed = {id for episode in (*change.gone, *change.fresh) for id in episode.reports}
        self.touched = documents | {near.reports[id].event.document for id in changed}
        near.load(self.touched)
        # The episode of each report, and the claims of each document, that were asked for till now.
        self._episodes: dict[str, Episode] = {id: e for e in change.fresh for id in e.reports}
        self._claims: dict[str, tuple[Claim, ...]] = {}

    def result(self) -> Remade:
        near = self.near
        ids, groups = self._regrouped()
        broken = self._kept(ids)
        sources = near.sources(claim.document for group in groups for claim in group)
        near.load_published(stretch for group in groups for stretch in _voices(group))
        spoken = Spoken(near.reports, near.heard().answering)
        joined = [commitment_of(near.dyad, group, spoken, sources) for group in groups]
        open_to = self._unsettled(self._changed(broken, joined)) - ids
        waiting = self._waiting(ids | open_to)
        asked = self._kept(open_to | {c.id for c in waiting if not _waits(c)})
        waiting = [c for c in waiting if c.id not in {one.id for one in asked}]
        again = in_order((*joined, *asked))
        beside = self._beside(again, {c.id for c in (*broken, *asked)})
        known, found = self._known(again, waiting, beside)
        settled = settle_claims(again, found, known, self.as_of, self.holders, beside)
        overdue = find_overdue(waiting, found, known, self.as_of)
        return Remade((*broken, *asked, *waiting), in_order((*settled, *overdue)))

    def _changed(self, before: Sequence[Commitment], after: Sequence[Commitment]) -> list[Commitment]:
        """Those that are not the same as they were, their state left aside, or that changed documents tell."""
        old = [replace(c, state="open", settled=None) for c in before]
        unmoved = [c for c in old if c in after and self.touched.isdisjoint(c.documents)]
        return [c for c in (*old, *after) if c not in unmoved]

    def _kept(self, ids: Iterable[str]) -> list[Commitment]:
        wanted = sorted(ids)
        return self.near.commitments("list_contains($ids::VARCHAR[], id)", {"ids": wanted}) if wanted else []

    def claims(self, documents: Iterable[str]) -> list[Claim]:
        """The claims of documents, in their order."""
        near, wanted = self.near, sorted(set(documents))
        near.load(wanted)
        fresh = [document for document in wanted if document not in self._claims]
        if fresh:
            self._learn(id for document in fresh for id in near.whole.get(document, ()))
            heard = near.heard(fresh).undertaking
            told: dict[str, list[Claim]] = {document: [] for document in fresh}
            episodes = {e.id: e for e in (self._episodes[r.event.id] for r in near.of(fresh))}
            own = {report.event.id: report for report in near.of(fresh)}
            for claim in claims(near.dyad, episodes.values(), own, heard):
                told[claim.document].append(claim)
            self._claims |= {document: tuple(found) for document, found in told.items()}
        return list(claims_in_order(c for document in wanted for c in self._claims[document]))

    def _learn(self, ids: Iterable[str]) -> None:
        """Read the episodes of reports."""
        missing = sorted({id for id in ids if id not in self._episodes})
        if missing:
            for episode in self.near.episodes("list_has_any(reports, $ids::VARCHAR[])", {"ids": missing}):
                for id in episode.reports:
                    self._episodes.setdefault(id, episode)

    def _regrouped(self) -> tuple[set[str], list[list[Claim]]]:
        """Ids of the commitments as kept that claims may have left or joined, or of which others may now speak; and the
        groups that their claims and the new ones make."""
        near = self.near
        shifted = [day for day, _, _ in set(meetings_of(self.change.gone)) ^ set(meetings_of(self.change.fresh))]
        around = [(day - _MEETING, day + _MEETING) for day in shifted]
        near.load_days(around)
        turned = [c for c in self.claims(near.whole) if c.meets and any(a <= c.made <= b for a, b in around)]
        new = {_of(c): c for c in (*self.claims(self.touched), *turned)}
        near.load_days((c.made - _reach(c), c.made + _reach(c)) for c in new.values())
        others = self.claims(near.whole)
        met = self._met(new.values())
        records = {c.record for c in new.values()}
        for one in others:
            if one.record not in records and any(
                _are_near(one, other) and _same(one, other, met) for other in new.values()
            ):
                records.add(one.record)
        waiting = [*self._heard_near(), *self._telling(records)]
        waiting += near.commitments("list_has_any(documents, $ids::VARCHAR[])", {"ids": sorted(self.touched)})
        ids: set[str] = set()
        while waiting:
            ids |= {c.id for c in waiting}
            own = self._kept(ids)
            near.load(document for c in own for document in c.documents)
            records |= {id for c in own for id in (*c.reports, *c.tellings)}
            waiting = [c for c in self._telling(records) if c.id not in ids]
        members = [c for c in self.claims(near.whole) if c.record in records or c.document in self.touched]
        return ids, group_claims(members, self._met(members))

    def _telling(self, records: set[str]) -> list[Commitment]:
        """Commitments as kept that rest on any of these records."""
        documents = {c.document for c in self.claims(self.near.whole) if c.record in records}
        found = self.near.commitments("list_has_any(documents, $ids::VARCHAR[])", {"ids": sorted(documents)})
        return [c for c in found if not records.isdisjoint((*c.reports, *c.tellings))]

    def _heard_near(self) -> list[Commitment]:
        """Commitments as kept that the changed documents may confirm or deny."""
        days = {report.source.published for report in self.near.of(self.documents)}
        days |= {telling.source.published for telling in self.near.heard(self.documents).answering}
        found: list[Commitment] = []
        for day in sorted(day for day in days if day):
            near = self.near.documents_in([(shift(day, -NEAR.days, "D"), shift(day, NEAR.days, "D"))])
            values = {"since": shift(day, -SOON.days, "D"), "day": day, "ids": sorted(near)}
            where = "made_on BETWEEN $since AND $day OR list_has_any(documents, $ids::VARCHAR[])"
            found += self.near.commitments(where, values)
        return found

    def _met(self, found: Iterable[Claim]) -> tuple[Met, ...]:
        """The meetings between claims of meetings that may be one."""
        days = [(c.made - _MEETING, c.made + _MEETING) for c in found if c.meets]
        clean = {e.id for e in self.change.gone}
        kept = [e for e in self.near.episodes_in(days, _TALKS) if e.id not in clean]
        return meetings_of([*kept, *self.change.fresh])

    def _unsettled(self, regrouped: Iterable[Commitment]) -> set[str]:
        """Ids of the commitments as kept whose state something that has changed may bear on.

        What a record or an undertaking makes of a commitment bears the record's day, and the first day decides. So
        nothing changes in one that was settled before; but a meeting may stand in the way of one that kept it.
        """
        near = self.near
        told = near.of(self.documents)
        self._learn(report.event.id for report in told)
        moved = {id(e): e for e in (*self.change.gone, *self.change.fresh)}
        moved |= {id(e): e for e in (self._episodes[report.event.id] for report in told)}
        near.load_reports(id for episode in moved.values() for id in episode.reports)
        # As known on the day before, and on this.
        then = Known.up_to(self.was, moved.values(), near.reports, ())
        days = {e.start for e in (*moved.values(), *then.episodes) if e.start}
        reports = [*told, *(near.reports[id] for episode in moved.values() for id in episode.reports)]
        days |= {day_of(report) for report in reports if may_settle(report)}
        heard = near.heard(self.documents)
        days |= {telling.source.published for telling in heard.telling if telling.source.published}
        days |= {c.made for c in regrouped if c.made}
        found = near.commitments(_BORNE_ON, {"days": sorted(days)})
        published = {r.source.published for r in reports}
        published |= {t.source.published for t in (*heard.telling, *heard.answering)}
        # Texts of these days may tell that somebody has left office.
        for since, until in merged((shift(day, -NEWS, "D"), day) for day in published if day):
            found += near.commitments("settled_on BETWEEN $since AND $until", {"since": since, "until": until})
        if any(h.end and self.was < h.end <= self.as_of and h.country in near.dyad for h in self.holders.holders):
            found += [c for c in near.commitments(UNSETTLED, {}) if self._is_left(c)]
        return {c.id for c in found}

    def _is_left(self, one: Commitment) -> bool:
        """Whether one of those who were to meet has left office in the days that have passed."""
        actors = (*one.by, *one.towards) if one.made else ()
        days = [left_office(actor, one.made, self.holders) for actor in actors if one.made]
        return any(day is not None and self.was < day <= self.as_of for day in days)

    def _waiting(self, apart: set[str]) -> list[Commitment]:
        """Other commitments as kept that the days in which nothing more was told may have settled; of those that share
        an id all, if one of them may be."""
        published = [r.source.published for r in self.near.of(self.documents) if r.source.published]
        since = min((shift(day, -HORIZON, "D") for day in published), default=self.was)
        values = {"since": min(since, self.was - max(GRACES)), "day": self.as_of}
        found = self.near.commitments("due_end BETWEEN $since AND $day AND state IN ('open', 'lapsed')", values)
        return self._kept({c.id for c in found if _waits(c)} - apart)

    def _beside(self, again: Sequence[Commitment], apart: set[str]) -> list[Commitment]:
        """Other commitments that may settle these."""
        found: list[Commitment] = []
        for since, until in merged((c.made, shift(c.made, HORIZON, "D")) for c in again if c.made):
            found += self.near.commitments("made_on BETWEEN $since AND $until", {"since": since, "until": until})
        return [c for c in found if c.id not in apart]

    def _known(
        self, again: Sequence[Commitment], waiting: Sequence[Commitment], beside: Sequence[Commitment]
    ) -> tuple[Known, tuple[Claim, ...]]:
        """What is known in the days on which these may have been settled, and the claims of all of them."""
        near = self.near
        days = [stretch for c in again for stretch in self._settling(c)]
        near.load_days(days)
        near.load_published((c.due_end, shift(c.due_end, HORIZON, "D")) for c in (*again, *waiting) if c.due_end)
        found = self.claims(document for c in (*again, *waiting, *beside) for document in c.documents)
        gone = {e.id for e in self.change.gone}
        talks = [e for e in near.episodes_in(days, _TALKS) if e.id not in gone]
        self._learn(near.reports)
        episodes = {e.id: e for e in (*talks, *self.change.fresh, *self._episodes.values())}
        near.load_reports(id for e in episodes.values() for id in e.reports)
        heard = near.heard()
        tellings = {id(t): t for t in (*heard.telling, *heard.answering)}.values()
        known = Known.up_to(self.as_of, episodes.values(), near.reports, tellings)
        told = (c for c in found if c.published <= self.as_of and (not c.is_event or c.record in known.records))
        return known, tuple(told)

    def _settling(self, one: Commitment) -> Iterator[Days]:
        """The days of what may have settled a commitment."""
        if one.made is None:
            return
        yield one.made, shift(one.made, HORIZON, "D")
        for actor in (*one.by, *one.towards):
            left = left_office(actor, one.made, self.holders)
            if left is not None and left <= self.as_of:
                yield left, shift(left, NEWS, "D")


def _waits(one: Commitment) -> bool:
    """Whether nothing has settled it but, perhaps, that it is overdue."""
    return one.settled is None or one.settled.silent is not None


def _of(claim: Claim) -> tuple[str, int]:
    return claim.record, claim.start


def _voices(group: Sequence[Claim]) -> Iterator[Days]:
    """The days in which others may confirm or deny what claims tell."""
    made, told = min(c.made for c in group), min(c.published for c in group)
    yield made, shift(made, SOON.days, "D")
    yield shift(told, -NEAR.days, "D"), shift(told, NEAR.days, "D")


def _same(one: Claim, other: Claim, met: Sequence[Met]) -> bool:
    first, second = claims_in_order((one, other))
    return same(first, second, met)


def _reach(claim: Claim) -> timedelta:
    return max(TOLD_AGAIN[sort] for sort in sorts_of(claim))


def _are_near(one: Claim, other: Claim) -> bool:
    """Whether `group_claims` compares the two."""
    shared = set(sorts_of(one)) & set(sorts_of(other))
    apart = abs(one.made - other.made)
    return one.document == other.document or any(apart <= TOLD_AGAIN[sort] for sort in shared)

"""Promises and their fate; the next dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from math import log
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_frame import FLOOR, Frame, cell, records_of
from detente.analysis.brief_model import Line, Row, Section
from detente.analysis.wording import content_words, says_the_same
from detente.relations import Commitment

_CAP: Final = 10
_DEMAND: Final = re.compile(
    r"\b(should|must|ought to|needs? to|has to|have to|urges?|urged|calls? on|called on)\b", re.IGNORECASE
)
# Said to somebody: an interviewer speaks, or words are quoted that bind nobody.
_YOU: Final = re.compile(r"\b[Yy]ou\b")
_UNDERTAKES: Final = re.compile(
    r"\b(undertook|undertaken|undertakes?|agrees?|agreed|pledged?|pledges|promises|promised|vows?|vowed|committed)\b"
)
# Nobody undertakes what he does not know.
_UNSURE: Final = re.compile(r"\b(?:do|does|did) ?(?:n['’]t|not) know\b", re.IGNORECASE)
_WISH: Final = re.compile(
    r"\b(hopes?|hoped|hoping|maybe|perhaps|might|wish(?:es)?|confident|discuss(?:ed)?|looks? forward|looked forward)\b"
    r"|^“(?:… )?(?:These|This|That|It|They)\b",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\d")
_DATES_CAP: Final = 8
# The same undertaking is told again within so many days.
_RETOLD: Final = timedelta(days=7)


def promises_in_brief(frame: Frame) -> tuple[Commitment, ...]:
    """Commitments made, settled or due in the period or later, the weightiest first."""
    dossier = frame.dossier

    def concerns(commitment: Commitment) -> bool:
        settled = commitment.settled.on if commitment.settled else None
        if commitment.made is not None and commitment.made > dossier.until:
            return False
        due = commitment.due_end if commitment.state == "open" else None
        return any(when is not None and dossier.since <= when for when in (commitment.made, settled, due))

    found = [c for c in dossier.commitments if is_fit(frame, c) and concerns(c)]
    return distinct_promises(sorted(found, key=lambda c: (-_weight(c), -_turn(c).toordinal(), c.id)))


def _weight(commitment: Commitment) -> float:
    """How much a desk wants to know of it: what is known of its fate, what binds one side alone, what was confirmed or
    denied, what is specific, what several documents tell."""
    known = commitment.settled is not None and verdict_of(commitment)[0] == commitment.state
    weight = 2.0 * known + 1.0 * is_specific(commitment) + 0.5 * (commitment.confirmation != "silent")
    weight += 0.5 * (len({actor.country for actor in commitment.by}) == 1)
    return weight + 0.5 * log(max(1, len(commitment.documents)), 2)


def is_specific(commitment: Commitment) -> bool:
    """Whether it says more than that both "keep talking": a day, a figure, a guest."""
    return commitment.kind == "invitation" or commitment.due_end is not None or bool(_FIGURE.search(commitment.words))


def _turn(commitment: Commitment) -> date:
    """The day on which it was settled or, while open, made."""
    settled = commitment.settled.on if commitment.settled else None
    return settled or commitment.made or date.min


def is_fit(frame: Frame, commitment: Commitment) -> bool:
    """Whether it is sure enough, undertaken by those whom it binds, and no mere question, wish or possibility.

    "The US should honour its promise" is a demand, unless the US itself says so; "we may hope" is no promise.
    """
    if commitment.confidence < FLOOR or frame.only_asked(records_of(commitment)):
        return False
    if commitment.state == "open" and not _is_meant(frame, commitment):
        return False
    sentence = frame.promise(commitment)
    if _YOU.search(sentence) or _UNSURE.search(sentence) or (commitment.kind == "promise" and _WISH.search(sentence)):
        return False
    bound = {actor.country for actor in commitment.by}
    return bound <= set(commitment.claimed_by) or not is_demand(sentence)


def _is_meant(frame: Frame, commitment: Commitment) -> bool:
    """Whether it is told as more than possible, or said by those bound of themselves."""
    events = [frame.dossier.reports[r].event for r in commitment.reports if r in frame.dossier.reports]
    if any(event.status != "possible" for event in events):
        return True
    countries = [re.escape(frame.name(actor.country)) for actor in commitment.by if actor.country]
    own = re.compile(rf"\b(?:I|[Ww]e|[Oo]ur|{'|'.join(countries)})\b") if countries else _YOU
    said = [frame.citer.statements[number] for number in commitment.tellings if number in frame.citer.statements]
    return any(s.form != "direct" or own.search(s.content.text) for s in said)


def is_demand(sentence: str) -> bool:
    """Whether it says what somebody ought to do, and not that he undertook to."""
    return bool(_DEMAND.search(sentence)) and not _UNDERTAKES.search(sentence)


def distinct_promises(commitments: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """Without those that say what an earlier one of the sequence says, by the same side, in the same days."""
    kept: list[tuple[Commitment, frozenset[str]]] = []
    for commitment in commitments:
        words = content_words(commitment.words)
        if not any(_same_time(commitment, other) and says_the_same(words, theirs) for other, theirs in kept):
            kept.append((commitment, words))
    return tuple(commitment for commitment, _ in kept)


def _same_time(one: Commitment, other: Commitment) -> bool:
    if one.made is None or other.made is None or abs(one.made - other.made) > _RETOLD:
        return False
    return {a.country for a in one.by} == {a.country for a in other.by}


def parties(frame: Frame, commitment: Commitment) -> str:
    """United States → China; United States and China where both undertake it."""
    one, other = frame.sides(commitment.by), frame.sides(commitment.towards)
    return f"{one} → {other}" if one and other and one != other else one or other


def promises_section(frame: Frame) -> Section:
    """One row a commitment: who undertook what, when and by when, what the other side says, what became of it."""
    found = promises_in_brief(frame)
    # The weightiest are shown, those settled first and the latest first.
    shown = sorted(found[:_CAP], key=lambda c: (c.settled is None, -_turn(c).toordinal(), c.id))
    columns = (("Made, due", 4), ("Undertaking", 8), ("The other side", 4), ("What became of it", 7))
    empty = "No promise, invitation or agreement is filed for these days."
    items, make = [*shown, *found[_CAP:]], partial(_promise_row, frame)
    return frame.section("promises", "Promises and their fate", columns, items, make, _CAP, "commitments", empty)


def _promise_row(frame: Frame, commitment: Commitment) -> Row:
    said = (
        Line(f"{parties(frame, commitment)}: {desk.UNDERTAKINGS[commitment.kind]}", style="strong"),
        Line(frame.promise(commitment), frame.citer.records(records_of(commitment)), "quote"),
    )
    when = [Line(desk.day(commitment.made) if commitment.made else "undated")]
    if commitment.due_end or commitment.due_start:
        when.append(Line("due " + desk.days(commitment.due_start, commitment.due_end), style="dim"))
    return Row((tuple(when), said, _confirmation(frame, commitment), fate(frame, commitment)), commitment.id)


def _confirmation(frame: Frame, commitment: Commitment) -> tuple[Line, ...]:
    claimed = [country for country in frame.dossier.dyad if country in commitment.claimed_by]
    by = (Line("said by " + desk.listed([frame.name(c) for c in claimed]), style="dim"),) if claimed else ()
    if commitment.confirmation != "silent":
        style = "good" if commitment.confirmation == "confirmed" else "bad"
        notes = frame.citer.records(commitment.confirmed_by, 2)
        return (Line(desk.capital(commitment.confirmation), notes, style), *by)
    if len(claimed) != 1:
        return by or (Line("told by reporters", style="dim"),)
    other = next(country for country in frame.dossier.dyad if country != claimed[0])
    has_account = commitment.made is not None and frame.accounts_near(other, commitment.made)
    return (Line("not in its account" if has_account else "no account filed", style="dim"), *by)


def verdict_of(commitment: Commitment) -> tuple[str, str]:
    """The state in words, with its style. That nothing is filed of it is no proof that it was not done."""
    settled = commitment.settled
    if settled and settled.silent is not None:
        return ("not reported as done", "open")
    return desk.STATES[commitment.state]


def fate(frame: Frame, commitment: Commitment) -> tuple[Line, ...]:
    """The state in a word, and why, with the evidence."""
    word, style = verdict_of(commitment)
    settled = commitment.settled
    if settled is None:
        late = commitment.due_end is not None and commitment.due_end < frame.dossier.as_of
        return (Line("Open, past its day" if late else "Open", style="bad" if late else style),)
    when = f", {desk.day(settled.on)}" if settled.on and word == commitment.state else ""
    told = settled.why
    if " ".join(commitment.words.split()).rstrip(".") in told:
        # The row has these words already.
        told = told.partition(":")[0]
    why = Line(desk.with_desk_dates(told), frame.citer.records(settled.records))
    return (Line(f"{desk.capital(word)}{when}", style=style), why)


def dates_section(frame: Frame) -> Section:
    """What is to come after the day of the brief, the next first: commitments with a day, and planned meetings."""
    found = sorted((*_planned(frame), *_due(frame)), key=lambda coming: (coming.on, coming.record))
    columns = (("When", 3), ("What is due or planned", 15))
    make, empty = partial(_date_row, frame), "No date to come is filed."
    return frame.section("dates", "Next dates", columns, found, make, _DATES_CAP, "commitments", empty)


@dataclass(frozen=True, slots=True)
class _Coming:
    """What is to come: from when on, how its days are told, who is to do what, in which words of which records."""

    on: date
    days: str
    head: str
    words: str
    records: tuple[str, ...]
    record: str


def _due(frame: Frame) -> Iterator[_Coming]:
    today = frame.dossier.as_of
    for commitment in distinct_promises([c for c in frame.dossier.commitments if is_fit(frame, c)]):
        start, end = commitment.due_start or commitment.due_end, commitment.due_end or commitment.due_start
        if commitment.state != "open" or not start or not end or end < today:
            continue
        head = f"{parties(frame, commitment)}: {desk.UNDERTAKINGS[commitment.kind]}"
        # What has begun to be due is told by its end.
        days = desk.days(start, end) if start >= today else f"by {desk.day(end)}"
        records = records_of(commitment)
        yield _Coming(max(start, today), days, head, frame.promise(commitment), records, commitment.id)


def _planned(frame: Frame) -> Iterator[_Coming]:
    """Meetings planned that are no commitment."""
    promised = {commitment.episode for commitment in frame.dossier.commitments}
    for episode in frame.dossier.episodes:
        if episode.status != "planned" or episode.act != "CONSULT" or episode.confidence < FLOOR:
            continue
        if episode.start is None or episode.start < frame.dossier.as_of or episode.id in promised:
            continue
        head = f"{frame.direction(episode)}: planned meeting"
        words = frame.words(episode.reports, episode.words)
        days = desk.days(episode.start, episode.end or episode.start)
        yield _Coming(episode.start, days, head, words, episode.reports, episode.id)


def _date_row(frame: Frame, coming: _Coming) -> Row:
    quote = Line(coming.words, frame.citer.records(coming.records), "quote")
    return Row((cell(coming.days), (Line(coming.head, style="strong"), quote)), coming.record)

"""Agreement of coders and precision of the coder, against published examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from detente.analysis.agreement import CoderCount, agreement, alpha, contested
from detente.analysis.precision import precision, wilson
from detente.ledger.reviews import Review, make_review
from detente.records import Actor, DateRange, Event, Participant, Span

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
TEXT = "Norway criticised Sweden on Monday."


def _who(code: str, name: str, start: int) -> Participant:
    return Participant(Actor(code, name, code, ("GOV",)), Span("d", start, start + len(name), name))


EVENT = Event(
    document="d",
    sentence=0,
    type="ACCUSE",
    mode="disapprove",
    contexts=(),
    status="happened",
    actors=(_who("NOR", "Norway", 0),),
    recipients=(_who("SWE", "Sweden", 18),),
    reciprocal=False,
    date=DateRange(date(2024, 5, 13), date(2024, 5, 13), "relative", "Monday"),
    place=None,
    said_by=None,
    evidence=Span("d", 0, len(TEXT), TEXT),
    trigger=Span("d", 7, 17, "criticised"),
    cameo="111",
    quad="verbal conflict",
    quad_scheme="plover",
    score=-2.0,
    confidence=0.7,
    coder="détente 1",
)


def _coded(number: int) -> Event:
    return replace(EVENT, document=f"d{number}", trigger=Span(f"d{number}", 7, 17, "criticised"))


def _said(number: int, who: str, judged: Event | None, drawn: str = "chosen") -> Review:
    made = make_review(_coded(number), who, NOON, judged, "so it is", drawn)
    return replace(made, number=number * 10 + ord(who[0]), at=NOON + timedelta(seconds=number))


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: the examples A, B and C, with his results.
@pytest.mark.parametrize(
    ("coders", "published"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".33323422 51.".replace(" ", ""), "12332441251."), 0.743),
    ],
)
def test_alpha_is_that_of_the_published_examples(coders: tuple[str, ...], published: float) -> None:
    units = [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]
    assert alpha(units) == pytest.approx(published, abs=0.0005)


def test_alpha_is_1_for_one_mind_0_for_chance_and_none_without_variation() -> None:
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    assert alpha([("a", "b"), ("b", "a"), ("a", "a"), ("b", "b")]) == pytest.approx(0.125)
    assert alpha([("a", "a"), ("a", "a")]) is None and alpha([("a",)]) is None and alpha([]) is None


def test_agreement_is_told_by_field_over_what_both_kept() -> None:
    other = replace(EVENT, type="THREATEN", mode=None, quad="verbal conflict")
    reviews = [_said(n, who, _coded(n)) for n in range(6) for who in ("Ada", "Ben")]
    reviews += [_said(6, "Ada", replace(other, document="d6")), _said(6, "Ben", _coded(6))]
    reviews += [_said(7, "Ada", None), _said(7, "Ben", None), _said(8, "Ada", None), _said(8, "Ben", _coded(8))]
    reviews += [_said(9, "Ada", _coded(9))]
    found = agreement(reviews)
    fields = {one.field: one for one in found.fields}
    assert found.records == 9 and found.coders == (CoderCount("Ada", 9), CoderCount("Ben", 9)) and found.contested == 2
    assert fields["kept"].records == 9 and fields["kept"].same == pytest.approx(8 / 9)
    assert fields["type"].records == 7 and fields["type"].same == pytest.approx(6 / 7)
    assert fields["quad"].same == 1.0 and fields["quad"].alpha is None
    assert [{one.reviewer for one in of} for of in contested(reviews)] == [{"Ada", "Ben"}] * 2


# Newcombe, R. G. (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17: 857-872,
# table I, method 3 (Wilson).
@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_the_published_examples(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right, n) == (pytest.approx(low, abs=0.00005), pytest.approx(high, abs=0.00005))


def test_precision_says_what_n_by_whom_and_what_was_passed_over() -> None:
    drawn = "random 7"
    wrong = replace(EVENT, document="d1", status="planned")
    reviews = [_said(0, "Ada", _coded(0), drawn), _said(1, "Ada", wrong, drawn), _said(2, "Ada", None, drawn)]
    reviews += [_said(3, "Ada", _coded(3))]
    places = {one.number: place for one, place in zip(reviews, (1, 2, 5), strict=False)}
    found = precision(reviews, drawn, "détente 1", places, 40)
    assert (found.judged, found.whole, found.passed, found.reviewers) == (3, 40, 2, ("Ada",))
    shares = {one.what: one for one in found.shares}
    assert shares["there is such an event"].right == 2 and shares["type and both sides"].right == 2
    assert shares["type, both sides and status"].right == shares["every field"].right == 1
    assert (shares["every field"].low, shares["every field"].high) == wilson(1, 3)
    assert precision(reviews, drawn, "détente 1", places, 40, "Ben").shares == ()
    # After coding anew nobody knows the order any more; what was judged stays true of the coder of then.
    assert precision(reviews, drawn, "détente 1", {}, 40).passed is None
    contradicted = [*reviews, _said(0, "Ben", None)]
    assert (precision(contradicted, drawn, "détente 1", places, 40).contested) == 1

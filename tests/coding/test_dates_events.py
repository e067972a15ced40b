"""An event gets the date that its own clause gives it."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding.dates import date_for, find_dates
from detente.coding.parse import analyse
from detente.records import DateRange, Document

# A Wednesday.
PUBLISHED = date(2024, 3, 13)


def when(text: str, trigger: str, status: str | None = None, published: date | None = PUBLISHED) -> DateRange:
    analysis = analyse(Document(text, published=published))
    analysis.dates = find_dates(analysis)
    index = next(token.i for token in analysis.doc if token.text == trigger)
    return date_for(analysis, index, status)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "trigger", "status", "start", "end", "basis"),
    [
        ("The ministers held talks in Oslo on Sunday.", "held", "happened", "2024-03-10", "2024-03-10", "relative"),
        ("The ministers held talks in Oslo on Sunday.", "talks", "happened", "2024-03-10", "2024-03-10", "relative"),
        ("He will meet the king later in the day.", "meet", "planned", "2024-03-13", "2024-03-13", "relative"),
        ("He was set to visit Oslo in January until the storm came.", "visit", "cancelled", "2024-01-01",
        "2024-01-31", "relative"),
        ("He will travel to Oslo next month.", "travel", "planned", "2024-04-01", "2024-04-30", "relative"),
        (
            "She recalled the pair's meeting in Oslo last year, when both promised to disarm.",
            "promised", "happened", "2023-01-01", "2023-12-31", "inherited",
        ),
        ("The minister said on Monday that he will visit Oslo.", "visit", "planned", "2024-03-13", None,
        "publication"),
        ("The army shelled the town.", "shelled", "happened", "2024-03-13", "2024-03-13", "publication"),
        ("The army shelled the town.", "shelled", "historical", None, "2024-03-12", "publication"),
        ("Norway condemned the talks held in May.", "condemned", "happened", "2024-03-13", "2024-03-13",
        "publication"),
        ("Norway condemned Sunday's attack.", "attack", "happened", "2024-03-10", "2024-03-10", "relative"),
        ("Norway condemned Sunday's attack.", "condemned", "happened", "2024-03-13", "2024-03-13", "publication"),
        ("The talks will last from Friday to Sunday.", "talks", "planned", "2024-03-15", "2024-03-17", "relative"),
        ("The army has shelled the town since 2022.", "shelled", "ongoing", "2022-01-01", "2024-03-13", "explicit"),
        ("The envoy arrived on Monday and met the queen.", "met", "happened", "2024-03-11", "2024-03-11", "relative"),
        ("The towns were shelled between 2011 and 2013.", "shelled", "happened", "2011-01-01", "2013-12-31", ""),
        ("The towns were shelled from 2011 to 2013.", "shelled", "happened", "2011-01-01", "2013-12-31", "explicit"),
        ("He hopes to visit Oslo this year.", "visit", "possible", "2024-03-13", "2024-12-31", "relative"),
        ("The visit follows several months of contact.", "contact", "historical", "2023-09-13", "2024-03-12",
        "relative"),
        ("On Thursday, the king looks forward to welcoming her.", "welcoming", "planned", "2024-03-14", "2024-03-14",
        "relative"),
        ("The king looked forward to visiting Oslo in September.", "visiting", "planned", "2024-09-01", "2024-09-30",
        "relative"),
        ("The talks lasted two hours.", "talks", "happened", "2024-03-13", "2024-03-13", "publication"),
    ],
)  # fmt: skip
def test_event_dates(text: str, trigger: str, status: str, start: str | None, end: str | None, basis: str) -> None:
    got = when(text, trigger, status)
    assert (got.start, got.end) == (_day(start), _day(end))
    if basis not in ("relative", ""):
        assert got.basis == basis


def test_the_narrative_past_goes_on_with_its_date() -> None:
    text = "Troops crossed the border on Sunday. They burned two villages."
    got = when(text, "burned", "happened")
    assert (got.start, got.basis) == (date(2024, 3, 10), "inherited")


def test_a_news_story_keeps_the_day_of_its_lead() -> None:
    got = when("Troops crossed the border on Monday.\n\nThey burned two villages.", "burned", "happened")
    assert (got.start, got.basis) == (date(2024, 3, 11), "inherited")


def test_a_new_paragraph_ends_an_older_narrative() -> None:
    got = when("Troops crossed the border on 1 February.\n\nThey burned two villages.", "burned", "happened")
    assert got.basis == "publication"


def test_the_same_day_is_the_day_of_the_story() -> None:
    text = "The minister cancelled a visit on Monday that was to begin on Tuesday. He left the same day."
    assert when(text, "left", "happened").start == date(2024, 3, 11)


def test_a_trip_lasts_as_long_as_it_is_said_to() -> None:
    got = when("The king will arrive in Oslo on Sunday for a three-day visit.", "visit", "planned")
    assert (got.start, got.end) == (date(2024, 3, 17), date(2024, 3, 19))


def test_the_day_to_which_something_is_put_off_is_not_the_day_of_putting_it_off() -> None:
    got = when("The king postponed his trip until April.", "postponed", "happened")
    assert got.start == PUBLISHED


def test_no_publication_day_leaves_the_range_open() -> None:
    assert when("The army shelled the town.", "shelled", "happened", None) == DateRange(None, None, "publication")


def test_the_expression_is_kept_as_written() -> None:
    assert when("The ministers met in Oslo on Sunday.", "met", "happened").text == "Sunday"

"""Time expressions are found and resolved as a reader of the paper on that day would."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.analysis import Analysis, DateMention
from detente.coding.dates import find_dates
from detente.coding.parse import analyse
from detente.records import Document

# A Wednesday.
PUBLISHED = date(2024, 3, 13)


def dated(text: str, published: date | None = PUBLISHED) -> Analysis:
    analysis = analyse(Document(text, published=published))
    analysis.dates = find_dates(analysis)
    return analysis


def found(text: str, published: date | None = PUBLISHED) -> list[DateMention]:
    return list(dated(text, published).dates)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The envoys met on Monday.", "2024-03-11", "2024-03-11"),
        ("The envoys met on Wednesday.", "2024-03-13", "2024-03-13"),
        ("The envoys will meet on Monday.", "2024-03-18", "2024-03-18"),
        ("The envoys plan to meet on Friday.", "2024-03-15", "2024-03-15"),
        ("The envoys are scheduled to meet on Tuesday.", "2024-03-19", "2024-03-19"),
        ("Envoys to meet on Monday", "2024-03-18", "2024-03-18"),
        ("The vote was postponed until Monday.", "2024-03-18", "2024-03-18"),
        ("The envoys met last Friday.", "2024-03-08", "2024-03-08"),
        ("The envoys will meet next Thursday.", "2024-03-14", "2024-03-14"),
        ("The envoys met yesterday.", "2024-03-12", "2024-03-12"),
        ("The envoys will meet tomorrow.", "2024-03-14", "2024-03-14"),
        ("The envoys met last year.", "2023-01-01", "2023-12-31"),
        ("The envoys met last month.", "2024-02-01", "2024-02-29"),
        ("The envoys met last week.", "2024-03-04", "2024-03-10"),
        ("The envoys met in February.", "2024-02-01", "2024-02-29"),
        ("The envoys met in November.", "2023-11-01", "2023-11-30"),
        ("The envoys will meet in February.", "2025-02-01", "2025-02-28"),
        ("The envoys will meet in May.", "2024-05-01", "2024-05-31"),
        ("The envoys met over the weekend.", "2024-03-09", "2024-03-10"),
        ("The envoys will meet over the weekend.", "2024-03-16", "2024-03-17"),
        ("The envoys will meet later this year.", "2024-03-13", "2024-12-31"),
        ("The envoys met earlier this week.", "2024-03-11", "2024-03-13"),
        ("The envoys will meet in the coming months.", "2024-03-13", "2024-09-13"),
        ("The envoys met two weeks ago.", "2024-02-26", "2024-03-03"),
        ("The envoys met three days ago.", "2024-03-10", "2024-03-10"),
        ("The envoys will meet in two weeks.", "2024-03-25", "2024-03-31"),
        ("The envoys met from 3 to 5 March.", "2024-03-03", "2024-03-05"),
        ("The envoys met on March 3-5.", "2024-03-03", "2024-03-05"),
        ("The envoys met on Feb. 24, 2022.", "2022-02-24", "2022-02-24"),
        ("The envoys met on 24 February 2022.", "2022-02-24", "2022-02-24"),
        ("The envoys met on 2022-02-24.", "2022-02-24", "2022-02-24"),
        ("The envoys met on 2/24/2022.", "2022-02-24", "2022-02-24"),
        ("The envoys met on 24/2/2022.", "2022-02-24", "2022-02-24"),
        ("The envoys met in 2014.", "2014-01-01", "2014-12-31"),
        ("The envoys met often in the 1990s.", "1990-01-01", "1999-12-31"),
        ("The envoys met in the third quarter of 2023.", "2023-07-01", "2023-09-30"),
        ("The envoys met at the start of the year.", "2024-01-01", "2024-01-31"),
        ("The envoys will meet by the end of the year.", "2024-12-01", "2024-12-31"),
        ("The envoys met tonight.", "2024-03-13", "2024-03-13"),
        ("The truce began at midnight on Friday.", "2024-03-08", "2024-03-08"),
        ("The envoys met on Christmas Day.", "2023-12-25", "2023-12-25"),
        ("The envoys will meet at Easter.", "2024-03-31", "2024-03-31"),
        ("The envoys met on the 5th.", "2024-03-05", "2024-03-05"),
        ("The envoys met in the summer of 2021.", "2021-06-01", "2021-08-31"),
        ("The budget for fiscal 2023 was passed.", "2023-01-01", "2023-12-31"),
        ("The envoys met in 2011-13.", "2011-01-01", "2013-12-31"),
        ("The envoy was due to visit in January.", "2024-01-01", "2024-01-31"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    mentions = [m for m in found(text) if m.first is not None]
    assert mentions, "nothing found"
    assert (mentions[0].first, mentions[0].last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("They met on Sunday.", "2024-03-10", "DATE"),
        ("They met in 2022.", "2022", "DATE"),
        ("They met last week.", "2024-W10", "DATE"),
        ("They talked for seven and a half hours.", "PT7.5H", "DURATION"),
        ("It was a two-day trip.", "P2D", "DURATION"),
        ("They recently met.", "PAST_REF", "DATE"),
        ("They now meet.", "PRESENT_REF", "DATE"),
        ("They will meet soon.", "FUTURE_REF", "DATE"),
        ("Growth slowed in Q3 2023.", "2023-Q3", "DATE"),
        ("They met last summer.", "2023-SU", "DATE"),
        ("They meet every year.", "P1Y", "SET"),
        ("They meet on Mondays.", "XXXX-WXX-1", "SET"),
        ("They met on Tuesday morning.", "2024-03-12TMO", "TIME"),
        ("They met at 3pm on Tuesday.", "2024-03-13T15:00", "TIME"),
        ("They fought for decades.", "PXY", "DURATION"),
    ],
)
def test_timex_value(text: str, value: str, kind: str) -> None:
    mention = found(text)[0]
    assert (mention.value, mention.timex) == (value, kind)


def test_narrative_dates_count_from_the_date_last_mentioned() -> None:
    mentions = found("The raid began on 3 May 2019. The following day a truce was agreed. Three days later it broke.")
    assert [m.first for m in mentions] == [date(2019, 5, 3), date(2019, 5, 4), date(2019, 5, 7)]


def test_a_month_follows_the_year_that_governs_the_story() -> None:
    mentions = found("In 2014 the border was closed. In March it was opened again.")
    assert mentions[1].first == date(2014, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Ministers may agree.",
        "Protesters march through Paris.",
        "Some 2,000 soldiers crossed the river.",
        "The aid was worth $2014 million.",
        "They sent 2000 soldiers.",
        "The council adopted Resolution 1701.",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert found(text) == []


def test_without_a_publication_day_relative_expressions_have_no_days() -> None:
    monday, february, year = found("They met on Monday, in February and in 2019.", None)
    assert (monday.first, monday.last, monday.value) == (None, None, "XXXX-WXX-1")
    assert (february.first, february.value) == (None, "XXXX-02")
    assert year.first == date(2019, 1, 1)


def test_plans_are_told_in_their_order() -> None:
    friday = date(2024, 3, 15)
    plans = "On Tuesday she will be in Oslo. On Thursday she will fly to Riga. On Friday she will meet the king there."
    assert [m.first for m in found(plans, friday)] == [date(2024, 3, 19), date(2024, 3, 21), date(2024, 3, 22)]
    more = f"{plans} On Saturday she will fly home."
    assert found(more, friday)[-1].first == date(2024, 3, 23)
    assert [m.first for m in found("On Friday she will speak.", friday)] == [friday]
    unordered = "On Thursday she will fly to Riga. On Wednesday she will see the queen."
    assert [m.first for m in found(unordered, date(2024, 3, 11))] == [date(2024, 3, 14), date(2024, 3, 13)]


def test_a_week_to_come_told_on_a_sunday() -> None:
    (week,) = found("This week she will travel to Riga.", date(2024, 3, 17))
    assert (week.first, week.last) == (date(2024, 3, 18), date(2024, 3, 24))
    (week,) = found("She travelled to Riga this week.", date(2024, 3, 17))
    assert (week.first, week.last) == (date(2024, 3, 11), date(2024, 3, 17))


_WORDS = st.sampled_from(
    "on Monday last next week year 5 31 February May 2019 the day before after two three months ago later until"
    " Q3 night in a weekend early mid 1990s 12/13/2014 30 99 Christmas annual , . met will".split()
)


@settings(max_examples=60)
@given(st.lists(_WORDS, min_size=1, max_size=25), st.one_of(st.none(), st.dates(date(1000, 1, 1), date(2200, 1, 1))))
def test_any_mix_of_words_gives_well_formed_mentions(words: list[str], published: date | None) -> None:
    analysis = dated(" ".join(words), published)
    end = 0
    for mention in analysis.dates:
        assert end <= mention.start < mention.end <= len(analysis.doc)
        end = mention.end
        assert mention.first is None or mention.last is None or mention.first <= mention.last
        assert mention.value

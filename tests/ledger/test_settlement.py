"""What became of commitments, in short stories, and what must hold whatever the story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import Coder
from detente.ledger.commitments import find_commitments
from detente.ledger.departures import left_office
from detente.ledger.episodes import build_episodes
from detente.ledger.settlement import settle
from detente.lexicon import load_lexicon
from detente.records import Actor
from detente.relations import Dyad
from tests.ledger.story import Story, about, tell, text

ANKARA: Dyad = ("GRC", "TUR")
DELHI: Dyad = ("IND", "PAK")
RIYADH: Dyad = ("IRN", "SAU")
SEOUL: Dyad = ("JPN", "KOR")
WASHINGTON: Dyad = ("CHN", "USA")


@pytest.fixture(scope="module")
def neighbours(coder: Coder) -> Story:
    """A year of India and Pakistan."""
    return tell(
        coder,
        DELHI,
        [
            text(
                "2022-03-02",
                "Indian Foreign Minister S. Jaishankar and Pakistani Foreign Minister Shah Mahmood Qureshi met in "
                "Islamabad on Tuesday. The two ministers agreed to resume bus services between Lahore and Delhi by the "
                "end of June. Jaishankar invited Qureshi to New Delhi. Pakistan pledged to release 20 Indian fishermen "
                "within a week. India and Pakistan agreed to set up a working group on trade. Pakistan promised India "
                "to open a rail link by the end of May.",
            ),
            text(
                "2022-03-09",
                "Pakistan freed 20 Indian fishermen on Tuesday and handed them over at the Wagah crossing.",
            ),
            text("2022-06-25", "Bus services between India and Pakistan resumed on Friday after three years."),
            text("2022-09-10", "The India-Pakistan working group on trade met in Lahore on Friday."),
        ],
    )


def test_what_was_promised_is_done(neighbours: Story) -> None:
    found = neighbours.commitments(date(2022, 12, 31))
    for words, day in (
        ("20 Indian fishermen", date(2022, 3, 8)),
        ("bus services", date(2022, 6, 24)),
        ("working group", date(2022, 9, 9)),
    ):
        kept = about(found, words)
        assert (kept.state, kept.settled and kept.settled.on) == ("kept", day)
        assert kept.settled and 0.3 <= kept.settled.confidence <= 1
        assert all(record in neighbours.reports for record in kept.settled.records)


def test_before_it_is_reported_nothing_is_kept(neighbours: Story) -> None:
    assert about(neighbours.commitments(date(2022, 6, 24)), "bus services").state == "open"
    assert about(neighbours.commitments(date(2022, 6, 25)), "bus services").state == "kept"


def test_the_guest_left_office(neighbours: Story) -> None:
    visit = about(neighbours.commitments(date(2022, 12, 31)), "invited Qureshi")
    assert visit.state == "lapsed"
    assert (
        visit.settled
        and visit.settled.why == "Shah Mahmood Qureshi left office on 2022-04-10, by the table of office holders"
    )


def test_what_nobody_reports_lapses_when_due(neighbours: Story) -> None:
    rail = about(neighbours.commitments(date(2022, 12, 31)), "rail link")
    assert rail.settled and (rail.state, rail.settled.on) == ("lapsed", date(2022, 5, 31))
    assert rail.settled.silent == 2
    assert rail.settled.why == (
        "due by 2022-05-31; nothing in the 2 documents filed on the two from after that day, the last of 2022-09-10, "
        "tells that it was done"
    )
    promise, last = (neighbours.reports[record] for record in rail.settled.records)
    assert "rail link" in promise.event.evidence.text
    assert last.source.published == date(2022, 9, 10)
    assert about(neighbours.commitments(date(2022, 5, 1)), "rail link").state == "open"


def test_without_a_later_document_nothing_lapses(neighbours: Story) -> None:
    assert about(neighbours.until(date(2022, 3, 9)).commitments(date(2022, 12, 31)), "rail link").state == "open"


def test_a_later_document_on_others_tells_nothing_of_it(coder: Coder) -> None:
    promise = text("2022-03-02", "Pakistan promised India to open a rail link by the end of May.")
    story = tell(coder, DELHI, [promise, text("2022-08-01", "Chile and Peru signed a treaty on fishing in Lima.")])
    assert about(story.commitments(date(2022, 12, 31)), "rail link").state == "open"


def test_whatever_is_settled_names_records(neighbours: Story) -> None:
    known = {*neighbours.reports, *(telling.statement.id for telling in neighbours.tellings)}
    for one in neighbours.commitments(date(2022, 12, 31)):
        assert (one.settled is None) == (one.state == "open")
        if one.settled:
            assert one.settled.records and known.issuperset(one.settled.records)
            assert one.settled.silent is None or one.state == "lapsed"


def test_a_minister_meant_by_office_has_a_successor(coder: Coder) -> None:
    story = tell(
        coder,
        DELHI,
        [
            text("2022-03-02", "The foreign ministers of India and Pakistan will meet in Delhi later this year."),
            text(
                "2022-10-05",
                "Indian Foreign Minister S. Jaishankar met Pakistani Foreign Minister Bilawal Bhutto Zardari in Delhi "
                "on Tuesday.",
            ),
        ],
    )
    (meeting,) = story.commitments(date(2022, 12, 31))
    assert (meeting.state, meeting.settled and meeting.settled.on) == ("kept", date(2022, 10, 4))


def test_a_meeting_elsewhere_or_of_others_keeps_no_invitation(coder: Coder) -> None:
    invited = text(
        "2023-03-17", "South Korean President Yoon Suk Yeol invited Japanese Prime Minister Fumio Kishida to Seoul."
    )
    elsewhere = text(
        "2023-04-10",
        "Japanese Prime Minister Fumio Kishida met South Korean President Yoon Suk Yeol in Tokyo on Sunday. South "
        "Korean Foreign Minister Park Jin met Japanese Foreign Minister Yoshimasa Hayashi in Seoul on Sunday.",
    )
    there = text(
        "2023-05-08",
        "Japanese Prime Minister Fumio Kishida arrived in Seoul on Sunday for talks with President Yoon Suk Yeol.",
    )
    story = tell(coder, SEOUL, [invited, elsewhere, there])
    visit = about(story.until(date(2023, 5, 1)).commitments(date(2023, 5, 1)), "invited")
    assert visit.state == "open"
    visit = about(story.commitments(date(2023, 6, 1)), "invited")
    assert (visit.state, visit.settled and visit.settled.on) == ("kept", date(2023, 5, 7))


def test_a_visit_put_off_is_contradicted(coder: Coder) -> None:
    story = tell(
        coder,
        ("DZA", "FRA"),
        [
            text("2023-01-05", "Algerian President Abdelmadjid Tebboune will visit France in May, the Elysee said."),
            text(
                "2023-04-20",
                "Algerian President Abdelmadjid Tebboune postponed his visit to France, officials said on Thursday.",
            ),
        ],
    )
    (visit,) = story.commitments(date(2023, 12, 31))
    assert (visit.state, visit.settled and visit.settled.on) == ("contradicted", date(2023, 4, 20))


def test_an_invitation_declined_lapses(coder: Coder) -> None:
    story = tell(
        coder,
        RIYADH,
        [
            text(
                "2023-06-01", "Iran turned down an invitation by Saudi Arabia for its foreign minister to visit Jeddah."
            )
        ],
    )
    (visit,) = story.commitments(date(2023, 7, 1))
    assert (visit.kind, visit.state) == ("invitation", "lapsed")


def test_to_work_towards_is_kept_when_it_is_decided(coder: Coder) -> None:
    story = tell(
        coder,
        ANKARA,
        [
            text(
                "2023-02-10",
                "Greece and Turkey agreed to work towards more ferry services between the islands and Izmir.",
            ),
            text(
                "2023-06-20",
                "Turkey will let Greek ferry companies double their services between the islands and Izmir.",
            ),
        ],
    )
    ferry = about(story.commitments(date(2023, 12, 31)), "work towards")
    assert (ferry.state, ferry.settled and ferry.settled.on) == ("kept", date(2023, 6, 20))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("said that the 20 Indian fishermen were released to India.", "kept"),
        ("said that the 20 Indian fishermen would be released and handed over to India.", "open"),
        ('said: "Once released, the 20 Indian fishermen will go home to India."', "open"),
    ],
)
def test_what_is_said_again_is_not_yet_done(coder: Coder, said: str, state: str) -> None:
    story = tell(
        coder,
        DELHI,
        [
            text("2022-03-02", "Pakistan promised India to release 20 Indian fishermen."),
            text("2022-03-20", f"Pakistani Foreign Minister Shah Mahmood Qureshi {said}"),
        ],
    )
    assert about(story.commitments(date(2022, 4, 30)), "promised").state == state


def test_the_opposite_contradicts(coder: Coder) -> None:
    story = tell(
        coder,
        SEOUL,
        [
            text("2023-03-16", "Japan promised South Korea to lift its export curbs on chip chemicals."),
            text("2023-07-05", "Japan imposed export curbs on chip chemicals for South Korea on Tuesday."),
        ],
    )
    curbs = about(story.commitments(date(2023, 12, 31)), "lift its export curbs")
    assert (curbs.state, curbs.settled and curbs.settled.on) == ("contradicted", date(2023, 7, 4))


def test_other_terms_supersede(coder: Coder) -> None:
    story = tell(
        coder,
        RIYADH,
        [
            text("2023-03-11", "Saudi Arabia and Iran agreed to run 10 pilgrim flights a week by the end of May."),
            text(
                "2023-04-20", "Iran and Saudi Arabia agreed to run 25 pilgrim flights a week by the end of September."
            ),
        ],
    )
    first = about(story.commitments(date(2023, 5, 1)), "10 pilgrim")
    assert (first.state, first.settled and first.settled.on) == ("superseded", date(2023, 4, 20))


def test_the_document_of_the_promise_never_keeps_it(coder: Coder) -> None:
    words = (
        "Pakistan promised on Monday to release 20 Indian fishermen. Pakistan released 20 Indian fishermen on Tuesday, "
        "the police said."
    )
    story = tell(coder, DELHI, [text("2022-03-09", words)])
    assert about(story.commitments(date(2022, 12, 31)), "promised").state == "open"


def test_left_office() -> None:
    lexicon = load_lexicon()
    minister = Actor("person:qin-gang", "Qin Gang", "CHN", ("GOV",), "Foreign Minister", "foreign minister")
    assert left_office(minister, date(2023, 6, 18), lexicon) == date(2023, 7, 25)
    # Moved from one office to the next without a break, and still in office.
    assert left_office(replace(minister, id="person:wang-yi", name="Wang Yi"), date(2022, 12, 1), lexicon) is None
    assert left_office(replace(minister, id="person:nobody", name="Nobody Known"), date(2023, 6, 18), lexicon) is None


@settings(max_examples=40)
@given(st.dates(date(2022, 2, 1), date(2023, 3, 1)))
def test_nothing_later_is_used(neighbours: Story, day: date) -> None:
    """On any day the ledger of all texts says what the ledger of the texts published by then says."""
    episodes = build_episodes(neighbours.dyad, neighbours.reports.values())
    seen = neighbours.until(day)
    seen_episodes = build_episodes(seen.dyad, seen.reports.values())
    found = find_commitments(seen.dyad, seen_episodes, seen.reports, seen.tellings, seen.sources)
    lexicon = load_lexicon()
    now = settle(found, seen_episodes, seen.reports, seen.tellings, day, lexicon)
    known_more = settle(found, episodes, neighbours.reports, neighbours.tellings, day, lexicon)
    assert now == known_more
    for one in now:
        assert one.settled is None or one.settled.on is None or one.settled.on <= day


@settings(max_examples=20)
@given(st.dates(date(2022, 3, 2), date(2022, 12, 31)), st.integers(1, 200))
def test_what_was_settled_stays_so(neighbours: Story, day: date, more: int) -> None:
    """Later documents may settle what is open; they do not reopen what was kept."""
    before = {one.id: one.state for one in neighbours.until(day).commitments(day)}
    later = day + timedelta(days=more)
    after = {one.id: one.state for one in neighbours.until(later).commitments(later)}
    assert set(before) <= set(after)
    assert all(after[key] == "kept" for key, state in before.items() if state == "kept")


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_order_makes_no_difference(neighbours: Story, chance: object) -> None:
    reports, tellings = list(neighbours.reports.items()), list(neighbours.tellings)
    chance.shuffle(reports)  # type: ignore[attr-defined]
    chance.shuffle(tellings)  # type: ignore[attr-defined]
    shuffled = Story(neighbours.dyad, dict(reports), tuple(tellings), neighbours.sources)
    assert shuffled.commitments(date(2022, 12, 31)) == neighbours.commitments(date(2022, 12, 31))

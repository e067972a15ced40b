"""Sides and days that news tells sideways: who is sent, who held the freed, whose head one is, what is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event, Participant

DAY = date(2024, 5, 14)


@pytest.fixture(scope="module")
def events() -> Callable[[str], tuple[Event, ...]]:
    coder = Coder()
    return lambda text: coder.code(Document(text, published=DAY, kind="news")).events


def countries(people: tuple[Participant, ...]) -> set[str | None]:
    return {person.actor.country for person in people}


def told(found: tuple[Event, ...], kind: str) -> list[Event]:
    return [event for event in found if event.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Norway sent its trade minister to Lima on Monday.", "CONSULT", "happened"),
        ("Norway dispatched a delegation to Peru last week.", "CONSULT", "happened"),
        ("Norway will send an envoy to Lima next week.", "AGREE", "planned"),
    ],
)
def test_who_sends_somebody_abroad_visits(
    events: Callable[[str], tuple[Event, ...]], text: str, kind: str, status: str
) -> None:
    (event,) = events(text)
    assert (event.type, event.mode, event.status) == (kind, "visit", status)
    assert countries(event.actors) == {"NOR"}
    assert countries(event.recipients) == {"PER"}


def test_who_is_sent_home_is_on_no_visit(events: Callable[[str], tuple[Event, ...]]) -> None:
    assert not told(events("Norway sent the Peruvian ambassador home on Monday."), "CONSULT")


@pytest.mark.parametrize(
    "text",
    [
        "Two Greek sailors held by Iran were freed on Monday.",
        "Three Greek engineers who were jailed by Iran have been released.",
        "A Greek tourist detained by Iran was released on Friday.",
    ],
)
def test_who_held_them_frees_them(events: Callable[[str], tuple[Event, ...]], text: str) -> None:
    (event,) = told(events(text), "RETREAT")
    assert countries(event.actors) == {"IRN"}
    assert countries(event.recipients) == {"GRC"}


@pytest.mark.parametrize(
    "text",
    [
        "The head of the Bank of Japan, Kazuo Ueda, met Norway's finance minister in Oslo on Monday.",
        "The Bank of Japan's chief, Kazuo Ueda, met Norway's finance minister in Oslo on Monday.",
    ],
)
def test_the_head_of_a_body_acts_for_it(events: Callable[[str], tuple[Event, ...]], text: str) -> None:
    (event,) = told(events(text), "CONSULT")
    assert countries((*event.actors, *event.recipients)) == {"JPN", "NOR"}


@pytest.mark.parametrize(
    "answer", ["an allegation which the Somali army rejected", "a charge that the Somali army denied"]
)
def test_a_charge_told_before_is_answered(events: Callable[[str], tuple[Event, ...]], answer: str) -> None:
    found = events(f"Kenya's army accused Somalia of shelling its post, {answer}.")
    (event,) = told(found, "REJECT")
    assert countries(event.actors) == {"SOM"}
    assert countries(event.recipients) == {"KEN"}


@pytest.mark.parametrize("words", ["the claim", "the complaint", "the objection"])
def test_to_dismiss_words_gives_in_to_nothing(events: Callable[[str], tuple[Event, ...]], words: str) -> None:
    found = events(f"Kenya's foreign ministry dismissed {words} as nonsense on Monday.")
    assert [event.type for event in found] == ["REJECT"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kenya and Somalia exchanged insults over the border on Monday.", "ACCUSE"),
        ("Kenya and Somalia made peace on Monday.", "SUPPORT"),
        ("Kenya and Somalia expelled each other's diplomats on Monday.", "SANCTION"),
        ("Kenya and Somalia recalled one another's ambassadors on Monday.", "SANCTION"),
    ],
)
def test_both_do_it_to_each_other(events: Callable[[str], tuple[Event, ...]], text: str, kind: str) -> None:
    (event,) = events(text)
    assert (event.type, event.reciprocal) == (kind, True)
    assert countries(event.actors) == {"KEN", "SOM"}


@pytest.mark.parametrize("deed", ["had rammed a trawler", "was jamming its radio", "had abducted two herders"])
def test_who_tells_a_wrong_accuses(events: Callable[[str], tuple[Event, ...]], deed: str) -> None:
    (event,) = told(events(f"Kenya's foreign ministry said on Monday that Somalia {deed}."), "ACCUSE")
    assert (countries(event.actors), countries(event.recipients)) == ({"KEN"}, {"SOM"})


def test_boats_are_given(events: Callable[[str], tuple[Event, ...]]) -> None:
    (event,) = events("Norway has donated two boats to Kenya.")
    assert (event.type, countries(event.actors), countries(event.recipients)) == ("AID", {"NOR"}, {"KEN"})


def test_a_name_called_is_no_telephone_call(events: Callable[[str], tuple[Event, ...]]) -> None:
    found = events("Norway's prime minister called President William Ruto a liar on Monday.")
    assert not told(found, "CONSULT")


def test_who_is_left_out_leaves_nothing(events: Callable[[str], tuple[Event, ...]]) -> None:
    assert not told(events("Kenya was left out of the Lima agreement in 2018."), "SANCTION")


@pytest.mark.parametrize("region", ["South American", "Latin American", "Central American"])
def test_an_american_region_is_not_the_united_states(events: Callable[[str], tuple[Event, ...]], region: str) -> None:
    found = events(f"Norway condemned the {region} bloc, and Kenya condemned the {region} governments.")
    assert not any("USA" in countries((*event.actors, *event.recipients)) for event in found)


def test_who_is_due_comes_on_the_next_such_day(events: Callable[[str], tuple[Event, ...]]) -> None:
    (event,) = events("Norway's special envoy, Anna Lind, is due in Nairobi on Friday.")
    assert event.date is not None
    assert event.date.start == date(2024, 5, 17)


def test_a_new_doer_takes_up_the_news_after_a_look_back(events: Callable[[str], tuple[Event, ...]]) -> None:
    found = events("Kenya closed its border with Somalia in February. Norway and Chile urged Peru to help.")
    (event,) = told(found, "REQUEST")
    assert event.date is not None
    assert event.date.start == DAY


def test_the_same_doer_goes_on_with_the_look_back(events: Callable[[str], tuple[Event, ...]]) -> None:
    found = events("Kenya closed its border with Somalia in February. Its foreign ministry summoned the Somali envoy.")
    (event,) = told(found, "ACCUSE")
    assert event.date is not None
    assert event.date.start == date(2024, 2, 1)

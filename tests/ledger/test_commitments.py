"""What is undertaken between two countries, found in short stories."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.ledger.due import due_of
from detente.ledger.wording import is_meeting, is_threat, of_complement, of_statement, parts_of, strives
from detente.relations import Dyad
from tests.ledger.story import about, tell, text

RIYADH: Dyad = ("IRN", "SAU")
DELHI: Dyad = ("IND", "PAK")
SEOUL: Dyad = ("JPN", "KOR")
END = date(2030, 1, 1)


def test_agreements_invitations_and_promises_are_commitments(coder: Coder) -> None:
    story = tell(
        coder,
        DELHI,
        [
            text(
                "2022-03-02",
                "Indian Foreign Minister S. Jaishankar and Pakistani Foreign Minister Shah Mahmood Qureshi met in "
                "Islamabad on Tuesday. The two ministers agreed to resume bus services between Lahore and Delhi by the "
                "end of June. Jaishankar invited Qureshi to New Delhi. Pakistan pledged to release 20 Indian fishermen "
                "within a week.",
            )
        ],
    )
    found = story.commitments(date(2022, 3, 2))
    assert [one.kind for one in found].count("agreement") == 1
    buses = about(found, "bus services")
    assert (buses.made, buses.due_end) == (date(2022, 3, 1), date(2022, 6, 30))
    visit = about(found, "invited Qureshi")
    assert (visit.kind, visit.by[0].name, visit.towards[0].name) == (
        "invitation",
        "S. Jaishankar",
        "Shah Mahmood Qureshi",
    )
    release = about(found, "20 Indian fishermen")
    assert (release.kind, {a.country for a in release.by}, release.state) == ("promise", {"PAK"}, "open")


def test_views_shared_are_no_commitments(coder: Coder) -> None:
    story = tell(
        coder,
        DELHI,
        [
            text(
                "2022-03-02",
                "India and Pakistan agreed on the importance of good relations. They agreed that the border is long. "
                "India supports peace. India will hold elections in May.",
            )
        ],
    )
    assert story.commitments(END) == ()


def test_to_keep_talking_is_one(coder: Coder) -> None:
    story = tell(coder, DELHI, [text("2022-03-02", "India and Pakistan agreed to keep talking.")])
    assert [one.kind for one in story.commitments(END)] == ["agreement"]


def test_a_threat_needs_a_condition(coder: Coder) -> None:
    words = (
        "Iran said it will respond with force if Saudi Arabia closes the strait. Iran threatened Saudi Arabia with war."
    )
    found = tell(coder, RIYADH, [text("2022-03-02", words)]).commitments(END)
    assert [(one.kind, one.claimed_by) for one in found] == [("threat", ("IRN",))]


def test_both_readouts_tell_one_commitment_and_confirm_it(coder: Coder) -> None:
    story = tell(
        coder,
        SEOUL,
        [
            text("2023-03-16", "Japan and South Korea agreed to resume ferry services between Busan and Osaka.", "JPN"),
            text(
                "2023-03-17",
                "South Korea and Japan agreed to resume the ferry services between Busan and Osaka.",
                "KOR",
            ),
        ],
    )
    (ferry,) = story.commitments(END)
    assert ferry.documents == ("2023-03-16-JPN", "2023-03-17-KOR")
    assert (ferry.claimed_by, ferry.confirmation) == (("JPN", "KOR"), "confirmed")
    assert {story.reports[record].source.issuer for record in ferry.confirmed_by} == {"KOR"}


def test_what_only_one_side_tells_is_silent(coder: Coder) -> None:
    story = tell(
        coder,
        SEOUL,
        [
            text("2023-03-16", "Japan and South Korea agreed to resume ferry services between Busan and Osaka.", "JPN"),
            text("2023-03-17", "The ministers of South Korea and Japan discussed trade.", "KOR"),
        ],
    )
    ferry = about(story.commitments(END), "ferry")
    assert (ferry.claimed_by, ferry.confirmation, ferry.confirmed_by) == (("JPN",), "silent", ())


def test_denied_by_the_other_side(coder: Coder) -> None:
    story = tell(
        coder,
        SEOUL,
        [
            text("2023-03-16", "Japan and South Korea agreed to resume ferry services between Busan and Osaka.", "JPN"),
            text("2023-03-18", "South Korea denied that it had agreed to resume ferry services with Japan."),
        ],
    )
    ferry = about(story.commitments(END), "ferry")
    assert ferry.confirmation == "denied"
    assert ferry.confirmed_by


def test_reports_of_one_undertaking_are_kept_together(coder: Coder) -> None:
    words = "Saudi Arabia and Iran agreed to reopen their embassies within two months."
    story = tell(coder, RIYADH, [text("2023-03-11", words), text("2023-03-12", f"{words} Oil prices fell.")])
    (embassies,) = story.commitments(END)
    assert len(embassies.reports) == 2


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("to hold talks by the end of the year", (date(2023, 6, 19), date(2023, 12, 31))),
        ("to meet at a summit in November", (date(2023, 11, 1), date(2023, 11, 30))),
        ("to meet next month", (date(2023, 7, 1), date(2023, 7, 31))),
        ("to meet at an appropriate time", (None, None)),
        ("to be carbon neutral by 2060", (None, None)),
        # Days that a clause about what is done names are not those on which anything falls due.
        ("to suspend the duties imposed after March 3rd", (None, None)),
        ("to lift the curbs that were placed on Peruvian fish in February", (None, None)),
        ("to end all measures announced since 8 April", (None, None)),
        ("to act as agreed in the call of January 17", (None, None)),
        ("to carry out the accord of March 12", (None, None)),
        ("to build on the consensus their presidents reached at the summit in April", (None, None)),
        ("to talk on after their summit in Bali on 14 January", (None, None)),
        ("to talk on after their summit in Bali on 14 November", (date(2023, 11, 14), date(2023, 11, 14))),
        ("to resume the flights suspended in March by September 1", (date(2023, 6, 19), date(2023, 9, 1))),
        ("to attend the summit planned for October 3", (date(2023, 10, 3), date(2023, 10, 3))),
        ("agreed on a meeting in November", (date(2023, 11, 1), date(2023, 11, 30))),
        ("to be finished in December", (date(2023, 12, 1), date(2023, 12, 31))),
        ("to meet after the vote of July 6", (date(2023, 7, 6), date(2023, 7, 6))),
    ],
)
def test_due(words: str, due: tuple[date | None, date | None]) -> None:
    assert due_of(words, date(2023, 6, 19)) == due


def test_coming_months_are_due_by_their_end() -> None:
    first, last = due_of("to meet in the coming months", date(2023, 6, 19))
    assert first == date(2023, 6, 19)
    assert last is not None and last > date(2023, 9, 1)


def test_wording() -> None:
    assert parts_of("to set up a group, to hold talks and to resume calls") == [
        "to set up a group",
        "to hold talks",
        "to resume calls",
    ]
    assert is_meeting("to resume high-level military communication")
    assert not is_meeting("to buy ten ships")
    assert strives("to work towards more flights") and not strives("to double the flights")
    assert is_threat("it will retaliate if the tariff is raised") and not is_threat(
        "it will lift the ban if talks go well"
    )
    assert of_complement("promise", "that it does not seek a war").abstains  # type: ignore[union-attr]
    assert of_complement("agreement", "that trade is important") is None


@pytest.mark.parametrize(
    "words",
    [
        # What one side hopes of the other, or what only may be done, is nobody's promise.
        "South Korea's foreign ministry said: We hope Japan will work with South Korea to widen fisheries cooperation.",
        "Japan's finance minister said Japan could sell South Korea the steel itself.",
        # A question, or what is asked.
        "A spokeswoman for South Korea's foreign ministry was asked: Will Japan support South Korea's bid?",
        "South Korea wanted to clarify what Japan meant and how Japan would help South Korea.",
        # What is said is nothing to come.
        "Japanese Prime Minister Fumio Kishida offered a brief comment on shipbuilding in South Korea.",
        # A meeting named for what came of it lies behind.
        "Japan and South Korea drew up a plan to carry out the understandings that President Yoon Suk Yeol and Prime "
        "Minister Fumio Kishida reached in their March call.",
        # Nobody meets who is met halfway.
        "South Korea hoped that Japan would meet South Korea halfway.",
    ],
)
def test_what_binds_nobody(coder: Coder, words: str) -> None:
    assert tell(coder, SEOUL, [text("2023-04-04", words)]).commitments(END) == ()


def test_harm_announced_is_a_threat_without_any_condition(coder: Coder) -> None:
    words = "Japan said on Monday that it would take countermeasures against South Korea over the ban on its fish."
    (one,) = tell(coder, SEOUL, [text("2023-04-04", words)]).commitments(date(2023, 4, 4))
    assert one.kind == "threat" and one.by[0].country == "JPN"


def test_in_speech_they_are_others_and_a_clause_has_the_subject_of_the_one_before() -> None:
    def kinds(said: str, form: str) -> list[str]:
        return [wording.kind for _, _, wording in of_statement(said, "said", "JPN", form)]

    assert kinds("they will open two more ports", "indirect") == ["promise"]
    assert kinds("They will open two more ports.", "direct") == []
    assert kinds("We will open two more ports.", "direct") == ["promise"]
    assert kinds("South Korea keeps its ban and does not support the plan", "direct") == []
    assert kinds("We keep our word and will not send warships there", "direct") == ["promise"]
    assert kinds("the levies break the rules and will not lower any price", "direct") == []
    assert kinds("what it would do if it opens its ports", "indirect") == []

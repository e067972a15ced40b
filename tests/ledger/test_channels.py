"""The channel board: rhythm, what comes next, who closed it and what opened it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from detente.coding import Coder
from detente.ledger.channels import build_channels, resumes, suspends, usual_interval
from detente.ledger.contacts import build_contacts
from detente.ledger.episodes import build_episodes
from detente.lexicon.channels import channel_acts, channel_named
from detente.records import Document
from detente.relations import Channel, Commitment, Report

from tests.ledger.reports import AUSTIN, BLINKEN, CHINA, AMERICA, DYAD, WANG, XI, coded, person, report  # isort: skip

LI = person("Li Shangfu", "CHN", "defence minister")
MILITARY = "the talks between theatre commanders of the two militaries"


def _board(as_of: date, *reports: Report, commitments: tuple[Commitment, ...] = ()) -> dict[str, Channel]:
    episodes = build_episodes(DYAD, reports)
    contacts = build_contacts(DYAD, episodes, {r.source.document: r.source for r in reports})
    return {c.name: c for c in build_channels(DYAD, contacts, episodes, commitments, as_of)}


def _met(on: date, document: str) -> Report:
    return report("Blinken met Wang", [BLINKEN], [WANG], on=on, document=document)


def _closed(on: date, document: str = "c", basis: str = "explicit", published: date | None = None) -> Report:
    words = f"China suspended {MILITARY}"
    return report(
        words, [CHINA], [AMERICA], kind="SANCTION", on=on, basis=basis, published=published, document=document,
        trigger="suspended",
    )  # fmt: skip


def _opened(on: date, document: str = "o") -> Report:
    return report(
        f"The two agreed to resume {MILITARY}",
        [CHINA, AMERICA],
        kind="AGREE",
        on=on,
        document=document,
        trigger="agreed",
    )


def _planned(due: date, kind: str = "meeting") -> Commitment:
    return Commitment(
        "cm", DYAD, kind, (BLINKEN,), (WANG,), "will meet", (), date(2023, 1, 1), due, due, "ep", (), (), (), "silent",
        (), "open", None, 0.8,
    )  # fmt: skip


def test_rhythm_and_what_is_overdue() -> None:
    days = [date(2023, 1, 10), date(2023, 2, 9), date(2023, 2, 11), date(2023, 3, 11), date(2023, 4, 10)]
    reports = [_met(day, f"d{n}") for n, day in enumerate(days)]
    board = _board(date(2023, 5, 1), *reports)["foreign minister"]
    # Two days of one round of talks are one occasion.
    assert (board.interval, board.last, board.overdue, board.state) == (30.0, date(2023, 4, 10), False, "open")
    later = _board(date(2023, 6, 30), *reports)["foreign minister"]
    assert (later.overdue, later.state, later.since) == (True, "quiet", date(2023, 4, 10))
    # The board of a past day knows nothing of what came after.
    assert _board(date(2023, 2, 1), *reports)["foreign minister"].contacts == board.contacts[:1]
    assert usual_interval(()) is None


def test_what_comes_next() -> None:
    coming = (
        _planned(date(2023, 6, 1)),
        _planned(date(2023, 5, 1), "invitation"),
        _planned(date(2023, 4, 20), "promise"),
    )
    board = _board(date(2023, 4, 1), _met(date(2023, 3, 1), "a"), commitments=coming)["foreign minister"]
    assert board.next_on == date(2023, 5, 1)
    assert _board(date(2023, 7, 1), _met(date(2023, 3, 1), "a"), commitments=coming)["foreign minister"].next is None


@pytest.mark.parametrize(
    ("words", "meets", "channel"),
    [
        ("agreed to meet again in Oslo in May", True, "foreign minister"),
        ("agreed to hold military talks in May", True, "defence"),
        ("agreed to hold talks in May", True, None),
        ("agreed to lift the ban in May", False, None),
    ],
)
def test_a_meeting_agreed_on_comes_next(words: str, meets: bool, channel: str | None) -> None:
    agreed = replace(_planned(date(2023, 5, 1), "agreement"), words=words, meets=meets)
    board = _board(date(2023, 4, 1), commitments=(agreed,))
    assert {name: row.next_on for name, row in board.items()} == ({channel: date(2023, 5, 1)} if channel else {})


def test_suspended_and_resumed() -> None:
    closed, opened = _closed(date(2022, 8, 5)), _opened(date(2023, 11, 15))
    board = _board(date(2023, 1, 1), closed, opened)["defence"]
    assert (board.state, board.since, board.by, board.resumed_on) == ("suspended", date(2022, 8, 5), "CHN", None)
    board = _board(date(2023, 12, 1), closed, opened)["defence"]
    assert (board.suspended_on, board.resumed_on) == (date(2022, 8, 5), date(2023, 11, 15))
    assert board.state != "suspended" and board.resumed_by and board.suspended_by


def test_each_working_group_is_a_channel_of_its_own() -> None:
    reports = [
        report("China suspended the climate talks", [CHINA], [AMERICA], kind="SANCTION", on=date(2022, 8, 5),
               document="a", trigger="suspended"),
        report("China suspended cooperation on counternarcotics", [CHINA], [AMERICA], kind="SANCTION",
               on=date(2022, 8, 5), document="b", trigger="suspended"),
        report("The two agreed to resume the climate talks", [CHINA, AMERICA], kind="AGREE", on=date(2022, 11, 14),
               document="c", trigger="agreed"),
    ]  # fmt: skip
    board = _board(date(2023, 1, 1), *reports)
    assert list(board) == ["working group: climate", "working group: drugs"]
    assert board["working group: climate"].resumed_on == date(2022, 11, 14)
    assert board["working group: drugs"].state == "suspended"


def test_told_again_a_year_later_it_is_the_same_suspension() -> None:
    again = _closed(date(2023, 11, 16), "again", "publication", date(2023, 11, 16))
    board = _board(date(2023, 12, 1), _closed(date(2022, 8, 5)), _opened(date(2023, 11, 15)), again)["defence"]
    assert board.state != "suspended" and board.suspended_on == date(2022, 8, 5)


def test_a_new_suspension_after_it_was_resumed() -> None:
    reports = [
        _closed(date(2022, 8, 5)),
        _opened(date(2023, 11, 15)),
        _closed(date(2024, 3, 1), "c2", published=date(2024, 3, 2)),
    ]
    board = _board(date(2024, 4, 1), *reports)["defence"]
    assert (board.state, board.suspended_on, board.resumed_by) == ("suspended", date(2024, 3, 1), ())


def test_a_talk_reopens_a_channel_but_an_encounter_at_a_gathering_does_not() -> None:
    closed = _closed(date(2022, 8, 5))
    margin = report(
        "Austin met Li on the sidelines of the forum",
        [AUSTIN],
        [LI],
        mode="multilateral",
        on=date(2022, 11, 22),
        document="m",
    )
    call = report("Austin spoke by phone with Li", [AUSTIN], [LI], mode="phone", on=date(2024, 4, 16), document="p")
    assert _board(date(2023, 1, 1), closed, margin)["defence"].state == "suspended"
    board = _board(date(2024, 5, 1), closed, margin, call)["defence"]
    assert (board.state, board.resumed_on) == ("open", date(2024, 4, 16))


def test_a_channel_nobody_speaks_of_is_not_on_the_board() -> None:
    assert _board(date(2023, 1, 1)) == {}
    assert set(_board(date(2023, 7, 1), report("Blinken met Xi", [BLINKEN], [XI]))) == {"foreign minister"}


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("cancelled the talks between theatre commanders", "defence"),
        ("cut military-to-military ties", "defence"),
        ("broke off the climate talks", "working group: climate"),
        ("suspended cooperation on counternarcotics, as trade suffered", "working group: drugs"),
        ("cancelled the technical talks", "working group"),
        ("suspended the Economic and Trade Consultation", "economic"),
        ("suspended flights", None),
    ],
)
def test_the_words_name_the_channel(words: str, channel: str | None) -> None:
    assert channel_named(words) == channel
    assert channel_acts(words) == {"suspend"}


@pytest.mark.parametrize(
    ("text", "name", "turn"),
    [
        ("India suspended military talks with Pakistan on Friday.", "defence", "suspend"),
        ("Pakistan cut off the military hotline with India on Friday.", "defence", "suspend"),
        ("India called off the trade talks with Pakistan.", "economic", "suspend"),
        ("Islamabad announced that it would suspend military dialogue with India.", "defence", "suspend"),
        ("India and Pakistan agreed to resume military-to-military communication.", "defence", "resume"),
        ("India and Pakistan restored the hotline between their militaries.", "defence", "resume"),
        ("India suspended the visas of Pakistani doctors.", None, "suspend"),
        ("India and Pakistan agreed to restore rail traffic.", None, "resume"),
    ],
)
def test_turns_in_real_text(coder: Coder, text: str, name: str | None, turn: str) -> None:
    reports = coded(coder, ("IND", "PAK"), Document(text, "d", published=date(2024, 5, 11)))
    episodes = build_episodes(("IND", "PAK"), reports)
    assert episodes
    found = {suspends(e) if turn == "suspend" else resumes(e) for e in episodes} - {None}
    assert found == ({name} if name else set())


def test_a_governments_own_statement_closes_a_channel(coder: Coder) -> None:
    statement = Document(
        "China protests against the visit of the Speaker of the US House to Taiwan. The United States bears the "
        "responsibility. The Ministry of Foreign Affairs of China announces two measures against the United States. "
        "The talks between theatre commanders of China and the United States are cancelled. China suspends the climate "
        "talks with the United States.",
        "s",
        published=date(2022, 8, 5),
        kind="statement",
        issuer="CHN",
    )
    reports = coded(coder, DYAD, statement)
    episodes = build_episodes(DYAD, reports)
    board = {c.name: c for c in build_channels(DYAD, (), episodes, (), date(2022, 9, 1))}
    assert {name: (c.state, c.by, c.since) for name, c in board.items()} == {
        "defence": ("suspended", "CHN", date(2022, 8, 5)),
        "working group: climate": ("suspended", "CHN", date(2022, 8, 5)),
    }
    assert board["defence"].since is not None and board["defence"].since + timedelta(27) == date(2022, 9, 1)

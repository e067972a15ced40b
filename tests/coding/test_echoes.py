"""What one state does as another did."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

PUBLISHED = date(2023, 7, 19)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _coded(coder: Coder, text: str, kind: str = "news") -> list[tuple[str, str, str, str]]:
    events = coder.code(Document(text + "\n", published=PUBLISHED, kind=kind)).events
    return [(event.type, _names(event, 0), _names(event, 1), _day(event)) for event in events]


def _names(event: Event, side: int) -> str:
    return " & ".join(p.actor.name for p in (event.actors, event.recipients)[side])


def _day(event: Event) -> str:
    return str(event.date.start) if event.date else ""


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        (
            "Britain expelled two Russian diplomats on Monday, as did France.",
            ("SANCTION", "France", "Russian diplomat", "2023-07-17"),
        ),
        (
            "Poland, as did Lithuania, summoned the Belarusian ambassador on Friday.",
            ("ACCUSE", "Lithuania", "Belarusian ambassador", "2023-07-14"),
        ),
        (
            "France cut off its aid to Niger on Saturday, and so did the European Union.",
            ("SANCTION", "European Union", "Niger", "2023-07-15"),
        ),
        (
            "Canada imposed sanctions on Iran on Tuesday; Australia followed suit.",
            ("SANCTION", "Australia", "Iran", "2023-07-18"),
        ),
        (
            "Sweden recalled its ambassador from Iran on 3 March. Norway and Finland followed suit two days later.",
            ("SANCTION", "Norway & Finland", "Iran", "2023-03-05"),
        ),
        (
            "Canada imposed sanctions on Iran on Tuesday. Australia did the same a day later.",
            ("SANCTION", "Australia", "Iran", "2023-07-19"),
        ),
        (
            "Brazil condemned the coup in Niger on Monday, as Peru had done.",
            ("ACCUSE", "Peru", "Niger", "2023-07-17"),
        ),
    ],
)
def test_who_does_likewise_has_a_record_of_his_own(coder: Coder, text: str, echo: tuple[str, ...]) -> None:
    coded = _coded(coder, text)
    assert echo in coded and len(coded) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Canada imposed sanctions on Iran on Tuesday. Australia will not follow suit.",
        "Germany has not expelled any Russian diplomats, as France has.",
        "Japan sent aid to Nepal, as it had done in 2015.",
        "Canada imposed sanctions on Iran on Tuesday.\n\nAustralia followed suit in the second Test at Lord's.",
        "Canada imposed sanctions on Iran, and so it has been told.",
        "Spain would recall its envoy from Chad, as had been agreed.",
    ],
)
def test_nobody_else_did_it(coder: Coder, text: str) -> None:
    assert len(_coded(coder, text)) == 1


def test_the_evidence_is_the_echo_itself(coder: Coder) -> None:
    text = "Britain expelled two Russian diplomats on Monday, as did France.\n"
    *_, echo = coder.code(Document(text, published=PUBLISHED)).events
    assert echo.evidence.text == "as did France" and echo.trigger.text == "did"
    assert dict(echo.why)["type"].startswith("echo") and echo.confidence < 0.9

"""The readable table: short dates, everybody's side, and nothing of a text that could command a terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from detente.cli.printable import one_line, printable
from detente.cli.table import open_table
from detente.coding import Coded
from detente.records import Actor, DateRange, Document, Event, Participant, Place, Span, Statement

TEXT = "Ana Lund met Peru’s envoy."


def who(id: str, name: str, country: str) -> Participant:
    return Participant(Actor(id, name, country), Span("d", 0, 8, "Ana Lund"))


LUND, PERU = who("person:ana-lund", "Ana Lund", "NOR"), who("PER", "Peru", "PER")


def event(day: DateRange | None, *, reciprocal: bool = False, text: str = TEXT) -> Event:
    return Event(
        document="d", sentence=0, type="CONSULT", mode="meet", contexts=(), status="planned",
        actors=(LUND, PERU) if reciprocal else (LUND,), recipients=() if reciprocal else (PERU,),
        reciprocal=reciprocal, date=day, place=Place("Oslo"), said_by=PERU, evidence=Span("d", 0, len(text), text),
        trigger=Span("d", 9, 12, "met"), cameo=None, quad="verbal cooperation", quad_scheme="plover", score=1.0,
        confidence=0.5, coder="test",
    )  # fmt: skip


def statement(tone: float) -> Statement:
    content = Span("d", 0, 8, "Ana Lund")
    return Statement("d", 0, LUND, "NOR", None, PERU, "direct", None, content, ("fish",), tone, True, None, 0.5, "test")


def lines(tmp_path: Path, *records: Event | Statement) -> list[str]:
    """What a file gets for a document with these records."""
    events = tuple(record for record in records if isinstance(record, Event))
    statements = tuple(record for record in records if isinstance(record, Statement))
    document = Document(TEXT, "d", "A \x1b[31mtitle", date(2023, 6, 19), "The Gazette")
    with open_table(tmp_path / "out.txt") as show:
        show(Coded(document, events, statements, cast(Any, None)))
    return [line.rstrip() for line in (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ((2023, 6, 19), (2023, 6, 19), ["2023-06-19"]),
        ((2023, 6, 1), (2023, 6, 30), ["2023-06"]),
        ((2024, 2, 1), (2024, 2, 29), ["2024-02"]),
        ((2023, 1, 1), (2023, 12, 31), ["2023"]),
        ((2023, 6, 19), (2024, 6, 19), ["2023-06-19", " – 2024-06-19"]),
        ((2023, 6, 19), None, ["from 2023-06-19"]),
        (None, (2023, 6, 19), ["until 2023-06-19"]),
        (None, None, ["–"]),
    ],
)
def test_dates_are_short(
    tmp_path: Path, start: tuple[int, int, int] | None, end: tuple[int, int, int] | None, shown: list[str]
) -> None:
    day = DateRange(date(*start) if start else None, date(*end) if end else None, "explicit")
    rows = lines(tmp_path, event(day))[3:]
    assert [row[:17].rstrip().partition("  ")[0] for row in rows][: len(shown)] == shown


def test_parties_place_and_source_share_a_column(tmp_path: Path) -> None:
    one_way = lines(tmp_path, event(None))
    assert "Ana Lund (NOR) → Peru  " in one_way[3]
    assert one_way[4].strip() == "in Oslo"
    assert one_way[5].strip() == "says Peru"
    assert "Ana Lund (NOR) ↔ Peru  " in lines(tmp_path, event(None, reciprocal=True))[3]


@pytest.mark.parametrize(("tone", "sign"), [(0.5, "+"), (0.0, "·"), (-0.5, "−")])
def test_statements_show_side_tone_and_who_reports(tmp_path: Path, tone: float, sign: str) -> None:
    header, row, *below = lines(tmp_path, statement(tone))[2:]
    assert row.startswith("Ana Lund (NOR)")
    assert row[header.index("tone")] == sign
    assert [line.strip() for line in below] == ["via Peru", "forecast"]


def test_a_document_without_records_says_so(tmp_path: Path) -> None:
    assert lines(tmp_path)[-1] == "nothing to record"


def test_no_control_character_gets_through(tmp_path: Path) -> None:
    shown = "\n".join(lines(tmp_path, event(None, text="Peru\x1b]0;x\x07 met\x9b2J “them”")))
    assert "“them”" in shown
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)
    assert len(printable("a\x1b\x07\nb")) == 5


def test_long_words_are_cut_at_a_space() -> None:
    assert one_line("the two  sides\nmet", 40) == "the two sides met"
    assert one_line("the two sides met", 15) == "the two sides …"
    assert len(one_line("x" * 50, 20)) == 20
    assert one_line("co\xadoperate", 20) == "cooperate"


def test_a_failing_run_leaves_no_half_table(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_table(tmp_path / "out.txt") as show:
        show(Coded(Document(TEXT), (event(None),), (), cast(Any, None)))
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []

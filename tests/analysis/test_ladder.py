"""Climbs and steps down, on signals of our own texts."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from detente.analysis.ladder import CLIMB, STEP_DOWN, climbs
from detente.coding.coder import Coder
from detente.errors import OptionError
from detente.records import Document, Signal

SINCE, UNTIL = date(2023, 6, 1), date(2023, 6, 30)
OPPOSES = "China firmly opposes the US arms sales."
STANDS_BY = "China will not stand idly by over the US arms sales, the defence ministry in Beijing said."
BEARS = "The United States will bear all the consequences of its arms sales, China's defence ministry said."
CONCERNED = "China is concerned about the US arms sales."


@cache
def signals(text: str, day: date) -> tuple[Signal, ...]:
    return Coder(relation="rules").code(Document(text, published=day)).signals


def moves(*dated: tuple[str, date]) -> list[tuple[str, str, str | None, int, int | None]]:
    told = [signal for text, day in dated for signal in signals(text, day)]
    found = climbs(told, since=SINCE, until=UNTIL)
    return [(m.direction, m.scale, m.issue, m.rung, m.before) for m in found]


def test_a_rung_above_all_of_the_year_before_is_a_climb_with_its_evidence() -> None:
    told = [*signals(BEARS, date(2023, 1, 10)), *signals(STANDS_BY, date(2023, 6, 20))]
    (move,) = climbs(told, since=SINCE, until=UNTIL)
    assert (move.direction, move.government, move.towards, move.rung, move.before) == (CLIMB, "CHN", "USA", 10, 7)
    assert [s.formula.text for s in move.signals] == ["not stand idly by"]
    assert [s.formula.text for s in move.earlier] == ["bear all the consequences"]


def test_what_was_said_longer_ago_is_forgotten() -> None:
    assert moves((STANDS_BY, date(2022, 3, 1)), (STANDS_BY, date(2023, 6, 20))) == [
        (CLIMB, "warning", "arms sales", 10, None)
    ]


def test_the_same_rung_again_is_no_move() -> None:
    assert moves((OPPOSES, date(2023, 2, 1)), (OPPOSES, date(2023, 6, 2))) == []


def test_a_lower_rung_than_in_the_window_before_is_a_step_down() -> None:
    assert moves((OPPOSES, date(2023, 5, 20)), (CONCERNED, date(2023, 6, 20))) == [
        (STEP_DOWN, "protest", "arms sales", 4, 8)
    ]


def test_a_lower_rung_long_after_is_no_step_down() -> None:
    assert moves((OPPOSES, date(2022, 9, 20)), (CONCERNED, date(2023, 6, 20))) == []


def test_silence_is_no_move() -> None:
    assert moves((OPPOSES, date(2023, 5, 20))) == []


def test_scales_do_not_mix() -> None:
    assert [move[:2] for move in moves((OPPOSES, date(2023, 5, 20)), (STANDS_BY, date(2023, 6, 20)))] == [
        (CLIMB, "warning")
    ]


def test_bad_windows_are_refused() -> None:
    with pytest.raises(OptionError, match="before it begins"):
        climbs((), since=UNTIL, until=SINCE)
    with pytest.raises(OptionError, match="remembers nothing"):
        climbs((), since=SINCE, until=UNTIL, memory_days=0)

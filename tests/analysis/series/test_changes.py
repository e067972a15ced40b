"""Changes of level with what drives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from detente.analysis.series.changes import changes_of
from detente.analysis.series.make import Given
from detente.analysis.series.periods import window_between

Make = Callable[..., pa.Table]
DYAD = ("NOR", "SWE")
SINCE, UNTIL = date(2023, 1, 1), date(2024, 6, 30)
MILD, GRIM = ("CONSULT", "AGREE", "SUPPORT"), ("ACCUSE", "REJECT", "SANCTION")


def quarrel(turn: int = 9, each: int = 6) -> list[dict[str, Any]]:
    """Eighteen months of talk that turns sour in one of them; the worst is told by many."""
    rows = []
    for month in range(18):
        for number in range(each + month % 2):
            kind = (MILD if month < turn else GRIM)[number % 3]
            rows.append({"start": date(2023 + month // 12, month % 12 + 1, 3 + number), "type": kind})
    rows[turn * each + turn // 2 + 2] |= {"told": 30, "id": "ep-worst"}
    return rows


def given(rows: pa.Table, documents: pa.Table, freq: str = "month") -> Given:
    return Given((DYAD,), rows, documents, window_between(SINCE, UNTIL, freq))


def test_a_turn_of_the_relation_and_its_drivers(make_rows: Make, make_documents: Make) -> None:
    (change,) = changes_of(given(make_rows(quarrel()), make_documents(SINCE, UNTIL)), "both", ("score", "episodes"))
    assert (change.measure, change.period, change.on, change.gap) == ("score", "2023-10", date(2023, 10, 1), 0)
    assert change.before == pytest.approx(3.3, abs=0.3) and change.after == pytest.approx(-3.6, abs=0.3)
    assert (change.periods_before, change.periods_after) == (9, 9)
    before, after = ([d for d in change.drivers if d.side == side] for side in ("before", "after"))
    assert len(before) == len(after) == 3
    assert {driver.type for driver in before} == {"SUPPORT"} and {driver.type for driver in after} == {"SANCTION"}
    assert "ep-worst" in {driver.record for driver in after}
    assert all(date(2023, 7, 1) <= driver.start < date(2024, 1, 1) for driver in change.drivers)
    assert all(0 < driver.share < 0.1 and driver.direction == "NOR>SWE" for driver in change.drivers)
    wire = json.loads(json.dumps(change.to_dict()))
    assert (wire["on"], wire["drivers"][0]["side"]) == ("2023-10-01", "before")


def test_a_gap_before_the_turn_is_told(make_rows: Make, make_documents: Make) -> None:
    rows = [row for row in quarrel() if not date(2023, 8, 1) <= row["start"] < date(2023, 10, 1)]
    (change,) = changes_of(given(make_rows(rows), make_documents(SINCE, UNTIL)), "both", ("score",))
    assert (change.period, change.gap, change.periods_before) == ("2023-10", 2, 7)


def test_more_episodes_are_driven_by_the_kind_that_grew(make_rows: Make, make_documents: Make) -> None:
    rows = [{"start": date(2023 + m // 12, m % 12 + 1, 2 + n)} for m in range(18) for n in range(4 + m % 2)]
    rows += [
        {"start": date(2023 + m // 12, m % 12 + 1, 8 + n), "type": "MOBILIZE", "id": f"mob-{m:02}-{n:02}"}
        for m in range(9, 18)
        for n in range(12)
    ]
    known = given(make_rows(rows), make_documents(SINCE, UNTIL))
    count, rate = changes_of(known, "both", ("episodes", "rate"))
    assert (count.measure, count.period, count.before, count.after) == ("episodes", "2023-10", 4.444, 16.556)
    assert (rate.measure, rate.period) == ("rate", "2023-10") and rate.after < 1
    assert {(driver.side, driver.type) for driver in count.drivers} == {("after", "MOBILIZE")}
    assert (count.documents_before, count.documents_after) == (30.3, 30.4)


def test_nothing_happens_and_nothing_is_known(make_rows: Make, make_documents: Make) -> None:
    measures = ("score", "episodes", "rate")
    for documents in (make_documents(SINCE, UNTIL), make_documents(SINCE, SINCE)):
        assert changes_of(given(make_rows([]), documents), "both", measures) == ()
        assert changes_of(given(make_rows([{"start": SINCE}]), documents, "week"), "SWE>NOR", measures) == ()

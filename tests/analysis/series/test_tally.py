"""Figures of rows by period and direction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.series import COLUMNS, SCHEMA
from detente.analysis.series.columns import TYPES, quad_column, type_column
from detente.analysis.series.periods import FREQUENCIES, window_between
from detente.analysis.series.tally import UNPLACED, Plan, tally
from detente.ontology.tables import QUADS

Make = Callable[..., pa.Table]
DYAD = ("NOR", "SWE")
SINCE, UNTIL = date(2024, 1, 1), date(2024, 6, 30)
ROW = st.fixed_dictionaries(
    {
        "start": st.dates(SINCE, UNTIL),
        "type": st.sampled_from(TYPES),
        "confidence": st.floats(0.05, 0.99),
        "lead": st.sampled_from([f"doc-{number}" for number in range(12)]),
    }
) | st.just({"start": date(2024, 3, 3)})
ROWS = st.lists(
    st.tuples(ROW, st.sampled_from([(True, True), (True, False), (False, True)])).map(
        lambda both: both[0] | {"forward": both[1][0], "backward": both[1][1]}
    ),
    max_size=40,
)


def made(rows: pa.Table, documents: pa.Table, freq: str = "month", until: date = UNTIL, draws: int = 200) -> pa.Table:
    return tally((DYAD,), rows, documents, Plan(window_between(SINCE, until, freq), 30.0, draws))


def of(table: pa.Table, direction: str) -> list[dict[str, Any]]:
    return [row for row in table.to_pylist() if row["direction"] == direction]


def test_counts_scores_and_rates_of_a_month(make_rows: Make, make_documents: Make) -> None:
    rows = make_rows(
        [
            {"start": date(2024, 3, 12), "type": "ACCUSE", "confidence": 0.5},
            {"start": date(2024, 3, 13), "backward": True, "confidence": 0.9},
            {"start": date(2024, 3, 20), "forward": False, "backward": True, "type": "AID"},
        ]
    )
    table = made(rows, make_documents(SINCE, UNTIL))
    assert table.schema.equals(SCHEMA) and [column.name for column in COLUMNS] == SCHEMA.names
    both, there, back = (of(table, name)[2] for name in ("both", "NOR>SWE", "SWE>NOR"))
    assert (both["period"], both["start"], both["end"]) == ("2024-03", date(2024, 3, 1), date(2024, 3, 31))
    assert [one["episodes"] for one in (both, there, back)] == [3, 2, 2]
    assert (both["n_accuse"], both["n_consult"], both["n_aid"]) == (1, 1, 1)
    assert (both["n_verbal_cooperation"], both["n_verbal_conflict"], both["n_material_cooperation"]) == (1, 1, 1)
    assert there["net"] == pytest.approx(0.5 * -3 + 0.9 * 2.5)
    assert there["score"] == pytest.approx((0.5 * -3 + 0.9 * 2.5) / 1.4)
    assert (both["documents"], both["documents_dyad"]) == (31, 31)
    assert both["episodes_per_document"] == pytest.approx(3 / 31, abs=1e-6)
    assert (both["quad_scheme"], both["score_scheme"]) == ("plover", "plover")


def test_no_document_is_a_gap_and_no_episode_a_zero(make_rows: Make, make_documents: Make) -> None:
    silent = [date(2024, 2, 1) + timedelta(days=number) for number in range(29)]
    rows = make_rows([{"start": date(2024, 1, 5)}, {"start": date(2024, 4, 5), "forward": True}])
    _, gap, zero, _, *_ = of(made(rows, make_documents(SINCE, UNTIL, silent)), "both")
    assert gap["documents"] == 0 and gap["documents_dyad"] == 0
    assert all(gap[name] is None for name in ("episodes", "n_consult", "expected", "score", "net", "index"))
    assert (zero["episodes"], zero["n_consult"], zero["net"], zero["expected"]) == (0, 0, 0.0, 0.0)
    assert zero["score"] is None and zero["index"] > 0


def test_what_is_told_later_of_a_month_without_documents_is_no_gap(make_rows: Make, make_documents: Make) -> None:
    silent = [date(2024, 2, 1) + timedelta(days=number) for number in range(29)]
    table = made(make_rows([{"start": date(2024, 2, 9)}]), make_documents(SINCE, UNTIL, silent))
    assert [(row["episodes"], row["episodes_per_document"]) for row in of(table, "NOR>SWE")][1] == (1, None)
    # Of the other way nothing is known.
    assert of(table, "SWE>NOR")[1]["episodes"] is None


@pytest.mark.parametrize(
    ("start", "end", "freq", "period"),
    [
        (date(2024, 3, 30), date(2024, 4, 2), "month", "2024-03"),
        (date(2024, 3, 1), date(2024, 3, 31), "month", "2024-03"),
        (date(2024, 3, 1), date(2024, 3, 31), "week", None),
        (date(2024, 3, 20), date(2024, 4, 20), "month", None),
        (date(2024, 3, 20), date(2024, 4, 20), "quarter", None),
        (date(2024, 2, 20), date(2024, 3, 20), "quarter", "2024-Q1"),
        (date(2024, 3, 20), date(2024, 3, 19), "month", None),
        (date(2024, 3, 20), None, "month", None),
        (None, None, "month", None),
    ],
)
def test_days_that_say_no_period_are_left_out_and_told(
    start: date | None, end: date | None, freq: str, period: str | None, make_rows: Make, make_documents: Make
) -> None:
    table = made(make_rows([{"start": start, "end": end}]), make_documents(SINCE, UNTIL), freq)
    assert [row["period"] for row in of(table, "both") if row["episodes"]] == ([period] if period else [])
    assert int(table.schema.metadata[UNPLACED.encode()]) == (0 if period else 1)


@settings(max_examples=40)
@given(rows=ROWS)
def test_every_frequency_has_the_same_total(rows: list[dict[str, Any]], make_rows: Make, make_documents: Make) -> None:
    names = ["episodes", "expected", "net", *map(type_column, TYPES), *map(quad_column, QUADS)]
    tables = [made(make_rows(rows), make_documents(SINCE, UNTIL), freq, draws=0) for freq in FREQUENCIES]
    for direction in ("both", "NOR>SWE", "SWE>NOR"):
        sums = [{name: sum(row[name] for row in of(table, direction)) for name in names} for table in tables]
        assert all(one == pytest.approx(sums[0], abs=1e-4) for one in sums)
        assert sum(sums[0][type_column(name)] for name in TYPES) == sums[0]["episodes"]
        assert sum(sums[0][quad_column(name)] for name in QUADS) == sums[0]["episodes"]
    ends = [of(table, "both")[-1]["index"] for table in (tables[0], tables[2], tables[3])]
    assert ends == pytest.approx([ends[0]] * 3, abs=1e-4)


@settings(max_examples=30)
@given(rows=ROWS)
def test_swapping_the_two_swaps_the_directions(
    rows: list[dict[str, Any]], make_rows: Make, make_documents: Make
) -> None:
    documents = make_documents(SINCE, UNTIL)
    swapped = [row | {"forward": row["backward"], "backward": row["forward"]} for row in rows]
    table, other = (made(make_rows(one), documents) for one in (rows, swapped))
    figures = [name for name in SCHEMA.names if name != "direction"]
    for here, there in (("both", "both"), ("NOR>SWE", "SWE>NOR"), ("SWE>NOR", "NOR>SWE")):
        mine, theirs = (one.filter(pc.equal(one["direction"], way)) for one, way in ((table, here), (other, there)))
        assert mine.select(figures).equals(theirs.select(figures))


@settings(max_examples=30)
@given(rows=ROWS, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_documents_makes_no_difference(
    rows: list[dict[str, Any]], random: Any, make_rows: Make, make_documents: Make
) -> None:
    table, documents = make_rows(rows), make_documents(SINCE, UNTIL)
    mixed = [list(range(one.num_rows)) for one in (table, documents)]
    for order in mixed:
        random.shuffle(order)
    other = made(*(one.take(pa.array(order, pa.int64())) for one, order in zip((table, documents), mixed, strict=True)))
    for name in SCHEMA.names:
        mine, theirs = made(table, documents)[name].to_pylist(), other[name].to_pylist()
        assert mine == (pytest.approx(theirs, abs=2e-6) if pa.types.is_floating(SCHEMA.field(name).type) else theirs)


@settings(max_examples=30)
@given(rows=ROWS)
def test_bands_hold_their_figure_and_need_five_documents(
    rows: list[dict[str, Any]], make_rows: Make, make_documents: Make
) -> None:
    for row in made(make_rows(rows), make_documents(SINCE, UNTIL)).to_pylist():
        for name in ("score", "net", "expected"):
            low, high = row[f"{name}_low"], row[f"{name}_high"]
            assert (low is None) == (high is None)
            if low is not None:
                assert row["episodes"] >= 5 and low <= row[name] + 1e-6 and row[name] - 1e-6 <= high
                assert name != "score" or -10 <= low <= high <= 10


def test_many_reports_of_one_document_are_no_many_witnesses(make_rows: Make, make_documents: Make) -> None:
    once = ("CONSULT", "ACCUSE", "AGREE", "REJECT", "AID", "ASSAULT", "SUPPORT", "REQUEST")
    kinds = [kind for kind in once for _ in range(2)]

    def width(each: int) -> float:
        rows = [{"start": date(2024, 3, 3), "type": t, "lead": f"d{n // each}"} for n, t in enumerate(kinds)]
        march = of(made(make_rows(rows), make_documents(SINCE, UNTIL)), "both")[2]
        return float(march["net_high"] - march["net_low"])

    assert width(2) > width(1)
    lone = [{"start": date(2024, 3, 3), "type": t, "lead": "d0"} for t in kinds]
    assert of(made(make_rows(lone), make_documents(SINCE, UNTIL)), "both")[2]["score_low"] is None


def test_the_index_halves_in_a_half_life_and_knows_what_came_before(make_rows: Make, make_documents: Make) -> None:
    rows = make_rows([{"start": date(2023, 12, 31), "type": "AID"}])
    table = made(rows, make_documents(SINCE, UNTIL), "day")
    by_day = {row["start"]: row["index"] for row in of(table, "both")}
    assert by_day[date(2024, 1, 30)] == pytest.approx(5.0, abs=1e-6)
    assert by_day[date(2024, 2, 29)] == pytest.approx(2.5, abs=1e-6)
    assert of(table, "both")[0]["index_mean"] == pytest.approx(10)


def test_a_dyad_has_the_same_figures_alone_and_among_others(make_rows: Make, make_documents: Make) -> None:
    kinds = ("CONSULT", "ACCUSE", "AGREE", "REJECT", "AID", "ASSAULT")
    mine = [{"start": date(2024, 3, 3 + n), "type": t} for n, t in enumerate(kinds)]
    others = [row | {"first": "AUT", "second": "CHE", "id": f"x{n}", "lead": f"d{n}"} for n, row in enumerate(mine)]
    documents, plan = make_documents(SINCE, UNTIL), Plan(window_between(SINCE, UNTIL, "week"), 30.0, 100)
    both = tally((("AUT", "CHE"), DYAD), make_rows([*others, *mine]), documents, plan)
    alone = tally((DYAD,), make_rows(mine), documents, plan)
    assert both.slice(alone.num_rows).equals(alone)

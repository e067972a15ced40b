"""Two sources on one relation: matching is the best there is, chance is told, and samples can be read."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from detente.analysis.compare_sources import compare_sources
from detente.analysis.compare_sources.correlate import pearson, spearman
from detente.analysis.compare_sources.match import by_chance, has_any, pairs
from detente.cli.compare_sources import run_compare_sources
from detente.cli.import_export import run_export, run_import
from detente.errors import LedgerError, OptionError
from detente.ledger import query
from detente.ledger.exports import Wanted

DYAD = ("RUS", "NOR")
# Before the first day of publication: what it tells of was the day before.
FIRST = date(2024, 1, 1)
DAYS = st.lists(st.integers(0, 40), max_size=12)


@given(one=DAYS, other=DAYS, days=st.integers(0, 5))
def test_no_other_matching_has_more_pairs(one: list[int], other: list[int], days: int) -> None:
    fits = np.abs(np.subtract.outer(one, other)) <= days
    best = int((maximum_bipartite_matching(csr_array(fits)) >= 0).sum()) if one and other else 0
    assert pairs(np.array(one, np.int64), np.array(other, np.int64), days) == best
    if one:
        wanted = fits.any(axis=1) if other else np.zeros(len(one), bool)
        assert has_any(np.array(one), np.array(other, np.int64), days).tolist() == wanted.tolist()


def test_chance_matches_as_many_as_events_that_have_nothing_to_do_with_each_other() -> None:
    random = np.random.default_rng(7)
    one, other = random.integers(0, 1000, 200), random.integers(0, 1000, 200)
    (expected,) = by_chance([(one, other)], 0, 999, 1, seed=1) or [0.0]
    assert abs(pairs(one, other, 1) - expected) < 20
    # Moved by anything else, events that are the same no longer match any better.
    (moved,) = by_chance([(one, one)], 0, 999, 1, seed=1) or [0.0]
    assert abs(moved - expected) < 20 and pairs(one, one, 1) == 200
    assert by_chance([(one, other)], 0, 25, 1, seed=1) is None


@given(st.integers(0, 100_000))
def test_correlations_are_those_of_scipy(seed: int) -> None:
    random = np.random.default_rng(seed)
    one = random.integers(0, 9, 15).astype(float)
    other = one + random.normal(0, 3, 15)
    wanted = stats.pearsonr(one, other)
    low, high = wanted.confidence_interval(0.95)
    assert pearson(one, other) == pytest.approx((wanted.statistic, low, high), abs=1e-4)
    value, low_of_ranks, high_of_ranks = spearman(one, other)
    assert value == pytest.approx(stats.spearmanr(one, other).statistic, abs=1e-4)
    assert low_of_ranks is not None and high_of_ranks is not None and low_of_ranks <= value <= high_of_ranks  # type: ignore[operator]


def test_without_variation_there_is_no_correlation() -> None:
    flat, slope = np.ones(6), np.arange(6.0)
    assert pearson(flat, slope) == spearman(flat, slope) == pearson(slope[:3], slope[:3]) == (None, None, None)
    assert pearson(slope, slope) == (1.0, 1.0, 1.0)


@pytest.fixture(scope="module")
def both(filed_news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The news' ledger with its own episodes, gone out and come in again as GDELT's, but those of June."""
    folder = tmp_path_factory.mktemp("both")
    path, rows = folder / "both.duckdb", folder / "rows.tsv"
    shutil.copy(filed_news, path)
    run_export("gdelt2", "detente", Wanted(until=date(2024, 5, 31)), "episodes", rows, path, quiet=True)
    # A day late, as its sources may be.
    lines = [line.split("\t") for line in rows.read_text(encoding="utf-8").splitlines()]
    shifted = [[*line[:1], str(int(line[1]) + 1), *line[2:]] for line in lines]
    rows.write_text("".join("\t".join(line) + "\n" for line in shifted), encoding="utf-8")
    assert run_import([str(rows)], "auto", path, quiet=True) == 0
    return path


def test_what_is_the_same_but_a_day_late_agrees(both: Path) -> None:
    found = compare_sources(both, "detente", "gdelt", DYAD, level="all", since=FIRST, until=date(2024, 5, 31))
    every, *kinds = found.agreement
    assert every.name == "all" and every.one == every.other == every.matched == every.found_one > 5
    assert {row.name for row in kinds} >= {"ACCUSE", "CONSULT"} and sum(row.matched for row in kinds) == every.matched
    assert every.above == 1.0 and every.chance is not None and every.chance < every.matched
    assert [only.count for only in found.only] == [0, 0]
    exact = compare_sources(both, "detente", "gdelt", DYAD, level="all", since=FIRST, until=date(2024, 5, 31), days=0)
    assert exact.agreement[0].matched < every.matched
    counts = next(row for row in found.correlations if (row.measure, row.direction) == ("episodes", "NOR>RUS"))
    assert counts.n >= 4 and counts.pearson == 1.0


def test_what_only_one_has_can_be_read(both: Path) -> None:
    found = compare_sources(both, "detente", "gdelt", DYAD, level="all", since=FIRST, until=date(2024, 6, 30), sample=2)
    ours, theirs = found.only
    assert ours.source == "detente" and ours.count >= 2 and theirs.count == 0 and theirs.sample == ()
    assert len(ours.sample) == 2 and all(event.start >= date(2024, 6, 1) for event in ours.sample)
    for event in ours.sample:
        assert (
            event.words
            and event.document in ("n7", "n8")
            and event.url == f"https://agency.example/{event.document[1]}"
        )
    again = compare_sources(both, "detente", "gdelt", DYAD, level="all", since=FIRST, until=date(2024, 6, 30), sample=2)
    assert again == found
    turned = compare_sources(both, "gdelt", "detente", DYAD, level="all", since=FIRST, until=date(2024, 6, 30))
    assert turned.agreement[0].matched == found.agreement[0].matched and turned.only[1].count == ours.count


def test_by_quad_class_more_agrees_than_by_type(both: Path) -> None:
    until = date(2024, 6, 30)
    by_type = compare_sources(both, "detente", "gdelt", DYAD, level="all", since=FIRST, until=until)
    by_quad = compare_sources(
        both, "detente", "gdelt", DYAD, level="all", since=FIRST, until=until, match="quad", days=30
    )
    assert by_quad.agreement[0].matched >= by_type.agreement[0].matched
    assert {row.name for row in by_quad.agreement[1:]} <= {
        f"{how} {what}" for how in ("verbal", "material") for what in ("cooperation", "conflict")
    }


def test_without_days_the_time_that_both_cover_is_compared(both: Path) -> None:
    found = compare_sources(both, "detente", "gdelt", DYAD)
    last = query(both, "SELECT max(start_date) FROM v_imported_events")[1][0][0]
    assert found.since == date(2024, 1, 10) and found.until == last


def test_what_cannot_be_compared_is_told(both: Path, filed_news: Path) -> None:
    for words, told in ((("detente", "detente"), "twice"), (("detente", "icews"), "nothing of icews")):
        with pytest.raises((OptionError, LedgerError), match=told):
            compare_sources(both, *words, DYAD)
    with pytest.raises(OptionError, match="--match mode: not known"):
        compare_sources(both, "detente", "gdelt", DYAD, match="mode")
    with pytest.raises(OptionError, match="--days -1"):
        compare_sources(both, "detente", "gdelt", DYAD, days=-1)
    with pytest.raises(OptionError, match="no day from 2025-01-01"):
        compare_sources(both, "detente", "gdelt", DYAD, since=date(2025, 1, 1))
    with pytest.raises(LedgerError, match="nothing of gdelt"):
        compare_sources(filed_news, "detente", "gdelt", DYAD)


def test_the_command_prints_and_writes(both: Path, tmp_path: Path) -> None:
    for format in ("text", "json"):
        run_compare_sources(
            both,
            ("detente", "gdelt"),
            ("Norway", "russian"),
            "month",
            "gov",
            FIRST,
            date(2024, 6, 30),
            match="type",
            days=1,
            sample=2,
            seed=1,
            format=format,
            out=tmp_path / format,
        )
    text = (tmp_path / "text").read_text(encoding="utf-8")
    assert text.startswith("NOR-RUS, 2024-01-01 to 2024-06-30: detente and gdelt, by month, level gov\n")
    assert "for which gdelt has none, some of them:" in text and "at most 1 day apart" in text
    plain = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    assert plain["agreement"][0]["name"] == "all" and len(plain["only"][0]["sample"]) == 2

"""What was derived is read back as it was, and the part of a dyad that bears on some days answers as the whole does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.analysis.brief import make_brief
from detente.analysis.brief_model import Brief
from detente.analysis.dossier import Dossier
from detente.analysis.listing import NOUNS, items_of
from detente.analysis.load import load_about, load_view
from detente.analysis.proof import proof_of_derived
from detente.coding import Coder
from detente.ledger import add, derive, lookups, reading, refresh
from detente.reading import ReadOptions, read_paths

DEMO = Path(__file__).resolve().parents[2] / "examples" / "us-china-2023" / "documents.jsonl"
PAIR = ("USA", "CHN")
# All days; a summer; a month in which nothing is filed yet; the last weeks.
PERIODS = (
    (None, None),
    (date(2023, 6, 5), date(2023, 8, 20)),
    (date(2022, 7, 1), date(2022, 7, 31)),
    (date(2023, 11, 1), None),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("load") / "demo.duckdb"
    documents = read_paths([str(DEMO)], ReadOptions(), on_error=lambda fault: pytest.fail(str(fault)), on_note=print)
    for _ in add(path, documents, Coder(), on_error=lambda fault: pytest.fail(str(fault))):
        pass
    refresh(path)
    return path


def part(ledger: Path, since: date | None, until: date | None) -> Dossier:
    return load_view(ledger, PAIR, since, until, None, large=0)


def whole(ledger: Path, since: date | None, until: date | None) -> Dossier:
    return load_view(ledger, PAIR, since, until, None, large=10**9)


def shown(brief: Brief) -> list[object]:
    """All but the words of each side, which are compared with all that was said before and after."""
    rows = [(s.key, s.rows, s.more) for s in brief.sections if s.key != "words"]
    return [*(row.cells for _, some, _ in rows for row in some), *(more for *_, more in rows)]


def test_what_was_derived_is_read_back_as_it_was(ledger: Path) -> None:
    dossier, pair = whole(ledger, None, None), ("CHN", "USA")
    with reading(ledger) as connection:
        given = (lookups.reports(connection, pair), lookups.tellings(connection, pair))
        anew = derive(pair, *given, lookups.sources(connection, pair), dossier.as_of)
    assert (dossier.episodes, dossier.contacts) == (anew.episodes, anew.contacts)
    assert (dossier.commitments, dossier.channels) == (anew.commitments, anew.channels)


@pytest.mark.parametrize(("since", "until"), PERIODS)
def test_a_part_lists_what_the_whole_lists(ledger: Path, since: date | None, until: date | None) -> None:
    some, all_of_it = part(ledger, since, until), whole(ledger, since, until)
    for noun in NOUNS:
        assert items_of(noun, some) == items_of(noun, all_of_it)


@pytest.mark.parametrize(("since", "until"), PERIODS)
def test_a_part_gives_the_brief_of_the_whole(ledger: Path, since: date | None, until: date | None) -> None:
    some, all_of_it = make_brief(part(ledger, since, until)), make_brief(whole(ledger, since, until))
    assert [r.cells for s in some.sections for r in s.rows if s.key == "contacts"] == [
        r.cells for s in all_of_it.sections for r in s.rows if s.key == "contacts"
    ]
    assert len(shown(some)) == len(shown(all_of_it))
    assert [point.value for point in some.series] == [point.value for point in all_of_it.series]


def test_the_evidence_of_what_was_derived_needs_only_what_it_rests_on(ledger: Path) -> None:
    dossier = whole(ledger, None, None)
    for found in (dossier.episodes[3], dossier.contacts[0], dossier.commitments[0]):
        alone = load_about(ledger, PAIR, found.id)
        assert alone is not None and len(alone.reports) < len(dossier.reports)
        assert proof_of_derived(alone, found.id) == proof_of_derived(dossier, found.id)
    assert load_about(ledger, PAIR, "ep-none") is None


@pytest.mark.parametrize("large", [0, 10**9])
def test_two_who_have_not_been_told_of_for_years_have_a_brief(ledger: Path, large: int) -> None:
    brief = make_brief(load_view(ledger, PAIR, date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31), large=large))
    assert brief.series == ()

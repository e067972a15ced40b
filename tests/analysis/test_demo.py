"""What `make demo` must show of a year of two states: promises with their fate, a channel cut and restored, assurances
that one side's account alone has."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from detente.analysis.brief import make_brief
from detente.analysis.dossier import Dossier
from detente.analysis.load import load_dossier
from detente.analysis.series import changes, series
from detente.relations import Commitment

ROOT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).parent / "detente")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "relations.duckdb"
    source = ROOT / "examples" / "us-china-2023" / "documents.jsonl"
    subprocess.run([COMMAND, "add", str(source), "--db", str(path), "-q"], check=True)
    return path


@pytest.fixture(scope="module")
def dossier(db: Path) -> Dossier:
    return load_dossier(db, ("USA", "CHN"))


def settled(dossier: Dossier, words: str, state: str) -> list[Commitment]:
    return [one for one in dossier.commitments if words in one.words and one.state == state]


def days_of(dossier: Dossier, commitment: Commitment) -> set[str]:
    """Documents of the records that settled it."""
    assert commitment.settled is not None and commitment.settled.records
    wanted = set(commitment.settled.records)
    episodes = {d for e in dossier.episodes if e.id in wanted or wanted & set(e.reports) for d in e.documents}
    tellings = {t.source.document for t in dossier.tellings if t.statement.id in wanted}
    return episodes | tellings | {r.source.document for r in dossier.reports.values() if r.event.id in wanted}


def test_the_promised_flights_are_kept(dossier: Dossier) -> None:
    kept = settled(dossier, "flights", "kept")
    assert any("news-2023-08-11-flights" in days_of(dossier, one) for one in kept)


def test_the_invitation_to_a_minister_who_left_office_has_lapsed(dossier: Dossier) -> None:
    (lapsed,) = [one for one in settled(dossier, "invited Qin Gang", "lapsed") if one.kind == "invitation"]
    assert lapsed.settled is not None and "Qin Gang left office" in lapsed.settled.why
    assert lapsed.settled.on == date(2023, 7, 25)


def test_the_autumn_meeting_took_place(dossier: Dossier) -> None:
    kept = [
        one
        for one in dossier.commitments
        if one.state == "kept" and one.settled and one.settled.on == date(2023, 11, 15)
    ]
    days = [days_of(dossier, one) for one in kept if "meeting" in one.words]
    assert any({"usa-2023-11-15-woodside", "chn-2023-11-15-woodside"} & documents for documents in days)


def test_the_military_channel_was_cut_and_restored(dossier: Dossier) -> None:
    (defence,) = [channel for channel in dossier.channels if channel.name == "defence"]
    assert (defence.state, defence.suspended_on, defence.by) == ("open", date(2022, 8, 5), "CHN")
    assert defence.resumed_on is not None and defence.resumed_on >= date(2023, 11, 15)
    told = {d for e in dossier.episodes if e.id in defence.suspended_by for d in e.documents}
    assert "chn-2022-08-05-countermeasures" in told


def test_assurances_that_only_one_side_tells_are_shown(dossier: Dossier) -> None:
    brief = make_brief(dossier)
    text = str(brief.to_dict())
    assert "China alone" in text and "five commitments made in Bali" in text
    assert "United States alone" in text and "lethal assistance" in text


def test_the_series_changes_its_level_from_the_balloon_to_the_thaw(db: Path) -> None:
    (change,) = changes(db, ("USA", "CHN"), "week", measures=("score",))
    assert change.before < 0 < change.after
    # The weeks between have no documents.
    assert date(2023, 2, 20) < change.on < date(2023, 6, 1) and change.gap > 0
    before, after = ([d for d in change.drivers if d.side == side] for side in ("before", "after"))
    assert any("shot down" in driver.words for driver in before)
    assert {driver.type for driver in after} == {"CONSULT"}


def test_the_brief_and_the_command_have_the_same_series(db: Path, dossier: Dossier) -> None:
    months = {row["period"]: row for row in series(db, ("USA", "CHN")).to_pylist() if row["direction"] == "both"}
    points = make_brief(dossier).series
    assert len(points) >= 12
    for point in points:
        row = months[point.month]
        assert point.value == (None if row["score"] is None else pytest.approx(row["score"], abs=0.006))
        assert point.low == (None if row["score_low"] is None else pytest.approx(row["score_low"], abs=0.006))
        assert (point.episodes, point.documents) == (row["episodes"] or 0, row["documents_dyad"])

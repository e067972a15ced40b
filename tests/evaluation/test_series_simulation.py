"""Made-up worlds, and what is seen of them."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pytest

from detente.errors import InputError
from detente.evaluation.series_simulation import WORLDS, evaluate
from detente.evaluation.series_worlds import COLUMNS, MONTHS, read_worlds, runs_of
from detente.ledger.deeds import SCHEMA


class NoCoder:
    """The simulation codes nothing."""

    def code(self, document: object, /) -> object:
        raise AssertionError(document)


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["# ours", "\t".join(COLUMNS), *(row.replace(" ", "\t") for row in rows)]) + "\n")
    return path


def test_a_world_is_what_its_row_says(tmp_path: Path) -> None:
    (world,) = read_worlds(table(tmp_path / "w.tsv", "w episodes 10 30 10 0.6 0.6 0.6 2 40 40"))
    assert world.reported == pytest.approx(0.865, abs=0.001)
    runs = list(runs_of(world, 1))
    assert len(runs) == 40 and all(run.rows.schema == SCHEMA for run in runs)
    # True events that are reported: so many a month, in the middle three times as many.
    seen = sum(pc.sum(run.rows["confidence"]).as_py() for run in runs) / len(runs) / MONTHS
    assert seen == pytest.approx(world.reported * 50 / 3, rel=0.05)
    assert sum(run.reported.mean() for run in runs) / len(runs) == pytest.approx(world.reported * 50 / 3)
    assert [run.rows.num_rows for run in runs_of(world, 1)] == [run.rows.num_rows for run in runs]
    assert [run.rows.num_rows for run in runs_of(world, 2)] != [run.rows.num_rows for run in runs]


def test_bands_and_shifts_of_a_few_runs(tmp_path: Path) -> None:
    still = "still none 15 15 15 0.6 0.6 0.6 2 40 12"
    shifts = "turn score 15 15 15 0.8 0.15 0.8 2 40 8", "more episodes 10 40 10 0.6 0.6 0.6 2 40 8"
    report = evaluate(NoCoder(), table(tmp_path / "w.tsv", still, *shifts))  # type: ignore[arg-type]
    figures = report.figures
    assert report.items == 28 == len(report.predictions)
    assert all(0.8 <= figures[f"coverage.{name}"] <= 0.98 for name in ("score", "expected", "net", "index"))
    assert figures["found.turn"] >= 0.85 and figures["found.more"] >= 0.85
    assert figures["false_alarms"] == figures["false_alarms.still"] <= 0.25


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("w none 1 2 3", "line 3: not a world"),
        ("w sometimes 10 30 10 0.6 0.6 0.6 2 40 40", "line 3: not a world"),
        ("w none 10 x 10 0.6 0.6 0.6 2 40 40", "line 3: could not convert"),
        ("w none 10 nan 10 0.6 0.6 0.6 2 40 40", "line 3: not possible"),
        ("w none 10 10 10 0.6 1.6 0.6 2 40 40", "line 3: not possible"),
        ("w none 10 10 10 0.6 0.6 0.6 2 0 40", "line 3: not possible"),
    ],
)
def test_a_bad_row_is_told_with_its_line(row: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read_worlds(table(tmp_path / "w.tsv", row))


def test_the_table_of_the_package_is_right() -> None:
    worlds = read_worlds(Path(str(WORLDS)))
    assert {world.shifts for world in worlds} == {"none", "score", "episodes"}
    with pytest.raises(InputError, match="the columns"):
        read_worlds(Path(__file__))

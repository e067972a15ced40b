"""`detente evaluate series_simulation`: are the bands as wide as they should be, and are shifts found where they are?

Nothing is coded and no marked data is needed: the rows of made-up worlds (`series_worlds.tsv`) go the way that the rows
of a ledger go. The band of a month is right when it holds what the time is like: the mean score of the mix, how many
true events are reported on average, and their product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.analysis.series.changes import changes_of
from detente.analysis.series.make import HALF_LIFE, Given
from detente.analysis.series.memory import Numbers, remember
from detente.analysis.series.periods import window_between
from detente.analysis.series.tally import Plan, tally
from detente.evaluation.data import digest
from detente.evaluation.report import CoderLike, Report
from detente.evaluation.series_worlds import DYAD, MONTHS, SINCE, TIMES, UNTIL, Run, World, read_worlds, runs_of

WORLDS: Final = files("detente.evaluation") / "series_worlds.tsv"
DRAWS: Final = 500
_SEED: Final = 2021
_BANDS: Final = ("score", "expected", "net", "index")
_MEASURES: Final = ("score", "episodes")
_SHIFTS: Final = tuple(range(MONTHS // TIMES, MONTHS, MONTHS // TIMES))


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:  # noqa: ARG001
    """Make up the worlds of the package's table, or of another of its format, and look at their series.

    Figures: `coverage.FIGURE`, the share of months whose 90 % band holds the truth, over all worlds and
    `coverage.FIGURE.WORLD`; `found.WORLD`, the share of shifts that are found within one month; `false_alarms`, the
    share of runs without a shift that report one, over all and `false_alarms.WORLD`; `spurious.WORLD`, the share of
    runs that report a shift of what shifts elsewhere than where one is.

    Raises:
        InputError: the table is not in its format.
    """
    path = data or Path(str(WORLDS))
    rows = [_row(world, number, run) for world in read_worlds(path) for number, run in enumerate(runs_of(world, _SEED))]
    return Report(
        name="series_simulation",
        data=str(path),
        sha256=digest(path),
        items=len(rows),
        figures=_figures(rows),
        predictions=tuple(rows),
        note="made-up series of which the truth is known; the coder has no part in it",
    )


def _row(world: World, number: int, run: Run) -> dict[str, Any]:
    """What was seen of one run: how many months have a band and how many of these are right, and the changes."""
    window = window_between(SINCE, UNTIL, "month")
    table = tally((DYAD,), run.rows, run.documents, Plan(window, HALF_LIFE, DRAWS))
    both = table.filter(pc.equal(table["direction"], "both"))
    truth = {"score": run.score, "expected": run.reported, "net": run.score * run.reported, "index": _index(run)}
    held = {name: _held(both, name, value) for name, value in truth.items()}
    given = Given((DYAD,), run.rows, run.documents, window)
    measures = _MEASURES if world.shifts == "none" else (world.shifts,)
    found = [_month(change.on) for change in changes_of(given, "both", measures)]
    return {
        "id": f"{world.name}:{number}",
        "wanted": [] if world.shifts == "none" else list(_SHIFTS),
        "got": found,
        "confidence": None,
        "world": world.name,
        **{f"bands.{name}": len(right) for name, right in held.items()},
        **{f"right.{name}": int(right.sum()) for name, right in held.items()},
    }


def _held(both: pa.Table, name: str, truth: Numbers) -> NDArray[np.bool_]:
    """Of each month that has a band, whether it holds the truth."""
    low, high = (both[f"{name}_{end}"].to_numpy(zero_copy_only=False) for end in ("low", "high"))
    there = ~np.isnan(low)
    right: NDArray[np.bool_] = ((low <= truth) & (truth <= high))[there]
    return right


def _index(run: Run) -> Numbers:
    """What the index is on average at the end of each month: what comes in by the day, aged."""
    window = window_between(SINCE, UNTIL, "month")
    starts = window.starts
    lengths = np.diff(starts)
    daily = np.repeat(run.score * run.reported / lengths, lengths)
    index = remember(daily[None], np.arange(len(daily)), HALF_LIFE)[0]
    at_ends: Numbers = index[starts[1:] - starts[0] - 1]
    return at_ends


def _month(day: date) -> int:
    return (day.year - SINCE.year) * 12 + day.month - SINCE.month


def _figures(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    worlds: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        worlds[row["world"]].append(row)
    still = {name: mine for name, mine in worlds.items() if not mine[0]["wanted"]}
    figures = {f"coverage.{name}": _coverage(rows, name) for name in _BANDS}
    if still:
        figures["false_alarms"] = _alarms([row for mine in still.values() for row in mine])
    for world, mine in worlds.items():
        figures |= {f"coverage.{name}.{world}": _coverage(mine, name) for name in _BANDS}
        if world in still:
            figures[f"false_alarms.{world}"] = _alarms(mine)
        else:
            figures[f"found.{world}"] = float(np.mean([_near(at, row["got"]) for row in mine for at in row["wanted"]]))
            wrong = [any(not _near(at, row["wanted"]) for at in row["got"]) for row in mine]
            figures[f"spurious.{world}"] = float(np.mean(wrong))
    return figures


def _coverage(rows: Iterable[Mapping[str, Any]], name: str) -> float:
    bands, right = (sum(row[f"{count}.{name}"] for row in rows) for count in ("bands", "right"))
    return right / bands if bands else 0.0


def _alarms(rows: Sequence[Mapping[str, Any]]) -> float:
    return sum(bool(row["got"]) for row in rows) / len(rows)


def _near(month: int, others: Iterable[int]) -> bool:
    return any(abs(month - other) <= 1 for other in others)

"""`detente evaluate ablation`: what rules and relation model are each worth, and both together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from detente.errors import OptionError
from detente.evaluation import examples, plover_pairs, seed
from detente.evaluation.data import digest
from detente.evaluation.data import examples as examples_folder
from detente.evaluation.report import CoderLike, Report, Variable

VARIANTS: Final = ("rules", "model", "both")
_MARKED: Final = ("event.f1", "event.precision", "event.recall", "calibration.ece")
_PAIRS: Final = ("macro_f1", "accuracy", "quad.macro_f1", "binary.macro_f1", "calibration.ece")


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score every variant on the pairs, the seed and the marked examples that served development.

    Figures: `SET.VARIANT.FIGURE`, with SET one of seed, examples, check, and plover_pairs if cross-validated answers
    are kept.

    Raises:
        InputError: data is missing.
        OptionError: a file of data was given, or the coder has no variants.
    """
    if data is not None or not isinstance(coder, Variable):
        raise OptionError("ablation: compares the variants of the project's own coder on its own sets; give no --data")
    figures: dict[str, float] = {}
    reports: dict[str, Report] = {}
    for variant in VARIANTS:
        one = coder.using(variant)
        reports = {
            "seed": seed.evaluate(one),
            "examples": examples.evaluate(one),
            "check": examples.evaluate(one, examples_folder() / "check"),
        }
        if plover_pairs.FOLDS.exists():
            reports["plover_pairs"] = plover_pairs.evaluate(one)
        for name, report in reports.items():
            wanted = _PAIRS if name == "plover_pairs" else _MARKED
            figures |= {f"{name}.{variant}.{figure}": report.figures[figure] for figure in wanted}
    return Report(
        name="ablation",
        data=", ".join(reports),
        sha256=digest(*_files(reports)),
        items=sum(report.items for report in reports.values()),
        figures=figures,
        misses=(),
        predictions=(),
        note="development data; of the pairs the model's answers are cross-validated",
    )


def _files(reports: Mapping[str, Report]) -> list[Path]:
    found: list[Path] = []
    for report in reports.values():
        path = Path(report.data)
        found += sorted(path.glob("*.gold.json")) if path.is_dir() else [path]
    return found

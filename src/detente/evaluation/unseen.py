"""`detente evaluate unseen`: marked articles that nothing was tuned on.

They were marked before the coder was run on them and are measured once a release. Whoever looks at their misses to
mend a rule must mark new ones.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from detente.evaluation.data import examples
from detente.evaluation.examples import evaluate as evaluate_examples
from detente.evaluation.report import CoderLike, Report


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score `examples/final`, or another folder of marked articles.

    The misses are left out of the report on purpose: to read them is to spend the set.

    Raises:
        InputError: there is no gold file, or one is not in its format.
    """
    report = evaluate_examples(coder, data or examples() / "final")
    return replace(report, name="unseen", misses=(), note="marked before any run, never tuned on")

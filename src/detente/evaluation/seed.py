"""`detente evaluate seed`: one marked article (by default the project's first, `../shared/seed/gold.json`)."""

from __future__ import annotations

from pathlib import Path

from detente.evaluation import totals
from detente.evaluation.data import digest, shared
from detente.evaluation.gold import read_marked
from detente.evaluation.marked import score
from detente.evaluation.report import CoderLike, Report


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score one marked article.

    `events.right` of `events.wanted` have type, both sides, status and date right; `must_not.broken`,
    `statements.right` and `contacts.right` are counts too.

    Raises:
        InputError: the gold or its article is missing or not in its format.
    """
    path = data or shared("seed", "gold.json")
    article = read_marked(path)
    result = score(article, coder.code(article.document))
    return Report(
        name="seed",
        data=str(path),
        sha256=digest(*article.files),
        items=len(result.counted),
        figures=totals.figures([result]),
        misses=tuple(totals.misses(result)),
        predictions=tuple(totals.rows(result)),
    )

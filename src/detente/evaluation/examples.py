"""`detente evaluate examples`: the project's own marked articles, summed and one by one."""

from __future__ import annotations

from pathlib import Path

from detente.errors import InputError
from detente.evaluation import totals
from detente.evaluation.data import digest, examples
from detente.evaluation.gold import read_marked
from detente.evaluation.marked import score
from detente.evaluation.report import CoderLike, Report


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score every `*.gold.json` of a folder (or the one file given).

    The figures are sums over the articles; `article.NAME` is the event F1 (type, both sides, status) of one of them.

    Raises:
        InputError: there is no gold file, or one is not in its format.
    """
    folder = data or examples()
    paths = sorted(folder.glob("*.gold.json")) if folder.is_dir() else [folder]
    if not paths:
        raise InputError(str(folder), "no marked articles", right="files named *.gold.json")
    articles = [read_marked(path) for path in paths]
    scores = [score(article, coder.code(article.document)) for article in articles]
    figures = totals.figures(scores)
    figures.update({f"article.{s.article.name}": s.counts(*totals.LEVELS["event"]).f1 for s in scores})
    return Report(
        name="examples",
        data=str(folder),
        sha256=digest(*(file for article in articles for file in article.files)),
        items=sum(len(s.counted) for s in scores),
        figures=figures,
        misses=tuple(line for s in scores for line in totals.misses(s, f"{s.article.name} ")),
        predictions=tuple(row for s in scores for row in totals.rows(s, f"{s.article.name}:")),
    )

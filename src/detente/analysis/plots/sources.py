"""The line below every plot that says what it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa

from detente.analysis import desk
from detente.analysis.dossier import Dossier
from detente.analysis.plots.words import shown

_MOST_NAMED: Final = 4


def source_note(
    path: Path, days: Iterable[date | None], publishers: Iterable[str | None], coders: Collection[str]
) -> str:
    """How many documents, of which days, by whom; which version coded them; in which ledger.

    `days` and `publishers` have one item a document.
    """
    known = sorted(day for day in days if day is not None)
    names = list(publishers)
    span = f", published {desk.days(known[0], known[-1])}" if known else ""
    counts = sorted(Counter(shown(name, 40) for name in names if name).items(), key=lambda item: (-item[1], item[0]))
    by = [f"{name} ({number})" for name, number in counts[:_MOST_NAMED]]
    more = [desk.counted(len(counts) - _MOST_NAMED, "other")] if len(counts) > _MOST_NAMED else []
    told = f": {desk.listed([*by, *more])}" if by else ""
    return (
        f"Sources: {desk.counted(len(names), 'document')}{span}{told}. "
        f"Coded by {desk.listed([shown(coder) for coder in sorted(coders)])}. Ledger: {shown(path.name)}."
    )


def table_note(path: Path, documents: pa.Table) -> str:
    """The same of a table of `detente.ledger.told.HEADS`."""
    coders = {coder for coder in documents["coder"].to_pylist() if coder}
    return source_note(path, documents["published"].to_pylist(), documents["publisher"].to_pylist(), coders)


def dossier_note(path: Path, dossier: Dossier) -> str:
    """The sources of a plot about two countries: the documents of the period that tell of both."""
    fit = [s for s in dossier.sources.values() if dossier.within(s.published, s.published)]
    coders = {report.event.coder for report in dossier.reports.values()}
    return source_note(path, (s.published for s in fit), (s.publisher for s in fit), coders)


def period(dossier: Dossier) -> str:
    """30 December 2022 – 30 December 2023."""
    return desk.days(dossier.since, dossier.until)

"""`detente compare-sources`: two sources on one relation, for a reader or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from detente.analysis.compare_sources import Agreement, Correlation, Only, SourceComparison, compare_sources
from detente.cli.add import ledger_path
from detente.cli.printable import one_line
from detente.errors import OptionError
from detente.exchange.target import Target
from detente.lexicon.naming import parse_dyad

FORMATS: Final = ("text", "json")
_WORDS: Final = 160


def run_compare_sources(
    db: Path | None,
    sources: tuple[str, str],
    countries: tuple[str, str],
    freq: str,
    level: str,
    since: date | None,
    until: date | None,
    *,
    match: str,
    days: int,
    sample: int,
    seed: int,
    format: str,
    out: Path | None,
) -> None:
    """Compare, and print or write what comes of it.

    Raises:
        OptionError: an option has a value that is not allowed.
        LedgerError: there is no ledger, or a source or the dyad is not in it.
    """
    if format not in FORMATS:
        raise OptionError(f"--format {format}: not known ({', '.join(FORMATS)})")
    found = compare_sources(
        ledger_path(db),
        *sources,
        parse_dyad(*countries),
        freq,
        level,
        since,
        until,
        match=match,
        days=days,
        sample=sample,
        seed=seed,
    )
    if format == "json":
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=1, default=str) + "\n"
    else:
        text = "\n".join(_lines(found)) + "\n"
    target = Target(out if out is not None else sys.stdout.buffer)
    try:
        target.file.write(text.encode())
        target.keep()
    except BaseException:
        target.drop()
        raise


def _lines(found: SourceComparison) -> Iterator[str]:
    one, other, days = found.one, found.other, f"{found.since} to {found.until}"
    yield f"{'-'.join(found.dyad)}, {days}: {one} and {other}, by {found.freq}, level {found.level}"
    yield ""
    head = (f"by {found.match}", one, other, "matched", f"{one} in {other}", f"{other} in {one}", "by chance", "above")
    yield from _columns([head, *map(_agreement, found.agreement)])
    yield ""
    yield from _columns(
        [("correlation", "way", "n", "Pearson", "95 %", "Spearman", "95 %"), *map(_row, found.correlations)]
    )
    for only in found.only:
        yield ""
        yield from _only(only, found)
    yield ""
    yield found.rule
    if any(found.left_out):
        yield f"Left out of the matching: {found.left_out[0]:,} of {one}, {found.left_out[1]:,} of {other}."


def _agreement(row: Agreement) -> tuple[str, ...]:
    found_one, found_other = _share(row.found_one, row.one), _share(row.found_other, row.other)
    chance = "" if row.chance is None else f"{row.chance:.1f}"
    above = "" if row.above is None else f"{row.above:+.0%}"
    return (row.name, f"{row.one:,}", f"{row.other:,}", f"{row.matched:,}", found_one, found_other, chance, above)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _row(row: Correlation) -> tuple[str, ...]:
    pearson = _interval(row.pearson, row.pearson_low, row.pearson_high)
    spearman = _interval(row.spearman, row.spearman_low, row.spearman_high)
    return (row.measure, row.direction, str(row.n), *pearson, *spearman)


def _interval(value: float | None, low: float | None, high: float | None) -> tuple[str, str]:
    return ("–", "") if value is None else (f"{value:+.2f}", f"{low:+.2f} to {high:+.2f}")


def _only(only: Only, found: SourceComparison) -> Iterator[str]:
    other = found.other if only.source == found.one else found.one
    told = "1 event" if only.count == 1 else f"{only.count:,} events"
    yield f"{told} of {only.source} for which {other} has none" + (", some of them:" * bool(only.sample))
    for event in only.sample:
        words = one_line(event.words, _WORDS) if event.words else ""
        parts = [one_line(event.publisher or "", 60), one_line(event.url or event.document or "", _WORDS)]
        yield f"  {event.start}  {event.direction}  {event.type or '–'}  {words}".rstrip()
        yield f"    {', '.join(filter(None, [*parts, one_line(event.id, 60)]))}"


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows with the first column to the left, the others to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()

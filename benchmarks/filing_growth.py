"""What one document more costs as the ledger grows: seconds to file it and to merge its dyads, with fitted exponents.

    python benchmarks/filing_growth.py 1000 10000 100000 --like real.duckdb
    python benchmarks/filing_growth.py --dyad 500 1000 2000 4000

A ledger of so many documents, made of a real one (`resample.py`; by default of the demo corpus, coded now), is merged;
then portions of a few documents each, of its last days, are filed and merged as `detente add` does after coding. Coding
itself is left out. `b` of cost = a * n^b is fitted by least squares on the logarithms: 0 is flat a document, 1 a whole
that grows as the ledger. Beside the time of one document stand that of the largest dyad alone and its reports.

With `--dyad` the sizes are reports on one dyad, as many a year whatever the size: its history grows longer. Documents
of its last days and of its middle come one by one, and the processor seconds are told in which each is merged; beside
them those in which the whole dyad is.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np
from resample import read_sample, resample

from detente.ledger import lookups, query, reading, refresh, writing
from detente.ledger.derive import derive
from detente.ledger.filing import Filing, file, mark_stale
from detente.relations import dyad_of, dyads_of

_DEMO = Path(__file__).parent.parent / "examples" / "us-china-2023" / "documents.jsonl"
_RUN = "from detente.cli.main import run; run()"
_PORTIONS, _SIZE = 5, 16
# Of one dyad: documents filed one by one, reports a year, and reports that a document has, about.
_ONE_BY_ONE, _A_YEAR, _REPORTS = 9, 200, 4


def measure(count: int, folder: Path, like: Path, seed: int) -> tuple[int, float, float, int, float]:
    """Reports in a ledger of so many documents; seconds a document to file and to merge, the median of some portions;
    reports of the largest dyad, and seconds to merge it."""
    db = folder / f"{count}.duckdb"
    with writing(db, new=True):
        pass
    stream = resample(read_sample(like), count + _PORTIONS * _SIZE, seed)
    left = count
    while left and (some := list(islice(stream, min(left, 512)))):
        left -= len(some)
        _file(db, some)
    refresh(db)
    filed, merged = [], []
    while some := list(islice(stream, _SIZE)):
        filed.append(_file(db, some) / len(some))
        began = time.perf_counter()
        refresh(db)
        merged.append((time.perf_counter() - began) / len(some))
    (reports,) = query(db, "SELECT count(*) FROM v_events")[1][0]
    sql = "SELECT first, second, count(*) FROM event_dyads GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT 1"
    first, second, number = query(db, sql)[1][0]
    assert isinstance(reports, int) and isinstance(number, int)
    began = time.perf_counter()
    with reading(db) as connection:
        dyad = str(first), str(second)
        given = lookups.reports(connection, dyad), lookups.heard(connection, dyad), lookups.sources(connection, dyad)
        as_of = lookups.latest_day(connection)
    assert as_of
    derive(dyad, *given, as_of)
    return reports, median(filed), median(merged), number, time.perf_counter() - began


def measure_dyad(size: int, folder: Path, like: Path, seed: int) -> tuple[int, float, float, float]:
    """Reports on one dyad; processor seconds, medians of some, to merge one document more of its last days, one of its
    middle, and all of it."""
    db = folder / f"dyad-{size}.duckdb"
    with writing(db, new=True):
        pass
    sample = read_sample(like)
    sample = replace(sample, countries=sample.countries[:2])
    dyad = dyad_of(*sample.countries)
    told = []
    for one in resample(sample, size // _REPORTS, seed, size / _A_YEAR):
        events = tuple(event for event in one.events if dyads_of(event) == {dyad})
        if events:
            told.append(replace(one, events=events))
    half = len(told) // 2
    held_back = {"last": told[-_ONE_BY_ONE:], "middle": told[half : half + _ONE_BY_ONE]}
    apart = {one.document.id for some in held_back.values() for one in some}
    _file(db, [one for one in told if one.document.id not in apart])
    refresh(db)
    costs = {}
    for name in ("middle", "last"):
        taken = []
        for one in held_back[name]:
            _file(db, [one])
            began = time.process_time()
            refresh(db, least=1)
            taken.append(time.process_time() - began)
        costs[name] = median(taken)
    with writing(db) as connection:
        mark_stale(connection, [dyad])
    began = time.process_time()
    refresh(db)
    whole = time.process_time() - began
    (reports,) = query(db, "SELECT count(*) FROM event_dyads")[1][0]
    assert isinstance(reports, int)
    return reports, costs["last"], costs["middle"], whole


def run_dyad(sizes: list[int], like: Path, folder: Path, seed: int) -> None:
    """Measures a dyad at each length and prints the curve."""
    print("  reports  one of the last days  one of the middle  the whole dyad   (processor seconds)")
    rows = []
    for size in sizes:
        rows.append(measure_dyad(size, folder, like, seed))
        reports, last, middle, whole = rows[-1]
        print(f"{reports:9,} {last:21.2f} {middle:18.2f} {whole:15.2f}", flush=True)
    if len(rows) > 1:
        lengths, *costs = ([float(value) for value in column] for column in zip(*rows, strict=True))
        print("  ".join(f"n^{exponent(lengths, cost):.2f}" for cost in costs))


def _file(db: Path, some: list[Filing]) -> float:
    began = time.perf_counter()
    with writing(db) as connection:
        file(connection, some)
    return time.perf_counter() - began


def exponent(sizes: list[float], costs: list[float]) -> float:
    """The b of cost = a * size^b."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def run(counts: list[int], like: Path, folder: Path, seed: int) -> None:
    """Measures at each size and prints the curve."""
    print("documents    reports  filing ms/doc  merging ms/doc  largest dyad: reports   seconds")
    rows = []
    for count in counts:
        row = measure(count, folder, like, seed)
        rows.append((float(count), *row))
        reports, filed, merged, number, alone = row
        print(
            f"{count:9,} {reports:10,} {filed * 1000:14.1f} {merged * 1000:15.1f} {number:22,} {alone:9.2f}", flush=True
        )
    if len(rows) > 1:
        _, reports_of, filing, merging, number_of, seconds = (list(column) for column in zip(*rows, strict=True))
        whole = [f + m for f, m in zip(filing, merging, strict=True)]
        print(
            f"a document: filing n^{exponent(reports_of, filing):.2f}, merging n^{exponent(reports_of, merging):.2f},"
        )
        print(
            f"  both n^{exponent(reports_of, whole):.2f}; a dyad: n^{exponent(number_of, seconds):.2f} of its reports"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--dyad", action="store_true", help="the sizes are reports on one dyad")
    parser.add_argument("--like", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        real = asked.like
        if real is None:
            real = Path(held) / "demo.duckdb"
            subprocess.run([sys.executable, "-c", _RUN, "add", str(_DEMO), "--db", str(real), "--quiet"], check=True)
        (run_dyad if asked.dyad else run)(sorted(asked.counts), real, Path(held), asked.seed)

"""What one document more costs as the ledger grows: seconds to file it and to merge its dyads, with fitted exponents.

    python benchmarks/filing_growth.py 1000 10000 100000 --like real.duckdb

A ledger of so many documents, made of a real one (`resample.py`; by default of the demo corpus, coded now), is merged;
then portions of a few documents each, of its last days, are filed and merged as `detente add` does after coding. Coding
itself is left out. `b` of cost = a * n^b is fitted by least squares on the logarithms: 0 is flat a document, 1 a whole
that grows as the ledger. Beside the time of one document stand that of the largest dyad alone and its reports.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np
from resample import read_sample, resample

from detente.ledger import lookups, query, reading, refresh, writing
from detente.ledger.derive import derive
from detente.ledger.filing import Filing, file

_DEMO = Path(__file__).parent.parent / "examples" / "us-china-2023" / "documents.jsonl"
_RUN = "from detente.cli.main import run; run()"
_PORTIONS, _SIZE = 5, 16


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
    parser.add_argument("--like", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        real = asked.like
        if real is None:
            real = Path(held) / "demo.duckdb"
            subprocess.run([sys.executable, "-c", _RUN, "add", str(_DEMO), "--db", str(real), "--quiet"], check=True)
        run(sorted(asked.counts), real, Path(held), asked.seed)

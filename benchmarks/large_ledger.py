"""Makes a large ledger and tells what filing it cost.

    python benchmarks/large_ledger.py 100000 --db large.duckdb --like real.duckdb

The documents are those of a real ledger (`--like`; by default the demo corpus, coded now) told of other countries and
days: see `resample.py`. They are filed by the project's own code, as many in a transaction as `detente add` files at a
time with eight workers. Then, unless `--no-refresh`, all dyads are merged into episodes. Goes on where a broken-off run
stopped.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from resample import read_sample, resample

from detente.ledger import query, reading, writing
from detente.ledger.add import BATCH
from detente.ledger.derive import refresh
from detente.ledger.filing import file

_DEMO = Path(__file__).parent.parent / "examples" / "us-china-2023" / "documents.jsonl"
_RUN = "from detente.cli.main import run; run()"
_TABLES = ("documents", "events", "statements", "signals", "episodes", "contacts", "commitments", "channels")
# A line is printed each time that so many documents more are filed.
_EVERY = 10_000


def make(count: int, db: Path, like: Path, seed: int, batch: int) -> None:
    """Files what is missing of so many documents, and prints rates as it goes."""
    sample = read_sample(like)
    with writing(db, new=True):
        pass
    with reading(db) as connection:
        done = connection.execute("SELECT count(*) FROM documents").fetchall()[0][0]
    stream = islice(resample(sample, count, seed), done, None)
    began = since = time.perf_counter()
    filing, documents, records, told = 0.0, 0, 0, 0
    while some := list(islice(stream, batch)):
        start = time.perf_counter()
        with writing(db) as connection:
            file(connection, some)
        filing += time.perf_counter() - start
        documents += len(some)
        records += sum(len(one.events) + len(one.statements) + len(one.signals) for one in some)
        if documents - told >= _EVERY or documents + done == count:
            step, told = documents - told, documents
            print(
                f"{done + documents:,} documents: {step / (time.perf_counter() - since):,.0f} documents/s with making "
                f"them, filing alone {documents / filing:,.0f} documents/s, {records / filing:,.0f} records/s; "
                f"{db.stat().st_size / 1e6:,.0f} MB on disk; peak memory {_peak():,.0f} MiB",
                flush=True,
            )
            since = time.perf_counter()
    print(f"filed {documents:,} documents with {records:,} records in {time.perf_counter() - began:,.0f} s", flush=True)


def merge(db: Path) -> None:
    """Merges all dyads, and prints what it took."""
    began = time.perf_counter()
    dyads = refresh(db)
    took = time.perf_counter() - began
    print(f"merged {dyads:,} dyads in {took:,.0f} s; peak memory {_peak():,.0f} MiB")


def tell(db: Path) -> None:
    """Prints what the ledger holds."""
    counts = query(db, f"SELECT {', '.join(f'(SELECT count(*) FROM {name})' for name in _TABLES)}")[1][0]
    print("; ".join(f"{number:,} {name}" for name, number in zip(_TABLES, counts, strict=True)))
    most = "SELECT first, second, count(*) FROM event_dyads GROUP BY ALL ORDER BY 3 DESC"
    dyads = query(db, most)[1]
    largest = ", ".join(f"{a}-{b} {number:,}" for a, b, number in dyads[:3])
    print(f"{len(dyads):,} dyads, the largest {largest}; {db.stat().st_size / 1e6:,.0f} MB on disk")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--like", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8 * BATCH)
    parser.add_argument("--no-refresh", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        real = asked.like
        if real is None:
            real = Path(folder) / "demo.duckdb"
            subprocess.run([sys.executable, "-c", _RUN, "add", str(_DEMO), "--db", str(real), "--quiet"], check=True)
        make(asked.count, asked.db, real, asked.seed, asked.batch)
    if not asked.no_refresh:
        merge(asked.db)
    tell(asked.db)

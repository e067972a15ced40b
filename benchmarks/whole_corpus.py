"""A whole corpus coded and filed by `detente add`, with the memory of its processes over time.

    python benchmarks/whole_corpus.py CORPUS.jsonl.gz --workers 2 --every 30 --db NEW.duckdb

Prints a line every so many seconds while it runs (seconds since the start, processes, memory of all of them and of the
largest, size of the ledger on disk), then what is in the ledger, the time, the processor time, and how the memory of
the second half compares with that of the first. Memory is proportional set size (PSS): pages that processes share
count once. Linux only.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from detente.ledger import query

_RUN = "from detente.cli.main import run; run()"
_COUNTS = "SELECT (SELECT count(*) FROM v_documents), (SELECT count(*) FROM v_events)"


def family(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(entry.name)] = int(fields[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def megabytes(pid: int) -> float:
    """The memory of a process in MB, shared pages counted in part; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def size(ledger: Path) -> float:
    """MB on disk, with what is not yet written into the file itself."""
    return sum(f.stat().st_size for f in ledger.parent.glob(ledger.name + "*") if f.is_file()) / 1e6


def main() -> int:
    """Run and print; the exit status is that of `detente add`."""
    parser = argparse.ArgumentParser(description="A whole corpus, coded and filed.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=float, default=30.0, help="seconds between two lines")
    parser.add_argument("--db", type=Path, required=True, help="a file that is not there yet")
    options = parser.parse_args()
    if options.db.exists():
        print(f"{options.db}: is there already; name a new file", file=sys.stderr)
        return 2
    command = [sys.executable, "-c", _RUN, "add", str(options.corpus), "--db", str(options.db)]
    command += ["--workers", str(options.workers), "--quiet"]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    held: list[float] = []
    largest = 0.0
    while True:
        try:
            status = process.wait(options.every)
            break
        except subprocess.TimeoutExpired:
            each = [megabytes(pid) for pid in family(process.pid)]
            held.append(sum(each))
            largest = max(largest, *each)
            passed = time.perf_counter() - start
            print(
                f"{passed:7.0f} s  {len(each)} processes  {held[-1]:6.0f} MB  largest {max(each):5.0f} MB  "
                f"ledger {size(options.db):6.1f} MB",
                flush=True,
            )
    took = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    documents, events = (int(str(number)) for number in query(options.db, _COUNTS)[1][0])
    print(f"exit status {status}; {documents} documents, {events} events; ledger {size(options.db):.1f} MB")
    print(
        f"{took:.0f} s, {documents / took:.2f} documents/s; processor {used.ru_utime + used.ru_stime:.0f} s; ", end=""
    )
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if len(held) >= 4:
        first, second = held[1 : len(held) // 2], held[len(held) // 2 :]
        print(
            f"memory: first half {median(first):.0f} MB, second half {median(second):.0f} MB, largest {largest:.0f} MB"
        )
    return status


if __name__ == "__main__":
    sys.exit(main())

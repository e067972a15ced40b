"""Rows a second and peak memory of `detente import`, on synthetic rows in the exact layout of GDELT 2.0.

    python benchmarks/import_speed.py 1000000

Runs the import into a new ledger in a process of its own, so that the memory is that of the import alone.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gdelt_rows import rows

from detente.ledger import query

_RUN = "from detente.cli.main import run; run()"


def measure(count: int) -> str:
    """One line with what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        file, ledger = Path(folder) / "rows.export.CSV", Path(folder) / "ledger.duckdb"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(rows(count))
        size = file.stat().st_size
        command = [sys.executable, "-c", _RUN, "import", str(file), "--db", str(ledger), "--quiet"]
        began = time.perf_counter()
        subprocess.run(command, check=True)
        took = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        filed = query(ledger, "SELECT count(*) FROM v_imported_events")[1][0][0]
        assert filed == count, f"{filed} rows in the ledger"
        return (
            f"{count:,} rows ({size / 1e6:,.0f} MB) in {took:.1f} s: {count / took:,.0f} rows/s, "
            f"{used.ru_utime + used.ru_stime:.1f} s of processor, peak memory {used.ru_maxrss / 1024:,.0f} MiB, "
            f"ledger {ledger.stat().st_size / 1e6:,.0f} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1_000_000)
    print(measure(parser.parse_args().count))

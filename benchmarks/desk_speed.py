"""How long the pages of the desk and the queries of the command line take on a ledger.

    python benchmarks/desk_speed.py --db large.duckdb [--dyads 12] [--only PART]

Starts the desk as a user does and asks it for pages, each kind for several dyads: those at the top of the home page,
and as many drawn from all. The median is of addresses that the running desk has not been asked for, `again` of the same
once more; `processor` is what the first took of the processor (on Linux), which other work on the machine changes less.
Queries are run in this process, as the commands run them, once everything is imported; what the start of a command
costs is told apart.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from detente.analysis.brief import make_brief
from detente.analysis.listing import NOUNS, items_of
from detente.analysis.load import load_dossier
from detente.analysis.series import series
from detente.ledger import query, reading

Dyad = tuple[str, str]
_RUN = "from detente.cli.main import run; run()"
_LIMIT = 0.3
_VIEWS = (
    "SELECT count(*) FROM v_documents WHERE published >= '2020-01-01'",
    "SELECT type, count(*) FROM v_episodes GROUP BY ALL ORDER BY 2 DESC",
    "SELECT side, avg(tone) FROM v_statements GROUP BY ALL",
    "SELECT count(*) FROM v_events WHERE status = 'happened'",
    "SELECT * FROM v_contacts ORDER BY start_date DESC LIMIT 20",
)
_WORDS = ("minister", "visit", "climate agreement", "zzyzx")


@contextmanager
def desk(db: Path) -> Iterator[tuple[str, int]]:
    """The address of a desk that runs, and the number of its process."""
    command = [sys.executable, "-c", _RUN, "serve", "--db", str(db), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the desk did not start"
        try:
            yield found[0].rstrip("/"), process.pid
        finally:
            process.terminate()


def used(process: int) -> float:
    """Seconds of the processor that a process has taken; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    fields = told.read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def timed(ask: Callable[..., object], *given: object) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    ask(*given)
    return time.perf_counter() - began


def told(name: str, taken: list[float], again: Sequence[float] = (), processor: Sequence[float] = ()) -> None:
    """One line: median, slowest, and how often."""
    middle = statistics.median(taken)
    line = f"{name:24} median {middle * 1000:7.0f} ms  slowest {max(taken) * 1000:7.0f} ms  of {len(taken):2}"
    line += f"  again {statistics.median(again) * 1000:5.0f} ms" if again else ""
    line += f"  processor {statistics.median(processor) * 1000:5.0f} ms" if processor else ""
    print(line + ("  above 300 ms" if middle > _LIMIT else ""), flush=True)


def dyads_of(db: Path, count: int) -> list[Dyad]:
    """The largest, and as many others drawn at random, of those that are merged."""
    sql = "SELECT first, second, count(*) FROM episodes GROUP BY ALL ORDER BY 3 DESC, 1, 2"
    rows = [(str(a), str(b)) for a, b, _ in query(db, sql)[1]]
    rest = rows[count:]
    return rows[:count] + random.Random(1).sample(rest, min(count, len(rest)))


def pages(db: Path, dyads: list[Dyad]) -> None:
    """Asks for every kind of page."""
    paths: dict[str, list[str]] = {"home": ["/"]}
    names = ["-".join(dyad) for dyad in dyads]
    paths["dyad"] = [f"/dyads/{name}" for name in names]
    paths["map"] = [f"/dyads/{name}/map.svg" for name in names]
    with reading(db) as connection:
        last = connection.execute("SELECT max(published) FROM documents").fetchall()[0][0]
        around = [last - timedelta(random.Random(name).randrange(400, 5000)) for name in names]
    paths["dyad, a month"] = [
        f"/dyads/{n}?since={d}&until={d + timedelta(30)}" for n, d in zip(names, around, strict=True)
    ]
    paths |= {f"list: {noun}": [f"/dyads/{name}/{noun}" for name in names] for noun in NOUNS}
    for table in ("documents", "events", "statements", "episodes", "contacts", "commitments"):
        sql = f"SELECT id FROM {table} USING SAMPLE reservoir({len(names)} ROWS) REPEATABLE (1)"
        kind = "documents" if table == "documents" else "records"
        paths[f"one of {table}"] = [f"/{kind}/{quote(str(id))}" for (id,) in query(db, sql)[1]]
    readouts = "SELECT id FROM documents WHERE kind = 'readout' ORDER BY id LIMIT 6"
    some = [quote(str(id)) for (id,) in query(db, readouts)[1]]
    paths["compare"] = [f"/compare?left={a}&right={b}" for a, b in pairwise(some)]
    paths["compare, choices"] = ["/compare"]
    for kind in ("documents", "events", "statements"):
        paths[f"search {kind}"] = [f"/search?kind={kind}&q={quote(words)}" for words in _WORDS]
    with desk(db) as (address, process):

        def get(path: str) -> None:
            with urlopen(address + path) as answer:
                answer.read()

        for path in ("/search", "/dyads/NOR-SWE"):
            # The first page of all loads tables and templates.
            with suppress(OSError):
                get(path)
        for name, some in paths.items():
            taken, again, processor = [], [], []
            for path in some:
                try:
                    before = used(process)
                    taken.append(timed(get, path))
                    processor.append(used(process) - before)
                    again.append(timed(get, path))
                except OSError as fault:
                    # A dyad may have no map.
                    if "404" not in str(fault):
                        print(f"  {path}: {fault}")
            if taken:
                told(name, taken, again, processor)


def queries(db: Path, dyads: list[Dyad]) -> None:
    """Runs every query of the command line."""

    def brief(dyad: Dyad) -> None:
        make_brief(load_dossier(db, dyad))

    def items(noun: str, dyad: Dyad) -> None:
        items_of(noun, load_dossier(db, dyad))

    command = [sys.executable, "-c", _RUN, "sql", "SELECT 1", "--db", str(db)]
    told("start of a command", [timed(partial(subprocess.run, command, stdout=subprocess.DEVNULL)) for _ in range(3)])
    brief(dyads[-1])
    for noun in NOUNS:
        told(f"detente {noun}", [timed(items, noun, dyad) for dyad in dyads])
    told("detente brief", [timed(brief, dyad) for dyad in dyads])
    told("detente series", [timed(series, db, dyad) for dyad in dyads])
    for sql in _VIEWS:
        told(f"sql: {sql}", [timed(query, db, sql) for _ in range(3)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--dyads", type=int, default=12)
    parser.add_argument("--only", choices=("pages", "queries"))
    asked = parser.parse_args()
    chosen = dyads_of(asked.db, asked.dyads)
    counts = query(asked.db, "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM documents)")[1][0]
    print(f"{counts[0]:,} events of {counts[1]:,} documents; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if asked.only != "queries":
        pages(asked.db, chosen)
    if asked.only != "pages":
        queries(asked.db, chosen)

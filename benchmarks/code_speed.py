"""Speed and memory of coding real documents: `python benchmarks/code_speed.py --documents N --every K --data FILE`.

Documents are the first N by id, or every K-th until there are N (the first 300 are laws and orders, every 60th is of
all kinds), of the White House corpus in `../shared/corpora`, or of another JSON Lines file with the fields `id`,
`text`, `date` and `title`. One process, one thread of work. Loading (tables, pipeline) is told apart. The clock runs
around the functions that `Coder` calls, so the shares add up to the whole; spaCy alone is timed afterwards on the same
surface texts. Where other programs keep the machine busy, compare processor time. Memory is the most that the process
has held (`ru_maxrss`) when all are coded.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from detente.coding import coder as steps
from detente.coding.parse import load_pipeline
from detente.coding.surface import surface_of
from detente.records import Document
from detente.settings import load_settings

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "wh_briefings_2021_2022.jsonl.gz"
# What `Coder` calls, in its order; `make_event` with what it calls in turn.
STEPS = (
    "find_dates",
    "find_mentions",
    "resolve",
    "find_places",
    "find_attributions",
    "find_candidates",
    "fill",
    "make_event",
    "merge",
    "make_statements",
)
# What a document can do to a step; anything else is a fault of the program at large and stops the measurement.
FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def documents(path: Path, number: int, every: int) -> list[Document]:
    """The first documents of a corpus by id, or every so manieth."""
    unpacked = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    with io.BytesIO(unpacked) as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda row: str(row["id"]))
    return [
        Document(row["text"], id=str(row["id"]), title=row.get("title"), published=date.fromisoformat(row["date"][:10]))
        for row in islice(rows[::every], number)
    ]


@contextlib.contextmanager
def clocked(spent: dict[str, float]) -> Iterator[None]:
    """While it lasts, every step adds the seconds it takes to `spent`."""
    originals = {name: getattr(steps, name) for name in (*STEPS, "analyse_many")}

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            start = perf_counter()
            try:
                return step(*args, **kwargs)
            finally:
                spent[name] += perf_counter() - start

        return wrapper

    def parsing(*args: Any, **kwargs: Any) -> Iterator[Any]:
        analyses = originals["analyse_many"](*args, **kwargs)
        while True:
            start = perf_counter()
            analysis = next(analyses, None)
            spent["parse"] += perf_counter() - start
            if analysis is None:
                return
            yield analysis

    for name in STEPS:
        setattr(steps, name, timed(name, originals[name]))
    setattr(steps, "analyse_many", parsing)  # noqa: B010 (the name is not public there)
    try:
        yield
    finally:
        for name, step in originals.items():
            setattr(steps, name, step)


def megabytes() -> float:
    """The most memory that this process has held, in MB (Linux counts in KiB, macOS in bytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def main() -> int:
    """Measure and print; the exit status is 1 if a document failed."""
    parser = argparse.ArgumentParser(description="Speed and memory of coding.")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--data", type=Path, default=CORPUS)
    options = parser.parse_args()
    if not options.data.is_file():
        print(f"{options.data}: no such corpus (name one with --data)", file=sys.stderr)
        return 2
    corpus = documents(options.data, options.documents, options.every)
    words = sum(len(document.text.split()) for document in corpus)

    start = perf_counter()
    chosen = load_settings()
    coder = steps.Coder(chosen.pipeline, relation=chosen.relation)
    nlp = load_pipeline(chosen.pipeline)
    coder.code(Document("France recalled its ambassador to Australia.", published=date(2021, 9, 18)))
    loading = perf_counter() - start

    spent: dict[str, float] = defaultdict(float)
    found: Counter[str] = Counter()
    failures: list[str] = []
    start, busy = perf_counter(), process_time()
    with clocked(spent):
        for document in corpus:
            try:
                coded = coder.code(document)
            except FAULTS as fault:
                failures.append(f"{document.id}: {type(fault).__name__}: {fault}")
                continue
            found["events"] += len(coded.events)
            found["statements"] += len(coded.statements)
    whole, busy = perf_counter() - start, process_time() - busy
    memory = megabytes()

    texts = [surface_of(document.text).text for document in corpus]
    start = perf_counter()
    for text in texts:
        nlp(text)
    alone = perf_counter() - start

    own = whole - spent["parse"]
    print(f"{len(corpus)} documents, {words} words ({words / max(len(corpus), 1):.0f} a document); {options.data.name}")
    print(f"loading        {loading:8.1f} s")
    print(f"coding         {whole:8.1f} s  {len(corpus) / whole:.1f} documents/s, {words / whole:.0f} words/s")
    print(f"  of processor {busy:8.1f} s  {len(corpus) / busy:.1f} documents/s")
    print(f"spaCy alone    {alone:8.1f} s  {len(corpus) / alone:.1f} documents/s, {words / alone:.0f} words/s")
    print(f"own stages     {own:8.1f} s  {own / alone:.2f} of spaCy's time again")
    for name, seconds in [("parse", spent["parse"]), *((name, spent[name]) for name in STEPS)]:
        print(f"  {name:18} {seconds:8.2f} s  {100 * seconds / whole:5.1f} %")
    print(f"  {'the rest':18} {whole - sum(spent.values()):8.2f} s  {100 * (1 - sum(spent.values()) / whole):5.1f} %")
    print(f"peak memory    {memory:8.0f} MB")
    print(f"found          {found['events']} events, {found['statements']} statements")
    print(f"failures       {len(failures)}")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

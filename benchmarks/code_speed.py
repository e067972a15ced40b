"""Speed and memory of coding real documents: `python benchmarks/code_speed.py --documents N --every K --data FILE`.

Documents are the first N by id, or every K-th until there are N (the first 300 are laws and orders, every 60th is of
all kinds), of the White House corpus in `../shared/corpora`, or of another JSON Lines file with the fields `id`,
`text`, `date` and `title`. One process, one thread of work. Loading (tables, pipeline) is told apart. The clock runs
around the functions that `Coder` calls, so the shares add up to the whole; spaCy alone is timed afterwards on the same
surface texts. All times are of the processor, so that other programs count as little as may be. Memory is the most that
the process has held (`ru_maxrss`) when all are coded.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

import spacy
from measure import CORPUS, peak, rows

from detente.coding import coder as steps
from detente.coding.pipeline import installed
from detente.coding.relation import RelationModel
from detente.coding.surface import surface_of
from detente.records import Document
from detente.settings import load_settings

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
    "with_delegates",
    "make_statements",
    "find_signals",
)
# The relation model, in `fill` and for what `find_candidates` has found.
MODEL = "the model's answers"
# What a document can do to a step; anything else is a fault of the program at large and stops the measurement.
FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def documents(path: Path, number: int, every: int) -> list[Document]:
    """The first documents of a corpus by id, or every so manieth."""
    return [
        Document(row["text"], id=str(row["id"]), title=row.get("title"), published=date.fromisoformat(row["date"][:10]))
        for row in islice(rows(path)[::every], number)
    ]


@contextlib.contextmanager
def clocked(spent: dict[str, float]) -> Iterator[None]:
    """While it lasts, every step adds the processor seconds it takes to `spent`, without those of steps inside it."""
    originals: dict[str, Any] = {name: getattr(steps, name) for name in (*STEPS, "analyse_many")}
    read = RelationModel.read
    inside = [0.0]

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            start = process_time()
            inside.append(0.0)
            try:
                return step(*args, **kwargs)
            finally:
                took = process_time() - start
                spent[name] += took - inside.pop()
                inside[-1] += took

        return wrapper

    def parsing(*args: Any, **kwargs: Any) -> Iterator[Any]:
        analyses = originals["analyse_many"](*args, **kwargs)
        while True:
            start = process_time()
            analysis = next(analyses, None)
            spent["parse"] += process_time() - start
            if analysis is None:
                return
            yield analysis

    for name in STEPS:
        setattr(steps, name, timed(name, originals[name]))
    setattr(steps, "analyse_many", parsing)  # noqa: B010 (the name is not public there)
    setattr(RelationModel, "read", timed(MODEL, read))  # noqa: B010
    try:
        yield
    finally:
        for name, step in originals.items():
            setattr(steps, name, step)
        setattr(RelationModel, "read", read)  # noqa: B010


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

    start = process_time()
    chosen = load_settings()
    coder = steps.Coder(chosen.pipeline, relation=chosen.relation)
    nlp = spacy.load(installed(chosen.pipeline))
    coder.code(Document("France recalled its ambassador to Australia.", published=date(2021, 9, 18)))
    loading = process_time() - start

    spent: dict[str, float] = defaultdict(float)
    found: Counter[str] = Counter()
    failures: list[str] = []
    start = process_time()
    with clocked(spent):
        for document in corpus:
            try:
                coded = coder.code(document)
            except FAULTS as fault:
                failures.append(f"{document.id}: {type(fault).__name__}: {fault}")
                continue
            found["events"] += len(coded.events)
            found["statements"] += len(coded.statements)
    whole = process_time() - start
    memory = peak()

    texts = [surface_of(document.text).text for document in corpus]
    start = process_time()
    for text in texts:
        nlp(text)
    alone = process_time() - start

    own = whole - spent["parse"]
    print(f"{len(corpus)} documents, {words} words ({words / max(len(corpus), 1):.0f} a document); {options.data.name}")
    print(f"loading        {loading:8.1f} s")
    print(f"coding         {whole:8.1f} s  {len(corpus) / whole:.1f} documents/s, {words / whole:.0f} words/s")
    print(f"spaCy alone    {alone:8.1f} s  {len(corpus) / alone:.1f} documents/s, {words / alone:.0f} words/s")
    print(f"own stages     {own:8.1f} s  {own / alone:.2f} of spaCy's time again")
    for name, seconds in [("parse", spent["parse"]), *((name, spent[name]) for name in (*STEPS, MODEL))]:
        print(f"  {name:19} {seconds:8.2f} s  {100 * seconds / whole:5.1f} %")
    print(f"  {'the rest':19} {whole - sum(spent.values()):8.2f} s  {100 * (1 - sum(spent.values()) / whole):5.1f} %")
    print(f"peak memory    {memory:8.0f} MB")
    print(f"found          {found['events']} events, {found['statements']} statements")
    print(f"failures       {len(failures)}")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

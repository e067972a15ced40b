"""What a second worker process is worth: `python benchmarks/workers.py --documents N --rounds N`.

The same 600-word articles are coded by one worker and by two, in turn, and parsed by spaCy alone in one process and in
two: what the machine itself lets two processes gain. Loading and starting are not counted. Clock times, so that other
programs on the machine show; the load is told. Memory is the most that a process of the two workers has held with what
it shares (`VmHWM`; Linux only).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

import spacy
from measure import articles, load
from spacy.language import Language
from whole_corpus import family

from detente.coding.pipeline import installed
from detente.coding.surface import surface_of
from detente.engines import Engine
from detente.engines.processes import Processes
from detente.records import Document
from detente.settings import load_settings

_TASK = 2


@dataclass(frozen=True, slots=True)
class Scaling:
    """Median documents a second of one and of two workers, how much faster two are, and how much faster two processes
    with spaCy alone are; MB of the largest worker."""

    one: float
    two: float
    ours: float
    spacy: float
    memory: float


def scaling(documents: list[Document], rounds: int) -> Scaling:
    """Measure one and two in turn; the ratios are medians over the rounds."""
    chosen = load_settings()
    texts = [surface_of(document.text).text for document in documents]
    context = multiprocessing.get_context("forkserver")
    with (
        Processes(1, chosen.for_coder) as one,
        Processes(2, chosen.for_coder) as two,
        ProcessPoolExecutor(1, context, plain) as alone,
        ProcessPoolExecutor(2, context, plain) as pair,
    ):
        for _ in range(2):  # The first time some tables are read.
            code(one, documents[:8]), code(two, documents[:8])
            parse(alone, texts[:8]), parse(pair, texts[:8])
        ones, twos, alones, pairs = zip(
            *(
                (code(one, documents), code(two, documents), parse(alone, texts), parse(pair, texts))
                for _ in range(rounds)
            ),
            strict=True,
        )
        memory = max(held(pid) for pid in family(os.getpid())[1:])
    return Scaling(
        len(documents) / median(ones),
        len(documents) / median(twos),
        median(a / b for a, b in zip(ones, twos, strict=True)),
        median(a / b for a, b in zip(alones, pairs, strict=True)),
        memory,
    )


def code(engine: Engine, documents: list[Document]) -> float:
    """Seconds to code the documents."""
    start = perf_counter()
    for _ in engine.code_many(documents):
        pass
    return perf_counter() - start


def parse(pool: ProcessPoolExecutor, texts: list[str]) -> float:
    """Seconds to parse the texts, as many at a time as a worker takes."""
    start = perf_counter()
    for _ in pool.map(parsed, [texts[at : at + _TASK] for at in range(0, len(texts), _TASK)]):
        pass
    return perf_counter() - start


def parsed(texts: list[str]) -> int:
    """The number of tokens, by spaCy alone."""
    nlp = plain()
    return sum(len(nlp(text)) for text in texts)


@cache
def plain() -> Language:
    """spaCy as it comes."""
    return spacy.load(installed(load_settings().pipeline))


def held(pid: int) -> float:
    """The most memory that a process has held, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e6


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a second worker is worth.")
    parser.add_argument("--documents", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found = scaling(articles(options.documents, 600), options.rounds)
    print(f"{options.documents} articles of 600 words, {options.rounds} rounds, medians; {load()}")
    print(f"one worker  {found.one:5.1f} documents/s")
    print(
        f"two workers {found.two:5.1f} documents/s, {found.ours:.2f} times one (spaCy alone: {found.spacy:.2f} times)"
    )
    print(f"memory of the largest process {found.memory:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Speed in one table, each figure beside its target: `python benchmarks/bench.py` (`make bench`), some minutes.

Articles of 600 words (real documents of the White House corpus in `../shared`, cut). Coding, and spaCy alone on the
same texts as it comes (without what makes it quick in `coding/pipeline.py`), take turns, so that both meet the machine
in the same state; figures are medians over the rounds. Processor time is what is compared; documents a second of two
workers are by the clock.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from time import process_time

import spacy
from code_speed import MODEL, STEPS, clocked
from measure import CORPUS, articles, load, table
from relation_speed import clocked as timed
from relation_speed import processor, questions
from start_up import start_up
from workers import scaling

from detente.coding import Coder
from detente.coding.pipeline import installed
from detente.coding.surface import surface_of
from detente.records import Document
from detente.settings import load_settings

WORDS = 600
PAIRS = 320


@dataclass(frozen=True, slots=True)
class Coding:
    """Processor seconds: of coding, of spaCy alone, and by step, each summed over the rounds; `own` is the median over
    the rounds of what the own stages take, spaCy alone being 1."""

    coding: float
    alone: float
    own: float
    steps: dict[str, float]


def coding(documents: list[Document], rounds: int) -> Coding:
    """Code all and parse all, in turn."""
    chosen = load_settings()
    coder, nlp = Coder(**chosen.for_coder), spacy.load(installed(chosen.pipeline))
    texts = [surface_of(document.text).text for document in documents]
    for document in documents[:5]:  # Warm.
        coder.code(document)
    spent: dict[str, float] = defaultdict(float)
    whole, alone, own = 0.0, 0.0, []
    for _ in range(rounds):
        before = spent["parse"]
        start = process_time()
        with clocked(spent):
            for document in documents:
                coder.code(document)
        took = process_time() - start
        start = process_time()
        for text in texts:
            nlp(text)
        floor = process_time() - start
        own.append((took - (spent["parse"] - before)) / floor)
        whole, alone = whole + took, alone + floor
    return Coding(whole, alone, median(own), dict(spent))


def pairs_per_second() -> float:
    """Questions that the relation model answers in a second of the processor."""
    model = Coder().relation
    assert model is not None
    asked = questions(PAIRS)
    model.read(asked[:32])
    _, busy = timed(lambda: model.read(asked))
    return len(asked) / busy


def main() -> int:
    """Measure and print; the exit status is 2 if the corpus is not there."""
    parser = argparse.ArgumentParser(description="Speed, each figure beside its target.")
    parser.add_argument("--documents", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not CORPUS.is_file():
        print(f"{CORPUS}: the corpus is not here", file=sys.stderr)
        return 2
    documents = articles(options.documents, WORDS)
    print(f"{processor()}; {load()}")
    print(f"{len(documents)} articles of {WORDS} words, {options.rounds} rounds in turn, medians", flush=True)
    one = coding(documents, options.rounds)
    for name in ("parse", *STEPS, MODEL):
        print(f"  {name:20} {100 * one.steps.get(name, 0.0) / one.coding:5.1f} % of coding")
    print(f"  {'the rest':20} {100 * (1 - sum(one.steps.values()) / one.coding):5.1f} %", flush=True)
    pairs = pairs_per_second()
    help_, record = start_up(options.rounds)
    two = scaling(documents, options.rounds)
    count = options.rounds * len(documents)
    rate, floor = count / one.coding, count / one.alone
    lines = [
        (two.two >= 10, "two workers, by the clock", f"{two.two:.1f} documents/s", "at least 10"),
        (None, "one process, of the processor", f"{rate:.1f} documents/s", ""),
        (None, "spaCy alone, of the processor", f"{floor:.1f} documents/s", "the floor"),
        (one.own <= 0.5, "own stages, spaCy alone being 1", f"{one.own:.2f}", "at most 0.5"),
        (two.ours >= 1.7, "two workers to one", f"{two.ours:.2f}", "at least 1.7"),
        (None, "two processes of spaCy alone to one", f"{two.spacy:.2f}", "what the machine gives"),
        (two.memory <= 700, "memory of the largest worker", f"{two.memory:.0f} MB", "at most 700 MB"),
        (record.clock < 3, "first record", f"{record.clock:.2f} s", "under 3 s"),
        (help_.clock < 0.3, "detente --help", f"{help_.clock:.2f} s", "under 0.3 s"),
        (None, "the same two, of the processor", f"{record.processor:.2f} s, {help_.processor:.2f} s", ""),
        (None, "relation model, one thread", f"{pairs:.0f} pairs/s", ""),
    ]
    marks = {True: "met", False: "MISSED", None: ""}
    print()
    print(table([(name, figure, f"{target}  {marks[met]}".strip()) for met, name, figure, target in lines]))
    print(f"({load()} at the end)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

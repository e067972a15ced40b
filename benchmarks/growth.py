"""Curves of cost against size: `python benchmarks/growth.py [coding|reading|series …] --words N --records N`.

- coding: documents of 100 to 100,000 words. One text, joined of documents of the White House corpus in `../shared`, is
  cut into documents of each size in turn, so that little but the size differs; once running text, once transcripts.
- reading: the same cuts made into documents, and their fingerprints (by which reprints are found); and files of 100 to
  10,000 short rows.
- series: series and changes of a pair of states over 1,000 to 1,000,000 generated events of ten years.

Each curve is fitted by cost = a * size ** exponent (least squares on the logarithms; processor time); what it was at
each size is printed beside it. An exponent of 1 is cost in proportion to size. The exit status is 1 if one is above
1.1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import numpy as np
import pyarrow as pa
from code_speed import clocked
from measure import CORPUS, document_of, ends, load, rows

from detente.analysis.series.changes import changes_of
from detente.analysis.series.make import Given
from detente.analysis.series.periods import window_between
from detente.analysis.series.tally import Plan, tally
from detente.coding import Coder
from detente.ledger.deeds import COVERAGE, SCHEMA
from detente.ledger.reprints import bands
from detente.ontology import load_ontology
from detente.reading import ReadOptions, read_paths
from detente.records import Document
from detente.settings import load_settings

MOST = 1.1
SEED = 7
DAY = "2022-06-01"
TRANSCRIPT = "transcript"
# Of the longest document's words so many are enough for the smaller sizes.
_PART = 4


@dataclass(frozen=True, slots=True)
class Curve:
    """Processor seconds by size, of one document or one run of that size."""

    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of the logarithms, by least squares."""
        return float(np.polyfit(np.log(self.sizes), np.log(self.seconds), 1)[0])

    def __str__(self) -> str:
        points = "  ".join(f"{size:,}: {_shown(took)}" for size, took in zip(self.sizes, self.seconds, strict=True))
        return f"{self.name:34} {self.exponent:5.2f}   {points}"


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def powers(least: int, most: int) -> tuple[int, ...]:
    """The powers of ten from `least` to `most`."""
    return tuple(10**at for at in range(round(np.log10(least)), round(np.log10(most)) + 1))


def running_text(words: int, kind: str) -> str:
    """So many words of documents of a kind, joined in an order that the seed gives."""
    found = rows()
    random.Random(SEED).shuffle(found)
    parts: list[str] = []
    count = 0
    for row in found:
        document = document_of(row["text"], str(row["id"]), row["date"], row.get("title"))
        if (document.kind == TRANSCRIPT) == (kind == TRANSCRIPT):
            parts.append(document.text)
            count += len(document.text.split())
        if count > words:
            break
    return "\n\n".join(parts)


def cuts(text: str, words: int, size: int) -> Iterator[str]:
    """The first words of a text, cut into pieces of a size."""
    stops = ends(text)[:words]
    for at in range(0, len(stops), size):
        piece = text[stops[at - 1] if at else 0 : stops[min(at + size, len(stops)) - 1]]
        if piece.strip():
            yield piece


def clocked_on(documents: Sequence[Document], work: Callable[[Document], object]) -> float:
    """Seconds for one of the documents."""
    start = process_time()
    for document in documents:
        work(document)
    return (process_time() - start) / len(documents)


def coding(words: int, sizes: Sequence[int]) -> Iterator[Curve]:
    """Coding and its own stages (without spaCy) by words of a document."""
    coder = Coder(**load_settings().for_coder)
    for kind in ("news", TRANSCRIPT):
        text = running_text(words, kind)
        for piece in cuts(text, 2_000, 500):  # Warm.
            coder.code(document_of(piece, "", DAY, kind=kind))
        whole: list[float] = []
        own: list[float] = []
        for size in sizes:
            some = max(size, words // _PART)
            documents = [document_of(piece, "", DAY, kind=kind) for piece in cuts(text, some, size)]
            spent: dict[str, float] = defaultdict(float)
            with clocked(spent):
                whole.append(clocked_on(documents, coder.code))
            own.append(whole[-1] - spent["parse"] / len(documents))
        yield Curve(f"coding, {kind}", tuple(sizes), tuple(whole))
        yield Curve(f"own stages, {kind}", tuple(sizes), tuple(own))


def reading(words: int, sizes: Sequence[int]) -> Iterator[Curve]:
    """Making documents of text, fingerprints, and reading files of rows."""
    for kind in ("news", TRANSCRIPT):
        text = running_text(words, kind)
        made: list[float] = []
        printed: list[float] = []
        for size in sizes:
            pieces = list(cuts(text, words, size))
            start = process_time()
            documents = [document_of(piece, "", DAY) for piece in pieces]
            made.append((process_time() - start) / len(pieces))
            printed.append(clocked_on(documents, lambda one: bands(one.text)))
        yield Curve(f"reading, {kind}", tuple(sizes), tuple(made))
        yield Curve(f"fingerprints, {kind}", tuple(sizes), tuple(printed))
    counts = powers(100, 10_000)
    short = list(cuts(running_text(words, "news"), words, 100))
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            file = Path(folder) / f"{count}.jsonl"
            lines = ({"id": str(at), "text": short[at % len(short)], "published": DAY} for at in range(count))
            file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
            start = process_time()
            found = sum(1 for _ in read_paths([str(file)], ReadOptions(), on_error=print, on_note=print))
            taken.append(process_time() - start)
            assert found == count
    yield Curve("rows of a file", counts, tuple(taken))


def series(most: int) -> Iterator[Curve]:
    """Series and changes of one pair of states by the number of its events."""
    sizes = powers(1_000, most)
    window = window_between(date(2013, 1, 1), date(2022, 12, 31), "month")
    tallied: list[float] = []
    changed: list[float] = []
    for size in sizes:
        found, documents = _events(size)
        start = process_time()
        tally([("CHN", "USA")], found, documents, Plan(window, 30.0, 1000))
        tallied.append(process_time() - start)
        start = process_time()
        changes_of(Given((("CHN", "USA"),), found, documents, window), "both", ("score", "episodes"))
        changed.append(process_time() - start)
    yield Curve("series by month, with bands", sizes, tuple(tallied))
    yield Curve("changes, with what drove them", sizes, tuple(changed))


def _events(count: int) -> tuple[pa.Table, pa.Table]:
    """So many events of ten years in the form of `ledger.deeds`, and the documents that tell of them; in 2018 the
    states fall out."""
    chance = random.Random(SEED)
    ontology = load_ontology()
    scale = [(kind, name, ontology.types[kind].quad, mode.score) for (kind, name), mode in ontology.modes.items()]
    hostile = [one for one in scale if one[3] < 0]
    first, turn = date(2013, 1, 1), date(2018, 1, 1)
    days = sorted(first + timedelta(chance.randrange(3650)) for _ in range(count))
    kinds = [chance.choice(scale if day < turn else hostile) for day in days]
    ways = [chance.choice(((True, True), (True, False), (False, True))) for _ in days]
    columns: dict[str, object] = {
        "first": ["CHN"] * count,
        "second": ["USA"] * count,
        "id": [f"e{number}" for number in range(count)],
        "type": [one[0] for one in kinds],
        "mode": [one[1] for one in kinds],
        "quad": [one[2] for one in kinds],
        "score": [one[3] for one in kinds],
        "forward": [way[0] for way in ways],
        "backward": [way[1] for way in ways],
        "start": days,
        "end": days,
        "confidence": [0.5 + chance.random() / 2 for _ in days],
        "lead": [f"d{number // 3}" for number in range(count)],
        "told": [1] * count,
    }
    told = sorted(set(days))
    whole = {"first": [None] * len(told), "second": [None] * len(told), "day": told, "documents": [9] * len(told)}
    pair = {**whole, "first": ["CHN"] * len(told), "second": ["USA"] * len(told), "documents": [3] * len(told)}
    coverage = pa.concat_tables([pa.table(whole, COVERAGE), pa.table(pair, COVERAGE)])
    return pa.table(columns, SCHEMA), coverage


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Curves of cost against size.")
    parser.add_argument("what", nargs="*", default=["coding", "reading", "series"])
    parser.add_argument("--words", type=int, default=100_000, help="of the largest document")
    parser.add_argument("--records", type=int, default=1_000_000, help="of the longest series")
    options = parser.parse_args()
    if not CORPUS.is_file():
        print(f"{CORPUS}: the corpus is not here", file=sys.stderr)
        return 2
    sizes = powers(100, options.words)
    curves = {
        "coding": lambda: coding(options.words, sizes),
        "reading": lambda: reading(options.words, sizes),
        "series": lambda: series(options.records),
    }
    print(f"{'':34} exponent, and the processor time at each size; {load()}")
    steepest = 0.0
    for name in options.what:
        for curve in curves[name]():
            print(curve, flush=True)
            steepest = max(steepest, curve.exponent)
    print(f"steepest {steepest:.2f} (at most {MOST}: {'met' if steepest <= MOST else 'MISSED'})")
    return 0 if steepest <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())

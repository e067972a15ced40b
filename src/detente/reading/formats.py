"""Which format a stream has: by its first bytes, then by the name of the file."""

from __future__ import annotations

import csv
import json
import re
from pathlib import PurePath
from typing import Final

from detente.errors import InputError
from detente.reading.columns import NAMES
from detente.reading.encodings import encoding_of
from detente.reading.options import ReadOptions
from detente.reading.streams import Stream

EXTENSIONS: Final = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".rss": "feed",
    ".atom": "feed",
}
PACKED: Final = (".gz", ".gzip", ".zst", ".zstd")
_MAGIC: Final = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "a database"),
    (b"ARROW1", "an Arrow file"),
    (b"\x7fELF", "a program"),
)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|article|main|section|div|p|meta|title|h1)\b",
    re.I | re.S,
)
_FEED: Final = re.compile(
    r"\s*+(?:(?><\?.*?\?>|<!--.*?-->|<!doctype\b[^>\[]*+(?:\[[^\]]*+\])?+[^>]*+>)\s*+)*+<(?:rss|feed|rdf:RDF)\b",
    re.I | re.S,
)
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n(?:#.*\r?\n|\s*\r?\n)*[\"']?\w[\w \-]*[\"']?\s*:")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def extension(name: str) -> str:
    """The format that the name of a file promises, "" if none; a compression suffix is passed over."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    if suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    return EXTENSIONS.get(suffixes[-1], "") if suffixes else ""


def is_known(name: str) -> bool:
    """Whether a folder's file of this name is read."""
    return bool(extension(name))


def format_of(stream: Stream, options: ReadOptions) -> str:
    """One of text, markdown, html, jsonl, json, csv, parquet, feed.

    Raises:
        InputError: the file is empty, or binary of another sort.
    """
    head, promised = stream.head, stream.promised or extension(stream.name)
    if not head:
        if stream.fault:
            raise stream.fault
        raise InputError(stream.name, "the file is empty", right="give a file with text")
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise _binary(stream.name, what)
    if promised == "parquet":
        raise InputError(stream.name, "is not Parquet (no PAR1 at its start)", right="write the file again")
    encoding = encoding_of(head, whole=False) or "utf-8"
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    # Binary data have some 11 % of these, text none but for a slip.
    if len(_CONTROL.findall(text)) > 0.05 * len(text) + 3:
        raise _binary(stream.name, "")
    if not text.strip() and len(head) < 1000:
        raise InputError(stream.name, "the file is empty but for white space", right="give a file with text")
    return _by_content(text, promised, options) or promised or "text"


def _binary(name: str, what: str) -> InputError:
    kind = f" ({what})" if what else ""
    return InputError(name, f"looks like binary{kind}", right="give text, HTML, a feed, JSON, CSV or Parquet")


def _by_content(text: str, promised: str, options: ReadOptions) -> str:
    start = text.lstrip()
    # What a table or a JSON line holds may look like anything, so a name that promises one is believed.
    if promised in ("jsonl", "csv"):
        return promised
    if start.startswith("{"):
        return _json_kind(start, promised)
    if re.match(r"\[\s*[\[{\]]", start):
        return "json" if promised in ("json", "") else promised
    if _FEED.match(text) and promised != "markdown":
        return "feed"
    if _HTML.match(text) and promised != "markdown":
        return "html"
    if promised in ("", "text", "markdown") and _FRONT_MATTER.match(start):
        return "markdown"
    if promised == "" and _is_table(start, options):
        return "csv"
    return ""


def _json_kind(start: str, promised: str) -> str:
    line, _, rest = start.partition("\n")
    try:
        json.loads(line)
    except RecursionError:
        return promised or "json"
    except ValueError:
        if promised:
            return promised
        if re.match(r'\{\s*"', start):
            # A first line that is cut off by the look ahead is one long JSON line.
            return "json" if rest and not rest.lstrip().startswith("{") else "jsonl"
        return "text"
    return "jsonl"


def _is_table(start: str, options: ReadOptions) -> bool:
    # A carriage return inside a line is a fault to the csv module.
    line = re.split(r"[\r\n]", start, maxsplit=1)[0].strip()
    wanted = {options.text_column.lower()} if options.text_column else set(NAMES["text"])
    for delimiter in ",\t;|":
        cells = next(csv.reader([line[:10_000]], delimiter=delimiter), [])
        if len(cells) > 1 and wanted & {cell.strip().lower() for cell in cells}:
            return True
    return False

"""Paths and addresses in, documents out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from detente.errors import InputError
from detente.reading.documents import Draft, finish
from detente.reading.feeds import read_feed
from detente.reading.formats import format_of, is_known
from detente.reading.options import ReadOptions
from detente.reading.pages import read_html, read_markdown, read_text
from detente.reading.rows import read_csv, read_json, read_jsonl, read_parquet
from detente.reading.streams import READ_FAULTS, Stream, explain, open_stream
from detente.reading.web import is_address, open_address
from detente.records import Document

Note = Callable[[str], None]
OnError = Callable[[InputError], None]
OnRead = Callable[[int], None]
Reader = Callable[[Stream, ReadOptions, Note], Iterator[Draft | InputError]]

_READERS: Final[dict[str, Reader]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "parquet": read_parquet,
    "feed": read_feed,
}


def read_paths(
    paths: Sequence[str],
    options: ReadOptions,
    *,
    on_error: OnError,
    on_note: Note,
    on_read: OnRead = lambda _: None,
) -> Iterator[Document]:
    """The documents of files, folders (all below them, in order of name), web addresses and standard input (`-`).

    The format of each is found by its content, then by what its server declares or its name: plain text, Markdown,
    HTML, JSON Lines, JSON, CSV, Parquet, an RSS or Atom feed, any of them packed by gzip or zstd. Whatever cannot be
    read goes to `on_error` and the rest goes on; what was guessed (an encoding, a column) goes to `on_note`. Nothing
    else is raised because of what the input holds.
    `on_read` is told how many bytes more were read; in the end they come to `input_size`.
    """
    for path in paths:
        for name in _files(path, on_error):
            yield from _read_one(name, options, on_error, on_note, on_read)


def input_size(paths: Sequence[str]) -> int | None:
    """Bytes of all the files that `read_paths` will read, as they lie there; None if standard input or an address is
    among them."""
    if any(_has_no_size(path) for path in paths):
        return None
    return sum(_size(name) for path in paths for name in _files(path, lambda _: None))


def _has_no_size(path: str) -> bool:
    return path == "-" or is_address(path)


def _size(name: str) -> int:
    try:
        return Path(name).stat().st_size
    except (OSError, ValueError):  # Opening it will say so.
        return 0


def _files(path: str, on_error: OnError) -> Iterator[str]:
    """The path itself, or the files of a known format below it."""
    if _has_no_size(path) or not _is_folder(path):
        yield path
    else:
        yield from _walk(path, on_error)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # A name that is too long, or below a closed folder: opening it will say so.
        return False


def _walk(folder: str, on_error: OnError) -> Iterator[str]:
    seen = False
    faults: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and is_known(name):
                seen = True
                yield str(Path(root) / name)
    for fault in faults:
        on_error(explain(str(fault.filename or folder), fault))
    if not seen and not faults:
        on_error(InputError(folder, "no file of a known format in the folder", right=".txt, .md, .html, …"))


def _read_one(name: str, options: ReadOptions, on_error: OnError, on_note: Note, on_read: OnRead) -> Iterator[Document]:
    told = 0

    def tell(position: int) -> None:
        nonlocal told
        on_read(position - told)
        told = position

    try:
        stream = open_address(name, options) if is_address(name) else open_stream(name, options.max_unpacked)
    except InputError as fault:
        on_error(fault)
    else:
        yield from read_stream(stream, options, on_error=on_error, on_note=on_note, on_position=tell)
    on_read(0 if _has_no_size(name) else _size(name) - told)


def read_stream(
    stream: Stream,
    options: ReadOptions,
    *,
    on_error: OnError,
    on_note: Note,
    on_position: OnRead = lambda _: None,
) -> Iterator[Document]:
    """The documents of one stream, which is closed in the end. `on_position` is told how far it has been read."""
    try:
        try:
            for item in _READERS[format_of(stream, options)](stream, options, on_note):
                if isinstance(item, InputError):
                    on_error(item)
                    continue
                try:
                    document = finish(stream.name, item, options)
                except InputError as fault:
                    on_error(fault)
                else:
                    on_position(stream.position())
                    yield document
        finally:
            stream.close()
    except InputError as fault:
        on_error(fault)
    except READ_FAULTS as fault:
        on_error(explain(stream.name, fault))

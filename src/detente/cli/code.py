"""`detente code`: read, code, write. Records go to stdout or `--out`, everything said to the user goes to stderr."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from detente.coding import Coded, Coder
from detente.errors import InputError, OptionError
from detente.exchange.writers import FORMATS, open_writer
from detente.reading import ReadOptions, read_paths
from detente.records import Document, Event
from detente.settings import load_settings

TABLE = "table"


def run_code(paths: list[str], options: ReadOptions, out: Path | None, format: str | None, quiet: bool) -> int:
    """Code everything under the paths.

    Returns:
        0 if all was read and coded, 1 if something was set aside (each fault was one line on stderr).

    Raises:
        OptionError: an unknown format, or a format that standard output cannot take.
    """
    chosen = _format(format, out)
    talk = Console(stderr=True, highlight=False, soft_wrap=True)
    tally: Counter[str] = Counter()

    def on_error(fault: InputError) -> None:
        tally["faults"] += 1
        talk.print(f"detente: {fault}", markup=False)

    def on_note(note: str) -> None:
        if not quiet:
            talk.print(f"note: {note}", markup=False)

    coder = Coder(load_settings().pipeline)
    documents = read_paths(paths, options, on_error=on_error, on_note=on_note)
    with _progress(talk, quiet) as advance:
        coded = _counted(coder, documents, tally, advance)
        if chosen == TABLE:
            from detente.cli.table import print_coded

            print_coded(coded, out)
        else:
            with open_writer(chosen, out) as writer:
                for result in coded:
                    for record in result.records:
                        writer.write(record)
            for note in writer.notes:
                on_note(note)
    if not quiet:
        talk.print(_summary(tally, out), markup=False)
    return 1 if tally["faults"] or not tally["documents"] else 0


def _format(format: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's name says, else a table for a terminal and JSONL for a pipe."""
    known = (TABLE, *FORMATS)
    if format is None:
        suffix = out.suffix.lstrip(".").lower() if out else ""
        format = suffix if suffix in known else TABLE if out is None and sys.stdout.isatty() else "jsonl"
    if format not in known:
        raise OptionError(f"format {format!r} is not known ({', '.join(known)})")
    if format == "parquet" and out is None and sys.stdout.isatty():
        raise OptionError("parquet is binary: name a file with --out")
    return format


def _counted(coder: Coder, documents: Iterator[Document], tally: Counter[str], advance: Advance) -> Iterator[Coded]:
    for result in coder.code_many(documents):
        tally["documents"] += 1
        for record in result.records:
            tally["events" if isinstance(record, Event) else "statements"] += 1
        advance(tally)
        yield result


class Advance:
    """Called after every document with the tally so far."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task = progress.add_task("coding", total=None) if progress else None

    def __call__(self, tally: Counter[str]) -> None:
        if self._progress is not None and self._task is not None:
            said = f"{tally['events']} events, {tally['statements']} statements"
            self._progress.update(self._task, completed=tally["documents"], description=said)


@contextmanager
def _progress(talk: Console, quiet: bool) -> Iterator[Advance]:
    if quiet or not talk.is_terminal:
        yield Advance(None)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=talk, transient=True) as progress:
        yield Advance(progress)


def _summary(tally: Counter[str], out: Path | None) -> str:
    said = f"{tally['documents']} documents, {tally['events']} events, {tally['statements']} statements"
    if tally["faults"]:
        said += f", {tally['faults']} set aside"
    return said + (f" → {out}" if out else "")

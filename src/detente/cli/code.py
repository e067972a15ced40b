"""`detente code`: read, code, write. Records go to stdout or `--out`, everything said to the user goes to stderr."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from detente.cli.progress import open_progress
from detente.cli.talk import Talk
from detente.engines import CodedRecords, open_engine
from detente.errors import OptionError
from detente.exchange.writers import FORMATS, open_writer
from detente.reading import ReadOptions, read_paths
from detente.records import Event
from detente.settings import load_settings

TABLE: Final = "table"
_SUFFIXES: Final = {"txt": TABLE, "json": "jsonl", "ndjson": "jsonl", "pq": "parquet", "": "jsonl"}


def run_code(
    paths: Sequence[str], options: ReadOptions, out: Path | None, format: str | None, quiet: bool, workers: int = 1
) -> int:
    """Code everything under the paths.

    Returns:
        0 if all was read and coded, 1 if something was set aside (each fault was one line on stderr) or nothing found.

    Raises:
        OptionError: an unknown format, a format that standard output cannot take, a file that cannot be written.
        EngineError: a worker process cannot start, or dies.
    """
    chosen = _format(format, out)
    _spare_input(paths, out)
    talk = Talk(quiet=quiet)
    tally: Counter[str] = Counter()
    shown = out is None and sys.stdout.isatty()
    bar = open_progress(talk.console, paths, shown=shown, quiet=quiet)
    # The coder is loaded when the sign of life is on the screen: it takes two seconds.
    with (
        bar as advance,
        _sink(chosen, out, talk.note) as put,
        open_engine(workers, **load_settings().for_coder) as engine,
    ):
        documents = read_paths(paths, options, on_error=talk.fault, on_note=talk.note, on_read=advance.read)
        for result in engine.code_many(documents):
            tally["documents"] += 1
            for record in result.records:
                tally["events" if isinstance(record, Event) else "statements"] += 1
            advance.coded(counts(tally))
            put(result)
    talk.say(counts(tally) + talk.aside + (f" → {out}" if out else ""))
    return 1 if talk.faults or not tally["documents"] else 0


def run_code_shards(
    paths: Sequence[str], options: ReadOptions, out: str | None, address: str | None, quiet: bool, workers: int
) -> int:
    """Code the shards under the paths on a Ray cluster, into a folder.

    Returns:
        0 if all was read and coded, 1 if something was set aside (each fault was one line on stderr) or nothing found.

    Raises:
        OptionError: no folder is named, or it cannot be written.
        InstallationError: Ray is not installed.
        EngineError: the cluster cannot be reached, or the work fails there.
    """
    if out is None or Path(out).is_file():
        raise OptionError("--engine ray writes a folder of shards: name it with --out")
    from detente.engines.on_ray import code_on_ray
    from detente.engines.shards import find_shards

    talk, tally = Talk(quiet=quiet), Counter[str]()
    shards = find_shards(paths)
    sink = partial(open_writer, "parquet")
    done = code_on_ray(shards, out, options, load_settings().for_coder, sink, workers=workers, address=address)
    for count, one in enumerate(done, 1):
        talk.set_aside(one.faults, one.set_aside)
        tally.update(documents=one.documents, events=one.events, statements=one.statements)
        talk.note(f"{count:,} of {len(shards):,} shards: {counts(tally)}")
    talk.say(f"{counts(tally)}{talk.aside} → {out}")
    return 1 if talk.faults or not tally["documents"] else 0


def _format(format: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's name says, else a table for a terminal and JSONL for a pipe."""
    known = (TABLE, *FORMATS)
    if format is None and out is None:
        return TABLE if sys.stdout.isatty() else "jsonl"
    if format is None and out is not None:
        suffix = out.suffix.lstrip(".").lower()
        format = _SUFFIXES.get(suffix, suffix)
        if format not in known:
            raise OptionError(f"{out}: no format goes by .{suffix}; add --format ({', '.join(known)})")
    if format is None or format not in known:
        raise OptionError(f"format {format!r} is not known ({', '.join(known)})")
    if format == "parquet" and out is None and sys.stdout.isatty():
        raise OptionError("parquet is binary: name a file with --out")
    return format


def _spare_input(paths: Sequence[str], out: Path | None) -> None:
    """Refuse to write over a text that is to be read."""
    if out is not None and any(path != "-" and Path(path).resolve() == out.resolve() for path in paths):
        raise OptionError(f"{out}: is one of the texts to be coded; name another file with --out")


@contextmanager
def _sink(chosen: str, out: Path | None, on_note: Callable[[str], None]) -> Iterator[Callable[[CodedRecords], None]]:
    """What takes each coded document, in order."""
    if chosen == TABLE:
        from detente.cli.table import open_table

        with open_table(out) as show:
            yield show
        return
    with open_writer(chosen, sys.stdout.buffer if out is None else out) as writer:

        def write(result: CodedRecords) -> None:
            for record in result.records:
                writer.write(record)

        yield write
    for note in writer.notes:
        on_note(note)


def counts(tally: Counter[str]) -> str:
    return ", ".join(
        f"{tally[name]:,} {name if tally[name] != 1 else name[:-1]}" for name in ("documents", "events", "statements")
    )

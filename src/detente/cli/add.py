"""`detente add`, `forget`, `recode` and `sql`: what goes into the ledger and out of it."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.printable import one_line, printable
from detente.cli.progress import open_progress
from detente.cli.talk import Talk
from detente.engines import open_engine
from detente.errors import OptionError
from detente.ledger import BATCH, Added, Change, add, forget, query, recode, refresh, sole_writer, writing
from detente.reading import ReadOptions, read_paths
from detente.settings import load_settings

_WORDS = 100
ROW_FORMATS = ("table", "jsonl", "csv")


def ledger_path(db: Path | None) -> Path:
    """The ledger asked for, else that of the settings."""
    return db or load_settings().ledger


def run_add(paths: Sequence[str], options: ReadOptions, db: Path | None, quiet: bool, workers: int = 1) -> int:
    """Read, code and file everything under the paths, then merge what is new.

    Returns:
        0 if all was filed or filed before, 1 if something was set aside or nothing was found.

    Raises:
        LedgerError: the ledger cannot be opened, or another process files into it.
        EngineError: a worker process cannot start, or dies.
    """
    path, talk, tally = ledger_path(db), Talk(quiet=quiet), Counter[str]()
    bar = open_progress(talk.console, paths, shown=False, quiet=quiet)
    # The coder is loaded when the sign of life is on the screen: it takes two seconds.
    with sole_writer(path), bar as advance, open_engine(workers, **load_settings().for_coder) as engine:
        documents = read_paths(paths, options, on_error=talk.fault, on_note=talk.note, on_read=advance.read)
        for added in add(path, documents, engine, on_error=talk.fault, batch=BATCH * workers):
            count(tally, added)
            advance.coded(summary(tally))
        advance.coded("merging")
        refresh(path)
    talk.say(f"{summary(tally)}{talk.aside} → {path}")
    return 1 if talk.faults or not sum(tally[outcome] for outcome in ("new", "reprint", "known")) else 0


def run_add_coded(paths: Sequence[str], db: Path | None, quiet: bool) -> int:
    """File what `detente code --engine ray` has coded into folders, then merge what is new.

    Returns:
        0 if all was filed or filed before, 1 if something was set aside, then or now.

    Raises:
        InputError: a folder holds no complete shard, or one is damaged.
        LedgerError: the ledger cannot be opened, or another process files into it.
    """
    from detente.engines.shards import CodedFolder

    path, talk, tally = ledger_path(db), Talk(quiet=quiet), Counter[str]()
    with sole_writer(path):
        for folder in map(CodedFolder, paths):
            talk.set_aside((), folder.set_aside)
            for added in add(path, folder.documents(), folder, on_error=talk.fault):
                count(tally, added)
        refresh(path)
    talk.say(f"{summary(tally)}{talk.aside} → {path}")
    return 1 if talk.faults else 0


def count(tally: Counter[str], added: Added) -> None:
    """Add what became of one document to the tally that `summary` tells."""
    tally[added.outcome] += 1
    tally["events"] += added.events
    tally["statements"] += added.statements


def summary(tally: Counter[str]) -> str:
    """What was filed, in one line."""
    parts = [f"{tally['new']:,} new documents", f"{tally['events']:,} events", f"{tally['statements']:,} statements"]
    parts += [f"{tally['reprint']:,} reprints"] if tally["reprint"] else []
    parts += [f"{tally['known']:,} filed before"] if tally["known"] else []
    return ", ".join(parts)


def run_forget(document: str, db: Path | None) -> None:
    """Take a document and all that was coded from it out of the ledger.

    Raises:
        LedgerError: there is no such ledger or document, or another process files into it.
    """
    path = ledger_path(db)
    with sole_writer(path):
        with writing(path) as connection:
            forget(connection, document)
        refresh(path)
    print(f"forgotten: {printable(document)}")


def run_recode(db: Path | None, quiet: bool, as_json: bool, workers: int = 1) -> None:
    """Code the ledger anew with this version and print what changed.

    Raises:
        LedgerError: there is no such ledger, or another process files into it.
    """
    path, talk, tally = ledger_path(db), Talk(quiet=quiet), Counter[str]()
    with sole_writer(path), open_engine(workers, **load_settings().for_coder) as engine:
        for document, changes in recode(path, engine, batch=BATCH * workers):
            tally["documents"] += 1
            for one in changes:
                tally[one.what] += 1
                print(json.dumps(one.to_dict(), ensure_ascii=False) if as_json else _change_line(document, one))
        refresh(path)
    counts = ", ".join(f"{tally[what]:,} {what}" for what in ("added", "removed", "changed"))
    talk.say(f"{tally['documents']:,} documents coded anew: records {counts}")


def _change_line(document: str, one: Change) -> str:
    fields = "; ".join(f"{name}: {was} → {now}" for name, was, now in one.fields)
    return f"{one.what:8} {one_line(document, _WORDS)}  {one_line(one.words, _WORDS)}" + (
        f"  [{one_line(fields, _WORDS)}]" * bool(fields)
    )


def run_sql(sql: str, db: Path | None, format: str | None) -> None:
    """Put a question in SQL to the ledger, which cannot change it, and print the rows.

    Raises:
        LedgerError: there is no such ledger, or the question is wrong.
        OptionError: an unknown format.
    """
    print_rows(*query(ledger_path(db), sql), format)


def print_rows(names: Sequence[str], rows: Sequence[Sequence[object]], format: str | None) -> None:
    """Rows as a table (default on a terminal), JSON Lines or CSV. In table and CSV the values of a list are parted by
    "; ".

    Raises:
        OptionError: an unknown format.
    """
    chosen = format or ("table" if sys.stdout.isatty() else "csv")
    if chosen not in ROW_FORMATS:
        raise OptionError(f"format {chosen!r} is not known ({', '.join(ROW_FORMATS)})")
    if chosen == "jsonl":
        for row in rows:
            print(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str))
    elif chosen == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_cell(value) for value in row] for row in rows)
    else:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
        for name in names:
            table.add_column(name)
        for row in rows:
            table.add_row(*(Text(one_line(_cell(value), _WORDS)) for value in row))
        Console(highlight=False).print(table)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    return "" if value is None else str(value)

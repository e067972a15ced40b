"""`detente import` and `detente export`: event data of others into the ledger, and rows out of it in their formats."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import input_options as options
from detente.cli.days import parse_day
from detente.cli.ledger_commands import Db
from detente.cli.talk import Talk
from detente.errors import InputError, OptionError

if TYPE_CHECKING:
    from detente.exchange.parts import Part
    from detente.ledger.exports import Wanted

UNITS = ("events", "episodes")


def import_(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH")],
    format: Annotated[
        str,
        typer.Option(
            help="auto (told by the content), or gdelt2, gdelt1, icews, polecat, phoenix, terrier, acled, plover and "
            "others; page “Import and export”."
        ),
    ] = "auto",
    db: Db = None,
    quiet: options.Quiet = False,
) -> None:
    """File event data of others in the ledger: GDELT, ICEWS, POLECAT, Phoenix, TERRIER, ACLED, PLOVER JSON.

    Reads the files as published, packed by gzip, zstd or zip or not. Each is filed whole and once, so this can be
    stopped at any time and run again. Exit status: 0 if every row is in the ledger, 1 if some were set aside (with line
    and reason in v_set_aside) or a file could not be read, 2 if the command itself is wrong.

    Example: detente import 20230618.export.CSV.zip icews-2018.tab --db relations.duckdb
    """
    raise typer.Exit(run_import(paths, format, db, quiet))


def export(
    format: Annotated[
        str,
        typer.Option(
            help="gdelt2, gdelt1, icews, polecat, phoenix, terrier, acled, plover and others; page “Import and export”."
        ),
    ],
    out: Annotated[Path, typer.Option(help="File to write to.", metavar="FILE")],
    source: Annotated[
        str, typer.Option(help="Whose rows: detente (what was coded here), gdelt, icews, polecat, phoenix, …")
    ] = "detente",
    since: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD.", metavar="DATE")] = None,
    dyads: Annotated[
        str | None, typer.Option(help="Only these, in both directions: USA-CHN,RUS-UKR.", metavar="LIST")
    ] = None,
    unit: Annotated[
        str, typer.Option(help="Of detente: events (each report) or episodes (each once, however often told).")
    ] = "events",
    all_: Annotated[bool, typer.Option("--all", help="What was only planned, possible or denied too.")] = False,
    db: Db = None,
    quiet: options.Quiet = False,
) -> None:
    """Write rows of event data in a format of the field: one row a pair of actor and recipient.

    Rows of a data set of others go out as they came in. What the format cannot hold is counted, on standard error.

    Example: detente export --format icews --dyads USA-CHN --out usa-chn.tab --db relations.duckdb
    """
    from detente.ledger.exports import Wanted

    first, last = parse_day("--since", since), parse_day("--until", until)
    wanted = Wanted(first, last, _dyads(dyads), all_)
    run_export(format, source, wanted, unit, out, db, quiet)


def run_import(paths: Sequence[str], format: str, db: Path | None, quiet: bool) -> int:
    """File everything under the paths.

    Returns:
        0 if every row is in the ledger, 1 if something was set aside or could not be read, or there was nothing.

    Raises:
        OptionError: the format is not known.
        LedgerError: the ledger cannot be opened, or another process files into it.
    """
    from detente.cli.add import ledger_path
    from detente.exchange.formats import FORMATS
    from detente.exchange.parts import open_parts
    from detente.ledger import sole_writer
    from detente.publishing.manifest import file_digest

    if format not in ("auto", *FORMATS):
        raise OptionError(f"format {format!r} is not known (auto, {', '.join(FORMATS)})")
    path, talk = ledger_path(db), Talk(quiet=quiet)
    aside = filed = 0
    with sole_writer(path), TemporaryDirectory(prefix="detente-") as folder:
        for name in _files(paths, Path(folder), talk):
            try:
                digest = file_digest(name)
                for part in open_parts(name):
                    try:
                        rows, bad = _import_part(path, part, digest, format, talk)
                        filed, aside = filed + rows, aside + bad
                    except InputError as fault:
                        talk.fault(fault)
            except InputError as fault:
                talk.fault(fault)
            except OSError as fault:
                talk.fault(InputError(str(name), f"cannot be read: {fault.strerror or fault}"))
    talk.say(f"{filed:,} rows{f', {aside:,} set aside' if aside else ''}{talk.aside} → {path}")
    return 1 if aside or talk.faults else 0


def _import_part(path: Path, part: Part, digest: str, format: str, talk: Talk) -> tuple[int, int]:
    """Rows in the ledger and rows set aside of one file."""
    from detente.publishing.imports import import_part

    made = import_part(path, part, digest, format)
    if made is None:
        talk.say(f"{part.name}: imported before")
        return 0, 0
    reading, filed = made
    talk.say(f"{part.name}: {filed.rows:,} rows of {reading.shape.format}")
    for note in reading.notes:
        talk.note(note)
    if filed.set_aside:
        talk.always(
            f"{part.name}: {filed.set_aside:,} rows set aside, first: {filed.first} "
            f'(all: detente sql "SELECT * FROM v_set_aside" --db {path})'
        )
    return filed.rows, filed.set_aside


def _files(paths: Sequence[str], folder: Path, talk: Talk) -> Iterator[Path]:
    """The files under the paths, in order of their names; standard input is kept in `folder`, as it is read twice."""
    for name in paths:
        if name == "-":
            copy = folder / "stdin"
            with copy.open("wb") as file:
                while block := sys.stdin.buffer.read(2**20):
                    file.write(block)
            yield copy
        elif (path := Path(name)).is_dir():
            found = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
            if not found:
                talk.fault(InputError(name, "a folder with no file in it"))
            yield from found
        elif not path.is_file():
            talk.fault(InputError(name, "no such file or folder", right="check the name"))
        else:
            yield path


def run_export(format: str, source: str, wanted: Wanted, unit: str, out: Path, db: Path | None, quiet: bool) -> None:
    """Write the rows wanted.

    Raises:
        OptionError: a format, source or unit that is not known, or that do not go together, or a file that cannot be
            written.
        LedgerError: there is no such ledger, or it has no rows of the source.
    """
    from detente.cli.add import ledger_path
    from detente.publishing.rows import export_rows

    talk = Talk(quiet=quiet)
    written, notes = export_rows(ledger_path(db), out, format, source, wanted, unit)
    for note in notes:
        talk.note(note)
    talk.say(f"{written:,} rows → {out}")


def _dyads(text: str | None) -> frozenset[tuple[str, str]] | None:
    from detente.lexicon.naming import parse_dyad
    from detente.relations import dyad_of

    if text is None:
        return None
    found = set()
    for part in text.split(","):
        one, dash, other = part.strip().partition("-")
        if not dash:
            raise OptionError(f"--dyads {part.strip()!r} is no dyad (USA-CHN, several with commas between)")
        found.add(dyad_of(*parse_dyad(one, other)))
    return frozenset(found)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("import")(import_)
    app.command()(export)

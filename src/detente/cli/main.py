"""`detente`: the application and its commands. Heavy parts are imported when a command runs, so that help is quick."""

from __future__ import annotations

import io
import os
import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from detente.cli import (
    brief_commands,
    import_export,
    ledger_commands,
    plot,
    publishing_commands,
    review_commands,
    series,
)
from detente.cli import input_options as options
from detente.cli.days import parse_day
from detente.cli.printable import printable
from detente.errors import DetenteError, OptionError

app = typer.Typer(
    name="detente",
    help="Read the news and keep the ledger of relations between states.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"detente {version('detente')}")
        raise typer.Exit


@app.callback()
def _main(
    _show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def code(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH")],
    published: options.Published = None,
    publisher: options.Publisher = None,
    kind: options.Kind = None,
    out: Annotated[
        str | None,
        typer.Option(
            help="File to write to; its ending says the format. Else standard output. With --engine ray: a folder.",
            metavar="PATH",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(help="table, jsonl, csv, parquet or plover. If not given: table on a terminal, jsonl in a pipe."),
    ] = None,
    id_column: options.IdColumn = None,
    text_column: options.TextColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    publisher_column: options.PublisherColumn = None,
    url_column: options.UrlColumn = None,
    kind_column: options.KindColumn = None,
    issuer_column: options.IssuerColumn = None,
    allow_undated: Annotated[
        bool, typer.Option("--allow-undated", help="Code texts without a date of publication too.")
    ] = False,
    workers: options.Workers = 1,
    engine: Annotated[
        str, typer.Option(help="local: this machine. ray: a cluster; each file is a shard of the work.")
    ] = "local",
    address: Annotated[
        str | None, typer.Option(help="Of a running Ray cluster, or auto; else one is started here.")
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Code texts into event and statement records.

    Reads plain text, Markdown, HTML, JSONL, CSV and Parquet, packed by gzip or zstd or not. Exit status: 0 if all was
    coded, 1 if something was set aside (one line each on standard error), 2 if the command itself is wrong.

    Example: detente code article.txt --published 2023-06-19 --publisher "Al Jazeera" --format jsonl --out records.jsonl
    """
    from detente.cli.code import run_code, run_code_shards
    from detente.reading import ReadOptions

    if engine not in ("local", "ray"):
        raise OptionError(f"--engine {engine}: not known (local, ray)")
    if address is not None and engine != "ray":
        raise OptionError("--address is of a Ray cluster: add --engine ray")

    reading = ReadOptions(
        published=parse_day("--published", published),
        publisher=publisher,
        kind=kind,
        id_column=id_column,
        text_column=text_column,
        title_column=title_column,
        date_column=date_column,
        publisher_column=publisher_column,
        url_column=url_column,
        kind_column=kind_column,
        issuer_column=issuer_column,
        allow_undated=allow_undated,
    )
    if engine == "ray":
        if format not in (None, "parquet"):
            raise OptionError("--engine ray writes parquet")
        raise typer.Exit(run_code_shards(paths, reading, out, address, quiet, workers))
    raise typer.Exit(run_code(paths, reading, Path(out) if out else None, format, quiet, workers))


@app.command()
def explain(
    record: Annotated[str, typer.Argument(help="The id of a record (or its beginning).", metavar="ID")],
    file: Annotated[Path, typer.Argument(help="A file that `detente code` wrote (JSONL or Parquet).", metavar="FILE")],
) -> None:
    """Show why a record says what it says: its sentence, its spans, the rule that fired, the reason of each field.

    Example: detente explain ev-1f2e3d4c5b6a7980 records.jsonl
    """
    from detente.cli.explain import run_explain

    run_explain(record, file)


@app.command()
def compare(
    left: Annotated[str, typer.Argument(help="One side's account: a file, or FILE#ID for one document.", metavar="A")],
    right: Annotated[str, typer.Argument(help="The other side's account.", metavar="B")],
    published: options.Published = None,
    format: Annotated[str, typer.Option(help="terminal, md or json.")] = "terminal",
) -> None:
    """Compare two governments' accounts of one meeting.

    Shows what each calls it, the issues both and only one raise, what each claims of the other and whether the other's
    account bears it out, the words peculiar to each, and the sentences that tell of the same side by side. The texts
    need an issuer (a column of JSONL, or found in the text), so that it is known whose account each is.

    Example: detente compare readouts.jsonl#usa-2023-06-18 readouts.jsonl#chn-2023-06-18
    """
    from detente.cli.compare import run_compare
    from detente.reading import ReadOptions

    run_compare(left, right, ReadOptions(published=parse_day("--published", published)), format)


@app.command()
def evaluate(
    name: Annotated[str | None, typer.Argument(help="Which evaluation; without it they are listed.")] = None,
    data: Annotated[Path | None, typer.Option(help="Another file of the same format.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="Write one row a gold item to this TSV file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    gate: Annotated[bool, typer.Option("--gate", help="Hold every pinned figure to its floor.")] = False,
    pin: Annotated[str | None, typer.Option(help="Pin these figures (comma-separated) as floors.")] = None,
    ceiling: Annotated[str | None, typer.Option(help="Pin these figures as ceilings.")] = None,
    reason: Annotated[str, typer.Option(help="Why a pinned bound is loosened.")] = "",
) -> None:
    """Measure the coder against marked data.

    Example: detente evaluate seed --predictions seed.tsv
    """
    from detente.cli.evaluate import run_evaluate, run_gate, run_pin

    if gate:
        raise typer.Exit(run_gate())
    if pin or ceiling:
        run_pin(name or "", data, pin or "", ceiling or "", reason)
    else:
        run_evaluate(name, data, predictions, json)


@app.command()
def serve(
    db: ledger_commands.Db = None,
    host: Annotated[str, typer.Option(help="Address to listen at; any but this machine's own needs --token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port to listen at; 0: any that is free.", min=0, max=65535)] = 8023,
    token: Annotated[
        str | None, typer.Option(help="What every request must bring.", envvar="DETENTE_TOKEN", metavar="SECRET")
    ] = None,
    allow_address: Annotated[
        list[str] | None,
        typer.Option(
            help="A server inside your network whose pages may be added by address; may be given again.",
            metavar="HOST:PORT",
        ),
    ] = None,
) -> None:
    """Serve the ledger as pages for a browser, and as JSON, until stopped by Ctrl-C (exit status 130).

    Example: detente serve --db relations.duckdb
    """
    from detente.cli.serve import run_serve

    run_serve(db, host, port, token, allow_address or ())


@app.command()
def doctor() -> None:
    """Check the installation; print what is missing and the command that mends it.

    Example: detente doctor
    """
    from detente.cli.doctor import run_doctor

    raise typer.Exit(run_doctor())


ledger_commands.register(app)
brief_commands.register(app)
series.register(app)
plot.register(app)
import_export.register(app)
publishing_commands.register(app)
review_commands.register(app)


def run() -> None:
    """Entry point. Exit status 2 and one line for each error that is the user's to mend; 130 when stopped by Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or pipe that cannot show a character shows a question mark.
            stream.reconfigure(errors="replace")
    # A batch system's request to end is treated as Ctrl-C is: no half file stays behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if sys.stdout is None:
        _end(2, "standard output is closed")
    try:
        try:
            app()
        finally:
            # Now, not when Python ends: a closed pipe would be complained of then.
            sys.stdout.flush()
    except DetenteError as fault:
        _end(2, str(fault))
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing more to say, and nowhere to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as fault:
        _end(2, f"{fault.filename or 'output'}: {fault.strerror or fault}")
    except KeyboardInterrupt:
        _end(130, "stopped")


def _end(status: int, said: str) -> NoReturn:
    # The names of files and documents in it are the words of others.
    print(f"detente: {printable(said)}", file=sys.stderr)
    sys.exit(status)

"""The commands that file into the ledger and ask it. What they do is imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from detente.cli import input_options as options
from detente.cli.days import parse_day

Db: TypeAlias = Annotated[
    Path | None, typer.Option(help="File of the ledger; default: relations.duckdb in your data folder.", metavar="FILE")
]


def add(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, addresses (https://…), or - for standard input.", metavar="PATH"),
    ],
    db: Db = None,
    published: options.Published = None,
    publisher: options.Publisher = None,
    kind: options.Kind = None,
    id_column: options.IdColumn = None,
    text_column: options.TextColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    publisher_column: options.PublisherColumn = None,
    url_column: options.UrlColumn = None,
    kind_column: options.KindColumn = None,
    issuer_column: options.IssuerColumn = None,
    workers: options.Workers = 1,
    coded: Annotated[
        bool, typer.Option("--coded", help="PATH are folders that `detente code --engine ray` has written.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Read and code texts and file them in the ledger, each once. Can be stopped at any time and run again.

    Exit status: 0 if all is in the ledger, 1 if something was set aside (one line each on standard error), 2 if the
    command itself is wrong.

    Example: detente add examples/us-china-2023/documents.jsonl --db relations.duckdb
    """
    from detente.cli.add import run_add, run_add_coded
    from detente.reading import ReadOptions

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
    )
    if coded:
        raise typer.Exit(run_add_coded(paths, db, quiet))
    raise typer.Exit(run_add(paths, reading, db, quiet, workers))


def forget(
    document: Annotated[str, typer.Argument(help="The id of a document.", metavar="DOCUMENT")], db: Db = None
) -> None:
    """Take a document, and all that was coded from it, out of the ledger.

    Example: detente forget doc-1f2e3d4c5b6a7980 --db relations.duckdb
    """
    from detente.cli.add import run_forget

    run_forget(document, db)


def recode(
    db: Db = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a change.")] = False,
    workers: options.Workers = 1,
    quiet: options.Quiet = False,
) -> None:
    """Code the ledger's documents anew after an upgrade and print what changed; old records stay beside the new.

    Example: detente recode --db relations.duckdb --json > changes.jsonl
    """
    from detente.cli.add import run_recode

    run_recode(db, quiet, json, workers)


def sql(
    question: Annotated[str, typer.Argument(help="A question in DuckDB's SQL; it cannot change the ledger.")],
    db: Db = None,
    format: Annotated[
        str | None, typer.Option(help="table, jsonl or csv. If not given: table on a terminal, csv in a pipe.")
    ] = None,
) -> None:
    """Put a question in SQL to the ledger. Its views are on the page "The ledger" of the documentation.

    Example: detente sql "SELECT status, count(*) FROM v_events GROUP BY ALL" --db relations.duckdb
    """
    from detente.cli.add import run_sql

    run_sql(question, db, format)


def watch(
    feeds: Annotated[Path, typer.Argument(help="The list of feeds (TOML).", metavar="FEEDS")],
    db: Db = None,
    once: Annotated[bool, typer.Option("--once", help="One round, for a scheduler; else until stopped.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Follow RSS and Atom feeds, politely, and file what is new. How the list is written: page "Feeds and the web".

    Example: detente watch feeds.toml --db relations.duckdb
    """
    from detente.cli.watch import run_watch

    raise typer.Exit(run_watch(feeds, db, once, quiet))


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(add)
    app.command()(watch)
    app.command()(sql)
    app.command()(forget)
    app.command()(recode)

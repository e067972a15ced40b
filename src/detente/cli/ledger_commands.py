"""The commands that file into the ledger and ask it. What they do is imported when they run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from detente.errors import OptionError

if TYPE_CHECKING:
    from detente.analysis.dossier import Dossier

Db: TypeAlias = Annotated[
    Path | None, typer.Option(help="File of the ledger; default: relations.duckdb in your data folder.", metavar="FILE")
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress bar.")]


def add(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, addresses (https://…), or - for standard input.", metavar="PATH"),
    ],
    db: Db = None,
    published: Annotated[str | None, typer.Option(help="Date of publication, YYYY-MM-DD.", metavar="DATE")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.", metavar="NAME")] = None,
    kind: Annotated[
        str | None, typer.Option(help="news, readout, statement or transcript; guessed if not given.")
    ] = None,
    id_column: Annotated[str | None, typer.Option(help="Column (JSONL, CSV, Parquet) with the document's id.")] = None,
    text_column: Annotated[str | None, typer.Option(help="Column with the text.")] = None,
    title_column: Annotated[str | None, typer.Option(help="Column with the title.")] = None,
    date_column: Annotated[str | None, typer.Option(help="Column with the date of publication.")] = None,
    quiet: Quiet = False,
) -> None:
    """Read and code texts and file them in the ledger, each once. Can be stopped at any time and run again.

    Exit status: 0 if all is in the ledger, 1 if something was set aside (one line each on standard error), 2 if the
    command itself is wrong.

    Example: detente add examples/us-china-2023/documents.jsonl --db relations.duckdb
    """
    from detente.cli.add import run_add
    from detente.reading import ReadOptions, parse_date

    try:
        day = parse_date(published) if published is not None else None
    except ValueError as fault:
        raise OptionError(f"--published: {fault}") from fault
    options = ReadOptions(
        published=day,
        publisher=publisher,
        kind=kind,
        id_column=id_column,
        text_column=text_column,
        title_column=title_column,
        date_column=date_column,
    )
    raise typer.Exit(run_add(paths, options, db, quiet))


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
    quiet: Quiet = False,
) -> None:
    """Code the ledger's documents anew after an upgrade and print what changed; old records stay beside the new.

    Example: detente recode --db relations.duckdb --json > changes.jsonl
    """
    from detente.cli.add import run_recode

    run_recode(db, quiet, json)


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


First: TypeAlias = Annotated[str, typer.Argument(help="A country: ISO code, name or adjective.", metavar="A")]
Second: TypeAlias = Annotated[str, typer.Argument(help="The other country.", metavar="B")]
Since: TypeAlias = Annotated[
    str | None, typer.Option(help="First day, YYYY-MM-DD; default: a year before the last.", metavar="DATE")
]
Until: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Last day, YYYY-MM-DD, and as of when; default: the last day in the ledger.", metavar="DATE"),
]
Out: TypeAlias = Annotated[Path | None, typer.Option(help="File to write to; its ending says the format.")]


def _loader(one: str, other: str, db: Path | None, since: str | None, until: str | None) -> Callable[[], Dossier]:
    from detente.analysis.load import load_dossier
    from detente.cli.add import ledger_path
    from detente.cli.countries import parse_dyad

    first, second = parse_dyad(one, other)
    days = _day("--since", since), _day("--until", until)
    return lambda: load_dossier(ledger_path(db), first, second, *days)


def _day(option: str, text: str | None) -> date | None:
    from detente.reading import parse_date

    try:
        return parse_date(text) if text is not None else None
    except ValueError as fault:
        raise OptionError(f"{option}: {fault}") from fault


def brief(
    one: First,
    other: Second,
    db: Db = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[str | None, typer.Option(help="terminal, md, html, pdf or json.")] = None,
    out: Out = None,
) -> None:
    """The state of a relation in one page: contacts, channels, words, promises and their fate, with every source.

    Example: detente brief USA CHN --since 2023-06-01 --until 2023-12-31 --out brief.html
    """
    from detente.cli.brief import run_brief

    run_brief(_loader(one, other, db, since, until), format, out)


def _query(noun: str, what: str, example: str) -> Callable[..., None]:
    def command(
        one: First,
        other: Second,
        db: Db = None,
        since: Since = None,
        until: Until = None,
        issue: Annotated[str | None, typer.Option(help="Only about this issue, as Taiwan.")] = None,
        side: Annotated[str | None, typer.Option(help="Only of this country.")] = None,
        status: Annotated[str | None, typer.Option(help="Only of this status or state.")] = None,
        limit: Annotated[int | None, typer.Option(help="At most so many.")] = None,
        format: Annotated[
            str | None, typer.Option(help="table, jsonl or csv. If not given: table on a terminal, jsonl in a pipe.")
        ] = None,
        out: Out = None,
    ) -> None:
        from detente.cli.countries import parse_country
        from detente.cli.queries import Filters, run_query

        filters = Filters(issue, parse_country(side) if side else None, status, limit)
        run_query(noun, _loader(one, other, db, since, until), filters, format, out)

    command.__doc__ = f"{what}\n\nExample: detente {noun} {example}"
    return command


QUERIES = {
    "contacts": ("Who met whom, through which channel, when and where.", "USA CHN --since 2023-06-01"),
    "channels": ("The board of channels: last contact, rhythm, next, open, quiet or suspended.", "USA CHN"),
    "statements": ("What each side says, by issue.", "USA CHN --side CHN --issue Taiwan"),
    "commitments": ("Who promised what, and what became of it.", "USA CHN --status lapsed"),
    "episodes": ("What happened between the two, or was to happen, each once.", "USA CHN --format csv"),
    "events": ("The reports of what happened, document by document.", "USA CHN --limit 20"),
}


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(add)
    app.command()(brief)
    for noun, texts in QUERIES.items():
        app.command(noun)(_query(noun, *texts))
    app.command()(sql)
    app.command()(forget)
    app.command()(recode)

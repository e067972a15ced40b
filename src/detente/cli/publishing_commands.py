"""The commands for those who trade data: files for others, the proof that they can be made again, two sources compared.

What they do is imported when they run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli import input_options as options
from detente.cli.brief_commands import One, Other
from detente.cli.days import parse_day
from detente.cli.ledger_commands import Db


def panel(
    out: Annotated[Path, typer.Option(help="File to write: .parquet, .csv or .dta (Stata).", metavar="FILE")],
    countries: Annotated[
        list[str] | None,
        typer.Argument(help="Countries: every dyad among them. ISO alpha-3 code, name or adjective.", metavar="A B C…"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every dyad that the source knows.")] = False,
    freq: Annotated[str, typer.Option(help="day, week, month or quarter.")] = "month",
    level: Annotated[str, typer.Option(help="gov (both sides act for a state) or all.")] = "gov",
    source: Annotated[str, typer.Option(help="detente, or a data set that was imported.")] = "detente",
    scores: Annotated[str, typer.Option(help="plover, or, where a data set has them, goldstein.")] = "plover",
    since: Annotated[str | None, typer.Option(help="First day; its whole period is shown.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; its whole period is shown.", metavar="DATE")] = None,
    half_life: Annotated[float, typer.Option(help="Half-life of the index, in days.")] = 30.0,
    draws: Annotated[int, typer.Option(help="Draws of the bootstrap; 0: no bands.")] = 1000,
    format: Annotated[str | None, typer.Option(help="parquet, csv or dta, whatever the ending.")] = None,
    made_from: Annotated[
        list[Path] | None,
        typer.Option(help="A file that the ledger was made of, to be named in the manifest.", metavar="PATH"),
    ] = None,
    list_documents: Annotated[
        bool | None,
        typer.Option(help="Name every document in the manifest. If not given: up to 10,000."),
    ] = None,
    db: Db = None,
) -> None:
    """Dyad-periods for statistics: a row for each dyad, direction and period, with gaps where nothing is known.

    Beside the file lie its data dictionary, a citation block, and a manifest from which `detente reproduce` makes the
    same bytes again.

    Example: detente panel USA CHN --freq month --out panel.dta --db relations.duckdb
    """
    from detente.analysis.series import Asked
    from detente.cli.publishing import run_panel

    asked = Asked(
        freq, level, parse_day("--since", since), parse_day("--until", until), source, scores, half_life, draws
    )
    run_panel(db, out, countries or [], every, asked, format, made_from or [], list_documents)


def reproduce(
    manifest: Annotated[Path, typer.Argument(help="The file FILE.manifest.json.", metavar="MANIFEST")],
    input: Annotated[
        list[str] | None,
        typer.Option(
            help="Where the documents are: file, folder, ledger or imported file; may be given more than once. "
            "If not given: the files that the manifest names.",
            metavar="PATH",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to keep what is made in.", metavar="FOLDER")] = None,
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
    quiet: options.Quiet = False,
) -> None:
    """Make a published file again from the same input, in a ledger of its own, and say whether every byte is the same.

    Give the options of reading that `detente add` was given. Exit status: 0 if all bytes are the same; 1 if not, with
    the first difference and what differs in the input or the programs; 2 if the command itself is wrong.

    Example: detente reproduce panel.dta.manifest.json --input documents.jsonl
    """
    from detente.cli.publishing import run_reproduce
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
    raise typer.Exit(run_reproduce(manifest, input or [], out, reading, quiet))


def compare_sources(
    one: Annotated[str, typer.Argument(help="detente, or a data set that was imported.", metavar="SOURCE1")],
    other: Annotated[str, typer.Argument(help="The other source.", metavar="SOURCE2")],
    a: One,
    b: Other,
    freq: Annotated[str, typer.Option(help="day, week, month or quarter.")] = "month",
    level: Annotated[str, typer.Option(help="gov (both sides act for a state) or all.")] = "gov",
    since: Annotated[
        str | None, typer.Option(help="First day; default: the first that both cover.", metavar="DATE")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Last day; default: the last that both cover.", metavar="DATE")
    ] = None,
    match: Annotated[str, typer.Option(help="What two events must share: type or quad.")] = "type",
    days: Annotated[int, typer.Option(help="How many days apart they may be.")] = 1,
    sample: Annotated[int, typer.Option(help="Events to read, of those that only one source has.")] = 5,
    seed: Annotated[int, typer.Option(help="Of what is drawn at random.")] = 1,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    out: Annotated[Path | None, typer.Option(help="File to write to. Else standard output.")] = None,
    db: Db = None,
) -> None:
    """Compare two sources on one relation: counts, agreement, correlation, and events that only one has, to read.

    Example: detente compare-sources detente gdelt USA CHN --match quad --db relations.duckdb
    """
    from detente.cli.compare_sources import run_compare_sources

    run_compare_sources(
        db,
        (one, other),
        (a, b),
        freq,
        level,
        parse_day("--since", since),
        parse_day("--until", until),
        match=match,
        days=days,
        sample=sample,
        seed=seed,
        format=format,
        out=out,
    )


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(panel)
    app.command()(reproduce)
    app.command("compare-sources")(compare_sources)

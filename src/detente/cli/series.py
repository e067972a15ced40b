"""`detente series`. What it does is imported when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.brief_commands import One, Other, Out
from detente.cli.days import parse_day
from detente.cli.ledger_commands import Db


def series(
    a: One,
    b: Other,
    db: Db = None,
    freq: Annotated[str, typer.Option(help="day, week, month or quarter.")] = "month",
    level: Annotated[str, typer.Option(help="gov: between the two governments; all: whoever acts.")] = "gov",
    since: Annotated[
        str | None, typer.Option(help="A day of the first period; default: the first document's.", metavar="DATE")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="A day of the last period; default: the last document's.", metavar="DATE")
    ] = None,
    source: Annotated[str, typer.Option(help="detente, or a data set that was imported.", metavar="NAME")] = "detente",
    scores: Annotated[str, typer.Option(help="plover; goldstein for data sets that publish such scores.")] = "plover",
    half_life: Annotated[float, typer.Option(help="Of the index: after so many days an episode counts half.")] = 30.0,
    draws: Annotated[int, typer.Option(help="Of the bootstrap; 0: no bands.")] = 1000,
    only_changes: Annotated[bool, typer.Option("--changes", help="Only the changes of level, with drivers.")] = False,
    format: Annotated[
        str | None,
        typer.Option(help="table, csv, jsonl or parquet. If not given: table on a terminal, jsonl in a pipe."),
    ] = None,
    out: Out = None,
) -> None:
    """Counts, mean score and net cooperation by period and direction, each with its 90 % band and its coverage.

    Over episodes, not reports, and only over what took place. A period without documents is a gap, not peace. The table
    for readers tells the changes of level below, with the episodes that drive them.

    Example: detente series USA CHN --freq month --format csv --out series.csv --db relations.duckdb
    """
    from detente.analysis.series import Asked
    from detente.cli.add import ledger_path
    from detente.cli.series_output import run_series
    from detente.lexicon.naming import parse_dyad

    days = parse_day("--since", since), parse_day("--until", until)
    asked = Asked(freq, level, *days, source, scores, half_life, draws)
    run_series(ledger_path(db), parse_dyad(a, b), asked, format, out, only_changes)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(series)

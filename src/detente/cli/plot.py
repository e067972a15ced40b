"""`detente plot`: a picture of what the ledger knows, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.days import parse_day
from detente.cli.ledger_commands import Db


def plot(
    kind: Annotated[str, typer.Argument(help="series, contacts, issues, network or map.", metavar="KIND")],
    countries: Annotated[
        list[str] | None,
        typer.Argument(
            help="Two countries by ISO alpha-3 code, name or adjective; of network and map none (all) or more.",
            metavar="COUNTRY",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write to; its ending says the format: svg, png, pdf, html, csv.")
    ] = None,
    db: Db = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="First day, YYYY-MM-DD; default: of series the first known, else a year before the last.",
            metavar="DATE",
        ),
    ] = None,
    until: Annotated[str | None, typer.Option(help="Last day; default: the last document's.", metavar="DATE")] = None,
    freq: Annotated[str | None, typer.Option(help="Of series: day, week, month or quarter; default month.")] = None,
    theme: Annotated[str, typer.Option(help="light or dark.")] = "light",
) -> None:
    """Draw a series, contacts, issues, a network of countries or a map of events into a file.

    series: mean score in each direction with its band, number of episodes, changes of level. contacts: by channel on a
    time line. issues: statements of each side, and their tone. network: countries, and how often and in which spirit
    they deal with each other. map: where things took place. A .html file has tooltips and needs no network; a .csv
    file holds the rows behind the plot.

    Example: detente plot contacts USA CHN --out contacts.svg --db relations.duckdb
    """
    run_plot(kind, countries or [], out, db, since, until, freq, theme)


def run_plot(
    kind: str,
    countries: list[str],
    out: Path | None,
    db: Path | None,
    since: str | None,
    until: str | None,
    freq: str | None,
    theme: str,
) -> None:
    """Writes the plot to `out`, whose ending says the format.

    Raises:
        OptionError: an argument or option has a value that is not allowed, or there is nothing to plot.
        LedgerError: there is no ledger, or it stays in use.
    """
    from detente.errors import OptionError

    if out is None:
        raise OptionError(f"name a file to draw into: --out {kind}.svg (svg, png, pdf, html or csv)")
    from detente.analysis.plots import format_for, make_plot, rendered
    from detente.analysis.plots.theme import theme_named
    from detente.cli.add import ledger_path
    from detente.exchange.target import Target
    from detente.lexicon.naming import parse_country

    # What is wrong with the file or the look is said before anything is worked out.
    format = format_for(out)
    theme_named(theme)
    target = Target(out)
    try:
        days = (parse_day("--since", since), parse_day("--until", until))
        made = make_plot(kind, ledger_path(db), [parse_country(name) for name in countries], *days, freq)
        target.file.write(rendered(made, format, theme))
        target.keep()
    except BaseException:
        target.drop()
        raise


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(plot)

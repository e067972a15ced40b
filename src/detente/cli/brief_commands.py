"""The commands that ask the ledger about two countries. What they do is imported when they run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from detente.cli.days import parse_day
from detente.cli.ledger_commands import Db

if TYPE_CHECKING:
    from detente.analysis.dossier import Dossier

One: TypeAlias = Annotated[str, typer.Argument(help="A country: ISO alpha-3 code, name or adjective.", metavar="A")]
Other: TypeAlias = Annotated[str, typer.Argument(help="The other country.", metavar="B")]
Since: TypeAlias = Annotated[
    str | None, typer.Option(help="First day, YYYY-MM-DD; default: a year before the last.", metavar="DATE")
]
Until: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Last day; nothing published later is used. Default: the last document's.", metavar="DATE"),
]
Out: TypeAlias = Annotated[Path | None, typer.Option(help="File to write to. Else standard output.")]

_LISTS: Final = {
    "contacts": "Consultations that took place: who, channel, mode, dates, place.",
    "channels": "The channels: last contact, usual interval, overdue, next planned, suspended and by whom.",
    "statements": "What officials of either side said, with issue and tone.",
    "commitments": "Promises, invitations, agreements and planned meetings, and what became of them.",
    "episodes": "Events merged over sentences and documents.",
    "events": "Events as each document tells them.",
}


def brief(
    a: One,
    b: Other,
    db: Db = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[
        str | None,
        typer.Option(help="terminal, md, html, pdf or json. If not given: by the ending of --out, else terminal."),
    ] = None,
    out: Out = None,
) -> None:
    """The state of a relation on a page: what changed, contacts, channels, promises, words, disputes, sources.

    Example: detente brief USA CHN --since 2023-01-01 --out brief.html --db relations.duckdb
    """
    from detente.cli.brief import run_brief

    run_brief(_loader(a, b, db, since, until), format, out)


def _loader(a: str, b: str, db: Path | None, since: str | None, until: str | None) -> Callable[[], Dossier]:
    from detente.analysis.load import load_dossier
    from detente.cli.add import ledger_path
    from detente.lexicon.naming import parse_dyad

    dyad = parse_dyad(a, b)
    return partial(load_dossier, ledger_path(db), dyad, parse_day("--since", since), parse_day("--until", until))


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(brief)
    for noun, said in _LISTS.items():
        example = f"Example: detente {noun} USA CHN --since 2023-01-01 --format csv --db relations.duckdb"
        app.command(noun, help=f"{said}\n\n{example}")(_command(noun))


def _command(noun: str) -> Callable[..., None]:
    """The list of one kind, with `noun` no longer among what the user gives."""

    def command(
        a: One,
        b: Other,
        db: Db = None,
        since: Since = None,
        until: Until = None,
        issue: Annotated[str | None, typer.Option(help="Only what is about this issue.")] = None,
        side: Annotated[
            str | None, typer.Option(help="Only what this country does or says.", metavar="COUNTRY")
        ] = None,
        status: Annotated[str | None, typer.Option(help="Only what has this status or state.")] = None,
        format: Annotated[
            str | None, typer.Option(help="table, jsonl or csv. If not given: table on a terminal, jsonl in a pipe.")
        ] = None,
        limit: Annotated[int | None, typer.Option(help="At most so many, the latest.")] = None,
        out: Out = None,
    ) -> None:
        from detente.cli.queries import Filters, run_query
        from detente.lexicon.naming import parse_country

        filters = Filters(issue, parse_country(side) if side else None, status, limit)
        run_query(noun, _loader(a, b, db, since, until), filters, format, out)

    return command

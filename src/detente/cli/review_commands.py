"""The commands of `detente review`. What they do is imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from detente.cli.ledger_commands import Db

By: TypeAlias = Annotated[str, typer.Option(help="Who judges.", metavar="NAME")]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
review = typer.Typer(
    help="Judge the coder's events and statements, and learn how often it is right. The desk (`detente serve`) has "
    "pages for it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@review.command("next")
def next_record(
    by: By,
    kind: Annotated[str, typer.Option(help="events or statements.")] = "events",
    order: Annotated[str, typer.Option(help="certainty (the least certain first) or random.")] = "certainty",
    seed: Annotated[int, typer.Option(help="Of the random order.")] = 1,
    dyad: Annotated[str | None, typer.Option(help="Only records of these two.", metavar="A-B")] = None,
    json: Json = False,
    db: Db = None,
) -> None:
    """Show the next record that somebody has not judged.

    Example: detente review next --by Ada --order random --seed 7 --db relations.duckdb
    """
    from detente.cli.review import run_next

    run_next(db, by, kind, order, seed, dyad, json)


@review.command()
def judge(
    record: Annotated[str, typer.Argument(help="The id of an event or statement.", metavar="ID")],
    by: By,
    set: Annotated[
        list[str] | None, typer.Option(help="A field that is wrong, and what is right.", metavar="FIELD=VALUE")
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="There is no such event or statement.")] = False,
    why: Annotated[str, typer.Option(help="The reason; a rejection needs one.")] = "",
    drawn: Annotated[
        str, typer.Option(help='How it came up: chosen, certainty, or "random SEED" of a sample.')
    ] = "chosen",
    db: Db = None,
) -> None:
    """File what somebody makes of a record: right as coded, or with the fields set, or none at all.

    Example: detente review judge ev-1f2e3d4c5b6a7980 --by Ada --set status=planned --why "it is still to come"
    """
    from detente.cli.review import run_judge

    run_judge(db, record, by, set or [], reject, why, drawn)


@review.command("list")
def list_reviews(
    by: Annotated[str | None, typer.Option(help="Only this person's.", metavar="NAME")] = None,
    json: Json = False,
    db: Db = None,
) -> None:
    """List all reviews in the order of filing; a review whose record is no longer found says so.

    Example: detente review list --by Ada --db relations.duckdb
    """
    from detente.cli.review import run_list

    run_list(db, by, json)


@review.command()
def agreement(json: Json = False, db: Db = None) -> None:
    """How far coders agree who judged the same records: Krippendorff's alpha, field by field.

    Example: detente review agreement --db relations.duckdb
    """
    from detente.cli.review import run_agreement

    run_agreement(db, json)


@review.command()
def precision(json: Json = False, db: Db = None) -> None:
    """How often the coder is right, from random samples that people have judged, with 95 % intervals.

    Example: detente review precision --db relations.duckdb
    """
    from detente.cli.review import run_precision

    run_precision(db, json)


@review.command()
def export(
    out: Annotated[Path, typer.Option(help="File to write; for gold a folder.", metavar="PATH")],
    format: Annotated[
        str,
        typer.Option(help="gold (for `detente evaluate examples --data FOLDER`), training or reviews (JSON Lines)."),
    ] = "gold",
    db: Db = None,
) -> None:
    """Write what was judged: marked articles, rows to learn from, or the reviews themselves.

    Example: detente review export --format gold --out judged --db relations.duckdb
    """
    from detente.cli.review import run_export

    run_export(db, out, format)


@review.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="Reviews that were exported from another ledger.", metavar="FILE")],
    db: Db = None,
) -> None:
    """File the reviews of another ledger of the same documents, each once.

    Example: detente review import reviews-of-ben.jsonl --db relations.duckdb
    """
    from detente.cli.review import run_import

    run_import(db, file)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(review, name="review")

"""The options that say how texts are to be read, the same for every command that reads some."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import typer


def _column(what: str) -> Any:
    return typer.Option(help=f"Column with the {what}.")


Published: TypeAlias = Annotated[str | None, typer.Option(help="Date of publication, YYYY-MM-DD.", metavar="DATE")]
Publisher: TypeAlias = Annotated[str | None, typer.Option(help="Who published it.", metavar="NAME")]
Kind: TypeAlias = Annotated[
    str | None, typer.Option(help="news, readout, statement or transcript; guessed if not given.")
]
IdColumn: TypeAlias = Annotated[str | None, typer.Option(help="Column (JSONL, CSV, Parquet) with the document's id.")]
TextColumn: TypeAlias = Annotated[str | None, _column("text")]
TitleColumn: TypeAlias = Annotated[str | None, _column("title")]
DateColumn: TypeAlias = Annotated[str | None, _column("date of publication")]
PublisherColumn: TypeAlias = Annotated[str | None, _column("publisher")]
UrlColumn: TypeAlias = Annotated[str | None, _column("address")]
KindColumn: TypeAlias = Annotated[str | None, _column("kind")]
IssuerColumn: TypeAlias = Annotated[str | None, _column("issuer of a readout")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress bar.")]
Workers: TypeAlias = Annotated[
    int,
    typer.Option("--workers", "-j", help="Processes that code side by side; the records are the same.", metavar="N"),
]

"""The manifest of the tables: rows and SHA-256 of each, so that no table changes unnoticed.

`python -m detente.lexicon.manifest` writes it anew after a table was changed on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.lexicon.tables import data_folder, manifest_of, read_table

TABLES = (
    "agents.tsv",
    "anaphors.tsv",
    "armed_groups.tsv",
    "combining_forms.tsv",
    "companies.tsv",
    "countries.tsv",
    "executives.tsv",
    "holders/ambassadors.tsv",
    "holders/heads.tsv",
    "holders/ministers.tsv",
    "institutions.tsv",
    "media.tsv",
    "not_actors.tsv",
    "offices.tsv",
    "organisations.tsv",
    "parties.tsv",
    "ships.tsv",
    "subnational.tsv",
)


def actual(folder: Traversable) -> Iterator[tuple[str, int, str]]:
    """Name, number of rows and SHA-256 of each table as it is."""
    for name in TABLES:
        path = folder
        for part in name.split("/"):
            path = path / part
        yield (name, *manifest_of(path))


def recorded(folder: Traversable) -> Iterator[tuple[str, int, str]]:
    """The same as the manifest has it.

    Raises:
        TableError: the manifest is missing or malformed.
    """
    for row in read_table(folder / "manifest.tsv", ("table", "rows", "sha256"), ("table", "rows", "sha256")):
        yield row["table"], int(row["rows"]), row["sha256"]


def write(folder: Path) -> None:
    """Write the manifest of the tables in a folder."""
    lines = ["table\trows\tsha256", *(f"{name}\t{rows}\t{digest}" for name, rows, digest in actual(folder))]
    (folder / "manifest.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(str(data_folder())))

"""How often words stand in official English (`data/background_words.tsv`)."""

from __future__ import annotations

from functools import cache

from detente.errors import TableError
from detente.lexicon.tables import data_folder, read_table


@cache
def background_rates() -> dict[str, float]:
    """Share of each of the most frequent words, from 0 to 1.

    Raises:
        TableError: a row is not well formed.
    """
    found: dict[str, float] = {}
    columns = ("word", "per_million")
    for row in read_table(data_folder() / "background_words.tsv", columns, columns):
        try:
            found[row["word"]] = float(row["per_million"]) / 1e6
        except ValueError:
            raise TableError(f"{row['']}: per_million {row['per_million']!r} is not a number") from None
    return found

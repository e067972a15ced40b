"""Channels between two governments: the words that name them, and those that close or open them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from detente.lexicon.tables import data_folder, read_table, split
from detente.lexicon.terms import Terms

_WORD: Final = re.compile(r"\w+")


@cache
def _terms(table: str, key: str) -> Terms[tuple[int, str]]:
    terms: Terms[tuple[int, str]] = Terms()
    for number, row in enumerate(read_table(data_folder() / table, (key, "words", "source"), (key, "words"))):
        for word in split(row["words"]):
            terms.add(word.replace("'", " "), (number, row[key]))
    return terms


def _found(text: str, table: str, key: str) -> list[tuple[int, str]]:
    words = _WORD.findall(text.lower())
    return sorted(found.value for found in _terms(table, key).find(words, words))


def channel_named(text: str) -> str | None:
    """The channel that the words name by the first row of `channels.tsv` that fits, None if they name none.

    Raises:
        TableError: the table has a bad row.
    """
    found = _found(text, "channels.tsv", "channel")
    return found[0][1] if found else None


def channel_acts(text: str) -> frozenset[str]:
    """Which of "suspend" and "resume" the words speak of (`channel_acts.tsv`).

    Raises:
        TableError: the table has a bad row.
    """
    return frozenset(act for _, act in _found(text, "channel_acts.tsv", "act"))

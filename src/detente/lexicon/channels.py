"""Channels between two governments: the words that name them, and those that close or open them.

Working groups are many: theirs is a channel for each issue ("working group: climate"), the one named next to the words
for the group; "working group" alone where none is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from detente.lexicon.issues import DEFAULT, issue_terms
from detente.lexicon.tables import data_folder, read_table, split
from detente.lexicon.terms import Found, Terms
from detente.relations import CHANNELS

WORKING_GROUP: Final = "working group"
# Issues that say of a group only that it talks.
_ANY_TALK: Final = frozenset({DEFAULT, "communication channels", "international order"})
_WORD: Final = re.compile(r"\w+")


@cache
def _terms(table: str, key: str) -> Terms[tuple[int, str]]:
    terms: Terms[tuple[int, str]] = Terms()
    for number, row in enumerate(read_table(data_folder() / table, (key, "words", "source"), (key, "words"))):
        for word in split(row["words"]):
            terms.add(word.replace("'", " "), (number, row[key]))
    return terms


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


@lru_cache(maxsize=16384)
def channel_named(text: str) -> str | None:
    """The channel that the words name by the first row of `channels.tsv` that fits, None if they name none.

    Raises:
        TableError: the table has a bad row.
    """
    words = _words(text)
    found = min(_terms("channels.tsv", "channel").find(words, words), key=lambda f: (f.value, f.start), default=None)
    if found is None:
        return None
    name = found.value[1]
    return name if name != WORKING_GROUP else _group(words, found)


def _group(words: list[str], named: Found[tuple[int, str]]) -> str:
    """The working group with its issue: that of the term nearest to the words that name it, or inside them."""
    issues = [found for found in issue_terms().find(words, words) if found.value not in _ANY_TALK]
    near = min(issues, key=lambda f: (max(f.start - named.end, named.start - f.end, -1), f.start), default=None)
    return f"{WORKING_GROUP}: {near.value}" if near else WORKING_GROUP


def is_working_group(channel: str | None) -> bool:
    """Whether a channel is that of a working group, on whatever issue."""
    return channel is not None and level_of(channel) == WORKING_GROUP


def level_of(channel: str) -> str:
    """The channel without a working group's issue."""
    return channel.partition(":")[0]


def in_order(channels: Iterable[str]) -> list[str]:
    """Each once, in the order of `CHANNELS`; working groups with an issue follow that without one."""
    return sorted(set(channels), key=lambda channel: (CHANNELS.index(level_of(channel)), channel))


def channel_acts(text: str) -> frozenset[str]:
    """Which of "suspend" and "resume" the words speak of (`channel_acts.tsv`).

    Raises:
        TableError: the table has a bad row.
    """
    words = _words(text)
    return frozenset(found.value[1] for found in _terms("channel_acts.tsv", "act").find(words, words))

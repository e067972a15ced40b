"""Text from documents made fit for a terminal."""

from __future__ import annotations

from typing import Final

# C0 and C1 controls: an escape sequence in a text must not command the reader's terminal.
_CONTROLS: Final = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if chr(code) != "\n"}


def printable(text: str) -> str:
    """The text with control characters replaced one for one, so that offsets into it stay."""
    return text.translate(_CONTROLS)


def one_line(text: str, limit: int) -> str:
    """The text in one line of at most `limit` characters, cut at a space; soft hyphens and the like are left out."""
    line = "".join(char for char in printable(" ".join(text.split())) if char.isprintable())
    return line if len(line) <= limit else (line[: limit - 1].rpartition(" ")[0] or line[: limit - 2]) + " …"

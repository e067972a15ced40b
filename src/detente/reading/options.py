"""What a user may say about the input, and how much of it is taken in at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.errors import OptionError
from detente.records import KINDS


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is known of the input from outside, and the limits of reading.

    `published`, `publisher` and `kind` fill in what a row or a front matter does not say; for a plain text or a web
    page they win over what is guessed from it. `kind` None means: guess. A `*_column` None means: guess by name.

    Limits: `max_document` characters of text in one document; `max_raw` bytes (characters of a decoded line) read for
    one document before it is understood (a web page, a JSON line, a CSV line); `max_array` bytes of one JSON file that
    is not JSON Lines, which has to be read whole.

    Raises:
        OptionError: `kind` is not a kind of document, or a limit is not positive.
    """

    published: date | None = None
    publisher: str | None = None
    kind: str | None = None
    id_column: str | None = None
    text_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None
    publisher_column: str | None = None
    url_column: str | None = None
    kind_column: str | None = None
    issuer_column: str | None = None
    allow_undated: bool = False
    max_document: int = 5_000_000
    max_raw: int = 10_000_000
    max_array: int = 200_000_000

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise OptionError(f"kind {self.kind!r} is not known ({', '.join(KINDS)})")
        for name in ("max_document", "max_raw", "max_array"):
            if getattr(self, name) < 1:
                raise OptionError(f"{name} must be at least 1")

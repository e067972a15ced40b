"""What a user may say about the input, and how much of it is taken in at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.errors import OptionError
from detente.reading.streams import MOST
from detente.records import KINDS


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much of one address is taken in: `seconds` for all of it, redirects included; `max_bytes` as they come over
    the wire; `max_decoded` bytes once unpacked; `redirects` followed at most.

    `allow_private` False refuses every address that is not on the public internet (loopback, private, link-local,
    reserved), for a program that fetches what strangers ask for, and `ports` every port that it does not name (empty:
    none is refused). What `trusted` names, "host" or "host:port" in small letters, is reached all the same. Proxies
    named by the environment are left aside where private addresses are refused, because behind one the address that is
    reached cannot be seen.

    Raises:
        OptionError: a limit is not positive.
    """

    seconds: float = 60.0
    max_bytes: int = 20_000_000
    max_decoded: int = 100_000_000
    redirects: int = 5
    allow_private: bool = False
    ports: frozenset[int] = frozenset()
    trusted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if min(self.seconds, self.max_bytes, self.max_decoded) <= 0 or self.redirects < 0:
            raise OptionError("the limits of fetching must be positive")

    def trusts(self, host: str, port: int) -> bool:
        """Whether this server is reached whatever its address and port."""
        return bool({host, f"{host}:{port}"} & self.trusted)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is known of the input from outside, and the limits of reading.

    `published`, `publisher` and `kind` fill in what a row or a front matter does not say; for a plain text or a web
    page they win over what is guessed from it. `kind` None means: guess. A `*_column` None means: guess by name.

    Limits: `max_document` characters of text in one document; `max_raw` bytes (characters of a decoded line) read for
    one document before it is understood (a web page, a JSON line, a CSV line); `max_array` bytes of one JSON file that
    is not JSON Lines, which has to be read whole; `max_unpacked` bytes that a packed file grows to. `fetch`: those of a
    web address; private ones are allowed, because whoever names paths may read this machine anyway.

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
    max_unpacked: int = MOST
    fetch: FetchLimits = FetchLimits(allow_private=True)

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise OptionError(f"kind {self.kind!r} is not known ({', '.join(KINDS)})")
        for name in ("max_document", "max_raw", "max_array", "max_unpacked"):
            if getattr(self, name) < 1:
                raise OptionError(f"{name} must be at least 1")

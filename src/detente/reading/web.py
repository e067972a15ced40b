"""What stands at a web address, as a stream that is read like a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from detente.reading.formats import extension
from detente.reading.options import ReadOptions
from detente.reading.streams import Stream

if TYPE_CHECKING:
    from detente.reading.fetch import Content

_FORMATS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/json": "json",
    "application/jsonl": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/ndjson": "jsonl",
    "application/vnd.apache.parquet": "parquet",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
}
# What servers say of a page when nobody told them its charset.
_SAYS_NOTHING: Final = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")
# Packed files and Parquet: bytes that are no text whatever charset is declared.
_NO_TEXT: Final = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1")


def is_address(path: str) -> bool:
    """Whether this names something on the web, and no file."""
    return path.lower().startswith(("http://", "https://"))


def open_address(url: str, options: ReadOptions) -> Stream:
    """Fetches an address.

    Raises:
        InputError: it cannot be fetched, or the server refuses.
    """
    # Imported late: it takes a fifth of a second and most runs fetch nothing.
    from detente.reading.fetch import Content, Refused, fetch

    fetched = fetch(url, limits=options.fetch)
    if isinstance(fetched, Refused):
        raise fetched.fault()
    assert isinstance(fetched, Content)  # Nothing is "unchanged" that was not asked for with validators.
    return stream_of(url, fetched, options)


def stream_of(name: str, content: Content, options: ReadOptions) -> Stream:
    """What was fetched, to be read; `name` stands in messages."""
    promised = _FORMATS.get(content.media_type) or extension(urlsplit(content.url).path)
    packed = io.BytesIO(as_utf8(content))
    return Stream(name, packed, None, options.max_unpacked, url=content.url, promised=promised)


def as_utf8(content: Content) -> bytes:
    """The body in UTF-8 if it is that, or is in the charset that the server declares; otherwise as it came."""
    body = content.body
    if not content.charset or content.charset in _SAYS_NOTHING or body.startswith(_NO_TEXT):
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        try:
            return body.decode(content.charset).encode()
        except (LookupError, UnicodeError):  # No such charset, or not this one.
            return body
    return body

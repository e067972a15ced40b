"""RSS and Atom: what a feed says of its entries."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from detente.errors import InputError
from detente.reading.dates import parse_date
from detente.reading.documents import Draft
from detente.reading.encodings import encoding_of
from detente.reading.markup import text_of
from detente.reading.options import ReadOptions
from detente.reading.pages import with_title
from detente.reading.streams import Stream
from detente.reading.web import is_address

Note = Callable[[str], None]

_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_ENTITY: Final = re.compile("<!ENTITY")
_ROOT: Final = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.I)
_END: Final = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.I)
# What feedparser lets through of feeds that are damaged in odd places (characters that do not exist, say).
_FAULTS: Final = (ValueError, OverflowError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)
_FEED: Final = "give the address of an RSS or Atom feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `text` is the longest that the feed itself carries, without markup; `link` is absolute.

    `published` is the day as the feed writes it, in its own time zone. `fault` says why the entry is not to be used: a
    date that is none, or the feed breaks off in it. `where` is its place in the feed ("entry 3").
    """

    where: str
    id: str
    title: str | None
    link: str | None
    published: date | None
    text: str
    fault: InputError | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    url: str
    title: str | None
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def parse_feed(content: bytes, url: str, *, name: str = "") -> Feed:
    """A feed from its bytes. Nothing is fetched; entities that point elsewhere are not followed.

    `url` is what relative links are resolved against; `name` (else `url`) stands in messages. A feed that is not
    well-formed is read as far as it goes, which stands in `notes`.

    Raises:
        InputError: no feed, one that declares entities, or one that is damaged beyond its first entry.
    """
    # Imported late: most runs read no feed.
    import feedparser

    name = name or url
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    # Zeros go, so that feedparser does not take the text for UTF-16, in which entities would not have been seen.
    text = _text(content).replace("\0", "")
    if _ENTITY.search(text, 0, root.start() if (root := _ROOT.search(text)) else len(text)):
        right = "the same feed without <!ENTITY …> at its head"
        raise InputError(name, "a feed with entities of its own, which can grow or point to files", right=right)
    # Those that stand where none belong come to nothing.
    text = text.replace("<!ENTITY", "<!DROPPED")
    try:
        # As a stream: given bytes alone, feedparser first tries whether they are the name of a file. Its cleaning of
        # HTML is slow, and needless where all markup is dropped.
        parsed = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _FAULTS as fault:
        what = " ".join(str(fault).split())[:200]
        raise InputError(name, f"no feed that can be read: {what}", right=_FEED) from fault
    damage = _damage(parsed)
    found = list(parsed.entries)
    if not parsed.get("version") or (damage and not found):
        raise InputError(name, f"no feed that can be read{damage and f': {damage}'}", right=_FEED)
    entries = [_entry(name, f"entry {number}", raw) for number, raw in enumerate(found, start=1)]
    notes = []
    if damage:
        notes.append(f"{name}: feed is not well-formed ({damage}); read as far as it goes")
        if not _END.search(text[-1000:]):
            cut = InputError(name, "the feed breaks off here", where=entries[-1].where, right="try again later")
            entries[-1] = replace(entries[-1], fault=cut)
    return Feed(url, _title(parsed.feed), tuple(entries), tuple(notes))


def read_feed(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Draft | InputError]:
    """A draft an entry, of the feed's own text.

    Raises:
        InputError: no feed, or a damaged one.
    """
    feed = parse_feed(stream.whole(options.max_raw), stream.url or "", name=stream.name)
    for note in feed.notes:
        on_note(note)
    for entry in feed.entries:
        yield entry_draft(feed, entry, options)


def entry_draft(feed: Feed, entry: Entry, options: ReadOptions) -> Draft | InputError:
    """The entry as a document, or why it is none. The title goes before the text."""
    if entry.fault:
        return entry.fault
    return Draft(
        text=with_title(entry.title, entry.text).strip(),
        where=entry.where,
        title=entry.title,
        published=entry.published,
        publisher=options.publisher or feed.title,
        url=entry.link,
        kind=options.kind,
    )


def _text(content: bytes) -> str:
    """The feed decoded: UTF-8 or marked by its first bytes, else as it declares, else by a guess."""
    declared = _DECLARED.match(content)
    guess = encoding_of(content) or "cp1252"
    for name in (guess if guess.startswith("utf") else "", declared[1].decode() if declared else "", guess):
        try:
            if name:
                return content.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeError):  # No such charset, or not this one.
            continue
    return content.decode("utf-8", "replace")


def _damage(parsed: Any) -> str:
    """Why the feed is not well-formed, "" if it is. A wrong charset or content type is no damage."""
    fault = parsed.get("bozo_exception")
    if not hasattr(fault, "getLineNumber"):
        return ""
    return f"line {fault.getLineNumber()}: {' '.join(str(fault.getMessage()).split())}"


def _entry(name: str, where: str, raw: Any) -> Entry:
    link = _string(raw, "link")
    fault = published = None
    if written := _string(raw, "published") or _string(raw, "updated"):
        try:
            published = parse_date(written)
        except ValueError as trouble:
            fault = InputError(name, str(trouble), where=where)
    return Entry(
        where=where,
        id=_string(raw, "id") or link or "",
        title=_title(raw),
        link=link if link and is_address(link) else None,
        published=published,
        text=max(map(_plain, [*raw.get("content", ()), raw.get("summary_detail")]), key=len),
        fault=fault,
    )


def _title(raw: Any) -> str | None:
    return " ".join(_plain(raw.get("title_detail")).split()) or None


def _plain(detail: Any) -> str:
    """A text of the feed without its markup, if it has any."""
    value = (_string(detail, "value") if detail else None) or ""
    return value if detail and detail.get("type") == "text/plain" else text_of(value)


def _string(raw: Any, key: str) -> str | None:
    value = raw.get(key)
    return value.strip() or None if isinstance(value, str) else None

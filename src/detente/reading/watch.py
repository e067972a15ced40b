"""Following feeds: when each is looked at again, and one round of looking. What stands here remembers nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from detente.errors import InputError
from detente.reading.documents import finish
from detente.reading.feeds import Entry, Feed, entry_draft, parse_feed
from detente.reading.fetch import Content, Fetched, Refused, Unchanged, Validators
from detente.reading.options import ReadOptions
from detente.reading.polite import Visitor, forbidden
from detente.reading.read import read_stream
from detente.reading.subscriptions import FeedSource
from detente.reading.web import as_utf8, stream_of
from detente.records import Document

OnError = Callable[[InputError], None]
Note = Callable[[str], None]
Known = Callable[[str], bool]

# A feed in trouble is looked at once a day at least (and no more often than its own interval).
CAP: Final = timedelta(days=1)
# A server's Retry-After is heeded up to here, so that a slip of it does not end the following.
LONGEST_RETRY: Final = timedelta(days=7)
# Up to a tenth is added to each wait, always the same for one feed: many feeds of one interval spread out.
_JITTER: Final = 0.1
# More doublings than this make no difference below any cap.
_DOUBLINGS: Final = 16


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between two looks. `next_poll` is aware of its time zone.

    `etag` and `modified` are what its server said of the version that was read. `failures` in a row.
    """

    url: str
    next_poll: datetime
    etag: str | None = None
    modified: str | None = None
    failures: int = 0


def next_state(state: FeedState, outcome: Fetched | InputError, now: datetime, every: timedelta) -> FeedState:
    """When to look again: after `every`, or after a failure twice as long as before it, up to `CAP`.

    What the server asks for (`Retry-After`, up to `LONGEST_RETRY`) is a minimum.
    """
    if isinstance(outcome, (Content, Unchanged)):
        told = outcome.validators
        return FeedState(state.url, now + _spread(state.url, every), told.etag, told.modified)
    failures = state.failures + 1
    wait = _spread(state.url, min(every * 2 ** min(failures, _DOUBLINGS), max(every, CAP)))
    if isinstance(outcome, Refused) and outcome.seconds is not None:
        wait = max(wait, timedelta(seconds=min(outcome.seconds, LONGEST_RETRY.total_seconds())))
    return replace(state, next_poll=now + wait, failures=failures)


def watch_round(
    sources: Iterable[FeedSource],
    states: Mapping[str, FeedState],
    visitor: Visitor,
    options: ReadOptions,
    clock: Callable[[], datetime],
    *,
    on_error: OnError,
    on_note: Note,
    known: Known = lambda _: False,
) -> Iterator[tuple[FeedSource, list[Document], FeedState]]:
    """Looks once at every feed that is due, in order. A feed without a state (by its url) is due.

    File the documents before the state is stored: if it is lost, the feed is only read a second time.
    """
    for source in sources:
        now = clock()
        state = states.get(source.url) or FeedState(source.url, now)
        if state.next_poll <= now:
            found = poll(source, state, now, visitor, options, on_error=on_error, on_note=on_note, known=known)
            yield source, *found


def poll(
    source: FeedSource,
    state: FeedState,
    now: datetime,
    visitor: Visitor,
    options: ReadOptions,
    *,
    on_error: OnError,
    on_note: Note,
    known: Known = lambda _: False,
) -> tuple[list[Document], FeedState]:
    """The documents of a feed if it has changed, and its next state. Nothing is raised because of what servers send.

    `known` says whether a linked page (by the link in the feed, which becomes the document's `url`) was read already;
    such a page is not asked for again. If linked pages could not be had for now, the state is that of a feed whose
    present version was not read, so that they are tried again.
    """
    asked = Validators(state.etag, state.modified)
    outcome: Fetched | InputError
    documents: list[Document] = []
    try:
        outcome = visitor.fetch(source.url, asked)
        if isinstance(outcome, Refused):
            on_error(outcome.fault())
        elif isinstance(outcome, Content):
            feed = parse_feed(as_utf8(outcome), outcome.url, name=source.url)
            for note in feed.notes:
                on_note(note)
            known_of_it = replace(
                options, publisher=source.publisher or options.publisher, kind=source.kind or options.kind
            )
            documents, whole = _documents(source, feed, known_of_it, visitor, known, on_error, on_note)
            if isinstance(whole, Refused):
                outcome = whole
            elif not whole:
                outcome = replace(outcome, validators=asked)
    except InputError as fault:
        on_error(fault)
        outcome = fault
    if source.issuer:
        documents = [replace(document, issuer=source.issuer) for document in documents]
    return documents, next_state(state, outcome, now, source.every)


def _documents(
    source: FeedSource,
    feed: Feed,
    options: ReadOptions,
    visitor: Visitor,
    known: Known,
    on_error: OnError,
    on_note: Note,
) -> tuple[list[Document], bool | Refused]:
    """The documents of the entries, and whether all there are could be had, or the refusal that ended it."""
    documents: list[Document] = []
    whole = True
    seen: set[str] = set()
    for entry in feed.entries:
        if entry.fault or not (source.full_text and entry.link):
            documents += _own_text(source.url, feed, entry, options, on_error)
        elif entry.link not in seen and not known(entry.link):
            seen.add(entry.link)
            try:
                if not visitor.allows(entry.link):
                    on_error(forbidden(entry.link))
                    continue
                page = visitor.fetch(entry.link)
            except InputError as fault:
                on_error(fault)
                whole = False
                continue
            if isinstance(page, Content):
                dated = replace(options, published=entry.published or options.published)
                read = read_stream(stream_of(entry.link, page, dated), dated, on_error=on_error, on_note=on_note)
                documents += [replace(document, url=entry.link) for document in read]
            elif isinstance(page, Refused):
                on_error(page.fault())
                if page.status in (429, 503):  # Its server has had enough of us for now.
                    return documents, page
                whole = whole and page.status < 500
    return documents, whole


def _own_text(name: str, feed: Feed, entry: Entry, options: ReadOptions, on_error: OnError) -> list[Document]:
    draft = entry_draft(feed, entry, options)
    try:
        if isinstance(draft, InputError):
            raise draft
        return [finish(name, draft, options)]
    except InputError as fault:
        on_error(fault)
    return []


def _spread(url: str, wait: timedelta) -> timedelta:
    share = int.from_bytes(hashlib.sha256(url.encode()).digest()[:4]) / 2**32
    return wait * (1 + _JITTER * share)

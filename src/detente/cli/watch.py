"""`detente watch`: follow feeds and file what is new."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from detente.cli.add import count, ledger_path, summary
from detente.cli.talk import Talk
from detente.ledger import add, feed_states, has_page, keep_state, refresh, sole_writer
from detente.reading import ReadOptions, load_feeds
from detente.reading.polite import Visitor
from detente.reading.watch import watch_round
from detente.settings import load_settings

if TYPE_CHECKING:
    from detente.coding import Coder
    from detente.reading import FeedSource


def run_watch(feeds: Path, db: Path | None, once: bool, quiet: bool) -> int:
    """Look at every feed that is due, file what it has, and wait for the next to fall due; `once`: a single round.

    Returns:
        After a single round 0 if all was read, 1 if something was set aside.

    Raises:
        InputError: the list of feeds is missing or wrong.
        LedgerError: the ledger cannot be opened, or, with `once`, another process files into it.
    """
    sources, path, talk = load_feeds(feeds), ledger_path(db), Talk(quiet=quiet)
    from detente.coding import Coder

    coder, visitor = Coder(**load_settings().for_coder), Visitor(ReadOptions().fetch)
    while True:
        # Who follows feeds for weeks is not ended by an `add` beside it, but waits.
        with sole_writer(path, wait=0.0 if once else -1.0):
            _round(sources, path, coder, visitor, talk)
        if once:
            return 1 if talk.faults else 0
        states = feed_states(path)
        due = min(states[source.url].next_poll for source in sources)
        talk.say(f"next look at {due.astimezone():%Y-%m-%d %H:%M}")
        time.sleep(max(1.0, (due - datetime.now(UTC)).total_seconds()))


def _round(sources: tuple[FeedSource, ...], path: Path, coder: Coder, visitor: Visitor, talk: Talk) -> None:
    looks = watch_round(
        sources,
        feed_states(path),
        visitor,
        ReadOptions(),
        lambda: datetime.now(UTC),
        on_error=talk.fault,
        on_note=talk.note,
        known=partial(has_page, path),
    )
    for source, documents, state in looks:
        tally = Counter[str]()
        for added in add(path, documents, coder, on_error=talk.fault):
            count(tally, added)
        # Only now: a kill before this has the feed read a second time, which changes nothing.
        keep_state(path, state)
        refresh(path)
        talk.say(f"{source.url}: {summary(tally)}")

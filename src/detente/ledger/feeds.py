"""What the ledger remembers of the feeds that are followed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from detente.ledger.database import first_row, reading, writing
from detente.reading.watch import FeedState


def feed_states(path: Path) -> dict[str, FeedState]:
    """The state of each feed by its address; none if there is no ledger yet.

    Raises:
        LedgerError: it is no ledger, or it stays in use.
    """
    if not path.is_file():
        return {}
    with reading(path) as connection:
        rows = connection.execute("SELECT url, state FROM feeds").fetchall()
    return {url: _state(url, json.loads(state)) for url, state in rows}


def keep_state(path: Path, state: FeedState) -> None:
    """Remember the state of a feed, once its documents are filed."""
    kept = {
        "next_poll": state.next_poll.isoformat(),
        "etag": state.etag,
        "modified": state.modified,
        "failures": state.failures,
    }
    with writing(path, new=True) as connection:
        connection.execute("DELETE FROM feeds WHERE url = ?", [state.url])
        connection.execute("INSERT INTO feeds VALUES (?, ?)", [state.url, json.dumps(kept)])


def has_page(path: Path, url: str) -> bool:
    """Whether a document of that address is filed."""
    if not path.is_file():
        return False
    with reading(path) as connection:
        return first_row(connection, "SELECT 1 FROM documents WHERE url = ?", [url]) is not None


def _state(url: str, kept: dict[str, str | int | None]) -> FeedState:
    etag, modified, failures = kept["etag"], kept["modified"], kept["failures"]
    return FeedState(
        url,
        datetime.fromisoformat(str(kept["next_poll"])),
        str(etag) if etag is not None else None,
        str(modified) if modified is not None else None,
        int(failures or 0),
    )

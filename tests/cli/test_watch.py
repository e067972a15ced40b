"""`detente watch`: a feed served on this machine is followed and filed, each entry once."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from detente.ledger import sole_writer

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Start = Callable[..., subprocess.Popen[bytes]]
ENTRY = """<item><title>{title}</title><link>{root}/{id}</link><guid>{id}</guid>
<pubDate>{day} May 2024 10:00:00 GMT</pubDate><description>{text}</description></item>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address under which it is served."""
    folder = tmp_path / "site"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def write_feed(folder: Path, root: str, *entries: tuple[str, str, str]) -> None:
    items = "".join(
        ENTRY.format(root=root, id=f"e{day}", title=title, day=day, text=text) for day, title, text in entries
    )
    (folder / "feed.xml").write_text(f'<rss version="2.0"><channel><title>Agency</title>{items}</channel></rss>')


def filed(detente: Run, db: Path) -> list[str]:
    out = detente(
        "sql", "SELECT title FROM v_documents ORDER BY published", "--db", str(db), "--format", "jsonl"
    ).stdout
    return [json.loads(line)["title"] for line in out.decode().splitlines()]


def test_what_is_new_in_a_feed_is_filed_once(detente: Run, site: tuple[Path, str], tmp_path: Path) -> None:
    folder, root = site
    db, feeds = tmp_path / "l.duckdb", tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{root}/feed.xml"\nevery = "1m"\n')
    first = ("13", "Oslo sends envoys home", "Norway expelled two Russian diplomats on Monday.")
    write_feed(folder, root, first)
    told = detente("watch", str(feeds), "--db", str(db), "--once")
    assert told.returncode == 0, told.stderr
    assert filed(detente, db) == ["Oslo sends envoys home"]
    # Not due yet: nothing is asked, nothing is filed twice.
    write_feed(folder, root, first, ("14", "Moscow answers", "Russia expelled two Norwegian diplomats on Tuesday."))
    again = detente("watch", str(feeds), "--db", str(db), "--once")
    assert again.returncode == 0 and filed(detente, db) == ["Oslo sends envoys home"]
    due = 'UPDATE feeds SET state = json_merge_patch(state, \'{"next_poll": "2024-01-01T00:00:00+00:00"}\')'
    import duckdb

    with duckdb.connect(str(db)) as connection:
        connection.execute(due)
    third = detente("watch", str(feeds), "--db", str(db), "--once")
    assert third.returncode == 0 and filed(detente, db) == ["Oslo sends envoys home", "Moscow answers"]
    assert b"1 filed before" in third.stderr


def test_a_feed_that_is_not_there_is_one_line(detente: Run, site: tuple[Path, str], tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{site[1]}/nothing.xml"\n')
    told = detente("watch", str(feeds), "--db", str(tmp_path / "l.duckdb"), "--once", "-q")
    assert told.returncode == 1
    assert len(told.stderr.decode().splitlines()) == 1 and "404" in told.stderr.decode()


def test_a_follower_waits_for_another_process_that_files(
    detente: Run, start: Start, site: tuple[Path, str], tmp_path: Path
) -> None:
    folder, root = site
    db, feeds = tmp_path / "l.duckdb", tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{root}/feed.xml"\n')
    write_feed(folder, root, ("13", "Oslo sends envoys home", "Norway expelled two Russian diplomats on Monday."))
    with sole_writer(db):
        once = detente("watch", str(feeds), "--db", str(db), "--once")
        assert once.returncode == 2 and b"another process is filing" in once.stderr
        follower = start("watch", str(feeds), "--db", str(db))
        with contextlib.suppress(subprocess.TimeoutExpired):
            follower.wait(timeout=6)
        assert follower.returncode is None and not db.exists()
    assert follower.stderr and follower.stdin and follower.stdout
    while b"next look" not in (line := follower.stderr.readline()):
        assert line
    assert filed(detente, db) == ["Oslo sends envoys home"]
    follower.send_signal(signal.SIGINT)
    assert follower.wait(timeout=60) == 130
    for pipe in (follower.stdin, follower.stdout, follower.stderr):
        pipe.close()

"""Pages while another process writes the ledger: given at once, from a copy of it as it was."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from detente.ledger import query, writing
from detente.web import whole_copy
from tests.web.conftest import COMMAND
from tests.web.test_pages import PAGES

DOCUMENT = "news-2023-06-19-beijing-talks"
PAGE = f"/documents/{DOCUMENT}"
DATED = "detente-as-of"
# Changes a title, and then holds a ledger for writing and files into it again and again, until its input ends.
WRITER = f"""
import sys, threading
from pathlib import Path
from detente.ledger import writing
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), done.set())).start()
with writing(Path(sys.argv[1])) as connection:
    connection.execute("UPDATE documents SET title = 'Told anew' WHERE id = '{DOCUMENT}'")
    connection.commit()
    print("holds", flush=True)
    while not done.wait(0.05):
        connection.begin()
        connection.execute("UPDATE documents SET publisher = publisher || '.' WHERE id = '{DOCUMENT}'")
        connection.commit()
    connection.begin()
"""
# Holds a ledger for writing until its input ends, and keeps nothing.
HOLDER = """
import sys
from pathlib import Path
from detente.ledger import writing
with writing(Path(sys.argv[1])) as connection:
    connection.execute("DELETE FROM documents")
    print("holds", flush=True)
    sys.stdin.read()
    sys.exit()
"""


@contextmanager
def held(path: Path, program: str = WRITER) -> Iterator[None]:
    """Another process writes the ledger."""
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        yield
        process.stdin.close()
        assert process.wait(timeout=60) == 0


@pytest.fixture
def ledger(demo: Path, tmp_path: Path) -> Path:
    """A ledger of the demo to be written."""
    return Path(shutil.copy(demo, tmp_path / "relations.duckdb"))


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the desk keeps what it needs for a while."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def client(ledger: Path, temporary: Path) -> Iterator[httpx.Client]:
    """A desk on that ledger; nothing that it kept is left when it has ended."""
    command = [COMMAND, "serve", "--db", str(ledger), "--port", "0"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+(?=/ )", process.stdout.readline())
        assert found
        with httpx.Client(base_url=found.group(), timeout=120) as client:
            yield client
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
    assert list(temporary.iterdir()) == []


def until(client: httpx.Client, path: str, wanted: Callable[[httpx.Response], bool]) -> httpx.Response:
    """The first answer that is wanted, asked for again and again."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        answer = client.get(path)
        if wanted(answer):
            return answer
        time.sleep(0.2)
    raise AssertionError(f"{path} stayed as it was")


@pytest.fixture
def copied_client(ledger: Path, client: httpx.Client) -> httpx.Client:
    """The desk, once it has a copy of the ledger as it is."""
    with held(ledger, HOLDER):
        # The ledger itself cannot be read.
        until(client, PAGE, lambda answer: answer.status_code == 200)
    return client


def test_a_page_is_of_now_while_nothing_new_is_kept(ledger: Path, copied_client: httpx.Client) -> None:
    with held(ledger, HOLDER):
        for path in (*PAGES, "/review"):
            answer = copied_client.get(path)
            assert answer.status_code == 200 and DATED not in answer.headers, path
        assert copied_client.get("/documents/came-since").status_code == 404


def test_pages_that_nobody_has_seen_are_given_while_the_ledger_is_written(
    ledger: Path, copied_client: httpx.Client, temporary: Path
) -> None:
    begun = datetime.fromtimestamp(int(ledger.stat().st_ctime), UTC)
    with held(ledger):
        # The writer lets go only when all answers are there.
        first = until(copied_client, "/search?q=minister", lambda answer: DATED in answer.headers)
        assert begun <= datetime.fromisoformat(first.headers[DATED]) <= datetime.now(UTC)
        assert "Somebody is filing into the ledger" in first.text
        (folder,) = temporary.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        hits = copied_client.get("/search.json?q=blinken&kind=events").json()["found"]["hits"]
        for path in (*PAGES, f"/records/{hits[0]['id']}"):
            name, _, asked = path.partition("?")
            for twin in (path, f"{name}.json?{asked}"):
                answer = copied_client.get(twin)
                assert answer.status_code == 200 and DATED in answer.headers, twin
        for path in ("/dyads/USA-CHN/statements.csv", "/dyads/USA-CHN/map.svg"):
            answer = copied_client.get(path)
            assert answer.status_code == 200 and DATED in answer.headers, path
        assert "Told anew" not in copied_client.get(PAGE).text
    now = copied_client.get(PAGE)
    assert now.status_code == 200 and DATED not in now.headers
    assert "Told anew" in now.text and "Somebody is filing" not in now.text


def test_the_snapshot_follows_the_ledger(ledger: Path, copied_client: httpx.Client, temporary: Path) -> None:
    with held(ledger):
        until(copied_client, PAGE, lambda answer: DATED in answer.headers)
    with held(ledger, HOLDER):
        until(copied_client, PAGE, lambda answer: "Told anew" in answer.text and DATED not in answer.headers)
        (folder,) = temporary.iterdir()
        assert len(list(folder.glob("*.duckdb"))) == 1


def test_what_a_snapshot_has_not_is_waited_for(ledger: Path, copied_client: httpx.Client) -> None:
    with held(ledger):
        until(copied_client, "/", lambda answer: DATED in answer.headers)
        answer = copied_client.get("/documents/came-since")
        assert answer.status_code == 503 and answer.headers["retry-after"]
        assert "in use by another process" in answer.text
    assert copied_client.get("/documents/came-since").status_code == 404


def test_who_judges_is_never_shown_an_earlier_state(ledger: Path, copied_client: httpx.Client) -> None:
    with held(ledger):
        until(copied_client, "/", lambda answer: DATED in answer.headers)
        assert copied_client.get("/review").status_code == 503
    assert copied_client.get("/review").status_code == 200


def test_copies_keep_no_writer_out(ledger: Path, client: httpx.Client) -> None:
    for number in range(40):
        # It begins copying when it is asked. Nothing here waits for the ledger.
        assert client.get("/icon.svg").status_code == 200
        with writing(ledger, wait=0) as connection:
            connection.execute("UPDATE documents SET title = ? WHERE id = ?", [f"Told {number}", DOCUMENT])
        time.sleep(0.1)
    with held(ledger, HOLDER):
        assert "Told 39" in until(client, PAGE, lambda answer: "Told 39" in answer.text).text


def test_a_page_of_an_earlier_state_says_so_to_a_reader(
    ledger: Path, copied_client: httpx.Client, open_page: Callable[..., Page]
) -> None:
    with held(ledger):
        until(copied_client, "/", lambda answer: DATED in answer.headers)
        page = open_page(f"{copied_client.base_url}{PAGE}")
        said = page.get_by_role("status").inner_text()
        assert re.search(r"This is how it was on \d+ \w+ \d{4}, \d\d:\d\d UTC\.", said)


def test_a_copy_has_what_is_written_ahead(ledger: Path, tmp_path: Path) -> None:
    with writing(ledger) as connection:
        connection.execute("UPDATE documents SET title = 'Before' WHERE id = ?", [DOCUMENT])
        connection.commit()
        # Committed, but not yet in the file itself.
        assert ledger.with_name(ledger.name + ".wal").exists()
        copy = tmp_path / "copy.duckdb"
        assert copied(ledger, copy).wait(timeout=60) == 0
        assert query(copy, f"SELECT title FROM documents WHERE id = '{DOCUMENT}'")[1] == [("Before",)]
        connection.begin()


def test_a_file_that_is_written_while_it_is_copied_gives_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(2**29)
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            with path.open("ab") as file:
                file.write(b"more")
            time.sleep(0.001)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert copied(path, tmp_path / "copy").wait(timeout=60) == whole_copy.CHANGED
    finally:
        done.set()
        writer.join()


def copied(path: Path, copy: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-I", whole_copy.__file__, str(path), str(copy)])

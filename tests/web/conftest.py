"""A desk as a user starts it, on real ledgers, looked at with a real browser."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from detente.coding import Coder
from detente.ledger import add, refresh, sole_writer, writing
from detente.ledger.filing import Filing, file
from detente.reading import ReadOptions, read_paths
from detente.records import Document

COMMAND = str(Path(sys.executable).parent / "detente")
DEMO = Path(__file__).resolve().parents[2] / "examples" / "us-china-2023" / "documents.jsonl"
# Nothing is fetched by the browser itself.
_QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"

EVIL = "</title></p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
TURNED = "\u202etxet desrever\u202c \x1b[31m red \x07 \u2066 isolated"
HOSTILE = (
    Document(
        f"Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Tobias Billström in Oslo. {EVIL} "
        f"Eide said that {TURNED} lower quotas for cod would ruin the fishing towns of Norway. Sweden & Norway <b>held "
        "talks</b>.",
        "evil/../id?#.json",
        EVIL,
        date(2024, 3, 13),
        f"Agency {TURNED}",
        url="javascript:document.title='owned'",
    ),
    Document(
        "وصل وزير الخارجية إلى أوسلو. Norway and Sweden held talks in Oslo on 14 March 2024.",
        "rtl",
        "وزير الخارجية في أوسلو",
        date(2024, 3, 14),
        "Agency",
    ),
)
LONG = "Sweden and Norway held talks in Oslo on 15 March 2024. "


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


def _file(path: Path, documents: Any, coder: Coder) -> Path:
    with sole_writer(path):
        for _ in add(path, documents, coder, on_error=lambda fault: pytest.fail(str(fault))):
            pass
        refresh(path)
    return path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """The ledger of the demo: a year of the United States and China."""
    path = tmp_path_factory.mktemp("demo") / "relations.duckdb"
    found = read_paths([str(DEMO)], ReadOptions(), on_error=lambda f: pytest.fail(str(f)), on_note=lambda _: None)
    return _file(path, found, coder)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A ledger of documents that try to be code, and of one with 10 MB of text."""
    path = _file(tmp_path_factory.mktemp("hostile") / "relations.duckdb", HOSTILE, coder)
    short = coder.code(Document(LONG, "long", "A long one", date(2024, 3, 15), "Agency"))
    # Only its first sentence is coded: ten million characters would take the coder minutes.
    long = Document(LONG + "a" * 5_000_000 + "\n" + "Nobody came. " * 400_000, "long", "A long one", date(2024, 3, 15))
    with sole_writer(path), writing(path) as connection:
        file(connection, [Filing(long, coder.name, short.events, short.statements, short.signals)])
    refresh(path)
    return path


Serve = Callable[..., str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Starts `detente serve` on a ledger, gives its address, and ends it at last."""
    started: list[subprocess.Popen[str]] = []

    def begin(path: Path, *words: str) -> str:
        command = [COMMAND, "serve", "--db", str(path), "--port", "0", *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+(?=/ )", said)
        assert found, said
        return found.group()

    yield begin
    for process in started:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130


@pytest.fixture(scope="session")
def desk(demo: Path, serve: Serve) -> str:
    """The address of a desk on the demo ledger."""
    return serve(demo)


@pytest.fixture(scope="session")
def evil_desk(hostile: Path, serve: Serve) -> str:
    """The address of a desk on the hostile ledger."""
    return serve(hostile)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no Chromium here, which these tests look through: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*_QUIET.split(), "--no-first-run"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own; what it asks of other hosts and what it complains of fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(address: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        host = "/".join(address.split("/")[:3])
        page.on("request", lambda request: None if request.url.startswith(host) else faults.append(request.url))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults

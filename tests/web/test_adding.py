"""Adding at the desk, as a user does it in a browser and a program by HTTP: what is filed, what is refused, and how."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from detente.ledger import query, sole_writer
from detente.web import limits
from detente.web.guard import FORM_TOKEN
from tests.reading.web_site import Handler, Reply, Site
from tests.web.conftest import COMMAND, EVIL, TURNED, Serve

Open = Callable[..., Page]
Sent = list[tuple[str, tuple[str, bytes, str]]]
TALKS = "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Tobias Billström in Oslo on Monday."
PHONE = {"width": 360, "height": 740}
# A job loads the coder, which takes a busy machine a while.
PATIENCE = 120_000


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    handler = type("Handler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site = handler.site = Site(server.server_address[1])  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield site
    site.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def ledger(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(demo, tmp_path_factory.mktemp("adding") / "relations.duckdb"))


@pytest.fixture(scope="module")
def desk(ledger: Path, serve: Serve, site: Site) -> str:
    """A desk that may be written, and may fetch from one server of this machine."""
    return serve(ledger, "--allow-address", f"127.0.0.1:{site.port}")


def send(desk: str, fields: dict[str, str], files: Sent | None = None, **options: Any) -> httpx.Response:
    """The form as a program sends it."""
    token = httpx.get(desk + "/add.json", timeout=60, **options).json()["token"]
    # Without a file it would not be sent in parts.
    parts: Any = files or {"files": ("", b"")}
    return httpx.post(desk + "/add.json", data={FORM_TOKEN: token, **fields}, files=parts, timeout=60, **options)


def over(desk: str, id: str, **options: Any) -> dict[str, Any]:
    """The job when it is over."""
    for _ in range(PATIENCE // 200):
        job: dict[str, Any] = httpx.get(f"{desk}/jobs/{id}.json", timeout=60, **options).json()["job"]
        if job["state"] in ("done", "stopped", "failed"):
            return job
        time.sleep(0.2)
    pytest.fail(f"not over: {job}")


def added(desk: str, fields: dict[str, str], files: Sent | None = None) -> dict[str, Any]:
    answer = send(desk, fields, files)
    assert answer.status_code == 202, answer.text
    return over(desk, answer.json()["id"])


def file(name: str, content: bytes | str) -> tuple[str, tuple[str, bytes, str]]:
    return ("files", (name, content if isinstance(content, bytes) else content.encode(), "application/octet-stream"))


def test_a_text_is_pasted_and_its_document_and_dyad_are_a_click_away(desk: str, open_page: Open) -> None:
    page = open_page(desk + "/")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Text", exact=True).fill(f"{TALKS}\n\nThey agreed to resume talks on cod quotas.")
    page.get_by_label("Title").fill("Ministers meet in Oslo")
    page.locator("#text-published").fill("2024-03-13")
    page.locator("#text-publisher").fill("Fjord Post")
    page.get_by_label("Issuer").fill("Norway")
    page.locator("#text-kind").select_option("readout")
    page.get_by_role("button", name="Add the text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("the text “Ministers meet in Oslo”")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Done. 1 new document", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    job = page.url
    page.get_by_role("link", name="Norway and Sweden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Norway and Sweden")
    page.goto(job)
    page.get_by_role("link", name="Ministers meet in Oslo").click()
    expect(page.get_by_role("list", name="The text, sentence by sentence")).to_contain_text(
        "resume talks on cod quotas"
    )
    expect(page.locator(".trail")).to_have_text("Readout, own account of Norway")
    expect(page.locator(".period")).to_contain_text("Fjord Post, 13 March 2024")


def test_of_two_files_the_bad_one_is_told_and_the_good_one_is_filed(desk: str, open_page: Open, tmp_path: Path) -> None:
    good, bad = tmp_path / "talks.md", tmp_path / "scan.txt"
    good.write_text(f"---\ntitle: Talks on fish\npublished: 2024-03-20\n---\n{TALKS.replace('Monday', 'Friday')}")
    bad.write_bytes(b"%PDF-1.7 \x00\x01")
    page = open_page(desk + "/add")
    page.get_by_label("Choose files, or drop them on the field").set_input_files([good, bad])
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_role("status")).to_contain_text("Done. 1 new document", timeout=PATIENCE)
    row = page.get_by_role("row", name="scan.txt")
    expect(row).to_contain_text("looks like binary (PDF)")
    expect(row).to_contain_text("give text, HTML, a feed, JSON, CSV or Parquet")
    expect(page.get_by_role("link", name="Talks on fish")).to_be_visible()
    page.get_by_role("link", name="Jobs").click()
    expect(page.get_by_role("row", name="2 files")).to_contain_text("done")


def test_addresses_are_fetched_from_allowed_servers_only(desk: str, site: Site, open_page: Open) -> None:
    page_of = "<html><body><article><h1>Fish</h1>{}</article></body></html>"
    text = (
        "<p>Canada and Mexico held talks on trade in Ottawa on Friday. The ministers of the two countries agreed.</p>"
    )
    site.pages["/talks"] = Reply(page_of.format(text * 3).encode(), headers={"Content-Type": "text/html"})
    site.pages["/away"] = Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    site.pages["/bomb"] = Reply(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"})
    site.pages["/large"] = Reply(b"x" * (limits.FETCH.max_bytes + 1))
    given = {
        site.url("/talks"): "",
        site.url("/away"): "169.254.169.254 is an address of a private network",
        site.url("/bomb"): "more than 20,000,000 bytes",
        site.url("/large"): "more than 10,000,000 bytes",
        f"http://localhost:{site.port}/talks": f"port {site.port} is not asked here",
        "http://127.0.0.1/": "127.0.0.1 is an address of a private network",
        "http://[::ffff:10.0.0.1]/": "is an address of a private network",
        "http://2130706433/": "is an address of a private network",
        "http://ann:secret@127.0.0.1/": "a name and password in the address",
    }
    page = open_page(desk + "/add")
    page.get_by_label("Addresses of web pages").fill("\n".join(given))
    page.locator("#address-published").fill("2024-04-05")
    page.get_by_role("button", name="Fetch and add").click()
    expect(page.get_by_role("status")).to_contain_text("Done. 1 new document", timeout=PATIENCE)
    expect(page.get_by_role("link", name="Canada and Mexico")).to_be_visible()
    rows = page.locator("tbody tr").all_inner_texts()
    assert len(rows) == len(given) - 1
    for row, said in zip(rows, [said for said in given.values() if said], strict=True):
        assert said in row and "secret" not in row
    assert site.paths() == ["/talks", "/away", "/bomb", "/large"]


@pytest.fixture(scope="module")
def mixed(desk: str) -> str:
    """The path of a job whose page has every part."""
    text = f"<p>{TALKS.replace('Monday', 'Tuesday')} {'They agreed on fish. ' * 30}</p>"
    page = f'<html><head><meta name="date" content="2024-03-27"></head><body><article>{text}</article></body></html>'
    job = added(desk, {}, [file("talks.html", page), file("scan.txt", b"%PDF-1.7 \x00")])
    assert job["dyads"] and job["filed"] and job["faults"] and job["notes"]
    return f"/jobs/{job['id']}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_phone_shows_all(desk: str, mixed: str, open_page: Open, scheme: str) -> None:
    page = open_page(desk + "/add", color_scheme=scheme, viewport=PHONE)
    for path in ("/add", "/jobs", mixed):
        page.goto(desk + path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


def test_documents_that_try_to_be_more_than_text_are_filed_as_text_or_refused(
    desk: str, ledger: Path, open_page: Open
) -> None:
    evil = f"{TALKS.replace('Monday', 'Sunday')} {EVIL} {TURNED} a \x00 and \u202eback"
    entities = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    name = f"../../{EVIL}\u202e.txt"
    job = added(
        desk,
        {"text": evil, "title": EVIL, "published": "2024-03-14", "publisher": TURNED, "url": "javascript:alert(1)"},
        [
            file(name, b""),
            file("bomb.jsonl.gz", gzip.compress(b'{"text": ""}' + b" \n" * 5_000_000)),
            file("feed.xml", f'<?xml version="1.0"?>{entities}<rss version="2.0"><channel></channel></rss>'),
            file("long.txt", "Nobody came. " * (limits.CHARACTERS // 13 + 1)),
            file("long.md", "x" * 20_000_000),
            file("noon.zip", b"PK\x03\x04" + bytes(100)),
            file("rows.csv", "text,published\n" + "a,2024-01-01,b\n" * 500_000),
            file("never.txt", b"Nobody met."),
        ],
    )
    assert job["state"] == "done" and job["new"] == 1
    told = [fault["what"] for fault in job["faults"]]
    # Of a table that is wrong in every row some are told.
    assert set(told[7:]) == {"3 cells where the first row has 2"}
    assert (len(told), job["set_aside"]) == (limits.LISTED, limits.FAULTS + 1)
    assert [said.partition(" ")[0] for said in told[:7]] == ["the", "there", "unpacks", "a", "a", "one", "looks"]
    assert told[0] == "the file is empty" and "entities of its own" in told[3] and "1,000,000" in told[4]
    page = open_page(f"{desk}/jobs/{job['id']}")
    assert page.title() != "owned" and page.locator("script, iframe, img").count() == 0
    assert not set(page.locator("main").inner_text()) & set("\x1b\x07\x00\u202e\u2066")
    expect(page.get_by_role("row", name="img src")).to_contain_text("the file is empty")
    page.locator("section", has=page.locator("#filed")).get_by_role("link").click()
    assert page.title() != "owned" and page.locator('a[href^="javascript:"]').count() == 0
    assert "<script>" in page.locator("h1").inner_text()
    assert not set(page.locator("main").inner_text()) & set("\x1b\x07\x00\u202e\u2066")
    [(text,)] = query(ledger, f"SELECT text FROM documents WHERE id = '{job['filed'][0]['id']}'")[1]
    assert evil.replace("\r", "\n") in str(text)


def test_what_cannot_be_is_told_before_anything_is_filed(desk: str) -> None:
    jobs = len(httpx.get(desk + "/jobs.json", timeout=60).json()["jobs"])
    for fields, files, said in (
        ({}, None, "nothing was given"),
        ({"text": TALKS}, None, "without its date of publication"),
        ({"text": TALKS, "published": "yesterday"}, None, "'yesterday' is no day"),
        ({"text": TALKS, "published": "2024-01-01", "kind": "poem"}, None, "kind 'poem' is not known"),
        ({"text": TALKS, "published": "2024-01-01", "title": "a" * 3000}, None, "title: more than"),
        ({"text": "a" * (limits.CHARACTERS + 1), "published": "2024-01-01"}, None, "more than 1,000,000 characters"),
        ({"addresses": "file:///etc/passwd"}, None, "is no address of the web"),
        ({"addresses": "\n".join(f"http://a.example/{n}" for n in range(21))}, None, "more than 20 addresses"),
        ({}, [file("a.txt", b"a")] * 51, "Too many files"),
        ({"text": "a" * 10_000_000}, None, "a field takes 4,001,000 bytes"),
    ):
        answer = send(desk, fields, files)
        assert answer.status_code == 400 and said in answer.json()["error"], answer.text
    assert len(httpx.get(desk + "/jobs.json", timeout=60).json()["jobs"]) == jobs


def test_nobody_else_may_add(desk: str, ledger: Path, serve: Serve) -> None:
    fields = {"text": TALKS, "published": "2024-01-01"}
    for path in ("/add", "/add.json"):
        assert httpx.post(desk + path, data=fields, timeout=60).status_code == 403
        wrong = httpx.post(
            desk + path, data={FORM_TOKEN: "wrong", **fields}, files={"files": ("a.txt", b"a")}, timeout=60
        )
        assert wrong.status_code == 403
        elsewhere = httpx.post(desk + path, data=fields, headers={"Origin": "https://evil.example"}, timeout=60)
        assert elsewhere.status_code == 403 and "another site" in elsewhere.text
        large = httpx.post(desk + path, content=bytes(limits.UPLOAD_BYTES + 200_000), timeout=60)
        assert large.status_code == 413
    secret = "long-enough-to-guard"
    closed = serve(ledger, "--token", secret)
    assert httpx.post(closed + "/add.json", data=fields, timeout=60).status_code == 401
    door = {"Authorization": f"Bearer {secret}"}
    assert httpx.post(closed + "/add.json", data=fields, headers=door, timeout=60).status_code == 403
    job = send(closed, {"text": "Nobody met anybody.", "published": "2024-01-01"}, headers=door)
    assert job.status_code == 202
    assert httpx.get(f"{closed}/jobs/{job.json()['id']}.json", timeout=60).status_code == 401
    assert over(closed, job.json()["id"], headers=door)["new"] == 1


def test_a_job_waits_until_another_process_has_filed_and_pages_go_on(desk: str, ledger: Path) -> None:
    with sole_writer(ledger):
        id = send(desk, {"text": "Nobody met anybody at all.", "published": "2024-01-01"}).json()["id"]
        second = send(desk, {"text": "Nobody came.", "published": "2024-01-01"}).json()["id"]
        until = time.monotonic() + PATIENCE / 1000
        while "another process" not in (job := httpx.get(f"{desk}/jobs/{id}.json", timeout=60).json()["job"])["phase"]:
            assert job["state"] in ("waiting", "running") and time.monotonic() < until
            time.sleep(0.1)
        assert httpx.get(f"{desk}/jobs/{second}.json", timeout=60).json()["ahead"] == 1
        page = httpx.get(f"{desk}/jobs/{id}", timeout=60)
        assert "waiting until another process has filed into the ledger" in page.text
        assert page.headers["refresh"] == "2"
        assert "refresh" not in httpx.get(f"{desk}/jobs/{id}?still=true", timeout=60).headers
        for path in ("/", "/dyads/USA-CHN", "/add"):
            assert httpx.get(desk + path, timeout=60).status_code == 200
        token = {FORM_TOKEN: httpx.get(desk + "/add.json", timeout=60).json()["token"]}
        assert httpx.post(f"{desk}/jobs/{second}/stop", timeout=60).status_code == 403
        assert httpx.post(f"{desk}/jobs/{second}/stop", data=token, timeout=60).status_code == 303
        assert over(desk, second)["state"] == "stopped"
        assert httpx.post(f"{desk}/jobs/nothing/stop", data=token, timeout=60).status_code == 404
    assert over(desk, id)["state"] == "done"


def test_no_more_jobs_wait_than_can_be_seen_through(desk: str, ledger: Path) -> None:
    token = {FORM_TOKEN: httpx.get(desk + "/add.json", timeout=60).json()["token"]}
    taken = []
    with sole_writer(ledger):
        # One runs, and waits for the ledger.
        while (answer := send(desk, {"text": "Nobody.", "published": "2024-01-01"})).status_code == 202:
            taken.append(answer.json()["id"])
        assert answer.status_code == 503 and "jobs wait" in answer.json()["error"]
        assert answer.headers["retry-after"] == "30"
        assert limits.WAITING <= len(taken) <= limits.WAITING + 1
        for id in reversed(taken):
            httpx.post(f"{desk}/jobs/{id}/stop", data=token, timeout=60)
    assert {over(desk, id)["state"] for id in taken} == {"stopped"}


def _many(number: int) -> bytes:
    text = (
        "Canada and Mexico held talks number {} in Ottawa on Friday. Prime Minister Justin Trudeau praised the talks."
    )
    rows = [{"id": f"talks-{n}", "text": text.format(n), "published": "2024-05-03"} for n in range(number)]
    return "\n".join(map(json.dumps, rows)).encode()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_desk_that_ends_takes_its_job_along_and_leaves_whole_documents(
    demo: Path, tmp_path: Path, end: signal.Signals
) -> None:
    ledger, temporary = Path(shutil.copy(demo, tmp_path / "relations.duckdb")), tmp_path / "tmp"
    temporary.mkdir()
    command = [COMMAND, "serve", "--db", str(ledger), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(temporary)})
    assert process.stdout is not None
    found = re.search(r"http://\S+(?=/ )", process.stdout.readline())
    assert found
    desk = found.group()
    id = send(desk, {}, [file("many.jsonl", _many(400))]).json()["id"]
    until = time.monotonic() + PATIENCE / 1000
    while not httpx.get(f"{desk}/jobs/{id}.json", timeout=60).json()["job"]["documents"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    process.send_signal(end)
    process.wait(30)
    process.stdout.close()
    # Nobody files any more; what was filed is whole.
    with sole_writer(ledger, wait=60):
        pass
    while list(temporary.glob("detente*")):
        assert time.monotonic() < until
        time.sleep(0.1)
    sql = "SELECT count(*), count(c.document) FROM documents d LEFT JOIN codings c ON c.document = d.id AND c.current"
    [(filed, coded)] = query(ledger, f"{sql} WHERE d.id LIKE 'talks-%'")[1]
    assert filed in range(1, 400) and coded == filed

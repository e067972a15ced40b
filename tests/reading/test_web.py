"""Addresses are read as files are: by what stands there, with what the server declares."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.errors import InputError
from detente.reading import FetchLimits, ReadOptions, input_size, read_paths
from detente.records import Document
from tests.reading.web_site import Reply, Site

DAY = date(2023, 6, 19)
DATED = ReadOptions(published=DAY)
TEXT = "The envoys of Norway and Peru met on Monday in Oslo and agreed to meet again."
PAGE = """<!doctype html><html lang="en"><head><title>Envoys meet in Oslo</title>{head}
<link rel="canonical" href="https://copied.example/else"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Envoys meet in Oslo</h1>
<p>The envoys of Norway and Peru met on Monday in Oslo. They spoke for two hours about fish, trade and the sea.</p>
<p>“We shall meet again in Lima before the year is over,” said the envoy of Peru, who thanked his hosts.</p>
</article></body></html>"""
DATE = '<meta property="article:published_time" content="2023-06-19T08:00:00Z">'
NAMED = '<meta property="og:site_name" content="The Fjord Post">'


def read(*paths: str, options: ReadOptions = DATED) -> tuple[list[Document], list[InputError], list[str]]:
    errors: list[InputError] = []
    notes: list[str] = []
    documents = list(read_paths(paths, options, on_error=errors.append, on_note=notes.append))
    return documents, errors, notes


def html(head: str, encoding: str = "utf-8") -> bytes:
    return PAGE.format(head=head).encode(encoding)


def test_a_page_gives_its_text_title_date_publisher_and_where_it_was_found(site: Site) -> None:
    site.pages["/old"] = Reply(status=301, headers={"Location": "/news?id=1"})
    site.pages["/news?id=1"] = Reply(html(DATE + NAMED), headers={"Content-Type": "text/html"})
    [document], errors, notes = read(site.url("/old"), options=ReadOptions())
    assert not errors
    assert document.title == "Envoys meet in Oslo"
    assert document.text.startswith("Envoys meet in Oslo\n\nThe envoys of Norway")
    assert document.text.endswith("who thanked his hosts.")
    assert document.published == DAY
    assert document.publisher == "The Fjord Post"
    assert document.url == site.url("/news?id=1")
    assert any("2023-06-19 taken from the page" in note for note in notes)


def test_a_page_without_a_date_needs_one_from_the_user(site: Site) -> None:
    site.pages["/a"] = Reply(html(""), headers={"Content-Type": "text/html"})
    documents, [error], _ = read(site.url("/a"), options=ReadOptions())
    assert not documents
    assert error.source == site.url("/a")
    assert "no publication date" in error.what
    assert "--published" in error.right
    [document], errors, _ = read(site.url("/a"))
    assert not errors
    assert document.published == DAY


@pytest.mark.parametrize(
    ("declared", "meta"),
    [
        ("text/html; charset=windows-1250", ""),
        ("text/html; charset=windows-1250", '<meta charset="utf-8">'),
        ("text/html", '<meta charset="windows-1250">'),
        ("text/html; charset=iso-8859-1", '<meta charset="windows-1250">'),
    ],
)
def test_the_charset_is_the_declared_one_of_server_or_page(site: Site, declared: str, meta: str) -> None:
    page = html(DATE + meta).replace(b"Lima", "Łódź".encode("cp1250"))
    site.pages["/a"] = Reply(page, headers={"Content-Type": declared})
    [document], errors, _ = read(site.url("/a"))
    assert not errors
    assert "Łódź" in document.text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "no-such-charset", "utf-16", "hex"])
def test_a_wrong_charset_of_the_server_does_not_spoil_utf8(site: Site, declared: str) -> None:
    site.pages["/a"] = Reply("“Café” — Лима".encode(), headers={"Content-Type": f"text/plain; charset={declared}"})
    [document], errors, _ = read(site.url("/a"))
    assert not errors
    assert document.text == "“Café” — Лима"


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT], "published": ["2023-06-19"]}), out)
    return out.getvalue()


LINE = json.dumps({"text": TEXT, "published": "2023-06-19", "url": "https://news.example/1"})


@pytest.mark.parametrize(
    ("path", "media", "body"),
    [
        ("/a", "text/plain; charset=utf-8", TEXT.encode()),
        ("/a.txt?x=.csv", "", TEXT.encode()),
        ("/a", "text/markdown", f"---\npublished: 2023-06-19\n---\n{TEXT}\n".encode()),
        ("/a.jsonl", "application/octet-stream", LINE.encode()),
        ("/a", "application/x-ndjson", LINE.encode()),
        ("/a", "application/json", f"[\n{LINE}\n]".encode()),
        ("/a.php", "text/csv", f'text,published\n"{TEXT}",2023-06-19\n'.encode()),
        ("/a.csv", "text/plain; charset=windows-1251", f'text,published\n"{TEXT}",2023-06-19\n'.encode()),
        ("/a.jsonl.gz", "application/gzip; charset=windows-1251", gzip.compress(LINE.encode())),
        ("/a", "application/octet-stream", _parquet()),
    ],
)
def test_every_format_can_stand_at_an_address(site: Site, path: str, media: str, body: bytes) -> None:
    site.pages[path] = Reply(body, headers={"Content-Type": media} if media else {})
    [document], errors, _ = read(site.url(path))
    assert not errors
    assert document.text == TEXT
    assert document.published == DAY


def test_a_text_has_the_address_it_came_from_and_a_row_its_own(site: Site) -> None:
    site.pages["/a"] = Reply(TEXT.encode())
    site.pages["/b"] = Reply(LINE.encode())
    documents, _, _ = read(site.url("/a"), site.url("/b"))
    assert [document.url for document in documents] == [site.url("/a"), "https://news.example/1"]


def test_what_cannot_be_fetched_is_set_aside_and_the_rest_goes_on(site: Site) -> None:
    site.pages["/good"] = Reply(TEXT.encode())
    site.pages["/empty"] = Reply(b"")
    site.pages["/busy"] = Reply(b"", 429, {"Retry-After": "1200"})
    site.pages["/same"] = Reply(b"", 304)
    site.pages["/picture"] = Reply(b"\x89PNG\r\n\x1a\n" + bytes(500), headers={"Content-Type": "image/png"})
    names = ["/missing", "/empty", "/busy", "/same", "/picture", "/good"]
    documents, errors, _ = read(*map(site.url, names))
    assert [document.text for document in documents] == [TEXT]
    assert [str(error).removeprefix(site.root) for error in errors] == [
        "/missing: the server answers 404 Not Found (check the address)",
        "/empty: the file is empty (give a file with text)",
        "/busy: the server answers 429 Too Many Requests (try again in 1,200 s)",
        "/same: the server answers 304 Not Modified (check the address)",
        "/picture: looks like binary (a picture) (give text, HTML, a feed, JSON, CSV or Parquet)",
    ]


def test_addresses_may_be_kept_to_the_public_internet(site: Site) -> None:
    options = ReadOptions(published=DAY, fetch=FetchLimits())
    documents, [error], _ = read(site.url("/a"), options=options)
    assert not documents
    assert "private network" in error.what
    assert not site.asked


def test_a_page_that_the_user_names_is_read_whatever_robots_txt_says(site: Site) -> None:
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    site.pages["/a"] = Reply(TEXT.encode())
    documents, _, _ = read(site.url("/a"))
    assert len(documents) == 1
    assert site.paths() == ["/a"]


def test_the_size_of_an_address_is_not_known_beforehand() -> None:
    assert input_size(["https://news.example/a"]) is None

"""Fetching from a real server: politely, within limits, and only from where it is allowed."""

from __future__ import annotations

import gzip
import itertools
import os
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator

import pytest

from detente.errors import InputError, OptionError
from detente.reading.connect import is_public
from detente.reading.fetch import Content, Fetched, Refused, Unchanged, Validators, fetch
from detente.reading.options import FetchLimits
from tests.reading.web_site import Reply, Site

HERE = FetchLimits(allow_private=True, seconds=20)
STRANGER = FetchLimits(allow_private=False, seconds=20)


def content(fetched: Fetched) -> Content:
    assert isinstance(fetched, Content)
    return fetched


def fault(url: str, limits: FetchLimits = HERE) -> InputError:
    with pytest.raises(InputError) as caught:
        fetch(url, limits=limits)
    assert "\n" not in str(caught.value)
    assert caught.value.right
    return caught.value


def test_a_page_comes_with_its_type_and_its_validators(site: Site) -> None:
    headers = {"Content-Type": 'Text/HTML; Charset="ISO-8859-2"', "ETag": '"a1"', "Last-Modified": "Mon, 19 Jun 2023"}
    site.pages["/a?b=c"] = Reply(b"<p>Envoys met.", headers=headers)
    page = content(fetch(site.url("/a?b=c#part"), limits=HERE))
    assert page.body == b"<p>Envoys met."
    assert (page.media_type, page.charset) == ("text/html", "iso-8859-2")
    assert page.validators == Validators('"a1"', "Mon, 19 Jun 2023")
    assert page.url == site.url("/a?b=c")


def test_it_says_who_asks(site: Site) -> None:
    site.pages["/"] = Reply(b"x")
    fetch(site.root, limits=HERE)
    [(path, asked)] = site.asked
    assert path == "/"
    assert asked["user-agent"].startswith("detente/")
    assert asked["host"] == f"127.0.0.1:{site.port}"
    assert "if-none-match" not in asked


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.pages["/feed"] = lambda asked: (
        Reply(status=304) if asked["If-None-Match"] == '"a1"' else Reply(b"x", headers={"ETag": '"a1"'})
    )
    first = content(fetch(site.url("/feed"), limits=HERE))
    again = fetch(site.url("/feed"), limits=HERE, validators=first.validators)
    assert again == Unchanged(site.url("/feed"), Validators('"a1"'))
    fetch(site.url("/feed"), limits=HERE, validators=Validators(modified="Mon, 19 Jun 2023 10:00:00 GMT"))
    assert site.asked[-1][1]["if-modified-since"] == "Mon, 19 Jun 2023 10:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "120"}, 120),
        (503, {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT", "Date": "Wed, 21 Oct 2099 07:27:00 GMT"}, 60),
        (503, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        (429, {"Retry-After": "soon"}, None),
        (503, {}, None),
        (404, {}, None),
        (500, {}, None),
        (300, {}, None),
    ],
)
def test_a_refusal_says_how_long_to_wait(site: Site, status: int, headers: dict[str, str], seconds: int | None) -> None:
    site.pages["/"] = Reply(b"no", status, headers)
    refused = fetch(site.url("/"), limits=HERE)
    assert isinstance(refused, Refused)
    assert refused.status == status
    assert refused.seconds == seconds
    assert f"the server answers {status}" in str(refused.fault())


def test_redirects_are_followed_and_the_end_is_told(site: Site) -> None:
    site.pages["/old"] = Reply(status=301, headers={"Location": "new/../newer?x=1"})
    site.pages["/newer?x=1"] = Reply(status=307, headers={"Location": f"//127.0.0.1:{site.port}/end"})
    site.pages["/end"] = Reply(b"here")
    page = content(fetch(site.url("/old"), limits=HERE))
    assert (page.url, page.body) == (site.url("/end"), b"here")


def test_redirects_that_never_end_are_given_up(site: Site) -> None:
    site.pages["/a"] = Reply(status=302, headers={"Location": "/b"})
    site.pages["/b"] = Reply(status=302, headers={"Location": "/a"})
    assert "more than 5 redirects" in str(fault(site.url("/a")))
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://127.0.0.1:70000/"]
)
def test_a_redirect_leads_only_to_the_web(site: Site, place: str) -> None:
    site.pages["/a"] = Reply(status=302, headers={"Location": place})
    assert "not an address" in fault(site.url("/a")).what


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://127.0.0.1/x", "not an address of the web"),
        ("file:///etc/passwd", "not an address of the web"),
        ("http:///x", "not an address of the web"),
        ("http://[1/", "no server goes by the name"),
        ("http://127.0.0.1:99999/", "not an address"),
        ("http://host\x00name/", "not an address"),
        ("http://no-such-host.invalid/", "no server goes by the name no-such-host.invalid"),
        ("http://" + "a" * 70 + ".invalid/", "no server goes by the name"),
    ],
)
def test_a_bad_address_is_one_line(url: str, says: str) -> None:
    assert says in fault(url).what


def test_a_password_is_neither_sent_nor_shown() -> None:
    said = fault("http://ann:secret@127.0.0.1:1/")
    assert "name and password" in said.what
    assert "secret" not in str(said)


def test_nobody_there_is_one_line() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # Bound and not listening: refused for certain.
        assert "no connection" in fault(f"http://127.0.0.1:{held.getsockname()[1]}/").what


def test_too_much_is_refused_before_and_while_it_comes(site: Site) -> None:
    limits = FetchLimits(allow_private=True, max_bytes=100_000)
    site.pages["/declared"] = Reply(b"x" * 100_001)
    site.pages["/exact"] = Reply(b"x" * 100_000)
    site.pages["/endless"] = Reply(itertools.repeat(b"x" * 1000))
    assert "more than 100,000 bytes" in fault(site.url("/declared"), limits).what
    assert "more than 100,000 bytes" in fault(site.url("/endless"), limits).what
    assert len(content(fetch(site.url("/exact"), limits=limits)).body) == 100_000


@pytest.mark.parametrize("nothing", ["headers", "body", "drip"])
def test_a_server_that_keeps_one_waiting_is_left(site: Site, nothing: str) -> None:
    def slow() -> Iterator[bytes]:
        while not site.over.wait(0.05):
            if nothing == "drip":
                yield b"x"

    if nothing == "headers":
        site.pages["/"] = lambda _: Reply(b"late" if site.over.wait() else b"")
    else:
        site.pages["/"] = Reply(slow())
    said = fault(site.url("/"), FetchLimits(allow_private=True, seconds=0.4))
    assert "no full answer within 0.4 s" in said.what


def test_headers_that_drip_for_ever_are_left_too() -> None:
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.05):
                connection.sendall(b"y")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert "no full answer" in fault(url, FetchLimits(allow_private=True, seconds=0.4)).what
        over.set()
        thread.join()


def _deflated(data: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"Envoys met. " * 20_000)),
        ("x-gzip", gzip.compress(b"Envoys met. " * 10_000) * 2),
        ("deflate", _deflated(b"Envoys met. " * 20_000, 15)),
        ("deflate", _deflated(b"Envoys met. " * 20_000, -15)),
        ("gzip, identity, gzip", gzip.compress(gzip.compress(b"Envoys met. " * 20_000))),
        ("", b"Envoys met. " * 20_000),
    ],
)
def test_packed_pages_are_unpacked(site: Site, coding: str, packed: bytes) -> None:
    site.pages["/"] = Reply(packed, headers={"Content-Encoding": coding})
    assert content(fetch(site.url("/"), limits=HERE)).body == b"Envoys met. " * 20_000


def test_a_bomb_is_never_unpacked_whole(site: Site) -> None:
    # 100 MB in 100 kB, and 1 TB in two layers.
    once = gzip.compress(bytes(100_000_000), 9)
    site.pages["/once"] = Reply(once, headers={"Content-Encoding": "gzip"})
    site.pages["/twice"] = Reply(gzip.compress(once * 10), headers={"Content-Encoding": "gzip, gzip"})
    limits = FetchLimits(allow_private=True, max_decoded=1_000_000)
    assert "more than 1,000,000 bytes" in fault(site.url("/once"), limits).what
    assert "more than 1,000,000 bytes" in fault(site.url("/twice"), limits).what


@pytest.mark.parametrize(
    ("coding", "packed", "says"),
    [
        ("gzip", gzip.compress(b"Envoys met. " * 100)[:-20], "damaged"),
        ("gzip", b"no gzip at all", "damaged"),
        ("br", b"\x0b\x02\x80", "packed as 'br'"),
    ],
)
def test_damaged_packing_is_one_line(site: Site, coding: str, packed: bytes, says: str) -> None:
    site.pages["/"] = Reply(packed, headers={"Content-Encoding": coding})
    assert says in fault(site.url("/")).what


def test_a_body_cut_short_is_not_taken_for_whole(site: Site) -> None:
    site.pages["/"] = Reply(b"half", headers={"Content-Length": "8", "Connection": "close"})
    assert "the connection broke" in fault(site.url("/"), FetchLimits(allow_private=True, seconds=5)).what


def test_what_is_no_http_is_one_line() -> None:
    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        assert "the connection broke" in fault(f"http://127.0.0.1:{listener.getsockname()[1]}/").what
        thread.join()


def test_a_server_without_tls_is_one_line(site: Site) -> None:
    assert "no connection" in fault(site.root.replace("http:", "https:")).what


def test_a_proxy_of_the_environment_is_used_only_where_private_addresses_are_allowed(site: Site) -> None:
    site.pages["http://news.invalid/a"] = Reply(b"by proxy")
    script = """
import sys
from detente.errors import InputError
from detente.reading.fetch import fetch
from detente.reading.options import FetchLimits
for allowed in (True, False):
    try:
        print(fetch("http://news.invalid/a", limits=FetchLimits(allow_private=allowed)).body)
    except InputError as fault:
        print(fault.what)
"""
    environment = {**os.environ, "http_proxy": site.root, "no_proxy": ""}
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["b'by proxy'", "no server goes by the name news.invalid"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_a_private_address_is_refused_however_it_is_written(site: Site, host: str) -> None:
    assert "private network" in fault(f"http://{host}:{site.port}/", STRANGER).what
    assert not site.asked


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    site.pages["/a"] = Reply(status=302, headers={"Location": site.url("/secret")})
    site.pages["/secret"] = Reply(b"secret")
    limits = FetchLimits(trusted=frozenset({"localhost"}))
    assert "127.0.0.1 is an address of a private network" in fault(f"http://localhost:{site.port}/a", limits).what
    assert site.paths() == ["/a"]


def test_a_name_that_is_trusted_at_one_port_is_trusted_at_no_other(site: Site) -> None:
    site.pages["/"] = Reply(b"from within")
    site.pages["/a"] = Reply(status=302, headers={"Location": "http://127.0.0.1:1/"})
    limits = FetchLimits(ports=frozenset({80, 443}), trusted=frozenset({f"127.0.0.1:{site.port}"}), seconds=20)
    assert content(fetch(site.url("/"), limits=limits)).body == b"from within"
    assert "port 1 is not asked here" in fault(site.url("/a"), limits).what
    assert "private network" in fault("http://127.0.0.1/", limits).what


@pytest.mark.parametrize("url", ["http://127.0.0.1:22/", "https://example.org:8443/", "http://[2606:4700::1111]:25/"])
def test_only_the_ports_named_are_asked(url: str) -> None:
    said = fault(url, FetchLimits(ports=frozenset({80, 443})))
    assert "is not asked here" in said.what and said.right == "an address at port 80 or 443"


@pytest.mark.parametrize(
    "address",
    """
    0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1
    255.255.255.255 :: ::1 fe80::1 fc00::1 fec0::1 ff02::1 ::ffff:10.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1
    2001:0:4136:e378:8000:63bf:80ff:fffe
    """.split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def test_limits_have_to_be_positive() -> None:
    with pytest.raises(OptionError, match="positive"):
        FetchLimits(max_bytes=0)

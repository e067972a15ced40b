"""Who may ask, under which name, and what a browser may do with the answer."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import httpx
import pytest

from detente.web.guard import BODY, FORM_TOKEN
from tests.web.conftest import COMMAND, Serve

TOKEN = "long-enough-to-guard"


def given(desk: str, client: httpx.Client | None = None) -> dict[str, str]:
    """The hidden field of the first form of the first page."""
    page = (client or httpx).get(desk + "/", timeout=60).text
    found = re.search(rf'name="{FORM_TOKEN}" value="([\w-]+)"', page)
    assert found
    return {FORM_TOKEN: found[1]}


@pytest.mark.parametrize(
    "path", ["/", "/.json", "/dyads/USA-CHN", "/desk.css", "/openapi.json", "/nowhere", "/dyads/USA-CHN/contacts.csv"]
)
def test_every_answer_forbids_scripts_frames_and_guesses(desk: str, path: str) -> None:
    headers = httpx.get(desk + path, timeout=60).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "", "localhost.", "[::1"])
def test_a_name_that_points_here_but_is_not_ours_is_refused(desk: str, host: str) -> None:
    assert httpx.get(desk, headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9999", "[::1]:80"])
def test_the_names_of_this_machine_are_not(desk: str, host: str) -> None:
    assert httpx.get(desk, headers={"Host": host}, timeout=60).status_code == 200


def test_pages_are_only_read(desk: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        assert httpx.request(method, desk + "/dyads/USA-CHN").status_code == 405
    assert httpx.get(desk + "/?" + "a" * 5000).status_code == 414


def test_a_form_is_taken_from_a_page_of_this_desk(desk: str) -> None:
    for headers in ({"Origin": desk}, {"Sec-Fetch-Site": "same-origin"}, {}):
        answer = httpx.post(desk + "/seen", data={**given(desk), "newest": "2024-01-01"}, headers=headers)
        assert answer.status_code == 303
        assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=strict" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_right_token(desk: str, headers: dict[str, str]) -> None:
    answer = httpx.post(desk + "/seen", data={**given(desk), "newest": "2024-01-01"}, headers=headers)
    assert answer.status_code == 403 and answer.text == "sent by a page of another site\n"


@pytest.mark.parametrize("token", [None, "", "wrong", "\u202e\ud7ff", "a" * 43])
def test_a_form_without_the_token_of_this_desk_is_refused(desk: str, evil_desk: str, token: str | None) -> None:
    fields = {"newest": "2024-01-01"} | ({} if token is None else {FORM_TOKEN: token})
    for sent in (fields, {**fields, **given(evil_desk)}):  # That of another desk is none of this one.
        answer = httpx.post(desk + "/seen", data=sent)
        assert answer.status_code == 403 and "load its page again" in answer.text
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="x"\r\n\r\n1'),
        ("multipart/form-data; boundary=a", b"no boundary at all"),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\n\r\n1\r\n--a--\r\n"),
        ("multipart/form-data; boundary=a; charset=zip", b"--a\r\n\x00\xff: \r\n\r\n"),
        ("application/x-www-form-urlencoded", b"%ff%00&=&;;&&\xff" * 20),
        ("application/x-www-form-urlencoded", b"a&" * 5000),
        ("application/json", b"{}"),
        ("text/plain", b""),
    ],
)
def test_what_is_no_form_changes_nothing(desk: str, kind: str, body: bytes) -> None:
    answer = httpx.post(desk + "/seen", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 403)


def test_what_is_sent_has_a_limit(desk: str) -> None:
    assert httpx.post(desk + "/seen", content=b"x" * (BODY + 1)).status_code == 413
    assert httpx.post(desk + "/seen", content=iter([b"x" * 1000] * 100)).status_code == 411
    assert httpx.post(desk + "/dyads/USA-CHN", content=b"x" * (BODY + 1)).status_code == 413


def test_with_a_token_nothing_is_told_without_it(demo: Path, serve: Serve) -> None:
    address = serve(demo, "--token", TOKEN)
    for path in ("/", "/.json", "/desk.css", "/openapi.json", "/dyads/USA-CHN"):
        for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "detente_token=wrong"}):
            answer = httpx.get(address + path, headers=wrong, timeout=60)
            assert answer.status_code == 401 and "China" not in answer.text
        assert httpx.get(address + path, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60).status_code == 200
    with httpx.Client(base_url=address, timeout=60) as client:
        assert client.post("/enter", data={"token": "wrong"}).status_code == 401
        entered = client.post("/enter", data={"token": TOKEN})
        assert entered.status_code == 303 and "HttpOnly" in entered.headers["set-cookie"]
        assert "China and United States" in client.get("/").text
        fields = {**given(address, client), "newest": "2024-01-01"}
        assert client.post("/seen", data=fields).status_code == 303
    # The token of forms opens no door, and the door's token is none of a form.
    assert httpx.post(address + "/seen", data=fields).status_code == 401
    door = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.post(address + "/seen", data=fields, headers=door).status_code == 303
    assert httpx.post(address + "/seen", data={**fields, FORM_TOKEN: TOKEN}, headers=door).status_code == 403


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", "0.0.0.0"), "other machines could read the ledger; give a --token"),
        (("--host", "::"), "other machines could read the ledger"),
        (("--token", "short"), "at least 16 letters"),
        (("--token", "long enough but with blanks"), "at least 16 letters"),
        (("--host", "192.0.2.1", "--token", TOKEN), "cannot be listened at"),
        (("--db", "nothing.duckdb"), "no ledger there"),
        (("--allow-address", "archive.example"), "no server (HOST:PORT"),
        (("--allow-address", "http://archive.example:80"), "no server (HOST:PORT"),
        (("--allow-address", "archive.example:70000"), "no server (HOST:PORT"),
    ],
)
def test_a_desk_that_would_be_unsafe_or_empty_is_not_opened(demo: Path, words: tuple[str, ...], said: str) -> None:
    command = [COMMAND, "serve", "--db", str(demo), "--port", "0", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1

"""Who may ask, under which name, and what a browser may do with the answer."""

from __future__ import annotations

import subprocess
from pathlib import Path

import httpx
import pytest

from tests.web.conftest import COMMAND, Serve

TOKEN = "long-enough-to-guard"


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


def test_nothing_can_be_changed(desk: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        assert httpx.request(method, desk + "/dyads/USA-CHN").status_code == 405
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert httpx.post(desk + "/seen", data={"newest": "2024-01-01"}, headers=headers).status_code == 403
    assert httpx.post(desk + "/seen", content=b"x" * 5000).status_code == 413
    assert httpx.get(desk + "/?" + "a" * 5000).status_code == 414
    answer = httpx.post(desk + "/seen", data={"newest": "2024-01-01"}, headers={"Origin": desk})
    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=strict" in answer.headers["set-cookie"]


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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", "0.0.0.0"), "other machines could read the ledger; give a --token"),
        (("--host", "::"), "other machines could read the ledger"),
        (("--token", "short"), "at least 16 letters"),
        (("--token", "long enough but with blanks"), "at least 16 letters"),
        (("--host", "192.0.2.1", "--token", TOKEN), "cannot be listened at"),
        (("--db", "nothing.duckdb"), "no ledger there"),
    ],
)
def test_a_desk_that_would_be_unsafe_or_empty_is_not_opened(demo: Path, words: tuple[str, ...], said: str) -> None:
    command = [COMMAND, "serve", "--db", str(demo), "--port", "0", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1

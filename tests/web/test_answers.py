"""What the desk answers to programs: JSON at the same address, cursors, files, faults in one line."""

from __future__ import annotations

import csv
import io
import json
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest

from detente.coding import Coder
from detente.ledger import add, refresh, writing
from detente.records import Document
from tests.web.conftest import Serve
from tests.web.test_pages import PAGES

LIST = "/dyads/USA-CHN/statements"


@pytest.fixture(scope="module")
def client(desk: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk, timeout=60) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_json_at_the_same_address_and_says_so(client: httpx.Client, path: str) -> None:
    name, _, asked = path.partition("?")
    twin = f"{name}.json" + (f"?{asked}" if asked else "")
    page, answer = client.get(path), client.get(twin)
    assert page.status_code == answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert f'href="{twin.replace("&", "&amp;")}"' in page.text
    assert isinstance(answer.json(), dict)


def test_the_json_of_a_record_holds_it_whole(client: httpx.Client) -> None:
    hit = client.get("/search.json", params={"q": "blinken", "kind": "events"}).json()["found"]["hits"][0]
    proof = client.get(f"/records/{hit['id']}.json").json()
    assert proof["wire"]["record"] == "event" and proof["wire"]["id"] == hit["id"]
    evidence = "".join(piece["text"] for piece in proof["main"]["pieces"] if "evidence" in piece["kinds"])
    assert evidence == proof["wire"]["evidence"]["text"]
    reasons = {field["name"]: field["why"] for field in proof["fields"]}
    assert all(reasons[name] == why for name, why in proof["wire"]["why"].items())


def test_sentences_of_a_document_are_its_text(client: httpx.Client) -> None:
    page = client.get("/documents/news-2023-06-19-beijing-talks.json").json()
    text = "".join(piece["text"] for sentence in page["sentences"] for piece in sentence["pieces"])
    assert len(text) == page["length"] and page["next"] is None
    told = [record for sentence in page["sentences"] for record in sentence["records"]]
    assert len(told) == page["records"] > 0


def test_a_cursor_leads_through_a_list_without_gap_or_repeat(client: httpx.Client) -> None:
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = client.get(f"{LIST}.json", params={"limit": 7, "after": after}).json()
        seen += [item["cells"]["id"] for item in page["items"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] > 14


def test_a_cursor_leads_through_a_search(client: httpx.Client) -> None:
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        found = client.get("/search.json", params={"q": "china", "kind": "events", "after": after}).json()["found"]
        seen += [hit["id"] for hit in found["hits"]]
        after = found["next"]
    assert len(seen) == len(set(seen)) > 40


def test_a_list_is_the_same_in_every_file(client: httpx.Client) -> None:
    asked = {"issue": "Taiwan", "side": "CHN"}
    ids = [item["cells"]["id"] for item in client.get(f"{LIST}.json", params=asked).json()["items"]]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{LIST}.csv", params=asked).text)))
    lines = [json.loads(line) for line in client.get(f"{LIST}.jsonl", params=asked).text.splitlines()]
    answer = client.get(f"{LIST}.parquet", params=asked)
    table = pq.read_table(io.BytesIO(answer.content))
    assert ids and [r["id"] for r in rows] == ids == [r["id"] for r in lines] == table["id"].to_pylist()
    assert isinstance(table["date"][0].as_py(), date) and isinstance(table["tone"][0].as_py(), float)
    assert answer.headers["content-disposition"] == 'attachment; filename="USA-CHN-statements.parquet"'


def test_filters_keep_what_fits_and_nothing_else(client: httpx.Client) -> None:
    def items(noun: str, **asked: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get(f"/dyads/USA-CHN/{noun}.json", params=asked).json()["items"]
        return found

    everything = items("statements", limit="500")
    china = [i["cells"]["id"] for i in everything if i["sides"] == ["CHN"] and "Taiwan" in i["issues"]]
    assert [i["cells"]["id"] for i in items("statements", side="CHN", issue="Taiwan")] == china
    defence = items("contacts", channel="defence")
    assert defence and {i["cells"]["channel"] for i in defence} == {"defence"}
    june = items("contacts", since="2023-06-01", until="2023-06-30")
    assert june and all(i["cells"]["start"] <= "2023-06-30" and i["cells"]["end"] >= "2023-06-01" for i in june)
    ministers = items("contacts", level="defence minister")
    assert ministers and all("defence minister" in str(i["wire"]["participants"]) for i in ministers)
    early = items("commitments", as_of="2023-06-30")
    assert early and all(i["cells"]["made"] <= "2023-06-30" for i in early)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/dyads/USA-CHN?since=June", 400, "since 'June' is no day"),
        ("/dyads/USA-CHN?since=2023-02-30", 400, "is no day"),
        ("/dyads/USA-CHN?since=0001-01-01", 400, "is no day"),
        ("/dyads/USA-CHN?since=2023-06-30&until=2023-06-01", 400, "is later than"),
        ("/dyads/USA-CHN?issue=weather", 400, "issue 'weather' is not known"),
        ("/dyads/USA-CHN?side=FRA", 400, "side 'FRA' is not known (USA, CHN)"),
        ("/dyads/USA-CHN/contacts?side=USA", 400, "contacts cannot be narrowed by side"),
        ("/dyads/USA-CHN/contacts?status=lapsed", 400, "contacts have no status"),
        ("/dyads/USA-CHN/contacts?limit=0", 422, "limit: "),
        ("/dyads/USA-CHN/contacts?after=nothing", 400, "begin again without it"),
        ("/dyads/USA-CHN/weather", 422, "noun: "),
        ("/dyads/USA-CHN/contacts.xlsx", 422, "noun: "),
        ("/dyads/USA-USA", 404, "names no two countries"),
        ("/dyads/usa", 404, "names no two countries"),
        ("/dyads/FRA-NOR", 404, "nothing filed tells of"),
        ("/dyads/USA-CHN?as_of=1999-01-01", 404, "nothing filed up to 1999-01-01"),
        ("/records/ev-0000000000000000", 404, "no record"),
        ("/records/ep-0000000000000000?dyad=USA-CHN", 404, "no record"),
        ("/documents/none", 404, "no document"),
        ("/documents/news-2023-06-19-beijing-talks?start=-1", 422, "start: "),
        ("/compare?left=usa-2023-06-18-qin", 400, "two documents"),
        ("/compare?left=usa-2023-06-18-qin&right=usa-2023-06-19-visit", 400, "two sides"),
        ("/compare?left=none&right=nothing", 404, "no document"),
        ("/search?q=a&after=b", 400, "no cursor"),
        ("/search?kind=events&issue=Taiwan", 400, "only statements"),
        ("/search?q=a+b+c+d+e+f+g+h+i", 400, "more than 8 words"),
        ("/nowhere", 404, "no such page"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_line(client: httpx.Client, path: str, status: int, said: str) -> None:
    name, _, asked = path.partition("?")
    for answer in (client.get(path), client.get(f"{name}.json?{asked}")):
        assert answer.status_code == status
        assert said in answer.text.replace("&#39;", "'")
    assert list(answer.json()) == ["error"] and "\n" not in answer.json()["error"]


def test_a_page_that_must_be_of_now_waits_for_a_writer(demo: Path, client: httpx.Client) -> None:
    def hold(begun: threading.Event) -> None:
        with writing(demo):
            begun.set()
            time.sleep(1.0)

    begun = threading.Event()
    writer = threading.Thread(target=hold, args=(begun,))
    writer.start()
    begun.wait()
    answer = client.get("/review")
    writer.join()
    assert answer.status_code == 200


def test_what_is_filed_while_the_desk_is_open_is_on_the_next_page(tmp_path: Path, coder: Coder, serve: Serve) -> None:
    path = tmp_path / "relations.duckdb"

    def file(name: str, place: str) -> None:
        text = f"Kenyan President William Ruto met Ugandan President Yoweri Museveni in {place} on 14 May 2024."
        list(add(path, [Document(text, name, name, date(2024, 5, 15), "Agency")], coder, on_error=lambda _: None))
        refresh(path)

    file("k1", "Kampala")
    address = serve(path)
    for name, place in (("k1", "Kampala"), ("k2", "Nairobi")):
        if name == "k2":
            assert httpx.get(f"{address}/documents/k2", timeout=60).status_code == 404
            file(name, place)
        assert place in httpx.get(f"{address}/documents/{name}", timeout=60).text
        assert place in httpx.get(f"{address}/dyads/KEN-UGA", timeout=60).text
    first = httpx.get(f"{address}/.json", timeout=60).json()
    assert first["dyads"][0]["documents"] == 2


def test_new_documents_are_counted_from_the_moment_that_was_seen(client: httpx.Client) -> None:
    newest = client.get("/.json").json()["newest"]
    seen = client.get("/.json", headers={"Cookie": "seen=2001-01-01T00:00:00"}).json()
    assert seen["fresh"] > 50 and seen["dyads"][0]["fresh"] > 50 and len(seen["documents"]) == 12
    assert client.get("/.json", headers={"Cookie": f"seen={newest}"}).json()["fresh"] == 0
    assert client.get("/.json", headers={"Cookie": "seen=nonsense"}).json()["seen"] is None

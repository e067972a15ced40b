"""Judging records at the desk, in a real browser, by keyboard, blind to each other; and what the ledger makes of it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from detente.ledger import query, sole_writer
from tests.web.conftest import EVIL, Serve

Open = Callable[..., Page]


@pytest.fixture
def study(demo: Path, tmp_path: Path) -> Path:
    """A ledger of the demo that may be changed."""
    return Path(shutil.copy(demo, tmp_path / "study.duckdb"))


@pytest.fixture
def address(study: Path, serve: Serve) -> str:
    return serve(study)


def begin(page: Page, name: str, seed: int = 7) -> None:
    """From the first page to the first record of a random order."""
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Next is").select_option("random")
    page.get_by_label("Seed").fill(str(seed))
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Correct or reject")).to_be_visible()


def pressed(page: Page, key: str) -> None:
    """Alt and a key, as a keyboard sends it: the browser's access key."""
    keyboard = page.context.new_cdp_session(page)
    told = {"modifiers": 1, "key": key, "windowsVirtualKeyCode": ord(key.upper()), "text": key, "unmodifiedText": key}
    with page.expect_navigation():
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **told})


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    return query(path, sql)[1]


def test_three_records_are_judged_by_keyboard_one_after_the_other(study: Path, address: str, open_page: Open) -> None:
    page = open_page(address + "/")
    begin(page, "Ada")
    first = page.get_by_role("heading", level=1).inner_text()
    # What is asked for first is at hand.
    expect(page.locator(":focus")).to_have_text("Accept as coded")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".period")).to_contain_text("1 of ")
    assert page.get_by_role("heading", level=1).inner_text() != first
    was = page.get_by_label("status").input_value()
    page.get_by_label("status").select_option("hypothetical")
    page.get_by_label("why", exact=True).fill(f"not yet {EVIL}")
    pressed(page, "k")
    expect(page.locator(".period")).to_contain_text("2 of ")
    page.get_by_label("why", exact=True).fill("no such event")
    pressed(page, "r")
    expect(page.locator(".period")).to_contain_text("3 of ")
    told = rows(study, "SELECT reviewer, verdict, fields, drawn FROM v_reviews ORDER BY number")
    assert told == [
        ("Ada", "accept", [], "random 7"),
        ("Ada", "correct", ["status"], "random 7"),
        ("Ada", "reject", [], "random 7"),
    ]
    (corrected,) = rows(study, "SELECT record FROM v_reviews WHERE verdict = 'correct'")[0]
    (rejected,) = rows(study, "SELECT record FROM v_reviews WHERE verdict = 'reject'")[0]
    assert rows(study, f"SELECT status, confidence FROM v_events WHERE id = '{corrected}'") == [("hypothetical", 1.0)]
    assert rows(study, f"SELECT id FROM v_events WHERE id = '{rejected}'") == []
    # The evidence says who corrected what, and why; the words of others stay words.
    page.goto(f"{address}/records/{corrected}")
    said = page.locator("section", has=page.locator("#reviews"))
    expect(said).to_contain_text(f"status coded as {was}, corrected to hypothetical")
    expect(said).to_contain_text(f"because: “not yet {EVIL}”")
    expect(page.get_by_role("row", name="status")).to_contain_text("corrected by Ada on")
    assert "owned" not in page.title().replace(EVIL, "")
    page.goto(f"{address}/records/{rejected}")
    expect(page.locator("section", has=page.locator("#reviews"))).to_contain_text("rejected")
    listed = httpx.get(f"{address}/dyads/USA-CHN/events.json?since=2022-01-01&limit=500", timeout=60).text
    assert str(rejected) not in listed


def test_two_coders_are_blind_to_each_other_and_a_third_decides(study: Path, address: str, open_page: Open) -> None:
    page = open_page(address + "/")
    begin(page, "Ada")
    page.get_by_label("why", exact=True).fill("a word of Ada alone")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".period")).to_contain_text("1 of ")
    page.goto(address)
    begin(page, "Ben")
    assert "Ada" not in page.content()
    id = page.locator("input[name=id]").first.get_attribute("value")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".period")).to_contain_text("1 of ")
    assert rows(study, f"SELECT count(*) FROM v_events WHERE id = '{id}'") == [(1,)]
    page.goto(f"{address}/review/agreement")
    expect(page.get_by_text("1 event judged by two or more of")).to_be_visible()
    expect(page.get_by_role("row", name="is there such an event")).to_contain_text("0 %")
    page.get_by_role("link", name="1 to be adjudicated").click()
    page.locator("article a").click()
    expect(page.get_by_text("a word of Ada alone")).to_be_visible()
    deciding = page.locator("form", has=page.get_by_role("button", name="As Ada has it"))
    deciding.get_by_label("Your name").fill("Cleo")
    deciding.get_by_role("button", name="As Ada has it").click()
    expect(page.get_by_text("Nothing.")).to_be_visible()
    assert rows(study, f"SELECT count(*) FROM v_events WHERE id = '{id}'") == [(0,)]
    told = rows(study, "SELECT reviewer, verdict, adjudicates FROM v_reviews ORDER BY number")
    assert told == [("Ada", "reject", False), ("Ben", "accept", False), ("Cleo", "reject", True)]
    assert httpx.get(f"{address}/review/agreement.json").json()["agreement"][0]["adjudicated"] == 1


def test_what_cannot_be_filed_is_shown_again_as_it_was_typed(study: Path, address: str, open_page: Open) -> None:
    page = open_page(address + "/review/next?by=Ada")
    token = page.locator("input[name=desk_token]").first.get_attribute("value")
    id = page.locator("input[name=id]").first.get_attribute("value")
    form = {"desk_token": token, "id": id, "by": "Ada", "verdict": "correct", "status": "denied", "type": "ACCUSE"}
    form |= {"actors": "Frodo <Baggins>", "why": "they say so"}
    with httpx.Client(base_url=address, timeout=60) as client:
        answer = client.post("/review/judge", data=form)
        assert answer.status_code == 400 and "nobody is known as" in answer.text
        assert "Frodo &lt;Baggins&gt;" in answer.text and "they say so" in answer.text
        assert re.search(r"<option[^>]*selected[^>]*>denied", answer.text)
        # Somebody else files: told in a line, and nothing typed is lost.
        with sole_writer(study):
            answer = client.post("/review/judge", data=form | {"actors": "China"})
        assert answer.status_code == 503 and "another process is filing" in answer.text
        assert "they say so" in answer.text and "retry-after" in answer.headers
        # No page of this desk sent it.
        for wrong in ({"desk_token": "x"}, {"desk_token": ""}):
            assert client.post("/review/judge", data=form | {"actors": "China"} | wrong).status_code == 403
        for wrong in ({"verdict": "like"}, {"by": " "}, {"by": "x" * 70}, {"order": "luck"}, {"dyad": "USA-USA"}):
            assert client.post("/review/judge", data=form | {"actors": "China"} | wrong).status_code == 400
        assert rows(study, "SELECT * FROM v_reviews") == []
        assert client.post("/review/judge", data=form | {"actors": "China"}).status_code == 303
        assert client.post("/review/judge", data=form | {"id": "ev-none"}).status_code == 404
    assert rows(study, "SELECT verdict FROM v_reviews") == [("correct",)]


def test_what_is_wrong_is_at_hand(address: str) -> None:
    with httpx.Client(base_url=address, timeout=60) as client:
        page = client.get("/review/next?by=Ada&kind=statements").text
        token, id = (re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("desk_token", "id"))
        assert token and id
        form = {"desk_token": token[1], "id": id[1], "by": "Ada", "kind": "statements"}
        for said, wrong, focused in (
            ({"verdict": "reject"}, "why: say in a few words", r'<textarea id="why"[^>]* autofocus'),
            (
                {"verdict": "correct", "issues": "cod"},
                "issues: &#39;cod&#39; is",
                r'<textarea id="issues"[^>]* autofocus',
            ),
            ({"verdict": "correct", "tone": "loud"}, "tone &#39;loud&#39; is", r'<select id="tone"[^>]* autofocus'),
            ({"verdict": "correct", "status": "denied"}, "&#39;status&#39; is no field", None),
        ):
            answer = client.post("/review/judge", data=form | said)
            assert answer.status_code == 400 and wrong in answer.text
            assert answer.text.count("autofocus") == (focused is not None)
            assert focused is None or re.search(focused, answer.text)


def test_what_was_judged_can_be_taken_away(address: str, open_page: Open) -> None:
    page = open_page(address + "/review/next?by=Ada&order=random")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".period")).to_contain_text("1 of ")
    page.goto(address + "/review")
    with page.expect_download() as download:
        page.get_by_role("link", name="a gold file").click()
    packed = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert sorted(Path(name).suffix for name in packed.namelist()) == [".json", ".txt"]
    for name, lines in (("training", 1), ("reviews", 1)):
        answer = httpx.get(f"{address}/review/{name}.jsonl")
        assert len(answer.text.splitlines()) == lines and "attachment" in answer.headers["content-disposition"]


def test_the_stored_tables_follow_when_the_reviewer_pauses(study: Path, address: str, open_page: Open) -> None:
    (episode,) = rows(study, "SELECT reports[1] FROM v_episodes WHERE len(reports) = 1 ORDER BY id LIMIT 1")
    page = open_page(f"{address}/review/records/{episode[0]}")
    page.locator("#by-correct").fill("Ada")
    page.get_by_label("why", exact=True).fill("no such event")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Reviewed by one coder")).to_be_visible()
    for _ in range(100):
        left = rows(study, f"SELECT id FROM v_episodes WHERE list_contains(reports, '{episode[0]}')")
        if not left:
            break
        page.wait_for_timeout(300)
    assert left == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/review",
        "/review/next?by=Ada",
        "/review/next?by=Ada&kind=statements",
        "/review/agreement",
        "/review/adjudicate",
    ],
)
def test_the_pages_are_accessible(desk: str, open_page: Open, path: str, scheme: str) -> None:
    page = open_page(desk + path, color_scheme=scheme)
    found = Axe().run(page)
    assert [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")] == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_records_of_a_hostile_ledger_are_judged_harmlessly(evil_desk: str, open_page: Open) -> None:
    page = open_page(evil_desk + "/review/next?by=<script>document.title='owned'</script>")
    for skip in range(4):
        page.goto(f"{evil_desk}/review/next?by=Ada&skip={skip}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "owned" not in page.title()


def test_statements_are_judged_by_keyboard_and_one_can_go_back(study: Path, address: str, open_page: Open) -> None:
    page = open_page(address + "/review")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Judge").select_option("statements")
    page.get_by_role("button", name="Begin").click()
    first = page.get_by_role("heading", level=1).inner_text()
    assert first.startswith("Statement of")
    id = page.locator("input[name=id]").first.get_attribute("value")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text(f"Before: {first}, right as coded")).to_be_visible()
    pressed(page, "u")
    assert page.locator("input[name=id]").first.get_attribute("value") == id
    page.get_by_label("why", exact=True).fill("nobody says so")
    pressed(page, "r")
    expect(page.get_by_text(f"Before: {first}, rejected")).to_be_visible()
    page.get_by_label("side").fill("Norway")
    page.get_by_label("issues").fill("trade\nTariffs")
    page.get_by_label("tone").select_option("positive")
    pressed(page, "k")
    expect(page.locator(".period")).to_contain_text("2 of ")
    told = rows(study, "SELECT kind, verdict, superseded, drawn FROM v_reviews ORDER BY number")
    assert told == [
        ("statements", "accept", True, "certainty"),
        ("statements", "reject", False, "certainty"),
        ("statements", "correct", False, "certainty"),
    ]
    assert rows(study, f"SELECT id FROM v_statements WHERE id = '{id}'") == []
    (corrected,) = rows(study, "SELECT record FROM v_reviews WHERE verdict = 'correct'")[0]
    said = rows(study, f"SELECT side, issues, tone > 0 FROM v_statements WHERE id = '{corrected}'")
    assert said == [("NOR", ["trade", "tariffs"], True)]
    page.goto(f"{address}/records/{corrected}")
    reviews = page.locator("section", has=page.locator("#reviews"))
    expect(reviews).to_contain_text("corrected to NOR")
    reviews.get_by_role("link", name="Review this record").click()
    expect(page.get_by_role("button", name="Reject: no such statement")).to_be_visible()

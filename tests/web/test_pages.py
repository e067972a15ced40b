"""Every page: right on a phone, no fault of accessibility, light and dark; documents that try to be code stay text."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import HOSTILE

Open = Callable[..., Page]
PAGES = (
    "/",
    "/search?q=blinken",
    "/search?q=taiwan&kind=statements",
    "/compare",
    "/compare?left=usa-2023-06-18-qin&right=chn-2023-06-18-qin",
    "/dyads/USA-CHN",
    "/dyads/USA-CHN?since=2023-06-01&until=2023-06-30&issue=Taiwan",
    "/dyads/USA-CHN/contacts",
    "/dyads/USA-CHN/channels",
    "/dyads/USA-CHN/commitments?status=lapsed",
    "/dyads/USA-CHN/statements?issue=Taiwan",
    "/dyads/USA-CHN/events",
    "/documents/news-2023-06-19-beijing-talks",
)
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_and_a_phone_shows_all(desk: str, open_page: Open, path: str, scheme: str) -> None:
    page = open_page(desk + path, color_scheme=scheme, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true }")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_a_page_that_says_what_is_wrong_is_accessible(desk: str, browser: Browser) -> None:
    # To the browser it is an error, which it tells on its console.
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(desk + "/dyads/USA-XXX")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert Axe().run(page).response["violations"] == []
    page.close()


def test_evidence_of_a_record_is_accessible_too(desk: str, open_page: Open) -> None:
    page = open_page(desk + "/search?kind=events&q=blinken", viewport=PHONE)
    for link in [a.get_attribute("href") for a in page.locator("article.hit a").all()][:3]:
        page.goto(f"{desk}{link}")
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []


def test_a_document_that_tries_to_be_code_is_shown_as_text(evil_desk: str, open_page: Open) -> None:
    id = quote(HOSTILE[0].id, safe="")
    page = open_page(f"{evil_desk}/documents/{id}.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>document.title='owned'</script>")
    text = page.get_by_role("list", name="The text, sentence by sentence").inner_text()
    assert "<b>held talks</b>" in text
    assert not set(text) & set("\x1b\x07\u202e\u2066")
    twin = page.request.get(
        evil_desk + (page.get_by_role("link", name="This page as JSON").get_attribute("href") or "")
    )
    assert twin.json()["head"]["document"] == HOSTILE[0].id
    for path in ("/", "/search?q=owned", "/search?q=%3Cscript%3E", "/dyads/NOR-SWE", "/dyads/NOR-SWE/statements"):
        page.goto(evil_desk + path)
        assert page.title() != "owned"
        assert page.locator("script, iframe, object, img:not(.map)").count() == 0
        assert page.locator('a[href^="javascript:"]').count() == 0


def test_every_record_of_a_hostile_document_has_its_evidence(evil_desk: str, open_page: Open) -> None:
    page = open_page(f"{evil_desk}/documents/{quote(HOSTILE[0].id, safe='')}.html")
    links = [link.get_attribute("href") for link in page.locator(".records a").all()]
    assert links
    for link in links:
        page.goto(f"{evil_desk}{link}")
        expect(page.get_by_role("heading", name="The document")).to_be_visible()
        page.get_by_role("link", name="</title>").first.click()
        expect(page.get_by_role("list", name="The text, sentence by sentence")).to_be_visible()


def test_text_from_right_to_left_keeps_to_its_place(evil_desk: str, open_page: Open) -> None:
    page = open_page(f"{evil_desk}/documents/rtl")
    expect(page.get_by_role("heading", level=1).locator("bdi")).to_have_text("وزير الخارجية في أوسلو")
    expect(page.locator(".period")).to_contain_text("Agency, 14 March 2024")


def test_ten_megabytes_of_text_come_a_page_at_a_time(evil_desk: str, open_page: Open) -> None:
    page = open_page(f"{evil_desk}/documents/long", viewport=PHONE)
    assert len(page.content()) < 300_000
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    expect(page.locator(".records a").first).to_be_visible()
    page.get_by_role("link", name="The text goes on").click()
    assert len(page.content()) < 300_000
    page.goto(f"{evil_desk}/documents/long?start=9000000")
    expect(page.get_by_text("Nobody came.").first).to_be_visible()
    page.goto(f"{evil_desk}/dyads/NOR-SWE")
    page.get_by_role("link", name="Evidence for row 1 of Contacts").click()
    assert len(page.content()) < 300_000

"""What a reader does at the desk, in a real browser, from the first page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


@pytest.fixture
def home(desk: str, open_page: Open) -> Page:
    return open_page(desk + "/")


@pytest.fixture
def dyad(home: Page) -> Page:
    home.get_by_role("link", name="China and United States").click()
    return home


def test_the_first_page_shows_each_dyad_with_its_line_and_its_last_contact(home: Page) -> None:
    row = home.get_by_role("row", name="China and United States")
    assert (row.get_by_role("img").get_attribute("aria-label") or "").startswith("Net cooperation by month")
    expect(row).to_contain_text("21 December 2023, video call")
    row.get_by_role("link", name="21 December 2023").click()
    expect(home.get_by_role("heading", level=1)).to_contain_text("Liu Zhenli")


def test_three_clicks_to_the_last_time_the_defence_ministers_spoke(dyad: Page) -> None:
    dyad.get_by_role("link", name="defence minister (1)").click()
    expect(dyad.get_by_role("row")).to_have_count(2)
    expect(dyad.get_by_role("table")).to_contain_text("Lloyd Austin [USA]; Li Shangfu [CHN]")
    dyad.get_by_role("link", name="evidence").click()
    expect(dyad.locator("mark.k-trigger").first).to_be_visible()


def test_three_clicks_to_what_each_side_said_about_taiwan_in_june(dyad: Page) -> None:
    dyad.get_by_role("link", name="June 2023: ").click()
    dyad.locator("section", has=dyad.locator("#words")).get_by_role("link", name="Taiwan").click()
    expect(dyad.get_by_role("heading", level=1)).to_have_text("Statements")
    expect(dyad.get_by_text("There has been no change to the U.S. one China policy")).to_be_visible()
    expect(dyad.get_by_text("On Taiwan there is nothing that China could give up")).to_be_visible()
    assert "issue=Taiwan" in dyad.url and "since=2023-06-01" in dyad.url


def test_two_clicks_to_the_promises_that_have_lapsed(dyad: Page) -> None:
    dyad.get_by_role("link", name="lapsed (").click()
    states = dyad.locator("td.c-state").all_inner_texts()
    assert states and set(states) == {"lapsed"}


def test_the_time_line_zooms_in_by_keyboard_and_out_again(desk: str, open_page: Open) -> None:
    page = open_page(desk + "/dyads/USA-CHN?since=2018-01-01&until=2025-12-31")
    years = page.locator("svg.timeline a")
    labels = [label or "" for label in (link.get_attribute("aria-label") for link in years.all())]
    assert [label[:6] for label in labels][-2:] == ["2023: ", "2024: "]
    years.nth(len(labels) - 2).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="June 2023: ")).to_be_visible()
    page.get_by_role("link", name="June 2023: ").click()
    expect(page.get_by_role("link", name="19 June 2023: ")).to_be_visible()
    page.get_by_role("link", name="zoom out").click()
    expect(page.locator(".period")).to_contain_text("2023, as known on 30 December 2023")


def test_filters_stand_in_the_address_and_are_told(dyad: Page) -> None:
    dyad.get_by_text("Narrow this page").click()
    dyad.get_by_label("Side that acts or speaks").select_option("CHN")
    dyad.get_by_label("Issue").select_option("Taiwan")
    dyad.get_by_role("button", name="Show").click()
    assert "side=CHN" in dyad.url and "issue=Taiwan" in dyad.url
    expect(dyad.get_by_text("issue: Taiwan")).to_be_visible()
    expect(dyad.get_by_role("heading", name="Channels")).to_have_count(0)
    expect(dyad.get_by_text("Left out, as they cannot be narrowed so")).to_contain_text("Channels")
    dyad.get_by_role("link", name="show all").click()
    expect(dyad.get_by_role("heading", name="Channels")).to_be_visible()


def test_a_row_of_the_brief_leads_to_its_evidence_and_on_to_the_document(dyad: Page) -> None:
    dyad.get_by_role("link", name="Evidence for row 1 of Contacts").click()
    expect(dyad.get_by_role("heading", name="The reports it rests on")).to_be_visible()
    dyad.get_by_role("link", name="Evidence of report 1").click()
    expect(dyad.locator("mark.k-trigger").nth(1)).to_have_text("spoke")
    expect(dyad.get_by_role("row", name="status")).to_contain_text("happened")
    expect(dyad.get_by_text("calibrated on marked documents")).to_be_visible()
    expect(dyad.get_by_role("heading", name="Other reports of the same")).to_be_visible()
    dyad.get_by_role("link", name="Chairman Brown speaks with General Liu").first.click()
    expect(dyad.get_by_role("list", name="The text, sentence by sentence")).to_contain_text("video teleconference")


def test_two_accounts_are_compared_from_the_first_page(home: Page) -> None:
    home.get_by_role("link", name="Compare").click()
    home.get_by_role("link", name="18 June 2023: China and United States").click()
    expect(home.get_by_role("row", name="raises alone")).to_contain_text("Taiwan")
    expect(home.get_by_role("heading", name="Side by side")).to_be_visible()


def test_search_finds_people_issues_and_words(home: Page) -> None:
    home.get_by_role("searchbox", name="Search").fill("taiwan")
    home.keyboard.press("Enter")
    expect(home.locator("mark").first).to_have_text("Taiwan")
    home.get_by_role("link", name="Taiwan", exact=True).first.click()
    expect(home.get_by_role("heading", name="Statements")).to_be_visible()
    home.get_by_role("searchbox", name="Search").fill("blinken")
    home.keyboard.press("Enter")
    home.get_by_role("link", name="Antony Blinken", exact=True).click()
    expect(home.locator("article.hit").first).to_contain_text("CONSULT")
    home.get_by_role("link", name="The next ones").click()
    expect(home.locator("article.hit").first).to_be_visible()


def test_what_was_seen_is_not_new_any_more(home: Page) -> None:
    expect(home.get_by_text("Nothing is marked as seen in this browser yet.")).to_be_visible()
    home.get_by_role("button", name="Mark all as seen").click()
    expect(home.get_by_text("Nothing was filed since")).to_be_visible()
    expect(home.get_by_role("button", name="Mark all as seen")).to_have_count(0)


def test_the_keyboard_reaches_the_text_first_and_shows_where_it_is(dyad: Page) -> None:
    dyad.reload()
    dyad.keyboard.press("Tab")
    skip = dyad.get_by_role("link", name="To the text")
    expect(skip).to_be_focused()
    dyad.keyboard.press("Enter")
    dyad.keyboard.press("Tab")
    focused = dyad.locator(":focus-visible")
    expect(focused).to_have_text("← earlier")
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_on_paper_there_is_the_brief_and_nothing_to_click(dyad: Page) -> None:
    dyad.emulate_media(media="print")
    for gone in (".top", ".zoom", ".sections", "footer", ".proof"):
        expect(dyad.locator(gone).first).to_be_hidden()
    expect(dyad.locator("#promises")).to_be_visible()

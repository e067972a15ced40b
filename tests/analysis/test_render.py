from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from lxml import etree, html

from detente.analysis.brief import make_brief
from detente.analysis.brief_model import Brief
from detente.analysis.dossier import Dossier
from detente.cli.brief import FORMATS, rendered

HOSTILE = "</style><script>alert(1)</script> | *bold* [x](http://evil.example) #eval \\ $x$ \x1b[31m"


@pytest.fixture(scope="module")
def brief(oslo: Dossier) -> Brief:
    return make_brief(oslo)


@pytest.fixture(scope="module")
def hostile(oslo: Dossier) -> Brief:
    """The titles and names of the sources try to be code in every format."""
    sources = {id: replace(s, title=HOSTILE, publisher=HOSTILE) for id, s in oslo.sources.items()}
    return make_brief(replace(oslo, sources=sources))


@pytest.fixture(scope="module")
def page(brief: Brief) -> html.HtmlElement:
    return html.document_fromstring(rendered(brief, "html").decode())


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_brief_gives_the_same_bytes(brief: Brief, format: str) -> None:
    assert rendered(brief, format) == rendered(brief, format)


def test_html_loads_nothing_and_runs_nothing(brief: Brief, page: html.HtmlElement) -> None:
    text = rendered(brief, "html").decode()
    assert not page.xpath(
        "//script | //link | //img | //iframe | //object | //*[@src] | //*[starts-with(name(@*), 'on')]"
    )
    assert "@import" not in text and "url(" not in text
    assert all(a.get("href").startswith(("#", "http://", "https://")) for a in page.xpath("//a"))


def test_html_is_well_formed(brief: Brief) -> None:
    body = rendered(brief, "html").decode().partition("<body>")[2].rpartition("</body>")[0]
    etree.fromstring(f"<div>{body.replace('&nbsp;', ' ')}</div>")


def test_html_ids_are_unique_and_every_anchor_is_there(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(ids)


def test_html_notes_lead_to_the_marked_sentence_and_back(page: html.HtmlElement) -> None:
    note = page.xpath("//tr//span[@class='notes']/a")[0]
    row = note.xpath("ancestor::tr")[0].get("id")
    (quote,) = page.xpath(f"//li[@id='{note.get('href')[1:]}']")
    assert quote.xpath(".//mark")
    assert f"#{row}" in quote.xpath(".//a[@class='back']/@href")


def test_html_tables_have_headers_and_the_page_has_landmarks(page: html.HtmlElement) -> None:
    assert page.xpath("//header") and page.xpath("//main") and page.xpath("//nav/@aria-label")
    assert page.get("lang") == "en"
    for table in page.xpath("//table"):
        assert table.xpath(".//thead//th[@scope='col']")
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))


def test_html_shows_hostile_titles_as_text(hostile: Brief) -> None:
    page = html.document_fromstring(rendered(hostile, "html").decode())
    assert not page.xpath("//script")
    assert len(page.xpath("//style")) == 1
    assert any("<script>alert(1)</script>" in title for title in page.xpath("//ol[@class='sources']//cite/text()"))


def test_markdown_shows_hostile_titles_as_text(hostile: Brief) -> None:
    text = rendered(hostile, "md").decode()
    assert "<script>" not in re.sub(r"\\[<>]", "", text)
    assert "[x](http://evil.example)" not in text and r"\*bold\*" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)


def test_a_terminal_gets_no_control_characters(hostile: Brief) -> None:
    assert "\x1b" not in rendered(hostile, "terminal").decode()


def test_pdf_is_made_of_hostile_titles_too(hostile: Brief) -> None:
    made = rendered(hostile, "pdf")
    assert made.startswith(b"%PDF-") and b"CreationDate" not in made


def test_pdf_has_a_page_for_what_does_not_fit_on_one(brief: Brief) -> None:
    def pages(made: bytes) -> int:
        return int(max(re.findall(rb"/Count (\d+)", made), key=int))

    contacts = next(section for section in brief.sections if section.key == "contacts")
    longer = replace(contacts, rows=contacts.rows * 40)
    grown = replace(brief, sections=tuple(longer if s is contacts else s for s in brief.sections))
    assert pages(rendered(brief, "pdf")) < pages(rendered(grown, "pdf"))


def test_json_holds_every_part(brief: Brief) -> None:
    data = json.loads(rendered(brief, "json"))
    assert data["dyad"] == ["NOR", "SWE"]
    assert [s["key"] for s in data["sections"]] == [s.key for s in brief.sections]
    assert data["references"][0]["quotes"][0]["note"] == "1"


def test_terminal_and_markdown_tell_the_headline(brief: Brief) -> None:
    for format in ("terminal", "md"):
        assert "2 contacts since 1 January 2024" in rendered(brief, format).decode()

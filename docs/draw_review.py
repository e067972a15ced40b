"""Draws the pictures of review.md: two coders judge some records of a copy of the demo's ledger, which this changes.

cp demo-output/relations.duckdb /tmp/study.duckdb
detente serve --db /tmp/study.duckdb --port 8024
python docs/draw_review.py http://127.0.0.1:8024
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Page, sync_playwright

FOLDER: Final = Path(__file__).parent / "desk"
WIDE, PHONE = (1280, 900), (360, 740)
PICTURES: Final[dict[str, tuple[str, Literal["light", "dark"], tuple[int, int]]]] = {
    "review": ("/review/next?by=Dora&order=random&seed=7", "light", (1280, 1350)),
    "review-phone": ("/review/next?by=Dora&order=random&seed=7", "dark", PHONE),
    "review-statement": ("/review/next?by=Dora&kind=statements&order=random&seed=7", "light", (1280, 1200)),
    "review-agreement": ("/review/agreement", "light", (1280, 1280)),
    "review-adjudicate": ("/review/adjudicate", "dark", WIDE),
}
RECORDS: Final = 12


def judge(page: Page, address: str, kind: str, name: str, corrects: frozenset[int], rejects: frozenset[int]) -> None:
    """Somebody judges the first records of a kind in a random order."""
    for number in range(RECORDS):
        page.goto(f"{address}/review/next?by={name}&kind={kind}&order=random&seed=7")
        button = "Accept"
        if number in corrects:
            field, value = ("status", "possible") if kind == "events" else ("tone", "neutral")
            page.get_by_label(field).select_option(value)
            page.get_by_label("why", exact=True).fill("the text leaves it open")
            button = "Keep"
        elif number in rejects:
            page.get_by_label("why", exact=True).fill("nobody does anything here")
            button = "Reject"
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()


def draw(address: str) -> None:
    """Judges, then writes every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for kind in ("events", "statements"):
            judge(page, address, kind, "Ada", frozenset({3, 8}), frozenset({5}))
            judge(page, address, kind, "Ben", frozenset({3}), frozenset({5, 9}))
        page.close()
        for name, (path, scheme, (width, height)) in PICTURES.items():
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": height})
            page.goto(address + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    draw(sys.argv[1])

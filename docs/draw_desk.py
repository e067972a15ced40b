"""Draws the pictures of desk.md: pages of a desk on the ledger of the demo, light and dark, wide and on a phone.

detente serve --db demo-output/relations.duckdb --port 8023
python docs/draw_desk.py http://127.0.0.1:8023

Last it adds two files for the picture of a job: use a ledger that may be thrown away.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import FilePayload, Page, expect, sync_playwright

FOLDER: Final = Path(__file__).parent / "desk"
TALKS: Final = """Ministers meet in Oslo

Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Tobias Billström in Oslo on Monday. Billström
said that lower quotas for cod would ruin fishing towns."""
WIDE, PHONE = (1280, 900), (360, 740)
PICTURES: Final[dict[str, tuple[str, Literal["light", "dark"], tuple[int, int]]]] = {
    "home": ("/", "light", WIDE),
    "home-phone": ("/", "dark", PHONE),
    "dyad": ("/dyads/USA-CHN", "light", WIDE),
    "dyad-phone": ("/dyads/USA-CHN", "light", PHONE),
    "dyad-dark": ("/dyads/USA-CHN?since=2023-06-01&until=2023-06-30", "dark", WIDE),
    "statements": ("/dyads/USA-CHN/statements?issue=Taiwan&since=2023-06-01&until=2023-06-30", "light", WIDE),
    "commitments": ("/dyads/USA-CHN/commitments?status=lapsed", "light", WIDE),
    "add": ("/add", "light", WIDE),
    "add-phone": ("/add", "dark", PHONE),
    "compare": ("/compare?left=usa-2023-06-18-qin&right=chn-2023-06-18-qin", "dark", WIDE),
}


def draw(address: str) -> None:
    """Writes every picture, what a reader sees of the page at first."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (path, scheme, (width, height)) in PICTURES.items():
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": height})
            page.goto(address + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
        page.goto(f"{address}/dyads/USA-CHN")
        page.get_by_role("link", name="Evidence for row 2 of Contacts").click()
        page.screenshot(path=FOLDER / "evidence.png")
        page = browser.new_page(color_scheme="dark", viewport={"width": WIDE[0], "height": 640})
        _draw_job(page, address)
        browser.close()


def _draw_job(page: Page, address: str) -> None:
    page.goto(f"{address}/add")
    files = {"talks.txt": TALKS.encode(), "scan.txt": b"%PDF-1.7 "}
    page.locator("#files").set_input_files(
        [FilePayload(name=name, mimeType="text/plain", buffer=text) for name, text in files.items()]
    )
    page.locator("#files-published").fill("2024-03-13")
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_role("status")).to_contain_text("Done", timeout=120_000)
    page.screenshot(path=FOLDER / "job-dark.png")


if __name__ == "__main__":
    draw(sys.argv[1])

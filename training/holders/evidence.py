"""Mark the rows that dated official texts bear out: the office's title beside the name within the term.

The texts are White House documents of 2021-22 and statements of Singapore's foreign ministry of 2021-24.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from known import Holder, plain

TITLES = re.compile(
    r"(?P<foreign>(?:Foreign|External Affairs) (?:Affairs )?(?:Minister|Secretary)"
    r"|Minister (?:of|for) (?:Foreign|External) Affairs|Secretary of State|Secretary for Foreign Affairs)"
    r"|(?P<defence>Defen[cs]e (?:Minister|Secretary)|(?:Minister|Secretary) (?:of|for) (?:National )?Defen[cs]e)"
    r"|(?P<finance>Finance Minister|Minister (?:of|for) Finance|Treasury Secretary|Secretary of the Treasury|Chancellor"
    r" of the Exchequer)"
    r"|(?P<adviser>National Security Advis[eo]r)"
    r"|(?P<ambassador>Ambassador|Permanent Representative|High Commissioner)"
)
OFFICES = {
    "foreign minister": "foreign",
    "defence minister": "defence",
    "finance minister": "finance",
    "security adviser": "adviser",
    "ambassador": "ambassador",
    "permanent representative": "ambassador",
}
# How far behind the title the name may stand: "Minister of Foreign Affairs of the Republic of …, H.E. Dr …".
REACH = 90


def documents(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each document as (source, date, title and text)."""
    with gzip.open(folder / "wh_briefings_2021_2022.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            yield "wh_briefings", item["date"], f"{item['title']}\n{item['text']}"
    with (folder / "mfa_singapore.jsonl").open(encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            yield "mfa_singapore", item["date"], f"{item['title']}\n{item['text']}"


def covers(row: Holder, date: str) -> bool:
    """Whether the date falls within the term, a coarse bound counting as whole."""
    return row.start <= date and (not row.end or date[: len(row.end)] <= row.end)


def add_evidence(rows: list[Holder], folder: Path) -> list[Holder]:
    """The rows with the sources that bear them out added."""
    by_key: dict[tuple[str, str], list[int]] = {}
    names: list[list[str]] = []
    for i, row in enumerate(rows):
        spellings = {plain(n) for n in (row.name, *row.aliases) if not n.startswith("=")}
        names.append([n.lower() for n in spellings])
        if row.office in OFFICES:
            for n in spellings:
                by_key.setdefault((OFFICES[row.office], plain(n).split()[-1].lower()), []).append(i)
    found: list[set[str]] = [set() for _ in rows]
    for source, date, text in documents(folder):
        for match in TITLES.finditer(text):
            window = plain(text[match.end() : match.end() + REACH]).lower()
            for word in set(re.findall(r"[\w'-]+", window)):
                for i in by_key.get((str(match.lastgroup), word), ()):
                    if source not in found[i] and covers(rows[i], date) and any(n in window for n in names[i]):
                        found[i].add(source)
    return [replace(r, source="+".join([r.source, *sorted(s)])) if s else r for r, s in zip(rows, found, strict=True)]

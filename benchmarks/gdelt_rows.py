"""Synthetic rows of GDELT 2.0 events in the exact published layout: 61 columns, tab-separated, no header.

    python benchmarks/gdelt_rows.py 1000000 --out rows.tsv

The same number and seed give the same bytes. Codes, places and counts are drawn at random; nothing in it happened.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from detente.lexicon.exchange_codes import cameo_quad, country_code
from detente.ontology import load_ontology

_COUNTRIES = ("USA", "CHN", "RUS", "GBR", "FRA", "DEU", "JPN", "IND", "ISR", "ROU", "BRA", "KOR", "TUR", "UKR", "")
_KINDS = ("", "", "GOV", "MIL", "COP", "MED", "BUS", "OPP", "LEG", "REB")
_NUMBERS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}


def rows(count: int, seed: int = 1) -> Iterator[str]:
    """So many lines, each with its line end."""
    draw = random.Random(seed)
    codes = [(code, entry.goldstein) for code, entry in load_ontology().cameo.items() if entry.goldstein is not None]
    first = date(2015, 2, 18)
    for number in range(count):
        on = first + timedelta(draw.randrange(3650))
        code, goldstein = draw.choice(codes)
        quad = _NUMBERS[cameo_quad("gdelt", code) or "verbal conflict"]
        fraction = on.year + ((on.month - 1) * 30 + on.day) / 365
        mentions = draw.randrange(1, 60)
        head = [410_000_000 + number, f"{on:%Y%m%d}", f"{on:%Y%m}", on.year, f"{fraction:.4f}"]
        what = [draw.randrange(2), code, code[:3], code[:2], quad, f"{goldstein:.1f}", mentions]
        what += [draw.randrange(1, 9), mentions, f"{draw.uniform(-12, 8):.14f}"]
        places = [cell for _ in range(3) for cell in _place(draw)]
        tail = [
            f"{on:%Y%m%d}{draw.randrange(24):02}1500",
            f"https://news.example/{on:%Y/%m/%d}/{draw.randrange(10**6)}",
        ]
        yield "\t".join(map(str, [*head, *_actor(draw), *_actor(draw), *what, *places, *tail])) + "\n"


def _actor(draw: random.Random) -> list[str]:
    country, kind = draw.choice(_COUNTRIES), draw.choice(_KINDS)
    code = country_code("cameo", country) or ""
    name = f"ACTOR {draw.randrange(3000)}" if code or kind else ""
    return [code + kind, name, code, "", "", "", "", kind, "", ""]


def _place(draw: random.Random) -> list[str]:
    country = country_code("fips", draw.choice(_COUNTRIES))
    if country is None:
        return ["0", "", "", "", "", "", "", ""]
    where = draw.randrange(40_000)
    lat, lon = f"{where % 170 - 85 + where / 1e5:.4f}", f"{where % 350 - 175 + where / 1e5:.4f}"
    return ["4", f"Place {where}", country, f"{country}{where % 30:02}", str(where), lat, lon, str(-where)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    with asked.out.open("w", encoding="utf-8") as file:
        file.writelines(rows(asked.count))

"""Write `ministers.tsv` and `ambassadors.tsv` of the lexicon from the hand-kept lists and the reference tables.

Run from the repository's root: `python training/holders/build_ministers.py`. Needs `../shared`.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

from evidence import add_evidence
from known import Holder, plain, read_known
from mined_missions import countries, factbook_terms, pocom_terms, vacancies
from mined_uk import uk_ministers

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"
TARGET = ROOT / "src/detente/lexicon/data/holders"
SINCE = "2015-01-01"
DEPUTY = re.compile(r"(First )?Deputy|Alternate")
COLUMNS = ("name", "aliases", "country", "org", "office", "title", "level", "start", "end", "gender", "source")


def family(row: Holder) -> str:
    return plain(row.aliases[0].lstrip("=").split()[-1]).lower()


def join_missions(
    known: list[Holder], pocom: list[Holder], factbook: list[Holder], vacant: dict[str, list[str]]
) -> list[Holder]:
    """Hand-kept pairs win; of the rest POCOM gives exact dates, the Factbook what came after and open ends."""
    kept = {(r.country, r.to) for r in known}
    rows = [r for r in pocom if (r.country, r.to) not in kept]
    seen = {(r.to, family(r)): i for i, r in enumerate(rows)}
    for row in factbook:
        if (row.country, row.to) in kept:
            continue
        index = seen.get((row.to, family(row))) if row.country == "USA" else None
        if index is None:
            rows.append(row)
        elif rows[index].end == "?":
            rows[index] = replace(rows[index], end=row.end, source="pocom+factbook")
    rows = [
        replace(r, end=min((d for d in vacant.get(r.to, ()) if d[:7] > r.start[:7]), default="?"))
        if r.end == "?"
        else r
        for r in rows
    ]
    return [*known, *close_terms(rows)]


def close_terms(rows: list[Holder]) -> list[Holder]:
    """A term ends at the latest when the next of the same post starts; ends that stay unknown are left out."""
    posts: dict[tuple[str, str], list[Holder]] = {}
    for row in rows:
        posts.setdefault((row.country, row.to), []).append(row)
    closed: list[Holder] = []
    for terms in posts.values():
        terms.sort(key=lambda r: r.start)
        for row, after in zip(terms, [*terms[1:], None], strict=True):
            limit = after.start if after else ""
            if limit and (row.end in {"", "?"} or row.end > limit):
                row = replace(row, end=limit)
            if row.end != "?" and (not row.end or row.end >= SINCE[: len(row.end)]):
                closed.append(row)
    return closed


def read_given_names(path: Path) -> dict[str, str]:
    """Given name to m or f, only where usage is settled."""
    names: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            gender, listed = line.split("\t")
            names.update(dict.fromkeys(listed.split(), gender))
    return names


def order(row: Holder) -> tuple[str, str, str, bool, str, str, str]:
    """Heads of mission come before their deputies: look-ups by host take the first who serves."""
    deputy = bool(DEPUTY.match(row.title))
    return row.country, row.office, row.to, deputy, row.title, row.start, row.name


def write(path: Path, rows: list[Holder], *, with_to: bool) -> None:
    columns = list(COLUMNS)
    if with_to:
        columns.insert(columns.index("title") + 1, "to")
    lines = ["\t".join(columns)]
    for r in sorted(rows, key=order):
        values = {
            "name": r.name,
            "aliases": "|".join(r.aliases),
            "country": r.country,
            "org": "",
            "office": r.office,
            "title": r.title,
            "to": r.to,
            "level": r.level,
            "start": r.start,
            "end": r.end,
            "gender": r.gender,
            "source": r.source,
        }
        lines.append("\t".join(values[c] for c in columns))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(rows)} rows", file=sys.stderr)


def main() -> None:
    knowledge = SHARED / "knowledge"
    codes, spoken = countries(knowledge / "mledoze_countries.json")
    given = read_given_names(HERE / "given_names.tsv")
    ministers = [
        *read_known(HERE / "known_g20.txt"),
        *read_known(HERE / "known_world.txt"),
        *uk_ministers(knowledge / "ifg_uk_ministers", SINCE),
    ]
    ambassadors = join_missions(
        read_known(HERE / "known_ambassadors.txt"),
        pocom_terms(knowledge / "pocom.csv", spoken, SINCE),
        factbook_terms(knowledge / "factbook_leaders.csv", codes, spoken),
        vacancies(knowledge / "factbook_leaders.csv", codes),
    )
    ambassadors = [r if r.gender else replace(r, gender=given.get(r.name.split()[0], "")) for r in ambassadors]
    TARGET.mkdir(parents=True, exist_ok=True)
    write(TARGET / "ministers.tsv", add_evidence(ministers, SHARED / "corpora"), with_to=False)
    write(TARGET / "ambassadors.tsv", add_evidence(ambassadors, SHARED / "corpora"), with_to=True)


if __name__ == "__main__":
    main()

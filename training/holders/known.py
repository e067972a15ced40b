"""Read the hand-kept lists of office holders (`known_*.txt`) into rows of the holders' tables.

Notation: `@ISO3; office; title[; level]` opens a block (`@ISO3; TO; title` in the list of ambassadors);
each line after it is `START END Name|=Second mention|alias ; f ; Title`, where END is a date,
`>` (the day the next line starts) or `-` (still in office as far as known).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

LEVELS = {
    "foreign minister": "foreign minister",
    "top diplomat": "foreign minister",
    "defence minister": "defence minister",
    "finance minister": "economic minister",
    "commerce minister": "economic minister",
    "energy minister": "economic minister",
    "trade negotiator": "economic minister",
    "security adviser": "security adviser",
    "deputy security adviser": "official",
    "deputy foreign minister": "deputy minister",
    "chief of staff": "official",
    "minister": "minister",
    "spokesperson": "official",
    "special envoy": "official",
    "climate envoy": "official",
    "intelligence chief": "official",
    "military chief": "military",
    "interior minister": "minister",
    "deputy head of government": "deputy leader",
    "ambassador": "ambassador",
    "permanent representative": "ambassador",
}
# Organisations that ambassadors are sent to, by their ids in organisations.tsv; every other receiving party is a state.
ORGANISATIONS = frozenset({"UN", "NATO", "EU", "ASEAN", "OSCE", "IAEA", "AU"})
FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM"})
PLAIN = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "ð": "d",
        "þ": "th",
        "Þ": "Th",
        "’": "'",
    }
)


@dataclass(frozen=True, slots=True)
class Holder:
    """One term of one person in one office; dates are ISO 8601, as coarse as the source allows."""

    name: str
    aliases: tuple[str, ...]
    country: str
    office: str
    title: str
    level: str
    start: str
    end: str
    gender: str
    source: str
    to: str = ""


def plain(text: str) -> str:
    """The text without diacritics, as wire services print it."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def complete_aliases(name: str, aliases: tuple[str, ...], country: str) -> tuple[str, ...]:
    """Second-mention form first, then spellings without diacritics and, for Japan, the family name first."""
    short = [a for a in aliases if a.startswith("=")] or ["=" + name.split()[-1]]
    full = [a for a in aliases if not a.startswith("=")]
    full += [plain(a) for a in (name, *full)]
    if country == "JPN" and len(name.split()) == 2:
        full.append(" ".join(reversed(name.split())))
    short += [plain(s) for s in short]
    return tuple(dict.fromkeys([*short, *(a for a in full if a != name)]))


def read_known(path: Path) -> list[Holder]:
    """All terms of a list; raises ValueError with file and line where the notation is broken."""
    rows: list[Holder] = []
    head: list[str] = []
    open_end = False
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        where = f"{path.name}:{number}"
        if line.startswith("@"):
            if open_end:
                raise ValueError(f"{where}: the line before ends with '>' but no line follows in its block")
            head = [part.strip() for part in line[1:].split(";")]
            continue
        fields = [part.strip() for part in line.split(";")]
        start, end, names = fields[0].split(None, 2)
        if open_end:
            rows[-1] = replace(rows[-1], end=start)
        open_end = end == ">"
        name, *aliases = names.split("|")
        gender = fields[1] if len(fields) > 1 else "m"
        title = fields[2] if len(fields) > 2 else head[2]
        if gender not in {"m", "f"}:
            raise ValueError(f"{where}: gender is {gender!r}, expected m or f")
        office, to = head[1], ""
        if office not in LEVELS:
            to = office
            office = "permanent representative" if to in ORGANISATIONS else "ambassador"
        level = head[3] if len(head) > 3 else LEVELS[office]
        rows.append(
            Holder(
                name,
                complete_aliases(name, tuple(aliases), head[0]),
                head[0],
                office,
                title,
                level,
                start,
                "" if end in {"-", ">"} else end,
                gender,
                "known",
                to,
            )
        )
    if open_end:
        raise ValueError(f"{path.name}: the last line ends with '>'")
    return merge_terms(rows)


def merge_terms(rows: list[Holder]) -> list[Holder]:
    """Join terms of the same person in the same office and title that follow each other without a gap."""
    merged: list[Holder] = []
    for row in rows:
        last = merged[-1] if merged else None
        if (
            last
            and last.end
            and row.start <= last.end
            and (
                (last.name, last.country, last.office, last.title, last.to)
                == (row.name, row.country, row.office, row.title, row.to)
            )
        ):
            merged[-1] = replace(last, end=row.end)
        else:
            merged.append(row)
    return merged

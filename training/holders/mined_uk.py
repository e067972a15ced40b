"""UK ministers with exact dates from the Institute for Government's ministers database (CC BY 4.0)."""

from __future__ import annotations

import csv
from pathlib import Path

from known import LEVELS, Holder, complete_aliases, merge_terms

# Post in the database -> (office, title in newsrooms).
POSTS = {
    "Secretary of State for Foreign and Commonwealth Affairs": ("foreign minister", "Foreign Secretary"),
    "Secretary of State for Foreign, Commonwealth and Development Affairs": ("foreign minister", "Foreign Secretary"),
    "Secretary of State for Defence": ("defence minister", "Defence Secretary"),
    "Chancellor of the Exchequer": ("finance minister", "Chancellor of the Exchequer"),
    "Secretary of State for Business, Innovation and Skills": ("commerce minister", "Business Secretary"),
    "Secretary of State for Business, Energy and Industrial Strategy": ("minister", "Business Secretary"),
    "Secretary of State for International Trade": ("commerce minister", "International Trade Secretary"),
    "Secretary of State for Business and Trade": ("commerce minister", "Business and Trade Secretary"),
    "Secretary of State for Exiting the European Union": ("trade negotiator", "Brexit Secretary"),
    "Secretary of State for the Home Department": ("interior minister", "Home Secretary"),
    "Secretary of State for Energy and Climate Change": ("energy minister", "Energy Secretary"),
    "Secretary of State for Energy Security and Net Zero": ("energy minister", "Energy Secretary"),
    "Deputy Prime Minister": ("deputy head of government", "Deputy Prime Minister"),
    "President for COP26": ("climate envoy", "COP26 President"),
}
OTHER_LEVELS = {"Brexit Secretary": "minister", "Business Secretary": "economic minister"}
FOREIGN_OFFICE = {"FCO", "FCDO"}
# Fuller names that foreign ministries print.
FULLER_NAMES = {"Liz Truss": ("Elizabeth Truss",)}
PEERAGE = ("Lord ", "Baroness ", "Viscount ", "Earl ")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def uk_ministers(folder: Path, since: str) -> list[Holder]:
    """Cabinet ministers and Foreign Office ministers of state in office on or after `since` (ISO date)."""
    posts = {r["id"]: r for r in table(folder, "post")}
    offices = {r["id"]: r["short_name"] for r in table(folder, "organisation")}
    people: dict[str, list[dict[str, str]]] = {}
    for r in table(folder, "person"):
        people.setdefault(r["id"], []).append(r)
    rows: list[Holder] = []
    for r in sorted(table(folder, "appointment"), key=lambda r: r["start_date"]):
        if r["end_date"] and r["end_date"] < since:
            continue
        post = posts[r["post_id"]]
        title = post["display_name"]
        if title in POSTS:
            office, title = POSTS[title]
            level = OTHER_LEVELS.get(title, LEVELS[office])
        elif offices[post["organisation_id"]] in FOREIGN_OFFICE and title.startswith(("Minister", "Deputy Foreign")):
            office, level = "deputy foreign minister", "deputy minister"
            if title.startswith("Minister of State,"):
                title = "Foreign Office minister"
        else:
            continue
        records = people[r["person_id"]]
        commons = [p for p in records if not p["display_name"].startswith(PEERAGE)] or records
        chosen = max(commons, key=lambda p: p["start_date"])
        name = chosen["display_name"]
        others = [*(p["display_name"] for p in records if p is not chosen), *FULLER_NAMES.get(name, ())]
        short = chosen["short_name"] or name.split()[-1]
        aliases = complete_aliases(name, (f"={short}", *others), "GBR")
        rows.append(
            Holder(
                name,
                aliases,
                "GBR",
                office,
                title,
                level,
                r["start_date"],
                r["end_date"],
                chosen["gender"].lower()[:1],
                "ifg",
            )
        )
    rows.sort(key=lambda h: (h.office, h.title, h.name, h.start))
    return merge_terms(rows)

"""`detente evaluate readout_contacts`: from a White House readout's body, which governments were in contact, and how.

Only the text and the date are fed; the gold was read off the titles. Rows whose `gold.countries` is empty are readouts
of domestic meetings: any contact there is false.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.evaluation.data import day, digest, read_jsonl, require, shared
from detente.evaluation.marked import DONE
from detente.evaluation.matching import same_person
from detente.evaluation.measures import Counts, calibration_error
from detente.evaluation.report import CoderLike, Report
from detente.records import Document, Event

HOME = "USA"


@dataclass(frozen=True, slots=True)
class Contact:
    """A foreign government that was in contact: the persons, and the mode of the first mention."""

    country: str
    persons: tuple[str, ...]
    mode: str | None
    confidence: float


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score readouts of foreign contacts and of domestic meetings (default: `dev.jsonl` and `dev_domestic.jsonl`).

    Figures: `countries.*` micro precision, recall and F1 over the readouts of foreign contacts; `contact.*` the same
    when the named counterparts and the mode must be right too; `exact` share of readouts with just the right countries;
    `counterparts`, `modes`, `principals`: share right among the countries (readouts) found; `domestic.false`: share of
    domestic readouts with a contact; `calibration.ece` over the contacts found.

    Raises:
        InputError: a file is missing or a row lacks a field.
    """
    folder = ("gold", "readout_contacts")
    paths = [data] if data else [shared(*folder, "dev.jsonl"), shared(*folder, "dev_domestic.jsonl")]
    rows = [_row(coder, row, path) for path in paths for row in read_jsonl(path)]
    foreign = [row for row in rows if row["wanted"]]
    domestic = [row for row in rows if not row["wanted"]]
    cells = [cell for row in foreign for cell in row["cells"]]
    total = sum((row["counts"] for row in foreign), Counts())
    figures = {
        **total.figures("countries"),
        **Counts(sum(c["person"] and c["mode"] for c in cells), total.given, total.wanted).figures("contact"),
        "exact": _share([set(row["wanted"]) == set(row["got"]) for row in foreign]),
        "counterparts": _share([c["person"] for c in cells]),
        "modes": _share([c["mode"] for c in cells]),
        "principals": _share([row["principals"] for row in foreign if row["got"]]),
        "domestic.false": _share([bool(row["got"]) for row in domestic]),
        "calibration.ece": calibration_error(pair for row in rows for pair in row["calibration"]),
    }
    return Report(
        name="readout_contacts",
        data=str(data or paths[0].parent),
        sha256=digest(*paths),
        items=len(rows),
        figures=figures,
        misses=tuple(f"{r['id']}: {r['fault']}" for r in rows if r["fault"]),
        predictions=tuple({k: v for k, v in r.items() if k not in ("cells", "counts", "calibration")} for r in rows),
    )


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _row(coder: CoderLike, row: Mapping[str, Any], path: Path) -> dict[str, Any]:
    where = str(row.get("id", "?"))
    require(row, ("id", "date", "text", "gold"), path, where)
    document = Document(
        text=row["text"],
        id=row["id"],
        published=day(row["date"], path, where),
        publisher="The White House",
        kind="readout",
    )
    events = coder.code(document).events
    gold, contacts = row["gold"], foreign_contacts(events)
    wanted, got = set(gold["countries"]), {contact.country for contact in contacts}
    cells = [_cell(contact, gold) for contact in contacts if contact.country in wanted]
    faults = [f"missing {', '.join(sorted(wanted - got))}"] if wanted - got else []
    faults += [f"false {', '.join(sorted(got - wanted))}"] if got - wanted else []
    faults += [f"{c['country']}: {c['fault']}" for c in cells if c["fault"]]
    people = [who.actor.name for event in events if event.type == "CONSULT" for who in event.actors + event.recipients]
    return {
        "id": row["id"],
        "wanted": sorted(wanted),
        "got": sorted(got),
        "confidence": min((contact.confidence for contact in contacts), default=None),
        "fault": "; ".join(faults),
        "mode_wanted": gold.get("mode"),
        "mode_got": sorted({contact.mode or "" for contact in contacts}),
        "persons_got": [name for contact in contacts for name in contact.persons],
        "principals": all(any(same_person(name, p) for p in people) for name in gold.get("us_principals", ())),
        "cells": cells,
        "counts": Counts(len(wanted & got), len(got), len(wanted)),
        "calibration": [(contact.confidence, contact.country in wanted) for contact in contacts],
    }


def _cell(contact: Contact, gold: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the counterparts of one country (those the gold names) and the mode are right."""
    names = [c["name"] for c in gold.get("counterparts", ()) if c["country_iso3"] == contact.country and c["name"]]
    person = all(any(same_person(name, have) for have in contact.persons) for name in names)
    mode = is_mode(gold.get("mode", "unknown"), contact.mode)
    fault = "" if person else f"wanted {', '.join(names)}, coded {', '.join(contact.persons) or 'nobody'}"
    if not mode:
        fault += f"{'; ' if fault else ''}mode {gold['mode']}, coded {contact.mode}"
    return {"country": contact.country, "person": person, "mode": mode, "fault": fault}


def is_mode(wanted: str, got: str | None) -> bool:
    """Whether a PLOVER mode of CONSULT is the gold's: PLOVER's `phone` covers every remote medium."""
    if wanted in ("phone", "virtual"):
        return got == "phone"
    if wanted == "visit":
        return got == "visit"
    return wanted == "unknown" or got != "phone"


def foreign_contacts(events: Sequence[Event]) -> list[Contact]:
    """The foreign governments in CONSULT events that took place and in which the United States took part."""
    found: dict[str, Contact] = {}
    for event in sorted(events, key=lambda e: e.trigger.start):
        people = [who.actor for who in event.actors + event.recipients]
        if event.type != "CONSULT" or event.status not in DONE or HOME not in {a.country for a in people}:
            continue
        for actor in people:
            if actor.country in (None, HOME):
                continue
            old = found.get(actor.country, Contact(actor.country, (), event.mode, event.confidence))
            names = (actor.name,) if actor.id.startswith("person:") and actor.name not in old.persons else ()
            found[actor.country] = Contact(
                actor.country, old.persons + names, old.mode, max(old.confidence, event.confidence)
            )
    return list(found.values())

"""`detente evaluate contacts`: who met whom, through which channel and how, against a marked set of documents.

The data is a file of marked contacts; the documents lie beside its folder (`documents.jsonl`). Contacts are made of the
episodes of the dyad that most documents are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from detente.errors import InputError
from detente.evaluation.data import day, digest, examples, read_json, require
from detente.evaluation.filed import file_documents
from detente.evaluation.matching import best_pairs, same_person
from detente.evaluation.measures import Counts
from detente.evaluation.report import CoderLike, Report
from detente.ledger.contacts import build_contacts
from detente.ledger.episodes import build_episodes
from detente.lexicon.channels import level_of
from detente.relations import Contact, Dyad

_FIELDS: Final = (
    "id",
    "participants",
    "channel",
    "also_channel",
    "mode",
    "also_mode",
    "dates",
    "documents",
    "optional",
)
# Who received whom is told from the first side's end in the gold; for a dyad it is a visit either way.
_RECEIVED: Final = frozenset({"visit", "hosted"})
_SLACK: Final = timedelta(days=1)
Gold = Mapping[str, Any]


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score the contacts found in a set of documents.

    A contact is a marked one when a document of it tells both, their days overlap give or take one (a mark without
    days: any), and on neither side it names other persons than the mark; one to one, the best first. Figures:
    `contact.*` (precision, recall, F1; marks that are optional, or of other dyads, count for neither), and of those
    found the shares with everybody who is marked (`persons`) and with the right `channel`, `mode`, `days` (both ends
    exact) and `place` (country), and `told_in` (recall of documents).

    Raises:
        InputError: the data or its documents are missing or not in their format.
    """
    path = data or examples() / "us-china-2023" / "gold" / "contacts.json"
    corpus = path.parent.parent / "documents.jsonl"
    filed = file_documents(coder, corpus)
    dyad = filed.dyad
    contacts = build_contacts(dyad, build_episodes(dyad, filed.of(dyad)), filed.sources)
    gold = [row for row in _rows(path) if {p["country"] for p in row["participants"]} >= set(dyad)]
    spans = [_days(row, path) for row in gold]
    scores = [[_score(dyad, row, days, c) for c in contacts] for row, days in zip(gold, spans, strict=True)]
    found = {row: contacts[n] for row, n in best_pairs(scores)} if gold and contacts else {}
    wanted = [row for row in range(len(gold)) if not gold[row]["optional"]]
    spare = {contact.id for row, contact in found.items() if gold[row]["optional"]}
    given = [contact for contact in contacts if contact.id not in spare]
    right = [(gold[row], spans[row], found[row]) for row in wanted if row in found]
    missed = [gold[row] for row in wanted if row not in found]
    matched = {contact.id for contact in found.values()}
    return Report(
        name="contacts",
        data=str(path),
        sha256=digest(path, corpus),
        items=len(wanted),
        figures={
            **Counts(len(right), len(given), len(wanted)).figures("contact"),
            "persons": _share(_has_everybody(row, c) for row, _, c in right),
            "channel": _share(_accepts(row, "channel", level_of(c.channel)) for row, _, c in right),
            "mode": _share(_is_mode(row, c.mode) for row, _, c in right),
            "days": _share(days == (c.start, c.end) for _, days, c in right if days is not None),
            "place": _share(_is_place(row, c) for row, _, c in right if row.get("place")),
            "told_in": _share(doc in c.documents for row, _, c in right for doc in row["documents"]),
            "contacts.given": len(given),
        },
        misses=(
            *(f"missing {row['id']} ({', '.join(row['documents'])})" for row in missed),
            *(f"not marked: {_shown(c)}" for c in given if c.id not in matched),
            *(
                f"{row['id']}: {row['channel']}, {row['mode']}, {row['dates']}; coded: {_shown(c)}"
                for row, days, c in right
                if not _accepts(row, "channel", level_of(c.channel))
                or not _is_mode(row, c.mode)
                or days not in (None, (c.start, c.end))
            ),
        ),
        note=f"dyad {'-'.join(dyad)}",
    )


def _rows(path: Path) -> list[Gold]:
    rows = read_json(path)
    if not isinstance(rows, list):
        raise InputError(str(path), "not a list of marked contacts")
    for number, row in enumerate(rows, 1):
        require(row, _FIELDS, path, f"row {number}")
    return rows


def _days(row: Gold, path: Path) -> tuple[date, date] | None:
    dates = row["dates"]
    return (day(dates[0], path, row["id"]), day(dates[1], path, row["id"])) if dates else None


def _score(dyad: Dyad, row: Gold, days: tuple[date, date] | None, contact: Contact) -> float:
    """0 unless it may be the one; more for persons and for exact days."""
    named = 0
    for country in dyad:
        wanted = [p["person"] for p in row["participants"] if p["country"] == country and p["person"]]
        have = [a.name for a in contact.participants if a.country == country and a.id.startswith("person:")]
        hits = sum(any(same_person(person, name) for name in have) for person in wanted)
        if wanted and have and not hits:
            return 0.0
        named += hits
    if days is None or contact.start is None or contact.end is None:
        near = days is None
    else:
        near = days[0] - _SLACK <= contact.end and contact.start <= days[1] + _SLACK
    if not near or not set(row["documents"]) & set(contact.documents):
        return 0.0
    return 1.0 + named + 0.5 * (days == (contact.start, contact.end))


def _has_everybody(row: Gold, contact: Contact) -> bool:
    names = [actor.name for actor in contact.participants]
    wanted = [p["person"] for p in row["participants"] if p["person"]]
    return all(any(same_person(person, name) for name in names) for person in wanted)


def _accepts(row: Gold, field: str, value: str) -> bool:
    return row[field] is None or value == row[field] or value in row[f"also_{field}"]


def _is_mode(row: Gold, mode: str) -> bool:
    accepted = {row["mode"], *row["also_mode"]}
    return row["mode"] is None or mode in accepted or (mode in _RECEIVED and bool(accepted & _RECEIVED))


def _is_place(row: Gold, contact: Contact) -> bool:
    return contact.place is not None and contact.place.country == row["place"]["country"]


def _share(answers: Iterable[bool]) -> float:
    told: Sequence[bool] = list(answers)
    return sum(told) / len(told) if told else 0.0


def _shown(contact: Contact) -> str:
    who = ", ".join(actor.name for actor in contact.participants)
    told = ", ".join(contact.documents)
    where = contact.place.name if contact.place else "no place"
    return f"{contact.start} to {contact.end}, {contact.channel}, {contact.mode}, {where}: {who} ({told})"

"""Coding the ledger's documents anew after an upgrade, and what that changes. The old records stay beside the new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from detente.ledger import lookups
from detente.ledger.add import BATCH, CoderLike, make_filings
from detente.ledger.corrections import reapply
from detente.ledger.database import reading, writing
from detente.ledger.filing import refile

# Fields whose change is told; ids and versions always change.
_TOLD: Final = ("type", "mode", "status", "date", "actors", "recipients", "place", "speaker", "side", "issues", "tone")


@dataclass(frozen=True, slots=True)
class Change:
    """A record that the new coder has `added`, `removed` or `changed`. `words` is its evidence; `fields` maps what
    changed to the old and the new value."""

    document: str
    what: str
    record: str
    words: str
    fields: tuple[tuple[str, str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def recode(path: Path, coder: CoderLike, *, batch: int = BATCH) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Code every document that this coder has not coded, and give its id and what changed, in the order of filing.

    Can be stopped and begun again. The caller holds `sole_writer`.

    Raises:
        LedgerError: there is no ledger, or it cannot be opened.
    """
    with writing(path):  # Brings the schema up to date.
        pass
    with reading(path) as connection:
        waiting = lookups.documents(connection, coder.name)
    for at in range(0, len(waiting), batch):
        some = waiting[at : at + batch]
        with reading(path) as connection:
            found = [lookups.document(connection, id) for id in some]
            originals = lookups.texts(connection, {of for _, of in found if of})
        documents, reprinted = [document for document, _ in found], [original for _, original in found]
        filings = make_filings(documents, reprinted, coder.code_many(documents), coder.name, originals, {})
        with writing(path) as connection:
            before = {id: _before(connection, id) for id in some}
            refile(connection, filings)
            reapply(connection, some)
            after = {id: lookups.records_of(connection, id, coder.name) for id in some}
        for id in some:
            yield id, tuple(changes(id, before[id], after[id]))


def _before(connection: duckdb.DuckDBPyConnection, document: str) -> Mapping[str, dict[str, Any]]:
    coder = lookups.current_coder(connection, document)
    return lookups.records_of(connection, document, coder) if coder else {}


def changes(
    document: str, before: Mapping[str, dict[str, Any]], after: Mapping[str, dict[str, Any]]
) -> Iterator[Change]:
    """What changed between two codings of a document. Records are the same if they are of one kind and have one
    trigger (events) or one content (statements)."""
    old, new = {_key(r): r for r in before.values()}, {_key(r): r for r in after.values()}
    for key in sorted({*old, *new}):
        if key not in new:
            yield Change(document, "removed", old[key]["id"], _words(old[key]))
        elif key not in old:
            yield Change(document, "added", new[key]["id"], _words(new[key]))
        elif fields := tuple(_differences(old[key], new[key])):
            yield Change(document, "changed", new[key]["id"], _words(new[key]), fields)


def _key(record: Mapping[str, Any]) -> tuple[int, int, str, str]:
    span = record["trigger"] if record["record"] == "event" else record["content"]
    who = record.get("speaker") or {}
    return span["start"], span["end"], record["record"], who.get("id") or ""


def _words(record: Mapping[str, Any]) -> str:
    return str((record["evidence"] if record["record"] == "event" else record["content"])["text"])


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in _TOLD:
        was, now = _shown(old.get(name)), _shown(new.get(name))
        if was != now:
            yield name, was, now


def _shown(value: Any) -> str:
    """A value in few words: of people and places the names, of days the range."""
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return str(value["name"]) if "name" in value else f"{value['start']} – {value['end']}"
    return "–" if value is None else str(value)

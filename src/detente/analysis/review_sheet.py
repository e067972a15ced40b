"""A record laid out for somebody who judges it: its words, each field with what may stand there, and what that means.

sheet_of(event, source, text, typed, known) -> Sheet
fields_of(typed) -> tuple[SheetField, ...]       the form alone
notes_of(reviews) -> tuple[Note, ...]            what was said of a record, for a reader
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from detente.analysis.proof import Excerpt, excerpt, what_of
from detente.ledger.reviews import FIELDS, LABELS, name_of
from detente.ontology import load_ontology
from detente.ontology.definitions import FIELD, STATUS
from detente.ontology.tables import FUTURE_IS_AGREE
from detente.records import STATUSES, Event, Participant
from detente.relations import Source

# Characters of the document shown before and after the record; the page of the document has all.
_AROUND: Final = 500
_LINES: Final = {"actors": 2, "recipients": 2}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen; `group` is the type to which a mode belongs, else ""; `chosen`: it stands there."""

    value: str
    about: str
    group: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field of the form. `value` is what stands in it, `about` what the field means, `meaning` what the value does;
    `choices` are all values, () if it is written freely, on so many `lines`."""

    name: str
    label: str
    value: str
    about: str
    meaning: str
    choices: tuple[Choice, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record to be judged: `what` says it in a line, `names` are the parties of all records of its document."""

    id: str
    what: str
    document: str
    coder: str
    confidence: float
    excerpt: Excerpt
    fields: tuple[SheetField, ...]
    names: tuple[str, ...]


def sheet_of(
    event: Event, source: Source, text: str, typed: Mapping[str, str], known: Iterable[Participant] = ()
) -> Sheet:
    """The record as coded, with what stands in the form."""
    return Sheet(
        id=event.id,
        what=what_of(event),
        document=event.document,
        coder=event.coder,
        confidence=event.confidence,
        excerpt=excerpt(event, source, text, _AROUND),
        fields=fields_of(typed),
        names=tuple(sorted({name_of(who) for who in known})),
    )


def fields_of(typed: Mapping[str, str]) -> tuple[SheetField, ...]:
    """The form with these values."""
    return tuple(_field(name, typed) for name in FIELDS)


def _field(name: str, typed: Mapping[str, str]) -> SheetField:
    value, choices = typed.get(name, ""), _choices(name, typed)
    meaning = next((one.about for one in choices if one.chosen), "")
    return SheetField(name, LABELS.get(name, name), value, FIELD[name], meaning, choices, _LINES.get(name, 1))


def _choices(name: str, typed: Mapping[str, str]) -> tuple[Choice, ...]:
    ontology, value = load_ontology(), typed.get(name, "")
    if name == "type":
        return tuple(Choice(one.name, one.definition, "", one.name == value) for one in ontology.types.values())
    if name == "mode":
        # "Will visit" is AGREE and keeps the mode of what is to come.
        kinds = (typed.get("type", ""), *sorted(FUTURE_IS_AGREE))
        chosen = next((key for kind in kinds if (key := (kind, value)) in ontology.modes), None)
        return tuple(Choice(one.name, one.definition, one.type, key == chosen) for key, one in ontology.modes.items())
    if name == "status":
        # The emphasis of the codebook's page.
        return tuple(Choice(one, STATUS[one].replace("*", ""), "", one == value) for one in STATUSES)
    return ()

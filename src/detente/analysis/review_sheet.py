"""A record laid out for somebody who judges it: its words, each field with what may stand there, and what that means.

sheet_of(record, source, text, typed, known) -> Sheet
fields_of(kind, typed) -> tuple[SheetField, ...]       the form alone
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from detente.analysis.proof import Excerpt, excerpt, what_of
from detente.ledger.review_values import FIELDS, LABELS, Record, kind_of, name_of
from detente.lexicon.issues import issue_names
from detente.ontology import load_ontology
from detente.ontology.definitions import FIELD, FORM, SAID, STATUS, TONE
from detente.ontology.tables import FUTURE_IS_AGREE
from detente.records import FORMS, STATUSES, Participant
from detente.relations import Source

# Characters of the document shown before and after the record; the page of the document has all.
_AROUND: Final = 500
_LINES: Final = {"actors": 2, "recipients": 2, "issues": 2}
_ABOUT: Final = FIELD | SAID
# The value of a field on a row of its own, with what it means.
_VALUES: Final = {
    "status": (STATUSES, STATUS),
    "form": (FORMS, FORM),
    "tone": (tuple(TONE), TONE),
}


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
    `choices` are all values that may be chosen, () if it is written freely, on so many `lines`; `known` are values that
    may be written, () if these are too many to tell."""

    name: str
    label: str
    value: str
    about: str
    meaning: str
    choices: tuple[Choice, ...]
    lines: int
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record of a kind (`review_values.KINDS`) to be judged: `what` says it in a line, `names` are the parties of all
    records of its document."""

    id: str
    kind: str
    what: str
    document: str
    coder: str
    confidence: float
    excerpt: Excerpt
    fields: tuple[SheetField, ...]
    names: tuple[str, ...]


def sheet_of(
    record: Record, source: Source, text: str, typed: Mapping[str, str], known: Iterable[Participant] = ()
) -> Sheet:
    """The record as coded, with what stands in the form."""
    return Sheet(
        id=record.id,
        kind=kind_of(record),
        what=what_of(record),
        document=record.document,
        coder=record.coder,
        confidence=record.confidence,
        excerpt=excerpt(record, source, text, _AROUND),
        fields=fields_of(kind_of(record), typed),
        names=tuple(sorted({name_of(who) for who in known})),
    )


def fields_of(kind: str, typed: Mapping[str, str]) -> tuple[SheetField, ...]:
    """The form of a kind of record with these values."""
    return tuple(_field(name, typed) for name in FIELDS[kind])


def _field(name: str, typed: Mapping[str, str]) -> SheetField:
    value, choices = typed.get(name, ""), _choices(name, typed)
    meaning = next((one.about for one in choices if one.chosen), "")
    known = issue_names() if name == "issues" else ()
    label, lines = LABELS.get(name, name), _LINES.get(name, 1)
    return SheetField(name, label, value, _ABOUT[name], meaning, choices, lines, known)


def _choices(name: str, typed: Mapping[str, str]) -> tuple[Choice, ...]:
    ontology, value = load_ontology(), typed.get(name, "")
    if name == "type":
        return tuple(Choice(one.name, one.definition, "", one.name == value) for one in ontology.types.values())
    if name == "mode":
        # "Will visit" is AGREE and keeps the mode of what is to come.
        kinds = (typed.get("type", ""), *sorted(FUTURE_IS_AGREE))
        chosen = next((key for kind in kinds if (key := (kind, value)) in ontology.modes), None)
        return tuple(Choice(one.name, one.definition, one.type, key == chosen) for key, one in ontology.modes.items())
    values, about = _VALUES.get(name, ((), {}))
    # Without the emphasis of the codebook's page.
    return tuple(Choice(one, about[one].replace("*", ""), "", one == value) for one in values)

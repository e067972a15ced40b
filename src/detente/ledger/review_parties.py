"""Who stands in a record, as a reviewer types it.

    setting_of(document, records) -> Setting               what is known around a record
    people(field, text, record, setting) -> participants   OptionError in one line

Parties stand one to a line: somebody named in the document as the form shows him, a country, a person or body of the
lexicon, or anybody else with his country and PLOVER sectors, as in `Jane Doe (NOR, MIL)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.coding.mentions_actor import country_actor, group_actor, holder_actor, organisation_actor, pick_holder
from detente.errors import OptionError
from detente.ledger.review_values import Record, core_of, name_of, people_of
from detente.lexicon import load_lexicon
from detente.lexicon.entries import Country, Group, Organisation
from detente.lexicon.load import slug
from detente.lexicon.naming import parse_country
from detente.ontology import load_ontology
from detente.records import Actor, Document, Event, Participant, Span

_WITH_COUNTRY: Final = re.compile(r"(?P<name>[^()]+?)\s*\((?P<inside>[^()]*)\)")
NOBODY: Final = frozenset({"", "-", "–"})
# Fields in which several may stand.
_SEVERAL: Final = ("actors", "recipients")
# No list of parties, and no name, is longer.
_MOST_PARTIES, _LONGEST = 30, 120


@dataclass(frozen=True, slots=True)
class Setting:
    """The text of the document, its day, and the parties of all its records."""

    text: str
    published: date | None
    known: tuple[Participant, ...]


def setting_of(document: Document, records: Iterable[Record]) -> Setting:
    """What is known around the records of a document."""
    return Setting(document.text, document.published, tuple(who for one in records for who in people_of(one)))


def people(field: str, text: str, record: Record, setting: Setting) -> tuple[Participant, ...]:
    """Those whose names stand in the text.

    Raises:
        OptionError: nobody is known under a name, or there are more than can be.
    """
    names = [line for line in text.splitlines() if line not in NOBODY]
    if len(names) > (_MOST_PARTIES if field in _SEVERAL else 1):
        most = f"at most {_MOST_PARTIES}" if field in _SEVERAL else "one"
        raise OptionError(f"{field}: {len(names)} names, where there can be {most}")
    found = {who.actor.id: who for who in (_participant(field, name, record, setting) for name in names)}
    return tuple(found.values())


def _participant(field: str, name: str, record: Record, setting: Setting) -> Participant:
    expect_short(field, name)
    near = core_of(record).start
    named = [who for who in setting.known if name.casefold() in (name_of(who).casefold(), who.actor.name.casefold())]
    if named:
        return min(named, key=lambda who: abs(who.span.start - near))
    actor = _actor(field, name, setting.published)
    same = [who for who in setting.known if who.actor.id == actor.id]
    if same:
        return min(same, key=lambda who: abs(who.span.start - near))
    return Participant(actor, _span(actor, name, record, setting.text))


def _actor(field: str, name: str, day: date | None) -> Actor:
    """Who is called so: a country, a person, a body, or a stranger of whom the country is given."""
    lexicon = load_lexicon()
    given = _WITH_COUNTRY.fullmatch(name)
    bare, inside = (given["name"], given["inside"]) if given else (name, "")
    country, sectors = _country_and_sectors(field, inside)
    state = lexicon.country(bare) or lexicon.country(bare.upper()) or lexicon.country(bare.title())
    if state is not None and country in (None, state.iso3):
        return country_actor(state)
    holder = pick_holder(lexicon.person(bare, day), day, country, None, None)
    if holder is not None and not sectors:
        return holder_actor(holder, day)
    for entry in lexicon.phrases.forms(bare):
        if isinstance(entry.payload, Organisation):
            return organisation_actor(entry.payload)
        if isinstance(entry.payload, Group) and country in (None, entry.payload.country):
            return group_actor(entry.payload)
    if not given:
        raise OptionError(f"{field}: nobody is known as {name!r}; add the country, as in {name} (NOR), or (-) for none")
    return Actor(f"person:{slug(bare)}", bare, country, sectors, role="party")


def _country_and_sectors(field: str, inside: str) -> tuple[str | None, tuple[str, ...]]:
    """What stands in brackets behind a name: a country, then PLOVER sectors."""
    country, *rest = [part.strip() for part in inside.split(",")]
    known = load_ontology().sectors
    codes = tuple(code.upper() for code in rest)
    for code in codes:
        if code not in known:
            raise OptionError(f"{field}: {code!r} is no sector of PLOVER ({', '.join(known)})")
    return (None if country in NOBODY else parse_country(country)), codes


def _span(actor: Actor, name: str, record: Record, text: str) -> Span:
    """Where the text names him, in the evidence rather than elsewhere; where it does not, the evidence itself."""
    evidence, near = record.evidence if isinstance(record, Event) else record.content, core_of(record).start
    forms = [re.escape(form) for form in _forms(actor, name)]
    pattern = re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
    spots = [hit.span() for hit in pattern.finditer(text)]
    if not spots:
        return evidence
    first, last = evidence.start, evidence.end
    start, end = min(spots, key=lambda spot: (not first <= spot[0] < last, abs(spot[0] - near)))
    return Span(record.document, start, end, text[start:end])


def _forms(actor: Actor, name: str) -> Iterator[str]:
    yield actor.name
    given = _WITH_COUNTRY.fullmatch(name)
    yield given["name"] if given else name
    if actor.id.startswith("person:"):
        yield actor.name.split()[-1]
    country: Country | None = load_lexicon().countries.get(actor.id)
    if country is not None:
        yield from (form.removeprefix("?") for form in (*country.adjectives, *country.capitals))


def expect_short(field: str, text: str) -> None:
    """A name is no longer than a name.

    Raises:
        OptionError: it is.
    """
    if len(text) > _LONGEST or not text.isprintable():
        raise OptionError(f"{field}: a name has at most {_LONGEST} letters that can be printed")

"""What a reviewer has typed, checked and made into the record as judged.

    typed_of(event) -> {field: text}                 the record as it stands in the form
    judged(event, typed, setting) -> Event           the record with what was typed; OptionError in one line
    setting_of(document, events) -> Setting          what is known around it: the text, its day, who is named in it

Parties stand one to a line (or between semicolons): somebody named in the document as the form shows him, a country, a
person or body of the lexicon, or anybody else with his country and PLOVER sectors, as in `Jane Doe (NOR, MIL)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from detente.coding.mentions_actor import country_actor, group_actor, holder_actor, organisation_actor, pick_holder
from detente.errors import OptionError
from detente.ledger.reviews import FIELDS, name_of, retyped, values_of
from detente.lexicon import load_lexicon
from detente.lexicon.entries import Country, Group, Organisation
from detente.lexicon.load import slug
from detente.lexicon.naming import parse_country
from detente.lexicon.places import load_gazetteer
from detente.ontology import load_ontology
from detente.ontology.tables import FUTURE_IS_AGREE
from detente.records import STATUSES, Actor, DateRange, Document, Event, Participant, Place, Span

_WITH_COUNTRY: Final = re.compile(r"(?P<name>[^()]+?)\s*\((?P<inside>[^()]*)\)")
_NOBODY: Final = frozenset({"", "-", "–"})
# No list of parties, and no name, is longer.
_MOST_PARTIES, _LONGEST = 30, 120
_YEARS: Final = range(1500, 3000)


@dataclass(frozen=True, slots=True)
class Setting:
    """The text of the document, its day, and the parties of all its records."""

    text: str
    published: date | None
    known: tuple[Participant, ...]


def setting_of(document: Document, events: Iterable[Event]) -> Setting:
    """What is known around the records of a document."""
    people = (who for event in events for who in (*event.actors, *event.recipients, event.said_by) if who is not None)
    return Setting(document.text, document.published, tuple(people))


def typed_of(event: Event) -> dict[str, str]:
    """The record as it stands in the form before anything is typed."""
    typed = {name: value or "" for name, value in values_of(event).items()}
    for side, people in (("actors", event.actors), ("recipients", event.recipients)):
        typed[side] = "\n".join(dict.fromkeys(name_of(who) for who in people))
    typed["said_by"] = name_of(event.said_by) if event.said_by else ""
    return typed


def judged(event: Event, typed: Mapping[str, str], setting: Setting) -> Event:
    """The record with the values typed; a field that is not typed, or typed as it stands, stays as coded.

    Raises:
        OptionError: a value is not allowed, or nobody is known under a name.
    """
    before = typed_of(event)
    unknown = sorted(typed.keys() - set(FIELDS))
    if unknown:
        raise OptionError(f"{unknown[0]!r} is no field that can be corrected ({', '.join(FIELDS)})")
    now = {name: _plain(typed.get(name, before[name])) for name in FIELDS}
    new = {name for name in FIELDS if now[name] != _plain(before[name])}
    kind, mode = _type(now["type"]), now["mode"] or None
    if "type" in new and "mode" not in new and mode not in _modes(kind):
        mode = None  # The mode of the type that was wrong.
    if mode is not None and mode not in _modes(kind):
        raise OptionError(f"mode {mode!r}: {kind} has {_listed(_modes(kind), 'modes')}")
    if now["status"] not in STATUSES:
        raise OptionError(f"status {now['status']!r} is not known ({', '.join(STATUSES)})")
    made = replace(event, status=now["status"])
    if "actors" in new:
        made = replace(made, actors=_people("actors", now["actors"], event, setting))
    if "recipients" in new:
        made = replace(made, recipients=_people("recipients", now["recipients"], event, setting))
    if not made.actors and not made.recipients:
        raise OptionError("actors: somebody must take part; reject the record if nobody does")
    if new & {"actors", "recipients"}:
        many = len({who.actor.id for who in made.actors}) > 1
        made = replace(made, reciprocal=not made.recipients and many)
    if "said_by" in new:
        said = _people("said_by", now["said_by"], event, setting)
        made = replace(made, said_by=said[0] if said else None)
    if new & {"start", "end"}:
        made = replace(made, date=_days(now["start"], now["end"]))
    if new & {"place", "country"}:
        made = replace(made, place=_place(now["place"], now["country"], "country" in new))
    return retyped(made, kind, mode)


def _plain(text: str) -> str:
    """Without needless white space; lines stay."""
    lines = (" ".join(line.split()) for line in text.replace(";", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def _type(text: str) -> str:
    types = load_ontology().types
    if text.upper() not in types:
        raise OptionError(f"type {text!r} is not known ({', '.join(types)})")
    return text.upper()


def _modes(kind: str) -> list[str]:
    """The modes that a type may have: AGREE keeps that of what is still to come ("will visit")."""
    types = {kind, *FUTURE_IS_AGREE} if kind == "AGREE" else {kind}
    return [mode for of, mode in load_ontology().modes if of in types]


def _listed(names: list[str], what: str) -> str:
    return ", ".join(names) or f"no {what}"


def _days(start: str, end: str) -> DateRange | None:
    first, last = _day("start", start), _day("end", end)
    if first and last and last < first:
        raise OptionError(f"end {last} is before start {first}")
    return DateRange(first, last, "explicit") if first or last else None


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if len(text) == len("2023-06-19") else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise OptionError(f"{name} {text!r} is no day (YYYY-MM-DD)")
    return found


def _place(name: str, country: str, given: bool) -> Place | None:
    """The place of that name: the largest, in the country if given. One that the gazetteer lacks has no position."""
    iso = parse_country(country) if country else None
    if not name:
        if given and iso:
            raise OptionError(f"place: name the place in {iso} (the country itself, if nothing nearer is said)")
        return None
    _short("place", name)
    gazetteer = load_gazetteer()
    rows = [(row, other) for row, other in gazetteer.find(name) if iso in (None, gazetteer.country_of(row))]
    if not rows and not given and iso is not None:
        # The country is that of the place that was wrong.
        return _place(name, "", True)
    if not rows:
        return Place(name, iso)
    best = max(rows, key=lambda pair: (not pair[1], int(gazetteer.people[pair[0]])))[0]
    return gazetteer.place(best)


def _people(field: str, text: str, event: Event, setting: Setting) -> tuple[Participant, ...]:
    names = [line for line in text.splitlines() if line not in _NOBODY]
    if len(names) > (1 if field == "said_by" else _MOST_PARTIES):
        most = "one" if field == "said_by" else f"at most {_MOST_PARTIES}"
        raise OptionError(f"{field}: {len(names)} names, where there can be {most}")
    found = {who.actor.id: who for who in (_participant(field, name, event, setting) for name in names)}
    return tuple(found.values())


def _participant(field: str, name: str, event: Event, setting: Setting) -> Participant:
    _short(field, name)
    named = [who for who in setting.known if name.casefold() in (name_of(who).casefold(), who.actor.name.casefold())]
    if named:
        return min(named, key=lambda who: abs(who.span.start - event.trigger.start))
    actor = _actor(field, name, setting.published)
    same = [who for who in setting.known if who.actor.id == actor.id]
    if same:
        return min(same, key=lambda who: abs(who.span.start - event.trigger.start))
    return Participant(actor, _span(actor, name, event, setting.text))


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
    return (None if country in _NOBODY else parse_country(country)), codes


def _span(actor: Actor, name: str, event: Event, text: str) -> Span:
    """Where the text names him, in the evidence rather than elsewhere; where it does not, the evidence itself."""
    forms = [re.escape(form) for form in _forms(actor, name)]
    pattern = re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
    spots = [hit.span() for hit in pattern.finditer(text)]
    if not spots:
        return event.evidence
    first, last = event.evidence.start, event.evidence.end
    start, end = min(spots, key=lambda spot: (not first <= spot[0] < last, abs(spot[0] - event.trigger.start)))
    return Span(event.document, start, end, text[start:end])


def _forms(actor: Actor, name: str) -> Iterator[str]:
    yield actor.name
    given = _WITH_COUNTRY.fullmatch(name)
    yield given["name"] if given else name
    if actor.id.startswith("person:"):
        yield actor.name.split()[-1]
    country: Country | None = load_lexicon().countries.get(actor.id)
    if country is not None:
        yield from (form.removeprefix("?") for form in (*country.adjectives, *country.capitals))


def _short(field: str, text: str) -> None:
    if len(text) > _LONGEST or not text.isprintable():
        raise OptionError(f"{field}: a name has at most {_LONGEST} letters that can be printed")

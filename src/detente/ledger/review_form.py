"""What a reviewer has typed, checked and made into the record as judged.

    typed_of(record) -> {field: text}                 the record as it stands in the form
    judged(record, typed, setting) -> Record          the record with what was typed; OptionError in one line

How parties are typed says `review_parties`. Several parties or issues stand one to a line, or between semicolons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from detente.coding.speakers import side_of
from detente.errors import OptionError
from detente.ledger.review_parties import NOBODY, Setting, expect_short, people
from detente.ledger.review_values import FIELDS, TONES, Record, kind_of, name_of, retyped, tone_of, values_of
from detente.lexicon.issues import issue_names
from detente.lexicon.naming import parse_country
from detente.lexicon.places import load_gazetteer
from detente.ontology import load_ontology
from detente.ontology.tables import FUTURE_IS_AGREE
from detente.records import FORMS, STATUSES, DateRange, Event, Participant, Place, Statement

_YEARS: Final = range(1500, 3000)


def typed_of(record: Record) -> dict[str, str]:
    """The record as it stands in the form before anything is typed."""
    typed = {name: value or "" for name, value in values_of(record).items()}
    if isinstance(record, Statement):
        single = {"speaker": record.speaker, "addressee": record.addressee}
        typed["issues"] = "\n".join(record.issues)
    else:
        single = {"said_by": record.said_by}
        for side, parties in (("actors", record.actors), ("recipients", record.recipients)):
            typed[side] = "\n".join(dict.fromkeys(name_of(who) for who in parties))
    return typed | {name: name_of(who) if who else "" for name, who in single.items()}


def judged(record: Record, typed: Mapping[str, str], setting: Setting) -> Record:
    """The record with the values typed; a field that is not typed, or typed as it stands, stays as coded.

    Raises:
        OptionError: a value is not allowed, or nobody is known under a name.
    """
    fields, before = FIELDS[kind_of(record)], typed_of(record)
    unknown = sorted(typed.keys() - set(fields))
    if unknown:
        raise OptionError(f"{unknown[0]!r} is no field that can be corrected ({', '.join(fields)})")
    now = {name: _plain(typed.get(name, before[name])) for name in fields}
    new = {name for name in fields if now[name] != _plain(before[name])}
    if isinstance(record, Statement):
        return _statement(record, now, new, setting)
    return _event(record, now, new, setting)


def _statement(statement: Statement, now: Mapping[str, str], new: set[str], setting: Setting) -> Statement:
    made = statement
    for name, allowed in (("form", FORMS), ("tone", tuple(TONES))):
        if now[name] not in allowed:
            raise OptionError(f"{name} {now[name]!r} is not known ({', '.join(allowed)})")
    if "speaker" in new:
        spoke = (*people("speaker", now["speaker"], statement, setting), None)[0]
        made = replace(made, speaker=spoke)
        # The side was the speaker's who was wrong.
        if "side" not in new and statement.side in (None, _country(statement.speaker)):
            made = replace(made, side=side_of(spoke.actor) if spoke else None)
    if "side" in new:
        made = replace(made, side=None if now["side"] in NOBODY else parse_country(now["side"]))
    if "addressee" in new:
        made = replace(made, addressee=(*people("addressee", now["addressee"], statement, setting), None)[0])
    if "issues" in new:
        made = replace(made, issues=_issues(now["issues"]))
    if now["tone"] != tone_of(statement):
        made = replace(made, tone=TONES[now["tone"]])
    return replace(made, form=now["form"])


def _country(who: Participant | None) -> str | None:
    return who.actor.country if who else None


def _issues(text: str) -> tuple[str, ...]:
    known = {name.casefold(): name for name in issue_names()}
    found = []
    for line in text.splitlines():
        if line.casefold() not in known:
            raise OptionError(f"issues: {line!r} is not known ({', '.join(issue_names())})")
        found.append(known[line.casefold()])
    return tuple(dict.fromkeys(found))


def _event(event: Event, now: Mapping[str, str], new: set[str], setting: Setting) -> Event:
    kind, mode = _type(now["type"]), now["mode"] or None
    if "type" in new and "mode" not in new and mode not in _modes(kind):
        mode = None  # The mode of the type that was wrong.
    if mode is not None and mode not in _modes(kind):
        raise OptionError(f"mode {mode!r}: {kind} has {_listed(_modes(kind), 'modes')}")
    if now["status"] not in STATUSES:
        raise OptionError(f"status {now['status']!r} is not known ({', '.join(STATUSES)})")
    made = replace(event, status=now["status"])
    if "actors" in new:
        made = replace(made, actors=people("actors", now["actors"], event, setting))
    if "recipients" in new:
        made = replace(made, recipients=people("recipients", now["recipients"], event, setting))
    if not made.actors and not made.recipients:
        raise OptionError("actors: somebody must take part; reject the record if nobody does")
    if new & {"actors", "recipients"}:
        many = len({who.actor.id for who in made.actors}) > 1
        made = replace(made, reciprocal=not made.recipients and many)
    if "said_by" in new:
        said = people("said_by", now["said_by"], event, setting)
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
    expect_short("place", name)
    gazetteer = load_gazetteer()
    rows = [(row, other) for row, other in gazetteer.find(name) if iso in (None, gazetteer.country_of(row))]
    if not rows and not given and iso is not None:
        # The country is that of the place that was wrong.
        return _place(name, "", True)
    if not rows:
        return Place(name, iso)
    best = max(rows, key=lambda pair: (not pair[1], int(gazetteer.people[pair[0]])))[0]
    return gazetteer.place(best)

"""How a desk writes: days, names with offices, places, verdicts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from detente.records import LEVELS, Actor, Place
from detente.relations import Contact

_RANK: Final = {level: number for number, level in enumerate(LEVELS)}
_ARTICLED: Final = ("United ", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros", "Seychelles")
_ARTICLED_ENDS: Final = (" Republic", " Islands", " Emirates", " States")
_ISO: Final = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")
_GENERIC: Final = frozenset({"official", "source", "diplomat", "aide", "delegation", "spokesperson", "government"})
KINDS: Final = {
    "AGREE": "agreement",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "easing",
    "REQUEST": "demand",
    "ACCUSE": "accusation",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "show of force",
    "COERCE": "coercion",
    "ASSAULT": "use of force",
    "CONSULT": "consultation",
}
MODES: Final = {
    "visit": "visit",
    "hosted": "visit",
    "third country": "meeting",
    "multilateral margin": "meeting on the margins of a conference",
    "phone": "telephone call",
    "video": "video call",
    "letter": "letter",
    "meeting": "meeting",
}
# Deeds whose mode says more than their type.
DEED_WORDS: Final = {
    ("SANCTION", "expel"): "expulsion",
    ("SANCTION", "convict"): "conviction",
    ("SANCTION", "withdraw"): "withdrawal",
    ("SANCTION", "discontinue"): "sanction or cut",
    ("REJECT", "meet"): "refusal to meet",
    ("COERCE", "arrest"): "arrest",
    ("COERCE", "deport"): "deportation",
    ("COERCE", "seize"): "seizure",
    ("COERCE", "cyber"): "cyber attack",
    ("RETREAT", "release"): "release",
    ("RETREAT", "ceasefire"): "ceasefire",
    ("RETREAT", "withdraw"): "withdrawal of forces",
}
UNDERTAKINGS: Final = {
    "promise": "promise",
    "invitation": "invitation",
    "agreement": "agreement",
    "meeting": "planned meeting",
    "threat": "threat",
}
# How the fate of a commitment is told, and whether that is good news.
STATES: Final = {
    "open": ("open", "open"),
    "kept": ("kept", "good"),
    "lapsed": ("lapsed", "bad"),
    "contradicted": ("contradicted", "bad"),
    "superseded": ("superseded", "dim"),
}


def clean(text: str) -> str:
    """The text in one line, without control characters, which command terminals."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def day(when: date) -> str:
    """19 June 2023."""
    return f"{when.day} {calendar.month_name[when.month]} {when.year}"


def deed(kind: str, mode: str | None) -> str:
    """Expulsion; use of force (aerial)."""
    known = DEED_WORDS.get((kind, mode or ""))
    return known or KINDS[kind] + (f" ({mode.replace('-', ' ')})" if mode else "")


def days(start: date | None, end: date | None) -> str:
    """18–19 June 2023; a whole month or year by its name; "undated" if neither end is known."""
    if start is None or end is None:
        return f"since {day(start)}" if start else f"until {day(end)}" if end else "undated"
    if start == end:
        return day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        first, last = calendar.month_name[start.month], calendar.month_name[end.month]
        if (start.year, start.month) == (end.year, end.month):
            return f"{first} {start.year}"
        return f"{first}–{last} {end.year}" if start.year == end.year else f"{first} {start.year}–{last} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {calendar.month_name[start.month]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def with_desk_dates(text: str) -> str:
    """The text with every 2023-06-19 as 19 June 2023."""
    return _ISO.sub(lambda found: day(date.fromisoformat(found.group())), text)


def country_in_text(name: str) -> str:
    """The name as it stands in a sentence: the United States, China."""
    return f"the {name}" if name.startswith(_ARTICLED) or name.endswith(_ARTICLED_ENDS) else name


def detail(actor: Actor) -> int:
    """How much a mention tells: 3 a person with office or rank, 2 a person, 1 a body, 0 a country or "officials"."""
    if actor.id.startswith("person:"):
        return 3 if actor.office or actor.level else 2
    return 0 if actor.id == actor.country or actor.id.partition(":")[2] in _GENERIC else 1


def rank(actor: Actor) -> int:
    """0 for the highest level."""
    return _RANK.get(actor.level or "", len(LEVELS))


def full_name(actor: Actor) -> str:
    """Antony Blinken (Secretary of State)."""
    known = actor.office is None or actor.office.lower() in actor.name.lower()
    return actor.name if known else f"{actor.name} ({actor.office})"


def possessive(name: str) -> str:
    """China's, the United States'."""
    return name + ("'" if name.endswith("s") else "'s")


def best_named(actors: Iterable[Actor], limit: int = 4) -> tuple[tuple[Actor, ...], int]:
    """Those worth naming, the highest first, and how many more there are. Bare countries only if nobody else is."""
    distinct = list({actor.id: actor for actor in actors}.values())
    most = max((detail(actor) for actor in distinct), default=0)
    persons = [actor for actor in distinct if detail(actor) >= min(most, 2)]
    ordered = sorted(persons, key=lambda actor: (rank(actor), actor.name))
    return tuple(ordered[:limit]), max(0, len(ordered) - limit)


def named(actors: Iterable[Actor], limit: int = 4) -> str:
    """Their full names in one line, with "and n more"."""
    shown, more = best_named(actors, limit)
    rest = [f"{more} more"] if more else []
    return listed([*(full_name(actor) for actor in shown), *rest])


def listed(items: list[str]) -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def where(place: Place | None) -> str:
    """in Beijing, or nothing."""
    return f"in {country_in_text(place.name)}" if place and place.name else ""


def how(contact: Contact) -> str:
    """Visit in Beijing; telephone call."""
    mode = MODES.get(contact.mode, contact.mode)
    apart = contact.mode in ("phone", "video", "letter")
    if contact.mode == "third country" and contact.place is None:
        return "meeting in a third country"
    return mode if apart else f"{mode} {where(contact.place)}".strip()


def counted(number: int, noun: str) -> str:
    """1 contact, 2 contacts, 2 countries."""
    if number == 1:
        return f"1 {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"
    return f"{number} {plural}"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]

"""Making actors: ids, names, sectors, offices and levels as of the document's day."""

from __future__ import annotations

from datetime import date

from detente.lexicon.entries import Agent, Country, Group, Holder, Institution, Office, Organisation
from detente.lexicon.lexicon import Lexicon
from detente.lexicon.load import slug
from detente.records import Actor

_SECTORS = {
    "military": ("MIL",),
    "parliament": ("LEG",),
    "party": ("PTY",),
    "organisation": ("IGO",),
    "defence minister": ("GOV", "MIL"),
}
_KIND_ROLE = {"outlet": "media", "company": "party", "party": "party", "armed group": "party"}


def country_actor(country: Country) -> Actor:
    """A state as actor. PLOVER codes states without further mark as their government."""
    sectors = ("GOV", "PRE") if country.iso3 == "ESH" else ("GOV",)
    return Actor(country.iso3, country.name, country.iso3, sectors, role="party")


def people_actor(country: Country) -> Actor:
    """The people of a state ("Palestinians")."""
    return Actor(f"{country.iso3}:CVL", f"{country.adjective} people", country.iso3, ("CVL",), role="unnamed")


def organisation_actor(body: Organisation) -> Actor:
    role = "observer" if body.kind == "think tank" else "party"
    level = "organisation" if body.kind == "igo" else None
    return Actor(f"org:{body.id}", body.name, None, body.sectors, level=level, role=role)


def group_actor(group: Group) -> Actor:
    level = "party" if group.kind == "party" else None
    return Actor(group.id, group.name, group.country, group.sectors, level=level, role=_KIND_ROLE[group.kind])


def institution_actor(institution: Institution, country: Country | None, org: Organisation | None = None) -> Actor:
    """A ministry, an army, a parliament. Without a country of its own it takes the one named beside it."""
    if country is None and org is not None:
        name = f"{org.name} {institution.body}"
        return Actor(f"org:{org.id}:{institution.body}", name, None, org.sectors, level="organisation", role="party")
    code = country.iso3 if country else None
    if institution.country:
        name = institution.name
    else:
        name = f"{country.adjective if country else ''} {institution.body}".strip()
    return Actor(
        f"{code or 'unknown'}:{institution.body}",
        name,
        code,
        institution.sectors,
        level=institution.level,
        role=institution.role or "party",
    )


def agent_actor(agent: Agent, country: Country | None, org: Organisation | None = None) -> Actor:
    """A kind of person or body without a name: "Chinese officials", "UN peacekeepers", "analysts"."""
    if country is None and org is not None:
        sectors = org.sectors + tuple(code for code in agent.sectors if code not in org.sectors)
        role = "observer" if org.kind == "think tank" else agent.role
        return Actor(
            f"org:{org.id}:{agent.agent}", f"{org.name} {agent.agent}", None, sectors, level=agent.level, role=role
        )
    code = country.iso3 if country else None
    name = f"{country.adjective} {agent.agent}" if country else agent.agent
    part = agent.agent if agent.role in ("observer", "media", "unnamed") else agent.sectors[0]
    prefix = code or {"observer": "observer", "media": "media"}.get(agent.role, "unnamed")
    return Actor(f"{prefix}:{part}", name, code, agent.sectors, level=agent.level, role=agent.role)


def office_actor(office: Office, title: str, country: Country | None, org: Organisation | None = None) -> Actor:
    """Whoever holds an office, when the lexicon does not know who that is."""
    role = "spokesperson" if office.office == "spokesperson" else "party"
    if country is None and org is not None:
        own = office.level in ("organisation", "official", "leader", None) or office.office == "general"
        level = "organisation" if own else office.level
        return Actor(f"org:{org.id}:{office.office}", f"{org.name} {title}", None, org.sectors, title, level, role)
    code = country.iso3 if country else None
    name = f"{country.adjective} {title}" if country else title
    return Actor(f"{code or 'unknown'}:{office.office}", name, code, office.sectors, title, office.level, role)


def holder_actor(holder: Holder, day: date | None, office: Office | None = None) -> Actor:
    """A person of the holders' table. One who holds office no longer, or not yet, keeps the country."""
    person = f"person:{slug(holder.name)}"
    if day is not None and holder.start is not None and day < holder.start:
        return Actor(person, holder.name, holder.country, ("ELI",), None, None, "party")
    if not holder.on(day) and day is not None:
        return Actor(person, holder.name, holder.country, ("ELI",), f"former {holder.title}", None, "party")
    sectors = _SECTORS.get(holder.level, ("GOV",))
    if holder.org:
        sectors = ("IGO",)
    elif office is not None and office.level == holder.level:
        sectors = office.sectors
    role = "spokesperson" if "spokes" in holder.office else "party"
    return Actor(person, holder.name, holder.country, sectors, holder.title, holder.level, role)


def pick_holder(
    rows: tuple[Holder, ...], day: date | None, country: str | None, org: str | None, office: Office | None
) -> Holder | None:
    """The row of a person that fits what stands in the text; None when the text names another country."""
    if country is not None:
        rows = tuple(row for row in rows if row.country == country or row.country is None)
    elif org is not None and any(row.org == org for row in rows):
        rows = tuple(row for row in rows if row.org == org)
    if not rows:
        return None
    if day is None and office is not None:
        fitting = [row for row in rows if row.level == office.level]
        return fitting[0] if fitting else rows[0]
    now = [row for row in rows if row.on(day)] or [max(rows, key=lambda row: row.end.toordinal() if row.end else 0)]
    if office is not None:
        for row in now:
            if row.level == office.level:
                return row
    return now[0]


def find_office_holder(
    lexicon: Lexicon, office: Office, country: str | None, org: str | None, day: date | None
) -> Holder | None:
    """Who holds the office on the day, if the lexicon knows exactly one such person."""
    if office.office in ("minister", "deputy minister", "envoy", "ambassador", "general", "lawmaker", "spokesperson"):
        return None
    if org is None and country is None:
        return None
    place = country or f"org:{org}"
    if org is not None and country is None:
        found = lexicon.holders_on(place, "secretary-general", day)
    else:
        found = lexicon.holders_on(place, office, day)
    exact = tuple(holder for holder in found if holder.office == office.office)
    if len({holder.name for holder in found}) > 1 and exact:
        found = exact
    names = {holder.name for holder in found}
    if len(names) == 1 or (found and office.office == "leader"):
        return found[0]
    return None

"""The actor behind a person's name: from the holders' table, or from the words around the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from detente.coding.mentions_actor import holder_actor, pick_holder
from detente.coding.mentions_phrase import Phrase
from detente.lexicon.entries import Agent, Holder, Office, Organisation
from detente.lexicon.load import slug
from detente.records import Actor


def person_actor(name: str, rows: tuple[Holder, ...], phrase: Phrase, day: date | None) -> tuple[Actor, str | None]:
    """The actor behind a name and its gender, from the lexicon and from the words around the name."""
    tanks = [org for org in phrase.orgs if org.kind == "think tank"]
    org = phrase.orgs[0] if phrase.orgs and not tanks else None
    office, agent = phrase.office, (phrase.agents[0] if phrase.agents else None)
    country = phrase.countries[0] if phrase.countries else None
    holder = pick_holder(
        rows, day, country or phrase.country, org.id if org else None, None if phrase.former else office
    )
    gender = phrase.gender
    if holder is not None:
        actor = holder_actor(holder, day, office)
        gender = holder.gender or gender
        title = phrase.offices[0][1] if phrase.offices else ""
        stale = actor.level is None and office is not None and not phrase.former
        if stale and office is not None:
            actor = replace(actor, sectors=office.sectors, office=_capital(title), level=office.level)
        return actor, gender
    return _stranger(name, phrase, office, agent, org, tanks), gender


def _stranger(
    name: str,
    phrase: Phrase,
    office: Office | None,
    agent: Agent | None,
    org: Organisation | None,
    tanks: list[Organisation],
) -> Actor:
    """A person of whom only the text tells."""
    identity, country = f"person:{slug(name)}", phrase.country
    if tanks:
        return Actor(identity, name, None, ("EDU",), role="observer")
    if phrase.former and (office or agent):
        title = phrase.offices[0][1] if phrase.offices else "official"
        return Actor(identity, name, country, ("ELI",), f"former {title}", None, "observer" if agent else "party")
    if office is not None:
        level = office.level
        if phrase.deputy:
            level = "deputy leader" if level == "leader" else "deputy minister"
        role = "spokesperson" if office.office == "spokesperson" else "party"
        if phrase.groups and not phrase.countries and phrase.groups[0].kind == "company":
            return Actor(identity, name, phrase.groups[0].country, ("BUS",), phrase.offices[0][1], None, "party")
        sectors, title = office.sectors, _capital(phrase.offices[0][1])
        if org is not None and country is None:
            sectors, level = org.sectors, "organisation"
        elif phrase.institutions:
            sectors = phrase.institutions[0].sectors
            if level == "official" and phrase.institutions[0].level == "parliament":
                level = "parliament"
        elif phrase.groups and phrase.groups[0].kind == "armed group":
            sectors, level = phrase.groups[0].sectors, None
        elif office.office == "spokesperson" and not (phrase.countries or phrase.institutions):
            sectors = phrase.agents[0].sectors if phrase.agents else sectors
        return Actor(identity, name, country, sectors, title, level, role)
    if agent is not None:
        role = agent.role if agent.role in ("observer", "media") else "party"
        sectors = agent.sectors
        if org is not None and country is None:
            sectors = org.sectors
        return Actor(identity, name, country, sectors, None, agent.level, role)
    if phrase.groups:
        group = phrase.groups[0]
        role = "media" if group.kind == "outlet" else "party"
        return Actor(identity, name, country or group.country, group.sectors, role=role)
    if org is not None:
        return Actor(identity, name, None, org.sectors, role="party")
    sectors = phrase.institutions[0].sectors if phrase.institutions else ()
    return Actor(identity, name, country, sectors, role="party" if country or sectors else None)


def _capital(title: str) -> str:
    """A title in capitals, little words left small."""
    small = {"of", "the", "for", "and", "to", "in"}
    return " ".join(word if word in small or not word.islower() else word.capitalize() for word in title.split())

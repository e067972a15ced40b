"""What the rows of the lexicon's tables are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: ISO codes, the name shown, its other names, adjectives, names of its people, capitals.

    `of` is the state that a territory belongs to, None for states.
    """

    iso3: str
    iso2: str
    name: str
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    status: str
    of: str | None = None

    @property
    def adjective(self) -> str:
        """The adjective shown, or the name where there is none."""
        return self.adjectives[0].removeprefix("?") if self.adjectives else self.name


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of states or private persons: `kind` is igo, ngo or think tank; `members` are ISO alpha-3 codes."""

    id: str
    name: str
    kind: str
    sectors: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An armed group, a breakaway government, a party, a company or a news outlet, with the country it belongs to."""

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Institution:
    """A body of a state, such as a ministry. `country` is None for names that every state uses."""

    body: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    level: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Office:
    """A post. `countries` limits the title to some states: a secretary of state is foreign minister in the USA only."""

    office: str
    level: str | None
    sectors: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agent:
    """A kind of person or body without a name of its own. `governs`: it acts or speaks for its state."""

    agent: str
    sectors: tuple[str, ...]
    level: str | None
    role: str
    governs: bool


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A noun that points back. `refers` is state, person, organisation, counterpart or any; `count` 2 if plural."""

    noun: str
    refers: str
    count: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office, from `start` to `end` (None: still, or unknown). `to` is an ambassador's host country."""

    name: str
    aliases: tuple[str, ...]
    short: tuple[str, ...]
    country: str | None
    org: str | None
    office: str
    title: str
    level: str
    start: date | None
    end: date | None
    gender: str | None
    to: str | None = None

    def on(self, day: date | None) -> bool:
        """Whether the office was held on that day, the day of leaving included. Without a day: whether it is held."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Shield:
    """A name that holds a country's name without standing for it."""

    name: str


Payload = Country | Organisation | Group | Institution | Office | Agent | Anaphor | Shield | tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of words and what it may stand for.

    `kind` says how: country, adjective, people, capital, subnational, prefix, organisation, seat, group, institution,
    office, agent, anaphor, person, short (a second-mention name), shield. `country` is the state it points to.
    """

    kind: str
    form: str
    payload: Payload
    country: str | None = None
    plural: bool = False
    cased: bool = True
    doubtful: bool = False

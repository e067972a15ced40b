"""The lexicon: states, bodies, offices and their holders, with look-ups as of a day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from detente.lexicon.entries import Country, Holder, Institution, Office, Organisation
from detente.lexicon.phrases import PhraseIndex, fold
from detente.records import LEVELS

_RANK = {level: number for number, level in enumerate(LEVELS)}
# What holders' tables call the posts that texts call president, prime minister and so on.
_POSTS: dict[str, tuple[str, ...]] = {
    "president": ("head of state", "head of government"),
    "monarch": ("head of state",),
    "crown prince": ("crown prince", "head of government"),
    "prime minister": ("head of government",),
    "chancellor": ("head of government",),
    "supreme leader": ("supreme leader",),
    "party general secretary": ("party leader", "head of state"),
    "leader": ("supreme leader", "party leader", "head of government", "head of state"),
    "vice president": ("vice president",),
    "deputy prime minister": ("deputy head of government",),
    "secretary-general": ("head of organisation",),
    "commissioner": ("head of organisation",),
}
# Words that must stand in the holder's title when the text uses the office's name.
_TITLES: dict[str, tuple[str, ...]] = {
    "president": ("president", "chairman", "head of state"),
    "monarch": ("king", "queen", "emperor", "emir", "amir", "sultan", "duke", "prince", "pope", "monarch"),
    "prime minister": ("prime minister", "premier", "taoiseach", "head of government", "chief minister", "minister"),
}


@dataclass(slots=True)
class Lexicon:
    """All tables, ready for look-up. Made by `load_lexicon`."""

    countries: dict[str, Country] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    institutions: tuple[Institution, ...] = ()
    offices: tuple[Office, ...] = ()
    holders: tuple[Holder, ...] = ()
    phrases: PhraseIndex = field(default_factory=PhraseIndex)
    forms: dict[str, str] = field(default_factory=dict)
    executives: dict[str, str] = field(default_factory=dict)
    ships: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _by_name: dict[str, list[Holder]] = field(default_factory=lambda: defaultdict(list))
    _by_short: dict[str, list[Holder]] = field(default_factory=lambda: defaultdict(list))
    _by_country: dict[str, list[Holder]] = field(default_factory=lambda: defaultdict(list))

    def file_holders(self, holders: Iterable[Holder]) -> None:
        """Index the holders by name, short name and country or organisation."""
        self.holders = tuple(holders)
        for holder in self.holders:
            for name in {_name_key(form) for form in (holder.name, *holder.aliases)}:
                self._by_name[name].append(holder)
            for name in {_name_key(form) for form in holder.short}:
                self._by_short[name].append(holder)
            for place in (holder.country, f"org:{holder.org}" if holder.org else None):
                if place:
                    self._by_country[place].append(holder)

    def country(self, name: str) -> Country | None:
        """The country that a code, name, adjective or demonym stands for."""
        if name in self.countries:
            return self.countries[name]
        for entry in self.phrases.forms(name):
            if entry.country and entry.kind in ("country", "adjective", "people") and not entry.doubtful:
                return self.countries[entry.country]
        return None

    def person(self, name: str, day: date | None = None) -> tuple[Holder, ...]:
        """The offices of whoever bears this full name: those held on the day first, then by rank, then the latest."""
        return _best_first(self._by_name.get(_name_key(name), ()), day)

    def short(self, name: str, day: date | None = None) -> tuple[Holder, ...]:
        """The same for a second-mention name such as a surname; several persons may share it."""
        return _best_first(self._by_short.get(_name_key(name), ()), day)

    def holders_on(self, place: str, office: str | Office, day: date | None = None) -> tuple[Holder, ...]:
        """Who holds an office of a country (ISO alpha-3) or organisation (`org:EU`) on a day.

        `office` is an office of `offices.tsv`, a post or a title of the holders' tables, or a level.
        """
        wanted, level = (office.office, office.level) if isinstance(office, Office) else (office, None)
        found = [h for h in self._by_country.get(place, ()) if h.on(day) and h.to is None]
        fitting = _best_first([h for h in found if _holds(h, wanted.lower(), level)], day, wanted)
        post = self.executives.get(place)
        if wanted != "leader" or post is None:
            return fitting
        # Where the president rules, "the leader" is no prime minister.
        above = {"supreme leader", "party leader", post}
        return tuple(sorted(fitting, key=lambda holder: holder.office not in above))

    def ambassador(self, sender: str, host: str, day: date | None = None) -> Holder | None:
        """The ambassador of one country to another on a day."""
        for holder in self._by_country.get(sender, ()):
            if holder.to == host and holder.on(day):
                return holder
        return None

    def leader(self, place: str, day: date | None = None) -> Holder | None:
        """Who speaks for a country at the top: the executive president or the head of government."""
        found = self.holders_on(place, "leader", day)
        return found[0] if found else None


_ARTICLE = re.compile(r"\b(?:al|el|ul|as|ad|an|ash)[- ](?=\w)")


def _name_key(name: str) -> str:
    """A name for comparison: no accents, no case, no Arabic article, hyphens as spaces."""
    key = fold(name).lower()
    if "-" in key or " " in key or key.startswith(("al", "el")):
        key = _ARTICLE.sub("", key.replace(" - ", "-")).replace("-", " ")
    return key


def _holds(holder: Holder, wanted: str, level: str | None) -> bool:
    if wanted in (holder.office, holder.level, holder.title.lower()):
        return True
    if wanted in _POSTS:
        title = holder.title.lower()
        words = _TITLES.get(wanted)
        return holder.office in _POSTS[wanted] and (words is None or any(word in title for word in words))
    return level is not None and level == holder.level and level in _SINGULAR


# Levels at which a state has one office only, so that the level names the holder.
_SINGULAR = frozenset({"foreign minister", "defence minister", "security adviser"})


def _best_first(holders: Iterable[Holder], day: date | None, wanted: str = "") -> tuple[Holder, ...]:
    posts = _POSTS.get(wanted, ())

    def key(holder: Holder) -> tuple[bool, int, int, int]:
        post = posts.index(holder.office) if holder.office in posts else len(posts)
        since = holder.start.toordinal() if holder.start else 0
        return (not holder.on(day), post, _RANK.get(holder.level, 99), -since)

    return tuple(sorted(holders, key=key))

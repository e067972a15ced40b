"""Countries as a user names them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import combinations

from detente.errors import OptionError
from detente.lexicon.entries import Country
from detente.lexicon.load import load_lexicon


def parse_country(text: str) -> str:
    """ISO alpha-3 of a country given by its code, name or adjective, in any case: usa, China, Chinese.

    Raises:
        OptionError: no country is called so; the message names those most like it.
    """
    lexicon = load_lexicon()
    wanted = " ".join(text.split())
    for form in (wanted.upper(), wanted, wanted.title(), wanted.capitalize()):
        found = lexicon.country(form)
        if found is not None:
            return found.iso3
    likely = _likely(wanted, lexicon.countries)
    hint = f"; did you mean {', '.join(likely)}?" if likely else " (ISO alpha-3 code, name or adjective)"
    raise OptionError(f"{text!r} is no country that is known here{hint}")


def parse_dyad(one: str, other: str) -> tuple[str, str]:
    """Two different countries, in the order given.

    Raises:
        OptionError: one of them is not known, or both are the same.
    """
    first, second = parse_country(one), parse_country(other)
    if first == second:
        raise OptionError(f"{one!r} and {other!r} are the same country ({first}); give two")
    return first, second


def dyads_among(countries: Iterable[str]) -> list[tuple[str, str]]:
    """Every pair of these countries, each in the order of the alphabet.

    Raises:
        OptionError: one of them is not known, or there are fewer than two.
    """
    named = sorted(set(map(parse_country, countries)))
    if len(named) < 2:
        raise OptionError("name two countries or more")
    return list(combinations(named, 2))


def _likely(wanted: str, countries: dict[str, Country]) -> list[str]:
    """The names most like it, with their codes; a capital stands for its country."""
    names = {name.lower(): c for c in countries.values() for name in (c.name, c.iso3, *c.adjectives, *c.capitals)}
    close = difflib.get_close_matches(wanted.lower(), names, n=4, cutoff=0.72)
    return list(dict.fromkeys(f"{names[name].name} ({names[name].iso3})" for name in close))[:3]

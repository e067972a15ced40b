"""Filling the lexicon from its tables."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources.abc import Traversable

from detente.errors import TableError
from detente.lexicon.entries import (
    Agent,
    Anaphor,
    Country,
    Entry,
    Group,
    Holder,
    Institution,
    Office,
    Organisation,
    Payload,
    Shield,
)
from detente.lexicon.lexicon import Lexicon
from detente.lexicon.phrases import fold, plural_of
from detente.lexicon.tables import Row, data_folder, read_table, split
from detente.records import LEVELS

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
_HOLDERS = ("heads.tsv", "ministers.tsv", "ambassadors.tsv")
_HOLDER_COLUMNS = (
    "name", "aliases", "country", "org", "office", "title", "level", "start", "end", "gender", "source",
)  # fmt: skip


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of the package, read once.

    Raises:
        TableError: a table has a bad row; the message names file and line.
    """
    return build_lexicon(data_folder())


def build_lexicon(folder: Traversable) -> Lexicon:
    """The lexicon made of the tables in a folder.

    Raises:
        TableError: a table has a bad row; the message names file and line.
    """
    lexicon = Lexicon()
    _countries(lexicon, folder)
    _bodies(lexicon, folder)
    _nouns(lexicon, folder)
    holders = tuple(_holders(folder / "holders", frozenset(lexicon.countries)))
    lexicon.file_holders(holders)
    _people(lexicon, holders)
    return lexicon


def _countries(lexicon: Lexicon, folder: Traversable) -> None:
    add = lexicon.phrases.add
    columns: tuple[str, ...] = (
        "iso3",
        "iso2",
        "name",
        "aliases",
        "adjectives",
        "nouns",
        "capitals",
        "status",
        "of",
        "source",
    )
    for row in read_table(folder / "countries.tsv", columns, ("iso3", "iso2", "name", "status", "source")):
        country = Country(
            row["iso3"],
            row["iso2"],
            row["name"],
            split(row["adjectives"]),
            split(row["capitals"]),
            row["status"],
            row["of"] or None,
        )
        if country.iso3 in lexicon.countries:
            raise TableError(f"{row['']}: {country.iso3} stands here twice")
        lexicon.countries[country.iso3] = country

        def entry(kind: str, form: str, plural: bool = False, country: Country = country) -> None:
            add(Entry(kind, form.removeprefix("?"), country, country.iso3, plural, doubtful=form[0] == "?"))

        for form in (country.name, *split(row["aliases"])):
            entry("country", form)
        for form in country.adjectives:
            entry("adjective", form)
        for form in split(row["nouns"]):
            singular, _, plural = form.partition("/")
            entry("people", singular)
            entry("people", plural or plural_of(singular), plural=True)
        for form in country.capitals:
            entry("capital", form)
    for row in read_table(folder / "subnational.tsv", ("country", "names", "source"), ("country", "names")):
        for form in split(row["names"]):
            add(Entry("subnational", form, _known(lexicon, row), row["country"]))
    for row in read_table(folder / "combining_forms.tsv", ("form", "stands_for"), ("form",)):
        lexicon.forms[row["form"].lower()] = row["stands_for"]
    for row in read_table(folder / "ships.tsv", ("prefix", "countries", "source"), ("prefix", "countries")):
        codes = tuple(row["countries"].split())
        unknown = [code for code in codes if code not in lexicon.countries]
        if unknown:
            raise TableError(f"{row['']}: unknown country {unknown[0]!r} (ISO 3166-1 alpha-3)")
        for form in split(row["prefix"]):
            lexicon.ships[form] = codes
    for row in read_table(folder / "executives.tsv", ("post", "countries", "source"), ("post", "countries")):
        for code in row["countries"].split():
            if code not in lexicon.countries:
                raise TableError(f"{row['']}: unknown country {code!r} (ISO 3166-1 alpha-3)")
            lexicon.executives[code] = row["post"]
    for row in read_table(folder / "not_actors.tsv", ("names", "source"), ("names",)):
        for form in split(row["names"]):
            add(Entry("shield", form, Shield(form)))


def _known(lexicon: Lexicon, row: Row) -> Country:
    try:
        return lexicon.countries[row["country"]]
    except KeyError:
        raise TableError(f"{row['']}: unknown country {row['country']!r} (ISO 3166-1 alpha-3)") from None


def _bodies(lexicon: Lexicon, folder: Traversable) -> None:
    add = lexicon.phrases.add
    columns: tuple[str, ...] = ("id", "name", "aliases", "kind", "sectors", "members", "seat", "source")
    for row in read_table(folder / "organisations.tsv", columns, ("id", "name", "kind", "sectors", "source")):
        body = Organisation(
            row["id"], row["name"], row["kind"], tuple(row["sectors"].split()), tuple(row["members"].split())
        )
        unknown = [code for code in body.members if code not in lexicon.countries]
        if unknown:
            raise TableError(f"{row['']}: unknown member {unknown[0]!r} (ISO 3166-1 alpha-3)")
        lexicon.organisations[body.id] = body
        for form in (body.name, *split(row["aliases"])):
            add(Entry("organisation", form, body))
        for form in split(row["seat"]):
            add(Entry("seat", form, body))
    for name, kind, sectors in (
        ("armed_groups.tsv", "armed group", ""),
        ("parties.tsv", "party", "PTY"),
        ("companies.tsv", "company", "BUS"),
        ("media.tsv", "outlet", "JRN"),
    ):
        for row in read_table(folder / name, ("name", "country", "aliases", "source"), ("name", "source")):
            if row["country"]:
                _known(lexicon, row)
            codes = tuple(row.get("sectors", sectors).split())
            prefix = "group" if kind == "armed group" else kind
            group = Group(
                f"{prefix}:{row.get('id') or slug(row['name'])}", row["name"], kind, row["country"] or None, codes
            )
            for form in (group.name, *split(row["aliases"])):
                add(Entry("group", form, group, group.country))
    found: list[Institution] = []
    columns = ("body", "country", "sectors", "level", "role", "names", "source")
    for row in read_table(folder / "institutions.tsv", columns, ("body", "sectors", "names", "source")):
        names = split(row["names"])
        institution = Institution(
            row["body"], names[0], row["country"] or None, tuple(row["sectors"].split()), _level(row), row["role"]
        )
        found.append(institution)
        for form in names:
            add(Entry("institution", form, institution, institution.country, cased=bool(institution.country)))
            if not institution.country and form.islower():
                add(Entry("institution", plural_of(form), institution, None, True, cased=False))
    lexicon.institutions = tuple(found)


def _nouns(lexicon: Lexicon, folder: Traversable) -> None:
    add = lexicon.phrases.add
    offices: list[Office] = []
    columns: tuple[str, ...] = ("office", "level", "sectors", "countries", "titles", "source")
    for row in read_table(folder / "offices.tsv", columns, ("office", "level", "sectors", "titles", "source")):
        office = Office(row["office"], _level(row), tuple(row["sectors"].split()), tuple(row["countries"].split()))
        offices.append(office)
        for form in split(row["titles"]):
            _add_noun(lexicon, "office", form, office)
    lexicon.offices = tuple(offices)
    columns = ("agent", "sectors", "level", "role", "government", "nouns", "source")
    for row in read_table(folder / "agents.tsv", columns, ("agent", "sectors", "role", "nouns", "source")):
        agent = Agent(row["agent"], tuple(row["sectors"].split()), _level(row), row["role"], row["government"] == "yes")
        for form in split(row["nouns"]):
            _add_noun(lexicon, "agent", form, agent)
    for row in read_table(folder / "anaphors.tsv", ("refers", "count", "nouns"), ("refers", "count", "nouns")):
        for form in split(row["nouns"]):
            anaphor = Anaphor(form, row["refers"], int(row["count"]))
            add(Entry("anaphor", form, anaphor, None, anaphor.count > 1, cased=False))


def _add_noun(lexicon: Lexicon, kind: str, form: str, payload: Payload) -> None:
    """A title or role noun in both numbers. Abbreviations ("MP", "Gen.") keep their case."""
    singular, _, plural = form.partition("/")
    cased = singular.isupper() or singular.endswith(".")
    lexicon.phrases.add(Entry(kind, singular, payload, None, False, cased))
    if not singular.endswith("."):
        lexicon.phrases.add(Entry(kind, plural or plural_of(singular), payload, None, True, cased))


def _level(row: Row) -> str | None:
    level = row["level"]
    if level and level not in LEVELS:
        raise TableError(f"{row['']}: unknown level {level!r} (one of {', '.join(LEVELS)})")
    return level or None


def _holders(folder: Traversable, countries: frozenset[str]) -> Iterator[Holder]:
    for name in _HOLDERS:
        path = folder / name
        if not path.is_file():
            continue
        for row in read_table(path, _HOLDER_COLUMNS, ("name", "office", "level", "source")):
            if row["country"] and row["country"] not in countries:
                raise TableError(f"{row['']}: unknown country {row['country']!r} (ISO 3166-1 alpha-3)")
            forms = split(row["aliases"])
            short = tuple(form[1:] for form in forms if form.startswith("="))
            yield Holder(
                row["name"],
                tuple(form for form in forms if not form.startswith("=")),
                short or (row["name"].split()[-1],),
                row["country"] or None,
                row["org"] or None,
                row["office"],
                row["title"] or row["office"],
                _level(row) or "official",
                _day(row, "start"),
                _day(row, "end"),
                row["gender"] or None,
                row.get("to") or None,
            )


def _day(row: Row, column: str) -> date | None:
    """A date cell; a bare year or month begins with its first and ends with its last day."""
    cell = row[column]
    if not cell:
        return None
    found = _DATE.match(cell)
    if not found:
        raise TableError(f"{row['']}: {column} {cell!r} is no date (2023-06-19, 2023-06 or 2023)")
    year, last = int(found[1]), column == "end"
    month = int(found[2]) if found[2] else 12 if last else 1
    try:
        day = int(found[3]) if found[3] else calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except ValueError:
        raise TableError(f"{row['']}: {column} {cell!r} is no day of the calendar") from None


def _people(lexicon: Lexicon, holders: tuple[Holder, ...]) -> None:
    """One entry a full name, with all offices of its bearer; the same for short names."""
    full: dict[str, list[Holder]] = {}
    short: dict[str, list[Holder]] = {}
    for holder in holders:
        for form in (holder.name, *holder.aliases):
            full.setdefault(form, []).append(holder)
        for form in holder.short:
            short.setdefault(form, []).append(holder)
    for kind, names in (("person", full), ("short", short)):
        for form, rows in names.items():
            lexicon.phrases.add(Entry(kind, form, tuple(rows)))


def slug(name: str) -> str:
    """A name as part of an id: lower case, ASCII letters and digits, hyphens between."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name).lower())) or "unnamed"

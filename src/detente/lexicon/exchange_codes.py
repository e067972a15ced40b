"""What the codes of other data sets mean here: countries, kinds of actors, events, quad classes (`data/exchange/`).

Public: `country_of(scheme, code)`, `country_code(scheme, iso3)`, `country_named(name)`, `country_name(iso3)`,
`sectors_of(scheme, code)`, `actor_code(scheme, sector)`, `cameo(code)`, `cameo_named(name)`,
`cameo_quad(scheme, code)`, `acled_type(event_type, sub_event_type)`, `acled_event(sub_event_type, type, mode)`.
A code that no table has is None (or no sectors), never an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from detente.errors import TableError
from detente.lexicon.tables import Row, data_folder, read_table, split
from detente.ontology import load_ontology
from detente.ontology.tables import QUADS, Cameo


def country_of(scheme: str, code: str) -> str | None:
    """ISO 3166-1 alpha-3 of a code of `fips`, `cameo`, `iso-numeric` or `iso` (alpha-2 or alpha-3)."""
    return _countries().get((scheme, code))


def country_code(scheme: str, iso3: str) -> str | None:
    """The code of a country in a scheme; of several the one that the table has first."""
    return _country_codes().get((scheme, iso3))


def country_named(name: str) -> str | None:
    """ISO alpha-3 of a country by its English name, official or usual, as other data sets write it."""
    return _countries().get(("name", name.casefold()))


def country_name(iso3: str) -> str | None:
    """The name of a country as ICEWS writes it."""
    return _country_codes().get(("name", iso3))


def sectors_of(scheme: str, code: str) -> tuple[str, ...]:
    """PLOVER sectors of a kind of actor in `cameo`, `icews` or `acled`."""
    return _sectors().get((scheme, code), ())


def actor_code(scheme: str, sector: str) -> str | None:
    """The kind of actor that a PLOVER sector is written as; None where the scheme has none."""
    return _actor_codes().get((scheme, sector))


def cameo(code: str) -> Cameo | None:
    """A CAMEO code, or, of one that CAMEO does not list, its parent; its `type` is "" where PLOVER has none."""
    table = _cameo()
    return next((table[code[:end]] for end in range(len(code), 1, -1) if code[:end] in table), None)


def cameo_named(name: str) -> str | None:
    """The CAMEO code of this name, in any case."""
    return _cameo_names().get(name.casefold())


def cameo_quad(scheme: str, code: str) -> str | None:
    """Quad class of a CAMEO code as `phoenix` or `gdelt` counts; None for what has none."""
    return _quads().get((scheme, code[:2]))


def acled_type(event_type: str, sub_event_type: str) -> tuple[str | None, str | None]:
    """PLOVER type and mode of an ACLED event."""
    return _acled().get((event_type, sub_event_type), (None, None))


def acled_event(sub_event_type: str, kind: str | None, mode: str | None) -> tuple[str, str] | None:
    """Event and sub-event type of ACLED: that of this sub-event type, else the first of this PLOVER type and mode."""
    table = _acled()
    by_name = next((key for key in table if key[1] == sub_event_type), None)
    alike = (key for key, means in table.items() if means == (kind, mode)) if kind else iter(())
    return by_name or next(alike, None) or next((key for key in table if kind and table[key][0] == kind), None)


def _table(name: str, columns: Sequence[str], required: Sequence[str]) -> list[Row]:
    return read_table(data_folder() / "exchange" / name, columns, (*required, "source"))


@lru_cache(maxsize=1)
def _countries() -> dict[tuple[str, str], str]:
    listed = read_table(data_folder() / "countries.tsv", ("iso3", "iso2", "name", "aliases"))
    every = {row["iso3"] for row in read_table(data_folder() / "gazetteer_countries.tsv", ("iso3",))}
    every |= {row["iso3"] for row in listed}
    found = {(scheme, iso3): iso3 for iso3 in every for scheme in ("iso", "cameo")}
    for row in listed:
        names = (row["name"], *split(row["aliases"]))
        found |= {("name", name.casefold()): row["iso3"] for name in names}
        found |= {("iso", row["iso2"]): row["iso3"]} if row["iso2"] else {}
    for row in _table("country_codes.tsv", ("scheme", "code", "iso3"), ("scheme", "code", "iso3")):
        if row["iso3"] not in every:
            raise TableError(f"{row['']}: {row['iso3']!r} is no country of countries.tsv or gazetteer_countries.tsv")
        code = row["code"].casefold() if row["scheme"] == "name" else row["code"]
        found[row["scheme"], code] = row["iso3"]
    return found


@lru_cache(maxsize=1)
def _country_codes() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in _table("country_codes.tsv", ("scheme", "code", "iso3"), ("scheme", "code", "iso3")):
        found.setdefault((row["scheme"], row["iso3"]), row["code"])
    for row in read_table(data_folder() / "countries.tsv", ("iso3", "name")):
        found.setdefault(("name", row["iso3"]), row["name"])
    for (scheme, code), iso3 in _countries().items():
        if scheme == "cameo":
            found.setdefault(("cameo", iso3), code)
    return found


@lru_cache(maxsize=1)
def _sectors() -> dict[tuple[str, str], tuple[str, ...]]:
    known, found = load_ontology().sectors, dict[tuple[str, str], tuple[str, ...]]()
    for row in _table("actor_codes.tsv", ("scheme", "code", "sectors"), ("scheme", "code")):
        found[row["scheme"], row["code"]] = sectors = split(row["sectors"])
        if unknown := [sector for sector in sectors if sector not in known]:
            raise TableError(f"{row['']}: unknown sector {unknown[0]!r}")
    return found


@lru_cache(maxsize=1)
def _actor_codes() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for (scheme, code), sectors in _sectors().items():
        if len(sectors) == 1:
            found.setdefault((scheme, sectors[0]), code)
    return found


@lru_cache(maxsize=1)
def _cameo() -> dict[str, Cameo]:
    ontology = load_ontology()
    found = dict(ontology.cameo)
    for row in _table("cameo_codes.tsv", ("code", "name", "type", "goldstein"), ("code", "name", "goldstein")):
        if row["type"] and row["type"] not in ontology.types:
            raise TableError(f"{row['']}: unknown type {row['type']!r}")
        found[row["code"]] = Cameo(row["code"], row["name"], row["type"], None, (), float(row["goldstein"]))
    return found


@lru_cache(maxsize=1)
def _cameo_names() -> dict[str, str]:
    found: dict[str, str] = {}
    # A root has the name of its first code now and then: the code is meant.
    for code, entry in sorted(_cameo().items(), key=lambda item: len(item[0]) == 2):
        found.setdefault(entry.name.casefold(), code)
    return found


@lru_cache(maxsize=1)
def _quads() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in _table("cameo_quads.tsv", ("root", "phoenix", "gdelt"), ("root",)):
        for scheme in ("phoenix", "gdelt"):
            if row[scheme] and row[scheme] not in QUADS:
                raise TableError(f"{row['']}: unknown quad class {row[scheme]!r}")
            found |= {(scheme, row["root"]): row[scheme]} if row[scheme] else {}
    return found


@lru_cache(maxsize=1)
def _acled() -> dict[tuple[str, str], tuple[str | None, str | None]]:
    ontology, found = load_ontology(), dict[tuple[str, str], tuple[str | None, str | None]]()
    for row in _table("acled_types.tsv", ("event_type", "sub_event_type", "type", "mode"), ("event_type",)):
        kind, mode = row["type"], row["mode"]
        if (kind and kind not in ontology.types) or (mode and (kind, mode) not in ontology.modes):
            raise TableError(f"{row['']}: PLOVER has no type {kind!r} with mode {mode!r}")
        found[row["event_type"], row["sub_event_type"]] = (kind or None, mode or None)
    return found

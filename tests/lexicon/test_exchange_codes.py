"""What other data sets' codes mean: countries, kinds of actors, events."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from detente.lexicon.exchange_codes import (
    acled_event,
    acled_type,
    actor_code,
    cameo,
    cameo_named,
    cameo_quad,
    country_code,
    country_name,
    country_named,
    country_of,
    sectors_of,
)
from detente.lexicon.tables import data_folder, read_table
from detente.ontology import load_ontology


@pytest.mark.parametrize(
    ("scheme", "code", "iso3"),
    # Where FIPS 10-4 and ISO are easily taken for each other, and CAMEO is older than ISO.
    [
        *[("fips", "CH", "CHN"), ("fips", "SZ", "CHE"), ("fips", "RS", "RUS"), ("fips", "RI", "SRB")],
        *[("fips", "GM", "DEU"), ("fips", "KS", "KOR"), ("fips", "KN", "PRK"), ("fips", "GZ", "PSE")],
        *[("cameo", "ROM", "ROU"), ("cameo", "KSV", "XKX"), ("cameo", "USA", "USA"), ("cameo", "EUR", None)],
        *[("iso-numeric", "156", "CHN"), ("iso", "gb", None), ("iso", "GB", "GBR"), ("fips", "ZZ", None)],
    ],
)
def test_countries(scheme: str, code: str, iso3: str | None) -> None:
    assert country_of(scheme, code) == iso3


def test_every_country_goes_out_and_comes_back() -> None:
    for row in read_table(data_folder() / "countries.tsv", ("iso3",)):
        iso3 = row["iso3"]
        for scheme in ("fips", "cameo", "iso-numeric"):
            code = country_code(scheme, iso3)
            assert code is None or country_of(scheme, code) == iso3
        assert country_named(country_name(iso3) or "") == iso3


def test_names_of_countries() -> None:
    assert country_named("Russian Federation") == "RUS"
    assert country_named("cote d'ivoire") == "CIV"
    assert country_name("PSE") == "Occupied Palestinian Territory"
    assert country_named("Atlantis") is None


def test_kinds_of_actors() -> None:
    assert sectors_of("cameo", "MED") == ("JRN",)  # CAMEO's media are PLOVER's JRN; PLOVER's MED is CAMEO's HLH.
    assert (actor_code("cameo", "MED"), actor_code("cameo", "JRN")) == ("HLH", "MED")
    assert sectors_of("icews", "Opposition Major Party (Out Of Government)") == ("PTY", "OPP")
    assert sectors_of("acled", "Rioters") == sectors_of("acled", "5") == ("CVL",)
    assert sectors_of("icews", "Center Left") == ()


def test_events() -> None:
    consult, dropped, root = cameo("042"), cameo("010"), cameo("14")
    assert consult is not None and (consult.type, consult.mode) == ("CONSULT", "visit")
    assert dropped is not None and dropped.type == ""
    assert root is not None and root.type == "PROTEST"
    unlisted, none = cameo("0429"), cameo("99")
    assert unlisted is not None and unlisted.code == "042"
    assert none is None
    assert cameo_named("make a VISIT") == "042"
    assert (cameo_quad("gdelt", "141"), cameo_quad("phoenix", "141")) == ("verbal conflict", "material conflict")
    assert cameo_quad("phoenix", "010") is None
    assert acled_type("Battles", "Armed clash") == ("ASSAULT", None)
    assert acled_event("", "PROTEST", "riot") == ("Riots", "Violent demonstration")
    assert acled_event("", "CONSULT", "visit") is None


def test_scores_agree_with_what_is_published(shared: Path) -> None:
    with (shared / "formats" / "cameo_codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            entry = cameo(row["code"])
            assert entry is not None and entry.code == row["code"]
            assert entry.goldstein in (None, float(row["goldstein"]))


def test_every_type_of_plover_has_a_code_of_cameo() -> None:
    ontology = load_ontology()
    assert all(ontology.cameo_code(kind, None, ()) for kind in ontology.types)

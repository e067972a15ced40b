"""Places are found by any of their names, and are where they should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InstallationError
from detente.lexicon.places import KINDS, Gazetteer, attribution, key_of, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def _rows(gazetteer: Gazetteer, name: str, kind: str) -> list[int]:
    return [row for row, _ in gazetteer.find(name) if KINDS[gazetteer.kind[row]] == kind]


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Beijing", "town", "CHN", 39.9, 116.4),
        ("Kiev", "town", "UKR", 50.45, 30.52),
        ("KYIV", "town", "UKR", 50.45, 30.52),
        ("Türkiye", "country", "TUR", 39.0, 35.0),
        ("U.S.", "country", "USA", 39.8, -98.5),
        ("Xinjiang", "division", "CHN", 41.0, 85.0),
        ("Tex.", "division", "USA", 31.3, -99.3),
        ("São Paulo", "town", "BRA", -23.5, -46.6),
        ("Sao Paulo", "town", "BRA", -23.5, -46.6),
        ("Saint Petersburg", "town", "RUS", 59.9, 30.3),
        ("St. Petersburg", "town", "RUS", 59.9, 30.3),
        ("Diaoyutai", "building", "CHN", 39.9, 116.3),
        ("Camp David", "building", "USA", 39.6, -77.5),
        ("Strait of Hormuz", "water", None, 26.6, 56.3),
        ("Kings County", "district", "USA", 40.6, -73.9),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_place(
    gazetteer: Gazetteer, name: str, kind: str, country: str | None, lat: float, lon: float
) -> None:
    places = [gazetteer.place(row) for row in _rows(gazetteer, name, kind)]
    assert any(
        place.country == country
        and place.lat is not None
        and place.lon is not None
        and abs(place.lat - lat) < 0.5
        and abs(place.lon - lon) < 0.5
        for place in places
    ), places


def test_a_place_knows_its_division_and_geonames_id(gazetteer: Gazetteer) -> None:
    (capital,) = [row for row in _rows(gazetteer, "Beijing", "town") if gazetteer.capital[row]]
    place = gazetteer.place(capital)
    assert (place.name, place.admin1, place.geonames_id) == ("Beijing", "Beijing", 1816670)


def test_a_byname_is_told_from_the_main_name(gazetteer: Gazetteer) -> None:
    senses = {gazetteer.name(row): other for row, other in gazetteer.find("Kiev")}
    assert senses["Kyiv"] is True
    assert {gazetteer.name(row): other for row, other in gazetteer.find("Kyiv")}["Kyiv"] is False


def test_what_is_no_place_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Qwertyuiopville") == []
    assert "Qwertyuiopville" not in gazetteer


def test_every_place_lies_on_the_globe_and_in_a_country_that_holds_its_division(gazetteer: Gazetteer) -> None:
    assert abs(gazetteer.lat).max() <= 90
    assert abs(gazetteer.lon).max() <= 180
    held = gazetteer.division >= 0
    assert (gazetteer.country[held] == gazetteer.country[gazetteer.division[held]]).mean() > 0.999


def test_every_country_of_iso_3166_that_has_people_is_there(gazetteer: Gazetteer) -> None:
    assert {"USA", "CHN", "RUS", "XKX", "PSE", "TWN", "SSD", "TLS", "VAT"} <= gazetteer.country_row.keys()
    assert len(gazetteer.country_row) >= 249


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)


@given(st.integers(min_value=0, max_value=10**9))
def test_every_key_of_the_index_is_found(number: int) -> None:
    gazetteer = load_gazetteer()
    row = number % len(gazetteer)
    assert row in [found for found, _ in gazetteer.find(gazetteer.name(row))]


def test_a_damaged_file_says_how_to_mend_it(tmp_path: Path) -> None:
    broken = tmp_path / "gazetteer.npz.zst"
    broken.write_bytes(b"PK\x03\x04 not a gazetteer")
    with pytest.raises(InstallationError, match="pip install"):
        Gazetteer(broken)
    with pytest.raises(InstallationError, match="cannot be read"):
        Gazetteer(tmp_path / "missing.npz")


def test_the_licence_is_credited() -> None:
    assert "GeoNames" in attribution() and "CC BY 4.0" in attribution()

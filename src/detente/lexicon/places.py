"""The gazetteer: names of places, and where they are.

About 280,000 places: countries, first and second-level divisions and towns of 500 people and more from GeoNames (CC BY
4.0, geonames.org), and the seas, regions, islands, residences, bases and sites of `data/gazetteer_extra.tsv`.
`training/gazetteer.py` packs them into `data/gazetteer.npz.zst`; `attribution()` is what must be shown where they are.

Names are looked up by binary search in one sorted block of bytes, so that the whole takes some 20 MB and 0.1 s to load.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import zstandard
from numpy.typing import NDArray

from detente.errors import InstallationError, TableError
from detente.lexicon.tables import read_table
from detente.records import Place

DATA: Final = Path(__file__).with_name("data") / "gazetteer.npz.zst"
KINDS: Final = (
    "country",
    "division",
    "district",
    "town",
    "continent",
    "region",
    "island",
    "water",
    "river",
    "mountain",
    "building",
    "base",
    "site",
)
# Coordinates are stored as whole steps of this many degrees (about 100 m).
STEP: Final = 0.001
_SAME: Final = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "co": "county"}
_GAPS: Final = re.compile(r"[\s\-‐–—/_]+")
_DROPPED: Final = re.compile(r"[.'’‘ʼʻ`´,()]")
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """The form under which a name is looked up: lower case, no accents, dots or apostrophes, "Saint" as "St".

    >>> key_of("Sainte-Anne's"), key_of("São Paulo"), key_of("Mount Vernon")
    ('ste annes', 'sao paulo', 'mt vernon')
    """
    text = name.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        # Again in lower case: mathematical letters become plain ones only here.
        text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    words = _GAPS.sub(" ", _DROPPED.sub("", text)).split()
    last = len(words) - 1
    # "Co." is a county only at the end of a name.
    return " ".join(_SAME.get(word, word) if word != "co" or at == last > 0 else word for at, word in enumerate(words))


class Gazetteer:
    """Places by row number. `lat`, `lon` in degrees; `people` inhabitants (0 unknown); `kind` index of `KINDS`.

    `country` indexes `countries` (ISO 3166-1 alpha-3; 0 is none); `division` and `district` are the rows of the first
    and second-level division a place lies in, -1 if none; `capital` marks national capitals.
    """

    def __init__(self, path: Path = DATA) -> None:
        """Load the packed gazetteer.

        Raises:
            InstallationError: the file is missing or damaged.
        """
        try:
            unpacked = zstandard.ZstdDecompressor().decompress(path.read_bytes())
            with np.load(io.BytesIO(unpacked), allow_pickle=False) as packed:
                arrays = {name: packed[name] for name in packed.files}
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, zstandard.ZstdError) as fault:
            raise InstallationError(
                f"{path}: the gazetteer cannot be read ({fault}): run `pip install --force-reinstall detente`"
            ) from fault
        self._names = arrays["names"].tobytes()
        self._name_ends = _ends(arrays["names"])
        self._keys = arrays["keys"].tobytes()
        self._key_ends = _ends(arrays["keys"])
        counts = np.cumsum(arrays["key_counts"], dtype=np.int64)
        self._first = _integers(np.concatenate(([0], counts)))
        self._rows: NDArray[np.int32] = arrays["key_rows"].astype(np.int32)
        self._other: NDArray[np.bool_] = np.unpackbits(arrays["key_other"])[: len(self._rows)].astype(np.bool_)
        self.lat: NDArray[np.float32] = (arrays["lat"] * STEP).astype(np.float32)
        self.lon: NDArray[np.float32] = (arrays["lon"] * STEP).astype(np.float32)
        self.people: NDArray[np.int32] = arrays["people"]
        self.kind: NDArray[np.uint8] = arrays["kind"]
        self.country: NDArray[np.uint8] = arrays["country"]
        self.division: NDArray[np.int32] = arrays["division"]
        self.district: NDArray[np.int32] = arrays["district"]
        self.capital: NDArray[np.bool_] = arrays["capital"].astype(np.bool_)
        self._ids: NDArray[np.int32] = np.cumsum(arrays["id_steps"], dtype=np.int32)
        self.countries: tuple[str, ...] = ("", *arrays["countries"].tobytes().decode("ascii").split())
        self.country_row = {self.countries[self.country[row]]: int(row) for row in np.flatnonzero(self.kind == 0)}

    def __len__(self) -> int:
        return len(self.kind)

    def find(self, name: str) -> list[tuple[int, bool]]:
        """Rows of the places called `name` (case and accents ignored), each with: is it but a by-name of the place?"""
        return self.find_key(key_of(name))

    def find_key(self, key: str) -> list[tuple[int, bool]]:
        """As `find`, for a key made by `key_of`."""
        at = self._position(key.encode())
        if at < 0:
            return []
        first, last = self._first[at], self._first[at + 1]
        return list(zip(self._rows[first:last].tolist(), self._other[first:last].tolist(), strict=True))

    def __contains__(self, name: str) -> bool:
        return self._position(key_of(name).encode()) >= 0

    def _position(self, key: bytes) -> int:
        ends, block = self._key_ends, self._keys
        at = bisect_left(range(len(ends)), key, key=lambda i: block[ends[i - 1] + 1 if i else 0 : ends[i]])
        if at < len(ends) and block[ends[at - 1] + 1 if at else 0 : ends[at]] == key:
            return at
        return -1

    def name(self, row: int) -> str:
        """The main name of a place."""
        start = self._name_ends[row - 1] + 1 if row else 0
        return str(self._names[start : self._name_ends[row]], "utf-8")

    def country_of(self, row: int) -> str | None:
        """ISO 3166-1 alpha-3 of the country a place lies in or is."""
        return self.countries[self.country[row]] or None

    def place(self, row: int) -> Place:
        """The place as a record."""
        division = int(self.division[row])
        if self.kind[row] == KINDS.index("division"):
            division = row
        return Place(
            name=self.name(row),
            country=self.country_of(row),
            admin1=self.name(division) if division >= 0 else None,
            lat=round(float(self.lat[row]), 3),
            lon=round(float(self.lon[row]), 3),
            geonames_id=int(self._ids[row]) or None,
        )

    def names(self) -> Iterator[str]:
        """All keys, sorted (for checks)."""
        return iter(self._keys.decode().split("\n"))


def _ends(block: NDArray[np.uint8]) -> array[int]:
    """Ends of the newline-separated pieces of a block."""
    return _integers(np.append(np.flatnonzero(block == 10), len(block)))


def _integers(values: NDArray[np.int64]) -> array[int]:
    # An array gives plain integers as fast as a list does, in a tenth of the memory.
    return array("I", values.astype(np.uint32).tobytes())


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package, loaded once."""
    return Gazetteer()


@lru_cache(maxsize=32)
def place_words(name: str) -> frozenset[str]:
    """One of the word lists of `data/gazetteer_words.tsv`.

    Raises:
        TableError: there is no such list.
    """
    for line in (DATA.parent / "gazetteer_words.tsv").read_text("utf-8").splitlines():
        if line.startswith(f"{name}\t"):
            return frozenset(line.split("\t")[1].split("|"))
    raise TableError(f"gazetteer_words.tsv: no list {name!r}")


@lru_cache(maxsize=1)
def meeting_places() -> dict[str, tuple[str, str]]:
    """Bodies that always meet in one place, by their ids in `organisations.tsv`: its name and country.

    Raises:
        TableError: the table has a bad row.
    """
    columns = ("body", "place", "country", "source")
    rows = read_table(DATA.parent / "meeting_places.tsv", columns, columns)
    return {row["body"]: (row["place"], row["country"]) for row in rows}


def attribution() -> str:
    """The credit that the licence of the data asks for."""
    return "Contains place names and positions from GeoNames (https://www.geonames.org), CC BY 4.0, adapted."

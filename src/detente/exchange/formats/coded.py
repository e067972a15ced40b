"""What several layouts have in common: CAMEO codes to PLOVER and back, actors by CAMEO codes, ids that are numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import JOINT, Cells, plain, shown
from detente.exchange.formats.layout import Columns
from detente.lexicon.exchange_codes import actor_code, cameo, cameo_quad, country_code, country_name, sectors_of
from detente.ontology import load_ontology
from detente.ontology.tables import QUADS, Cameo

TEXT: Final = pa.string()
TEXTS: Final = pa.list_(TEXT)
# Event codes of CAMEO: two to four digits.
_CODE: Final = re.compile(r"\d{2,4}[A-Z]?")
_NUMBER: Final = re.compile(r"0|[1-9]\d{0,17}")


def cameo_text(text: str) -> str:
    """A CAMEO code as published."""
    if not _CODE.fullmatch(text):
        raise ValueError("is no CAMEO code")
    return text


def from_cameo(codes: pa.Array) -> Columns:
    """Columns of rows that a CAMEO code gives: type, mode, contexts by the crosswalk, the type's quad class."""
    kinds = shown_or_null(codes, lambda code: _of(code, lambda entry: entry.type))
    quads = load_ontology().types
    quad = shown_or_null(kinds, lambda kind: quads[kind].quad)
    coded = codes.dictionary_encode()
    entries = [cameo(code) for code in coded.dictionary.to_pylist()]
    contexts = pa.array([entry.contexts if entry else () for entry in entries], TEXTS).take(coded.indices)
    return {
        "code": codes,
        "code_scheme": pa.repeat("cameo", len(codes)),
        "type": kinds,
        "mode": shown_or_null(codes, lambda code: _of(code, lambda entry: entry.mode)),
        "contexts": pc.coalesce(contexts, pa.scalar([], TEXTS)),
        "quad": quad,
        "quad_scheme": pc.if_else(pc.is_valid(quad), "plover", None),
    }


def from_type(types: pa.Array, modes: pa.Array) -> Columns:
    """The same columns, for rows that are published with PLOVER types."""
    known = load_ontology().types
    quad = shown_or_null(types, lambda kind: known[kind].quad)
    return {
        "code": types,
        "code_scheme": pa.repeat("plover", len(types)),
        "type": types,
        "mode": modes,
        "quad": quad,
        "quad_scheme": pc.if_else(pc.is_valid(quad), "plover", None),
    }


def shown_or_null(values: pa.Array, printer: Callable[[str], str | None]) -> pa.Array:
    """The text of each value, null where the printer gives none."""
    coded = values.dictionary_encode()
    texts = [printer(value) or None for value in coded.dictionary.to_pylist()]
    return pa.array(texts, TEXT).take(coded.indices)


def _of(code: str, part: Callable[[Cameo], str | None]) -> str | None:
    entry = cameo(code)
    return part(entry) if entry else None


def cameo_of(rows: pa.Table) -> pa.Array:
    """The CAMEO code of each row: its own, or the one that the crosswalk has for type, mode and contexts; else ""."""
    own = pc.if_else(pc.equal(rows["code_scheme"], "cameo"), rows["code"], None).combine_chunks()
    if not own.null_count:
        return own
    kinds, modes, contexts = (rows[name].to_pylist() for name in ("type", "mode", "contexts"))
    back = [_back(kind, mode, tuple(also)) for kind, mode, also in zip(kinds, modes, contexts, strict=True)]
    return pc.coalesce(own, pa.array(back, TEXT))


@lru_cache(maxsize=4096)
def _back(kind: str | None, mode: str | None, contexts: tuple[str, ...]) -> str:
    return (load_ontology().cameo_code(kind, mode, contexts) if kind else None) or ""


def goldstein_of(rows: pa.Table, codes: pa.Array) -> pa.Array:
    """Goldstein score of each row: its own, else that of its CAMEO code."""
    own = pc.if_else(pc.equal(rows["score_scheme"], "goldstein"), rows["score"], None).combine_chunks()
    if not own.null_count:
        return own
    coded = codes.dictionary_encode()
    entries = [cameo(code) for code in coded.dictionary.to_pylist()]
    scores = pa.array([entry.goldstein if entry else None for entry in entries], pa.float64())
    return pc.coalesce(own, scores.take(coded.indices))


def goldstein_scheme(scores: pa.Array) -> pa.Array:
    """`goldstein` where there is a score."""
    return pc.if_else(pc.is_valid(scores), "goldstein", None)


def quad_number(rows: pa.Table, codes: pa.Array, scheme: str, own: str, neutral: str) -> pa.Array:
    """1 to 4 for the quad class of each row: its own if it is of the scheme `own`, else that of its CAMEO code as
    `scheme` (`gdelt`, `phoenix`) counts; `neutral` for a code that has none."""
    numbers = {quad: str(place) for place, quad in enumerate(QUADS, start=1)}

    def by_code(code: str) -> str:
        return numbers.get(cameo_quad(scheme, code) or "", neutral if code else "")

    published = pc.if_else(pc.equal(rows["quad_scheme"], own), rows["quad"], None).combine_chunks()
    return pc.coalesce(shown_or_null(published, numbers.get), shown(codes, by_code))


def quad_named(text: str) -> str | None:
    """The quad class of a number from 1 to 4; None for 0, which is neutral."""
    if text not in ("0", "1", "2", "3", "4"):
        raise ValueError("is no quad class (1 to 4)")
    return QUADS[int(text) - 1] if text != "0" else None


def cameo_sectors(text: str) -> tuple[str, ...]:
    """PLOVER sectors of CAMEO's codes of actors, given with `JOINT` or `;` between."""
    codes = text.replace(";", JOINT).split(JOINT)
    return tuple(dict.fromkeys(sector for code in codes for sector in sectors_of("cameo", code.strip())))


def sector_codes(sectors: list[str]) -> list[str]:
    """CAMEO's codes of PLOVER sectors, those that CAMEO has."""
    return [code for sector in sectors if (code := actor_code("cameo", sector))]


def country_cameo(iso3: str) -> str | None:
    """CAMEO's code of a country."""
    return country_code("cameo", iso3)


def actor_text(rows: pa.Table, side: str) -> pa.Array:
    """An actor as one CAMEO code: that of data sets that use such codes, else country and first kind of actor."""
    country = shown(rows[f"{side}_country"], country_cameo)
    kind = shown(rows[f"{side}_sectors"], lambda sectors: "".join(sector_codes(sectors)[:1]))
    own = pc.is_in(rows["dataset"], value_set=pa.array(["gdelt", "phoenix", "terrier"]))
    published = pc.if_else(own, rows[f"{side}_code"], None).combine_chunks()
    return pc.coalesce(published, pc.binary_join_element_wise(country, kind, ""))


def number_id(rows: pa.Table) -> pa.Array:
    """Ids as the field's readers want them, as whole numbers: an id that is one, else one made of its hash."""

    def of(id: str) -> str:
        return id if _NUMBER.fullmatch(id) and id.isascii() else str(int(sha256(id.encode()).hexdigest()[:12], 16))

    ids = rows["id"].combine_chunks()
    if pc.all(pc.match_substring_regex(ids, "^(?:0|[1-9][0-9]{0,17})$")).as_py():
        return ids
    return shown(ids, of)


def name_of_country(values: pa.ChunkedArray) -> pa.Array:
    """Names of countries as ICEWS writes them."""
    return shown(values, country_name)


def first_known(cells: Cells, columns: tuple[str, ...]) -> pa.Array:
    """The first of several columns that is known."""
    return pc.coalesce(*(cells.text(column) for column in columns))


def texts(rows: pa.Table, name: str) -> pa.Array:
    """A column of texts, "" for null."""
    return plain(rows[name])

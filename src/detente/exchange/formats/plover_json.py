"""PLOVER JSON: events as objects, one a line, one after another over several lines, or in an array.

Public: `Objects().of(pieces) -> Iterator[Found]`, `rows_of(object) -> list[EventRow]`, `object_of(row) -> dict`.

Field names are those of the PLOVER manual, chapter "Data Fields"; of objects with several actors or recipients each
pair is a row. The protest events of Parus Analytics (made from ICEWS: `ccode`, `protesteridentity`, a CAMEO code as
`event`) are read too. What an object has beyond the fields of a row, or writes differently, is kept in `extra` as JSON
under its name ("" for a field that it has not).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any, Final

from detente.errors import RecordError
from detente.exchange.formats.cells import day, small, whole
from detente.exchange.formats.icews import icews_sectors
from detente.exchange.lines import KEPT, Fault, Lines
from detente.lexicon.exchange_codes import cameo, country_named, country_of
from detente.ontology import load_ontology
from detente.ontology.tables import QUADS
from detente.records import STATUSES
from detente.rows import EventRow, Party, RowPlace

# The auxiliary modes of PLOVER's manual, which stand among the contexts.
_AUXILIARY: Final = {"historical": "historical", "future": "planned", "hypothetical": "hypothetical"} | {
    "negation": "denied"
}
_WRITTEN: Final = {"historical": "historical", "planned": "future", "possible": "hypothetical"} | {
    "hypothetical": "hypothetical",
    "denied": "negation",
    "cancelled": "negation",
}
# Characters that one object may have.
_MOST: Final = 4 * 1024 * 1024
# A meeting of all members of the UN has 37,000 pairs.
_MOST_PAIRS: Final = 50_000
# What stands between objects, in an array too.
_BETWEEN: Final = " \t\r\n,[]"
_NOTHING: Final = (None, "", "NULL", "NA")
# Of an object of several pairs: which fields are the pair's own.
_PAIR: Final = ("id", "actor", "recipient")

Found = tuple[list[tuple[int, bytes, dict[str, Any]]], list[Fault]]


class Objects:
    """The objects of a stream of lines, each with its first line and its bytes; and what is no object. `guessed` counts
    the lines that are not UTF-8 and were read as ISO-8859-1."""

    def __init__(self) -> None:
        self.guessed = 0
        self._text, self._start, self._depth = "", 0, 0
        self._decoder = json.JSONDecoder(parse_constant=_refuse)

    def of(self, pieces: Iterable[Lines]) -> Iterator[Found]:
        """What is whole by the end of each piece."""
        for piece in pieces:
            found: Found = ([], list(piece.faults))
            for number, raw in zip(piece.numbers, piece.records, strict=True):
                self._line(number, self._decoded(raw), found)
            yield found
        found = ([], [])
        self._flush(found)
        yield found

    def _line(self, number: int, line: str, found: Found) -> None:
        if self._text and line.startswith("{"):
            # Another object begins: the one before is whole by now, or never will be.
            self._flush(found)
        if not self._text:
            self._start, self._depth = number, 0
        self._text += line + "\n"
        self._depth += line.count("{") - line.count("}")
        # Marks in texts count too, so this says only when it is worth to try.
        if self._depth <= 0 or len(self._text) > _MOST:
            self._take(number, found)
            if self._text and (len(self._text) > _MOST or self._text[0] != "{"):
                self._flush(found)

    def _take(self, number: int, found: Found) -> None:
        """Files the objects that are whole."""
        while (text := self._text.lstrip(_BETWEEN)) and text[0] == "{":
            try:
                value, end = self._decoder.raw_decode(text)
            except (ValueError, RecursionError):
                break
            found[0].append((self._start, text[:end].encode(), value))
            self._text, self._start = text[end:], number
        self._text = text

    def _flush(self, found: Found) -> None:
        self._take(self._start, found)
        if self._text:
            what = "not a JSON object, or one that is not whole"
            found[1].append((self._start, what, self._text.rstrip("\n").encode()[:KEPT]))
        self._text = ""

    def _decoded(self, raw: bytes) -> str:
        try:
            return raw.decode().rstrip("\r")
        except UnicodeDecodeError:
            self.guessed += 1
            return raw.decode("latin-1").rstrip("\r")


def rows_of(data: dict[str, Any], dataset: str = "plover") -> list[EventRow]:
    """The rows that an object says.

    Raises:
        RecordError: a field that is needed is missing, one is of the wrong kind, or there are too many pairs.
    """
    try:
        # Half a character, or a number without end: JSON can say them, and no file can hold them.
        dumps(data).encode()
        if "protesteridentity" in data:
            return [_with_extra(_protest(data, dataset), data, ())]
        return _of_pairs(_manual(data, dataset), data)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as fault:
        raise RecordError(f"a field of the wrong kind: {fault}") from fault


def _of_pairs(bare: EventRow, data: dict[str, Any]) -> list[EventRow]:
    actors, recipients = (_parties(data, name) for name in ("actor", "recipient"))
    if len(actors) * max(len(recipients), len(actors)) > _MOST_PAIRS:
        raise RecordError(f"{len(actors):,} actors and {len(recipients):,} recipients: too many pairs")
    pairs = list(product(actors or [Party()], recipients or [Party()]))
    if not recipients and len(actors) > 1:
        # Everybody is an actor of what is done together.
        pairs = [(one, other) for one in actors for other in actors if one is not other]
    if len(pairs) == 1:
        return [_with_extra(replace(bare, actor=pairs[0][0], recipient=pairs[0][1]), data, ())]
    return [
        _with_extra(replace(bare, id=f"{bare.id}.{number}", actor=actor, recipient=recipient), data, _PAIR)
        for number, (actor, recipient) in enumerate(pairs, start=1)
    ]


def object_of(row: EventRow) -> dict[str, Any]:
    """The object that a row is written as."""
    aux = _WRITTEN.get(row.status)
    where, is_plover = row.place, row.code_scheme == "plover"
    data: dict[str, Any] = {
        "id": row.id,
        "date": row.start.isoformat() if row.start else None,
        "enddate": row.end.isoformat() if row.end else None,
        "actor": _entity(row.actor),
        "recipient": _entity(row.recipient),
        "event": [row.type] if row.type else [row.code],
        "mode": [row.mode] if row.mode else [],
        "context": [*row.contexts, *([aux] if aux else [])],
        "quad_code": QUADS.index(row.quad) + 1 if row.quad in QUADS and row.quad_scheme == "plover" else None,
        "event_scale": _finite(row.score) if row.score_scheme == "plover" else None,
        "event_loc": {
            "resolved_place": where.name,
            "geonameid": where.geonames_id,
            "lat": _finite(where.lat),
            "lon": _finite(where.lon),
            "province": where.admin1,
            "country_code": where.country,
        },
        "text": row.text,
        "text_info": {"sequence": row.sentence},
        "cite_info": {"citation": row.document, "url": row.url, "publication": row.publisher},
        "status": row.status,
        "confidence": _finite(row.confidence),
        "reports": row.reports,
        "tone": _finite(row.tone),
    }
    data |= {} if is_plover else {"code": row.code, "code_scheme": row.code_scheme}
    if row.score_scheme == "goldstein":
        data["goldstein"] = _finite(row.score)
    if row.quad_scheme == "gdelt" and row.quad in QUADS:
        data["gdelt_quad_code"] = QUADS.index(row.quad) + 1
    if row.dataset == "plover":
        for name, value in row.extra:
            if value:
                data[name] = json.loads(value)
            else:
                data.pop(name, None)
    return data


def dumps(data: Any) -> str:
    """JSON on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def _with_extra(row: EventRow, data: dict[str, Any], without: tuple[str, ...]) -> EventRow:
    mine = object_of(row)
    extra = [(name, dumps(value)) for name, value in data.items() if name not in without and _other(mine, name, value)]
    extra += [(name, "") for name in mine if name not in data and name not in without]
    return replace(row, extra=tuple(extra))


def _other(mine: dict[str, Any], name: str, value: Any) -> bool:
    # As texts: 1 and 1.0, or true, are different cells.
    return name not in mine or dumps(mine[name]) != dumps(value)


def _manual(data: dict[str, Any], dataset: str) -> EventRow:
    types, contexts = _texts(data.get("event")), _texts(data.get("context"))
    if not types:
        raise RecordError("no event")
    scheme = str(data.get("code_scheme") or ("plover" if types[0].upper() in load_ontology().types else "cameo"))
    code = str(data.get("code") or types[0])
    if scheme == "plover" and types[0].upper() not in load_ontology().types:
        raise RecordError(f"event: {types[0][:60]!r} is no type of PLOVER")
    entry = cameo(code) if scheme == "cameo" else None
    kind = types[0].upper() if types[0].upper() in load_ontology().types else entry.type or None if entry else None
    if scheme == "cameo" and entry is None and kind is None:
        raise RecordError(f"event: {code[:60]!r} is neither a type of PLOVER nor a code of CAMEO")
    modes = _texts(data.get("mode"))
    if "mode" not in data and entry is not None and entry.mode:
        modes = [entry.mode]
    auxiliary = [_AUXILIARY[name] for name in contexts if name in _AUXILIARY]
    status = data.get("status") if data.get("status") in STATUSES else (auxiliary or ["happened"])[0]
    place, cite = data.get("event_loc") or {}, data.get("cite_info") or {}
    quad, gdelt = data.get("quad_code"), data.get("gdelt_quad_code")
    plover, goldstein = data.get("event_scale"), data.get("goldstein")
    own_quad = _quad(quad) or (load_ontology().types[kind].quad if kind and not gdelt else None)
    return EventRow(
        dataset=dataset,
        id=_id(data),
        start=_day(data, "date"),
        end=_day(data, "enddate") or _day(data, "date"),
        actor=Party(),
        recipient=Party(),
        code=code,
        code_scheme=scheme,
        type=kind,
        mode=modes[0] if modes else None,
        contexts=tuple(name for name in contexts if name not in _AUXILIARY),
        status=str(status),
        quad=_quad(gdelt) if gdelt else own_quad,
        quad_scheme="gdelt" if gdelt else "plover" if own_quad else None,
        score=_number(goldstein if plover is None else plover),
        score_scheme="plover" if plover is not None else "goldstein" if goldstein is not None else None,
        place=_place(place),
        document=_text(cite.get("citation")) or _text(data.get("document")),
        sentence=_whole((data.get("text_info") or {}).get("sequence")),
        publisher=_text(cite.get("publication")),
        url=_text(cite.get("url")),
        text=_text(data.get("text")),
        reports=_whole(data.get("reports")),
        tone=_number(data.get("tone")),
        confidence=_number(data.get("confidence")),
    )


def _protest(data: dict[str, Any], dataset: str) -> EventRow:
    code = str(data["event"])
    entry = cameo(code)
    if entry is None:
        raise RecordError(f"event: {code[:60]!r} is no code of CAMEO")
    # NAME: SECTORS: COUNTRY; a name may have a colon.
    *name, sectors, country = str(data["protesteridentity"]).rsplit(": ", 2)
    place: dict[str, Any] = next(iter(data.get("location") or ()), {})
    kind = entry.type or None
    return EventRow(
        dataset=dataset,
        id=_id(data),
        start=_day(data, "date"),
        end=_day(data, "enddate") or _day(data, "date"),
        actor=Party(_text(": ".join(name)), country_named(country), None, icews_sectors(sectors)),
        recipient=Party(),
        code=code,
        code_scheme="cameo",
        type=kind,
        mode=entry.mode,
        contexts=entry.contexts,
        quad=load_ontology().types[kind].quad if kind else None,
        quad_scheme="plover" if kind else None,
        place=RowPlace(
            next((place[n] for n in ("city", "district", "province", "country") if place.get(n) not in _NOTHING), None),
            country_named(str(place.get("country") or data.get("country") or "")),
            _text(place.get("province")),
            _number(place.get("lat")),
            _number(place.get("long")),
        ),
        publisher=_text(data.get("publication")),
        text=_text(data.get("text")),
    )


def _parties(data: dict[str, Any], field: str) -> list[Party]:
    return [_party(one) for one in data.get(field) or () if isinstance(one, dict)] if field in data else []


def _party(one: dict[str, Any]) -> Party:
    code = _text(one.get("code"))
    country = country_of("iso", code) if code else None
    name = _text(one.get("identifier_text")) or _text(one.get("entity_text"))
    return Party(name, country, _text(one.get("identifier_id")) or code, tuple(_texts(one.get("sector"))))


def _entity(party: Party) -> list[dict[str, Any]]:
    if party == Party():
        return []
    return [
        {
            "code": party.country,
            "sector": list(party.sectors),
            "identifier_text": party.name,
            "identifier_id": party.code,
        }
    ]


def _place(data: dict[str, Any]) -> RowPlace:
    country = _text(data.get("country_code"))
    return RowPlace(
        _text(data.get("resolved_place")),
        country_of("iso", country) if country else None,
        _text(data.get("province")),
        _number(data.get("lat")),
        _number(data.get("lon")),
        None if data.get("geonameid") in _NOTHING else whole(str(data["geonameid"])),
    )


def _id(data: dict[str, Any]) -> str:
    if data.get("id") in (None, ""):
        raise RecordError("no id")
    return str(data["id"])


def _day(data: dict[str, Any], field: str) -> Any:
    text = data.get(field)
    return None if text in _NOTHING else day(str(text))


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value if one is not None] if isinstance(value, list) else [str(value)]


def _text(value: Any) -> str | None:
    return None if value in _NOTHING else str(value)


def _number(value: Any) -> float | None:
    if value in _NOTHING:
        return None
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is no number")
    return number


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _whole(value: Any) -> int | None:
    return None if value in _NOTHING else small(str(value))


def _quad(value: Any) -> str | None:
    return QUADS[int(value) - 1] if value in (1, 2, 3, 4, "1", "2", "3", "4") else None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")

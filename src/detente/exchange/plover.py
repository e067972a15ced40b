"""An event in PLOVER JSON, by the field names of the PLOVER manual (chapter "Data Fields").

What PLOVER has no field for is added under détente's own names (`status`, `confidence`, `cameo`, `said_by`,
`document`). The manual puts its auxiliary modes (historical, future, hypothetical, negation) into `context`, so that
nobody who leaves `status` out of account takes a planned or denied event for a fact without being told.
"""

from __future__ import annotations

from typing import Any, Final

from detente.records import Event, Participant, Place

# The order that CAMEO data sets have used since the quad counts of KEDS.
_QUAD_CODES: Final = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}
_AUXILIARY: Final = {
    "historical": "historical",
    "planned": "future",
    "possible": "hypothetical",
    "hypothetical": "hypothetical",
    "denied": "negation",
    "cancelled": "negation",
}


def to_plover(event: Event) -> dict[str, Any]:
    """The PLOVER object of an event. `date` is None where the day is not known; offsets count characters."""
    day = event.date
    auxiliary = _AUXILIARY.get(event.status)
    return {
        "id": event.id,
        "date": day.start.isoformat() if day and day.start else None,
        "enddate": day.end.isoformat() if day and day.end else None,
        "actor": [_entity(one) for one in event.actors],
        "recipient": [_entity(one) for one in event.recipients],
        "event": [event.type],
        "event_loc": _location(event.place) if event.place else None,
        "event_text": [event.trigger.text],
        "quad_code": _QUAD_CODES.get(event.quad),
        "event_scale": event.score,
        "mode": [event.mode] if event.mode else [],
        "context": [*event.contexts, *([auxiliary] if auxiliary else [])],
        "text": event.evidence.text,
        "text_info": {
            "sequence": event.sentence,
            "start": event.evidence.start,
            "end": event.evidence.end,
        },
        "cite_info": {"citation": event.document, "codebook": "PLOVER", "coder": event.coder},
        "coder": event.coder,
        "document": event.document,
        "status": event.status,
        "confidence": event.confidence,
        "cameo": event.cameo,
        "said_by": _entity(event.said_by) if event.said_by else None,
    }


def _entity(one: Participant) -> dict[str, Any]:
    actor = one.actor
    return {
        "code": actor.country,
        "sector": list(actor.sectors),
        "entity_text": one.span.text,
        "identifier_id": actor.id,
        "identifier_text": actor.name,
        "office": actor.office,
    }


def _location(place: Place) -> dict[str, Any]:
    return {
        "resolved_place": place.name,
        "geonameid": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "province": place.admin1,
        "country_code": place.country,
    }

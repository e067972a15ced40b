"""Values of a table row, a JSON object or a front matter, made into a draft of a document."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from detente.errors import InputError
from detente.reading.dates import parse_date
from detente.reading.documents import Draft
from detente.records import KINDS


def draft_of(name: str, fields: Mapping[str, Any], where: str = "", *, check_kind: bool = True) -> Draft:
    """A draft from values by field name (`text`, `id`, `title`, `published`, …); None, "" and NaN mean: not given.

    The text stays exactly as it is. With `check_kind` an unknown kind is a fault, otherwise it counts as not given.

    Raises:
        InputError: the text is missing or is no string, the date is none or ambiguous, the kind is unknown.
    """
    text = fields.get("text")
    if text is None or _is_nan(text):
        raise InputError(name, "there is no text", where=where, right="give a document with text")
    if not isinstance(text, str):
        raise InputError(
            name, f"the text is no string but {type(text).__name__}", where=where, right="give text in quotes"
        )
    published = fields.get("published")
    try:
        day = None if _is_empty(published) else parse_date(published)
    except ValueError as fault:
        raise InputError(name, str(fault), where=where) from fault
    kind = _string(name, fields, "kind", where)
    if kind is not None and kind.lower() not in KINDS:
        if check_kind:
            raise InputError(name, f"unknown kind {kind[:40]!r}", where=where, right=", ".join(KINDS))
        kind = None
    return Draft(
        text=text,
        where=where,
        id=_string(name, fields, "id", where) or "",
        title=_string(name, fields, "title", where),
        published=day,
        publisher=_string(name, fields, "publisher", where),
        language=_string(name, fields, "language", where),
        url=_string(name, fields, "url", where),
        kind=kind.lower() if kind else None,
        issuer=_string(name, fields, "issuer", where),
    )


def _string(name: str, fields: Mapping[str, Any], field: str, where: str) -> str | None:
    value = fields.get(field)
    if _is_empty(value):
        return None
    if isinstance(value, Mapping):
        # GDELT-like and news API rows give {"id": …, "name": …} as source.
        value = value.get("name")
    if value is None:
        return None
    if isinstance(value, (list, dict, bytes)):
        raise InputError(
            name, f"the {field} is no string but {type(value).__name__}", where=where, right="give plain text"
        )
    return str(value)


def _is_empty(value: object) -> bool:
    return value is None or _is_nan(value) or (isinstance(value, str) and not value.strip())


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)

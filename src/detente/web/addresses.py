"""The addresses of the desk's pages. Whatever stands in an id is escaped; what is not asked for is left out."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from detente.relations import Dyad
from detente.web.shelf import View

# An id that ends like one of these would be taken for the format that is asked for.
FORMATS: Final = ("json", "html")


def with_query(path: str, **asked: Any) -> str:
    """The path with what is asked, None and "" left out."""
    given = {name: _text(value) for name, value in asked.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def query_of(view: View, **changes: Any) -> dict[str, Any]:
    """The parameters of a view, those in `changes` put in the place of its own (None takes one away)."""
    filters = view.filters
    return {
        "since": view.since,
        "until": view.until,
        "as_of": view.as_of,
        "issue": filters.issue,
        "side": filters.side,
        "channel": filters.channel,
        "level": filters.level,
        **changes,
    }


def dyad(pair: Dyad) -> str:
    """/dyads/USA-CHN"""
    return f"/dyads/{quote('-'.join(pair))}"


def view_page(view: View, noun: str = "", **changes: Any) -> str:
    """The page of a dyad, or its list of a kind, under the filters of a view."""
    path = dyad(view.dyad) + (f"/{noun}" if noun else "")
    return with_query(path, **query_of(view, **changes))


def record(id: str, **asked: Any) -> str:
    """/records/ev-0123456789abcdef"""
    return with_query(f"/records/{_id(id)}", **asked)


def document(id: str, **asked: Any) -> str:
    """/documents/some-id"""
    return with_query(f"/documents/{_id(id)}", **asked)


def review(id: str, **asked: Any) -> str:
    """/review/records/ev-0123456789abcdef"""
    return with_query(f"/review/records/{_id(id)}", **asked)


def job(id: str, **asked: Any) -> str:
    """/jobs/0123456789ab"""
    return with_query(f"/jobs/{_id(id)}", **asked)


def _id(id: str) -> str:
    return quote(id, safe="") + (".html" if id.rpartition(".")[2] in FORMATS else "")


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)

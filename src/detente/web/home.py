"""The first page: the dyads of the ledger, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final

import pyarrow as pa
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from detente.analysis.brief_model import Point
from detente.analysis.overview import MONTHS, DyadCard, card_of, months_of
from detente.ledger import browse, lookups
from detente.ledger.deeds import SCHEMA, deeds
from detente.relations import Dyad, Source
from detente.web.asked import shelf_of
from detente.web.guard import form_of
from detente.web.pages import add_page
from detente.web.shelf import Shelf

router = APIRouter()
# The moment of filing of the newest document that the reader has marked as seen; stays in this browser.
COOKIE: Final = "seen"
_YEAR: Final = 365 * 24 * 3600
_PAGE: Final = 40
_NEWS: Final = 12
# More than the months of a sparkline.
_RECENT: Final = timedelta(days=31 * (MONTHS + 6))


@dataclass(frozen=True, slots=True)
class HomePage:
    """`next` is where the list of dyads goes on, None at its end. `newest` is when the last document was filed (UTC);
    `fresh` how many documents were filed after `seen`, `documents` the latest published of them."""

    dyads: tuple[DyadCard, ...]
    next: int | None
    newest: datetime | None
    seen: datetime | None
    fresh: int
    documents: tuple[Source, ...]


def home(
    request: Request, after: Annotated[int, Query(ge=0, le=100_000)] = 0, shelf: Shelf = Depends(shelf_of)
) -> HomePage:
    """The dyads, those with most documents first, and the news since the last visit."""
    seen = _moment(request.cookies.get(COOKIE, ""))
    return shelf.recall(("home", seen, after), lambda: _home(shelf, seen, after))


def _home(shelf: Shelf, seen: datetime | None, after: int) -> HomePage:
    with shelf.reading() as connection:
        newest = browse.newest_filing(connection)
        found = browse.dyads(connection, seen or newest, limit=_PAGE + 1, skip=after)
        fresh, documents = browse.fresh(connection, seen, _NEWS) if seen else (0, [])
        shown = found[:_PAGE]
        months = _months(connection, [head.dyad for head in shown])
    return HomePage(
        dyads=tuple(card_of(head, months.get(head.dyad, ())) for head in shown),
        next=after + _PAGE if len(found) > _PAGE else None,
        newest=newest,
        seen=seen,
        fresh=fresh,
        documents=tuple(documents),
    )


def _months(connection: Any, dyads: list[Dyad]) -> dict[Dyad, tuple[Point, ...]]:
    """The months of each dyad's sparkline: of recent days, and of all days where these do not fill it."""
    latest = lookups.latest_day(connection)
    since = latest - min(_RECENT, latest - date.min) if latest else None
    found: dict[Dyad, tuple[Point, ...]] = {}
    for days in ((since, None), (None, None)):
        missing = [dyad for dyad in dyads if len(found.get(dyad, ())) < MONTHS]
        tables = (table for _, table in deeds(connection, missing, days=days)) if missing else ()
        found |= months_of(pa.concat_tables([SCHEMA.empty_table(), *tables]))
    return found


async def mark_seen(request: Request) -> Response:
    """Keeps in a cookie up to when documents are known to the reader. Nothing in the ledger changes."""
    async with form_of(request) as form:
        newest = _moment(str(form.get("newest", "")))
    answer = RedirectResponse("/", 303)
    if newest is not None:
        answer.set_cookie(COOKIE, newest.isoformat(), max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def _moment(text: str) -> datetime | None:
    """A moment in UTC, None if it is none."""
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


add_page(router, "/", home, "home", HomePage, "The dyads of the ledger and what is new")
router.add_api_route("/seen", mark_seen, methods=["POST"], include_in_schema=False)

"""The lists behind the brief: all contacts, channels, statements, commitments, episodes or events of a view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response

from detente.analysis.facets import Facets, facets
from detente.analysis.items_file import write_items
from detente.analysis.listing import NOUNS, Found, Item, found_of
from detente.analysis.narrow import nouns_with
from detente.analysis.own_accounts import AccountPassage, account_passages
from detente.errors import OptionError
from detente.lexicon.issues import issue_names
from detente.records import LEVELS
from detente.relations import CHANNELS
from detente.web.asked import Cursor, Limit, shelf_of, view_of
from detente.web.pages import PROBLEMS, add_page
from detente.web.shelf import Shelf, View

router = APIRouter()
NounPath = Annotated[
    Literal["contacts", "channels", "statements", "commitments", "episodes", "events"],
    Path(description="What to list."),
]
Status = Annotated[str | None, Query(max_length=60, description="Only what has this status or state.")]
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class ListPage:
    """`total` items of the days from `since` to `until` fit, the latest first; `items` are those from the cursor on,
    `next` the cursor of what follows. `accounts`: of statements on one issue also what each side's own accounts say on
    it in their own voice."""

    view: View
    since: date
    until: date
    noun: str
    status: str | None
    columns: tuple[str, ...]
    statuses: tuple[str, ...]
    total: int
    items: tuple[Item, ...]
    next: str | None
    facets: Facets
    accounts: tuple[AccountPassage, ...]


def list_page(
    noun: NounPath,
    view: View = Depends(view_of),
    status: Status = None,
    after: Cursor = None,
    limit: Limit = 100,
    shelf: Shelf = Depends(shelf_of),
) -> ListPage:
    """A page of a list."""
    found = _found(shelf, view, noun, status or None)
    names = [one.id for one in found]
    if after and after not in names:
        raise OptionError(f"after {after!r} is no item of this list; begin again without it")
    start = names.index(after) + 1 if after else 0
    shown = tuple(one.make() for one in found[start : start + limit])
    plain = View(view.dyad, view.since, view.until, view.as_of)
    dossier = shelf.dossier(plain)
    return ListPage(
        view=view,
        since=dossier.since,
        until=dossier.until,
        noun=noun,
        status=status or None,
        columns=NOUNS[noun].columns,
        statuses=NOUNS[noun].statuses,
        total=len(found),
        items=shown,
        next=names[start + limit - 1] if start + limit < len(found) else None,
        facets=shelf.recall(("facets", plain), lambda: facets(dossier)),
        accounts=_accounts(shelf, view) if noun == "statements" and not after else (),
    )


def _accounts(shelf: Shelf, view: View) -> tuple[AccountPassage, ...]:
    filters = view.filters
    if filters.issue is None or filters.level is not None:
        return ()
    issue = filters.issue
    found = shelf.recall(("accounts", view), lambda: account_passages(shelf.dossier(view), issue))
    return tuple(passage for passage in found if filters.side in (None, passage.side))


def _found(shelf: Shelf, view: View, noun: str, status: str | None) -> list[Found]:
    if noun not in nouns_with(view.filters):
        given = ", ".join(view.filters.given())
        raise OptionError(f"{noun} cannot be narrowed by {given}")
    if status is not None and status not in NOUNS[noun].statuses:
        known = ", ".join(NOUNS[noun].statuses)
        raise OptionError(f"status {status!r}: {noun} have {f'one of {known}' if known else 'no status'}")
    found = shelf.recall(("found", noun, view), lambda: found_of(noun, shelf.dossier(view)))
    return [one for one in found if status in (None, one.status)]


def _add_download(format: str) -> None:
    """The whole list as a file of this format, at the address of the list with its ending."""

    def download(
        noun: NounPath, view: View = Depends(view_of), status: Status = None, shelf: Shelf = Depends(shelf_of)
    ) -> Response:
        made = write_items(format, noun, [one.make() for one in _found(shelf, view, noun, status or None)])
        named = f'attachment; filename="{"-".join(view.dyad)}-{noun}.{format}"'
        return Response(made, media_type=_TYPES[format], headers={"Content-Disposition": named})

    router.add_api_route(
        f"/dyads/{{dyad}}/{{noun}}.{format}",
        download,
        methods=["GET"],
        response_class=Response,
        responses={200: {"description": "The file.", "content": {_TYPES[format]: {}}}, **PROBLEMS},
        operation_id=format,
        summary=f"A list as a file: {format}",
    )


for _format in _TYPES:
    _add_download(_format)
add_page(
    router,
    "/dyads/{dyad}/{noun}",
    list_page,
    "list",
    ListPage,
    "A list of a dyad",
    choices={"issue": issue_names, "channel": CHANNELS, "level": LEVELS},
)

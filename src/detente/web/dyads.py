"""The page of a dyad: the brief, the time line, and what it can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Depends

from detente.analysis.brief_model import Brief
from detente.analysis.chart import chart_of
from detente.analysis.facets import Facets, facets
from detente.analysis.narrow import Filters, nouns_with
from detente.analysis.render_html import back_links
from detente.analysis.timeline import Timeline, draw, shifted, wider
from detente.lexicon.issues import issue_names
from detente.records import LEVELS
from detente.relations import CHANNELS
from detente.web.asked import shelf_of, view_of
from detente.web.pages import add_page
from detente.web.shelf import Shelf, View

router = APIRouter()
Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DyadPage:
    """`since`, `until` and `as_of` are the days in force; `whole` those of all that is filed. `facets` count what the
    period holds without the filters; `left_out` are the sections that the filters given cannot be asked of."""

    view: View
    since: date
    until: date
    as_of: date
    whole: Period
    wider: Period | None
    earlier: Period
    later: Period
    brief: Brief
    timeline: Timeline
    facets: Facets
    left_out: tuple[str, ...]


def dyad_page(view: View = Depends(view_of), shelf: Shelf = Depends(shelf_of)) -> DyadPage:
    """The brief of two countries, narrowed as asked."""
    return shelf.recall(("page", view), lambda: _page(view, shelf))


def _page(view: View, shelf: Shelf) -> DyadPage:
    dossier = shelf.dossier(view)
    plain = View(view.dyad, view.since, view.until, view.as_of)
    brief, nouns = shelf.brief(view), nouns_with(view.filters)
    given = view.filters != Filters()
    days = [source.published for source in dossier.sources.values() if source.published]
    first = min(days, default=dossier.as_of)
    return DyadPage(
        view=view,
        since=dossier.since,
        until=dossier.until,
        as_of=dossier.as_of,
        whole=(first, dossier.as_of),
        wider=wider(dossier.since, dossier.until),
        earlier=shifted(dossier.since, dossier.until, -1),
        later=shifted(dossier.since, dossier.until, 1),
        brief=brief,
        timeline=shelf.timeline(view),
        facets=facets(shelf.dossier(plain)),
        left_out=tuple(s.title for s in brief.sections if given and s.noun not in nouns),
    )


add_page(
    router,
    "/dyads/{dyad}",
    dyad_page,
    "dyad",
    DyadPage,
    "The brief of a dyad, with its time line",
    chart_of=chart_of,
    back_links=back_links,
    draw=draw,
    choices={"issue": issue_names, "channel": CHANNELS, "level": LEVELS},
)

"""The page of a dyad: the brief, the time line, and what it can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from detente.analysis.brief_model import Brief
from detente.analysis.chart import Chart, chart_of, signed
from detente.analysis.facets import Facets, facets
from detente.analysis.narrow import Filters, nouns_with
from detente.analysis.plots.map import map_plot
from detente.analysis.plots.model import Plot
from detente.analysis.plots.write import rendered as written
from detente.analysis.render_html import back_links
from detente.analysis.series import Change, changes
from detente.analysis.timeline import Timeline, draw, shifted, wider
from detente.errors import OptionError, RecordError
from detente.lexicon.issues import issue_names
from detente.records import LEVELS
from detente.relations import CHANNELS, Dyad
from detente.web.asked import shelf_of, view_of
from detente.web.pages import PROBLEMS, add_page
from detente.web.shelf import Shelf, View

router = APIRouter()
Period = tuple[date, date]
_SVG: Final = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Places:
    """Where it took place: what the map says, and the rows behind it."""

    title: str
    about: str
    notes: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DyadPage:
    """`since`, `until` and `as_of` are the days in force; `whole` those of all that is filed. `facets` count what the
    period holds without the filters; `left_out` are the sections that the filters given cannot be asked of. `changes`
    of the level of net cooperation and the `places` of the map are told of the whole only: with a filter there are
    none."""

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
    changes: tuple[Change, ...]
    places: Places | None


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
    whole = not given and view.as_of is None
    plot = _map(shelf, view.dyad, dossier.since, dossier.until) if whole else None
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
        changes=_changes(shelf, view.dyad, dossier.since, dossier.until) if whole else (),
        places=Places(plot.title, plot.subtitle, plot.notes, tuple(plot.rows.to_pylist())) if plot else None,
    )


def _changes(shelf: Shelf, dyad: Dyad, since: date, until: date) -> tuple[Change, ...]:
    """Where net cooperation changed its level; none where nothing that took place is filed of these days."""
    try:
        return changes(shelf.path, dyad, since=since, until=until, measures=("score",))
    except OptionError:
        return ()


def _map(shelf: Shelf, dyad: Dyad, since: date, until: date) -> Plot | None:
    """The map of a period, None where no place is known."""
    try:
        return map_plot(shelf.path, dyad, since, until)
    except OptionError:
        return None


def map_picture(
    theme: Literal["light", "dark"] = "light", view: View = Depends(view_of), shelf: Shelf = Depends(shelf_of)
) -> Response:
    """The map of a view as a picture."""
    since, until = shelf.days(replace(view, as_of=None))
    drawn = shelf.recall(("map", view.dyad, since, until, theme), lambda: _drawn(shelf, view.dyad, since, until, theme))
    return Response(drawn, media_type=_SVG)


def _drawn(shelf: Shelf, dyad: Dyad, since: date, until: date, theme: str) -> bytes:
    plot = _map(shelf, dyad, since, until)
    if plot is None:
        raise RecordError("of nothing that took place in these days is the place known")
    return written(plot, "svg", theme)


router.add_api_route(
    "/dyads/{dyad}/map.svg",
    map_picture,
    methods=["GET"],
    response_class=Response,
    responses={200: {"description": "The picture.", "content": {_SVG: {}}}, **PROBLEMS},
    operation_id="map",
    summary="The map of a dyad",
)


def _chart(page: DyadPage) -> Chart | None:
    """The chart of net cooperation with its changes of level."""
    told = {
        change.on.isoformat()[:7]: f"Change of level: {signed(change.before)} before, {signed(change.after)} after"
        for change in page.changes
    }
    return chart_of(page.brief.series, told)


add_page(
    router,
    "/dyads/{dyad}",
    dyad_page,
    "dyad",
    DyadPage,
    "The brief of a dyad, with its time line",
    chart_of=_chart,
    back_links=back_links,
    draw=draw,
    choices={"issue": issue_names, "channel": CHANNELS, "level": LEVELS},
)

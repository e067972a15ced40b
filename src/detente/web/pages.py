"""Answers as pages and as JSON at the same address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from detente.analysis import desk
from detente.analysis.chart import signed
from detente.analysis.listing import Item
from detente.analysis.proof import country_name
from detente.web import addresses
from detente.web.asked import Problem
from detente.web.guard import token_field
from detente.web.unhindered import as_it_was

_OURS = files("detente.web") / "templates"
_BRIEF = files("detente.analysis") / "templates"
# Control characters, and those that turn the direction of what follows: they would act on our page, not in the text.
_ACTS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SHOWN: Final = "\ufffd"
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Problem, "description": said}
    for status, said in {
        400: "A parameter has a value that is not known.",
        404: "There is nothing of that name.",
        422: "A parameter is of the wrong kind.",
        503: "The ledger is being written; ask again.",
    }.items()
}


def harmless(value: Any) -> Any:
    """Text as it may stand in a page: what would act on the page is shown as a sign, one for one."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else _ACTS.sub(_SHOWN, value)


@cache
def environment() -> Environment:
    """All that a template puts out is escaped and harmless; a name that is not given is an error."""

    def load(name: str) -> str:
        folder = _BRIEF if name == "brief_parts.html.j2" else _OURS
        return (folder / name).read_text(encoding="utf-8")

    made = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(address=addresses, signed=signed, country=country_name, token_field=token_field)
    made.globals["as_it_was"] = as_it_was
    made.filters.update(day=lambda when: desk.day(when) if isinstance(when, date) else "undated", capital=desk.capital)
    made.filters.update(counted=desk.counted, dict_of=dict, by_issue=_by_issue, the=desk.country_in_text)
    made.filters["pairs"] = lambda values: [(value, value) for value in values]
    return made


def _by_issue(items: Sequence[Item], only: str | None) -> list[tuple[str, list[Item]]]:
    """Items under the first issue of each (or the one asked for), the most spoken of first."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(only or (item.issues[0] if item.issues else "no issue named"), []).append(item)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def rendered(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page."""
    return HTMLResponse(environment().get_template(f"{template}.html.j2").render(**values), status)


def add_page(
    router: APIRouter,
    path: str,
    view: Callable[..., Any],
    template: str,
    model: Any,
    what: str,
    *,
    operation: str | None = None,
    **extra: Any,
) -> None:
    """The answer that `view` works out of an address: as a page at `path`, as JSON at `path`.json (described by
    `model`, as `operation` if two pages share a template). `extra` goes to the template as it is. An answer may say
    after how many seconds its page asks `again`."""
    json_path = "/.json" if path == "/" else f"{path}.json"

    def as_json(answer: Any = Depends(view)) -> JSONResponse:
        return JSONResponse(jsonable_encoder(answer))

    def as_page(request: Request, answer: Any = Depends(view)) -> HTMLResponse:
        here, asked = (request.scope[name].decode("ascii", "replace") for name in ("raw_path", "query_string"))
        twin = f"{here}.json" + (f"?{asked}" if asked else "")
        page = rendered(template, answer=answer, twin=twin, **extra)
        if again := getattr(answer, "again", None):
            page.headers["Refresh"] = str(again)
        return page

    responses = {200: {"model": model}, **PROBLEMS}
    router.add_api_route(
        json_path,
        as_json,
        methods=["GET"],
        responses=responses,
        summary=what,
        operation_id=operation or template,
        response_class=JSONResponse,
    )
    router.add_api_route(path, as_page, methods=["GET", "HEAD"], include_in_schema=False)

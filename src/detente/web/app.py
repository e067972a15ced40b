"""The application: all pages, their faults, their style sheet."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from detente.analysis.items_file import FORMATS
from detente.errors import DetenteError, LedgerError, LedgerInUse, OptionError, RecordError
from detente.lexicon import load_lexicon
from detente.web import (
    adding,
    agreeing,
    comparing,
    documents,
    dyads,
    home,
    listings,
    records,
    reviewing,
    searching,
)
from detente.web.guard import LOOPBACK, Guard
from detente.web.jobs import Jobs
from detente.web.pages import rendered
from detente.web.refreshing import Refresher
from detente.web.shelf import Shelf
from detente.web.snapshots import Snapshots
from detente.web.unhindered import Unhindered, as_it_was

_STATIC: Final = files("detente.web") / "static"
# What ends so is asked for by programs, which are told of faults in JSON.
_FOR_PROGRAMS: Final = (".json", ".svg", *(f".{format}" for format in FORMATS))
_STATUSES: Final = {RecordError: 404, OptionError: 400, LedgerError: 503}
_ABOUT: Final = """Every page of the desk is also JSON at the same address with `.json` at its end (the first page at
`/.json`). Lists give a cursor, `next`, to be sent as `after`. While the ledger is being written, answers may be from
its last state before: the header `Detente-As-Of` then gives the moment."""


def create_app(
    path: Path,
    token: str | None = None,
    hosts: frozenset[str] | None = LOOPBACK,
    trusted: frozenset[str] = frozenset(),
) -> FastAPI:
    """The desk of the ledger at `path`.

    `token`: every request must bring it, None for nobody; `hosts`: the names under which the desk may be asked, None
    for any (only with a token); `trusted`: servers ("host:port") that are asked for a user wherever they stand.
    """
    jobs, refresher, snapshots = Jobs(path, trusted), Refresher(path), Snapshots(path)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        snapshots.soon()
        _settle()
        yield
        jobs.close()
        refresher.close()
        snapshots.close()

    app = FastAPI(
        title="détente: the desk",
        version=version("detente"),
        description=_ABOUT,
        # The usual pages for these load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.jobs, app.state.refresher = jobs, refresher
    for part in (home, adding, searching, comparing, dyads, listings, records, documents, agreeing, reviewing):
        app.include_router(part.router)
    _add_file(app, "/desk.css", _style(), "text/css")
    _add_file(app, "/icon.svg", (_STATIC / "icon.svg").read_bytes(), "image/svg+xml")
    app.add_exception_handler(DetenteError, _on_fault)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_middleware(Unhindered, shelf=Shelf(path), snapshots=snapshots)
    app.add_middleware(Guard, hosts=hosts, token=token, bodies=adding.BODIES)
    return app


def _settle() -> None:
    """What stays for as long as the desk is open is loaded, and left out when memory is gone through for garbage: among
    as many things that would take longer than most pages."""
    load_lexicon()
    gc.collect()
    gc.freeze()


def _add_file(app: FastAPI, path: str, content: bytes, kind: str) -> None:
    """A file that stays as it is for as long as the desk is open."""
    tag = f'"{sha256(content).hexdigest()[:16]}"'

    def answer(request: Request) -> Response:
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(content, media_type=kind, headers={"ETag": tag})

    app.add_api_route(path, answer, methods=["GET", "HEAD"], include_in_schema=False)


def _style() -> bytes:
    """The style of the brief, then that of the desk."""
    brief = files("detente.analysis") / "templates" / "brief.css"
    return brief.read_bytes() + (_STATIC / "desk.css").read_bytes()


def _on_fault(request: Request, fault: Exception) -> Response:
    if not request.state.last and (isinstance(fault, LedgerInUse) or as_it_was()):
        # It is asked again.
        raise fault
    status = next((status for kind, status in _STATUSES.items() if isinstance(fault, kind)), 500)
    answer = _problem(request, status, str(fault))
    if status == 503:
        answer.headers["Retry-After"] = "2"
    return answer


def _on_invalid(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    first = fault.errors()[0]
    return _problem(request, 422, f"{first['loc'][-1]}: {first['msg']}")


def _on_http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    said = "there is no such page" if fault.status_code == 404 else str(fault.detail)
    answer = _problem(request, fault.status_code, said)
    answer.headers.update(fault.headers or {})
    return answer


def _problem(request: Request, status: int, said: str) -> Response:
    """One line, as a page or as JSON, as the address asks."""
    line = " ".join(said.split())[:500]
    if request.url.path.endswith(_FOR_PROGRAMS):
        return JSONResponse({"error": line}, status)
    return rendered("problem", status, number=status, said=line)

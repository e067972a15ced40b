"""The pages Add and Jobs: what is given is filed by a job, whose page tells how far it is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from detente.records import KINDS
from detente.web import addresses, limits
from detente.web.asked import Problem
from detente.web.guard import form_of, form_token
from detente.web.job import Job
from detente.web.jobs import Jobs
from detente.web.pages import PROBLEMS, add_page
from detente.web.uploads import FORM, order_of

router = APIRouter()
# Beside the files there are the marks between the parts of a form.
BODIES: Final = dict.fromkeys(("/add", "/add.json"), limits.UPLOAD_BYTES + 100_000)
# Seconds after which the page of a job that is not over asks again.
_AGAIN: Final = 2
_RECENT: Final = 5
JobId = Annotated[str, Path(max_length=40, description="The id of a job.")]
_REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Problem, "description": said}
    for status, said in {
        403: "The form lacks the token of this desk, or another site sent it.",
        408: "The form did not come in time.",
        411: "The length of the form is not said.",
        413: "The form is too large.",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """How much may be given at once: bytes of all and of one file, files, addresses, documents; characters of one."""

    upload_bytes: int = limits.UPLOAD_BYTES
    file_bytes: int = limits.FILE_BYTES
    files: int = limits.FILES
    addresses: int = limits.ADDRESSES
    documents: int = limits.DOCUMENTS
    characters: int = limits.CHARACTERS


@dataclass(frozen=True, slots=True)
class AddPage:
    """`token` goes with the form, as the field `desk_token`; `jobs` are the latest."""

    token: str
    allowed: Allowed
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job as it stands; `ahead` jobs come before it. `again`: ask again in so many seconds, None if it is over."""

    job: Job
    ahead: int
    again: int | None
    token: str


@dataclass(frozen=True, slots=True)
class JobsPage:
    """The jobs since the desk was started, the latest first."""

    jobs: tuple[Job, ...]


def jobs_of(request: Request) -> Jobs:
    """The jobs of the desk that was asked."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def add_form(jobs: Jobs = Depends(jobs_of)) -> AddPage:
    """The form, and what was given before."""
    return AddPage(form_token(), Allowed(), jobs.listed()[:_RECENT])


def jobs_page(jobs: Jobs = Depends(jobs_of)) -> JobsPage:
    """All jobs."""
    return JobsPage(jobs.listed())


def job_page(
    id: JobId,
    still: Annotated[bool, Query(description="The page does not ask again by itself.")] = False,
    jobs: Jobs = Depends(jobs_of),
) -> JobPage:
    """How far a job is."""
    job = jobs.get(id)
    return JobPage(job, jobs.ahead(id), None if job.over or still else _AGAIN, form_token())


async def _submitted(request: Request, jobs: Jobs) -> Job:
    if jobs.full:
        raise HTTPException(503, f"{limits.WAITING} jobs wait; try again when one is done", {"Retry-After": "30"})
    async with form_of(request, files=limits.FILES, field_bytes=limits.FIELD_BYTES) as form:
        folder = jobs.folder()
        try:
            order = await order_of(form, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return jobs.submit(order, folder)


async def add_by_form(request: Request, jobs: Jobs = Depends(jobs_of)) -> Response:
    """Takes the form and leads to the page of its job."""
    job = await _submitted(request, jobs)
    return RedirectResponse(addresses.job(job.id), 303)


async def add_by_program(request: Request, jobs: Jobs = Depends(jobs_of)) -> JSONResponse:
    """Takes a form and gives its job, which `/jobs/{id}.json` follows."""
    return JSONResponse(jsonable_encoder(await _submitted(request, jobs)), 202)


async def stop(request: Request, id: JobId, jobs: Jobs = Depends(jobs_of)) -> Response:
    """Stops a job: nothing more is taken in, what it has is filed."""
    async with form_of(request):
        jobs.stop(id)
    return RedirectResponse(addresses.job(id), 303)


add_page(router, "/add", add_form, "add", AddPage, "What may be added, and the token for it", kinds=KINDS)
add_page(router, "/jobs", jobs_page, "jobs", JobsPage, "What was added since the desk was started")
add_page(router, "/jobs/{id}", job_page, "job", JobPage, "How far a job is")
router.add_api_route("/add", add_by_form, methods=["POST"], include_in_schema=False)
router.add_api_route(
    "/add.json",
    add_by_program,
    methods=["POST"],
    status_code=202,
    response_class=JSONResponse,
    responses={202: {"model": Job}, **PROBLEMS, **_REFUSED},
    summary="Add a text, addresses or files",
    operation_id="submit",
    openapi_extra={"requestBody": FORM},
)
router.add_api_route("/jobs/{id}/stop", stop, methods=["POST"], include_in_schema=False)

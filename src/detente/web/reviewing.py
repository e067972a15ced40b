"""The pages on which people judge the coder's records, one after the other, each by himself.

A coder is shown a record as coded, and his own verdict if he has given one; what others say he sees on no page of these
before both have judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from detente.analysis.agreement import CoderCount
from detente.analysis.proof import what_of
from detente.analysis.review_notes import Note, notes_of
from detente.analysis.review_sheet import Sheet, sheet_of
from detente.errors import DetenteError, LedgerError, OptionError, RecordError
from detente.ledger import browse, sole_writer, writing
from detente.ledger.corrections import coded_record, file_review, reviews_about, setting_about
from detente.ledger.review_form import judged, typed_of
from detente.ledger.review_queue import CERTAINTY, Order, latest, next_record, progress, reviewers, total
from detente.ledger.review_values import EVENTS, FIELDS, KINDS
from detente.ledger.reviews import LONGEST_NAME, LONGEST_WHY, Review, make_review, standing
from detente.web import addresses
from detente.web.asked import parse_pair, shelf_of
from detente.web.guard import form_of
from detente.web.pages import add_page, rendered
from detente.web.shelf import WAIT, Shelf

router = APIRouter()
By = Annotated[str, Query(description="Who judges.", max_length=LONGEST_NAME, min_length=1)]
_SKIP: Final = 10_000


@dataclass(frozen=True, slots=True)
class Queue:
    """Who judges (`by`) which kind of record, in which order, within which dyad; so many are passed over (`skip`)."""

    by: str
    order: str = CERTAINTY
    seed: int = 1
    dyad: str | None = None
    skip: int = 0
    kind: str = EVENTS

    @property
    def asked(self) -> Order:
        """The order as the ledger knows it.

        Raises:
            OptionError: it is none.
            RecordError: the dyad is none.
        """
        return Order(self.order, self.seed, parse_pair(self.dyad) if self.dyad else None, self.kind)

    def address(self, **changes: Any) -> str:
        """The page of the next record."""
        given = {"by": self.by, "kind": self.kind, "order": self.order, "seed": self.seed, "dyad": self.dyad}
        return addresses.with_query("/review/next", **(given | {"skip": self.skip or None} | changes))


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Who has given how many verdicts, and how many records there are of each kind."""

    reviewers: tuple[CoderCount, ...]
    records: dict[str, int]


@dataclass(frozen=True, slots=True)
class Before:
    """The record that somebody has judged last, in a line, and how."""

    id: str
    what: str
    verdict: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The record to be judged (None: there is none left), how many of the queue are judged by this person (`done` of
    `whole`), and what he has said of the record before (`own`). `queue` None: a record that was chosen. `rivals`: the
    verdicts that contradict each other, where it is to be adjudicated. `before`: the one that he may want to go back
    to."""

    by: str
    queue: Queue | None
    done: int
    whole: int
    sheet: Sheet | None
    own: tuple[Note, ...]
    rivals: tuple[Note, ...] = ()
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent with a form. `like`: the number of the review that an adjudication agrees with, 0 for none."""

    id: str
    queue: Queue
    chosen: bool
    adjudicates: bool
    like: int
    verdict: str
    why: str
    typed: Mapping[str, str]


def review_page(shelf: Shelf = Depends(shelf_of)) -> ReviewPage:
    """Where reviewing begins."""
    return shelf.recall("review", lambda: _review(shelf))


def _review(shelf: Shelf) -> ReviewPage:
    with shelf.reading() as connection:
        counts = {kind: total(connection, kind) for kind in KINDS}
        return ReviewPage(tuple(CoderCount(*one) for one in reviewers(connection)), counts)


def queue_of(
    by: By,
    kind: Literal["events", "statements"] = "events",
    order: Literal["certainty", "random"] = "certainty",
    seed: Annotated[int, Query(ge=0, lt=2**31, description="Of a random order.")] = 1,
    dyad: Annotated[str | None, Query(max_length=20, description="Only records of these two: USA-CHN.")] = None,
    skip: Annotated[int, Query(ge=0, le=_SKIP, description="So many are passed over.")] = 0,
) -> Queue:
    """The queue that an address asks for."""
    return Queue(" ".join(by.split()), order, seed, dyad or None, skip, kind)


def next_page(
    queue: Queue = Depends(queue_of),
    back: Annotated[bool, Query(description="The record judged last once more, instead of the next.")] = False,
    shelf: Shelf = Depends(shelf_of),
) -> SheetPage:
    """The next record that this person has not judged."""
    return shelf.recall(("review", queue, back), lambda: _next(shelf, queue, back))


def _next(shelf: Shelf, queue: Queue, back: bool) -> SheetPage:
    with shelf.reading() as connection:
        done, whole = progress(connection, queue.by, queue.asked)
        last = latest(connection, queue.by, queue.asked)
        id = last[0] if last and back else next_record(connection, queue.by, queue.asked, queue.skip)
        sheet, own = _sheet(connection, id, queue.by) if id else (None, ())
        before = Before(last[0], what_of(coded_record(connection, last[0])), last[1]) if last and not back else None
    return SheetPage(queue.by, queue, done, whole, sheet, own, before=before)


def chosen_page(
    id: Annotated[str, Path(max_length=100, description="The id of an event or statement.")],
    by: Annotated[str, Query(description="Who judges.", max_length=LONGEST_NAME)] = "",
    shelf: Shelf = Depends(shelf_of),
) -> SheetPage:
    """A record that somebody has chosen to judge."""
    with shelf.reading() as connection:
        sheet, own = _sheet(connection, id.removesuffix(".html"), by)
    return SheetPage(by, None, 0, 0, sheet, own)


def _sheet(connection: Any, id: str, by: str, typed: Mapping[str, str] | None = None) -> tuple[Sheet, tuple[Note, ...]]:
    record = coded_record(connection, id)
    coded = browse.coded(connection, record.document)
    known = setting_about(connection, record).known
    own = [one for one in reviews_about(connection, record) if one.reviewer == by and not one.adjudicates]
    # What he has said before stands in the form, for him to think again.
    stands = next((one.judged for one in reversed(own) if one.judged), record)
    sheet = sheet_of(record, coded.source, coded.document.text, typed or typed_of(stands), known)
    return sheet, notes_of(own)


def contested_page(
    id: Annotated[str, Path(max_length=100, description="The id of an event or statement.")],
    shelf: Shelf = Depends(shelf_of),
) -> SheetPage:
    """A record that coders contradict each other in, with what they say."""
    id = id.removesuffix(".html")
    with shelf.reading() as connection:
        rivals = _rivals(connection, id)
        if not rivals:
            raise RecordError(f"record {id!r} is judged by no two coders")
        sheet, _ = _sheet(connection, id, "")
    return SheetPage("", None, 0, 0, sheet, (), rivals)


def _rivals(connection: Any, id: str) -> tuple[Note, ...]:
    told = reviews_about(connection, coded_record(connection, id))
    return notes_of(told) if len(standing(told)) > 1 else ()


async def judge(request: Request, shelf: Shelf = Depends(shelf_of)) -> Response:
    """Files what was judged, and goes on to the next record. What cannot be filed is shown again as it was typed."""
    async with form_of(request) as form:
        sent = _sent({name: value for name, value in form.items() if isinstance(value, str)})
    return await run_in_threadpool(_judge, request, shelf, sent)


def _sent(form: Mapping[str, str]) -> Sent:
    number = {name: int(form[name][:9]) if form.get(name, "").isdecimal() else 0 for name in ("seed", "skip", "like")}
    queue = Queue(
        by=" ".join(form.get("by", "").split())[: LONGEST_NAME + 1],
        order=form.get("order", CERTAINTY),
        seed=number["seed"],
        dyad=form.get("dyad") or None,
        skip=min(number["skip"], _SKIP),
        kind=form.get("kind", EVENTS),
    )
    typed = {name: form[name] for fields in FIELDS.values() for name in fields if name in form}
    return Sent(
        id=form.get("id", ""),
        queue=queue,
        chosen="chosen" in form,
        adjudicates="adjudicates" in form,
        like=number["like"],
        verdict=form.get("verdict", ""),
        why=form.get("why", "").replace("\r\n", "\n"),
        typed=typed,
    )


def _judge(request: Request, shelf: Shelf, sent: Sent) -> Response:
    try:
        drawn = "chosen" if sent.chosen else sent.queue.asked.told
        with sole_writer(shelf.path, wait=WAIT), writing(shelf.path, wait=WAIT) as connection:
            file_review(connection, _reviewed(connection, sent, drawn))
    except DetenteError as fault:
        return _again(shelf, sent, fault)
    request.app.state.refresher.soon()
    chosen = "/review/adjudicate" if sent.adjudicates else addresses.record(sent.id)
    return RedirectResponse(chosen if sent.chosen else sent.queue.address(), 303)


def _reviewed(connection: Any, sent: Sent, drawn: str) -> Review:
    record = coded_record(connection, sent.id)
    made = None
    if sent.adjudicates and sent.like:
        like = next((one for one in reviews_about(connection, record) if one.number == sent.like), None)
        if like is None:
            raise OptionError(f"no review {sent.like} of this record")
        made, why = like.judged, sent.why or f"as {like.reviewer} has it: {like.why or like.verdict}"
        return make_review(record, sent.queue.by, datetime.now(UTC), made, why[:LONGEST_WHY], drawn, True)
    if sent.verdict in ("accept", "correct"):
        made = record
        if sent.verdict == "correct":
            made = judged(record, sent.typed, setting_about(connection, record))
    elif sent.verdict != "reject":
        raise OptionError(f"verdict {sent.verdict[:20]!r} is not known (accept, correct, reject)")
    return make_review(record, sent.queue.by, datetime.now(UTC), made, sent.why, drawn, sent.adjudicates)


def _again(shelf: Shelf, sent: Sent, fault: DetenteError) -> Response:
    """The same page with what was typed, and what is wrong in a line."""
    status = 503 if isinstance(fault, LedgerError) else 400
    with shelf.reading() as connection:
        sheet, own = _sheet(connection, sent.id, sent.queue.by, sent.typed or None)
        rivals = _rivals(connection, sent.id) if sent.adjudicates else ()
    queue = None if sent.chosen else sent.queue
    page = SheetPage(sent.queue.by, queue, 0, 0, sheet, own, rivals)
    answer = rendered("sheet", status, answer=page, twin="/review.json", problem=str(fault), why=sent.why, **_LIMITS)
    if status == 503:
        answer.headers["Retry-After"] = "5"
    return answer


_LIMITS: Final[dict[str, Any]] = {"longest_why": LONGEST_WHY, "longest_name": LONGEST_NAME}
add_page(router, "/review", review_page, "review", ReviewPage, "Where reviewing begins", longest_name=LONGEST_NAME)
add_page(
    router, "/review/next", next_page, "sheet", SheetPage, "The next record to be judged", problem="", why="", **_LIMITS
)
add_page(
    router,
    "/review/records/{id}",
    chosen_page,
    "sheet",
    SheetPage,
    "A record to be judged",
    operation="review_record",
    problem="",
    why="",
    **_LIMITS,
)
add_page(
    router,
    "/review/adjudicate/{id}",
    contested_page,
    "sheet",
    SheetPage,
    "A record to be adjudicated",
    operation="review_adjudication",
    problem="",
    why="",
    **_LIMITS,
)
router.add_api_route("/review/judge", judge, methods=["POST"], include_in_schema=False)

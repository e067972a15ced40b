"""The page of two accounts of one meeting, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from detente.analysis.compare import compare, comparison_to_dict
from detente.analysis.passages import Account
from detente.errors import OptionError
from detente.ledger import browse
from detente.relations import Source
from detente.web.asked import shelf_of
from detente.web.pages import add_page
from detente.web.shelf import Shelf

router = APIRouter()
Id = Annotated[str | None, Query(max_length=2_000, description="The id of a document: one side's account.")]


@dataclass(frozen=True, slots=True)
class Choice:
    """A contact of which the ledger has both sides' own accounts: their documents."""

    contact: browse.ContactHead
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The comparison of two documents; without both of them only `choices`."""

    left: Source | None
    right: Source | None
    comparison: dict[str, Any] | None
    choices: tuple[Choice, ...]


def compare_page(left: Id = None, right: Id = None, shelf: Shelf = Depends(shelf_of)) -> ComparePage:
    """Two documents, each side's own account of one meeting."""
    if bool(left) != bool(right):
        raise OptionError("a comparison needs two documents: left and right")
    if left and right:
        return shelf.recall(("compare", left, right), lambda: _compared(shelf, left, right))
    return shelf.recall("choices", lambda: ComparePage(None, None, None, _choices(shelf)))


def _compared(shelf: Shelf, left: str, right: str) -> ComparePage:
    with shelf.reading() as connection:
        sides = [browse.coded(connection, id) for id in (left, right)]
    accounts = [Account(s.source.side, s.document, s.events, s.statements, s.signals) for s in sides]
    comparison = comparison_to_dict(compare(accounts[:1], accounts[1:]))
    return ComparePage(sides[0].source, sides[1].source, comparison, ())


def _choices(shelf: Shelf) -> tuple[Choice, ...]:
    with shelf.reading() as connection:
        heads = browse.contacts_told_by_both(connection)
    return tuple(Choice(head, *(head.accounts[country] for country in head.dyad)) for head in heads)


add_page(router, "/compare", compare_page, "compare", ComparePage, "Two accounts of one meeting, compared")

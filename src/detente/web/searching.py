"""The page of a search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from detente.analysis.marked_text import Mark, Piece, pieces
from detente.analysis.proof import country_name
from detente.errors import OptionError
from detente.ledger import search
from detente.lexicon import load_lexicon
from detente.lexicon.issues import issue_names
from detente.web.asked import Cursor, shelf_of
from detente.web.pages import add_page
from detente.web.shelf import Shelf

router = APIRouter()
# More words are no question.
_WORDS = 8


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What holds all the words: `found` documents, events or statements; and, of the words alone, whom they may name:
    `actors`, `countries` (code, name), `issues`."""

    q: str
    kind: str
    actor: str | None
    issue: str | None
    found: search.Found
    actors: tuple[search.ActorHit, ...]
    countries: tuple[tuple[str, str], ...]
    issues: tuple[str, ...]


def search_page(
    q: Annotated[str, Query(max_length=200, description="Words; all of them must occur.")] = "",
    kind: Literal["documents", "events", "statements"] = "documents",
    actor: Annotated[str | None, Query(max_length=200, description="The id of an actor.")] = None,
    issue: Annotated[str | None, Query(max_length=60)] = None,
    after: Cursor = None,
    shelf: Shelf = Depends(shelf_of),
) -> SearchPage:
    """Documents, events or statements that hold some words."""
    words = tuple(q.split())
    if len(words) > _WORDS:
        raise OptionError(f"more than {_WORDS} words")
    if issue and issue not in issue_names():
        raise OptionError(f"issue {issue!r} is not known ({', '.join(issue_names())})")
    key = ("search", words, kind, actor, issue, after)
    return shelf.recall(key, lambda: _search(shelf, words, kind, actor or None, issue or None, after or None))


def _search(
    shelf: Shelf, words: tuple[str, ...], kind: str, actor: str | None, issue: str | None, after: str | None
) -> SearchPage:
    nothing = not words and actor is None and issue is None
    with shelf.reading() as connection:
        found = (
            search.Found((), None)
            if nothing
            else search.find(connection, kind, words, actor=actor, issue=issue, after=after)
        )
        actors = () if after or actor else tuple(search.actors(connection, words))
    lexicon = load_lexicon()
    named = {c.iso3 for word in (*words, " ".join(words)) if word and (c := lexicon.country(word.title())) is not None}
    named |= {c.iso3 for word in words if (c := lexicon.country(word.upper())) is not None}
    spoken = " ".join(words).lower()
    return SearchPage(
        q=" ".join(words),
        kind=kind,
        actor=actor,
        issue=issue,
        found=found,
        actors=actors,
        countries=tuple((iso, country_name(iso)) for iso in sorted(named)),
        issues=tuple(name for name in issue_names() if spoken and spoken in name.lower()),
    )


def found_in(text: str, q: str) -> tuple[Piece, ...]:
    """A piece of text with the words marked that were searched for."""
    words = "|".join(re.escape(word) for word in q.split())
    hits = re.finditer(words, text, re.IGNORECASE) if words else ()
    return pieces(text, [Mark(hit.start(), hit.end(), "found") for hit in hits], 0, len(text))


add_page(
    router,
    "/search",
    search_page,
    "search",
    SearchPage,
    "Search in documents, events and statements",
    found_in=found_in,
)

"""Searching the ledger: documents, events and statements that hold all words asked for, and who is called so.

`find(connection, kind, words, actor=None, issue=None, after=None, limit=20) -> Found`,
`actors(connection, words, limit=10) -> list[ActorHit]`. Plain matching without regard to case: every word must occur.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import duckdb

from detente.errors import OptionError

# Characters before a word that is found, and of the whole piece that is shown.
_BEFORE, _PIECE = 100, 300
# Texts that are looked through first; then twice as many, and so on.
_STEP: Final = 5_000
# Between the two parts of a cursor; no date holds it.
_MARK: Final = "~"
_CURRENT: Final = "JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current"
# What is searched of a kind: the table with its joins, the columns that may hold a word, and the words shown.
_KINDS: Final[dict[str, tuple[str, tuple[str, ...], str]]] = {
    "documents": ("documents r", ("r.title", "r.text"), "r.text"),
    "events": (f"events r {_CURRENT}", ("r.words",), "r.words"),
    "statements": (f"statements r {_CURRENT}", ("r.words", "r.speaker"), "r.words"),
}
KINDS: Final = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document, event or statement that was found: its id, the document's, and a piece of the words. `label` says
    of what type an event is, of which side a statement."""

    kind: str
    id: str
    document: str
    title: str | None
    publisher: str | None
    published: date | None
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, the latest published first, and the cursor of the next page (None: there is none)."""

    hits: tuple[Hit, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ActorHit:
    """Somebody of the ledger whose name holds the words, and in how many events."""

    id: str
    name: str
    country: str | None
    events: int


def find(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    words: Sequence[str],
    *,
    actor: str | None = None,
    issue: str | None = None,
    after: str | None = None,
    limit: int = 20,
) -> Found:
    """What of a kind (one of `KINDS`) holds every word; of events and statements also by actor, of statements by issue.

    Raises:
        OptionError: the kind is not known, it has no such property, or `after` is no cursor of such a page.
    """
    if kind not in _KINDS:
        raise OptionError(f"kind {kind!r} is not known ({', '.join(KINDS)})")
    table, columns, shown = _KINDS[kind]
    values: dict[str, object] = {"limit": limit + 1, "first": words[0].lower() if words else ""}
    tests = []
    for number, word in enumerate(words):
        values[f"w{number}"] = f"%{_literal(word)}%"
        tests.append("(" + " OR ".join(_holds(column, number, word) for column in columns) + ")")
    if actor is not None:
        values["actor"] = actor
        tests.append(_by_actor(kind))
    if issue is not None:
        if kind != "statements":
            raise OptionError(f"issue {issue!r}: only statements can be searched by issue")
        values["issue"] = issue
        tests.append("list_contains(r.issues, $issue)")
    if after is not None:
        values["day"], values["id"] = _cursor(after)
        tests.append("(coalesce(d.published, DATE '0001-01-01'), r.id) < ($day, $id)")
    document = "r.id" if kind == "documents" else "r.document"
    label = {"documents": "r.kind", "events": "r.type || ', ' || r.status", "statements": "coalesce(r.side, '')"}[kind]
    # What is shown is looked up for the few hits of the page alone.
    sql = f"""WITH best AS MATERIALIZED (
                SELECT r.rowid AS row, coalesce(d.published, DATE '0001-01-01') AS day
                FROM {table} JOIN documents d ON d.id = {document} WHERE {" AND ".join(tests) or "true"} AND {{days}}
                ORDER BY day DESC, r.id DESC LIMIT $limit)
              SELECT '{kind}', r.id, d.id, d.title, d.publisher, d.published, {label},
                greatest(1, strpos(lower({shown}), $first) - {_BEFORE}) AS shown_from,
                substring({shown}, shown_from, {_PIECE})
              FROM best JOIN {kind} r ON r.rowid = best.row JOIN documents d ON d.id = {document}
              ORDER BY best.day DESC, r.id DESC"""
    rows: list[tuple[Any, ...]] = []
    for days in _steps(connection, values.get("day")) if kind == "documents" else ("true",):
        values["limit"] = limit + 1 - len(rows)
        rows += connection.execute(sql.format(days=days), values).fetchall()
        if len(rows) > limit:
            break
    hits = [Hit(*[*head, _whole(place, piece)]) for *head, place, piece in rows]
    shown_hits = tuple(hits[:limit])
    return Found(shown_hits, _next(shown_hits[-1]) if len(hits) > limit else None)


def _steps(connection: duckdb.DuckDBPyConnection, last: object) -> Iterator[str]:
    """Conditions that together hold for every document published up to a day (None: for all), the latest first: most
    pages of hits are full before all texts have been looked through."""
    sql = """SELECT published, count(*) FROM documents
             WHERE published IS NOT NULL AND ($last IS NULL OR published <= $last)
             GROUP BY published ORDER BY published DESC"""
    until: date | None = None
    held, full = 0, _STEP
    for day, count in connection.execute(sql, {"last": last}).fetchall():
        until, held = until or day, held + count
        if held >= full:
            yield f"r.published BETWEEN DATE '{day}' AND DATE '{until}'"
            until, held, full = None, 0, 2 * full
    if until:
        yield f"r.published <= DATE '{until}'"
    yield "r.published IS NULL"


def actors(connection: duckdb.DuckDBPyConnection, words: Sequence[str], limit: int = 10) -> list[ActorHit]:
    """Whoever takes part in events under a name that holds every word, the most frequent first."""
    if not words:
        return []
    values: dict[str, object] = {f"w{number}": f"%{_literal(word)}%" for number, word in enumerate(words)}
    tests = " AND ".join(_holds("p.name", number, word) for number, word in enumerate(words))
    sql = f"""SELECT p.actor, mode(p.name), mode(p.country), count(DISTINCT p.event) FROM participants p
              JOIN events r ON r.id = p.event {_CURRENT} WHERE {tests}
              GROUP BY p.actor ORDER BY 4 DESC, 1 LIMIT $limit"""
    return [ActorHit(*row) for row in connection.execute(sql, {**values, "limit": limit}).fetchall()]


def _whole(place: int, piece: str) -> str:
    """A piece that begins at a place of a text (the first is 1), without the halves of words at its ends."""
    flat = " ".join(piece.split())
    flat = "… " + flat.partition(" ")[2] if place > 1 else flat
    return flat.rpartition(" ")[0] + " …" if len(piece) == _PIECE else flat


def _by_actor(kind: str) -> str:
    if kind == "events":
        return "r.id IN (SELECT event FROM participants WHERE actor = $actor)"
    if kind == "statements":
        return "r.speaker_id = $actor"
    return "r.id IN (SELECT e.document FROM events e JOIN participants p ON p.event = e.id WHERE p.actor = $actor)"


def _holds(column: str, number: int, word: str) -> str:
    # To name the sign that takes others' meaning away makes it three times as slow; few words need one.
    return f"{column} ILIKE $w{number}" + (" ESCAPE '\\'" if _literal(word) != word else "")


def _literal(word: str) -> str:
    """The word for ILIKE, its signs without their meaning."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _next(hit: Hit) -> str:
    return f"{(hit.published or date.min).isoformat()}{_MARK}{hit.id}"


def _cursor(text: str) -> tuple[date, str]:
    day, mark, id = text.partition(_MARK)
    try:
        when = date.fromisoformat(day)
    except ValueError:
        mark = ""
        when = date.min
    if not mark:
        raise OptionError(f"after {text!r} is no cursor of this list; begin again without it")
    return when, id

"""Which column of a table, or key of a JSON object, holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from detente.errors import InputError
from detente.reading.options import ReadOptions

# Field of a document: names that mean it, best first. The first is détente's own and is no guess.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (
        "text",
        "body",
        "content",
        "fulltext",
        "full_text",
        "maintext",
        "article_text",
        "article",
        "story",
        "transcript",
    ),
    "id": ("id", "doc_id", "document_id", "docid", "article_id", "uid", "guid"),
    "title": ("title", "headline", "title_page"),
    "published": (
        "published",
        "date",
        "published_at",
        "publishedat",
        "pub_date",
        "pubdate",
        "publish_date",
        "publication_date",
        "date_published",
        "date_publish",
    ),
    "publisher": (
        "publisher",
        "source",
        "outlet",
        "source_name",
        "sitename",
        "publication",
        "newspaper",
        "source_domain",
    ),
    "kind": ("kind", "document_kind"),
    "issuer": ("issuer", "issued_by"),
    "url": ("url", "link", "source_url"),
    "language": ("language", "lang"),
}
_OPTION: Final = {
    "text": "text_column",
    "id": "id_column",
    "title": "title_column",
    "published": "date_column",
    "publisher": "publisher_column",
    "kind": "kind_column",
    "issuer": "issuer_column",
    "url": "url_column",
}


def choose_columns(
    name: str, present: Iterable[str], options: ReadOptions, *, strict: bool, where: str = ""
) -> tuple[dict[str, str], list[str]]:
    """Field → column, and the guesses as "field = column".

    `strict`: a column named by an option has to be there (in a table; a JSON object may leave a key out).

    Raises:
        InputError: there is no column of text, or one named by an option is missing; the text lists the columns there.
    """
    there = [str(column) for column in present]
    listed = ", ".join(_shown(column) for column in there[:20]) + (", …" if len(there) > 20 else "")
    by_lower = {column.strip().lower(): column for column in reversed(there)}
    chosen: dict[str, str] = {}
    guesses: list[str] = []
    for field, names in NAMES.items():
        wanted = getattr(options, _OPTION[field]) if field in _OPTION else None
        if wanted is not None:
            if wanted in there:
                chosen[field] = wanted
            elif strict or field == "text":
                raise InputError(
                    name,
                    f"no column {wanted!r} for the {field}",
                    where=where,
                    right=f"columns there: {listed or 'none'}",
                )
            continue
        found = next((by_lower[known] for known in names if known in by_lower), None)
        if found is not None:
            chosen[field] = found
            if found != names[0]:
                guesses.append(f"{field} = {found}")
    if "text" not in chosen:
        raise InputError(
            name,
            "no column of text",
            where=where,
            right=f"name it with --text-column; columns there: {listed or 'none'}",
        )
    return chosen, guesses


def _shown(column: str) -> str:
    """A column's name fit for one line of a message."""
    return " ".join(column.encode("utf-8", "replace").decode("utf-8").split())[:60]

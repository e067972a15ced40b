"""Files that hold one document: plain text, Markdown, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import yaml

from detente.errors import InputError
from detente.reading.columns import NAMES
from detente.reading.documents import Draft, nested_too_deep
from detente.reading.encodings import decode
from detente.reading.fields import draft_of
from detente.reading.options import ReadOptions
from detente.reading.streams import Stream

Note = Callable[[str], None]

_FRONT_MATTER: Final = re.compile(r"\s*---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M | re.S)
_TAG: Final = re.compile(r"<[^<>]*>")
_BREAKS: Final = ("softbreak", "hardbreak")
# Dates only from what a page declares: guesses from its running text are too often those of other articles. A fixed end
# makes the result the same on every day.
_DATE_RULES: Final = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_text(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Draft]:
    """The one document of a plain text file. Line ends become "\\n"; nothing else changes."""
    yield Draft(text=_decoded(stream, options, on_note), url=stream.url)


def read_markdown(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Draft]:
    """The one document of a Markdown file: its text without marks, what its YAML front matter says of it.

    The title of the front matter goes before the text unless the text begins with it.

    Raises:
        InputError: the front matter is not YAML, or says something impossible.
    """
    source = _decoded(stream, options, on_note)
    fields: dict[str, Any] = {"url": stream.url}
    if match := _FRONT_MATTER.match(source):
        fields |= _front_matter(stream.name, match["yaml"])
        source = source[match.end() :]
    if nested_too_deep(source):
        yield Draft(text=source)
        return
    text = plain(source)
    draft = draft_of(stream.name, {**fields, "text": text})
    yield replace(draft, text=with_title(draft.title, text))


def read_html(stream: Stream, options: ReadOptions, on_note: Note) -> Iterator[Draft]:
    """The one document of a web page: title and main text, paragraphs separated by blank lines.

    The date taken from the page is said through `on_note`.

    Raises:
        InputError: the page has no main text.
    """
    # Imported late: takes half a second and many a run has no web page.
    import trafilatura

    data = stream.whole(options.max_raw)
    fault = InputError(stream.name, "HTML with no text to be found", right="give a page with an article in it")
    if not data.strip():
        raise fault
    try:
        page = trafilatura.bare_extraction(
            _html_text(stream.name, data),
            url=stream.url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=dict(_DATE_RULES),
        )
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError) as trouble:
        raise InputError(
            stream.name, f"HTML that cannot be understood: {trouble}", right="save the page again"
        ) from trouble
    if page is None or isinstance(page, dict):
        raise fault
    body = "\n\n".join(line.strip() for line in (page.text or "").splitlines() if line.strip())
    if not body:
        raise fault
    fields = {
        "text": body,
        "title": page.title,
        "published": options.published or page.date,
        "publisher": options.publisher or page.sitename,
        # Where the page was found, before what it claims as its address.
        "url": stream.url or page.url,
        "language": page.language,
    }
    if page.date and not options.published:
        on_note(f"{stream.name}: publication date {page.date} taken from the page")
    draft = draft_of(stream.name, fields)
    yield replace(draft, text=with_title(draft.title, body), kind=options.kind)


def plain(markdown: str) -> str:
    """Markdown without its marks; blocks separated by blank lines, line breaks kept, images and raw HTML left out."""
    from markdown_it import MarkdownIt

    blocks: list[str] = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "inline":
            parts = []
            for child in token.children or ():
                if child.type in ("text", "code_inline"):
                    parts.append(child.content)
                elif child.type in _BREAKS:
                    parts.append("\n")
            blocks.append("".join(parts))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.strip("\n"))
        elif token.type == "html_block":
            blocks.append(_TAG.sub("", token.content).strip())
    return "\n\n".join(block for block in blocks if block.strip())


def _decoded(stream: Stream, options: ReadOptions, on_note: Note) -> str:
    text, encoding = decode(stream.name, stream.whole(options.max_raw))
    if not encoding.startswith("utf-8"):
        on_note(f"{stream.name}: read as {encoding}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _html_text(name: str, data: bytes) -> str | bytes:
    """Text if it is plainly UTF-8; otherwise the bytes, whose encoding the page itself may declare."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"charset" in data[:4096].lower():
            return data
        return decode(name, data)[0]


def _front_matter(name: str, source: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"line {mark.line + 2}" if mark else "front matter"
        what = " ".join(str(getattr(fault, "problem", None) or fault).split())
        raise InputError(
            name, f"front matter is not YAML: {what}", where=where, right="write `name: value` lines"
        ) from fault
    if not isinstance(data, dict):
        raise InputError(name, "front matter has no `name: value` lines", right="write title: …, published: YYYY-MM-DD")
    by_lower = {str(key).lower(): value for key, value in data.items()}
    fields: dict[str, Any] = {}
    for field, names in NAMES.items():
        found = next((known for known in names if known in by_lower), None)
        if found is not None and field != "text":
            fields[field] = by_lower[found]
    return fields


def with_title(title: str | None, text: str) -> str:
    """The text with its title before it, unless it begins with it."""
    if not title or " ".join(text[: 2 * len(title) + 20].split()).startswith(" ".join(title.split())):
        return text
    return f"{title.strip()}\n\n{text}"

"""`feeds.toml`: which feeds are read, how often, and what is known of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from detente.errors import InputError
from detente.reading.web import is_address
from detente.records import KINDS

_KEYS: Final = ("url", "publisher", "kind", "issuer", "every", "full_text")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}
_EVERY: Final = re.compile(r"([1-9]\d{0,3})\s*([mhd])")
_EXAMPLE: Final = '[[feed]] with url = "https://…"'


@dataclass(frozen=True, slots=True)
class FeedSource:
    """One feed to be followed.

    `publisher`, `kind` and `issuer` are said of all its documents; None leaves them to what the feed and the texts say.
    `every`: how long to wait between two looks. `full_text`: read the page that an entry links to; otherwise the
    entry's own text.
    """

    url: str
    publisher: str | None = None
    kind: str | None = None
    issuer: str | None = None
    every: timedelta = timedelta(minutes=30)
    full_text: bool = False


def load_feeds(path: Path) -> tuple[FeedSource, ...]:
    """The feeds that a TOML file lists as `[[feed]]`.

    Raises:
        InputError: the file cannot be read, or has a key or value that is not allowed; the text names both.
    """
    name = str(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise InputError(name, "no such file", right="check the name") from fault
    except OSError as fault:
        raise InputError(name, f"cannot be read: {fault.strerror}", right="give a readable file") from fault
    except ValueError as fault:  # Not TOML, or not UTF-8.
        raise InputError(name, f"not TOML: {' '.join(str(fault).split())}", right=_EXAMPLE) from fault
    if strange := sorted(set(table) - {"feed"}):
        raise InputError(name, f"unknown key {strange[0]!r}", right=_EXAMPLE)
    rows = table.get("feed")
    if not rows or not isinstance(rows, list):
        raise InputError(name, "lists no feed", right=_EXAMPLE)
    sources: list[FeedSource] = []
    for number, row in enumerate(rows, start=1):
        source = _source(name, f"feed {number}", row)
        if source.url in {other.url for other in sources}:
            raise InputError(name, f"url = {source.url!r} a second time", where=f"feed {number}", right="leave one out")
        sources.append(source)
    return tuple(sources)


def _source(name: str, where: str, row: object) -> FeedSource:
    if not isinstance(row, Mapping):
        raise InputError(name, f"feed = {row!r} where a table should be", where=where, right=_EXAMPLE)
    if strange := sorted(set(row) - set(_KEYS)):
        raise InputError(name, f"unknown key {strange[0]!r}", where=where, right=", ".join(_KEYS))
    values: dict[str, Any] = dict(row)
    url = values.get("url")
    if not isinstance(url, str) or not is_address(url):
        what = f"url = {url!r} is no web address" if "url" in values else "no url"
        raise InputError(name, what, where=where, right='url = "https://…"')
    for key in ("publisher", "issuer"):
        if key in values and not (isinstance(values[key], str) and values[key].strip()):
            raise InputError(name, f"{key} = {values[key]!r} is no name", where=where, right=f'{key} = "NAME"')
    if "kind" in values and values["kind"] not in KINDS:
        raise InputError(name, f"kind = {values['kind']!r} is not known", where=where, right=", ".join(KINDS))
    if not isinstance(values.get("full_text", False), bool):
        raise InputError(name, f"full_text = {values['full_text']!r}", where=where, right="true or false")
    if "every" in values:
        values["every"] = _every(name, where, values["every"])
    return FeedSource(**values)


def _every(name: str, where: str, value: object) -> timedelta:
    match = _EVERY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise InputError(name, f"every = {value!r} is no time", where=where, right='"30m", "2h" or "1d"')
    return timedelta(**{_UNITS[match[2]]: int(match[1])})

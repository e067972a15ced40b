"""The form of the page Add, taken in: `order_of(form, folder)` checks it and keeps its files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from detente.errors import OptionError
from detente.reading.formats import PACKED, extension
from detente.reading.web import is_address
from detente.records import KINDS
from detente.web import limits
from detente.web.asked import day_of
from detente.web.guard import FORM_TOKEN
from detente.web.job import Fault, Order, Pasted

# How the form is described to programs.
FORM: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [FORM_TOKEN],
                "properties": {
                    FORM_TOKEN: {"type": "string", "description": "`token` of /add.json."},
                    "text": {"type": "string", "description": "A text; `published` must be given with it."},
                    "title": {"type": "string", "description": "Of the text."},
                    "issuer": {"type": "string", "description": "Whose readout or statement the text is."},
                    "url": {"type": "string", "description": "Where the text comes from; nothing is fetched."},
                    "addresses": {"type": "string", "description": "http or https, one a line."},
                    "files": {
                        "type": "array",
                        "maxItems": limits.FILES,
                        "items": {"type": "string", "format": "binary"},
                    },
                    "published": {"type": "string", "description": "YYYY-MM-DD, of all that does not say so itself."},
                    "publisher": {"type": "string"},
                    "kind": {"type": "string", "enum": ["", *KINDS], "description": "Empty: it is guessed."},
                },
            },
        }
    },
}


async def order_of(form: FormData, folder: Path) -> Order:
    """What a form asks for; its files lie in `folder` then, under names of our own.

    Raises:
        OptionError: nothing is given, or something that cannot be.
    """
    given = {name: _whole(value).strip() for name, value in form.multi_items() if isinstance(value, str)}
    published = day_of("published", given.get("published"))
    kind = given.get("kind") or None
    if kind is not None and kind not in KINDS:
        raise OptionError(f"kind {kind[:40]!r} is not known ({', '.join(KINDS)})")
    text = given.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.CHARACTERS:
        raise OptionError(f"a text of more than {limits.CHARACTERS:,} characters; give it as a file in parts")
    if text and published is None:
        raise OptionError("a text without its date of publication; give one (YYYY-MM-DD)")
    addresses = _addresses(given.get("addresses", ""))
    uploads = [value for value in form.getlist("files") if isinstance(value, UploadFile) and value.filename]
    if not (text or addresses or uploads):
        raise OptionError("nothing was given; give a text, an address or files")
    title, publisher = _line("title", given), _line("publisher", given)
    faults, files = [], []
    for number, upload in enumerate(uploads):
        name = shown_name(upload.filename or "")
        if (upload.size or 0) > limits.FILE_BYTES:
            many = f"a file of more than {limits.FILE_BYTES:,} bytes"
            faults.append(Fault(name, "", many, "give it in parts, or to `detente add`"))
            continue
        path = folder / f"{number:04}"
        await run_in_threadpool(_keep, upload, path)
        files.append((str(path), name))
    return Order(
        what=_what(title or "", text, addresses, [shown_name(upload.filename or "") for upload in uploads]),
        files=tuple(files),
        addresses=addresses,
        pasted=Pasted(text, title, _line("issuer", given), _line("url", given)) if text else None,
        published=published.isoformat() if published else None,
        publisher=publisher,
        kind=kind,
        faults=tuple(faults),
    )


def shown_name(given: str) -> str:
    """The name of a file as its sender gives it, fit for a line; no path. Its endings stay."""
    name = PurePosixPath(_whole(given).replace("\\", "/")).name
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    if len(line) <= 100:
        return line or "a file without a name"
    endings = PurePosixPath(line).suffixes[-2:] if extension(line) else []
    ending = "".join(endings if endings[-1:] and endings[-1].lower() in PACKED else endings[-1:])
    return f"{line[: 99 - len(ending)]}…{ending}"


def _whole(text: str) -> str:
    """Without halves of two-part characters, which no page could show."""
    return text.encode("utf-8", "replace").decode()


def _addresses(text: str) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(lines) > limits.ADDRESSES:
        raise OptionError(f"more than {limits.ADDRESSES} addresses; give them in parts")
    for line in lines:
        if not is_address(line) or len(line) > limits.LINE:
            raise OptionError(f"{line[:100]!r} is no address of the web (https://HOST/…, one a line)")
    return lines


def _line(name: str, given: Mapping[str, str]) -> str | None:
    line = " ".join(given.get(name, "").split())
    if len(line) > limits.LINE:
        raise OptionError(f"{name}: more than {limits.LINE:,} characters")
    return line or None


def _keep(upload: UploadFile, path: Path) -> None:
    with path.open("xb") as out:
        shutil.copyfileobj(upload.file, out)


def _what(title: str, text: str, addresses: tuple[str, ...], names: list[str]) -> str:
    """What was given, in a few words."""
    parts = [f"the text “{title[:80]}”" if title else "a text"] if text else []
    if addresses:
        parts.append(addresses[0][:100] if len(addresses) == 1 else f"{len(addresses)} addresses")
    if names:
        parts.append(names[0] if len(names) == 1 else f"{len(names)} files")
    return " and ".join(parts)

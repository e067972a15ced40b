"""Where gold data lies, how it is read, and its digest."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import InputError

CHECKOUT = Path(__file__).resolve().parents[3]


class MissingData(InputError):
    """The gold data is not on this machine, as opposed to being wrong."""


def shared(*parts: str) -> Path:
    """A path under the shared data folder: `$DETENTE_SHARED`, or `shared` beside the checkout or the working folder.

    Raises:
        MissingData: there is no such folder or file.
    """
    given = os.environ.get("DETENTE_SHARED")
    roots = [Path(given)] if given else [CHECKOUT.parent / "shared", Path.cwd().parent / "shared"]
    for root in roots:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    right = "give the file with --data, or set DETENTE_SHARED to the folder that holds gold/ and seed/"
    raise MissingData(str(roots[0].joinpath(*parts)), "no such evaluation data", right=right)


def examples() -> Path:
    """The folder of the project's own marked examples.

    Raises:
        MissingData: it is not there (it comes with the checkout, not with the installed package).
    """
    for root in (CHECKOUT, Path.cwd()):
        if (root / "examples").is_dir():
            return root / "examples"
    raise MissingData(str(CHECKOUT / "examples"), "no such folder", right="run in a checkout, or give it with --data")


def read_json(path: Path) -> Any:
    """The JSON value in a file.

    Raises:
        InputError: the file is missing or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise InputError(str(path), f"cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise InputError(str(path), f"not JSON: {fault}") from fault


def read_text(path: Path) -> str:
    """The UTF-8 text in a file.

    Raises:
        InputError: the file is missing or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise InputError(str(path), f"cannot be read: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise InputError(str(path), "not UTF-8") from fault


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file (`.gz` too), one at a time; empty lines are left out.

    Raises:
        InputError: the file is missing, or a line is not a JSON object.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise InputError(str(path), "not a JSON object", where=f"line {number}")
                yield row
    except OSError as fault:
        raise InputError(str(path), f"cannot be read: {fault.strerror or fault}") from fault
    except ValueError as fault:
        raise InputError(str(path), f"not JSON Lines: {fault}", right="one JSON object a line") from fault


def require(row: Any, names: Sequence[str], path: Path, where: str) -> None:
    """Check that a gold row is an object with these fields.

    Raises:
        InputError: it is not.
    """
    missing = [name for name in names if not isinstance(row, dict) or name not in row]
    if missing:
        raise InputError(str(path), f"no field {', '.join(missing)}", where=where, right=f"{', '.join(names)}")


def day(text: str, path: Path, where: str) -> date:
    """The day that an ISO date names.

    Raises:
        InputError: it names none.
    """
    try:
        return date.fromisoformat(text[:10])
    except ValueError as fault:
        raise InputError(str(path), f"not a date: {text!r}", where=where, right="YYYY-MM-DD") from fault


def digest(*paths: Path) -> str:
    """SHA-256 of one file's bytes, or of the (name, bytes) of several files in the order given."""
    total = hashlib.sha256()
    for path in paths:
        if len(paths) > 1:
            total.update(path.name.encode() + b"\0")
        try:
            total.update(path.read_bytes())
        except OSError as fault:
            raise InputError(str(path), f"cannot be read: {fault.strerror}") from fault
    return total.hexdigest()

"""The noun of a published file's papers: what made it, out of what, how, and what came out. No clock is in it.

Manifest.to_json() -> str, Manifest.from_json(text, source) -> Manifest, load_manifest(path) -> Manifest
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from detente.errors import InputError

VERSION: Final = 1
SUFFIX: Final = ".manifest.json"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
# More than any list of documents that is written unasked.
_MOST_BYTES: Final = 200_000_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Listed:
    """A document with its id, or a file with its name, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A file of event data of others: its name, the format as which it was read, and its SHA-256."""

    name: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read. `documents` is how many were filed, `sha256` the digest of their sorted list (`id TAB digest` a
    line), `listed` that list or, where it is too long, None. `imports` are files of event data of others. `files` are
    the paths that the user named as those that the ledger was made of, relative to the manifest."""

    documents: int
    sha256: str
    listed: tuple[Listed, ...] | None
    imports: tuple[Imported, ...] = ()
    files: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written: its name, its SHA-256, its bytes, and for the data themselves `content`, the SHA-256 of
    the table as CSV, which does not depend on how a version of a library packs a file."""

    name: str
    sha256: str
    bytes: int
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_with` maps what the output depends on (versions, digests of tables and model, settings) to its state,
    `command` is the command's name and `options` its options, plain values. The first of the outputs is the data."""

    command: str
    options: Mapping[str, Any]
    made_with: Mapping[str, str]
    inputs: Inputs
    outputs: tuple[Output, ...]

    def to_json(self) -> str:
        """The text of the file."""
        inputs = self.inputs
        documents: dict[str, Any] = {"count": inputs.documents, "sha256": inputs.sha256}
        if inputs.listed is not None:
            documents["list"] = {one.name: one.sha256 for one in inputs.listed}
        plain = {
            "detente_manifest": VERSION,
            "command": self.command,
            "options": dict(self.options),
            "made_with": dict(self.made_with),
            "inputs": {
                "documents": documents,
                "imports": [{"file": one.name, "format": one.format, "sha256": one.sha256} for one in inputs.imports],
                "files": [{"file": one.name, "sha256": one.sha256} for one in inputs.files],
            },
            "outputs": [
                {"file": one.name, "sha256": one.sha256, "bytes": one.bytes}
                | ({"content_sha256": one.content} if one.content else {})
                for one in self.outputs
            ],
            "note": "The bytes of a Parquet file name the version of pyarrow, those of a .dta file are laid out by "
            "pandas: with other versions compare content_sha256. The last digits of confidences may differ between "
            "kinds of processor.",
        }
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, source: str) -> Manifest:
        """The manifest in a text; `source` names it in errors.

        Raises:
            InputError: it is no manifest, of another version, or says something that no manifest says.
        """
        try:
            plain = json.loads(text)
        except (ValueError, RecursionError) as fault:
            raise InputError(
                source, "not a manifest: no JSON", right=f"a file FILE{SUFFIX} of `detente panel`"
            ) from fault
        if not isinstance(plain, dict) or "detente_manifest" not in plain:
            raise InputError(source, "not a manifest", right=f"a file FILE{SUFFIX} of `detente panel`")
        if plain["detente_manifest"] != VERSION:
            raise InputError(source, f"a manifest of version {plain['detente_manifest']!r}", right=f"{VERSION}")
        read = _Reader(source)
        return cls(
            read.get(plain, "command", str),
            read.get(plain, "options", dict),
            read.get(plain, "made_with", dict),
            _inputs(read, read.get(plain, "inputs", dict)),
            _outputs(read, read.get(plain, "outputs", list)),
        )


def _inputs(read: _Reader, plain: dict[str, Any]) -> Inputs:
    imports: list[Any] = read.get(plain, "imports", list)
    documents: dict[str, Any] = read.get(plain, "documents", dict)
    listed = None
    if "list" in documents:
        given: dict[str, Any] = read.get(documents, "list", dict)
        listed = tuple(Listed(id, read.digest(digest)) for id, digest in given.items())
    return Inputs(
        read.get(documents, "count", int),
        read.digest(read.get(documents, "sha256", str)),
        listed,
        tuple(_imported(read, one) for one in imports),
        _listed(read, read.get(plain, "files", list)),
    )


def _listed(read: _Reader, plain: list[Any]) -> tuple[Listed, ...]:
    return tuple(Listed(read.get(one, "file", str), read.digest(read.get(one, "sha256", str))) for one in plain)


def _imported(read: _Reader, one: Any) -> Imported:
    name, format = (read.get(one, key, str) for key in ("file", "format"))
    return Imported(name, format, read.digest(read.get(one, "sha256", str)))


def _outputs(read: _Reader, plain: list[Any]) -> tuple[Output, ...]:
    if not plain:
        raise read.fault("outputs", "are empty")
    return tuple(
        Output(
            read.name(read.get(one, "file", str)),
            read.digest(read.get(one, "sha256", str)),
            read.get(one, "bytes", int),
            read.digest(one["content_sha256"]) if "content_sha256" in one else None,
        )
        for one in plain
    )


class _Reader:
    """Takes values out of a file that anybody may have written."""

    def __init__(self, source: str) -> None:
        self._source = source

    def fault(self, where: str, what: str) -> InputError:
        return InputError(self._source, what, where=where, right=f"as `detente panel` writes it in FILE{SUFFIX}")

    def get(self, plain: Any, key: str, kind: Callable[..., _T]) -> _T:
        value: Any = plain.get(key) if isinstance(plain, dict) else None
        if type(value) is not kind:
            raise self.fault(key, "is missing" if value is None else f"is {type(value).__name__}")
        found: _T = value
        return found

    def digest(self, value: Any) -> str:
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            raise self.fault(repr(value)[:80], "is no SHA-256")
        return value

    def name(self, value: str) -> str:
        """A name in the folder of the manifest, never a way out of it."""
        if not value or value != Path(value).name or "\\" in value or "\0" in value or value in (".", ".."):
            raise self.fault(repr(value)[:80], "is no name of a file")
        return value


def load_manifest(path: Path) -> Manifest:
    """The manifest in a file.

    Raises:
        InputError: it cannot be read, or is no manifest.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(str(path), f"larger than {_MOST_BYTES:,} bytes, which no manifest is")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        said = fault.strerror if isinstance(fault, OSError) else "not UTF-8"
        raise InputError(str(path), f"cannot be read: {said}") from fault
    return Manifest.from_json(text, str(path))


def output_of(path: Path, content: str | None = None) -> Output:
    """A file that was written."""
    return Output(path.name, file_digest(path), path.stat().st_size, content)


def file_digest(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise InputError(str(path), f"cannot be read: {fault.strerror}") from fault

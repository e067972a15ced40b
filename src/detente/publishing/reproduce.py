"""Making a published file again from the same input, in a ledger of its own, and comparing bytes.

    reproduce(manifest, inputs, …, on_error=…, on_note=…) -> Reproduction

Inputs are files and folders of documents, as for `detente add`; a ledger, whose documents are then coded anew; and, for
panels of event data of others, the files that were imported, known by their digests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente.errors import InputError, OptionError
from detente.ledger import add, lookups, reading, refresh, sole_writer
from detente.ledger.add import Added, CoderLike
from detente.publishing.asked import options_from
from detente.publishing.differences import first_difference
from detente.publishing.imports import import_file
from detente.publishing.manifest import Imported, Inputs, Manifest, file_digest, load_manifest
from detente.publishing.publish import COMMAND, publish_panel
from detente.reading import ReadOptions, read_paths
from detente.reading.web import is_address
from detente.records import Document

_DEFAULTS: Final = ReadOptions()
_LEDGER: Final = b"DUCK"
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Reproduction:
    """Whether every file came out the same to the byte; if not, `differences` says where, the first first.

    `causes` are what differs in the input or in what made it, `files` the names of those that were compared.
    """

    identical: bool
    files: tuple[str, ...]
    differences: tuple[str, ...]
    causes: tuple[str, ...]


def reproduce(
    manifest: Path,
    inputs: Sequence[str] = (),
    *,
    coder: Callable[[], CoderLike],
    options: ReadOptions = _DEFAULTS,
    out: Path | None = None,
    on_error: Callable[[InputError], None],
    on_note: Callable[[str], None] = lambda _: None,
    on_read: Callable[[int], None] = lambda _: None,
    on_added: Callable[[Added], None] = lambda _: None,
) -> Reproduction:
    """Make what the manifest says from these inputs (none: from the files that it names) and compare.

    `coder` is called if there are documents to code. `out` is the folder for what is made; without it nothing is kept.

    Raises:
        InputError: the manifest, or an input, cannot be read, or there is none.
        OptionError: `out` is the manifest's own folder, or cannot be written.
    """
    wanted = load_manifest(manifest)
    if wanted.command != COMMAND:
        raise InputError(str(manifest), f"made by {wanted.command!r}", right=f"`detente {COMMAND}` can be made again")
    dyads, asked, format = options_from(dict(wanted.options), str(manifest))
    if out is not None and out.absolute() == manifest.parent.absolute():
        raise OptionError(f"{out}: has the files that are to be compared; name another folder")
    paths = [str(path) for path in inputs] or list(_named(manifest, wanted))
    others, paths = _imports(paths, wanted.inputs.imports)
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        ledger = Path(folder) / "ledger.duckdb"
        with sole_writer(ledger):
            if paths:
                documents = _documents(paths, options, on_error, on_note, on_read)
                for added in add(ledger, documents, coder(), on_error=on_error):
                    on_added(added)
                refresh(ledger)
            for path, imported in others:
                import_file(ledger, path, imported.format)
        target = out or Path(folder) / "out"
        _make(target)
        listed = wanted.inputs.listed is not None
        made = publish_panel(ledger, target / wanted.outputs[0].name, dyads, asked, format=format, listed=listed)
        compared = [output for output in wanted.outputs if (target / output.name).is_file()]
        differences = tuple(_differences(manifest, wanted, made, target))
    return Reproduction(not differences, tuple(one.name for one in compared), differences, tuple(_causes(wanted, made)))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OptionError(f"{folder}: cannot be made: {fault.strerror}") from fault


def _named(manifest: Path, wanted: Manifest) -> Iterator[str]:
    if not wanted.inputs.files:
        raise InputError(str(manifest), "names no files to read", right="say with --input where the documents are")
    for file in wanted.inputs.files:
        path = manifest.parent / file.name
        if file_digest(path) != file.sha256:
            raise InputError(str(path), "is not the file that the manifest names: its bytes are others")
        yield str(path)


def _imports(paths: Sequence[str], wanted: Sequence[Imported]) -> tuple[list[tuple[Path, Imported]], list[str]]:
    """The paths of files that are to be imported, each with what the manifest says of it, and the other paths."""
    known = {one.sha256: one for one in wanted}
    found, others = [], []
    for path in paths:
        digest = file_digest(Path(path)) if known and Path(path).is_file() else ""
        if digest in known:
            found.append((Path(path), known[digest]))
        else:
            others.append(path)
    return found, others


def _documents(
    paths: Iterable[str],
    options: ReadOptions,
    on_error: Callable[[InputError], None],
    on_note: Callable[[str], None],
    on_read: Callable[[int], None],
) -> Iterator[Document]:
    for path in paths:
        if not is_address(path) and _is_ledger(Path(path)):
            yield from _filed(Path(path))
        else:
            yield from read_paths([path], options, on_error=on_error, on_note=on_note, on_read=on_read)


def _is_ledger(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(12)[8:] == _LEDGER
    except OSError:  # A folder, or a file that reading it will complain of.
        return False


def _filed(path: Path) -> Iterator[Document]:
    with reading(path) as connection:
        for id in lookups.documents(connection):
            yield lookups.document(connection, id)[0]


def _differences(manifest: Path, wanted: Manifest, made: Manifest, folder: Path) -> Iterator[str]:
    got = {output.name: output for output in made.outputs}
    for output in wanted.outputs:
        new = got.get(output.name)
        if new is None:
            yield f"{output.name}: was not made again"
        elif new.sha256 != output.sha256:
            yield f"{output.name}: {_told(manifest.parent / output.name, output.sha256, folder / output.name)}" + (
                " (the table is the same, cell by cell)" * bool(output.content and output.content == new.content)
            )


def _told(old: Path, sha256: str, new: Path) -> str:
    if not old.is_file():
        return f"other bytes came; to see where, put the old file beside the manifest ({old.parent})"
    if file_digest(old) != sha256:
        return "other bytes came; where cannot be said, for the file beside the manifest is no longer the one it names"
    return first_difference(old, new) or "other bytes came"


def _causes(wanted: Manifest, made: Manifest) -> Iterator[str]:
    yield from _input_causes(wanted.inputs, made.inputs)
    for name in sorted({*wanted.made_with, *made.made_with}):
        old, new = wanted.made_with.get(name, "nothing"), made.made_with.get(name, "nothing")
        if old != new:
            yield f"{name}: {old} then, {new} now"


def _input_causes(wanted: Inputs, made: Inputs) -> Iterator[str]:
    if wanted.sha256 != made.sha256:
        yield f"documents: {wanted.documents:,} were wanted, {made.documents:,} came" + (
            "" if wanted.documents != made.documents else ", not the same"
        )
        if wanted.listed is not None and made.listed is not None:
            old = {one.name: one.sha256 for one in wanted.listed}
            new = {one.name: one.sha256 for one in made.listed}
            yield from _some("missing", [id for id in old if id not in new])
            yield from _some("not in the manifest", [id for id in new if id not in old])
            yield from _some("with another content", [id for id in old if id in new and old[id] != new[id]])
    lost = {one.sha256 for one in made.imports}
    yield from _some("imports missing", [one.name for one in wanted.imports if one.sha256 not in lost])


def _some(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
        yield f"documents {what}: {', '.join(names[:_SHOWN])}{more}"

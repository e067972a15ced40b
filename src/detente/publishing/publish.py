"""A panel as a file, with its papers: data dictionary, citation block and manifest.

    publish_panel(path, out, dyads=None, asked=Asked(), format=None, made_from=(), listed=None) -> Manifest

Files: OUT, OUT.dictionary.csv, OUT.citation.txt, OUT.manifest.json. The same ledger gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.analysis.series import Asked
from detente.errors import LedgerError
from detente.exchange.tables import Labels, csv_bytes, table_format, write_parts
from detente.exchange.target import Target
from detente.ledger import reading
from detente.ledger.corrections import reviews_of
from detente.ledger.deeds import LEVELS, OURS, coverage
from detente.ledger.inputs import coders, document_digests, import_digests
from detente.publishing.asked import options_of
from detente.publishing.citation import Cited, citation
from detente.publishing.dictionary import dictionary
from detente.publishing.manifest import SUFFIX, Imported, Inputs, Listed, Manifest, file_digest, output_of
from detente.publishing.panel import CODES, DEFAULTS, PANEL_COLUMNS, SCHEMA, directed_parts
from detente.publishing.parts import made_with
from detente.relations import Dyad

COMMAND: Final = "panel"
# A longer list of documents is left out of the manifest unless it is asked for: its digest is there.
MOST_LISTED: Final = 10_000
_SHOWN: Final = 6
_LEVEL_NAMES: Final = dict(zip(LEVELS, ("government to government", "all actors"), strict=True))


def publish_panel(
    path: Path,
    out: Path,
    dyads: Sequence[Dyad] | None = None,
    asked: Asked = DEFAULTS,
    *,
    format: str | None = None,
    made_from: Sequence[Path] = (),
    listed: bool | None = None,
) -> Manifest:
    """Write the panel and its papers, and give the manifest.

    `made_from` are the files that the ledger was made of, to be named in the manifest; `listed` says whether every
    document is (None: up to `MOST_LISTED`).

    Raises:
        OptionError: the format is not known, or a file cannot be written.
        LedgerError: there is no ledger, it stays in use, or nothing of the source, or of a dyad, is in it.
        InputError: a file of `made_from` cannot be read.
    """
    chosen = table_format(out, format)
    inputs = _inputs(path, asked.source, listed, made_from, out.parent)
    with reading(path) as connection:
        last: date | None = pc.max(coverage(connection, (), asked.source)["day"]).as_py()
        by = tuple(coders(connection)) if asked.source == OURS else ()
        judged = len(reviews_of(connection)) if asked.source == OURS else 0
    counted = _Counted(directed_parts(path, dyads, asked))
    labels = Labels("Directed dyad-periods", {c.name: c.meaning for c in PANEL_COLUMNS}, CODES, last)
    write_parts(counted, SCHEMA, out, chosen, labels)
    if not counted.dyads:
        out.unlink()
        raise LedgerError(f"{path}: nothing of {asked.source} tells of any dyad")
    data = output_of(out, counted.content)
    title = f"{_names(counted.dyads)}: directed dyad-{asked.freq}s, {_LEVEL_NAMES[asked.level]}"
    cited = Cited(
        f"{title}, source {asked.source}",
        str(min(day for day in (last, counted.end) if day)),
        made_with()["detente"],
        by,
        inputs,
        data,
        (*(["plover"] if asked.source == OURS else [asked.source, "plover"]), asked.scores),
    )
    papers = {".dictionary.csv": dictionary(PANEL_COLUMNS, SCHEMA), ".citation.txt": citation(cited)}
    written = [_write(beside(out, ending), text) for ending, text in papers.items()]
    options = options_of(dyads, asked, chosen)
    state = made_with() | ({"coder": ", ".join(by)} if by else {}) | ({"reviews": f"{judged:,}"} if judged else {})
    manifest = Manifest(COMMAND, options, state, inputs, (data, *map(output_of, written)))
    _write(beside(out, SUFFIX), manifest.to_json())
    return manifest


def beside(out: Path, ending: str) -> Path:
    """The paper of a file with this ending."""
    return out.with_name(out.name + ending)


class _Counted:
    """Parts of a panel as they go by: their dyads, their last day, and the digest of the whole as CSV."""

    def __init__(self, parts: Iterator[pa.Table]) -> None:
        self._parts = parts
        self._digest = hashlib.sha256(csv_bytes(SCHEMA.empty_table()))
        self.dyads: set[Dyad] = set()
        self.end: date | None = None

    @property
    def content(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[pa.Table]:
        for part in self._parts:
            self._digest.update(csv_bytes(part, header=False))
            pairs = part.select(["first", "second"]).group_by(["first", "second"]).aggregate([])
            self.dyads |= set(zip(pairs["first"].to_pylist(), pairs["second"].to_pylist(), strict=True))
            ends = [day for day in (self.end, pc.max(part["end"]).as_py()) if day is not None]
            self.end = max(ends, default=None)
            yield part


def _inputs(path: Path, source: str, listed: bool | None, made_from: Sequence[Path], folder: Path) -> Inputs:
    whole, count = hashlib.sha256(), 0
    names: list[Listed] = []
    imports: list[tuple[str, str, str]] = []
    with reading(path) as connection:
        if source != OURS:
            imports = import_digests(connection, source)
        for id, digest in document_digests(connection) if source == OURS else ():
            count += 1
            whole.update(f"{id}\t{digest}\n".encode())
            if listed or (listed is None and count <= MOST_LISTED):
                names.append(Listed(id, digest))
    keep = listed if listed is not None else count <= MOST_LISTED
    return Inputs(
        count,
        whole.hexdigest(),
        tuple(names) if keep else None,
        tuple(Imported(*one) for one in imports),
        tuple(Listed(_relative(file, folder), file_digest(file)) for file in made_from),
    )


def _relative(path: Path, folder: Path) -> str:
    """The path from a folder, so that both can be moved together."""
    return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()


def _names(dyads: set[Dyad]) -> str:
    shown = sorted("-".join(dyad) for dyad in dyads)
    return ", ".join(shown) if len(shown) <= _SHOWN else f"{len(shown):,} dyads"


def _write(path: Path, text: str) -> Path:
    target = Target(path)
    try:
        target.file.write(text.encode())
        target.keep()
    except BaseException:
        target.drop()
        raise
    return path

"""One shard of input coded into one shard of output.

A shard is a file of documents. For a shard NAME the output folder gets

    records/NAME.parquet    its records in the wire format, as `detente code --format parquet` writes them
    coded/NAME.parquet      a row a document with all that the ledger files of it (`detente add --coded FOLDER`)
    done/NAME.json          written last: the shard is complete; by which coder, from what, with which faults

so that a run that is broken off goes on with the shards that have no mark, or the mark of another coder or input.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from detente.engines import storage
from detente.engines.engine import CodedRecords, Engine
from detente.errors import InputError, RecordError
from detente.reading import ReadOptions, read_paths
from detente.records import Document, Event, Record, Signal, Statement, Turn, record_from_dict

# Faults of a shard that its mark keeps word for word; the number of all is kept too.
_FAULTS: Final = 100
_ROWS: Final = 500
_SCHEMA: Final = pa.schema(
    [
        pa.field("document", pa.string(), nullable=False),
        pa.field("side", pa.string()),
        pa.field("coder", pa.string(), nullable=False),
        pa.field("records", pa.list_(pa.string()), nullable=False),
        pa.field("signals", pa.list_(pa.string()), nullable=False),
    ]
)


class RecordSink(Protocol):
    """What takes the records of a shard, one after another."""

    def write(self, record: Record, /) -> None: ...


OpenSink = Callable[[Path], AbstractContextManager[RecordSink]]


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of documents, and the name of its output."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is complete. `size` is that of the source in bytes, `faults` the first lines of what was set aside,
    `set_aside` how many there are."""

    source: str
    size: int
    coder: str
    documents: int
    events: int
    statements: int
    set_aside: int
    faults: tuple[str, ...]


def find_shards(paths: Iterable[str]) -> list[Shard]:
    """The shards under paths and addresses, each once, in order.

    Raises:
        InputError: there is nothing under one of them.
    """
    sources = dict.fromkeys(source for path in paths for source in storage.list_shards(path))
    return [Shard(source, _name(source)) for source in sources]


def _name(source: str) -> str:
    # Two folders may hold files of one name.
    stem = PurePosixPath(source).name.partition(".")[0] or "shard"
    return f"{stem}-{hashlib.sha256(source.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def mark_of(shard: Shard, out: str, coder: str) -> Done | None:
    """The mark of a shard that this coder has completed from the file as it is now; else None."""
    content = storage.get(out, f"done/{shard.name}.json")
    if content is None:
        return None
    try:
        mark = json.loads(content)
        done = Done(**{**mark, "faults": tuple(mark["faults"])})
    except (ValueError, TypeError, KeyError):
        return None  # Damaged: as good as none.
    return done if (done.coder, done.size) == (coder, storage.size(shard.source)) else None


def code_shard(shard: Shard, out: str, options: ReadOptions, engine: Engine, open_sink: OpenSink) -> Done:
    """Read, code and write one shard; one that is complete is left alone.

    Raises:
        OptionError: the output cannot be written.
    """
    before = mark_of(shard, out, engine.name)
    if before is not None:
        return before
    faults: list[str] = []
    counts = {"documents": 0, "events": 0, "statements": 0}
    with TemporaryDirectory() as folder:
        records, coded = Path(folder) / "records.parquet", Path(folder) / "coded.parquet"
        with open_sink(records) as sink, pq.ParquetWriter(coded, _SCHEMA, compression="zstd") as writer:
            rows: list[dict[str, Any]] = []
            for one in _coded(shard.source, options, engine, faults):
                for record in one.records:
                    sink.write(record)
                rows.append(_row(one, engine.name))
                if len(rows) == _ROWS:
                    writer.write_table(pa.Table.from_pylist(rows, _SCHEMA))
                    rows.clear()
                counts["documents"] += 1
                counts["events"] += len(one.events)
                counts["statements"] += len(one.statements)
            writer.write_table(pa.Table.from_pylist(rows, _SCHEMA))
        storage.put(out, f"records/{shard.name}.parquet", records)
        storage.put(out, f"coded/{shard.name}.parquet", coded)
    size = storage.size(shard.source)
    done = Done(shard.source, size, engine.name, **counts, set_aside=len(faults), faults=tuple(faults[:_FAULTS]))
    storage.put(out, f"done/{shard.name}.json", json.dumps(asdict(done), ensure_ascii=False, indent=1).encode())
    return done


def _coded(source: str, options: ReadOptions, engine: Engine, faults: list[str]) -> Iterator[CodedRecords]:
    try:
        with storage.local_copy(source) as path:

            def set_aside(fault: InputError) -> None:
                faults.append(str(fault).replace(str(path), source))

            documents = read_paths([str(path)], options, on_error=set_aside, on_note=lambda _: None)
            yield from engine.code_many(documents)
    except InputError as fault:
        faults.append(str(fault))


def _row(one: CodedRecords, coder: str) -> dict[str, Any]:
    return {
        "document": _json({**asdict(one.document), "published": one.document.published}),
        "side": one.side,
        "coder": coder,
        "records": [_json(record.to_dict()) for record in one.records],
        "signals": [_json(signal.to_dict()) for signal in one.signals],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


class CodedFolder:
    """What an earlier run has coded, as an engine: to be filed. `documents` gives them in the order of the names of the
    shards, `code_many` the records of those just given. `name` is the coder that made them.

    Raises:
        InputError: the folder has no complete shard, or shards of several coders, or one is damaged.
    """

    def __init__(self, out: str) -> None:
        self._out = out
        marks = [name for name in storage.list_shards(f"{out.rstrip('/')}/done") if name.endswith(".json")]
        done = [json.loads(storage.get(*_parted(mark)) or b"{}") for mark in marks]
        coders = sorted({one.get("coder", "") for one in done})
        if len(coders) != 1:
            many = f"holds shards of several coders ({', '.join(coders)})" if coders else "holds no complete shard"
            raise InputError(out, many, right="run `detente code --engine ray` again, with this --out")
        self.name = coders[0]
        self.set_aside = sum(one["set_aside"] for one in done)
        self._names = [PurePosixPath(mark).stem for mark in marks]
        self._given: dict[str, CodedRecords] = {}

    def documents(self) -> Iterator[Document]:
        """All documents of the folder."""
        for name in self._names:
            source = f"{self._out.rstrip('/')}/coded/{name}.parquet"
            with storage.local_copy(source) as path:
                try:
                    for batch in pq.ParquetFile(path).iter_batches(batch_size=_ROWS):
                        for row in batch.to_pylist():
                            one = _from_row(row)
                            self._given[one.document.id] = one
                            yield one.document
                except (OSError, pa.ArrowException, ValueError, KeyError, TypeError, RecordError) as fault:
                    raise InputError(source, f"damaged: {' '.join(str(fault).split())[:200]}") from fault

    def code_many(self, documents: Iterable[Document]) -> Iterator[CodedRecords]:
        """The records of documents that `documents` has given; each is given once."""
        for document in documents:
            one = self._given.pop(document.id)
            yield CodedRecords(document, one.events, one.statements, one.signals, one.side)


def _parted(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _from_row(row: dict[str, Any]) -> CodedRecords:
    head = json.loads(row["document"])
    head["published"] = head["published"] and date.fromisoformat(head["published"])
    head["turns"] = tuple(Turn(**turn) for turn in head["turns"])
    records = [record_from_dict(json.loads(record)) for record in row["records"]]
    return CodedRecords(
        Document(**head),
        tuple(record for record in records if isinstance(record, Event)),
        tuple(record for record in records if isinstance(record, Statement)),
        tuple(Signal.from_dict(json.loads(signal)) for signal in row["signals"]),
        row["side"],
    )

"""Files of others' data, opened: plain, gzip, zstd, or the files in a zip archive, each as a stream of bytes.

Public: `open_parts(path) -> Iterator[Part]`. A part that unpacks to far more than it could hold is stopped.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from detente.errors import InputError
from detente.reading.streams import open_stream

# GDELT's own files unpack to 5 to 10 times their size, endless repetition to 1,000 times.
_RATIO: Final = 200
# Below this much no ratio does harm.
_HARMLESS: Final = 256 * 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One stream: `file` as the user named it, `member` its name in the archive, "" for a file that is none."""

    file: str
    member: str
    stream: Readable

    @property
    def name(self) -> str:
        return f"{self.file}/{self.member}" if self.member else self.file


def open_parts(path: Path) -> Iterator[Part]:
    """The streams of a file, one after another; each is closed when the next is asked for.

    Raises:
        InputError: it is missing, is no file, or is a damaged, empty or encrypted archive.
    """
    name, stream = str(path), open_stream(str(path))
    if stream.head.startswith((_ZIP, _EMPTY_ZIP)) and stream.path is not None:
        stream.close()
        yield from _members(name, path)
        return
    try:
        guarded: Readable = _Guarded(name, stream.file, path.stat().st_size)
        yield Part(name, "", guarded if stream.path is None else stream.file)
    finally:
        stream.close()


def _members(name: str, path: Path) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(path) as archive:
            # What the makers of archives put beside the data: folders, and the Macintosh's files of attributes.
            members = [
                one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")
            ]
            if not members:
                raise InputError(name, "a zip archive with no file in it")
            for one in members:
                if one.flag_bits & 1:
                    raise InputError(name, f"{one.filename!r} in the archive is encrypted", right="unpack it first")
                with archive.open(one) as stream:
                    yield Part(name, one.filename, _Guarded(f"{name}/{one.filename}", stream, one.compress_size))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError) as fault:
        what = " ".join(str(fault).split())
        raise InputError(name, f"the zip archive is damaged: {what}", right="fetch the file again") from fault


class _Guarded(io.RawIOBase):
    """A stream that unpacks from `packed` bytes, stopped where it gives more than such data ever do."""

    def __init__(self, name: str, stream: IO[bytes], packed: int) -> None:
        self._name, self._stream = name, stream
        self._limit = max(_HARMLESS, _RATIO * packed)
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        self._given += len(piece)
        if self._given > self._limit:
            raise InputError(
                self._name,
                f"unpacks to more than {self._limit // 2**20:,} MiB, {_RATIO} times its size",
                right="unpack it yourself if you trust it",
            )
        buffer[: len(piece)] = piece
        return len(piece)

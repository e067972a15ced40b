"""Bytes in: files, standard input, fetched pages. Unpacked if compressed, with a look at the first bytes for free."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import BinaryIO, Final, cast

import zstandard

from detente.errors import InputError

HEAD: Final = 65_536
# Bytes that a packed file may grow to: more than any collection of texts on one disk.
MOST: Final = 100_000_000_000
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
# Read little compressed input at a time: 2 KiB of zstd can unpack to 64 MiB at most.
_ZSTD_PIECE: Final = 2048
# Text shrinks to a fifth, rows that are all the same to a three-hundredth; what grows more is made to fill memory.
_RATIO: Final = 500
_HARMLESS: Final = 1_000_000
# What reading a damaged file may raise (`gzip.BadGzipFile` is an OSError).
READ_FAULTS: Final = (OSError, EOFError, zlib.error, zstandard.ZstdError, UnicodeDecodeError)


class Stream:
    """A binary stream with its first `HEAD` bytes in `head`. Reading starts at the beginning all the same.

    What is packed may grow to `most` bytes, and to 500 times its size: reading on is an `InputError`.

    `path` is the file itself if it may be opened again (not standard input, not compressed), else None. `url` is the
    address that the bytes come from, if any; `promised` the format that its server declares ("" to go by the name).
    """

    def __init__(
        self,
        name: str,
        raw: BinaryIO,
        path: Path | None,
        most: int = MOST,
        *,
        url: str | None = None,
        promised: str = "",
    ) -> None:
        self.name, self.url, self.promised = name, url, promised
        self._raw = raw
        packed = source = _Rewound(raw)
        if packed.head.startswith(_GZIP):
            unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=_buffered(packed)))
            path, source = None, _Rewound(_buffered(_Bounded(name, packed, unpacked, most)))
        elif packed.head.startswith(_ZSTD):
            unpacked = _buffered(_Unzstd(_buffered(packed)))
            path, source = None, _Rewound(_buffered(_Bounded(name, packed, unpacked, most)))
        self.head = source.head
        self.path = path
        self.fault = source.fault
        self.file = _buffered(source)

    def whole(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            InputError: there are more than `limit`.
        """
        data = self.file.read(limit + 1)
        if len(data) > limit:
            raise InputError(
                self.name, f"one document of more than {limit:,} bytes", right="split it, or use JSON Lines"
            )
        return data

    def position(self) -> int:
        """Bytes taken from the file so far, packed as they lie there; 0 for standard input."""
        return 0 if self._raw is sys.stdin.buffer else self._raw.tell()

    def close(self) -> None:
        """Closes the file; standard input stays open."""
        self.file.close()


def open_stream(name: str, most: int = MOST, *, shown: str = "") -> Stream:
    """Opens a file, or standard input for `-`; packed, it may grow to `most` bytes. `shown` (else `name`) is what it is
    called in messages, and its ending what is promised of it.

    Raises:
        InputError: it is missing, is not a file, or may not be read.
    """
    if name == "-":
        return Stream(name, sys.stdin.buffer, None, most)
    path = Path(name)
    try:
        return Stream(shown or name, path.open("rb"), path, most)
    except FileNotFoundError as fault:
        raise InputError(name, "no such file or folder", right="check the name") from fault
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise InputError(name, f"cannot be opened: {reason}", right="give a readable file") from fault


def explain(name: str, fault: BaseException, where: str = "") -> InputError:
    """The one-line error for a fault met while reading."""
    if isinstance(fault, EOFError):
        return InputError(name, "compressed data end too early (truncated)", where=where, right="fetch the file again")
    if isinstance(fault, (gzip.BadGzipFile, zlib.error, zstandard.ZstdError)):
        what = " ".join(str(fault).split())
        return InputError(name, f"compressed data are damaged: {what}", where=where, right="fetch the file again")
    if isinstance(fault, UnicodeDecodeError):
        return InputError(name, f"is no proper {fault.encoding}: {fault.reason}", where=where, right="save it as UTF-8")
    reason = getattr(fault, "strerror", None) or " ".join(str(fault).split())
    return InputError(name, f"cannot be read: {reason}", where=where, right="give a readable file")


def check_growth(name: str, packed: int, grown: int, most: int) -> None:
    """Whether so many bytes packed may be so many unpacked.

    Raises:
        InputError: they are more than `most`, or out of all proportion.
    """
    if grown > most:
        raise InputError(name, f"unpacks to more than {most:,} bytes", right="split it")
    if grown > max(_HARMLESS, _RATIO * packed):
        raise InputError(name, f"unpacks to more than {_RATIO} times its size", right="give it unpacked")


def _buffered(raw: io.RawIOBase) -> BinaryIO:
    return io.BufferedReader(raw, HEAD)


class _Rewound(io.RawIOBase):
    """A stream whose first bytes have been looked at. A fault met meanwhile is raised where it stands in the stream."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.taken = 0
        self.fault: BaseException | None = None
        head = bytearray()
        while len(head) < HEAD and (piece := self._piece(HEAD - len(head))):
            head += piece
        self.head = bytes(head)
        self._left = self.head

    def _piece(self, size: int) -> bytes:
        try:
            # read1 gives what is there before it meets a fault; read would lose it.
            piece = cast(io.BufferedReader, self._source).read1(size)
            self.taken += len(piece)
            return piece
        except READ_FAULTS as fault:
            self.fault = fault
            return b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._left:
            piece, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        else:
            piece = b"" if self.fault else self._piece(len(buffer))
            if not piece and self.fault:
                raise self.fault
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed and self._source is not sys.stdin.buffer:
            self._source.close()
        super().close()


class _Bounded(io.RawIOBase):
    """What comes out of an unpacker, as long as it is not out of proportion to what went in."""

    def __init__(self, name: str, packed: _Rewound, unpacked: BinaryIO, most: int) -> None:
        self._name, self._packed, self._unpacked, self._most = name, packed, unpacked, most
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = cast(io.BufferedReader, self._unpacked).read1(len(buffer))
        self._given += len(piece)
        check_growth(self._name, self._packed.taken, self._given, self._most)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._unpacked.close()
        super().close()


class _Unzstd(io.RawIOBase):
    """Unpacks zstd frames; unlike the library's own reader it says so when the data stop in the middle of one."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._open = False
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            piece = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._open = zstandard.ZstdDecompressor().decompressobj(), False
            piece = piece or self._source.read(_ZSTD_PIECE)
            if not piece:
                if self._open:
                    raise EOFError("zstd frame not complete")
                return 0
            self._open = True
            self._left = self._frame.decompress(piece)
            self._open = not self._frame.eof
        piece, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()

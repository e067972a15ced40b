"""Folders of shards, on a disk or in an object store: what Arrow's file systems open (`s3://…`, `gs://…`, `hdfs://…`,
a plain path)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

import pyarrow as pa
from pyarrow import fs

from detente.errors import InputError, OptionError


def open_storage(where: str) -> tuple[fs.FileSystem, str]:
    """The file system of a path or address, and the path in it.

    Raises:
        OptionError: no such file system is known here, or it cannot be reached.
    """
    if "://" not in where:
        return fs.LocalFileSystem(), str(Path(where).absolute())
    try:
        system, path = fs.FileSystem.from_uri(where)
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise OptionError(f"{where}: cannot be opened: {_line(fault)}") from fault
    return system, path


def list_shards(where: str) -> list[str]:
    """The files that a path or address names: itself, or all below it, in order of name.

    Raises:
        InputError: there is nothing.
    """
    system, path = open_storage(where)
    try:
        info = system.get_file_info(path)
        if info.type is fs.FileType.Directory:
            below = system.get_file_info(fs.FileSelector(path, recursive=True))
            names = sorted(one.path for one in below if one.is_file and not _hidden(one.path, path))
            head = where.rstrip("/")
            return [head + name[len(path.rstrip("/")) :] for name in names]
    except OSError as fault:
        raise InputError(where, _line(fault)) from fault
    if not info.is_file:
        raise InputError(where, "no such file or folder")
    return [where]


def _hidden(path: str, root: str) -> bool:
    return any(part.startswith((".", "_")) for part in PurePosixPath(path).relative_to(root).parts)


@contextmanager
def local_copy(where: str) -> Iterator[Path]:
    """The file itself if it lies on a disk, else a copy under the same name, for as long as the block lasts.

    Raises:
        InputError: it cannot be read.
    """
    if "://" not in where:
        yield Path(where)
        return
    system, path = open_storage(where)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / PurePosixPath(path).name
        try:
            with system.open_input_stream(path, compression=None) as source, copy.open("wb") as target:
                shutil.copyfileobj(cast(BinaryIO, source), target)
        except OSError as fault:
            raise InputError(where, _line(fault)) from fault
        yield copy


def put(folder: str, name: str, content: Path | bytes) -> None:
    """Write a file into a folder, which is made if it is not there. It appears whole or not at all.

    Raises:
        OptionError: it cannot be written there.
    """
    system, path = open_storage(folder)
    target = f"{path.rstrip('/')}/{name}"
    try:
        system.create_dir(target.rpartition("/")[0], recursive=True)
        with system.open_output_stream(target + ".part", compression=None) as stream:
            if isinstance(content, bytes):
                stream.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, cast(BinaryIO, stream))
        system.move(target + ".part", target)
    except OSError as fault:
        raise OptionError(f"{folder}/{name}: cannot be written: {_line(fault)}") from fault


def get(folder: str, name: str) -> bytes | None:
    """The content of a small file of a folder; None if there is none.

    Raises:
        OptionError: the folder cannot be reached.
    """
    system, path = open_storage(folder)
    try:
        with system.open_input_stream(f"{path.rstrip('/')}/{name}", compression=None) as stream:
            content: bytes = stream.read()
            return content
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise OptionError(f"{folder}/{name}: cannot be read: {_line(fault)}") from fault


def size(where: str) -> int:
    """Bytes of a file; -1 if the store does not say."""
    system, path = open_storage(where)
    found: int | None = system.get_file_info(path).size
    return -1 if found is None else found


def _line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:200]

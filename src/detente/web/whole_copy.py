"""Copies a ledger, so that the copy is of one moment: `python -I whole_copy.py LEDGER COPY`.

    state_of(path) -> State | None      what changes whenever the ledger at `path` is written

No lock is taken, so no writer is kept out. The file and what is written ahead of it are read while neither changes;
what lies on the disk at one moment is what DuckDB finds after a power cut, and opens. Exit status 3: it was written
meanwhile, the copy is worth nothing.

A program of its own, of the standard library alone: whoever closes a file gives up all locks that his process has on
it (POSIX), and those of the desk are DuckDB's.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, TypeAlias

State: TypeAlias = tuple[tuple[int, int, int] | None, ...]
CHANGED: Final = 3
# What was committed and is not yet in the file itself.
AHEAD: Final = ".wal"
_PIECE: Final = 8 * 2**20


def state_of(path: Path) -> State | None:
    """Of the file and of what is written ahead: which it is, when it was written, its size; None without a file."""
    states = tuple(map(_state, parts_of(path)))
    return states if states[0] else None


def parts_of(path: Path) -> tuple[Path, Path]:
    """The file of a ledger, and that of what is written ahead, which may not be there."""
    return path, path.with_name(path.name + AHEAD)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


def _copy(path: Path, copy: Path) -> bool:
    """Whether the ledger stayed as it was until the end."""
    state = state_of(path)
    for source, target in zip(parts_of(path), parts_of(copy), strict=True):
        if _state(source) is None:
            continue
        with source.open("rb") as given, target.open("wb") as taken:
            while piece := given.read(_PIECE):
                taken.write(piece)
                if state_of(path) != state:
                    return False
    return state is not None and state_of(path) == state


if __name__ == "__main__":
    if sys.platform != "win32":
        # Whoever reads comes first.
        os.nice(10)
    sys.exit(0 if _copy(*map(Path, sys.argv[1:3])) else CHANGED)

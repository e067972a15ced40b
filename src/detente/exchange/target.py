"""Where output goes: a stream that is there already, or a file that appears only when it is whole."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from detente.errors import OptionError


class Target:
    """`file` takes the bytes. A file is written under a temporary name beside it and renamed by `keep`.

    Raises:
        OptionError: the file cannot be written there.
    """

    def __init__(self, out: Path | BinaryIO) -> None:
        self._final: Path | None = None
        if not isinstance(out, Path):
            self.file = out
            return
        try:
            if out.is_dir():
                raise OptionError(f"{out}: is a folder; give the name of a file")
            handle, name = tempfile.mkstemp(prefix=f".{out.name[:80]}-", suffix=".part", dir=out.parent)
        except OSError as fault:
            raise OptionError(f"{out}: cannot be written: {fault.strerror}") from fault
        self._final, self._part = out, Path(name)
        self.file = cast(BinaryIO, io.BufferedWriter(io.FileIO(handle, "w")))

    def keep(self) -> None:
        """The output is whole: gives the file its name, or flushes the stream."""
        if self._final is None:
            self.file.flush()
            return
        self.file.close()
        # mkstemp makes files private; give this one the rights that any new file gets.
        mask = os.umask(0)
        os.umask(mask)
        self._part.chmod(0o666 & ~mask)
        self._part.replace(self._final)

    def drop(self) -> None:
        """The output is not whole: takes the half file away. A stream keeps what it has got."""
        if self._final is not None:
            self.file.close()
            with contextlib.suppress(FileNotFoundError):
                self._part.unlink()

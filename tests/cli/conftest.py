"""Runs of the installed command. Each that codes takes seconds, so they are shared by the tests of a module."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).parent / "detente")
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a terminal got: exit status, and the text without control sequences."""

    status: int
    text: str


def environment() -> dict[str, str]:
    """That of a user: nothing that the test runner's own terminal would decide."""
    kept = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    return {**kept, "TERM": "xterm"}


@pytest.fixture(scope="session")
def detente() -> Run:
    """Runs `detente …` in a pipe."""

    def run(*words: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [COMMAND, *words]
        return subprocess.run(command, input=input, capture_output=True, check=False, env=environment(), timeout=300)

    return run


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts `detente …` with pipes, to be talked to; after two minutes it is ended, so that no test hangs on it."""

    def begin(*words: str) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        process = subprocess.Popen([COMMAND, *words], stdin=pipe, stdout=pipe, stderr=pipe, env=environment())
        watch = threading.Timer(120, process.kill)
        watch.daemon = True
        watch.start()
        return process

    return begin


@pytest.fixture(scope="session")
def on_terminal() -> Callable[..., Shown]:
    """Runs `detente …` on a terminal of so many columns that is standard input, output and error at once."""

    def run(*words: str, columns: int = 100) -> Shown:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        process = subprocess.Popen([COMMAND, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment())
        os.close(theirs)
        seen = b""
        # Linux reports the other end's closing as an I/O error.
        while piece := _read(ours):
            seen += piece
        os.close(ours)
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())
        return Shown(process.wait(), text.replace("\r\n", "\n"))

    return run


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""

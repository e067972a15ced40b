"""`detente serve`: the desk, on this machine."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import uvicorn

from detente.cli.add import ledger_path
from detente.errors import OptionError
from detente.ledger import reading
from detente.web import LOOPBACK, create_app
from detente.web.guard import SHORTEST

# Seconds that pages under way are given when the desk is stopped.
_GRACE: Final = 2
# What stands in a cookie as it is, and cannot be guessed.
_FIT: Final = re.compile(rf"[A-Za-z0-9._~+/=-]{{{SHORTEST},}}")

_SERVER: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})")


def run_serve(db: Path | None, host: str, port: int, token: str | None, allowed: Sequence[str] = ()) -> None:
    """Serves the ledger until stopped; prints the address when it can be asked. `allowed` servers (HOST:PORT) are asked
    for a user wherever they stand.

    Raises:
        OptionError: one of `allowed` is no server; the address is none of this machine or in use; or other machines
            could ask without a token.
        LedgerError: there is no ledger.
    """
    path = ledger_path(db)
    if token is not None and not _FIT.fullmatch(token):
        raise OptionError(f"--token: must be at least {SHORTEST} letters, digits or signs of -._~+/=")
    if token is None and not _is_loopback(host):
        raise OptionError(f"--host {host}: other machines could read the ledger; give a --token, or leave out --host")
    trusted = frozenset(map(_server, allowed))
    with reading(path):
        # A ledger that cannot be read is told of now, not on the first page.
        pass
    app = create_app(path, token, None if token else LOOPBACK | {_bracketed(host).lower()}, trusted)
    with _listening(host, port) as listener:
        settings = uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            server_header=False,
            http="h11",
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=_GRACE,
        )
        name = f"{_bracketed(host)}:{listener.getsockname()[1]}"
        print(f"the desk is at http://{name}/ (Ctrl-C ends it)", flush=True)
        uvicorn.Server(settings).run(sockets=[listener])


def _server(text: str) -> str:
    """HOST:PORT as reading names it: in small letters, an IPv6 address without brackets."""
    found = _SERVER.fullmatch(text.lower())
    if not found or not 0 < int(found[2]) < 65_536:
        raise OptionError(f"--allow-address {text[:100]}: no server (HOST:PORT, as in archive.example:8080)")
    return f"{found[1].strip('[]')}:{found[2]}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as fault:
        said = fault.strerror if isinstance(fault, OSError) else fault
        raise OptionError(f"--host {host} --port {port}: cannot be listened at ({said})") from fault

"""A web site on this machine, served for real."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler


@dataclass(frozen=True)
class Reply:
    """`body` of unknown length is sent piece by piece until it ends or the other side hangs up."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """`pages` by path (with query); a page may be a function of the request's headers. `asked` is what was asked."""

    port: int
    pages: dict[str, Reply | Callable[[Mapping[str, str]], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return self.root + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        page = self.site.pages.get(self.path, Reply(b"nothing here", 404))
        reply = page(self.headers) if callable(page) else page
        try:
            self.send_response_only(reply.status)  # Without a Date of its own.
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if isinstance(reply.body, bytes) and reply.status != 304 and "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                self.wfile.write(piece)
        except OSError:  # The other side has had enough.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass

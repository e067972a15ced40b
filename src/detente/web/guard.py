"""What stands before every page: who may ask, under which name, what may be sent, and what a browser may do with the
answer.

Whatever changes something is a POST of a form that a page of this desk has shown:

`token_field() -> Markup`: the hidden field of such a form; templates write `{{ token_field() }}` inside `<form>`.
`form_token() -> str`: the same for programs, which send it as the field `FORM_TOKEN`.
`form_of(request, ...) -> AsyncIterator[FormData]` (a context): the fields that were sent; 403 without the right token.
`Guard(app, hosts, token, bodies)`: `bodies` gives the most bytes that may be sent to a path, `BODY` for all others.
"""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from markupsafe import Markup
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The names under which a machine knows itself.
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
# The fewest characters of a token: what can be guessed guards nothing.
SHORTEST: Final = 16
# Nothing that is asked for takes more.
_LONGEST_QUERY: Final = 4_000
_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d+)?")
COOKIE: Final = "detente_token"
ENTER: Final = "/enter"
FORM_TOKEN: Final = "desk_token"
# Bytes that may be sent to a path that asks for no more.
BODY: Final = 64_000
# Seconds in which a form must have come.
FORM_SECONDS: Final = 300.0
_FIELDS: Final = 100

# Nothing runs, nothing comes from elsewhere, nobody frames it, no address is told to anybody.
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": forms of our own would then come without a name of where they come from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_DOOR: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>The desk: token</title></head>
<body><main><h1>The desk</h1><p>{said}</p>
<form method="post" action="/enter"><label>Token <input type="password" name="token" required autofocus
autocomplete="current-password"></label> <button>Enter</button></form></main></body></html>"""


class Guard:
    """Passes on what is asked under an allowed name, with the token if there is one, and sets the headers of answers.

    `hosts` are the names under which the desk may be asked (a page of another site that makes its own name point here
    is refused); None: any, as a token is asked for. `bodies`: the most bytes that may be sent to a path, `BODY` if it
    is not among them.
    """

    def __init__(
        self, app: ASGIApp, hosts: frozenset[str] | None, token: str | None, bodies: Mapping[str, int] | None = None
    ) -> None:
        if hosts is None and token is None:
            raise ValueError("without a token only known names of this machine may be asked under")
        self._app, self._hosts, self._token, self._bodies = app, hosts, token, bodies or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        answer = self._refused(scope)
        if answer is None and scope["path"] == ENTER and scope["method"] == "POST" and self._token:
            answer = await self._enter(scope, receive)
        if answer is None and not self._may(Headers(scope=scope)):
            answer = HTMLResponse(_DOOR.format(said="This desk asks for its token."), 401)
            answer.headers["WWW-Authenticate"] = "Bearer"
        await (answer or self._app)(scope, receive, send_guarded)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)

        def refusal(said: str, status: int) -> Response:
            if scope["path"].endswith(".json"):
                return JSONResponse({"error": said}, status)
            return PlainTextResponse(said + "\n", status)

        hosts = headers.getlist("host")
        if len(hosts) != 1 or (self._hosts is not None and _name_of(hosts[0]) not in self._hosts):
            return refusal("this desk is not known under that name", 421)
        if len(scope["query_string"]) > _LONGEST_QUERY:
            return refusal("the address is too long", 414)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("the desk is read, or sent a form\n", 405, {"Allow": "GET, HEAD, POST"})
        if scope["method"] == "POST":
            if not _same_origin(headers, hosts[0]):
                return refusal("sent by a page of another site", 403)
            length, most = headers.get("content-length", ""), self._bodies.get(scope["path"], BODY)
            if not length.isdecimal() or "transfer-encoding" in headers:
                return refusal("how much is sent must be said (Content-Length)", 411)
            if len(length) > len(str(most)) or int(length) > most:
                return refusal(f"too much was sent (at most {most:,} bytes)", 413)
        return None

    def _may(self, headers: Headers) -> bool:
        if self._token is None:
            return True
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(given.strip()):
            return True
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        return COOKIE in cookies and self._is_token(cookies[COOKIE].value)

    def _is_token(self, given: str) -> bool:
        # In a time that does not tell how much of it is right.
        return self._token is not None and hmac.compare_digest(given.encode(), self._token.encode())

    async def _enter(self, scope: Scope, receive: Receive) -> Response:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        if not self._is_token(given):
            return HTMLResponse(_DOOR.format(said="That is not the token of this desk."), 401)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, given, httponly=True, samesite="lax", secure=scope["scheme"] == "https")
        return answer


@cache
def form_token() -> str:
    """What only a page of this desk, as long as it runs, can know."""
    return secrets.token_urlsafe(32)


def token_field() -> Markup:
    """The hidden field of a form that changes something."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FORM_TOKEN, form_token())


@asynccontextmanager
async def form_of(request: Request, *, files: int = 0, field_bytes: int = BODY) -> AsyncIterator[FormData]:
    """The fields of a form that a page of this desk has shown, at most `files` of them files, no other field of more
    than `field_bytes`. Files are closed, and gone, at the end.

    Raises:
        HTTPException: 400 for what is no form, 403 without the token of this desk, 408 if it does not come in time.
    """
    try:
        async with asyncio.timeout(FORM_SECONDS):
            form = await request.form(max_files=files, max_fields=_FIELDS, max_part_size=field_bytes)
    except HTTPException as fault:
        said = f"{fault.detail.rstrip('.')} (a field takes {field_bytes:,} bytes, the form {files} files)"
        raise HTTPException(fault.status_code, said) from fault
    except TimeoutError as fault:
        raise HTTPException(408, "the form did not come in time") from fault
    except (ClientDisconnect, FormParserError) as fault:
        raise HTTPException(400, "not a whole form") from fault
    try:
        given = form.get(FORM_TOKEN)
        if not isinstance(given, str) or not hmac.compare_digest(
            given.encode("utf-8", "replace"), form_token().encode()
        ):
            raise HTTPException(403, "not sent by a form of this desk as it runs now; load its page again")
        yield form
    finally:
        await form.close()


def _name_of(host: str) -> str:
    """The name without the port, in lower case; "" if that is no name."""
    found = _HOST.fullmatch(host.lower())
    return found[1] if found else ""


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a browser says that a page of ours sent it. What is no browser says nothing, and holds no cookie."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == host.lower()

"""One address of the web, asked for politely and taken in within limits."""

from __future__ import annotations

import http
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final

import httpcore
import httpx

from detente.errors import InputError
from detente.reading.connect import Deadline, open_pool, port_of
from detente.reading.options import FetchLimits

USER_AGENT: Final = f"detente/{version('detente')} (+reads what its user asks for)"

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_NOT_MODIFIED: Final = 304
_LAST_PORT: Final = 65_535
_PIECE: Final = 65_536
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a version of its page (`ETag`, `Last-Modified`), to ask later whether there is a newer."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What stands at an address. `url` is where the redirects led; `body` is unpacked.

    `media_type` ("text/html") and `charset` are as the server declares them, in small letters; empty if it does not.
    """

    url: str
    body: bytes
    media_type: str = ""
    charset: str = ""
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing new since the version with these validators."""

    url: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class Refused:
    """The server answers, with an HTTP `status` of 300 or more. `seconds`: to wait, as it asks (`Retry-After`)."""

    url: str
    status: int
    seconds: int | None = None

    def fault(self) -> InputError:
        """The one line for the user."""
        try:
            phrase = f" {http.HTTPStatus(self.status).phrase}"
        except ValueError:
            phrase = ""
        right = "check the address"
        if self.status in (429, 503) or self.seconds is not None:
            right = "try again later" if self.seconds is None else f"try again in {self.seconds:,} s"
        elif self.status >= 500:
            right = "try again later"
        return InputError(self.url, f"the server answers {self.status}{phrase}", right=right)


Fetched = Content | Unchanged | Refused


def fetch(url: str, *, limits: FetchLimits, validators: Validators | None = None) -> Fetched:
    """What stands at `url`, what it refused, or that nothing is new since `validators`.

    Raises:
        InputError: not an http or https address, one that may not be reached, no answer in time, more than the limits
            take in, an answer that cannot be understood. The source is `url`.
    """
    name = _shown(url)
    address = _address(name, url, limits)
    deadline = Deadline(limits.seconds)
    try:
        for _ in range(limits.redirects + 1):
            with (
                open_pool(name, address, limits, deadline) as pool,
                pool.stream("GET", _target(address), headers=_headers(address, validators)) as response,
            ):
                headers = httpx.Headers(response.headers)
                if response.status not in _REDIRECTS or "location" not in headers:
                    return _answer(name, address, response, headers, limits, validators)
            address = _address(name, headers["location"], limits, address)
    except httpcore.TimeoutException as fault:
        raise InputError(name, f"no full answer within {limits.seconds:g} s", right="try again later") from fault
    except httpcore.ConnectError as fault:
        raise InputError(name, f"no connection: {_line(fault)}", right="check the address") from fault
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as fault:
        raise InputError(name, f"the connection broke: {_line(fault)}", right="try again later") from fault
    raise InputError(name, f"more than {limits.redirects} redirects", right="give the address where they end")


def _address(name: str, url: str, limits: FetchLimits, base: httpx.URL | None = None) -> httpx.URL:
    """The address, resolved against `base`; without its fragment."""
    where = f"redirected to {_shown(url)}" if base else ""
    try:
        address = base.join(url) if base else httpx.URL(url)
    except httpx.InvalidURL as fault:
        raise InputError(name, f"not an address: {_line(fault)}", where=where, right="https://HOST/…") from fault
    if address.scheme not in ("http", "https") or not address.host:
        raise InputError(name, "not an address of the web", where=where, right="https://HOST/…")
    if address.port is not None and address.port > _LAST_PORT:
        raise InputError(name, f"not an address: no port is {address.port}", where=where, right="https://HOST/…")
    if address.userinfo:
        raise InputError(name, "a name and password in the address", where=where, right="leave them out")
    port = port_of(address)
    if limits.ports and port not in limits.ports and not limits.trusts(address.host, port):
        known = " or ".join(map(str, sorted(limits.ports)))
        raise InputError(name, f"port {port} is not asked here", where=where, right=f"an address at port {known}")
    return address.copy_with(fragment=None)


def _target(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _headers(url: httpx.URL, validators: Validators | None) -> list[tuple[bytes | str, bytes | str]]:
    headers: list[tuple[bytes | str, bytes | str]] = [
        ("Host", url.netloc),
        ("User-Agent", USER_AGENT),
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip, deflate"),
    ]
    if validators and validators.etag:
        headers.append(("If-None-Match", validators.etag))
    if validators and validators.modified:
        headers.append(("If-Modified-Since", validators.modified))
    return headers


def _answer(
    name: str,
    url: httpx.URL,
    response: httpcore.Response,
    headers: httpx.Headers,
    limits: FetchLimits,
    validators: Validators | None,
) -> Fetched:
    told = Validators(_ascii(headers.get("etag")), _ascii(headers.get("last-modified")))
    if response.status == _NOT_MODIFIED and validators:
        return Unchanged(str(url), Validators(told.etag or validators.etag, told.modified or validators.modified))
    if response.status >= 300:
        return Refused(name, response.status, _retry_after(headers))
    declared = headers.get("content-type", "")
    charset = _CHARSET.search(declared)
    return Content(
        url=str(url),
        body=_body(name, response, headers, limits),
        media_type=declared.partition(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else "",
        validators=told,
    )


def _ascii(value: str | None) -> str | None:
    """A header's value if it can be sent back as it came."""
    return value if value and value.isascii() else None


def _body(name: str, response: httpcore.Response, headers: httpx.Headers, limits: FetchLimits) -> bytes:
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.max_bytes:
        raise _too_much(name, limits.max_bytes)
    pieces = _within(name, response.iter_stream(), limits.max_bytes)
    for coding in reversed([part.strip().lower() for part in headers.get("content-encoding", "").split(",")]):
        if coding in ("gzip", "x-gzip", "deflate"):
            pieces = _unpacked(pieces, gzipped="gzip" in coding)
        elif coding not in ("", "identity"):
            raise InputError(name, f"packed as {coding[:20]!r}, which was not asked for", right="gzip or nothing")
    try:
        return b"".join(_within(name, pieces, limits.max_decoded))
    except (zlib.error, EOFError) as fault:
        raise InputError(name, f"compressed data are damaged: {_line(fault)}", right="try again later") from fault


def _within(name: str, pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise _too_much(name, limit)
        yield piece


def _too_much(name: str, limit: int) -> InputError:
    return InputError(name, f"more than {limit:,} bytes", right="fetch it yourself and give the file")


def _unpacked(pieces: Iterable[bytes], *, gzipped: bool) -> Iterator[bytes]:
    """Unpacks little by little: however much a piece grows, no more than `_PIECE` bytes of it are held."""
    unpack = None
    for piece in pieces:
        left = piece
        while left:
            if unpack is None or unpack.eof:
                # "deflate" is zlib by the standard and bare deflate with some servers.
                unpack = zlib.decompressobj(31 if gzipped else 15 if left[0] & 0x0F == 8 else -15)
            yield unpack.decompress(left, _PIECE)
            left = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    if unpack is not None:
        yield unpack.flush()
        if not unpack.eof:
            raise EOFError("they end too early")


def _retry_after(headers: httpx.Headers) -> int | None:
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return int(value[:10])
    day = _moment(value)
    if day is None:
        return None
    now = _moment(headers.get("date", "")) or datetime.now(UTC)
    return max(0, round((day - now).total_seconds()))


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line(fault: BaseException) -> str:
    said = re.sub(r"^\[Errno -?\d+\] ", "", " ".join(str(fault).split()))
    return said or type(fault).__name__


def _shown(url: str) -> str:
    """An address fit for one line of a message, without a name and password."""
    return re.sub(r"(?<=//)[^/?#]*@", "", " ".join(url.split()))[:500]

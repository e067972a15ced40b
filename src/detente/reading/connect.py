"""Connections to web servers: to allowed addresses only, and none longer than agreed."""

from __future__ import annotations

import functools
import ipaddress
import socket
import ssl
import time
import urllib.request
from collections.abc import Iterable
from typing import Any, Final

import httpcore
import httpx

from detente.errors import InputError
from detente.reading.options import FetchLimits

# Behind this prefix of NAT64 (RFC 6052) stands an IPv4 address.
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_PROXIES: Final = ("http://", "https://")


class Deadline:
    """The moment by which all has to be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left.

        Raises:
            httpcore.ReadTimeout: there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; an IPv4 address inside an IPv6 one is looked at too."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        inner = ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip.is_site_local or (inner is not None and not is_public(str(inner))):
            return False
    return ip.is_global and not ip.is_multicast


def port_of(url: httpx.URL) -> int:
    """The port of an http or https address."""
    return url.port or (443 if url.scheme == "https" else 80)


def open_pool(name: str, url: httpx.URL, limits: FetchLimits, deadline: Deadline) -> httpcore.ConnectionPool:
    """What connects to the server of `url`, by a proxy if the environment names one and `limits` allow it.

    Raises:
        InputError: the proxy is none that HTTP can use.
    """
    backend = _Backend(name, limits.allow_private or limits.trusts(url.host, port_of(url)), deadline)
    context = _tls() if url.scheme == "https" else None
    named = _proxy(url) if limits.allow_private else None
    if named is None:
        return httpcore.ConnectionPool(ssl_context=context, network_backend=backend)
    if not named.startswith(_PROXIES):
        raise InputError(name, "the proxy of the environment is no HTTP proxy", right="http://HOST:PORT")
    proxy = httpx.Proxy(named)
    return httpcore.HTTPProxy(
        proxy_url=httpcore.URL(
            scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=proxy.url.raw_path
        ),
        proxy_auth=proxy.raw_auth,
        ssl_context=context,
        network_backend=backend,
    )


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _proxy(url: httpx.URL) -> str | None:
    if urllib.request.proxy_bypass(url.host):
        return None
    return urllib.request.getproxies().get(url.scheme)


class _Backend(httpcore.NetworkBackend):
    """Looks a name up, and connects to an address that was looked at: the name is not looked up a second time."""

    def __init__(self, name: str, allow_private: bool, deadline: Deadline) -> None:
        self._name, self._allow_private, self._deadline = name, allow_private, deadline
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline stands above it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        fault: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("no address")
        for number, address in enumerate(addresses):
            # A dead address leaves time for the next one.
            share = self._deadline.left() / (len(addresses) - number)
            try:
                return _Stream(
                    self._real.connect_tcp(address, port, share, local_address, socket_options), self._deadline
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as trouble:
                fault = trouble
        raise fault

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as fault:
            raise InputError(self._name, f"no server goes by the name {host}", right="check the address") from fault
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if self._allow_private:
            return addresses
        public = [address for address in addresses if is_public(address)]
        if not public:
            raise InputError(
                self._name, f"{host} is an address of a private network", right="give one of the public internet"
            )
        return public


class _Stream(httpcore.NetworkStream):
    """A stream on which no step waits longer than the deadline, so that a server that drips bytes gains nothing."""

    def __init__(self, real: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._real, self._deadline = real, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._real.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._real.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._real.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Stream(self._real.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._real.get_extra_info(info)

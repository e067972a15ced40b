"""Asking many pages of many servers with manners: not too fast, and not where robots.txt asks us to stay away."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from detente.errors import InputError
from detente.reading.fetch import USER_AGENT, Content, Fetched, Refused, Validators, fetch
from detente.reading.options import FetchLimits
from detente.reading.web import as_utf8

# RFC 9309: rules may be kept for a day, and half a megabyte of them has to be read.
_KEPT: Final = 86_400.0
_MOST: Final = 512_000
# Rules that could not be had are asked for again after this many seconds.
_KEPT_FAULT: Final = 600.0
# A robots.txt may ask for a longer gap between two requests, within reason.
_LONGEST_GAP: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the robots.txt of a server says, or why it cannot be had; good until `until` on the clock."""

    until: float
    parser: RobotFileParser | None
    fault: InputError | None = None


def forbidden(url: str) -> InputError:
    """What is said of a page that robots.txt does not allow."""
    return InputError(url, "robots.txt of the server forbids it to programs", right="read it by its address")


class Visitor:
    """Fetches for polling. One of them goes through all rounds, so that it remembers whom it asked when.

    `gap`: seconds between two requests to one host, more if its robots.txt says so. `sleep` and `clock` (seconds) are
    those of the machine unless something else waits.
    """

    def __init__(
        self,
        limits: FetchLimits,
        *,
        gap: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits, self._gap, self._sleep, self._clock = limits, gap, sleep, clock
        self._last: dict[str, float] = {}
        self._rules: dict[str, _Rules] = {}

    def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        """As `detente.reading.fetch.fetch`, when it is our turn.

        Raises:
            InputError: as there; or robots.txt forbids the page, or cannot be had.
        """
        if not self.allows(url):
            raise forbidden(url)
        return self._ask(url, validators, self._gap_of(self._rules_of(url)))

    def allows(self, url: str) -> bool:
        """Whether robots.txt lets programs have this page.

        Raises:
            InputError: it cannot be had.
        """
        rules = self._rules_of(url)
        if rules.fault:
            raise rules.fault
        return rules.parser is None or rules.parser.can_fetch(USER_AGENT, url)

    def _ask(self, url: str, validators: Validators | None, gap: float) -> Fetched:
        host = urlsplit(url).netloc.lower()
        if host in self._last:
            wait = self._last[host] + gap - self._clock()
            if wait > 0:
                self._sleep(wait)
        try:
            return fetch(url, limits=self._limits, validators=validators)
        finally:
            self._last[host] = self._clock()

    def _gap_of(self, rules: _Rules) -> float:
        asked = rules.parser.crawl_delay(USER_AGENT) if rules.parser else None
        return max(self._gap, min(float(asked or 0), _LONGEST_GAP))

    def _rules_of(self, url: str) -> _Rules:
        try:
            parts = urlsplit(url)
        except ValueError as fault:
            raise InputError(url, f"not an address: {fault}", right="https://HOST/…") from fault
        server = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
        rules = self._rules.get(server)
        if rules is None or rules.until <= self._clock():
            rules = self._rules[server] = self._fetch_rules(f"{server}/robots.txt")
        return rules

    def _fetch_rules(self, url: str) -> _Rules:
        try:
            fetched = self._ask(url, None, self._gap)
            if isinstance(fetched, Refused) and (fetched.status >= 500 or fetched.status == 429):
                raise fetched.fault()
        except InputError as trouble:
            fault = InputError(url, f"no robots.txt to be had, so nothing is read there: {trouble.what}")
            return _Rules(self._clock() + _KEPT_FAULT, None, fault)
        if not isinstance(fetched, Content):  # There is none: everything is allowed.
            return _Rules(self._clock() + _KEPT, None)
        parser = RobotFileParser()
        lines = as_utf8(fetched)[:_MOST].decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
        try:
            parser.parse(lines)
        except ValueError as trouble:  # A number in other than plain digits, say.
            fault = InputError(url, f"a robots.txt that cannot be understood, so nothing is read there: {trouble}")
            return _Rules(self._clock() + _KEPT, None, fault)
        return _Rules(self._clock() + _KEPT, parser)

"""Many requests in a row: spaced out by host, and only where robots.txt lets us."""

from __future__ import annotations

import pytest

from detente.errors import InputError
from detente.reading import FetchLimits
from detente.reading.fetch import Content, Refused
from detente.reading.polite import Visitor
from tests.reading.web_site import Reply, Site


class Clock:
    """A clock that stands still unless somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Visitor:
    return Visitor(FetchLimits(allow_private=True), gap=1.0, sleep=clock.sleep, clock=clock)


def test_one_host_is_asked_once_a_second_and_another_at_once(site: Site, visitor: Visitor, clock: Clock) -> None:
    for page in ("/a", "/b"):
        site.pages[page] = Reply(b"x")
        assert isinstance(visitor.fetch(site.url(page)), Content)
    assert site.paths() == ["/robots.txt", "/a", "/b"]
    assert clock.slept == [1.0, 1.0]
    clock.now += 0.75
    visitor.fetch(site.url("/a"))
    clock.now += 60
    visitor.fetch(site.url("/a"))
    assert clock.slept == [1.0, 1.0, 0.25]
    visitor.fetch(f"http://localhost:{site.port}/a")
    assert clock.slept == [1.0, 1.0, 0.25, 1.0]  # Only between its own robots.txt and its page.


def test_robots_txt_is_obeyed(site: Site, visitor: Visitor) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: detente\nDisallow: /private\nAllow: /\n"
    site.pages["/robots.txt"] = Reply(b"\xef\xbb\xbf" + rules.encode())
    site.pages["/open"] = Reply(b"x")
    site.pages["/private/a"] = Reply(b"x")
    assert isinstance(visitor.fetch(site.url("/open")), Content)
    with pytest.raises(InputError, match=r"robots.txt of the server forbids it"):
        visitor.fetch(site.url("/private/a"))
    assert site.paths() == ["/robots.txt", "/open"]


def test_a_longer_gap_is_kept_if_robots_txt_asks_for_it(site: Site, visitor: Visitor, clock: Clock) -> None:
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 7\n")
    visitor.fetch(site.url("/a"))
    visitor.fetch(site.url("/b"))
    assert clock.slept == [7.0, 7.0]
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 700000\n")
    clock.now += 100_000
    visitor.fetch(site.url("/c"))
    visitor.fetch(site.url("/d"))
    assert max(clock.slept) == 60.0


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_cannot_say_its_rules_is_left_alone_for_a_while(
    site: Site, visitor: Visitor, clock: Clock, status: int
) -> None:
    site.pages["/robots.txt"] = Reply(b"", status)
    site.pages["/a"] = Reply(b"x")
    for _ in range(2):
        with pytest.raises(InputError, match=r"no robots.txt to be had") as caught:
            visitor.fetch(site.url("/a"))
        assert f"answers {status}" in str(caught.value)
    assert site.paths() == ["/robots.txt"]
    site.pages["/robots.txt"] = Reply(b"")
    clock.now += 3600
    assert isinstance(visitor.fetch(site.url("/a")), Content)


def test_rules_that_cannot_be_understood_are_one_line(site: Site, visitor: Visitor) -> None:
    site.pages["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: ²\n".encode())
    with pytest.raises(InputError, match="cannot be understood"):
        visitor.fetch(site.url("/a"))


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_server_without_rules_allows_all(site: Site, visitor: Visitor, status: int) -> None:
    site.pages["/robots.txt"] = Reply(b"", status)
    assert visitor.allows(site.url("/a"))


def test_rules_are_asked_for_again_after_a_day(site: Site, visitor: Visitor, clock: Clock) -> None:
    visitor.fetch(site.url("/a"))
    clock.now += 80_000
    visitor.fetch(site.url("/a"))
    clock.now += 80_000
    visitor.fetch(site.url("/a"))
    assert site.paths().count("/robots.txt") == 2


def test_what_the_server_refuses_is_handed_on(site: Site, visitor: Visitor) -> None:
    assert visitor.fetch(site.url("/none")) == Refused(site.url("/none"), 404)
    with pytest.raises(InputError, match="not an address"):
        visitor.fetch("http://[bad/")

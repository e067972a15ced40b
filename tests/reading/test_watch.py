"""Feeds are followed: what is new comes once, what is in trouble is asked less and less, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.reading import FeedSource, FetchLimits, ReadOptions
from detente.reading.fetch import Content, Fetched, Refused, Unchanged, Validators
from detente.reading.polite import Visitor
from detente.reading.watch import CAP, LONGEST_RETRY, FeedState, next_state, poll, watch_round
from detente.records import Document
from tests.reading.web_site import Reply, Site

NOW = datetime(2023, 6, 20, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
URL = "https://news.example/feed"
TOLD = Validators('"v2"', "Tue, 20 Jun 2023 11:00:00 GMT")

EVERY = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=9999))
URLS = st.text(min_size=1, max_size=60)
FAILURES: list[Fetched | InputError] = [InputError(URL, "no connection"), Refused(URL, 500), Refused(URL, 429)]


def _wait(state: FeedState, outcome: Fetched | InputError, every: timedelta) -> timedelta:
    return next_state(state, outcome, NOW, every).next_poll - NOW


@given(URLS, EVERY, st.integers(0, 10_000), st.sampled_from(FAILURES))
def test_each_failure_waits_at_least_as_long_as_the_last_up_to_the_cap(
    url: str, every: timedelta, failures: int, outcome: Fetched | InputError
) -> None:
    state = FeedState(url, NOW, failures=failures)
    wait, longer = _wait(state, outcome, every), _wait(FeedState(url, NOW, failures=failures + 1), outcome, every)
    assert every <= wait <= longer <= max(every, CAP) * 1.1
    assert next_state(state, outcome, NOW, every).failures == failures + 1


@given(URLS, EVERY)
def test_failures_double_the_wait_while_it_is_below_the_cap(url: str, every: timedelta) -> None:
    first = _wait(FeedState(url, NOW), Refused(URL, 500), every)
    second = _wait(FeedState(url, NOW, failures=1), Refused(URL, 500), every)
    if 4 * every <= CAP:
        assert abs(second - 2 * first) <= timedelta(microseconds=2)


@given(URLS, EVERY, st.integers(0, 100), st.integers(0, 10**12), st.sampled_from([429, 503, 500]))
def test_what_the_server_asks_for_is_the_least(
    url: str, every: timedelta, failures: int, seconds: int, status: int
) -> None:
    state = FeedState(url, NOW, failures=failures)
    wait, plain = _wait(state, Refused(URL, status, seconds), every), _wait(state, Refused(URL, status), every)
    assert wait >= min(timedelta(seconds=min(seconds, 10**9)), LONGEST_RETRY)
    assert plain <= wait <= max(plain, LONGEST_RETRY)


@given(URLS, EVERY, st.integers(0, 100), st.sampled_from([Content(URL, b"", validators=TOLD), Unchanged(URL, TOLD)]))
def test_success_goes_back_to_the_interval(
    url: str, every: timedelta, failures: int, outcome: Content | Unchanged
) -> None:
    state = next_state(FeedState(url, NOW, failures=failures), outcome, NOW, every)
    assert state == FeedState(url, state.next_poll, TOLD.etag, TOLD.modified)
    assert every <= state.next_poll - NOW <= every * 1.1


def test_the_same_feed_always_waits_the_same_and_others_differently() -> None:
    waits = [_wait(FeedState(f"{URL}/{n}", NOW), Unchanged(URL, TOLD), HALF_HOUR) for n in range(50)]
    assert waits == [_wait(FeedState(f"{URL}/{n}", NOW), Unchanged(URL, TOLD), HALF_HOUR) for n in range(50)]
    assert len(set(waits)) == 50


def test_a_failure_keeps_what_was_known_of_the_version() -> None:
    state = next_state(FeedState(URL, NOW, '"v1"', "then"), Refused(URL, 500), NOW, HALF_HOUR)
    assert (state.etag, state.modified) == ('"v1"', "then")


def feed(*entries: tuple[str, str]) -> Reply:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>2023-06-19</pubDate>"
        f"<description>In short: {title}.</description></item>"
        for title, link in entries
    )
    xml = f'<rss version="2.0"><channel><title>World</title>{items}</channel></rss>'
    return Reply(xml.encode(), headers={"Content-Type": "application/rss+xml", "ETag": '"v1"'})


def page(text: str) -> Reply:
    return Reply(
        f"<!doctype html><html><head><title>{text}</title></head><body><article><p>{text}. It was the first such"
        f" meeting of the envoys in a year, and both of them spoke of fish.</p></article></body></html>".encode(),
        headers={"Content-Type": "text/html"},
    )


class Watch:
    """Follows feeds of a site; the clock of politeness stands still."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.errors: list[InputError] = []
        self.read: set[str | None] = set()
        self.visitor = Visitor(FetchLimits(allow_private=True), sleep=lambda _: None, clock=lambda: 0.0)

    def poll(self, source: FeedSource, state: FeedState | None = None) -> tuple[list[Document], FeedState]:
        documents, after = poll(
            source,
            state or FeedState(source.url, NOW),
            NOW,
            self.visitor,
            ReadOptions(),
            on_error=self.errors.append,
            on_note=pytest.fail,
            known=self.read.__contains__,
        )
        self.read |= {document.url for document in documents}
        return documents, after


@pytest.fixture
def watch(site: Site) -> Watch:
    return Watch(site)


def test_a_feed_of_own_texts(site: Site, watch: Watch) -> None:
    site.pages["/feed"] = feed(("Envoys meet", "/1"), ("Envoys part", "/2"))
    source = FeedSource(site.url("/feed"), "The Fjord Post", "readout", "Norway")
    documents, state = watch.poll(source)
    assert [document.text for document in documents] == [
        "Envoys meet\n\nIn short: Envoys meet.",
        "Envoys part\n\nIn short: Envoys part.",
    ]
    first = documents[0]
    assert (first.publisher, first.kind, first.issuer) == ("The Fjord Post", "readout", "Norway")
    assert (first.published, first.url) == (date(2023, 6, 19), site.url("/1"))
    assert (state.etag, state.failures) == ('"v1"', 0)
    assert not watch.errors


def test_a_feed_that_has_not_changed_is_not_read_again(site: Site, watch: Watch) -> None:
    site.pages["/feed"] = lambda asked: (
        Reply(status=304) if asked.get("If-None-Match") == '"v1"' else feed(("Envoys meet", "/1"))
    )
    source = FeedSource(site.url("/feed"))
    documents, state = watch.poll(source)
    assert len(documents) == 1
    documents, state = watch.poll(source, state)
    assert not documents
    assert (state.etag, state.failures) == ('"v1"', 0)


def test_linked_pages_are_read_in_full_and_only_once(site: Site, watch: Watch) -> None:
    site.pages["/feed"] = feed(("Short", "/1"), ("Again", "/1"), ("Other", "/2"))
    site.pages["/1"] = page("The envoys met in Oslo")
    site.pages["/2"] = page("The envoys met in Lima")
    source = FeedSource(site.url("/feed"), "The Fjord Post", full_text=True)
    documents, state = watch.poll(source)
    assert [document.url for document in documents] == [site.url("/1"), site.url("/2")]
    assert "It was the first such meeting" in documents[0].text
    assert (documents[0].published, documents[0].publisher) == (date(2023, 6, 19), "The Fjord Post")
    documents, _ = watch.poll(source, state)
    assert not documents
    assert site.paths() == ["/robots.txt", "/feed", "/1", "/2", "/feed"]


def test_linked_pages_that_fail_for_now_are_tried_again(site: Site, watch: Watch) -> None:
    site.pages["/feed"] = feed(("One", "/1"), ("Two", "/2"), ("Three", "/3"))
    site.pages["/1"] = page("The envoys met in Oslo")
    site.pages["/2"] = Reply(b"", 500)
    source = FeedSource(site.url("/feed"), full_text=True)
    documents, state = watch.poll(source)
    assert [document.url for document in documents] == [site.url("/1")]
    assert (state.etag, state.failures) == (None, 0)
    assert ["500" in error.what for error in watch.errors] == [True, False]  # The third page is gone for good.
    site.pages["/2"] = page("The envoys met in Lima")
    documents, state = watch.poll(source, state)
    assert [document.url for document in documents] == [site.url("/2")]
    assert state.etag == '"v1"'


def test_a_server_that_has_had_enough_is_left_in_peace(site: Site, watch: Watch) -> None:
    site.pages["/feed"] = feed(("One", "/1"), ("Two", "/2"), ("Three", "/3"))
    site.pages["/1"] = page("The envoys met in Oslo")
    site.pages["/2"] = Reply(b"", 429, {"Retry-After": "172800"})
    documents, state = watch.poll(FeedSource(site.url("/feed"), full_text=True))
    assert [document.url for document in documents] == [site.url("/1")]
    assert "/3" not in site.paths()
    assert (state.etag, state.failures) == (None, 1)
    assert state.next_poll == NOW + timedelta(days=2)


def test_robots_txt_holds_for_feeds_and_for_linked_pages(site: Site, watch: Watch) -> None:
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /closed\n")
    site.pages["/feed"] = feed(("One", "/closed/1"), ("Two", "/2"))
    site.pages["/2"] = page("The envoys met in Oslo")
    documents, state = watch.poll(FeedSource(site.url("/feed"), full_text=True))
    assert [document.url for document in documents] == [site.url("/2")]
    assert [error.source for error in watch.errors] == [site.url("/closed/1")]
    assert state.etag == '"v1"'
    _, state = watch.poll(FeedSource(site.url("/closed/feed")))
    assert state.failures == 1
    assert "robots.txt" in watch.errors[-1].what
    assert "/closed/feed" not in site.paths()


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(b"<html><body>Moved.</body></html>", headers={"ETag": '"x"'}), "no feed that can be read"),
        (Reply(b"", 503, {"Retry-After": "60"}), "answers 503"),
        (Reply(b"", 404), "answers 404"),
        (Reply(b"x" * 10, headers={"Content-Length": "20", "Connection": "close"}), "connection broke"),
    ],
)
def test_a_feed_in_trouble_is_one_error_and_is_asked_less(site: Site, watch: Watch, reply: Reply, says: str) -> None:
    site.pages["/feed"] = reply
    documents, state = watch.poll(FeedSource(site.url("/feed")))
    assert not documents
    [error] = watch.errors
    assert error.source == site.url("/feed")
    assert says in error.what
    assert (state.failures, state.etag) == (1, None)
    assert state.next_poll >= NOW + 2 * HALF_HOUR


def test_a_round_looks_at_what_is_due(site: Site, watch: Watch) -> None:
    for name in ("new", "due", "later"):
        site.pages[f"/{name}"] = feed((f"Envoys meet ({name})", "/1"))
    sources = [FeedSource(site.url(path)) for path in ("/new", "/gone", "/due", "/later")]
    states = {
        site.url("/due"): FeedState(site.url("/due"), NOW),
        site.url("/later"): FeedState(site.url("/later"), NOW + timedelta(seconds=1)),
    }
    found = list(
        watch_round(
            sources,
            states,
            watch.visitor,
            ReadOptions(),
            lambda: NOW,
            on_error=watch.errors.append,
            on_note=pytest.fail,
        )
    )
    assert [(source.url, len(documents), state.failures) for source, documents, state in found] == [
        (site.url("/new"), 1, 0),
        (site.url("/gone"), 0, 1),
        (site.url("/due"), 1, 0),
    ]
    assert site.paths() == ["/robots.txt", "/new", "/gone", "/due"]

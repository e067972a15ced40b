"""Feeds are read from their bytes, as far as they go, and nothing in them makes the reader fetch or open anything."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.reading import FeedSource, ReadOptions, load_feeds, read_paths
from detente.reading.feeds import Feed, parse_feed
from detente.reading.markup import text_of
from tests.reading.web_site import Reply, Site

URL = "https://news.example/feeds/world.xml"
DATED = "<pubDate>Mon, 19 Jun 2023 22:30:00 -0400</pubDate>"


def rss(items: str, *, before: str = '<?xml version="1.0"?>') -> bytes:
    return f'{before}<rss version="2.0"><channel><title>World &amp; sea</title>{items}</channel></rss>'.encode()


def titles(feed: Feed) -> list[str | None]:
    return [entry.title for entry in feed.entries]


def test_an_rss_entry() -> None:
    feed = parse_feed(
        rss(
            f"""<item><title>Envoys &lt;i&gt;meet&lt;/i&gt;</title><link>/2023/oslo</link>
            <guid isPermaLink="false">n1</guid>{DATED}
            <description>&lt;p&gt;They met in Oslo.&lt;/p&gt;&lt;p&gt;Fish &amp;amp; trade,&lt;br&gt;no more.&lt;/p&gt;
            &lt;script&gt;track()&lt;/script&gt;</description></item>"""
        ),
        URL,
    )
    assert feed.title == "World & sea"
    [entry] = feed.entries
    assert (entry.id, entry.title, entry.link) == ("n1", "Envoys meet", "https://news.example/2023/oslo")
    assert entry.published == date(2023, 6, 19)  # The publisher's day, not that of Greenwich.
    assert entry.text == "They met in Oslo.\n\nFish & trade,\nno more."


def test_an_atom_entry_with_its_longest_text() -> None:
    feed = parse_feed(
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://ministry.example/en/"><title>Readouts</title>
        <entry><id>urn:1</id><title type="text">Call of a &lt;minister></title><link href="call"/>
        <updated>2023-06-20T01:00:00+09:00</updated><summary>Short.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They spoke.</p><p>Twice.</p></div></content>
        </entry></feed>""",
        URL,
    )
    [entry] = feed.entries
    assert entry.title == "Call of a <minister>"
    assert entry.link == "https://ministry.example/en/call"
    assert entry.published == date(2023, 6, 20)
    assert entry.text == "They spoke.\n\nTwice."


def test_links_that_lead_nowhere_on_the_web_are_none() -> None:
    feed = parse_feed(rss("<item><title>A</title><link>javascript:alert(1)</link></item>"), URL)
    assert feed.entries[0].link is None


def test_entries_without_a_good_date_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(
        rss(
            f"""<item><title>No date.</title></item>
            <item><title>Two ways.</title><pubDate>03/04/2023</pubDate></item>
            <item><title>None at all.</title><pubDate>yesterday</pubDate></item>
            <item>{DATED}</item>
            <item><title>Envoys met.</title>{DATED}</item>"""
        )
    )
    errors: list[InputError] = []
    [document] = read_paths([str(path)], ReadOptions(), on_error=errors.append, on_note=lambda _: None)
    assert document.text == document.title == "Envoys met."
    assert document.publisher == "World & sea"
    assert [(error.where, error.what.split(";")[0]) for error in errors] == [
        ("entry 1", "no publication date"),
        ("entry 2", "date '03/04/2023' could be day/month or month/day"),
        ("entry 3", "'yesterday' is not a date"),
        ("entry 4", "there is no text"),
    ]


def test_a_feed_at_an_address_gives_its_own_texts(site: Site) -> None:
    item = f"<item><title>Envoys meet</title><link>/oslo</link>{DATED}<description>They met.</description></item>"
    site.pages["/feed"] = Reply(rss(item), headers={"Content-Type": "text/xml"})
    options = ReadOptions(publisher="The Fjord Post")
    [document] = read_paths([site.url("/feed")], options, on_error=pytest.fail, on_note=pytest.fail)
    assert document.text == "Envoys meet\n\nThey met."
    assert document.url == site.url("/oslo")
    assert document.publisher == "The Fjord Post"
    assert site.paths() == ["/feed"]


def test_entities_are_not_followed_out_of_the_feed(site: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    item = f"<item><title>A &file; &web; &own; B</title>{DATED}</item>"
    entities = f"""[<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY web SYSTEM "{site.url("/entity")}">
        <!ENTITY % more SYSTEM "{site.url("/parameter")}"> %more; <!ENTITY own "kept">]"""
    before = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{}" {}>'
    with pytest.raises(InputError, match="a feed with entities of its own"):
        parse_feed(rss(item, before=before.format(site.url("/dtd"), entities)), URL)
    # Where the declarations hide behind what looks like the feed itself, they come to nothing.
    hidden = parse_feed(rss(item, before=before.format(site.url("/dtd"), f"[<!-- <rss --> {entities[1:]}")), URL)
    assert "secret" not in repr(hidden) and "kept" not in repr(hidden)
    outside = parse_feed(rss(item.replace("&", "&amp;"), before=before.format(site.url("/dtd"), "")), URL)
    assert titles(outside) == ["A &file; &web; &own; B"]
    assert not site.asked


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-7", "cp037"])
def test_entities_that_multiply_are_refused(encoding: str) -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    before = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY e0 "ha">{layers}]>'
    whole = rss(f"<item><title>A &e11; B</title>{DATED}</item>", before=before).decode().encode(encoding)
    with pytest.raises(InputError, match="a feed with entities of its own"):
        parse_feed(whole, URL)


def test_a_feed_may_write_about_entities() -> None:
    item = f"<item><title>How <![CDATA[<!ENTITY a]]> is written</title>{DATED}</item>"
    assert "is written" in (titles(parse_feed(rss(item), URL))[0] or "")


def test_bytes_that_are_the_name_of_a_file_do_not_open_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(f"<item><title>A</title>{DATED}</item>"))
    with pytest.raises(InputError, match="no feed that can be read"):
        parse_feed(str(path).encode(), URL)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"plain text", b"<html><body><p>A page.</p></body></html>", b"<rss", b"\xff\xfe\x00", rss("")[:60]],
)
def test_what_is_no_feed_is_one_line(content: bytes) -> None:
    with pytest.raises(InputError, match="no feed that can be read") as caught:
        parse_feed(content, URL)
    assert str(caught.value).startswith(URL)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("slip", ["&#x110000;", "&#xD800;", "a: b: c", "\0", "<![x", "<!--"])
def test_a_slip_anywhere_is_never_more_than_one_line(slip: str) -> None:
    for place in ("<title>", "<pubDate>", "<description>", "<link>", " version="):
        whole = rss(f"<item><title>A</title><link>/1</link>{DATED}<description>B</description></item>").decode()
        try:
            feed = parse_feed(whole.replace(place, place + slip).encode(), URL)
        except InputError as fault:
            assert "\n" not in str(fault)
        else:
            assert len(feed.entries) <= 1


def test_an_empty_feed_is_a_feed() -> None:
    assert parse_feed(rss(""), URL).entries == ()


def test_a_slip_in_the_xml_is_noted_and_read_over() -> None:
    feed = parse_feed(rss(f"<item><title>Fish & trade</title>{DATED}</item>"), URL)
    assert titles(feed) == ["Fish & trade"]
    assert "not well-formed (line 1" in feed.notes[0]
    assert feed.entries[0].fault is None


def test_an_entry_in_which_the_feed_breaks_off_is_not_used() -> None:
    whole = rss(f"<item><title>A</title>{DATED}</item><item><title>B</title>{DATED}<description>They did not")
    feed = parse_feed(whole.removesuffix(b"</channel></rss>"), URL)
    assert titles(feed) == ["A", "B"]
    assert feed.entries[0].fault is None
    assert "breaks off" in str(feed.entries[1].fault)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "cp1252"), ("windows-1252", "cp1252"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-16"), ("x-no", "utf-8")],
)
def test_the_charset_is_found_even_where_the_feed_declares_a_wrong_one(declared: str, encoding: str) -> None:
    text = rss(f"<item><title>Café “Oslo”</title>{DATED}</item>", before="").decode()
    feed = parse_feed(f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(encoding), URL)
    assert titles(feed) == ["Café “Oslo”"]


def test_the_text_of_markup() -> None:
    assert text_of("<ul><li>One <b>and</b>\n two<li>Three</ul><style>p {}</style>tail &lt; &#8220;x&#8221;") == (
        "One and two\n\nThree\n\ntail < “x”"
    )
    assert text_of("plain") == "plain"
    assert text_of("") == ""


def write(folder: Path, content: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_list_of_feeds(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        [[feed]]
        url = "https://ministry.example/rss"
        publisher = "Ministry of the Sea"
        kind = "readout"
        issuer = "Norway"
        every = "2h"
        full_text = true
        [[feed]]
        url = "http://news.example/atom"
        """,
    )
    assert load_feeds(path) == (
        FeedSource(
            "https://ministry.example/rss", "Ministry of the Sea", "readout", "Norway", timedelta(hours=2), True
        ),
        FeedSource("http://news.example/atom", every=timedelta(minutes=30), full_text=False),
    )


GOOD = '[[feed]]\nurl = "https://a.example/"\n'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "feeds.toml: lists no feed"),
        ("feed = 3", "feeds.toml: lists no feed"),
        ("feed = [3]", "feed 1: feed = 3 where a table"),
        ("[[feed]", "feeds.toml: not TOML"),
        ("[[feeds]]", "feeds.toml: unknown key 'feeds'"),
        (GOOD + 'publsher = "x"', "feed 1: unknown key 'publsher' (url, publisher, kind, issuer, every, full_text)"),
        (GOOD + "[[feed]]", "feed 2: no url"),
        ('[[feed]]\nurl = "feed.xml"', "feed 1: url = 'feed.xml' is no web address"),
        (GOOD + GOOD, "feed 2: url = 'https://a.example/' a second time"),
        (GOOD + 'kind = "story"', "feed 1: kind = 'story' is not known (news, readout"),
        (GOOD + "issuer = 3", "feed 1: issuer = 3 is no name"),
        (GOOD + 'publisher = " "', "feed 1: publisher = ' ' is no name"),
        (GOOD + 'every = "0m"', "feed 1: every = '0m' is no time"),
        (GOOD + "every = 30", "feed 1: every = 30 is no time"),
        (GOOD + 'full_text = "yes"', "feed 1: full_text = 'yes' (true or false)"),
    ],
)
def test_a_bad_list_of_feeds_names_file_feed_and_key(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        load_feeds(write(tmp_path, content))
    assert says in str(caught.value)
    assert "feeds.toml" in str(caught.value)


def test_a_list_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_feeds(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not TOML"):
        load_feeds(tmp_path / "bad.toml")

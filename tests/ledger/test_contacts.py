"""Contacts: channel by the lower of two levels, mode by place and words, one contact for what is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from detente.coding import Coder
from detente.ledger.contact_channel import contact_channel
from detente.ledger.contacts import build_contacts
from detente.ledger.episodes import build_episodes
from detente.records import Actor, Document, Place
from detente.relations import CHANNELS, CONTACT_MODES, Contact, Report
from tests.ledger.reports import (
    AMERICA,
    AUSTIN,
    BEIJING,
    BLINKEN,
    CHINA,
    DYAD,
    QIN,
    SULLIVAN,
    VIENNA,
    WANG,
    XI,
    coded,
    person,
    report,
)  # fmt: skip

DAY = date(2023, 6, 18)
BURNS = person("Nicholas Burns", "USA", "ambassador")
MUSK = replace(person("Elon Musk", "USA"), sectors=("BUS",))
HE = person("He Lifeng", "CHN", "deputy leader")
YELLEN = person("Janet Yellen", "USA", "economic minister")
KERRY = replace(person("John Kerry", "USA", "official"), office="Special Presidential Envoy for Climate")


def _contacts(*reports: Report) -> tuple[Contact, ...]:
    sources = {r.source.document: r.source for r in reports}
    return build_contacts(DYAD, build_episodes(DYAD, reports), sources)


@pytest.mark.parametrize(
    ("people", "words", "channel"),
    [
        ([XI, person("Joe Biden", "USA", "leader")], "", "leader"),
        ([XI, BLINKEN], "", "foreign minister"),
        ([WANG, SULLIVAN], "", "security adviser"),
        ([HE, YELLEN], "", "economic"),
        ([HE, KERRY], "", "climate"),
        ([QIN, BURNS], "", "ambassador"),
        ([QIN, MUSK], "", "business"),
        ([XI, person("Nancy Pelosi", "USA", "parliament")], "", "parliament"),
        ([BLINKEN, CHINA], "", "foreign minister"),
        ([CHINA, AMERICA], "held the first meeting of the economic working group", "working group"),
        ([CHINA, AMERICA], "the defense policy coordination talks", "defence"),
        ([CHINA, AMERICA], "held talks", "official"),
    ],
)
def test_the_lower_of_the_two_sides_names_the_channel(people: list[Actor], words: str, channel: str) -> None:
    assert contact_channel(DYAD, people, words) == channel
    assert contact_channel(DYAD, people[::-1], words) == channel


@pytest.mark.parametrize(
    ("words", "place", "mode", "wanted"),
    [
        ("Blinken met Wang in Beijing", BEIJING, "visit", "visit"),
        ("Blinken met Wang in Vienna", VIENNA, None, "third country"),
        ("Blinken met Wang on the sidelines of the conference", BEIJING, None, "multilateral margin"),
        ("Blinken met Wang", None, "multilateral", "multilateral margin"),
        ("Blinken called Wang", None, "phone", "phone"),
        ("Blinken spoke with Wang by video link", None, "phone", "video"),
        ("Blinken exchanged letters with Wang", None, None, "letter"),
        ("Blinken met Wang", None, None, "meeting"),
        # In person, whatever the coder guessed from "spoke".
        ("Blinken spoke with Wang when they met", BEIJING, "phone", "visit"),
    ],
)
def test_modes(words: str, place: Place | None, mode: str | None, wanted: str) -> None:
    (contact,) = _contacts(report(words, [BLINKEN], [WANG], place=place, mode=mode, trigger=words.split()[1]))
    assert contact.mode == wanted and contact.mode in CONTACT_MODES and contact.channel in CHANNELS


def test_visitors_come_first_and_an_ambassador_at_post_is_hosted() -> None:
    (visit,) = _contacts(report("Wang received Blinken in Beijing", [WANG], [BLINKEN], place=BEIJING, mode="visit"))
    assert [actor.name for actor in visit.participants] == ["Antony Blinken", "Wang Yi"]
    (at_post,) = _contacts(report("Qin met Burns in Beijing", [QIN], [BURNS], place=BEIJING))
    assert (at_post.mode, at_post.channel) == ("hosted", "ambassador")


def test_each_sides_own_account_is_a_readout() -> None:
    words = "Blinken met Wang in Vienna"
    contacts = _contacts(
        report(words, [BLINKEN], [WANG], document="us", issuer="USA", place=VIENNA),
        report(words, [BLINKEN], [WANG], document="cn", issuer="CHN", place=VIENNA),
        report(words, [BLINKEN], [WANG], document="press", place=VIENNA),
    )
    assert [set(c.readouts) for c in contacts] == [{("USA", "us"), ("CHN", "cn")}]
    assert set(contacts[0].documents) == {"us", "cn", "press"}


def test_a_visit_as_a_whole_goes_into_its_first_meeting() -> None:
    visit = report(
        "Blinken visited China",
        [BLINKEN],
        [CHINA],
        trigger="visited",
        mode="visit",
        until=DAY + timedelta(1),
        place=BEIJING,
        document="v",
    )
    qin = report("Blinken met Qin", [BLINKEN], [QIN], document="q", place=BEIJING, mode="visit")
    xi = report("Blinken met Xi", [BLINKEN], [XI], document="x", on=DAY + timedelta(1), place=BEIJING, mode="visit")
    contacts = _contacts(visit, qin, xi)
    assert [(c.start, set(c.documents)) for c in contacts] == [(DAY, {"v", "q"}), (DAY + timedelta(1), {"x"})]
    # Without meetings told it stands for itself.
    assert [c.mode for c in _contacts(visit)] == ["visit"]


def test_a_list_is_a_contact_with_each_and_none_beside_those_told_alone() -> None:
    listed = report(
        "Blinken met Xi, Wang and Qin",
        [BLINKEN],
        [XI, WANG, QIN],
        document="list",
        place=BEIJING,
        on=DAY + timedelta(1),
    )
    qin = report("Blinken met Qin", [BLINKEN], [QIN], document="q", place=BEIJING)
    contacts = _contacts(listed, qin)
    who = [{a.name for a in c.participants} - {"Antony Blinken"} for c in contacts]
    assert sorted(map(sorted, who)) == [["Qin Gang"], ["Wang Yi"], ["Xi Jinping"]]
    assert all("list" in c.documents for c in contacts)
    # Whoever came along is no contact of its own.
    aide = person("Ma Zhaoxu", "CHN", "deputy minister")
    assert len(_contacts(report("Blinken met Wang and Ma", [BLINKEN], [WANG, aide]))) == 1


def test_on_a_visit_people_are_met_there() -> None:
    visit = report("Blinken met Qin in Beijing", [BLINKEN], [QIN], place=BEIJING, mode="visit", document="q")
    also = report("Wang talked with Blinken", [WANG], [BLINKEN], document="w", on=DAY + timedelta(1))
    (_, met) = _contacts(visit, also)
    assert (met.mode, met.place, met.participants[0]) == ("visit", BEIJING, BLINKEN)


def test_plans_refusals_and_talk_about_talks_are_no_contacts() -> None:
    assert not _contacts(
        report("Blinken will meet Wang", [BLINKEN], [WANG], kind="AGREE", act="CONSULT", status="planned")
    )
    assert not _contacts(report("Li would not meet Austin", [WANG], [AUSTIN], kind="REJECT", act="CONSULT"))
    topic = report("took questions on the talks", [CHINA, AMERICA], basis="publication", trigger="talks")
    assert not _contacts(topic)
    assert not _contacts(report("the talks between them", [CHINA, AMERICA], basis="publication", trigger="talks"))
    # Nobody with a name and no day: talk in general.
    assert not _contacts(report("officials held talks", [CHINA, AMERICA], basis="publication", trigger="talks"))
    assert _contacts(report("officials held talks", [CHINA, AMERICA], trigger="talks"))
    # Its day is that of the paper that was handed out.
    assert not _contacts(report("issued a readout on the economic talks", [CHINA, AMERICA], trigger="talks"))


_NEWS = "Turkish Foreign Minister Hakan Fidan met his Greek counterpart George Gerapetritis in Ankara on Thursday."


@pytest.mark.parametrize(
    "later",
    [
        "Fidan recently met Gerapetritis, a spokesman in Athens said.",
        "Gerapetritis has met Fidan, his spokesman told reporters.",
        "Fidan and Gerapetritis have held several meetings this year.",
        "Fidan called for calm after his meeting with Gerapetritis.",
    ],
)
def test_what_is_looked_back_on_joins_what_is_known_of_the_weeks_before(coder: Coder, later: str) -> None:
    news = Document(_NEWS, "news", published=date(2024, 5, 18))
    back = Document(later, "back", published=date(2024, 6, 3))
    (contact,) = _coded_contacts(coder, ("GRC", "TUR"), news, back)
    assert contact.start == date(2024, 5, 16) and contact.documents[0] == "news"
    # With nothing known it is none, nor is it one of last year's.
    assert not _coded_contacts(coder, ("GRC", "TUR"), back)
    old = Document(_NEWS, "news", published=date(2023, 5, 20))
    assert [c.documents for c in _coded_contacts(coder, ("GRC", "TUR"), old, back)] == [("news",)]


@pytest.mark.parametrize(
    "text",
    [
        "Trade negotiations between India and Pakistan are under way.",
        "Japan and South Korea maintain a dialogue on history and people-to-people exchanges.",
        "India and Pakistan have held consultations on water.",
        "The two sides exchanged views at a press conference of India and Pakistan.",
    ],
)
def test_talk_in_general_is_no_contact(coder: Coder, text: str) -> None:
    document = Document(text, "d", published=date(2024, 5, 18))
    assert not _coded_contacts(coder, ("IND", "PAK"), document)
    assert not _coded_contacts(coder, ("JPN", "KOR"), document)


def test_a_readout_is_news_without_a_day_in_its_words() -> None:
    words = "Blinken spoke with Wang about the wars of the day"
    own = report(words, [BLINKEN], [WANG], basis="publication", issuer="USA", trigger="spoke")
    assert [c.readouts for c in _contacts(own)] == [(("USA", "d1"),)]
    # Reporters have to say where or how, or when.
    assert not _contacts(report(words, [BLINKEN], [WANG], basis="publication", trigger="spoke"))
    assert _contacts(report(words + ", by phone", [BLINKEN], [WANG], basis="publication", trigger="spoke"))
    # Who looks back later gives no account of it.
    back = "Wang has spoken with Blinken recently"
    later = report(
        back,
        [WANG],
        [BLINKEN],
        basis="publication",
        issuer="CHN",
        on=DAY + timedelta(30),
        document="later",
        trigger="spoken",
    )
    assert [(c.readouts, c.documents) for c in _contacts(own, later)] == [((("USA", "d1"),), ("d1", "later"))]


def test_who_is_somewhere_is_there_that_day() -> None:
    visit = report("Blinken is in China", [BLINKEN], [CHINA], basis="publication", mode="visit", place=BEIJING)
    assert [(c.mode, c.start) for c in _contacts(visit)] == [("visit", DAY)]
    was = report("Blinken has visited China", [BLINKEN], [CHINA], basis="publication", mode="visit", place=BEIJING)
    assert not _contacts(was)


def test_a_week_is_no_day() -> None:
    call = report("Blinken called Wang", [BLINKEN], [WANG], document="call", mode="phone", trigger="called")
    monday = DAY + timedelta(1)
    week = report(
        "Blinken had a call with Wang that week",
        [BLINKEN],
        [WANG],
        on=monday,
        until=monday + timedelta(6),
        document="week",
        mode="phone",
        published=DAY + timedelta(20),
        trigger="call",
    )
    assert [set(c.documents) for c in _contacts(call, week)] == [{"call", "week"}]
    assert [c.documents for c in _contacts(week)] == [("week",)]


def _coded_contacts(coder: Coder, dyad: tuple[str, str], *documents: Document) -> tuple[Contact, ...]:
    reports = coded(coder, dyad, *documents)
    return build_contacts(dyad, build_episodes(dyad, reports), {r.source.document: r.source for r in reports})


def test_from_real_text(coder: Coder) -> None:
    texts = (
        "Turkish Foreign Minister Hakan Fidan flew to Athens on Thursday. Fidan met his Greek counterpart George "
        "Gerapetritis there and was received by Prime Minister Kyriakos Mitsotakis.",
        "Turkish President Recep Tayyip Erdogan spoke by phone with Mitsotakis on Saturday, Ankara said.",
        "Fidan plans to invite Gerapetritis to Ankara in July.",
    )
    documents = [Document(text, f"d{n}", published=date(2024, 5, 18)) for n, text in enumerate(texts)]
    contacts = _coded_contacts(coder, ("GRC", "TUR"), *documents)
    told = [
        (c.start, c.channel, c.mode, [a.name.split()[-1] for a in c.participants if a.country == "GRC"])
        for c in contacts
    ]
    assert (date(2024, 5, 18), "leader", "phone", ["Mitsotakis"]) in told
    assert (date(2024, 5, 16), "foreign minister", "visit", ["Gerapetritis"]) in told
    assert not [c for c in contacts if c.documents == ("d2",)]

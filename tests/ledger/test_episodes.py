"""Episodes: what is one event, what is two, and what is kept where reports differ."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import Coder
from detente.ledger.episode_fold import SUREST
from detente.ledger.episodes import build_episodes
from detente.records import Document
from detente.relations import DONE, Report
from tests.ledger.reports import (
    AMERICA,
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
    report,
)  # fmt: skip

DAY = date(2023, 6, 18)


def _groups(reports: list[Report]) -> list[list[str]]:
    return [list(episode.reports) for episode in build_episodes(DYAD, reports)]


def _together(*reports: Report) -> bool:
    return len(build_episodes(DYAD, reports)) == 1


def test_four_sentences_one_meeting(coder: Coder) -> None:
    news = Document(
        "Norwegian Foreign Minister Espen Barth Eide met his Finnish counterpart Elina Valtonen in Helsinki on Monday. "
        "The two ministers talked for two hours.",
        "n",
        published=date(2024, 5, 13),
    )
    readout = Document(
        "Foreign Minister Espen Barth Eide met Foreign Minister Elina Valtonen of Finland today in Helsinki.",
        "r",
        published=date(2024, 5, 13),
        kind="readout",
        issuer="NOR",
    )
    later = Document(
        "Valtonen received Norway's foreign minister, Espen Barth Eide, in Helsinki on 13 May.",
        "l",
        published=date(2024, 5, 20),
    )
    reports = coded(coder, ("FIN", "NOR"), news, readout, later)
    met = [e for e in build_episodes(("FIN", "NOR"), reports) if e.act == "CONSULT" and e.realised]
    assert [(e.start, e.documents) for e in met] == [(date(2024, 5, 13), ("n", "r", "l"))]
    assert {actor.name for actor in met[0].people} == {"Espen Barth Eide", "Elina Valtonen"}
    assert met[0].place is not None and met[0].place.name == "Helsinki"


def test_two_persons_of_one_country_are_two_meetings_and_the_bare_state_joins_one() -> None:
    qin = report("Blinken met Qin", [BLINKEN], [QIN], document="a", on=DAY)
    wang = report("Blinken met Wang", [BLINKEN], [WANG], document="b", on=DAY)
    bare = report("Blinken met Chinese officials", [BLINKEN], [CHINA], document="c", on=DAY)
    assert not _together(qin, wang)
    assert _together(qin, bare)
    assert len(_groups([qin, wang, bare])) == 2


def test_a_list_is_no_report_of_the_meeting_with_each() -> None:
    one = report("Blinken met Qin", [BLINKEN], [QIN], document="a")
    three = report("Blinken met Xi, Wang and Qin", [BLINKEN], [XI, WANG, QIN], document="b")
    assert not _together(one, three)


def test_no_chain_of_reports_that_contradict_each_other() -> None:
    days = [
        report("Blinken met Wang in talks", [BLINKEN], [WANG], document=f"d{n}", on=DAY + timedelta(n))
        for n in range(4)
    ]
    for order in itertools.permutations(days):
        for episode in build_episodes(DYAD, order):
            starts = [r.event.date.start for r in days if r.event.id in episode.reports and r.event.date]
            assert max(s for s in starts if s) - min(s for s in starts if s) <= timedelta(1)


def test_a_visit_as_a_whole_is_none_of_its_meetings() -> None:
    visit = report(
        "Blinken visited China", [BLINKEN], [CHINA], trigger="visited", mode="visit", until=DAY + timedelta(1)
    )
    meeting = report("Blinken met Qin", [BLINKEN], [QIN], trigger="met", mode="visit", document="b")
    assert not _together(visit, meeting)


def test_a_call_is_no_meeting() -> None:
    call = report("spoke by phone with Wang", [BLINKEN], [WANG], mode="phone")
    meeting = report("met Wang in Vienna", [BLINKEN], [WANG], place=VIENNA, document="b")
    assert not _together(call, meeting)
    # That who "spoke" did so by telephone is a guess of the coder's.
    assert _together(report("spoke with Wang", [BLINKEN], [WANG], mode="phone"), meeting)


def test_a_meeting_is_spoken_of_by_its_town_long_after() -> None:
    met = report("Sullivan met Wang in Vienna", [SULLIVAN], [WANG], place=VIENNA, on=date(2023, 5, 10))
    later = report(
        "building on the meeting of Sullivan and Wang in Vienna", [SULLIVAN, WANG], place=VIENNA, document="b",
        on=date(2023, 9, 17), basis="publication",
    )  # fmt: skip
    assert _together(met, later)
    elsewhere = report(
        "the meeting in Beijing",
        [SULLIVAN, WANG],
        place=BEIJING,
        document="c",
        on=date(2023, 9, 17),
        basis="publication",
    )
    assert not _together(met, elsewhere)


def test_what_is_looked_back_at_keeps_its_month() -> None:
    words = "since Sullivan met Wang in Vienna"
    may = report(
        words,
        [SULLIVAN],
        [WANG],
        place=VIENNA,
        on=date(2023, 5, 1),
        until=date(2023, 5, 31),
        published=date(2023, 7, 1),
    )
    back = report(words, [SULLIVAN], [WANG], place=VIENNA, on=date(2023, 9, 17), basis="publication", document="b")
    (episode,) = build_episodes(DYAD, [may, back])
    assert (episode.start, episode.end, episode.dated) == (date(2023, 5, 1), date(2023, 5, 31), True)


def test_news_comes_days_after_but_not_weeks() -> None:
    met = report("Blinken met Wang", [BLINKEN], [WANG], on=DAY)
    for days, same in ((2, True), (20, False)):
        on = DAY + timedelta(days)
        assert (
            _together(met, report("Blinken met Wang", [BLINKEN], [WANG], document="b", on=on, basis="publication"))
            is same
        )


def test_a_month_holds_what_lies_in_it() -> None:
    met = report("Blinken met Wang", [BLINKEN], [WANG], on=DAY)
    june = report(
        "since Blinken met Wang in June", [BLINKEN], [WANG], document="b", on=date(2023, 6, 1), until=date(2023, 6, 30),
        published=date(2023, 10, 1),
    )  # fmt: skip
    assert _together(met, june)
    episode = build_episodes(DYAD, [met, june])[0]
    assert (episode.start, episode.end) == (DAY, DAY)


def test_words_of_one_day_are_told_apart_by_what_they_are_about() -> None:
    def accuses(words: str, document: str) -> Report:
        return report(words, [CHINA], [AMERICA], kind="ACCUSE", document=document, trigger="accused")

    chips = accuses("China accused Washington of bullying with its curbs on chips", "a")
    again = accuses("Beijing accused the United States of bullying chip makers with the curbs", "b")
    taiwan = accuses("China accused Washington of encouraging Taiwan independence forces", "c")
    assert _together(chips, again)
    assert not _together(chips, taiwan)


def test_what_happened_is_never_merged_with_what_might() -> None:
    tellings = [
        report(
            "Blinken met Wang in Beijing",
            [BLINKEN],
            [WANG],
            document=f"d{n}",
            status=status,
            place=BEIJING,
            trigger="met",
        )
        for n, status in enumerate(("happened", "planned", "cancelled", "denied", "historical", "possible"))
    ]
    status = {r.event.id: r.event.status for r in tellings}
    for episode in build_episodes(DYAD, tellings):
        assert {status[i] in DONE for i in episode.reports} == {episode.realised}
    assert len(build_episodes(DYAD, tellings)) == 3


def test_reprints_join_their_original_and_make_nothing_surer() -> None:
    words = "Beijing accused Washington of spying"
    first = report(words, [CHINA], [AMERICA], kind="ACCUSE", trigger="accused", confidence=0.7)
    copy = report(
        words, [CHINA], [AMERICA], kind="ACCUSE", trigger="accused", document="d2", reprint_of="d1",
        on=DAY + timedelta(9), basis="publication", confidence=0.7,
    )  # fmt: skip
    (episode,) = build_episodes(DYAD, [copy, first])
    assert episode.documents == ("d1", "d2") and episode.confidence == 0.7
    other = report(
        "China accused Washington of spying",
        [CHINA],
        [AMERICA],
        kind="ACCUSE",
        trigger="accused",
        document="d3",
        confidence=0.7,
    )
    (episode,) = build_episodes(DYAD, [copy, first, other])
    assert episode.confidence == 0.91
    many = [report("Blinken met Wang", [BLINKEN], [WANG], document=f"d{n}") for n in range(20)]
    assert build_episodes(DYAD, many)[0].confidence == SUREST


def test_conflicting_details_are_kept_and_the_own_account_is_shown() -> None:
    shown = report(
        "Sullivan met Wang in Vienna",
        [SULLIVAN],
        [WANG],
        place=VIENNA,
        document="own",
        on=date(2023, 5, 10),
        issuer="USA",
    )
    same_day = report(
        "Sullivan met Wang in Beijing", [SULLIVAN], [WANG], place=BEIJING, document="p1", on=date(2023, 5, 10)
    )
    day_after = report("Sullivan met Wang", [SULLIVAN], [WANG], document="p2", on=date(2023, 5, 11))
    press = [same_day, day_after]
    (episode,) = build_episodes(DYAD, [*press, shown])
    assert episode.place == VIENNA and episode.start == date(2023, 5, 10)
    conflicts = {c.field: dict(c.values) for c in episode.conflicts}
    assert set(conflicts["place"]) == {"Vienna", "Beijing"}
    assert conflicts["start"]["2023-05-11"] == (day_after.event.id,)


def test_the_id_stays_when_reports_of_later_days_join() -> None:
    first = report("Blinken met Wang", [BLINKEN], [WANG], published=DAY)
    later = report("Blinken met Wang again told", [BLINKEN], [WANG], document="z", published=DAY + timedelta(2))
    assert build_episodes(DYAD, [first])[0].id == build_episodes(DYAD, [first, later])[0].id


_ACTORS = st.sampled_from([[BLINKEN], [SULLIVAN], [AMERICA]])
_OTHERS = st.sampled_from([[WANG], [QIN], [CHINA], [XI, WANG], []])
_WORDS = st.sampled_from(
    [
        "met in talks on trade and chips",
        "visited",
        "talks on Taiwan",
        "accused of spying with a balloon",
        "agreed to more flights",
    ]
)


@st.composite
def _reports(draw: st.DrawFn) -> list[Report]:
    made = []
    for number in range(draw(st.integers(1, 9))):
        others = draw(_OTHERS)
        on = DAY + timedelta(draw(st.integers(0, 6)))
        made.append(
            report(
                draw(_WORDS),
                [*draw(_ACTORS), *([] if others else [CHINA])],
                others,
                kind=draw(st.sampled_from(["CONSULT", "ACCUSE", "AGREE"])),
                on=on,
                until=on + timedelta(draw(st.sampled_from([0, 0, 1, 20]))),
                published=on + timedelta(draw(st.integers(0, 3))),
                basis=draw(st.sampled_from(["explicit", "relative", "publication", "inherited"])),
                status=draw(st.sampled_from(["happened", "planned", "denied"])),
                document=f"d{number % 4}",
                start=100 * number,
                place=draw(st.sampled_from([None, BEIJING, VIENNA])),
                mode=draw(st.sampled_from([None, "visit", "phone"])),
            )
        )
    return made


@settings(max_examples=150)
@given(_reports(), st.randoms())
def test_order_makes_no_difference_and_each_report_is_in_one_episode(reports: list[Report], chance: object) -> None:
    built = build_episodes(DYAD, reports)
    mixed = list(reports)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert build_episodes(DYAD, mixed) == built
    assert build_episodes(DYAD, [*reports, *reports]) == built
    assert sorted(i for e in built for i in e.reports) == sorted({r.event.id for r in reports})
    status = {r.event.id: r.event.status for r in reports}
    assert all({status[i] in DONE for i in e.reports} == {e.realised} for e in built)
    assert all(0 < e.confidence <= SUREST for e in built)

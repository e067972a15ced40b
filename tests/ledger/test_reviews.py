"""Reviews: kept for good, found again after coding anew, and laid over the records that count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from detente.coding import Coder
from detente.errors import OptionError, RecordError
from detente.ledger import add, browse, forget, reading, recode, refresh, sole_writer, writing
from detente.ledger.corrections import (
    coded_record,
    coded_records,
    file_review,
    reviews_about,
    reviews_of,
    setting_about,
)
from detente.ledger.review_form import judged, typed_of
from detente.ledger.review_queue import Order, drawn, next_record, progress
from detente.ledger.review_values import KINDS
from detente.ledger.reviews import make_review, settle
from detente.records import Document, Event
from tests.ledger.reviewing import NOON, Renamed, of, review


@pytest.fixture
def ledger(tmp_path: Path, stories: Sequence[Document], coder: Coder) -> Path:
    path = tmp_path / "l.duckdb"
    with sole_writer(path):
        for _ in add(path, stories, coder, on_error=lambda fault: pytest.fail(str(fault))):
            pass
        refresh(path)
    return path


def find(path: Path, words: str) -> Event:
    """The record of the current coder whose trigger is this word."""
    with reading(path) as connection:
        ids = connection.execute(
            "SELECT id FROM coded_events WHERE record LIKE ?", [f'%"text":"{words}"}}%']
        ).fetchall()
        events = [coded_record(connection, id) for (id,) in ids]
    return next(event for event in events if isinstance(event, Event) and event.trigger.text == words)


def test_a_rejected_record_goes_out_and_stays_readable_as_coded(ledger: Path) -> None:
    event = find(ledger, "condemned")
    before = of(ledger, "SELECT count(*) FROM v_events")
    review(ledger, event, "Ada", "Russia's words, not its deed", reject="yes")
    assert of(ledger, f"SELECT * FROM v_events WHERE id = '{event.id}'") == []
    assert of(ledger, f"SELECT type FROM v_events_coded WHERE id = '{event.id}'") == [(event.type,)]
    assert of(ledger, "SELECT count(*) FROM v_events_coded") == before
    assert of(ledger, f"SELECT * FROM v_episodes WHERE list_contains(reports, '{event.id}')") == []
    assert of(ledger, "SELECT reviewer, verdict, why, found FROM v_reviews") == [
        ("Ada", "reject", "Russia's words, not its deed", True)
    ]


def test_a_corrected_record_counts_as_corrected_with_all_that_follows(ledger: Path) -> None:
    event = find(ledger, "expelled")
    assert (event.type, event.mode) == ("SANCTION", "expel")
    review(ledger, event, "Ada", "only a threat", type="threaten", mode="expel", status="possible", end="2024-06-01")
    row = of(
        ledger,
        """SELECT type, mode, status, quad, score, confidence, end_date, actors, act FROM v_events
           WHERE document = 'n1' AND words LIKE '%expelled%'""",
    )
    wanted = ("THREATEN", "expel", "possible", "verbal conflict", -3.5, 1.0, date(2024, 6, 1), ["Norway"], "THREATEN")
    assert row == [wanted]
    episodes = of(ledger, "SELECT type, status, realised FROM v_episodes WHERE list_contains(documents, 'n1')")
    assert ("THREATEN", "possible", False) in episodes and "SANCTION" not in {kind for kind, *_ in episodes}
    with reading(ledger) as connection:
        corrected = coded_record(connection, event.id)
        standing = of(ledger, "SELECT id FROM v_events WHERE type = 'THREATEN' AND document = 'n1'")[0][0]
        assert corrected == event and coded_record(connection, str(standing)) == event


def test_the_reason_of_a_field_says_who_corrected_it_and_why(ledger: Path) -> None:
    event = find(ledger, "met")
    review(ledger, event, "Ada", "he only telephoned", mode="phone")
    with reading(ledger) as connection:
        standing = browse.record(connection, event.id)
    assert isinstance(standing, Event) and standing.mode == "phone"
    assert "mode coded as" in dict(standing.why)["type"]
    assert "corrected by Ada on 2026-12-01: he only telephoned" in dict(standing.why)["type"]
    assert f"the coder gave {event.confidence:g}" in dict(standing.why)["confidence"]


def test_parties_may_leave_the_dyad(ledger: Path) -> None:
    event = find(ledger, "expelled")
    review(ledger, event, "Ada", recipients="Sweden\nUlf Kristersson\nErik Solheim (NOR, EDU)")
    rows = of(ledger, "SELECT recipients, recipient_countries FROM v_events WHERE words LIKE '%expelled%'")
    assert rows == [(["Sweden", "Ulf Kristersson", "Erik Solheim"], ["NOR", "SWE"])]
    assert of(ledger, "SELECT first, second FROM v_episodes WHERE first = 'NOR' AND second = 'SWE'") == [("NOR", "SWE")]
    review(ledger, event, "Ada", hours=1)
    assert of(ledger, "SELECT first FROM v_episodes WHERE first = 'NOR' AND second = 'SWE'") == []
    rows = of(ledger, "SELECT recipient_countries FROM v_events WHERE words LIKE '%expelled%'")
    assert rows == [(["RUS"],)]


def test_nothing_is_overwritten_and_the_latest_word_of_a_person_counts(ledger: Path) -> None:
    event = find(ledger, "expelled")
    review(ledger, event, "Ada", "no such thing", reject="yes")
    review(ledger, event, "Ada", "it was planned", 1, status="planned")
    assert of(ledger, "SELECT status FROM v_events WHERE words LIKE '%expelled%'") == [("planned",)]
    review(ledger, event, "  Ada ", "", 2)
    assert of(ledger, "SELECT status FROM v_events WHERE words LIKE '%expelled%'") == [("happened",)]
    told = of(ledger, "SELECT number, reviewer, verdict, superseded FROM v_reviews ORDER BY number")
    assert told == [(1, "Ada", "reject", True), (2, "Ada", "correct", True), (3, "Ada", "accept", False)]
    with reading(ledger) as connection:
        assert [one.verdict for one in reviews_of(connection, "n1")] == ["reject", "correct", "accept"]


def test_who_contradicts_leaves_the_record_as_coded_until_it_is_adjudicated(ledger: Path) -> None:
    event = find(ledger, "expelled")
    review(ledger, event, "Ada", status="planned")
    assert of(ledger, "SELECT status FROM v_events WHERE words LIKE '%expelled%'") == [("planned",)]
    review(ledger, event, "Ben")
    assert of(ledger, "SELECT status, confidence FROM v_events WHERE words LIKE '%expelled%'") == [
        ("happened", event.confidence)
    ]
    with writing(ledger) as connection:
        told = reviews_about(connection, event)
        assert settle(told).state == "contested"
        file_review(connection, make_review(event, "Cleo", NOON, told[0].judged, "Ada is right", adjudicates=True))
    assert of(ledger, "SELECT status, confidence FROM v_events WHERE words LIKE '%expelled%'") == [("planned", 1.0)]
    # Who thinks again does not undo what was adjudicated.
    review(ledger, event, "Ada", hours=2)
    with reading(ledger) as connection:
        assert settle(reviews_about(connection, event)).state == "adjudicated"
    assert of(ledger, "SELECT status FROM v_events WHERE words LIKE '%expelled%'") == [("planned",)]


def test_two_of_one_mind_are_agreed(ledger: Path) -> None:
    event = find(ledger, "expelled")
    review(ledger, event, "Ada", "as said", actors="NOR", place="oslo", country="Norway")
    review(ledger, event, "Ben", "so it is", place="Oslo", country="nor")
    with reading(ledger) as connection:
        told = settle(reviews_about(connection, event))
    assert told.state == "agreed" and [one.reviewer for one in told.by] == ["Ada", "Ben"]
    assert of(ledger, "SELECT place, place_country FROM v_events WHERE words LIKE '%expelled%'") == [("Oslo", "NOR")]


def test_reviews_survive_coding_anew(ledger: Path, coder: Coder) -> None:
    expelled, condemned = find(ledger, "expelled"), find(ledger, "condemned")
    review(ledger, expelled, "Ada", status="planned")
    review(ledger, condemned, "Ada", reject="yes")
    upgraded = Renamed(coder, types=(("SANCTION", "COERCE"),))
    with sole_writer(ledger):
        list(recode(ledger, upgraded))
        refresh(ledger)
    anew = find(ledger, "expelled")
    assert anew.id != expelled.id and anew.coder == "détente 99" and anew.type == "COERCE"
    # What the reviewer left as it was he has vouched for too.
    rows = of(ledger, "SELECT type, status, coder FROM v_events WHERE words LIKE '%expelled%'")
    assert rows == [("SANCTION", "planned", "détente 99")]
    assert of(ledger, "SELECT * FROM v_events WHERE words LIKE '%condemned%' AND type = 'ACCUSE'") == []
    assert of(ledger, "SELECT found FROM v_reviews") == [(True,), (True,)]
    assert of(ledger, "SELECT count(*) FROM v_events_coded WHERE coder = 'détente 99'") == of(
        ledger, "SELECT count(*) FROM v_events_coded"
    )


def test_a_review_whose_record_is_gone_is_kept_and_shown(
    ledger: Path, coder: Coder, stories: Sequence[Document]
) -> None:
    review(ledger, find(ledger, "expelled"), "Ada", status="planned")
    with sole_writer(ledger), writing(ledger) as connection:
        forget(connection, "n1")
    assert of(ledger, "SELECT reviewer, document, found FROM v_reviews") == [("Ada", "n1", False)]
    # The document comes back, and with it what was said of it.
    with sole_writer(ledger):
        list(add(ledger, stories, coder, on_error=lambda fault: pytest.fail(str(fault))))
    assert of(ledger, "SELECT found FROM v_reviews") == [(True,)]
    assert of(ledger, "SELECT status FROM v_events WHERE words LIKE '%expelled%'") == [("planned",)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"type": "FOO"}, "type 'FOO' is not known (AGREE, "),
        ({"mode": "visit"}, "mode 'visit': SANCTION has convict"),
        ({"type": "SUPPORT", "mode": "meet"}, "mode 'meet': SUPPORT has no modes"),
        ({"status": "done"}, "status 'done' is not known (happened, "),
        ({"start": "2024-02-30"}, "start '2024-02-30' is no day"),
        ({"start": "2024-05-20", "end": "2024-05-01"}, "end 2024-05-01 is before start 2024-05-20"),
        ({"actors": "Frodo Baggins"}, "actors: nobody is known as 'Frodo Baggins'; add the country"),
        ({"actors": "Frodo Baggins (Shire)"}, "'Shire' is no country that is known here"),
        ({"actors": "Jane Doe (NOR, WIZ)"}, "'WIZ' is no sector of PLOVER"),
        ({"actors": "-", "recipients": "–"}, "actors: somebody must take part"),
        ({"said_by": "Norway; Russia"}, "said_by: 2 names"),
        ({"country": "Atlantis", "place": "Oslo"}, "'Atlantis' is no country"),
        ({"colour": "red"}, "'colour' is no field that can be corrected"),
    ],
)
def test_what_is_not_allowed_is_told_in_one_line(ledger: Path, typed: dict[str, str], said: str) -> None:
    event = find(ledger, "expelled")
    with pytest.raises(OptionError) as fault:
        review(ledger, event, "Ada", **typed)
    assert said in str(fault.value) and "\n" not in str(fault.value)
    assert of(ledger, "SELECT * FROM v_reviews") == []


def test_the_form_as_it_stands_changes_nothing(ledger: Path) -> None:
    with reading(ledger) as connection:
        for id in ("k1", "n1", "k3"):
            for kind in KINDS:
                for one in coded_records(connection, id, kind):
                    assert judged(one, typed_of(one), setting_about(connection, one)) == one


def test_a_rejection_needs_a_reason_and_a_review_a_name(ledger: Path) -> None:
    event = find(ledger, "expelled")
    for name, why, said in (("", "x", "reviewer: give a name"), ("Ada", " ", "why: say"), ("a\x07", "x", "reviewer")):
        with pytest.raises(OptionError, match=said):
            make_review(event, name, NOON, None, why)
    with reading(ledger) as connection, pytest.raises(RecordError, match="no event or statement 'ev-0'"):
        coded_record(connection, "ev-0")


def test_the_least_certain_comes_first_and_each_only_once(ledger: Path) -> None:
    order, seen = Order(), []
    with reading(ledger) as connection:
        whole = progress(connection, "Ada", order)[1]
    while True:
        with reading(ledger) as connection:
            id = next_record(connection, "Ada", order)
            if id is None:
                break
            event = coded_record(connection, id)
        seen.append(abs(event.confidence - 0.5))
        review(ledger, event, "Ada")
    assert seen == sorted(seen) and len(seen) == whole > 3
    with reading(ledger) as connection:
        assert progress(connection, "Ada", order) == (whole, whole)
        assert progress(connection, "Ben", order) == (0, whole)
        # Within a dyad, those of the dyad alone.
        assert 0 < progress(connection, "Ben", Order(dyad=("RUS", "NOR")))[1] < whole


def test_a_random_order_is_the_same_for_everybody_and_stays_while_records_are_corrected(ledger: Path) -> None:
    def first(name: str, seed: int, count: int) -> list[str | None]:
        with reading(ledger) as connection:
            return [next_record(connection, name, Order("random", seed), skip) for skip in range(count)]

    wanted = first("Ada", 7, 5)
    assert first("Ben", 7, 5) == wanted and {tuple(first("Ada", seed, 5)) for seed in range(6)} != {tuple(wanted)}
    with reading(ledger) as connection:
        event = coded_record(connection, str(wanted[0]))
    with writing(ledger) as connection:
        file_review(connection, make_review(event, "Ada", NOON, None, "no event", Order("random", 7).told))
    assert first("Ada", 7, 4) == wanted[1:] and first("Ben", 7, 5) == wanted
    with reading(ledger) as connection:
        assert drawn(connection, Order("random", 7)) == {1: 1} and not drawn(connection, Order("random", 8))


def test_an_order_that_is_none_is_refused() -> None:
    for wrong in ({"by": "luck"}, {"seed": -1}, {"seed": 2**40}):
        with pytest.raises(OptionError):
            Order(**wrong)  # type: ignore[arg-type]

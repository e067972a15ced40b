"""Statements are reviewed as events are; commitments that rest on them follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.coding import Coder
from detente.errors import OptionError, RecordError
from detente.ledger import add, browse, forget, lookups, reading, recode, refresh, sole_writer, writing
from detente.ledger.corrections import coded_record, coded_records, file_review, import_reviews, reviews_about
from detente.ledger.review_queue import Order, drawn, next_record, progress
from detente.ledger.reviews import make_review, review_from_dict, settle
from detente.records import Document, Statement
from tests.ledger.reviewing import NOON, Renamed, of, review

TEXT = (
    "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Tobias Billström in Oslo on Monday. Eide "
    "said that Norway did not intend to close its ports to Sweden. “We are deeply disappointed by the quotas for cod,” "
    "Billström said. A fisherman said the summer had been warm. Both sides said that the talks had been useful."
)


@pytest.fixture
def ledger(tmp_path: Path, coder: Coder) -> Path:
    path = tmp_path / "l.duckdb"
    document = Document(TEXT, "f1", "Ministers meet in Oslo", date(2024, 3, 12), "Agency")
    with sole_writer(path):
        for _ in add(path, [document], coder, on_error=lambda fault: pytest.fail(str(fault))):
            pass
        refresh(path)
    return path


def find(path: Path, words: str, side: str | None = None) -> Statement:
    """The statement of the current coder that holds these words."""
    with reading(path) as connection:
        records = coded_records(connection, "f1", "statements")
    said = [one for one in records if isinstance(one, Statement) and words in one.content.text]
    return next(one for one in said if side in (None, one.side))


def test_a_rejected_statement_goes_out_with_the_promise_that_rests_on_it(ledger: Path) -> None:
    said = find(ledger, "close its ports")
    before = of(ledger, "SELECT count(*) FROM v_statements_coded")
    assert of(ledger, "SELECT words FROM v_commitments WHERE words LIKE '%close its ports%'")
    review(ledger, said, "Ada", "no words of his", reject="yes")
    assert of(ledger, f"SELECT * FROM v_statements WHERE id = '{said.id}'") == []
    assert of(ledger, f"SELECT side FROM v_statements_coded WHERE id = '{said.id}'") == [("NOR",)]
    assert of(ledger, "SELECT count(*) FROM v_statements_coded") == before
    assert of(ledger, "SELECT words FROM v_commitments WHERE words LIKE '%close its ports%'") == []
    told = of(ledger, "SELECT kind, reviewer, verdict, record, found, superseded FROM v_reviews")
    assert told == [("statements", "Ada", "reject", said.id, True, False)]
    with reading(ledger) as connection:
        assert browse.record(connection, said.id) == said


def test_a_corrected_statement_counts_as_corrected_and_its_reasons_tell_who(ledger: Path) -> None:
    said = find(ledger, "quotas for cod")
    assert said.tone < 0 and said.issues == ()
    typed = {"speaker": "Espen Barth Eide", "addressee": "swe", "issues": "Trade; tariffs", "form": "mixed"}
    review(ledger, said, "Ada", "so it is printed", **typed)
    (row,) = of(
        ledger,
        """SELECT id, speaker, side, addressee, form, issues, tone, confidence FROM v_statements
           WHERE words LIKE '%quotas for cod%'""",
    )
    # The side follows the speaker; the tone was not judged otherwise, and keeps its number.
    wanted = ("Espen Barth Eide", "NOR", "Sweden", "mixed", ["trade", "tariffs"], said.tone, 1.0)
    assert row[1:] == wanted
    with reading(ledger) as connection:
        assert coded_record(connection, said.id) == coded_record(connection, str(row[0])) == said
        standing = browse.record(connection, str(row[0]))
        (heard,) = [t for t in lookups.tellings(connection, ("NOR", "SWE")) if "cod" in t.statement.content.text]
    assert standing == heard.statement and dict(standing.why)["speaker"].startswith("speaker coded as")
    assert "corrected by Ada on 2026-12-01: so it is printed" in dict(standing.why)["issues"]
    review(ledger, said, "Ada", hours=1)
    assert of(ledger, "SELECT side, tone FROM v_statements WHERE words LIKE '%cod%'") == [("SWE", said.tone)]


def test_a_tone_is_judged_by_its_sign_and_a_side_may_be_none(ledger: Path) -> None:
    said = find(ledger, "quotas for cod")
    review(ledger, said, "Ada", tone="neutral", side="-")
    assert of(ledger, "SELECT side, tone FROM v_statements WHERE words LIKE '%cod%'") == [(None, 0.0)]
    review(ledger, said, "Ada", hours=1, tone="positive", side="Norway", speaker="")
    rows = of(ledger, "SELECT speaker, side, tone FROM v_statements WHERE words LIKE '%cod%'")
    assert rows == [(None, "NOR", 0.5)]


def test_of_two_speakers_of_the_same_words_the_one_that_was_judged(ledger: Path) -> None:
    swede = find(ledger, "been useful", "SWE")
    review(ledger, swede, "Ada", reject="yes")
    assert of(ledger, "SELECT side FROM v_statements WHERE words LIKE '%been useful%'") == [("NOR",)]
    norse = find(ledger, "been useful", "NOR")
    with reading(ledger) as connection:
        assert reviews_about(connection, norse) == []


def test_a_review_leaves_the_other_kind_of_record_alone(ledger: Path) -> None:
    events = of(ledger, "SELECT * FROM v_events")
    review(ledger, find(ledger, "close its ports"), "Ada")
    assert of(ledger, "SELECT * FROM v_events") == events
    assert of(ledger, "SELECT count(*) FROM v_statements WHERE confidence = 1") == [(1,)]


def test_reviews_of_statements_survive_coding_anew(ledger: Path, coder: Coder) -> None:
    review(ledger, find(ledger, "quotas for cod"), "Ada", issues="trade")
    review(ledger, find(ledger, "summer"), "Ada", reject="yes")
    with sole_writer(ledger):
        list(recode(ledger, Renamed(coder, tone=0.9)))
        refresh(ledger)
    # What the reviewer left as it was he has vouched for too.
    rows = of(ledger, "SELECT issues, tone < 0, coder FROM v_statements WHERE words LIKE '%cod%'")
    assert rows == [(["trade"], True, "détente 99")]
    assert of(ledger, "SELECT tone FROM v_statements_coded WHERE words LIKE '%cod%'") == [(0.9,)]
    assert of(ledger, "SELECT id FROM v_statements WHERE words LIKE '%summer%'") == []
    assert of(ledger, "SELECT found FROM v_reviews") == [(True,), (True,)]
    with sole_writer(ledger), writing(ledger) as connection:
        forget(connection, "f1")
    assert of(ledger, "SELECT found FROM v_reviews") == [(False,), (False,)]


def test_who_contradicts_leaves_the_statement_as_coded_until_it_is_adjudicated(ledger: Path) -> None:
    said = find(ledger, "quotas for cod")
    review(ledger, said, "Ada", side="NOR")
    review(ledger, said, "Ben")
    assert of(ledger, "SELECT side FROM v_statements WHERE words LIKE '%cod%'") == [("SWE",)]
    with writing(ledger) as connection:
        told = reviews_about(connection, said)
        assert settle(told).state == "contested"
        file_review(connection, make_review(said, "Cleo", NOON, told[0].judged, "Ada is right", adjudicates=True))
    assert of(ledger, "SELECT side FROM v_statements WHERE words LIKE '%cod%'") == [("NOR",)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"form": "loud"}, "form 'loud' is not known (direct, indirect, mixed)"),
        ({"tone": "-0.5"}, "tone '-0.5' is not known (positive, neutral, negative)"),
        ({"issues": "cod"}, "issues: 'cod' is not known (Taiwan, "),
        ({"side": "Atlantis"}, "'Atlantis' is no country"),
        ({"speaker": "Frodo Baggins"}, "speaker: nobody is known as 'Frodo Baggins'"),
        ({"addressee": "Norway; Sweden"}, "addressee: 2 names, where there can be one"),
        ({"type": "ACCUSE"}, "'type' is no field that can be corrected (speaker, side, "),
    ],
)
def test_what_is_not_allowed_is_told_in_one_line(ledger: Path, typed: dict[str, str], said: str) -> None:
    with pytest.raises(OptionError) as fault:
        review(ledger, find(ledger, "quotas for cod"), "Ada", **typed)
    assert said in str(fault.value) and "\n" not in str(fault.value)


def test_statements_come_up_in_a_queue_of_their_own(ledger: Path) -> None:
    order, seen = Order(kind="statements"), []
    with reading(ledger) as connection:
        whole = progress(connection, "Ada", order)[1]
        events = progress(connection, "Ada", Order())
        # Within a dyad what either side says: not the fisherman.
        assert progress(connection, "Ada", Order(dyad=("SWE", "NOR"), kind="statements"))[1] == whole - 1
    while True:
        with reading(ledger) as connection:
            id = next_record(connection, "Ada", order)
            if id is None:
                break
            said = coded_record(connection, id)
        seen.append(abs(said.confidence - 0.5))
        review(ledger, said, "Ada", "none", reject="yes")
    assert seen == sorted(seen) and len(seen) == whole == 5
    with reading(ledger) as connection:
        assert progress(connection, "Ada", order) == (5, 5) and progress(connection, "Ada", Order()) == events
        # What was rejected stays in the population.
        assert progress(connection, "Ben", Order(dyad=("SWE", "NOR"), kind="statements")) == (0, 4)
        with pytest.raises(OptionError, match="kind 'signals' is not known"):
            Order(kind="signals")


def test_a_sample_of_statements_is_the_same_for_everybody(ledger: Path) -> None:
    order = Order("random", 7, kind="statements")
    with reading(ledger) as connection:
        first = coded_record(connection, str(next_record(connection, "Ada", order)))
    with writing(ledger) as connection:
        file_review(connection, make_review(first, "Ada", NOON, None, "none", order.told))
    with reading(ledger) as connection:
        assert next_record(connection, "Ben", order) == first.id != next_record(connection, "Ada", order)
        assert drawn(connection, order) == {1: 1} and drawn(connection, Order("random", 7)) == {}


def test_reviews_of_statements_go_from_one_ledger_to_another(ledger: Path) -> None:
    said = find(ledger, "quotas for cod")
    wire = review(ledger, said, "Ada", tone="positive").to_dict()
    again = review_from_dict(wire | {"reviewer": "Ben"})
    assert again.coded == said and again.anchor.kind == "statements" and again.fields == ("tone",)
    with writing(ledger) as connection:
        assert import_reviews(connection, [again, review_from_dict(wire)]) == (1, 1)
    for wrong in ({"form": "loud"}, {"tone": 7.0}, {"record": "event"}, {"record": "signal"}):
        with pytest.raises(RecordError, match="not a review"):
            review_from_dict(wire | {"judged": wire["judged"] | wrong})

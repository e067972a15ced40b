from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.errors import InputError
from detente.evaluation import evaluate

JUNE = (date(2022, 6, 1), date(2022, 6, 30))
WriteGold = Callable[..., Path]


@pytest.fixture
def people(make: Any) -> dict[str, Any]:
    return {
        "peru": make.who("Peru", "PER", "Peru"),
        "chile": make.who("Chile", "CHL", "Chile"),
        "soto": make.who("Ana Soto", "CHL", "Ana Soto"),
        "lima": make.who("Peru", "PER", "Lima"),
    }


@pytest.fixture
def right(make: Any, people: dict[str, Any]) -> list[Any]:
    """The three events of the article, coded as they should be."""
    peru, chile, soto = people["peru"], people["chile"], people["soto"]
    return [
        make.event("ACCUSE", (peru,), (chile,), "Peru accused Chile of espionage on Monday"),
        make.event("CONSULT", (soto,), (peru,), "flew to Lima for talks", mode="visit", place="Lima"),
        make.event("AGREE", (chile, peru), (), "hold a summit in June", status="possible", days=JUNE, reciprocal=True),
    ]


def test_all_right(make: Any, write_gold: WriteGold, right: list[Any], people: dict[str, Any]) -> None:
    said = make.statement(people["lima"], "PER", "the visit was “frank and useful”")
    report = evaluate("seed", make.coder({"notes": (tuple(right), (said,))}), write_gold())
    assert report.items == 3
    assert report.figures["events.right"] == 3
    assert report.figures["event.f1"] == report.figures["event_dated.f1"] == 1.0
    assert report.figures["statements.right"] == report.figures["contacts.right"] == 1
    assert report.figures["must_not.broken"] == 0
    assert report.figures["field.mode"] == report.figures["field.place"] == 1.0
    assert report.misses == ()
    assert [row["id"] for row in report.predictions] == ["E1", "E2", "E3", "S1"]


def test_swapped_sides_are_wrong_and_said_so(
    make: Any, write_gold: WriteGold, right: list[Any], people: dict[str, Any]
) -> None:
    swapped = make.event("ACCUSE", (people["chile"],), (people["peru"],), "Peru accused Chile of espionage")
    report = evaluate("seed", make.coder({"notes": ((swapped, *right[1:]), ())}), write_gold())
    assert report.figures["event.precision"] == report.figures["event.recall"] == pytest.approx(2 / 3)
    assert report.figures["event_type.f1"] == 1.0
    assert any(line.startswith("E1 sides:") for line in report.misses)
    assert any(line.startswith("false: ACCUSE Chile → Peru") for line in report.misses)


def test_an_event_told_again_is_neither_right_nor_false(
    make: Any, write_gold: WriteGold, right: list[Any], people: dict[str, Any]
) -> None:
    again = make.event("ACCUSE", (people["peru"],), (people["chile"],), "Lima said the visit")
    report = evaluate("seed", make.coder({"notes": ((*right, again), ())}), write_gold())
    assert report.figures["event.f1"] == 1.0
    assert report.figures["events.repeats"] == 1
    only_again = evaluate("seed", make.coder({"notes": ((again,), ())}), write_gold())
    assert only_again.figures["events.right"] == 0
    assert only_again.figures["events.elsewhere"] == 1


def test_a_wrong_date_counts_only_where_dates_do(
    make: Any, write_gold: WriteGold, right: list[Any], people: dict[str, Any]
) -> None:
    old = (date(2021, 5, 9), date(2021, 5, 9))
    late = make.event("ACCUSE", (people["peru"],), (people["chile"],), "Peru accused Chile", days=old)
    report = evaluate("seed", make.coder({"notes": ((late, *right[1:]), ())}), write_gold())
    assert report.figures["event.f1"] == 1.0
    assert report.figures["events.right"] == 2
    assert report.figures["event_dated.recall"] == pytest.approx(2 / 3)


def test_what_must_not_be_there_is_found(make: Any, write_gold: WriteGold, people: dict[str, Any]) -> None:
    soto, peru, chile = people["soto"], people["peru"], people["chile"]
    met = make.event("CONSULT", (peru, chile), (), "hold a summit in June", days=JUNE, reciprocal=True)
    visits = [
        make.event("CONSULT", (soto,), (peru,), "flew to Lima", days=(date(2022, 5, d), date(2022, 5, d)))
        for d in (3, 8)
    ]
    report = evaluate("seed", make.coder({"notes": ((met, *visits), ())}), write_gold())
    assert report.figures["must_not.broken"] == 2
    assert any("the summit may come" in line for line in report.misses)
    assert any("one visit: 2 contacts" in line for line in report.misses)


def test_an_optional_event_counts_neither_way(make: Any, write_gold: WriteGold, right: list[Any]) -> None:
    gold = json.loads(write_gold().read_text(encoding="utf-8"))
    events = [{**event, "optional": event["id"] == "E3"} for event in gold["events"]]
    without = evaluate("seed", make.coder({"notes": (tuple(right[:2]), ())}), write_gold(events=events))
    with_it = evaluate("seed", make.coder({"notes": (tuple(right), ())}), write_gold(events=events))
    assert without.items == with_it.items == 2
    assert without.figures["event.f1"] == with_it.figures["event.f1"] == 1.0
    assert with_it.figures["events.optional_right"] == 1


def test_a_statement_needs_speaker_side_and_content(make: Any, write_gold: WriteGold, people: dict[str, Any]) -> None:
    content = "the visit was “frank and useful”"
    wrong = [
        make.statement(people["chile"], "PER", content),
        make.statement(people["lima"], "CHL", content),
        make.statement(people["lima"], "PER", "the visit was"),
    ]
    report = evaluate("seed", make.coder({"notes": ((), tuple(wrong))}), write_gold())
    assert report.figures["statements.right"] == 0
    assert report.figures["statement.precision"] == 0.0


def test_words_that_do_not_stand_in_the_text_are_an_error(make: Any, write_gold: WriteGold) -> None:
    statement = {"id": "S1", "speaker": "Lima", "content": "never said"}
    with pytest.raises(InputError, match=r"statement S1: these words do not stand in the text: 'never said'"):
        evaluate("seed", make.coder({}), write_gold(statements=[statement]))


def test_examples_are_summed_and_told_apart(make: Any, write_gold: WriteGold, right: list[Any]) -> None:
    folder = write_gold().parent
    report = evaluate("examples", make.coder({"notes": (tuple(right), ())}), folder)
    assert report.figures["article.notes"] == report.figures["event.f1"] == 1.0
    assert report.predictions[0]["id"] == "notes:E1"


def test_unseen_articles_are_scored_without_showing_their_misses(make: Any, write_gold: WriteGold) -> None:
    report = evaluate("unseen", make.coder({"notes": ((), ())}), write_gold().parent)
    assert report.name == "unseen"
    assert report.figures["event.recall"] == 0.0
    assert report.misses == ()


def test_a_meeting_may_be_mutual_where_nobody_visits(make: Any, write_gold: WriteGold, people: dict[str, Any]) -> None:
    met = make.event("CONSULT", (people["peru"], people["soto"]), (), "flew to Lima for talks", reciprocal=True)
    gold = json.loads(write_gold().read_text(encoding="utf-8"))["events"]
    visit = evaluate("seed", make.coder({"notes": ((met,), ())}), write_gold())
    no_visit = evaluate(
        "seed", make.coder({"notes": ((met,), ())}), write_gold(events=[{**event, "mode": None} for event in gold])
    )
    assert (visit.figures["events.right"], no_visit.figures["events.right"]) == (0, 1)

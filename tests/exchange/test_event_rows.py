"""Records of ours as rows: who with whom, in which direction, under which id."""

from __future__ import annotations

from datetime import date

from detente.exchange.event_rows import rows_of_episode, rows_of_event, tables
from detente.records import Actor, DateRange, Event, Participant, Span
from detente.relations import Episode, Source

TEXT = "They met."
SPAN = Span("d1", 0, 4, "They")
BLINKEN = Actor("person:antony-blinken", "Antony Blinken", "USA", ("GOV",))
QIN, WANG = Actor("person:qin-gang", "Qin Gang", "CHN"), Actor("person:wang-yi", "Wang Yi", "CHN")


def event(actors: list[Actor], recipients: list[Actor]) -> Event:
    def sides(people: list[Actor]) -> tuple[Participant, ...]:
        return tuple(Participant(one, SPAN) for one in people)

    days = DateRange(None, date(2023, 6, 18), "relative")
    head = ("d1", 2, "CONSULT", "visit", ("diplomatic",), "happened", sides(actors), sides(recipients), not recipients)
    return Event(*head, days, None, None, SPAN, SPAN, "042", "verbal cooperation", "plover", 4.0, 0.9, "coder")


def pairs(one: Event) -> list[tuple[str | None, str | None]]:
    return [(row.actor.name, row.recipient.name) for row in rows_of_event(one)]


def test_each_actor_with_each_recipient() -> None:
    assert pairs(event([BLINKEN], [QIN, WANG])) == [("Antony Blinken", "Qin Gang"), ("Antony Blinken", "Wang Yi")]


def test_what_all_do_together_goes_both_ways_and_not_within_a_country() -> None:
    assert pairs(event([BLINKEN, QIN, WANG], [])) == [
        *[("Antony Blinken", "Qin Gang"), ("Antony Blinken", "Wang Yi")],
        *[("Qin Gang", "Antony Blinken"), ("Wang Yi", "Antony Blinken")],
    ]
    assert pairs(event([QIN, WANG], [])) == [("Qin Gang", "Wang Yi"), ("Wang Yi", "Qin Gang")]


def test_one_side_alone_is_a_row() -> None:
    assert pairs(event([QIN], [])) == [("Qin Gang", None)]
    assert pairs(event([], [QIN])) == [(None, "Qin Gang")]


def test_fields_and_ids() -> None:
    one = event([BLINKEN], [QIN])
    (row,) = rows_of_event(one, Source("d1", None, publisher="AP", url="https://news.example/1"))
    assert row.id == f"{one.id}.1"
    assert (row.start, row.end, row.sentence) == (date(2023, 6, 18), date(2023, 6, 18), 2)
    assert (row.quad_scheme, row.score_scheme, row.publisher, row.confidence) == ("plover", "plover", "AP", 0.9)
    (table,) = tables([row])
    assert table.num_rows == 1


def test_an_episode_is_told_once_with_the_number_of_its_documents() -> None:
    on = date(2023, 6, 18)
    head = ("ep-1", ("CHN", "USA"), "CONSULT", "CONSULT", "visit", "happened", True, False, (BLINKEN,), (QIN,), on, on)
    (row,) = rows_of_episode(Episode(*head, None, (), TEXT, ("ev-1", "ev-2"), ("d1", "d2", "d3"), on, on, 0.99))
    assert (row.id, row.reports, row.score, row.quad) == ("ep-1.1", 3, 4, "verbal cooperation")

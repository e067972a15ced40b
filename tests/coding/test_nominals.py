"""Nouns of verbs name the event that the verb names, with the same sides."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

PUBLISHED = date(2024, 5, 10)


@pytest.fixture(scope="module")
def rules() -> Coder:
    return Coder(relation="rules")


def _events(coder: Coder, text: str) -> list[Event]:
    return list(coder.code(Document(text, published=PUBLISHED)).events)


def _sides(event: Event) -> tuple[set[str], set[str]]:
    return {p.actor.country or p.actor.id for p in event.actors}, {
        p.actor.country or p.actor.id for p in event.recipients
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # The doer as possessor, behind "by", as adjective.
        ("Rwanda's easing of tariffs on Burundi went ahead.", "RETREAT"),
        ("The easing of tariffs on Burundi by Rwanda went ahead.", "RETREAT"),
        ("Rwanda's shipment of maize to Burundi arrived.", "AID"),
        ("The shipment of maize to Burundi by Rwanda arrived.", "AID"),
        ("Rwandan coffee exports to Burundi resumed.", "COOPERATE"),
        ("Rwanda's purchase of milk from Burundi went ahead.", "COOPERATE"),
        # What the verb is done to decides what is meant.
        ("Rwanda's suspension of trade with Burundi caused a stir.", "SANCTION"),
        ("Rwanda's suspension of talks with Burundi caused a stir.", "SANCTION"),
        ("Rwanda's suspension of tariffs on Burundi caused a stir.", "RETREAT"),
        ("The postponement of a meeting with Burundi by Rwanda caused a stir.", "REJECT"),
        ("Rwanda's withdrawal of its envoy from Burundi caused a stir.", "SANCTION"),
        ("Rwanda's withdrawal of its soldiers from Burundi caused a stir.", "RETREAT"),
        ("The handover of a prisoner to Burundi by Rwanda took place.", "RETREAT"),
        # Forms in -ing.
        ("The arming of Burundi by Rwanda continued.", "AID"),
        ("Rwanda's sinking of a Burundian ferry caused a stir.", "ASSAULT"),
        ("Rwanda's acceptance of the demands of Burundi caused a stir.", "CONCEDE"),
        # Words: both sides are named, so somebody said them.
        ("Rwanda's praise for Burundi caused a stir.", "SUPPORT"),
        ("Rwanda's pledge to Burundi caused a stir.", "AGREE"),
        ("A plea by Rwanda to Burundi caused a stir.", "REQUEST"),
        ("The rejection of a bid from Burundi by Rwanda caused a stir.", "REJECT"),
        # What the parser hangs on the doer.
        ("A visit by the Rwandan premier to Burundi went well.", "CONSULT"),
        ("A protest by Rwandan teachers against Burundi took place.", "PROTEST"),
        ("The sale of tea to Burundi by Rwanda went ahead.", "COOPERATE"),
    ],
)
def test_a_noun_names_what_its_verb_names(rules: Coder, text: str, kind: str) -> None:
    (event,) = _events(rules, text)
    assert (event.type, event.status, *_sides(event)) == (kind, "happened", {"RWA"}, {"BDI"})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rwanda's restoration of ties with Burundi caused a stir.", "SUPPORT"),
        ("A truce between Rwanda and Burundi came into force.", "RETREAT"),
        ("A joint drill of Rwanda and Burundi took place.", "COOPERATE"),
    ],
)
def test_a_noun_of_what_two_do_is_mutual(rules: Coder, text: str, kind: str) -> None:
    (event,) = _events(rules, text)
    assert event.type == kind and event.reciprocal
    assert {p.actor.country for p in event.actors} == {"RWA", "BDI"}


@pytest.mark.parametrize(
    "text",
    [
        "Rwanda's support for Burundi is well known.",
        "The return of the delegation to Burundi took place.",
        "The purchase of a house in Burundi by a Rwandan teacher caused a stir.",
        "A bid for the lifting of tariffs on Burundi lies before Rwanda's parliament.",
        "Rwanda discussed the shipment of maize to Burundi.",
    ],
)
def test_what_only_stands_there_is_no_event(rules: Coder, text: str) -> None:
    assert not _events(rules, text)


def test_the_last_word_of_a_name_owns_for_the_whole(rules: Coder) -> None:
    (event,) = _events(rules, "The Democratic Republic of the Congo's sale of tea to Burundi caused a stir.")
    assert (event.type, *_sides(event)) == ("COOPERATE", {"COD"}, {"BDI"})


def test_talks_to_be_held_are_planned(rules: Coder) -> None:
    (event,) = _events(rules, "Talks are to be held between Rwanda and Burundi over tea.")
    assert (event.type, event.status, event.act) == ("AGREE", "planned", "CONSULT")


def test_late_is_said_of_the_call_and_not_of_the_one_called(rules: Coder) -> None:
    (event,) = _events(rules, "Rwanda called Burundi late in the evening.")
    assert (event.type, *_sides(event)) == ("CONSULT", {"RWA"}, {"BDI"})


def test_a_noun_shares_the_status_of_its_verb(rules: Coder) -> None:
    (event,) = _events(rules, "Rwanda plans the shipment of maize to Burundi.")
    assert (event.type, event.status, event.act) == ("AGREE", "planned", "AID")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Rwanda freed a Burundian reporter.", "RETREAT"), ("A Burundian teacher was freed by Rwanda.", "RETREAT")],
)
def test_anybody_of_a_country_can_be_freed(rules: Coder, text: str, kind: str) -> None:
    (event,) = _events(rules, text)
    assert (event.type, *_sides(event)) == (kind, {"RWA"}, {"BDI"})


def test_funds_are_released_and_nobody_is_freed(rules: Coder) -> None:
    assert all(event.type != "RETREAT" for event in _events(rules, "Rwanda released the Burundian budget figures."))


@pytest.mark.parametrize(
    ("text", "kind", "whom"),
    [
        ("Rwanda sent tents to the Democratic Republic of the Congo and Iran.", "AID", {"COD", "IRN"}),
        ("Rwanda fired missiles at Burundi and Kenya.", "ASSAULT", {"BDI", "KEN"}),
    ],
)
def test_both_that_stand_together_are_meant(rules: Coder, text: str, kind: str, whom: set[str]) -> None:
    (event,) = _events(rules, text)
    assert (event.type, _sides(event)[1]) == (kind, whom)
